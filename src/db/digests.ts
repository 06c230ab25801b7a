/** What digests are read from, one round trip each. */
import { comparedFrom, earliestWeek } from '../digests/data.ts';
import {
  type DigestAsk,
  type DigestFigures,
  type DigestReads,
  LATE_DAYS,
  type SheetMember,
  type SheetReportRow,
  type StudentWeeks,
} from '../digests/source.ts';
import type { PersonStanding } from '../standings/types.ts';
import type { Queryable } from './database.ts';
import { json } from './json.ts';
import { instantJson, textArray, validOn } from './reads/sql.ts';

/** A unit's standing as JSON, from a row of `unit_standing`. */
const standingJson = (s: string): string =>
  `jsonb_build_object('unitId', ${s}.unit_id, 'groupKey', ${s}.group_key,
    'headcount', ${s}.headcount, 'points', ${s}.points, 'collective', ${s}.collective,
    'score', ${s}.score, 'rank', ${s}.rank, 'groupSize', ${s}.group_size,
    'participants', ${s}.participants, 'breadth', ${s}.breadth, 'verified', ${s}.verified)`;

/** Which reports `r` of units `u` a digest looks at; items are null but for `students`. */
const scope = (items: string, bloc: string): string =>
  `(${items}::jsonb is null or r.item = any (${textArray(items)}))
   and (${bloc}::text is null or u.bloc = ${bloc}::text)`;

const scopeParams = ({ of, studentItems }: DigestAsk): [string | null, string | null] => [
  of === 'students' ? json(studentItems) : null,
  of === 'political_schools' ? 'political_school' : of === 'students' ? 'academy' : null,
];

/** Whether a co-author `c` is a student. */
const STUDENT_SHARE = `exists (select from membership m where m.person_id = c.person_id
  and m.unit_id = c.unit_id and m.audience = 'student')`;

/** Latest revisions of the weeks from `$2` to `$3`. */
const LATEST = `select week, max(revision) as revision from unit_standing
  where campaign = $1::text and week between $2::date and $3::date group by week`;

/**
 * `$1` campaign, `$2` earliest week, `$3` last week, `$4` first week of the period, `$5` `$6` weeks
 * before it, `$7` of a stage, `$8` items, `$9` bloc, `$10` `$11` days of the period, `$12` zone,
 * `$13` now, `$14` today.
 */
