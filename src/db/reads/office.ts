import type { OfficeReads, Paged, UnreachableKind } from '../../engine/office-reads.ts';
import type { Database } from '../database.ts';
import { REPORT_LINE } from './reports.ts';
import { instantJson, named, unitJson, validOn } from './sql.ts';

const LATE_AFTER = `interval '7 days'`;

/** Today's members with how they can be reached: what `UnreachableKind` says, or null. */
const reach = (day: string): string => `select m.person_id, m.unit_id,
    case
      when not exists (select from identity i where i.person_id = m.person_id) then 'never'
      when exists (select from identity i where i.person_id = m.person_id
        and i.unreachable_since is null and i.direct_chat is not null) then null
      when exists (select from identity i where i.person_id = m.person_id
        and coalesce(i.unreachable_cause, 'not-started') in ('blocked', 'not-started')) then 'blocked'
      else 'closed'
    end as kind
  from membership m where ${validOn('m', day)}`;

/** Report lines of the aliases `r` and `a`. */
const LINE = `${REPORT_LINE} as report`;

async function paged<Line>(
  query: Promise<{ total: number; lines: Line[] }[]>,
): Promise<Paged<Line>> {
  const [row] = await query;
  return row ?? { total: 0, lines: [] };
}

/** A page of the rows `from`, as `line`, in the order `by`; `$1` limit, `$2` offset. */
const PAGE = (rows: string, line: string, by: string): string =>
  `with rows as (${rows}),
     page as (select * from rows order by ${by} limit $1::int offset $2::int)
   select (select count(*) from rows) as total,
     coalesce((select jsonb_agg(${line} order by ${by}) from page), '[]') as lines`;

const SAME_EVIDENCE = `lower(regexp_replace(e.text, '\\s+', '', 'g'))`;

/** Pairs of reports that look like one, older first. */
const PAIRS = `with live as (
    select id, item, done_on, lower(regexp_replace(title, '\\s+', ' ', 'g')) as words from report
    where campaign = $3::text and status in ('submitted', 'returned', 'verified')),
  piece as (
    select distinct l.id, l.item, ${SAME_EVIDENCE} as text
    from live l join evidence e on e.report_id = l.id where e.text is not null),
  pair as (
    select a.id as first, b.id as second, true as same_evidence
    from piece a join piece b on b.text = a.text and b.item = a.item and b.id > a.id
    union all
    select a.id, b.id, false
    from live a join live b on b.item = a.item and b.done_on = a.done_on and b.words = a.words
      and b.id > a.id)
  select first, second, bool_or(same_evidence) as same_evidence from pair p
  where not exists (select from setting s where s.key = 'no-duplicate:' || p.first || ':' || p.second)
  group by first, second`;

const lineOf = (id: string): string =>
  `(select ${REPORT_LINE} from report r join person a on a.id = r.author_id where r.id = ${id})`;

const AUDIT = `select s.report_id, s.week, s.result, s.version, s.note, s.drawn_at,
    ${named('c')} as checked_by,
    ${LINE}
  from audit_sample s join report r on r.id = s.report_id join person a on a.id = r.author_id
  left join person c on c.id = s.checked_by`;

const AUDIT_LINE = `jsonb_build_object('report', report, 'week', week, 'result', result,
  'version', version, 'checkedBy', checked_by, 'note', note)`;

