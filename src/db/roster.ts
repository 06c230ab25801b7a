import type { Problem } from '../people/problem.ts';
import { parseRoster, type Sheet } from '../people/roster.ts';
import {
  planRoster,
  type RosterPlan,
  type StoredPerson,
  type StoredUnit,
} from '../people/roster-plan.ts';
import type { Database, Queryable } from './database.ts';
import { IMPORT_LOCK } from './units.ts';

interface RosterSummary {
  readonly people: number;
  readonly added: number;
  readonly changed: number;
  readonly moved: number;
  readonly left: number;
  readonly rolesGiven: number;
  readonly rolesEnded: number;
  /** Headings of the file that mean nothing to us. */
  readonly ignored: readonly string[];
}

export type RosterOutcome =
  | { readonly ok: true; readonly summary: RosterSummary }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Stores a roster sheet: everything, or nothing when any row is wrong. A second import of the same
 * sheet changes nothing. One import at a time.
 * @param at the campaign day (ISO date) changes begin on unless a row says otherwise, and the
 *   instant (ISO) for the record
 */
export async function importRoster(
  db: Database,
  sheet: Sheet,
  at: { readonly on: string; readonly now: string },
): Promise<RosterOutcome> {
  const { entries, problems, ignored } = parseRoster(sheet);
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1::bigint)', [IMPORT_LOCK]);
    const stored = await readStored(
      tx,
      entries.map((entry) => entry.code),
      entries.flatMap((entry) => entry.email ?? []),
    );
    const planned = planRoster(entries, stored, at.on);
    const all = [...problems, ...planned.problems].sort((a, b) => a.row - b.row);
    if (all.length > 0) return { ok: false, problems: all };
    await apply(tx, planned.plan, at.now);
    return { ok: true, summary: summarise(entries.length, planned.plan, ignored) };
  });
}

async function readStored(
  tx: Queryable,
  codes: readonly string[],
  emails: readonly string[],
): Promise<{ units: StoredUnit[]; people: StoredPerson[] }> {
  const units = await tx.query<StoredUnit>(
    `select id, code, name_fold as "nameFold", valid_to as "validTo" from unit`,
  );
  const people = await tx.query<StoredPerson>(
    `select p.id, p.code, p.name, p.email, p.phone,
       coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'unitId', m.unit_id,
           'audience', m.audience, 'cohort', m.cohort, 'validFrom', m.valid_from,
           'validTo', m.valid_to) order by m.valid_from)
         from membership m where m.person_id = p.id), '[]') as memberships,
       coalesce((select jsonb_agg(jsonb_build_object('id', g.id,
           'role', concat_ws(':', g.role, g.scope), 'unitId', g.unit_id,
           'origin', case when g.delegated_by is not null then 'delegation'
             when g.given_by is not null then 'chat' else 'file' end,
           'validFrom', g.valid_from, 'validTo', g.valid_to) order by g.id)
         from "grant" g where g.person_id = p.id), '[]') as grants
     from person p
     where p.code in (select jsonb_array_elements_text($1::jsonb))
       or p.email in (select jsonb_array_elements_text($2::jsonb))`,
    [JSON.stringify(codes), JSON.stringify(emails)],
  );
  return { units, people };
}

/** Statements in an order in which no unique key is broken on the way. */
async function apply(tx: Queryable, plan: RosterPlan, now: string): Promise<void> {
  const people = JSON.stringify(plan.people);
  const person = `jsonb_to_recordset($1::jsonb) as f(id int, code text, name text, "nameFold" text,
    email text, phone text)`;
  // Two people may swap addresses: first everyone gives theirs up.
  await tx.query(
    `update person p set email = null from ${person} where p.id = f.id and p.email is distinct from f.email`,
    [people],
  );
  await tx.query(
    `insert into person (code, name, name_fold, email, phone)
     select code, name, "nameFold", email, phone from ${person} where f.id is null`,
    [people],
  );
  await tx.query(
    `update person p set name = f.name, name_fold = f."nameFold", email = f.email, phone = f.phone
     from ${person} where p.id = f.id`,
    [people],
  );

  const memberships = JSON.stringify(plan.memberships);
  const membership = `jsonb_to_recordset($1::jsonb) as f(id int, code text, "unitId" int,
    audience text, cohort text, "validFrom" date, "validTo" date)`;
  await tx.query(
    `update membership m set unit_id = f."unitId", audience = f.audience, cohort = f.cohort,
       valid_from = f."validFrom", valid_to = f."validTo" from ${membership} where m.id = f.id`,
    [memberships],
  );
  await tx.query(
    `insert into membership (person_id, unit_id, audience, cohort, valid_from, valid_to)
     select p.id, f."unitId", f.audience, f.cohort, f."validFrom", f."validTo"
     from ${membership} join person p on p.code = f.code where f.id is null`,
    [memberships],
  );

  const grants = JSON.stringify(plan.grants);
  const grant = `jsonb_to_recordset($1::jsonb) as f(id int, code text, role text, "unitId" int,
    "validFrom" date, "validTo" date, remove boolean)`;
  await tx.query(`delete from "grant" g using ${grant} where g.id = f.id and f.remove`, [grants]);
  await tx.query(
    `update "grant" g set valid_from = f."validFrom", valid_to = f."validTo" from ${grant}
     where g.id = f.id and not f.remove`,
    [grants],
  );
  await tx.query(
    `insert into "grant" (person_id, role, scope, unit_id, valid_from, valid_to)
     select p.id, split_part(f.role, ':', 1), nullif(split_part(f.role, ':', 2), ''), f."unitId",
       f."validFrom", f."validTo"
     from ${grant} join person p on p.code = f.code where f.id is null`,
    [grants],
  );

  // A head who is one no longer lets nobody act in their place.
  const ended = `select d.id, d.valid_from, max(coalesce(h.valid_to, 'infinity'::date)) as until
    from "grant" d left join "grant" h
      on h.person_id = d.delegated_by and h.unit_id = d.unit_id and h.role = 'head'
    where d.delegated_by is not null group by d.id`;
  await tx.query(
    `delete from "grant" g using (${ended}) e
     where g.id = e.id and (e.until is null or e.until <= e.valid_from)`,
  );
  await tx.query(
    `update "grant" g set valid_to = e.until from (${ended}) e
     where g.id = e.id and e.until < g.valid_to`,
  );

  await tx.query(
    `insert into audit (at, actor, action, subject, details)
     select $2::timestamptz, 'import', 'roster.' || f.action, 'person:' || p.id, f.details
     from rows from (jsonb_to_recordset($1::jsonb) as (code text, action text, details jsonb))
         with ordinality as f(code, action, details, place)
       join person p on p.code = f.code
     order by f.place`,
    [JSON.stringify(plan.audit), now],
  );
}

function summarise(people: number, plan: RosterPlan, ignored: readonly string[]): RosterSummary {
  const count = (...actions: RosterPlan['audit'][number]['action'][]): number =>
    new Set(plan.audit.filter((a) => actions.includes(a.action)).map((a) => a.code)).size;
  const roles = (action: 'role-given' | 'role-ended') =>
    plan.audit.filter((a) => a.action === action).length;
  return {
    people,
    added: count('added'),
    changed: count('changed'),
    moved: count('moved'),
    left: count('left'),
    rolesGiven: roles('role-given'),
    rolesEnded: roles('role-ended'),
    ignored,
  };
}
