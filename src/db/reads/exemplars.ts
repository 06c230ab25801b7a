import type { ExemplarLine, ExemplarReads, ExemplarView } from '../../engine/exemplar-reads.ts';
import type { Queryable } from '../database.ts';
import { nextNumber } from './numbers.ts';
import { instantJson, intArray, named, unitJson } from './sql.ts';

/** An `ExemplarLine` from rows `e` of `exemplar`, its report `r`, author `a` and unit `u`. */
const LINE = `jsonb_build_object('id', e.id, 'reportId', r.id, 'kind', r.kind, 'title', r.title,
    'author', ${named('a')}, 'unit', ${unitJson('u')},
    'status', e.status, 'version', e.version)`;

const ITS = `join report r on r.id = e.report_id join person a on a.id = r.author_id
    join unit u on u.id = r.unit_id`;

const VIEW = `select ${LINE} || jsonb_build_object(
    'filedBy', case when r.filed_by is not null then jsonb_build_object('id', r.filed_by) end,
    'citation', e.citation, 'nominatedBy', ${named('n')},
    'nominatedAt', ${instantJson('e.nominated_at')}, 'consentedAt', ${instantJson('e.consented_at')},
    'evidence', e.evidence,
    'decidedBy', ${named('d')},
    'decidedAt', ${instantJson('e.decided_at')}, 'withdrawnAt', ${instantJson('e.withdrawn_at')},
    'reason', e.reason) as exemplar
  from exemplar e ${ITS} join person n on n.id = e.nominated_by left join person d on d.id = e.decided_by`;

export const exemplarReads = (db: Queryable): ExemplarReads => {
  const one = async (where: string, id: number): Promise<ExemplarView | null> => {
    const [row] = await db.query<{ exemplar: ExemplarView }>(`${VIEW} where ${where}`, [id]);
    return row?.exemplar ?? null;
  };
  return {
    nextExemplarNumber: () => nextNumber(db, 'exemplar_id_seq'),

    exemplar: (id) => one('e.id = $1::int', id),
    liveExemplar: (reportId) =>
      one(`e.report_id = $1::int and e.status in ('nominated', 'consented', 'approved')`, reportId),

    async exemplars(campaign, { all, approved, authorId, unitIds }, { limit, offset }) {
      const [row] = await db.query<{ total: number; lines: ExemplarLine[] }>(
        `with seen as (
           select e.id, case e.status when 'consented' then 0 when 'nominated' then 1 else 2 end
             as rank
           from exemplar e join report r on r.id = e.report_id
           where e.campaign = $1::text and ($2::bool or ($3::bool and e.status = 'approved')
             or (r.kind = 'personal' and r.author_id = $4::int) or r.unit_id = any (${intArray('$5')}))),
         shown as (select * from seen order by rank, id desc limit $6::int offset $7::int)
         select (select count(*) from seen) as total,
           coalesce((select jsonb_agg(${LINE} order by s.rank, e.id desc)
             from shown s join exemplar e on e.id = s.id ${ITS}), '[]')
             as lines`,
        [campaign, all, approved, authorId, JSON.stringify(unitIds), limit, offset],
      );
      return row ?? { total: 0, lines: [] };
    },

    async exemplarsToDecide(campaign, personId, limit) {
      const [row] = await db.query<{ total: number; lines: ExemplarLine[] }>(
        `with waiting as (
           select e.id from exemplar e join report r on r.id = e.report_id
           where e.campaign = $1::text and e.status = 'consented'
             and $2::int is distinct from r.author_id and $2::int is distinct from r.filed_by)
         select (select count(*) from waiting) as total,
           coalesce((select jsonb_agg(${LINE} order by e.id)
             from exemplar e ${ITS} where e.id in (select id from waiting order by id limit $3::int)), '[]')
             as lines`,
        [campaign, personId, limit],
      );
      return row ?? { total: 0, lines: [] };
    },

    async exemplarCounts(campaign) {
      const [row] = await db.query<{ personal: number; collective: number }>(
        `select count(*) filter (where r.kind = 'personal') as personal,
           count(*) filter (where r.kind = 'collective') as collective
         from exemplar e join report r on r.id = e.report_id
         where e.campaign = $1::text and e.status = 'approved'`,
        [campaign],
      );
      return row ?? { personal: 0, collective: 0 };
    },
  };
};
