import { fold } from '../people/fold.ts';
import { Refusal } from '../people/problem.ts';
import { isUnitRole, type RoleName, rolePart } from '../people/roles.ts';
import type { Database, Queryable } from './database.ts';
import { ROLES } from './schema.ts';

const ROLE_ORDER = `array[${ROLES.map((role) => `'${role}'`).join(', ')}]`;

export interface RoleRequest {
  readonly role: RoleName;
  readonly personCode: string;
  /** The unit of a unit's role; null: the person's own. Must be null for a role of the campaign. */
  readonly unitCode: string | null;
}

export interface At {
  /** The campaign day the change takes effect, ISO date. */
  readonly on: string;
  /** The instant, ISO, for the record. */
  readonly now: string;
}

interface Found {
  readonly personId: number;
  readonly name: string;
  readonly unitId: number | null;
  readonly unit: string | null;
  /** Whether the unit has ended. */
  readonly gone: boolean;
}

/** What was given or ended, to say so. `unit` is the unit's Vietnamese name, null for a role of the
 * campaign. */
export interface RoleChange {
  readonly name: string;
  readonly unit: string | null;
}

/**
 * Gives a role from today; someone who has it keeps it, with the new end.
 * @param until first day without it, ISO date; null: open
 * @throws Refusal `role-person-unknown`, `role-unit-unknown`, `role-unit-needed`,
 *   `role-unit-for-campaign`, `role-unit-gone`, `role-until-past`
 */
export function giveRole(
  db: Database,
  request: RoleRequest,
  until: string | null,
  at: At,
): Promise<RoleChange> {
  if (until !== null && until <= at.on) throw new Refusal('role-until-past', { date: until });
  const { role, scope } = rolePart(request.role);
  return db.transaction(async (tx) => {
    const found = await find(tx, request, at.on);
    if (found.gone) throw new Refusal('role-unit-gone', { unit: found.unit ?? '' });
    const held = await tx.query(
      `update "grant" set valid_from = least(valid_from, $5::date), valid_to = $4::date
       where id = (
         select id from "grant" where person_id = $1::int and role = $2::text
           and unit_id is not distinct from $3::int and scope is not distinct from $6::text
           and delegated_by is null and (valid_to is null or valid_to > $5::date)
         order by valid_to nulls first, valid_from limit 1)
       returning id`,
      [found.personId, role, found.unitId, until, at.on, scope],
    );
    if (held.length === 0) {
      await tx.query(
        `insert into "grant" (person_id, role, unit_id, scope, valid_from, valid_to)
         values ($1::int, $2::text, $3::int, $4::text, $5::date, $6::date)`,
        [found.personId, role, found.unitId, scope, at.on, until],
      );
    }
    await record(tx, 'role.given', found, { role: request.role, until }, at.now);
    return { name: found.name, unit: found.unit };
  });
}

/**
 * Ends a role today (a role that began today never was), and with a head's the delegations by them.
 * @throws Refusal as `giveRole`, and `role-not-held`
 */
export function endRole(db: Database, request: RoleRequest, at: At): Promise<RoleChange> {
  const { role, scope } = rolePart(request.role);
  return db.transaction(async (tx) => {
    const found = await find(tx, request, at.on);
    const where = `person_id = $1::int and role = $2::text and unit_id is not distinct from $3::int
      and scope is not distinct from $5::text and (valid_to is null or valid_to > $4::date)`;
    const held = [found.personId, role, found.unitId, at.on, scope];
    const removed = await tx.query(
      `delete from "grant" where ${where} and valid_from >= $4::date returning id`,
      held,
    );
    const ended = await tx.query(
      `update "grant" set valid_to = $4::date where ${where} returning id`,
      held,
    );
    if (removed.length + ended.length === 0) {
      throw new Refusal('role-not-held', { name: found.name, unit: found.unit ?? '' });
    }
    if (role === 'head') await endDelegations(tx, found, at.on);
    await record(tx, 'role.ended', found, { role: request.role }, at.now);
    return { name: found.name, unit: found.unit };
  });
}

