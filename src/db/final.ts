/** Reading a stage or the whole campaign for its final documents. */

import type { FinalReport, FinalSource } from '../exports/final-data.ts';
import type { FinalQuery, FinalReads } from '../exports/load.ts';
import type { PastTotals } from '../standings/types.ts';
import type { Queryable } from './database.ts';
import { validOn } from './reads/sql.ts';
import { standingReads } from './standings.ts';

/** $1 campaign, $2 first week, $3 last week, $4 unit or null: a verified report `r` of the period. */
const OF_PERIOD = `r.campaign = $1::text and r.status = 'verified'
  and r.week between $2::date and $3::date`;

/**
 * The numbers of the reports that are read, as `chosen`. For one unit: those filed in it, and all in
 * which anybody takes part who has one in it, since the weekly caps run over all of a person's.
 */
const CHOSEN = `involved as materialized (
    select r.id, r.author_id as person_id, r.unit_id from report r
    where ${OF_PERIOD} and r.kind = 'personal'
    union all
    select r.id, c.person_id, c.unit_id from report r join contributor c on c.report_id = r.id
    where ${OF_PERIOD} and c.answer <> 'declined'
  ),
  chosen as materialized (
    select r.id from report r where ${OF_PERIOD} and ($4::int is null or r.unit_id = $4::int)
    union
    select i.id from involved i
    where $4::int is not null
      and i.person_id in (select person_id from involved where unit_id = $4::int)
  )`;

const parameters = ({ campaign, weeks, unitId }: FinalQuery) => [
  campaign,
  weeks.first,
  weeks.last,
  unitId,
];

type ReportRow = Omit<FinalReport, 'author' | 'evidence'> & {
  readonly authorId: number;
  readonly unitId: number;
  readonly texts: readonly string[];
  readonly files: number;
};

async function readReports(db: Queryable, query: FinalQuery): Promise<FinalReport[]> {
  const rows = await db.query<ReportRow>(
    `with ${CHOSEN},
     proof as (
       select e.report_id, coalesce(jsonb_agg(e.text order by e.id)
           filter (where e.text is not null), '[]') as texts,
         count(*) filter (where e.kind = 'media')::int as files,
         -- A file the platform never handed out proves nothing.
         bool_or(m.failure is null or m.sha256 is not null) as present
       from chosen join evidence e on e.report_id = chosen.id
       left join media m on m.id = e.media_id
       group by e.report_id
     ),
     shared as (
       select c.report_id, jsonb_agg(jsonb_build_object('personId', c.person_id,
           'unitId', c.unit_id, 'confirmed', c.answer = 'confirmed') order by c.person_id) as people
       from chosen join contributor c on c.report_id = chosen.id
       where c.answer <> 'declined' group by c.report_id
     )
     select r.id, r.kind, r.item, r.title, r.author_id as "authorId", a.name as "authorName",
       r.unit_id as "unitId", r.week::text as week, r.done_on::text as "doneOn",
       to_char(r.submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
         as "submittedAt",
       (r.submitted_at at time zone $5::text)::date::text as "submittedOn",
       (r.decided_at at time zone $5::text)::date::text as "verifiedOn",
       d.name as "verifierName", coalesce(s.people, '[]') as contributors,
       coalesce(p.present, false) as "hasEvidence", coalesce(p.texts, '[]') as texts,
       coalesce(p.files, 0) as files
     from chosen join report r on r.id = chosen.id
     join person a on a.id = r.author_id join person d on d.id = r.decided_by
     left join proof p on p.report_id = r.id left join shared s on s.report_id = r.id
     order by r.id`,
    [...parameters(query), query.zone],
  );
  return rows.map(({ authorId, unitId, texts, files, ...report }) => ({
    ...report,
    author: { personId: authorId, unitId },
    evidence: { texts, files },
  }));
}