const FIGURES = `
with latest as materialized (${LATEST}),
counted as materialized (
  select r.id, r.unit_id, r.week, r.item, r.status
  from report r join unit u on u.id = r.unit_id
  where r.campaign = $1::text and r.week between $2::date and $3::date and r.status <> 'withdrawn'
    and ${scope('$8', '$9')}),
taking as (
  select s.unit_id, l.week >= $4::date as now, array_agg(distinct s.person_id) as people
  from latest l join person_standing s
    on s.campaign = $1::text and s.week = l.week and s.revision = l.revision
  where $7::boolean and $8::jsonb is null and s.verified > 0
    and (l.week >= $4::date or l.week between $5::date and $6::date)
  group by s.unit_id, l.week >= $4::date),
breadth as (
  select unit_id, count(distinct item)::int as items from (
    select unit_id, item from counted
      where $7::boolean and status = 'verified' and week >= $4::date
    union
    -- Shared work counts in the unit of whoever shares it, wherever it was reported.
    select c.unit_id, r.item from report r join contributor c on c.report_id = r.id
      join unit u on u.id = c.unit_id
      where $7::boolean and r.campaign = $1::text and r.status = 'verified'
        and r.week between $4::date and $3::date and c.answer = 'confirmed'
        and ${scope('$8', '$9')} and ($8::jsonb is null or ${STUDENT_SHARE})) shared
  group by unit_id),
waiting as (
  select r.unit_id, count(*)::int as waiting, min(r.submitted_at) as oldest,
    (count(*) filter (where r.submitted_at
      < $13::timestamptz - interval '${LATE_DAYS} days'))::int as late
  from report r join unit u on u.id = r.unit_id
  where r.status = 'submitted' and r.campaign = $1::text and ${scope('$8', '$9')}
  group by r.unit_id),
taken as (
  select (select min(taken_at) from unit_standing
      where campaign = $1::text and week = $3::date and revision = 1) as at,
    (select min(taken_at) from unit_standing
      where campaign = $1::text and week = $3::date + 7 and revision = 1) as next),
accounts as (
  select i.person_id, bool_and(i.unreachable_since is not null) as away
  from identity i where i.person_id is not null and exists (
    select from membership m where m.person_id = i.person_id and ${validOn('m', '$14::date')})
  group by i.person_id)
select
  (select coalesce(jsonb_agg(jsonb_build_object('unitId', u.id, 'code', u.code,
     'nameVi', u.name_vi, 'nameEn', u.name_en, 'kind', u.kind, 'bloc', u.bloc,
     'cluster', u.cluster) order by u.id), '[]') from unit u) as units,
  (select coalesce(jsonb_agg(${standingJson('s')} || jsonb_build_object('week', s.week)
     order by s.week, s.unit_id), '[]')
   from latest l join unit_standing s
     on s.campaign = $1::text and s.week = l.week and s.revision = l.revision
   where $8::jsonb is null) as recorded,
  (select coalesce(jsonb_agg(jsonb_build_object(
     'unitId', unit_id, 'now', now, 'people', people)), '[]') from taking) as participants,
  (select coalesce(jsonb_agg(jsonb_build_object('unitId', unit_id, 'items', items)), '[]')
   from breadth) as breadth,
  (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from (
     select unit_id as "unitId", week, count(*)::int as submitted,
       (count(*) filter (where status = 'verified'))::int as verified,
       (count(*) filter (where status = 'returned'))::int as returned
     from counted group by unit_id, week) c) as counts,
  (select coalesce(jsonb_agg(jsonb_build_object('unitId', unit_id, 'waiting', waiting,
     'late', late, 'oldest', ${instantJson('oldest')})), '[]') from waiting) as backlog,
  (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'reportId', r.id, 'title', r.title,
     'authorName', case when r.kind = 'personal' then p.name end, 'unitId', r.unit_id,
     'citation', e.citation) order by e.decided_at, e.id), '[]')
   from exemplar e join report r on r.id = e.report_id join unit u on u.id = r.unit_id
     join person p on p.id = r.author_id
   where e.campaign = $1::text and e.status = 'approved'
     and (e.decided_at at time zone $12::text)::date between $10::date and $11::date
     and ${scope('$8', '$9')}) as exemplars,
  (select jsonb_build_object(
     'drawn', count(*) filter (where (drawn_at at time zone $12::text)::date
       between $10::date and $11::date),
     'waiting', count(*) filter (where result = 'waiting'),
     'sound', count(*) filter (where result = 'sound' and checked),
     'doubtful', count(*) filter (where result = 'doubtful' and checked))
   from (select *, (checked_at at time zone $12::text)::date
       between $10::date and $11::date as checked
     from audit_sample where campaign = $1::text) sample) as audit,
  (select count(*)::int from ticket
   where campaign = $1::text and status = 'open' and due_on < $14::date) as "ticketsOverdue",
  (select count(*)::int from accounts) as enrolled,
  (select count(*)::int from accounts where away) as unreachable,
  (select coalesce(jsonb_agg(jsonb_build_object('week', s.week, 'unitId', s.unit_id,
     'before', ${standingJson('b')}, 'after', ${standingJson('s')})
     order by s.week, s.unit_id), '[]')
   from taken join unit_standing s on s.taken_at >= taken.at
     and (taken.next is null or s.taken_at < taken.next)
   join unit_standing b on b.campaign = s.campaign and b.week = s.week and b.unit_id = s.unit_id
     and b.revision = s.revision - 1
   where not $7::boolean and s.campaign = $1::text and s.week < $3::date and s.revision > 1
     and (s.points <> b.points or s.rank is distinct from b.rank)) as corrections`;

