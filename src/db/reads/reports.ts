import type { EvidenceView, Reads, ReportLine, ReportView } from '../../engine/reads.ts';
import { fold, sortByGivenName } from '../../people/fold.ts';
import type { Database } from '../database.ts';
import { nextNumber } from './numbers.ts';
import { instantJson, named, unitJson } from './sql.ts';

const EVIDENCE = `coalesce((
    select jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.kind, 'text', e.text,
        'mediaId', e.media_id, 'name', m.attachment ->> 'name', 'mime', m.attachment ->> 'mime',
        'sha256', m.sha256, 'failure', m.failure) order by e.id)
    from evidence e left join media m on m.id = e.media_id
    where e.report_id = r.id), '[]')`;

const CONTRIBUTORS = `coalesce((
    select jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.name, 'unitId', c.unit_id,
        'answer', c.answer) order by p.id)
    from contributor c join person p on p.id = c.person_id
    where c.report_id = r.id), '[]')`;

/** A `ReportView` from a row `r` of `report`, its author `a`, unit `u` and the others of `FROM`. */
const REPORT = `jsonb_build_object('id', r.id, 'kind', r.kind, 'item', r.item,
    'author', ${named('a')}, 'filedBy', ${named('f')}, 'signedBy', ${named('s')},
    'signedAt', ${instantJson('r.signed_at')}, 'unit', ${unitJson('u')},
    'title', r.title, 'description', r.description, 'doneOn', r.done_on, 'status', r.status,
    'version', r.version, 'week', r.week, 'submittedAt', ${instantJson('r.submitted_at')},
    'decidedAt', ${instantJson('r.decided_at')},
    'decidedBy', ${named('d')},
    'reason', r.reason, 'sources', r.sources, 'evidence', ${EVIDENCE},
    'contributors', ${CONTRIBUTORS})`;

const FROM = `report r join person a on a.id = r.author_id join unit u on u.id = r.unit_id
    left join person f on f.id = r.filed_by left join person s on s.id = r.signed_by
    left join person d on d.id = r.decided_by`;

/** A `ReportLine` from a row `r` of `report` and its author `a`. */
export const REPORT_LINE = `jsonb_build_object('id', r.id, 'item', r.item, 'title', r.title,
    'doneOn', r.done_on, 'status', r.status, 'submittedAt', ${instantJson('r.submitted_at')},
    'authorName', a.name, 'collective', case when r.kind = 'collective' then (
      select jsonb_build_object('unit', jsonb_build_object('nameVi', ru.name_vi, 'nameEn', ru.name_en),
        'signed', r.signed_by is not null) from unit ru where ru.id = r.unit_id) end)`;

/** A document number or link as it is compared: spaces and capitals do not matter. Has an index. */
const sameText = (text: string): string => `lower(regexp_replace(${text}, '\\s+', '', 'g'))`;

const inNameOrder = (report: ReportView): ReportView => ({
  ...report,
  contributors: sortByGivenName(report.contributors),
});

export const reportReads = (db: Database) =>
  ({
    nextReportNumber: () => nextNumber(db, 'report_number'),

    async standingReport(authorId, item, { from, to }, except) {
      const [row] = await db.query<{ id: number }>(
        `select id from report
         where author_id = $1::int and kind = 'personal' and item = $2::text
           and id is distinct from $3::int and done_on between $4::date and $5::date
           and status in ('submitted', 'returned', 'verified')
         order by id desc limit 1`,
        [authorId, item, except, from, to],
      );
      return row?.id ?? null;
    },

    async report(id) {
      const [row] = await db.query<{ report: ReportView }>(
        `select ${REPORT} as report from ${FROM} where r.id = $1::int`,
        [id],
      );
      return row ? inNameOrder(row.report) : null;
    },

    async reportsOf(personId, { limit, offset }, part = 'own') {
      const mine = {
        own: `r.author_id = $1::int and r.kind = 'personal'`,
        unit: `r.author_id = $1::int and r.kind = 'collective'`,
        for: 'r.filed_by = $1::int',
      }[part];
      const [row] = await db.query<{ total: number; lines: ReportLine[] }>(
        `select (select count(*) from report r where ${mine}) as total,
           coalesce((select jsonb_agg(l.line order by l.id desc) from (
             select r.id, ${REPORT_LINE} as line from report r join person a on a.id = r.author_id
             where ${mine} order by r.id desc limit $2::int offset $3::int) l),
           '[]') as lines`,
        [personId, limit, offset],
      );
      return row ?? { total: 0, lines: [] };
    },

    async reportBySource(personId, messageId) {
      const [row] = await db.query<{ report: ReportView; answer: string }>(
        `select ${REPORT} as report, source.key as answer
         from ${FROM} cross join lateral jsonb_each_text(r.sources) source
         where (r.author_id = $1::int or r.filed_by = $1::int) and source.value = $2::text
         order by r.id desc, source.key limit 1`,
        [personId, messageId],
      );
      return row ? { report: inNameOrder(row.report), answer: row.answer } : null;
    },

    async similarReports({ item, title, doneOn, evidence, except }) {
      const rows = await db.query<{ line: ReportLine; sameEvidence: boolean }>(
        // Laterals, so that each evidence and report is looked up by its index: whatever the planner
        // believed of the tables when it made the plan, this never reads all reports of the item.
        `with found as (
           select same.report_id as id, true as same_evidence
           from jsonb_array_elements_text($3::jsonb) given(text) cross join lateral (
             select e.report_id from evidence e
             where ${sameText('e.text')} = ${sameText('given.text')} offset 0) same
           union all
           select id, false from report where item = $1::text and done_on = $2::date)
         select ${REPORT_LINE} as line, f.same_evidence as "sameEvidence"
         from (select id, bool_or(same_evidence) as same_evidence from found group by id) f
         cross join lateral (select * from report where report.id = f.id limit 1) r
         join person a on a.id = r.author_id
         where r.item = $1::text and r.id is distinct from $4::int
           and r.status not in ('withdrawn', 'rejected', 'revoked')
         order by r.id desc`,
        [item, doneOn, JSON.stringify(evidence), except],
      );
      const wanted = fold(title);
      return rows
        .filter(({ line, sameEvidence }) => sameEvidence || fold(line.title) === wanted)
        .map(({ line }) => line)
        .slice(0, 5);
    },

    async evidenceOf(reportId) {
      const [row] = await db.query<{ evidence: EvidenceView[] }>(
        `select ${EVIDENCE} as evidence from (select $1::int as id) r`,
        [reportId],
      );
      return row?.evidence ?? [];
    },
  }) satisfies Partial<Reads>;
