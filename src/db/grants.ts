import { fold } from '../people/fold.ts';
import { Refusal } from '../people/problem.ts';
import type { RosterRole } from '../people/roster-columns.ts';
import type { Database, Queryable } from './database.ts';

export interface RoleRequest {
  readonly role: RosterRole;
  readonly personCode: string;
  /** The unit of a head or deputy; null: the person's own. Must be null for the office. */
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
}

/** What was given or ended, to say so. `unit` is the unit's Vietnamese name, null for the office. */
export interface RoleChange {
  readonly name: string;
  readonly unit: string | null;
}

/**
 * Gives a role from today; someone who has it keeps it, with the new end.
 * @param until first day without it, ISO date; null: open
 * @throws Refusal `role-person-unknown`, `role-unit-unknown`, `role-unit-needed`,
 *   `role-unit-for-office`, `role-until-past`
 */
export function giveRole(
  db: Database,
  request: RoleRequest,
  until: string | null,
  at: At,
): Promise<RoleChange> {
  if (until !== null && until <= at.on) throw new Refusal('role-until-past', { date: until });
  return db.transaction(async (tx) => {
    const found = await find(tx, request, at.on);
    const held = await tx.query(
      `update "grant" set valid_from = least(valid_from, $5::date), valid_to = $4::date
       where id = (
         select id from "grant" where person_id = $1::int and role = $2::text
           and unit_id is not distinct from $3::int and (valid_to is null or valid_to > $5::date)
         order by valid_to nulls first, valid_from limit 1)
       returning id`,
      [found.personId, request.role, found.unitId, until, at.on],
    );
    if (held.length === 0) {
      await tx.query(
        `insert into "grant" (person_id, role, unit_id, valid_from, valid_to)
         values ($1::int, $2::text, $3::int, $4::date, $5::date)`,
        [found.personId, request.role, found.unitId, at.on, until],
      );
    }
    await record(tx, 'role.given', found, { role: request.role, until }, at.now);
    return { name: found.name, unit: found.unit };
  });
}

/**
 * Ends a role today (a role that began today never was).
 * @throws Refusal as `giveRole`, and `role-not-held`
 */
export function endRole(db: Database, request: RoleRequest, at: At): Promise<RoleChange> {
  return db.transaction(async (tx) => {
    const found = await find(tx, request, at.on);
    const where = `person_id = $1::int and role = $2::text and unit_id is not distinct from $3::int
      and (valid_to is null or valid_to > $4::date)`;
    const held = [found.personId, request.role, found.unitId, at.on];
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
    await record(tx, 'role.ended', found, { role: request.role }, at.now);
    return { name: found.name, unit: found.unit };
  });
}

async function find(tx: Queryable, request: RoleRequest, on: string): Promise<Found> {
  const { role, personCode, unitCode } = request;
  if (role === 'office' && unitCode !== null) throw new Refusal('role-unit-for-office');
  const [person] = await tx.query<Found>(
    `select p.id as "personId", p.name, u.id as "unitId", u.name_vi as unit
     from person p left join membership m on m.person_id = p.id and m.valid_from <= $2::date
         and (m.valid_to is null or m.valid_to > $2::date)
       left join unit u on u.id = m.unit_id
     where p.code = $1::text order by m.valid_from desc limit 1`,
    [personCode.toUpperCase(), on],
  );
  if (!person) throw new Refusal('role-person-unknown', { code: personCode });
  if (role === 'office') return { ...person, unitId: null, unit: null };
  if (unitCode === null) {
    if (person.unitId === null) throw new Refusal('role-unit-needed', { name: person.name });
    return person;
  }
  const [unit] = await tx.query<Pick<Found, 'unitId' | 'unit'>>(
    `select id as "unitId", name_vi as unit from unit where code = $1::text`,
    [fold(unitCode)],
  );
  if (!unit) throw new Refusal('role-unit-unknown', { code: unitCode });
  return { ...person, ...unit };
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
