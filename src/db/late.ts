/** Leave to report after the close, given and ended by the command line. */
import type { Campaign } from '../campaign/types.ts';
import { noticesTo } from '../engine/notices.ts';
import type { UnitView } from '../engine/turn-context.ts';
import type { Language } from '../messages/language.ts';
import { type LateWhom, lateNotice } from '../messages/late.ts';
import type { Say } from '../messages/say.ts';
import { fold } from '../people/fold.ts';
import { Refusal } from '../people/problem.ts';
import type { Database, Queryable } from './database.ts';
import { enqueue } from './enqueue.ts';
import type { At } from './grants.ts';
import { lateReads } from './reads/late.ts';
import { peopleReads } from './reads/people.ts';
import { unitJson } from './reads/sql.ts';

export interface LateParts {
  readonly campaign: Pick<Campaign, 'code' | 'period'>;
  readonly texts: Readonly<Record<Language, Say>>;
}

interface Found {
  readonly unitId: number | null;
  readonly personId: number | null;
  readonly whom: LateWhom;
}

/**
 * Gives leave to a unit or person by code, or another end to the leave they have; who is concerned is
 * told. @param validTo first day on which it no longer holds, ISO date
 * @throws Refusal `late-code-unknown`, `late-until-past`
 */
export function allowLate(
  db: Database,
  code: string,
  validTo: string,
  at: At,
  parts: LateParts,
): Promise<LateWhom> {
  if (validTo <= at.on) throw new Refusal('late-until-past');
  return db.transaction(async (tx) => {
    const found = await find(tx, code, at.on);
    const { campaign } = parts;
    const conflict = found.unitId === null ? '(campaign, person_id)' : '(campaign, unit_id)';
    await tx.query(
      `insert into late_leave (campaign, unit_id, person_id, valid_to, given_by, given_at)
       values ($1::text, $2::int, $3::int, $4::date, null, $5::timestamptz)
       on conflict ${conflict} do update set valid_to = excluded.valid_to, given_by = null,
         given_at = excluded.given_at`,
      [campaign.code, found.unitId, found.personId, validTo, at.now],
    );
    await record(tx, 'late.allowed', found, validTo, at);
    await tell(tx, found, validTo, at, parts);
    return found.whom;
  });
}

/** Ends a leave from today on. @throws Refusal `late-code-unknown`, `late-not-held` */
export function endLate(
  db: Database,
  code: string,
  at: At,
  parts: LateParts,
  name: (whom: LateWhom) => string,
): Promise<LateWhom> {
  return db.transaction(async (tx) => {
    const found = await find(tx, code, at.on);
    const ended = await tx.query(
      `update late_leave set valid_to = $4::date
       where campaign = $1::text and (unit_id = $2::int or person_id = $3::int)
         and valid_to > $4::date returning id`,
      [parts.campaign.code, found.unitId, found.personId, at.on],
    );
    if (ended.length === 0) throw new Refusal('late-not-held', { name: name(found.whom) });
    await record(tx, 'late.ended', found, at.on, at);
    await tell(tx, found, null, at, parts);
    return found.whom;
  });
}

async function find(tx: Queryable, code: string, on: string): Promise<Found> {
  const [unit] = await tx.query<{ unit: UnitView }>(
    `select ${unitJson('u')} as unit from unit u
     where u.code = $1::text and (u.valid_to is null or u.valid_to > $2::date)`,
    [fold(code), on],
  );
  if (unit) return { unitId: unit.unit.id, personId: null, whom: { kind: 'unit', ...unit } };
  const [person] = await tx.query<{ id: number; name: string }>(
    'select id, name from person where code = $1::text',
    [code.toUpperCase()],
  );
  if (!person) throw new Refusal('late-code-unknown', { code });
  return { unitId: null, personId: person.id, whom: { kind: 'person', name: person.name } };
}

async function tell(
  tx: Queryable,
  { unitId, personId, whom }: Found,
  validTo: string | null,
  { on }: At,
  { texts, campaign }: LateParts,
): Promise<void> {
  const people =
    unitId === null
      ? await peopleReads(tx).recipients(personId === null ? [] : [personId])
      : await lateReads(tx).filersOf(unitId, on);
  await enqueue(
    tx,
    noticesTo(people, (language) => lateNotice(texts[language], whom, validTo, campaign)),
  );
}

async function record(
  tx: Queryable,
  action: 'late.allowed' | 'late.ended',
  { unitId, personId }: Found,
  validTo: string,
  { now }: At,
): Promise<void> {
  const subject = unitId === null ? `person:${personId}` : `unit:${unitId}`;
  await tx.query(
    `insert into audit (at, actor, action, subject, details)
     values ($1::timestamptz, 'admin', $2::text, $3::text, $4::jsonb)`,
    [now, action, subject, JSON.stringify({ validTo })],
  );
}
