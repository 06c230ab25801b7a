/** Reading a week for its standings, and keeping what was computed. */
import type { Address, MessageRef } from '../chat/index.ts';
import type { Reads } from '../engine/reads.ts';
import type { StandingsStore } from '../engine/unit-leaderboard.ts';
import type {
  PastTotals,
  PersonStanding,
  UnitStanding,
  UnitWeek,
  WeekStandings,
} from '../standings/types.ts';
import type { Queryable } from './database.ts';
import { roomAddress, successorOf, textArray } from './reads/sql.ts';

/** Whose a row is on the week's Sunday, by the unit `was` it names. */
const OWN_UNIT = successorOf('was', '($1::date + 6)');

/** Everything a week's standings are computed from, in one round trip led by the week's index. */
async function readUnitWeek(db: Queryable, week: string, campaign: string): Promise<UnitWeek> {
  const [row] = await db.query<Omit<UnitWeek, 'week'>>(
    `with
     -- A unit that merged during the week has its people in the other one on Sunday: its reports too.
     counted as materialized (
       select r.id, r.kind, r.item, r.author_id, ${OWN_UNIT} as unit_id, evidence.report_id is not null as has_evidence,
         to_char(r.submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as submitted_at
       from report r join unit was on was.id = r.unit_id
       -- Lateral with a limit, not exists: that one is planned as a scan of the whole archive.
       left join lateral (
         select e.report_id from evidence e left join media m on m.id = e.media_id
         where e.report_id = r.id and (m.failure is null or m.sha256 is not null)
         limit 1
       ) evidence on true
       where r.week = $1::date and r.campaign = $2::text and r.status = 'verified'
     ),
     shared as materialized (
       select c.report_id, c.person_id, ${OWN_UNIT} as unit_id, c.answer = 'confirmed' as confirmed
       from counted join contributor c on c.report_id = counted.id
         join unit was on was.id = c.unit_id
       where c.answer <> 'declined'
     ),
     head as (
       select unit_id, count(*)::int as people
       from (
         select distinct unit_id, person_id from membership
         where valid_from <= $1::date + 6 and (valid_to is null or valid_to > $1::date + 6)
       ) members
       group by unit_id
     ),
     involved as (select unit_id from counted union select unit_id from shared),
     named as (select author_id as id from counted union select person_id from shared)
     select
       (select coalesce(jsonb_agg(jsonb_build_object(
          'unitId', u.id, 'code', u.code, 'nameVi', u.name_vi, 'nameEn', u.name_en,
          'kind', u.kind, 'bloc', u.bloc, 'cluster', u.cluster,
          'headcount', coalesce(head.people, 0)) order by u.id), '[]')
        from unit u left join head on head.unit_id = u.id
        where (u.valid_from <= $1::date + 6 and (u.valid_to is null or u.valid_to > $1::date + 6))
          or u.id in (select unit_id from involved)) as units,
       (select coalesce(jsonb_agg(jsonb_build_object(
          'id', c.id, 'kind', c.kind, 'item', c.item, 'submittedAt', c.submitted_at,
          'author', jsonb_build_object('personId', c.author_id, 'unitId', c.unit_id),
          'contributors', coalesce(s.people, '[]'),
          'hasEvidence', c.has_evidence) order by c.id), '[]')
        from counted c left join (
          select report_id, jsonb_agg(jsonb_build_object(
            'personId', person_id, 'unitId', unit_id, 'confirmed', confirmed)
            order by person_id) as people
          from shared group by report_id) s on s.report_id = c.id) as reports,
       (select coalesce(jsonb_object_agg(p.id, p.name), '{}')
        from person p where p.id in (select id from named)) as names`,
    [week, campaign],
  );
  if (!row) throw new Error('a select without from gave no row');
  return { week, ...row };
}

/** The part of the decisions' reads that concerns standings. */
export const standingReads = (
  db: Queryable,
): Pick<Reads, 'unitWeek' | 'recordedWeek' | 'pastTotals'> => ({
  unitWeek: (week, campaign) => readUnitWeek(db, week, campaign),
  recordedWeek: (week, campaign) => readUnits(db, week, campaign),
  pastTotals: (before, campaign, unitId, from) =>
    readPastTotals(db, { before, from: from ?? null }, campaign, unitId),
});

const LATEST = `(select max(revision) from unit_standing
  where campaign = $2::text and week = $1::date)`;

const readUnits = (db: Queryable, week: string, campaign: string): Promise<UnitStanding[]> =>
  db.query<UnitStanding>(
    `select unit_id as "unitId", group_key as "groupKey", headcount, points, collective, score,
       rank, group_size as "groupSize", participants, breadth, verified
     from unit_standing
     where campaign = $2::text and week = $1::date and revision = ${LATEST}
     order by unit_id`,
    [week, campaign],
  );

/** A week's latest revision, or null when it was never recorded. */
async function readRecorded(
  db: Queryable,
  week: string,
  campaign: string,
): Promise<WeekStandings | null> {
  const units = await readUnits(db, week, campaign);
  if (units.length === 0) return null;
  const people = await db.query<PersonStanding>(
    `select person_id as "personId", unit_id as "unitId", points, verified
     from person_standing
     where campaign = $2::text and week = $1::date and revision = ${LATEST}
     order by person_id, unit_id`,
    [week, campaign],
  );
  return { week, units, people };
}