async function readFigures(db: Queryable, ask: DigestAsk): Promise<DigestFigures> {
  const { spans } = ask;
  const [row] = await db.query<DigestFigures>(FIGURES, [
    ask.campaign,
    earliestWeek(spans),
    spans.weeks.last,
    spans.weeks.first,
    spans.before?.first ?? null,
    spans.before?.last ?? null,
    spans.period.kind === 'stage',
    ...scopeParams(ask),
    spans.days.from,
    spans.days.to,
    ask.zone,
    ask.at,
    ask.day,
  ]);
  if (!row) throw new Error('a select without from gave no row');
  return row;
}

/** `$1` campaign, `$2` first week, `$3` last week, `$4` items, `$5` the trend's first week. */
const STUDENT_WEEKS = `
with counted as materialized (
  select r.id, r.item, r.author_id, r.unit_id, r.week, r.submitted_at,
    exists (select from evidence e left join media m on m.id = e.media_id
      where e.report_id = r.id and (m.failure is null or m.sha256 is not null)) as has_evidence
  from report r join unit u on u.id = r.unit_id
  where r.week between $2::date and $3::date and r.campaign = $1::text and r.status = 'verified'
    and r.kind = 'personal' and u.bloc = 'academy' and r.item = any (${textArray('$4')})),
shared as materialized (
  select c.report_id, c.person_id, c.unit_id,
    c.answer = 'confirmed' and ${STUDENT_SHARE} as confirmed
  from counted join contributor c on c.report_id = counted.id
  where c.answer <> 'declined'),
earlier as materialized (
  select r.id, r.week, r.unit_id, r.author_id from report r join unit u on u.id = r.unit_id
  where r.week >= $5::date and r.week < $2::date and r.campaign = $1::text
    and r.status = 'verified' and r.kind = 'personal' and u.bloc = 'academy'
    and r.item = any (${textArray('$4')})),
taking as (
  select week, unit_id, count(distinct person_id)::int as people from (
    select week, unit_id, author_id as person_id from earlier
    union all
    select e.week, c.unit_id, c.person_id from earlier e join contributor c on c.report_id = e.id
    where c.answer = 'confirmed' and ${STUDENT_SHARE}) took
  group by week, unit_id),
weeks as (
  select generate_series(least($2::date, $5::date), $3::date, interval '7 days')::date as week),
heads as (
  select w.week, m.unit_id, count(distinct m.person_id)::int as people
  from weeks w join membership m on m.audience = 'student'
    and m.valid_from <= w.week + 6 and (m.valid_to is null or m.valid_to > w.week + 6)
  join unit u on u.id = m.unit_id and u.bloc = 'academy'
  group by w.week, m.unit_id),
owner as (
  select author_id as person_id, unit_id from counted
  union select person_id, unit_id from shared where confirmed),
student as (
  select distinct on (m.person_id, m.unit_id) m.person_id, m.unit_id, m.cohort,
    m.valid_from <= $3::date + 6 and (m.valid_to is null or m.valid_to > $3::date + 6) as current
  from membership m join unit u on u.id = m.unit_id and u.bloc = 'academy'
  where m.audience = 'student' and m.valid_from <= $3::date + 6
    and (m.valid_to is null or m.valid_to > $3::date + 6
      or (m.person_id, m.unit_id) in (select person_id, unit_id from owner))
  order by m.person_id, m.unit_id, m.valid_from desc)
select
  (select coalesce(json_agg(json_build_object('id', c.id, 'kind', 'personal', 'week', c.week,
     'item', c.item,
     'submittedAt',
       to_char(c.submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
     'author', json_build_object('personId', c.author_id, 'unitId', c.unit_id),
     'contributors', coalesce(s.people, '[]'), 'hasEvidence', c.has_evidence) order by c.id), '[]')
   from counted c left join (
     select report_id, json_agg(json_build_object(
       'personId', person_id, 'unitId', unit_id, 'confirmed', confirmed) order by person_id) as people
     from shared group by report_id) s on s.report_id = c.id) as reports,
  (select coalesce(jsonb_agg(jsonb_build_object(
     'week', week, 'unitId', unit_id, 'headcount', people)), '[]') from heads) as heads,
  (select coalesce(jsonb_agg(jsonb_build_object(
     'week', week, 'unitId', unit_id, 'participants', people)), '[]') from taking) as taking,
  (select coalesce(jsonb_agg(jsonb_build_object('personId', person_id, 'unitId', unit_id,
     'cohort', cohort, 'current', current) order by unit_id, person_id), '[]')
   from student) as students`;