export const officeReads = (db: Database): OfficeReads => ({
  async officeOverview(campaign, on) {
    const [row] = await db.query<{ overview: Awaited<ReturnType<OfficeReads['officeOverview']>> }>(
      `with waiting as (
         select unit_id, submitted_at from report
         where status = 'submitted' and campaign = $1::text),
       reach as (${reach('$2::date')})
       select jsonb_build_object(
         'reports', (select jsonb_build_object('waiting', count(*),
           'oldestAt', ${instantJson('min(submitted_at)')}) from waiting),
         'lateUnits', (select count(distinct unit_id) from waiting
           where submitted_at < now() - ${LATE_AFTER}),
         'enrolments', (select count(*) from enrolment_request where status = 'waiting'),
         'outbox', (select count(*) from outbox),
         'deadLetters', (select count(*) from dead_letter),
         'members', (select count(*) from reach),
         'unreachable', (select jsonb_build_object(
           'never', count(*) filter (where kind = 'never'),
           'blocked', count(*) filter (where kind = 'blocked'),
           'closed', count(*) filter (where kind = 'closed')) from reach),
         'audit', (select jsonb_build_object(
           'waiting', count(*) filter (where result = 'waiting'),
           'doubtful', count(*) filter (where result = 'doubtful'))
           from audit_sample where campaign = $1::text),
         'held', (select count(*) from post_hold where released_at is null)) as overview`,
      [campaign, on],
    );
    if (!row) throw new Error('a select without from gave no row');
    return row.overview;
  },

  unitQueues: (campaign, on, { limit, offset }) =>
    paged(
      db.query(
        PAGE(
          `select u.id, ${unitJson('u')}::jsonb as unit, count(*) as waiting,
             min(r.submitted_at) as oldest,
             exists (select from "grant" g where g.unit_id = u.id and g.role in ('head', 'deputy')
               and ${validOn('g', '$4::date')}) as led
           from report r join unit u on u.id = r.unit_id
           where r.status = 'submitted' and r.campaign = $3::text group by u.id`,
          `jsonb_build_object('unit', unit, 'waiting', waiting,
             'oldestAt', ${instantJson('oldest')}, 'led', led)`,
          'oldest, id',
        ),
        [limit, offset, campaign, on],
      ),
    ),

  unreachablePeople: (kind: UnreachableKind, on, { limit, offset }) =>
    paged(
      db.query(
        PAGE(
          `select p.id, p.name, u.name_fold as unit_name, ${unitJson('u')}::jsonb as unit,
             split_part(p.name_fold, ' ', -1) as given
           from (${reach('$4::date')}) r join person p on p.id = r.person_id
             join unit u on u.id = r.unit_id
           where r.kind = $3::text`,
          `jsonb_build_object('personId', id, 'name', name, 'unit', unit)`,
          'unit_name, given, id',
        ),
        [limit, offset, kind, on],
      ),
    ),

  duplicatePairs: (campaign, { limit, offset }) =>
    paged(
      db.query(
        PAGE(
          PAIRS,
          `jsonb_build_object('first', ${lineOf('first')}, 'second', ${lineOf('second')},
             'why', case when same_evidence then 'evidence' else 'title' end)`,
          'second desc, first desc',
        ),
        [limit, offset, campaign],
      ),
    ),

  auditLines: (campaign, { limit, offset }) =>
    paged(
      db.query(
        PAGE(
          `${AUDIT} where s.campaign = $3::text`,
          AUDIT_LINE,
          `(result = 'waiting') desc, week desc, report_id`,
        ),
        [limit, offset, campaign],
      ),
    ),

  async auditLine(reportId) {
    const [row] = await db.query<{ line: Awaited<ReturnType<OfficeReads['auditLine']>> }>(
      `select ${AUDIT_LINE} as line from (${AUDIT} where s.report_id = $1::int) found`,
      [reportId],
    );
    return row?.line ?? null;
  },

  async personCard(personId, { limit, offset }) {
    const [row] = await db.query<Awaited<ReturnType<OfficeReads['personCard']>> & object>(
      `select p.code, jsonb_build_object(
         'total', (select count(*) from report where author_id = p.id),
         'lines', coalesce((select jsonb_agg(l.report order by l.id desc) from (
           select r.id, ${LINE} from report r join person a on a.id = r.author_id
           where r.author_id = p.id order by r.id desc limit $2::int offset $3::int) l), '[]')
       ) as reports
       from person p where p.id = $1::int`,
      [personId, limit, offset],
    );
    return row ?? null;
  },

  setDays: (from, limit) =>
    db.query(
      `select day, working, note from calendar_day where day >= $1::date
       order by day limit $2::int`,
      [from, limit],
    ),

  scheduleStates: () =>
    db.query(
      `select s.schedule,
         (select jsonb_build_object('occurrence', ${instantJson('r.occurrence')}, 'outcome', r.outcome)
           from schedule_run r where r.schedule = s.schedule
           order by r.occurrence desc limit 1) as last,
         coalesce((select jsonb_agg(${instantJson('h.occurrence')} order by h.occurrence)
           from post_hold h where h.schedule = s.schedule and h.released_at is null), '[]') as held
       from (select schedule from schedule_run union select schedule from post_hold) s
       order by s.schedule`,
    ),
});