async function find(tx: Queryable, request: RoleRequest, on: string): Promise<Found> {
  const { role, personCode, unitCode } = request;
  if (!isUnitRole(role) && unitCode !== null) throw new Refusal('role-unit-for-campaign');
  const [person] = await tx.query<Found>(
    `select p.id as "personId", p.name, u.id as "unitId", u.name_vi as unit, false as gone
     from person p left join membership m on m.person_id = p.id and m.valid_from <= $2::date
         and (m.valid_to is null or m.valid_to > $2::date)
       left join unit u on u.id = m.unit_id
     where p.code = $1::text order by m.valid_from desc limit 1`,
    [personCode.toUpperCase(), on],
  );
  if (!person) throw new Refusal('role-person-unknown', { code: personCode });
  if (!isUnitRole(role)) return { ...person, unitId: null, unit: null };
  if (unitCode === null) {
    if (person.unitId === null) throw new Refusal('role-unit-needed', { name: person.name });
    return person;
  }
  const [unit] = await tx.query<Pick<Found, 'unitId' | 'unit' | 'gone'>>(
    `select id as "unitId", name_vi as unit, coalesce(valid_to <= $2::date, false) as gone
     from unit where code = $1::text`,
    [fold(unitCode), on],
  );
  if (!unit) throw new Refusal('role-unit-unknown', { code: unitCode });
  return { ...person, ...unit };
}

/** A head who is one no longer lets nobody act in their place. */
export async function endDelegations(
  tx: Queryable,
  head: { readonly personId: number; readonly unitId: number | null },
  on: string,
): Promise<void> {
  const where = `delegated_by = $1::int and unit_id = $2::int and valid_to > $3::date`;
  const by = [head.personId, head.unitId, on];
  await tx.query(`delete from "grant" where ${where} and valid_from >= $3::date`, by);
  await tx.query(`update "grant" set valid_to = $3::date where ${where}`, by);
}

async function record(
  tx: Queryable,
  action: string,
  found: Found,
  details: object,
  now: string,
): Promise<void> {
  await tx.query(
    `insert into audit (at, actor, action, subject, details)
     values ($1::timestamptz, 'admin', $2::text, $3::text, $4::jsonb)`,
    [now, action, `person:${found.personId}`, JSON.stringify({ ...details, unitId: found.unitId })],
  );
}

export interface HeldRole {
  readonly role: RoleName;
  readonly name: string;
  readonly code: string;
  /** The unit's Vietnamese name; null for a role of the campaign. */
  readonly unit: string | null;
  readonly from: string;
  /** First day without it; null: open. */
  readonly to: string | null;
  readonly origin: 'file' | 'chat' | 'delegation';
  /** Who gave or delegated it. */
  readonly by: string | null;
}

/** Who holds what on a day or later, by role, unit and name. @param role null: every role */
export function listRoles(db: Database, role: RoleName | null, on: string): Promise<HeldRole[]> {
  return db.query<HeldRole>(
    `select concat_ws(':', g.role, g.scope) as role, p.name, p.code, u.name_vi as unit,
       g.valid_from as from, g.valid_to as to,
       case when g.delegated_by is not null then 'delegation'
         when g.given_by is not null then 'chat' else 'file' end as origin, b.name as by
     from "grant" g join person p on p.id = g.person_id left join unit u on u.id = g.unit_id
       left join person b on b.id = coalesce(g.delegated_by, g.given_by)
     where (g.valid_to is null or g.valid_to > $1::date)
       and ($2::text is null or concat_ws(':', g.role, g.scope) = $2::text)
     order by array_position(${ROLE_ORDER}, g.role), g.scope, u.name_fold, p.name_fold, g.valid_from`,
    [on, role],
  );
}