async function readPastTotals(
  db: Queryable,
  { before, from }: { readonly before: string; readonly from: string | null },
  campaign: string,
  unitId: number | null,
): Promise<PastTotals> {
  const [row] = await db.query<PastTotals>(
    `with latest as materialized (
       select week, max(revision) as revision from unit_standing
       where campaign = $2::text and week < $1::date
         and ($4::date is null or week >= $4::date)
       group by week
     )
     select
       (select coalesce(jsonb_agg(u order by u."unitId"), '[]') from (
          select s.unit_id as "unitId", sum(s.points) as points,
            sum(s.collective) as collective, sum(s.score) as score
          from latest l join unit_standing s
            on s.campaign = $2::text and s.week = l.week and s.revision = l.revision
          group by s.unit_id) u) as units,
       (select coalesce(jsonb_agg(p order by p."personId"), '[]') from (
          select s.person_id as "personId", person.name, sum(s.points) as points,
            sum(s.verified)::int as verified
          from latest l
          join person_standing s
            on s.campaign = $2::text and s.week = l.week and s.revision = l.revision
          join person on person.id = s.person_id
          where s.unit_id = $3::int
          group by s.person_id, person.name) p) as people`,
    [before, campaign, unitId, from],
  );
  if (!row) throw new Error('a select without from gave no row');
  return row;
}

/**
 * Records a week's standings as its next revision. @returns its number
 * @throws a unique violation when another process recorded the same revision meanwhile
 */
async function saveWeek(
  db: Queryable,
  standings: WeekStandings,
  campaign: string,
  at: string,
): Promise<number> {
  const [row] = await db.query<{ revision: number }>(
    `with next as (
       select coalesce(max(revision), 0) + 1 as revision from unit_standing
       where campaign = $2::text and week = $1::date
     ),
     units as (
       insert into unit_standing (campaign, week, revision, unit_id, group_key, headcount, points,
         collective, score, rank, group_size, participants, breadth, verified, taken_at)
       select $2::text, $1::date, next.revision, u."unitId", u."groupKey", u.headcount, u.points,
         u.collective, u.score, u.rank, u."groupSize", u.participants, u.breadth, u.verified, $5::timestamptz
       from next, jsonb_to_recordset($3::jsonb) as u("unitId" int, "groupKey" text, headcount int,
         points float8, collective float8, score float8, rank int, "groupSize" int, participants int, breadth int,
         verified int)
     ),
     people as (
       insert into person_standing (campaign, week, revision, person_id, unit_id, points, verified)
       select $2::text, $1::date, next.revision, p."personId", p."unitId", p.points, p.verified
       from next, jsonb_to_recordset($4::jsonb) as p("personId" int, "unitId" int, points float8,
         verified int)
     )
     select revision from next`,
    [
      standings.week,
      campaign,
      JSON.stringify(standings.units),
      JSON.stringify(standings.people),
      at,
    ],
  );
  if (!row) throw new Error('a select without from gave no row');
  return row.revision;
}

/** Where messages about these subjects were posted. */
const readPosted = (db: Queryable, subjects: readonly string[]) =>
  db.query<{ subject: string; ref: MessageRef }>(
    `select subject, jsonb_build_object('at', address, 'id', ids ->> 0) as ref from posted
     where subject = any (${textArray('$1')}) and jsonb_array_length(ids) > 0`,
    [JSON.stringify(subjects)],
  );

/**
 * Weeks before this one that may no longer be as recorded, oldest first: with verified reports but
 * never recorded (its schedule was missed), or with a report or a co-author's answer changed since.
 * Changes up to an hour before the recording are taken too: a turn notes its time before it commits.
 */
async function weeksToReview(db: Queryable, before: string, campaign: string): Promise<string[]> {
  const rows = await db.query<{ week: string }>(
    `with recorded as (
       select week, max(taken_at) - interval '1 hour' as since from unit_standing
       where campaign = $2::text and week < $1::date
       group by week
     )
     select r.week from report r join recorded on recorded.week = r.week
     where r.campaign = $2::text and r.changed_at >= recorded.since
       and r.changed_at >= (select min(since) from recorded)
     union
     select r.week from contributor c join report r on r.id = c.report_id
       join recorded on recorded.week = r.week
     where r.campaign = $2::text and c.answered_at >= recorded.since
     union
     select w.week::date from generate_series(
         (select min(week) from report where week < $1::date), $1::date - 7, '7 days') as w(week)
     where not exists (select from recorded where recorded.week = w.week::date)
       and exists (select from report r
         where r.week = w.week::date and r.campaign = $2::text and r.status = 'verified')
     order by week`,
    [before, campaign],
  );
  return rows.map((row) => row.week);
}

/** A campaign's standings within one transaction, for the job that closes weeks. */
export const createStandingsStore = (tx: Queryable, campaign: string): StandingsStore => ({
  unitWeek: (week) => readUnitWeek(tx, week, campaign),
  recorded: (week) => readRecorded(tx, week, campaign),
  toReview: (before) => weeksToReview(tx, before, campaign),
  save: (standings, at) => saveWeek(tx, standings, campaign, at),
  postedUnder: (subjects) => readPosted(tx, subjects),
  unitRooms: () =>
    tx.query<{ unitId: number; address: Address }>(
      `select unit_id as "unitId", ${roomAddress('r')} as address
       from chat_room r where unit_id is not null and left_at is null
       order by platform, tenant, chat`,
    ),
});
