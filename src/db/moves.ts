/** A person moves to another unit: one membership ends and another begins, and history keeps both. */

import { noticesTo } from '../engine/notices.ts';
import type { UnitView } from '../engine/turn-context.ts';
import type { Language } from '../messages/language.ts';
import { movedMessage } from '../messages/restructure.ts';
import type { Say } from '../messages/say.ts';
import { fold } from '../people/fold.ts';
import { Refusal } from '../people/problem.ts';
import type { Database, Queryable } from './database.ts';
import { enqueue } from './enqueue.ts';
import { type At, endDelegations } from './grants.ts';
import { peopleReads } from './reads/people.ts';
import { unitJson, validOn } from './reads/sql.ts';
import { IMPORT_LOCK } from './units.ts';

export type Texts = Readonly<Record<Language, Say>>;

/** A unit that exists on a day, by its code. @throws Refusal `role-unit-unknown`, `role-unit-gone` */
export async function unitOn(tx: Queryable, code: string, on: string): Promise<UnitView> {
  const [row] = await tx.query<{ unit: UnitView; there: boolean }>(
    `select ${unitJson('u')} as unit, ${validOn('u', '$2::date')} as there
     from unit u where u.code = $1::text`,
    [fold(code), on],
  );
  if (!row) throw new Refusal('role-unit-unknown', { code });
  if (!row.there) throw new Refusal('role-unit-gone', { unit: row.unit.nameVi });
  return row.unit;
}

/** Ends on a day what somebody is in a unit, and the delegations by them; what was yet to begin never was. */
async function endUnitRoles(
  tx: Queryable,
  held: { readonly personId: number; readonly unitId: number },
  on: string,
): Promise<{ role: string }[]> {
  const where = `person_id = $1::int and unit_id = $2::int and (valid_to is null or valid_to > $3::date)`;
  const of = [held.personId, held.unitId, on];
  const removed = await tx.query<{ role: string }>(
    `delete from "grant" where ${where} and valid_from >= $3::date returning role`,
    of,
  );
  const ended = await tx.query<{ role: string }>(
    `update "grant" set valid_to = $3::date where ${where} returning role`,
    of,
  );
  await endDelegations(tx, held, on);
  return [...removed, ...ended];
}

export interface Move {
  readonly name: string;
  readonly from: UnitView;
  readonly to: UnitView;
  /** Roles in the unit left behind that ended with it. */
  readonly ended: number;
}

/**
 * Moves a person to another unit from `at.on`, which may be past or to come. Their reports stay with
 * the unit they were made in, and so does what waits for a decision. The person is told.
 * @throws Refusal `role-person-unknown`, `role-unit-unknown`, `role-unit-gone`, `move-no-unit`,
 *   `move-same`, `move-later`
 */
export function movePerson(
  db: Database,
  { personCode, unitCode }: { readonly personCode: string; readonly unitCode: string },
  texts: Texts,
  at: At,
): Promise<Move> {
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1::bigint)', [IMPORT_LOCK]);
    const [person] = await tx.query<{ id: number; name: string }>(
      'select id, name from person where code = $1::text',
      [personCode.toUpperCase()],
    );
    if (!person) throw new Refusal('role-person-unknown', { code: personCode });
    const to = await unitOn(tx, unitCode, at.on);
    const [held] = await tx.query<{ id: number; since: string; from: UnitView; later: boolean }>(
      `select m.id, m.valid_from as since, ${unitJson('u')} as "from", exists (
         select from membership l where l.person_id = m.person_id and l.valid_from > $2::date) as later
       from membership m join unit u on u.id = m.unit_id
       where m.person_id = $1::int and ${validOn('m', '$2::date')}`,
      [person.id, at.on],
    );
    if (!held) throw new Refusal('move-no-unit', { name: person.name, date: at.on });
    if (held.from.id === to.id)
      throw new Refusal('move-same', { name: person.name, unit: to.nameVi });
    if (held.later) throw new Refusal('move-later', { name: person.name, date: at.on });

    if (held.since === at.on) {
      // The same beginning elsewhere: what was stored was a mistake, so it is put right in place.
      await tx.query('update membership set unit_id = $2::int where id = $1::int', [
        held.id,
        to.id,
      ]);
    } else {
      const [old] = await tx.query<{ until: string | null }>(
        'select valid_to as until from membership where id = $1::int',
        [held.id],
      );
      await tx.query('update membership set valid_to = $2::date where id = $1::int', [
        held.id,
        at.on,
      ]);
      await tx.query(
        `insert into membership (person_id, unit_id, audience, cohort, valid_from, valid_to)
         select person_id, $2::int, audience, cohort, $3::date, $4::date
         from membership where id = $1::int`,
        [held.id, to.id, at.on, old?.until ?? null],
      );
    }
    const ended = await endUnitRoles(tx, { personId: person.id, unitId: held.from.id }, at.on);
    await tx.query(
      `insert into audit (at, actor, action, subject, details)
       values ($1::timestamptz, 'admin', 'person.moved', $2::text, $3::jsonb)`,
      [
        at.now,
        `person:${person.id}`,
        JSON.stringify({ from: held.from.code, to: to.code, on: at.on, roles: ended.length }),
      ],
    );
    const told = await peopleReads(tx).recipients([person.id]);
    await enqueue(
      tx,
      noticesTo(told, (language) =>
        movedMessage(texts[language], { from: held.from, to, on: at.on }),
      ),
    );
    return { name: person.name, from: held.from, to, ended: ended.length };
  });
}