/** `$1` campaign, `$2` first week, `$3` last week, `$4` bloc. */
const PEOPLE = `with latest as materialized (${LATEST})
select s.person_id as "personId", s.unit_id as "unitId", sum(s.points) as points,
  sum(s.verified)::int as verified
from latest l join person_standing s
  on s.campaign = $1::text and s.week = l.week and s.revision = l.revision
join unit u on u.id = s.unit_id and ($4::text is null or u.bloc = $4::text)
group by s.person_id, s.unit_id order by s.person_id, s.unit_id`;

/** `$1` campaign, `$2` first week, `$3` last week, `$4` items, `$5` bloc, `$6` zone. */
const REPORTS = `
select r.id, r.kind, r.item, r.title, a.name as "authorName", r.unit_id as "unitId",
  r.done_on as "doneOn", (r.submitted_at at time zone $6::text)::date::text as "submittedOn",
  (r.decided_at at time zone $6::text)::date::text as "verifiedOn", r.week,
  d.name as "verifierName", coalesce(e.texts, '[]') as texts, coalesce(e.files, 0) as files
from report r join unit u on u.id = r.unit_id join person a on a.id = r.author_id
  join person d on d.id = r.decided_by
  left join lateral (
    select jsonb_agg(text order by id) filter (where text is not null) as texts,
      (count(*) filter (where media_id is not null))::int as files
    from evidence where report_id = r.id) e on true
where r.campaign = $1::text and r.week between $2::date and $3::date and r.status = 'verified'
  and ${scope('$4', '$5')}
order by r.id`;

const MEMBERS = `
select p.id as "personId", w."unitId", p.name, coalesce(m.audience, 'staff') as audience, m.cohort
from jsonb_to_recordset($1::jsonb) as w("personId" int, "unitId" int)
join person p on p.id = w."personId"
left join lateral (
  select audience, cohort from membership
  where person_id = p.id and unit_id = w."unitId" order by valid_from desc limit 1) m on true`;

export const digestReads = (db: Queryable): DigestReads => ({
  digestFigures: (ask) => readFigures(db, ask),
  async studentWeeks({ campaign, studentItems, spans }) {
    const [row] = await db.query<StudentWeeks>(STUDENT_WEEKS, [
      campaign,
      comparedFrom(spans),
      spans.weeks.last,
      json(studentItems),
      earliestWeek(spans),
    ]);
    if (!row) throw new Error('a select without from gave no row');
    return row;
  },
  digestPeople: (ask) =>
    db.query<PersonStanding>(PEOPLE, [
      ask.campaign,
      ask.spans.weeks.first,
      ask.spans.weeks.last,
      scopeParams(ask)[1],
    ]),
  digestReports: (ask) =>
    db.query<SheetReportRow>(REPORTS, [
      ask.campaign,
      ask.spans.weeks.first,
      ask.spans.weeks.last,
      ...scopeParams(ask),
      ask.zone,
    ]),
  membersOf: (pairs) => db.query<SheetMember>(MEMBERS, [json(pairs)]),
});
