import type { Holder, HolderReads } from '../../engine/holder-reads.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import type { Queryable } from '../database.ts';
import { RECIPIENT } from './people.ts';
import { successorOf, textArray, unitJson, validOn } from './sql.ts';

type Row = Omit<PersonView, 'id'> & { personId: number; address: Holder['address'] };

/** A `Holder` from a row `p` of `person` on the day `$1`. */
const HOLDER = `select ${RECIPIENT},
    (select jsonb_build_object('unit', ${unitJson('u')}, 'audience', m.audience)
      from membership m join unit u on u.id = m.unit_id
      where m.person_id = p.id and ${validOn('m', '$1::date')}
      order by m.valid_from desc limit 1) as membership,
    coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'unitId', g.unit_id,
        'scope', g.scope) order by g.id)
      from "grant" g where g.person_id = p.id and ${validOn('g', '$1::date')}), '[]') as grants
  from person p`;

const holder = ({ personId, address, ...person }: Row): Holder => ({
  person: { id: personId, ...person },
  address,
});

export const holderReads = (db: Queryable): HolderReads => ({
  async holders(roles, on) {
    const rows = await db.query<Row>(
      `${HOLDER} where exists (select from "grant" g where g.person_id = p.id
         and g.role = any (${textArray('$2')}) and ${validOn('g', '$1::date')})
       order by p.id`,
      [on, JSON.stringify(roles)],
    );
    return rows.map(holder);
  },

  async unitLeaders(unitId, on) {
    const rows = await db.query<Row>(
      `with leader as (
         select g.person_id, g.role from "grant" g
         join unit was on was.id = $2::int and g.unit_id = ${successorOf('was', '$1::date')}
         where g.role in ('head', 'deputy') and ${validOn('g', '$1::date')})
       ${HOLDER} where p.id in (select person_id from leader where role = 'head'
         or not exists (select from leader where role = 'head'))
       order by p.id`,
      [on, unitId],
    );
    return rows.map(holder);
  },
});
