import type { FilingReads, OwnParts, RemarkView } from '../../engine/filing-reads.ts';
import type { Database } from '../database.ts';
import { nextNumber } from './numbers.ts';
import { instantJson, intArray, named, unitJson } from './sql.ts';

/** A `RemarkView` from a row `r` of `remark`, its unit `u`, its writer `b` and the person `p` of `FROM`. */
const REMARK = `jsonb_build_object('id', r.id, 'item', r.item, 'unit', ${unitJson('u')},
    'person', ${named('p')},
    'text', r.text, 'by', ${named('b')},
    'at', ${instantJson('r.at')}, 'withdrawnAt', ${instantJson('r.withdrawn_at')})`;
const FROM = `remark r join unit u on u.id = r.unit_id join person b on b.id = r.by_id
    left join person p on p.id = r.person_id`;

export const filingReads = (db: Database): FilingReads => ({
  async standingUnitReport(unitId, item, { from, to }, except) {
    const [row] = await db.query<{ id: number }>(
      `select id from report
       where unit_id = $1::int and kind = 'collective' and item = $2::text
         and id is distinct from $3::int and done_on between $4::date and $5::date
         and status in ('submitted', 'returned', 'verified')
       order by id desc limit 1`,
      [unitId, item, except, from, to],
    );
    return row?.id ?? null;
  },

  async ownParts(personId, campaign) {
    const [row] = await db.query<OwnParts>(
      `select
         (select count(*) from report where author_id = $1::int and kind = 'collective') as unit,
         (select count(*) from report where filed_by = $1::int) as for,
         (select count(*) from remark
          where person_id = $1::int and campaign = $2::text and withdrawn_at is null) as remarks`,
      [personId, campaign],
    );
    return row ?? { unit: 0, for: 0, remarks: 0 };
  },

  nextRemarkNumber: () => nextNumber(db, 'remark_id_seq'),

  async remark(id) {
    const [row] = await db.query<{ remark: RemarkView }>(
      `select ${REMARK} as remark from ${FROM} where r.id = $1::int`,
      [id],
    );
    return row?.remark ?? null;
  },

  async remarksOf(of, campaign, { limit, offset }) {
    const [which, value] =
      'personId' in of
        ? ['r.person_id = $1::int', of.personId]
        : [`r.unit_id = any (${intArray('$1')})`, JSON.stringify(of.unitIds)];
    const stands = `r.campaign = $2::text and r.withdrawn_at is null and ${which}`;
    const [row] = await db.query<{ total: number; lines: RemarkView[] }>(
      `select (select count(*) from remark r where ${stands}) as total,
         coalesce((select jsonb_agg(l.remark order by l.id desc) from (
           select r.id, ${REMARK} as remark from ${FROM} where ${stands}
           order by r.id desc limit $3::int offset $4::int) l), '[]') as lines`,
      [value, campaign, limit, offset],
    );
    return row ?? { total: 0, lines: [] };
  },
});
