import type { OverviewReads, UnitOverview } from '../../engine/overview-reads.ts';
import { sortByGivenName } from '../../people/fold.ts';
import type { Queryable } from '../database.ts';
import { instantJson, validOn } from './sql.ts';

/** People of the unit `$1` on the day `$3`. */
const MEMBERS = `select distinct m.person_id from membership m
  where m.unit_id = $1::int and ${validOn('m', '$3::date')}`;

/**
 * Weeks in which each member sent a report, or confirmed a share in one, in whatever unit it was then;
 * collective reports are nobody's own.
 */
const SENT = `select r.author_id as person_id, r.week, r.status = 'verified' as verified
  from report r where r.campaign = $2::text and r.kind = 'personal' and r.status <> 'withdrawn'
    and r.author_id in (select person_id from member)
  union all
  select c.person_id, r.week, r.status = 'verified'
  from contributor c join report r on r.id = c.report_id
  where c.answer = 'confirmed' and r.campaign = $2::text and r.status <> 'withdrawn'
    and c.person_id in (select person_id from member)`;

export const overviewReads = (db: Queryable): OverviewReads => ({
  async unitOverview(unitId, { campaign, week, day }) {
    const span = (when: string) => `jsonb_build_object(
      'participants', (select count(distinct person_id) from sent where verified and ${when}),
      'unreported', (select count(*) from member where person_id not in (
        select person_id from sent where ${when})))`;
    const [row] = await db.query<UnitOverview>(
      `with member as materialized (${MEMBERS}),
       sent as materialized (${SENT}),
       waiting as (
         select count(*)::int as n, min(submitted_at) as oldest from report
         where unit_id = $1::int and status = 'submitted' and campaign = $2::text)
       select (select count(*)::int from member) as headcount,
         waiting.n as waiting, ${instantJson('waiting.oldest')} as oldest,
         ${span('week = $4::date')} as week, ${span('true')} as campaign,
         (select coalesce(jsonb_agg(i order by i.verified desc, i.sent desc, i.item), '[]') from (
            select item, count(*)::int as sent,
              (count(*) filter (where status = 'verified'))::int as verified
            from report
            where unit_id = $1::int and campaign = $2::text and status <> 'withdrawn'
            group by item) i) as items
       from waiting`,
      [unitId, campaign, day, week],
    );
    if (!row) throw new Error('an aggregate gave no row');
    return row;
  },
  async unreportedIn(unitId, { campaign, week, day }, limit) {
    const people = await db.query<{ name: string }>(
      `with member as materialized (${MEMBERS}),
       sent as materialized (${SENT})
       select p.name from member join person p on p.id = member.person_id
       where p.id not in (select person_id from sent where $4::date is null or week = $4::date)`,
      [unitId, campaign, day, week],
    );
    return {
      total: people.length,
      names: sortByGivenName(people)
        .slice(0, limit)
        .map(({ name }) => name),
    };
  },
});