/** Units that exist on the day, and those gone by then to which the reports belong. */
const readUnits = (db: Queryable, query: FinalQuery): Promise<FinalSource['units'][number][]> =>
  db.query(
    `with ${CHOSEN},
     head as (
       select unit_id, count(distinct person_id)::int as people from membership m
       where ${validOn('m', '$5::date')} group by unit_id
     )
     select u.id as "unitId", u.code, u.name_vi as "nameVi", u.name_en as "nameEn", u.kind, u.bloc,
       u.cluster, coalesce(head.people, 0) as headcount
     from unit u left join head on head.unit_id = u.id
     where ${validOn('u', '$5::date')} or u.id = $4::int
       or u.id in (select r.unit_id from chosen join report r on r.id = chosen.id)
       or u.id in (select i.unit_id from chosen join involved i on i.id = chosen.id)
     order by u.id`,
    [...parameters(query), query.day],
  );

/** Who takes part, as whom: the latest membership in that unit counts. */
const readMembers = (db: Queryable, query: FinalQuery): Promise<FinalSource['members'][number][]> =>
  db.query(
    `with ${CHOSEN},
     pairs as (
       select distinct i.person_id, i.unit_id from chosen join involved i on i.id = chosen.id
       where $4::int is null or i.unit_id = $4::int
     )
     select p.id as "personId", pairs.unit_id as "unitId", p.name,
       coalesce(m.audience, 'staff') as audience, m.cohort
     from pairs join person p on p.id = pairs.person_id
     left join lateral (
       select audience, cohort from membership
       where person_id = pairs.person_id and unit_id = pairs.unit_id
       order by valid_from desc limit 1) m on true`,
    parameters(query),
  );

/** Whether the campaign day of an instant lies within `days`; $2 and $3 are its ends, $4 the zone. */
const within = (instant: string): string =>
  `($2::date is null or (${instant} at time zone $4::text)::date >= $2::date)
   and ($3::date is null or (${instant} at time zone $4::text)::date <= $3::date)`;

async function readSayings(
  db: Queryable,
  { campaign, days, zone, unitId }: FinalQuery,
): Promise<Pick<FinalSource, 'pledges' | 'remarks' | 'exemplars'>> {
  const [pledges, remarks, exemplars] = await Promise.all([
    db.query<FinalSource['pledges'][number]>(
      `select unit_id as "unitId", text, targets from pledge
       where campaign = $1::text and ($2::int is null or unit_id = $2::int)`,
      [campaign, unitId],
    ),
    db.query<FinalSource['remarks'][number]>(
      `select unit_id as "unitId", count(person_id)::int as people,
         (count(*) - count(person_id))::int as unit
       from remark
       where campaign = $1::text and withdrawn_at is null and ${within('at')}
         and ($5::int is null or unit_id = $5::int)
       group by unit_id`,
      [campaign, days.from, days.to, zone, unitId],
    ),
    db.query<FinalSource['exemplars'][number]>(
      `select e.id, e.report_id as "reportId", r.title, r.unit_id as "unitId", e.citation,
         case when r.kind = 'personal' then a.name end as "authorName"
       from exemplar e join report r on r.id = e.report_id join person a on a.id = r.author_id
       where e.campaign = $1::text and e.status = 'approved' and r.status = 'verified'
         and ${within('e.decided_at')} and ($5::int is null or r.unit_id = $5::int)
       order by e.id`,
      [campaign, days.from, days.to, zone, unitId],
    ),
  ]);
  return { pledges, remarks, exemplars };
}

export const finalReads = (db: Queryable): FinalReads => ({
  async finalSource(query) {
    const [reports, units, members, sayings] = await Promise.all([
      readReports(db, query),
      readUnits(db, query),
      readMembers(db, query),
      readSayings(db, query),
    ]);
    return { reports, units, members, ...sayings };
  },
  async recordedSums({ campaign, weeks }) {
    const rows = await db.query<PastTotals['units'][number] & { week: string }>(
      `with latest as (
         select week, max(revision) as revision from unit_standing
         where campaign = $1::text and week between $2::date and $3::date group by week
       )
       select s.week::text as week, s.unit_id as "unitId", s.points, s.collective, s.score
       from latest l join unit_standing s
         on s.campaign = $1::text and s.week = l.week and s.revision = l.revision`,
      [campaign, weeks.first, weeks.last],
    );
    return {
      weeks: [...new Set(rows.map(({ week }) => week))],
      units: rows,
    };
  },
  unitWeek: standingReads(db).unitWeek,
});
