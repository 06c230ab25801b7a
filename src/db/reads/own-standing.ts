import type { OwnStandingReads } from '../../engine/own-standing-reads.ts';
import type { Database } from '../database.ts';

export const ownStandingReads = (db: Database): OwnStandingReads => ({
  async ownReports(personId, campaign, { first, last }) {
    const [row] = await db.query<Awaited<ReturnType<OwnStandingReads['ownReports']>>>(
      `with mine as (
         select id from report where author_id = $1::int
         union
         select report_id from contributor where person_id = $1::int and answer = 'confirmed'
       ),
       counted as (
         select r.* from mine join report r on r.id = mine.id
         where r.campaign = $2::text and r.kind = 'personal' and r.status = 'verified'
           and r.week between $3::date and $4::date
       )
       select
         (select coalesce(jsonb_agg(jsonb_build_object(
            'id', r.id, 'kind', r.kind, 'item', r.item, 'week', r.week,
            'submittedAt',
              to_char(r.submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'author', jsonb_build_object('personId', r.author_id, 'unitId', r.unit_id),
            'contributors', coalesce((
              select jsonb_agg(jsonb_build_object('personId', c.person_id, 'unitId', c.unit_id,
                'confirmed', c.answer = 'confirmed') order by c.person_id)
              from contributor c where c.report_id = r.id and c.answer <> 'declined'), '[]'),
            'hasEvidence', exists (
              select from evidence e left join media m on m.id = e.media_id
              where e.report_id = r.id and (m.failure is null or m.sha256 is not null)))
            order by r.id), '[]') from counted r) as reports,
         (select count(*)::int from report
          where author_id = $1::int and campaign = $2::text and kind = 'personal'
            and status = 'submitted') as waiting`,
      [personId, campaign, first, last],
    );
    if (!row) throw new Error('a select without from gave no row');
    return row;
  },
});
