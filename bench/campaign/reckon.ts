/**
 * The figures of a campaign calculated once more, straight from reports, co-authors and memberships in
 * SQL: none of it is the product's code, so that both can be compared.
 */
import type { Campaign } from '../../src/campaign/types.ts';
import type { Database, Queryable } from '../../src/db/database.ts';

/** Weeks by their Mondays, both inclusive. */
export interface Span {
  readonly first: string;
  readonly last: string;
}

/** A unit over a week, or over a span: points in hundredths. */
export interface UnitFigures {
  readonly unitId: number;
  readonly week: string;
  readonly code: string;
  readonly bloc: string;
  readonly headcount: number;
  readonly cents: number;
  readonly common: number;
  readonly score: number;
  readonly rank: number | null;
  readonly groupSize: number;
  readonly participants: number;
  readonly breadth: number;
  readonly verified: number;
  /** Of `verified`: by people, and the unit's own. */
  readonly personal: number;
  readonly collective: number;
}

interface PersonFigures {
  readonly week: string;
  readonly personId: number;
  readonly unitId: number;
  readonly cents: number;
  readonly verified: number;
}

interface CountFigures {
  readonly unitId: number;
  readonly submitted: number;
  readonly verified: number;
  readonly returned: number;
}

interface ItemFigures {
  readonly unitId: number;
  readonly item: string;
  readonly reports: number;
  readonly cents: number;
}

/** Open while its transaction is: figures of one state of the database. */
export interface Reckoning {
  weekly(): Promise<UnitFigures[]>;
  people(span: Span | null): Promise<PersonFigures[]>;
  /** `week` is the span's last. */
  over(span: Span): Promise<UnitFigures[]>;
  items(span: Span): Promise<ItemFigures[]>;
  /** Reports first sent in the span by what became of them; `items` null: all. */
  counts(span: Span, items: readonly string[] | null): Promise<CountFigures[]>;
  /** Verified reports of a span, by number. */
  reports(span: Span): Promise<number[]>;
  /** Students of the academy with a verified report of a student's item, and students there are. */
  students(span: Span, items: readonly string[]): Promise<{ took: number; heads: number }>;
  /** What waits for a decision now, by bloc. */
  waiting(items: readonly string[] | null): Promise<{ bloc: string; waiting: number }[]>;
  /** Approved exemplars and looked-at audit samples of these days. */
  voices(days: { from: string; to: string }): Promise<{
    exemplars: number;
    drawn: number;
    sound: number;
    doubtful: number;
    unseen: number;
    overdue: number;
  }>;
}

/** Each verified report's part for each owner, with the weekly caps applied. */
const EARNED = `
insert into earned
with item as (
  select * from jsonb_to_recordset($2::jsonb) as i(id text, cents int, cap int, needs boolean)),
proven as (
  select r.id, r.kind, r.week, r.item, r.submitted_at, r.author_id, r.unit_id, i.cap,
    case when i.id is null then 0
      when i.needs and not exists (select from evidence e left join media m on m.id = e.media_id
        where e.report_id = r.id and (e.media_id is null or m.failure is null or m.sha256 is not null))
      then 0 else i.cents end as weight,
    1 + (select count(*) from contributor c
      where c.report_id = r.id and c.answer <> 'declined') as parts
  from report r left join item i on i.id = r.item
  where r.campaign = $1::text and r.status = 'verified'),
owned as (
  select p.*, 'person ' || author_id as owner, author_id as person_id from proven p
    where kind = 'personal'
  union all
  select p.id, p.kind, p.week, p.item, p.submitted_at, p.author_id, c.unit_id, p.cap, p.weight,
    p.parts, 'person ' || c.person_id, c.person_id
  from proven p join contributor c on c.report_id = p.id and c.answer = 'confirmed'
    where p.kind = 'personal'
  union all
  select p.*, 'unit ' || unit_id, null from proven p where kind = 'collective'),
part as (select *, (weight / parts)::int as cents from owned),
upto as (
  select *, sum(cents) over (partition by owner, week, item order by submitted_at, id) as total
  from part)
select id, kind, week, item, person_id, unit_id,
  case when cap is null then cents else least(cap, total) - least(cap, total - cents) end
from upto`;

