/** Puts a generated campaign into a database, week by week, as it would have come about. */
import { addDays, addWeeks } from '../../src/campaign/calendar.ts';
import type { Campaign } from '../../src/campaign/types.ts';
import type { Database } from '../../src/db/database.ts';
import { ensureUnits } from '../../src/db/units.ts';
import { fold } from '../../src/people/fold.ts';
import { insertAll, type Row } from './insert.ts';
import { makePeople, type People, type SampleUnit } from './people.ts';
import type { Random } from './random.ts';
import { type Maker, makeReports, type SampleReport } from './reports.ts';

export interface SampleSize {
  readonly staff: number;
  readonly students: number;
  readonly weeks: number;
  readonly reports: number;
  /** So many units have a group of their own; without it, all. */
  readonly rooms?: number;
}
/** The Academy's: 102 units, 3,000 staff, 5,000 students, 12 weeks, about 60,000 reports. */
export const REAL_SIZE: SampleSize = { staff: 3000, students: 5000, weeks: 12, reports: 60_000 };

/** Platform and tenant of the generated accounts. */
export const SAMPLE_BOT = { platform: 'folder', tenant: 'sample' } as const;

const SINCE = '2024-01-01';
const CHUNK = 2_000;

export interface Loaded {
  readonly people: People;
  readonly maker: Maker;
  /** Mondays, in order. */
  readonly weeks: readonly string[];
}

/** Units, people, roles, accounts and chats; no report yet. @throws when the database is not empty */
export async function loadPeople(
  db: Database,
  campaign: Campaign,
  size: SampleSize,
  firstMonday: string,
  random: Random,
): Promise<Loaded> {
  await ensureUnits(db);
  const [{ n = 0 } = {}] = await db.query<{ n: number }>('select count(*)::int as n from person');
  if (n > 0) throw new Error(`the database holds ${n} people already; name an empty one`);
  const units = await db.query<SampleUnit>('select id, code, kind, bloc from unit order by id');
  const people = makePeople(units, size, random);
  await insertAll(
    db,
    'person',
    people.people.map(({ id, code, name }) => ({ id, code, name, name_fold: fold(name) })),
  );
  await insertAll(
    db,
    'membership',
    people.people.map(({ id, unit, audience, cohort }) => ({
      person_id: id,
      unit_id: unit.id,
      audience,
      cohort,
      valid_from: SINCE,
    })),
  );
  await insertAll(
    db,
    'grant',
    people.grants.map(({ personId, role, unitId, scope }) => ({
      person_id: personId,
      role,
      unit_id: unitId,
      scope,
      valid_from: SINCE,
    })),
  );
  await insertAll(
    db,
    'identity',
    people.people
      .filter(({ reach }) => reach !== 'never')
      .map(({ id, code, name, reach }) => ({
        ...SAMPLE_BOT,
        user: code,
        display_name: name,
        person_id: id,
        consented_at: `${SINCE}T00:00:00Z`,
        consent_version: '1',
        direct_chat: code,
        seen_at: `${SINCE}T00:00:00Z`,
        unreachable_since: reach === 'blocked' ? `${firstMonday}T00:00:00Z` : null,
        unreachable_cause: reach === 'blocked' ? 'blocked' : null,
      })),
  );
  await insertAll(
    db,
    'chat_room',
    [
      ...units.slice(0, size.rooms ?? units.length).map(({ id, code }) => ({
        chat: `unit-${code}`,
        title: code,
        unit_id: id,
        purpose: 'unit',
      })),
      { chat: 'council', title: 'council', unit_id: null, purpose: 'council' },
    ].map((room) => ({ ...SAMPLE_BOT, ...room, linked_at: `${SINCE}T00:00:00Z` })),
  );
  await db.query(`select setval(pg_get_serial_sequence('person', 'id'), max(id)) from person`);
  return {
    people,
    maker: makeReports(campaign, people, random),
    weeks: Array.from({ length: size.weeks }, (_, i) => addWeeks(firstMonday, i)),
  };
}

/** As the row stands once it has been decided, or while it waits. */
function rowOf(report: SampleReport, campaign: string, decided: boolean): Row {
  const status = decided ? report.outcome : 'submitted';
  const judged = status === 'verified' || status === 'returned' || status === 'rejected';
  return {
    id: report.id,
    campaign,
    kind: report.kind,
    item: report.item,
    author_id: report.authorId,
    unit_id: report.unitId,
    signed_by: report.signedBy,
    signed_at: report.signedBy === null ? null : report.submittedAt,
    title: report.title,
    description: 'Đã hoàn thành đúng tiến độ, bảo đảm chất lượng.',
    done_on: report.doneOn,
    status,
    version: decided ? 2 : 1,
    week: report.week,
    submitted_at: report.submittedAt,
    decided_at: judged ? report.decidedAt : null,
    decided_by: judged ? report.decidedBy : null,
    reason: status === 'returned' || status === 'rejected' ? 'Đề nghị bổ sung minh chứng.' : null,
    sources: {},
    changed_at: decided ? report.decidedAt : report.submittedAt,
  };
}

/** Reports whose decision is still to come. */
export interface Pending {
  readonly reports: SampleReport[];
}

/**
 * Inserts a week's reports as they stand at `asOf` (ISO instant), and decides what was pending by then.
 * @returns how many were inserted
 */
export async function loadWeek(
  db: Database,
  campaign: Pick<Campaign, 'code'>,
  reports: readonly SampleReport[],
  pending: Pending,
  asOf: string,
): Promise<number> {
  const due = (report: SampleReport): boolean => report.decidedAt <= asOf;
  const decided = pending.reports.filter(due);
  const still = pending.reports.filter((report) => !due(report));
  for (let from = 0; from < decided.length; from += CHUNK)
    await db.query(
      `update report r set status = f.status, version = f.version, decided_at = f.decided_at,
         decided_by = f.decided_by, reason = f.reason, changed_at = f.changed_at
       from jsonb_populate_recordset(null::report, $1::jsonb) f where f.id = r.id`,
      [
        JSON.stringify(
          decided.slice(from, from + CHUNK).map((report) => rowOf(report, campaign.code, true)),
        ),
      ],
    );
  await insertAll(
    db,
    'report',
    reports.map((report) => rowOf(report, campaign.code, due(report))),
  );
  await insertAll(
    db,
    'evidence',
    reports.flatMap(({ id, evidence }) => evidence.map((each) => ({ report_id: id, ...each }))),
  );
  await insertAll(
    db,
    'contributor',
    reports.flatMap(({ id, contributors }) =>
      contributors.map(({ personId, unitId, answer }) => ({
        report_id: id,
        person_id: personId,
        unit_id: unitId,
        answer,
      })),
    ),
  );
  pending.reports.splice(0, Infinity, ...still, ...reports.filter((report) => !due(report)));
  const last = reports.at(-1)?.id;
  if (last !== undefined)
    await db.query(`select setval('report_number', (select max(id) from report))`);
  return reports.length;
}

/** The Monday after a week, when its boards are made. */
export const closeOf = (monday: string): string => addDays(monday, 7);
