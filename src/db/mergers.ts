/**
 * Units merge: they end on a day and are part of another from then on. Their people, groups and what
 * is under way go along; reports, standings and boards of the weeks before keep the old units.
 */
import type { Outgoing } from '../engine/decision.ts';
import type { UnitView } from '../engine/turn-context.ts';
import { mergedLeaderMessage, mergedRoomMessage } from '../messages/restructure.ts';
import { fold, tidy } from '../people/fold.ts';
import { Refusal } from '../people/problem.ts';
import type { Database, Queryable } from './database.ts';
import { enqueue } from './enqueue.ts';
import type { At } from './grants.ts';
import { type Texts, unitOn } from './moves.ts';
import { peopleReads } from './reads/people.ts';
import { unitJson } from './reads/sql.ts';
import { IMPORT_LOCK } from './units.ts';

export interface Merger {
  /** Codes of the units that end. */
  readonly from: readonly string[];
  /** Code of the unit they become part of. */
  readonly into: string;
  /** Names of that unit when it is a new one: of the kind, bloc, cluster and parent of the first that ends. */
  readonly named: { readonly vi: string; readonly en: string } | null;
  /** Whether heads, deputies and reporters are that in the other unit too. */
  readonly roles: 'end' | 'go';
  /** The day it is, ISO date: a merger is entered on its day or later. */
  readonly today: string;
}

export interface Merged {
  readonly into: UnitView;
  readonly people: number;
  readonly roles: number;
  readonly rooms: number;
  /** Reports that wait, for the other unit's leaders from now on. */
  readonly reports: number;
}

/**
 * @throws Refusal `merge-future`, `merge-into-itself`, `merge-new-name`, `merge-known`, `merge-began`,
 *   `role-unit-unknown`, `role-unit-gone`
 */
export async function mergeUnits(
  db: Database,
  merger: Merger,
  texts: Texts,
  at: At,
): Promise<Merged> {
  if (at.on > merger.today) throw new Refusal('merge-future', { date: at.on });
  if (merger.from.some((code) => fold(code) === fold(merger.into)))
    throw new Refusal('merge-into-itself', { code: merger.into });
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1::bigint)', [IMPORT_LOCK]);
    const from: UnitView[] = [];
    for (const code of new Set(merger.from.map(fold))) from.push(await unitOn(tx, code, at.on));
    const ids = JSON.stringify(from.map(({ id }) => id));
    const [young] = await tx.query<{ name: string }>(
      `select name_vi as name from unit where ${among('id')} and valid_from >= $2::date`,
      [ids, at.on],
    );
    if (young) throw new Refusal('merge-began', { unit: young.name, date: at.on });
    const into = await unitInto(tx, merger, from, at);

    const people = await moveMembers(tx, ids, into.id, at.on);
    const leaders = await moveRoles(tx, ids, into.id, merger.roles, at.on);
    await tx.query(
      `update unit set valid_to = $2::date, merged_into_id = $3::int where ${among('id')}`,
      [ids, at.on, into.id],
    );
    // A unit that its parent becomes part of takes that one's place.
    await tx.query(
      `update unit u set parent_id = above.parent_id from unit above
       where u.id = $2::int and above.id = u.parent_id and above.id in (${IDS})`,
      [ids, into.id],
    );
    await tx.query(
      `update unit set parent_id = $2::int
       where parent_id in (${IDS}) and id <> $2::int and (valid_to is null or valid_to > $3::date)`,
      [ids, into.id, at.on],
    );
    const rooms = await moveRooms(tx, ids, into.id);
    await tx.query(
      `update enrolment_request set unit_id = $2::int, version = version + 1
       where ${among('unit_id')} and status = 'waiting'`,
      [ids, into.id],
    );
    await tx.query(
      `update invite set unit_id = $2::int where ${among('unit_id')} and used_at is null`,
      [ids, into.id],
    );
    const [{ reports } = { reports: 0 }] = await tx.query<{ reports: number }>(
      `select count(*) as reports from report where ${among('unit_id')} and status = 'submitted'`,
      [ids],
    );
    await tx.query(
      `insert into audit (at, actor, action, subject, details)
       select $2::timestamptz, 'admin', 'unit.merged', 'unit:' || u.id, $3::jsonb
       from unit u where ${among('u.id')} order by u.id`,
      [ids, at.now, JSON.stringify({ into: into.code, on: at.on, roles: merger.roles })],
    );
    const change = (unitId: number) => ({
      from: from.find(({ id }) => id === unitId) ?? into,
      to: into,
      on: at.on,
    });
    const recipients = await peopleReads(tx).recipients(leaders.map(({ personId }) => personId));
    await enqueue(tx, [
      ...rooms.map(
        ({ unitId, address }): Outgoing => ({
          to: address,
          message: mergedRoomMessage(texts.vi, change(unitId)),
          priority: 'notice',
        }),
      ),
      ...leaders.flatMap(({ personId, unitId, kept }): Outgoing[] => {
        const found = recipients.find((each) => each.personId === personId);
        return found?.address
          ? [
              {
                to: found.address,
                message: mergedLeaderMessage(texts[found.language], change(unitId), kept),
                personId,
                priority: 'notice',
              },
            ]
          : [];
      }),
    ]);
    return { into, people, roles: leaders.length, rooms: rooms.length, reports };
  });
}