/** `$1` shrinkage, `$2` factor, `$3` campaign. */
const WEEKLY = `
insert into unit_week
with week as (select distinct week from unit_standing where campaign = $3::text),
head as (
  select w.week, m.unit_id, count(distinct m.person_id)::int as heads
  from week w join membership m on m.valid_from <= w.week + 6
    and (m.valid_to is null or m.valid_to > w.week + 6)
  group by w.week, m.unit_id),
got as (
  select week, unit_id, coalesce(sum(cents) filter (where kind = 'personal'), 0) as cents,
    coalesce(sum(cents) filter (where kind = 'collective'), 0) as common,
    count(distinct person_id)::int as participants, count(distinct item)::int as breadth,
    count(distinct id)::int as verified,
    (count(distinct id) filter (where kind = 'personal'))::int as personal,
    (count(distinct id) filter (where kind = 'collective'))::int as collective
  from earned group by week, unit_id),
line as (
  select w.week, u.id, u.code, u.bloc, u.kind || '/' || u.bloc as in_group,
    coalesce(h.heads, 0) as heads, coalesce(g.cents, 0) as cents, coalesce(g.common, 0) as common,
    coalesce(g.participants, 0) as participants, coalesce(g.breadth, 0) as breadth,
    coalesce(g.verified, 0) as verified, coalesce(g.personal, 0) as personal,
    coalesce(g.collective, 0) as collective
  from week w cross join unit u left join head h on h.week = w.week and h.unit_id = u.id
    left join got g on g.week = w.week and g.unit_id = u.id),
mean as (
  select week, in_group, sum(cents)::numeric / nullif(sum(heads), 0) as cents from line
  group by week, in_group),
scored as (
  select l.*, ((l.cents + $1::numeric * m.cents) / (l.heads + $1::numeric)
    + $2::numeric * l.common) / 100 as score
  from line l join mean m on m.week = l.week and m.in_group = l.in_group)
select s.*, case when heads > 0 then (rank() over (partition by week, in_group, heads > 0
    order by round(score, 12) desc))::int end as place,
  (count(*) filter (where heads > 0) over (partition by week, in_group))::int as of_units
from scored s`;

const FIGURES = `id as "unitId", week::text as week, code, bloc, heads as headcount,
  cents::int as cents, common::int as common, score::float8 as score, place as rank,
  of_units as "groupSize", participants, breadth, verified, personal, collective`;

/** `$1` first week, `$2` last week. */
const OVER = `
with sums as (
  select id, code, bloc, in_group, max(heads) filter (where week = last) as heads,
    sum(cents) as cents, sum(common) as common, sum(score) as score
  from (select *, max(week) over () as last from unit_week
    where week between $1::date and $2::date) spanned
  group by id, code, bloc, in_group),
got as (
  select unit_id, count(distinct person_id)::int as participants,
    count(distinct item)::int as breadth, count(distinct id)::int as verified,
    (count(distinct id) filter (where kind = 'personal'))::int as personal,
    (count(distinct id) filter (where kind = 'collective'))::int as collective
  from earned where week between $1::date and $2::date group by unit_id),
placed as (
  select s.*, $2::date as week, coalesce(g.participants, 0) as participants,
    coalesce(g.breadth, 0) as breadth, coalesce(g.verified, 0) as verified,
    coalesce(g.personal, 0) as personal, coalesce(g.collective, 0) as collective,
    case when heads > 0 then (rank() over (partition by in_group, heads > 0
      order by round(score, 9) desc))::int end as place,
    (count(*) filter (where heads > 0) over (partition by in_group))::int as of_units
  from sums s left join got g on g.unit_id = s.id)
select ${FIGURES} from placed order by id`;

/** Calculates, and calls `work` while the figures are there. */
export const withReckoning = <T>(
  db: Database,
  campaign: Campaign,
  today: string,
  work: (reckoning: Reckoning) => Promise<T>,
): Promise<T> =>
  db.transaction(async (tx) => {
    const { code, comparison, items } = campaign;
    await tx.query(`create temp table earned (id int, kind text, week date, item text,
      person_id int, unit_id int, cents int) on commit drop`);
    await tx.query(`create temp table unit_week (week date, id int, code text, bloc text,
      in_group text, heads int, cents bigint, common bigint, participants int, breadth int,
      verified int, personal int, collective int, score numeric, place int, of_units int)
      on commit drop`);
    const hundredths = (points: number): number => Math.round(points * 100);
    await tx.query(EARNED, [
      code,
      JSON.stringify(
        items.map(({ id, weight, weeklyCap, evidence }) => ({
          id,
          cents: hundredths(weight),
          cap: weeklyCap === null ? null : hundredths(weeklyCap),
          needs: evidence.required,
        })),
      ),
    ]);
    await tx.query(WEEKLY, [comparison.shrinkage, comparison.collectiveFactor, code]);
    return work(reckoning(tx, campaign, today));
  });

const OF_SPAN = `r.campaign = $1::text and r.week between $2::date and $3::date`;
const OF_ITEMS = (items: string): string =>
  `(${items}::jsonb is null or r.item in (select jsonb_array_elements_text(${items}::jsonb)))`;
