import type { RoleLine, RoleReads } from '../../engine/role-reads.ts';
import type { Queryable } from '../database.ts';
import { named, unitJson, validOn } from './sql.ts';

const NAME = `concat_ws(':', g.role, g.scope)`;

const LINE = `json_build_object('id', g.id, 'role', ${NAME},
    'person', ${named('p')},
    'unit', case when u.id is not null then ${unitJson('u')} end,
    'from', g.valid_from, 'to', g.valid_to,
    'origin', case when g.delegated_by is not null then 'delegation'
      when g.given_by is not null then 'chat' else 'file' end,
    'by', ${named('b')})`;

const FROM = `from "grant" g join person p on p.id = g.person_id left join unit u on u.id = g.unit_id
    left join person b on b.id = coalesce(g.delegated_by, g.given_by)`;

export const roleReads = (db: Queryable): RoleReads => ({
  async roleCounts(on) {
    return db.query(
      `select ${NAME} as role, count(distinct g.person_id) as n from "grant" g
       where ${validOn('g', '$1::date')} group by 1`,
      [on],
    );
  },

  async roleLines({ role, personId, unitId, delegatedBy }, on, { limit, offset }) {
    const [row] = await db.query<{ total: number; lines: RoleLine[] }>(
      `with found as (
         select g.id, row_number() over (
             order by u.name_fold nulls first, split_part(p.name_fold, ' ', -1), p.name_fold,
               g.role, g.valid_from, g.id) as place
         ${FROM}
         where (g.valid_to is null or g.valid_to > $1::date)
           and ($2::text is null or ${NAME} = $2::text)
           and ($3::int is null or g.person_id = $3::int)
           and ($4::int is null or g.unit_id = $4::int)
           and ($5::int is null or g.delegated_by = $5::int))
       select (select count(*) from found) as total, coalesce((
         select json_agg(${LINE} order by f.place)
         from (select * from found order by place limit $6::int offset $7::int) f
           join "grant" g on g.id = f.id join person p on p.id = g.person_id
           left join unit u on u.id = g.unit_id
           left join person b on b.id = coalesce(g.delegated_by, g.given_by)), '[]') as lines`,
      [on, role ?? null, personId ?? null, unitId ?? null, delegatedBy ?? null, limit, offset],
    );
    return row ?? { total: 0, lines: [] };
  },

  async roleLine(id, on) {
    const [row] = await db.query<{ line: RoleLine }>(
      `select ${LINE} as line ${FROM}
       where g.id = $1::int and (g.valid_to is null or g.valid_to > $2::date)`,
      [id, on],
    );
    return row?.line ?? null;
  },
});