/** The units that end, from the parameter `$1`. */
const IDS = 'select jsonb_array_elements_text($1::jsonb)::int';
const among = (column: string): string => `${column} in (${IDS})`;

/** The unit they become part of: one that exists, or a new one. */
async function unitInto(
  tx: Queryable,
  { into, named }: Merger,
  from: readonly UnitView[],
  at: At,
): Promise<UnitView> {
  const code = fold(into);
  const [known] = await tx.query<{ id: number }>('select id from unit where code = $1::text', [
    code,
  ]);
  if (known && named) throw new Refusal('merge-known', { code });
  if (known) return unitOn(tx, code, at.on);
  if (!named || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code) || code.length > 40)
    throw new Refusal('merge-new-name', { code: into });
  const [first] = from;
  const [row] = await tx.query<{ unit: UnitView }>(
    `with made as (
       insert into unit (code, name_vi, name_en, name_fold, kind, bloc, cluster, parent_id, valid_from)
       select $2::text, $3::text, $4::text, $5::text, u.kind, u.bloc, u.cluster, u.parent_id, $6::date
       from unit u where u.id = $1::int returning *)
     select ${unitJson('made')} as unit from made`,
    [first?.id ?? 0, code, tidy(named.vi), tidy(named.en), fold(named.vi), at.on],
  );
  if (!row) throw new Refusal('role-unit-unknown', { code: into });
  return row.unit;
}

/** Memberships that reach beyond the day go on in the other unit from then. @returns how many people */
async function moveMembers(tx: Queryable, ids: string, into: number, on: string): Promise<number> {
  const later = await tx.query<{ id: number }>(
    `update membership set unit_id = $2::int
     where ${among('unit_id')} and valid_from >= $3::date returning person_id as id`,
    [ids, into, on],
  );
  const cut = await tx.query<{ id: number }>(
    `with ending as (
       select id, person_id, audience, cohort, valid_to from membership
       where ${among('unit_id')} and (valid_to is null or valid_to > $2::date)),
     cut as (
       update membership m set valid_to = $2::date from ending e where m.id = e.id
       returning e.person_id as id, e.audience, e.cohort, e.valid_to)
     select id, audience, cohort, valid_to from cut`,
    [ids, on],
  );
  await tx.query(
    `insert into membership (person_id, unit_id, audience, cohort, valid_from, valid_to)
     select f.id, $2::int, f.audience, f.cohort, $3::date, f.valid_to
     from jsonb_to_recordset($1::jsonb) as f(id int, audience text, cohort text, valid_to date)`,
    [JSON.stringify(cut), into, on],
  );
  return new Set([...later, ...cut].map(({ id }) => id)).size;
}

interface Leader {
  readonly personId: number;
  readonly unitId: number;
  /** They do the same in the other unit. */
  readonly kept: boolean;
}

/** Roles in the units end; delegations end always, the others may go on in the other unit. */
async function moveRoles(
  tx: Queryable,
  ids: string,
  into: number,
  roles: Merger['roles'],
  on: string,
): Promise<Leader[]> {
  const where = `${among('unit_id')} and (valid_to is null or valid_to > $2::date)`;
  const held = await tx.query<{ personId: number; unitId: number; delegated: boolean }>(
    `select person_id as "personId", unit_id as "unitId", delegated_by is not null as delegated
     from "grant" where ${where} order by id`,
    [ids, on],
  );
  if (roles === 'go')
    await tx.query(
      `insert into "grant" (person_id, role, unit_id, valid_from, valid_to, given_by)
       select distinct on (g.person_id, g.role) g.person_id, g.role, $3::int,
         greatest(g.valid_from, $2::date), g.valid_to, g.given_by
       from "grant" g where ${where.replaceAll('unit_id', 'g.unit_id')} and g.delegated_by is null
         and not exists (select from "grant" has where has.person_id = g.person_id
           and has.role = g.role and has.unit_id = $3::int and has.delegated_by is null
           and (has.valid_to is null or has.valid_to > $2::date))
       order by g.person_id, g.role, g.valid_to desc nulls first, g.id`,
      [ids, on, into],
    );
  await tx.query(`delete from "grant" where ${where} and valid_from >= $2::date`, [ids, on]);
  await tx.query(`update "grant" set valid_to = $2::date where ${where}`, [ids, on]);
  const leaders = new Map<number, Leader>();
  for (const { personId, unitId, delegated } of held) {
    const kept = (leaders.get(personId)?.kept ?? false) || (roles === 'go' && !delegated);
    leaders.set(personId, { personId, unitId, kept });
  }
  return [...leaders.values()];
}

/** The units' groups are the other one's. */
async function moveRooms(
  tx: Queryable,
  ids: string,
  into: number,
): Promise<{ unitId: number; address: Outgoing['to'] }[]> {
  const rooms = await tx.query<{
    platform: string;
    tenant: string;
    chat: string;
    thread: string | null;
    unitId: number;
  }>(
    `select platform, tenant, chat, thread, unit_id as "unitId" from chat_room
     where ${among('unit_id')} and left_at is null order by platform, tenant, chat`,
    [ids],
  );
  await tx.query(`update chat_room set unit_id = $2::int where ${among('unit_id')}`, [ids, into]);
  return rooms.map(({ unitId, thread, ...address }) => ({
    unitId,
    address: { ...address, ...(thread !== null && { thread }) },
  }));
}