const listed = (items: readonly string[] | null): string | null =>
  items === null ? null : JSON.stringify(items);

function reckoning(tx: Queryable, { code, zone }: Campaign, today: string): Reckoning {
  const one = async <T>(sql: string, params: readonly (string | null)[]): Promise<T> => {
    const [row] = await tx.query<{ row: T }>(
      `select to_jsonb(one) as row from (${sql}) one`,
      params,
    );
    if (!row) throw new Error('one row was expected');
    return row.row;
  };
  return {
    weekly: () => tx.query<UnitFigures>(`select ${FIGURES} from unit_week order by week, id`, []),
    people: (span) =>
      tx.query<PersonFigures>(
        `select week::text as week, person_id as "personId", unit_id as "unitId",
           sum(cents)::int as cents, count(distinct id)::int as verified
         from (select coalesce($2::date, week) as week, person_id, unit_id, cents, id
           from earned where kind = 'personal'
             and ($1::date is null or week between $1::date and $2::date)) part
         group by week, person_id, unit_id order by week, person_id, unit_id`,
        [span?.first ?? null, span?.last ?? null],
      ),
    over: ({ first, last }) => tx.query<UnitFigures>(OVER, [first, last]),
    items: ({ first, last }) =>
      tx.query<ItemFigures>(
        `select unit_id as "unitId", item, count(distinct id)::int as reports,
           sum(cents)::int as cents
         from earned where week between $1::date and $2::date group by unit_id, item`,
        [first, last],
      ),
    counts: ({ first, last }, items) =>
      tx.query<CountFigures>(
        `select r.unit_id as "unitId", count(*)::int as submitted,
           (count(*) filter (where status = 'verified'))::int as verified,
           (count(*) filter (where status = 'returned'))::int as returned
         from report r where ${OF_SPAN} and status <> 'withdrawn' and ${OF_ITEMS('$4')}
         group by r.unit_id`,
        [code, first, last, listed(items)],
      ),
    reports: async ({ first, last }) =>
      (
        await tx.query<{ id: number }>(
          `select id from report r where ${OF_SPAN} and status = 'verified' order by id`,
          [code, first, last],
        )
      ).map(({ id }) => id),
    students: ({ first, last }, items) =>
      one(
        `select (select count(*)::int from (
             select r.author_id, r.unit_id from report r join unit u on u.id = r.unit_id
             where ${OF_SPAN} and status = 'verified' and u.bloc = 'academy' and ${OF_ITEMS('$4')}
             union
             select c.person_id, c.unit_id from report r join unit u on u.id = r.unit_id
               join contributor c on c.report_id = r.id and c.answer = 'confirmed'
               join membership m on m.person_id = c.person_id and m.unit_id = c.unit_id
                 and m.audience = 'student'
             where ${OF_SPAN} and status = 'verified' and u.bloc = 'academy' and ${OF_ITEMS('$4')}
           ) took) as took,
           (select count(distinct m.person_id)::int from membership m join unit u
             on u.id = m.unit_id and u.bloc = 'academy'
            where m.audience = 'student' and m.valid_from <= $3::date + 6
              and (m.valid_to is null or m.valid_to > $3::date + 6)) as heads`,
        [code, first, last, listed(items)],
      ),
    waiting: (items) =>
      tx.query(
        `select u.bloc, count(*)::int as waiting from report r join unit u on u.id = r.unit_id
         where r.campaign = $1::text and r.status = 'submitted' and ${OF_ITEMS('$2')}
         group by u.bloc`,
        [code, listed(items)],
      ),
    voices: ({ from, to }) =>
      one(
        `select
           (select count(*)::int from exemplar where campaign = $1::text and status = 'approved'
             and (decided_at at time zone $5::text)::date between $2::date and $3::date) as exemplars,
           (select count(*)::int from audit_sample where campaign = $1::text
             and (drawn_at at time zone $5::text)::date between $2::date and $3::date) as drawn,
           (select count(*)::int from audit_sample where campaign = $1::text and result = 'sound'
             and (checked_at at time zone $5::text)::date between $2::date and $3::date) as sound,
           (select count(*)::int from audit_sample where campaign = $1::text and result = 'doubtful'
             and (checked_at at time zone $5::text)::date between $2::date and $3::date) as doubtful,
           (select count(*)::int from audit_sample
             where campaign = $1::text and result = 'waiting') as unseen,
           (select count(*)::int from ticket
             where campaign = $1::text and status = 'open' and due_on < $4::date) as overdue`,
        [code, from, to, today, zone],
      ),
  };
}
