/** `people/verifiers.ts` in SQL: one report's deciders, and the reports one person decides. */

import type { Reads, ReportLine } from '../../engine/reads.ts';
import type { Recipient } from '../../engine/turn-context.ts';
import { OWN_REPORT } from '../../people/verifiers.ts';
import type { Database } from '../database.ts';
import { RECIPIENT } from './people.ts';
import { REPORT_LINE } from './reports.ts';
import { successorOf, validOn } from './sql.ts';

interface ReportSql {
  readonly unit: string;
  readonly parent: string;
  readonly author: string;
  readonly filedBy: string;
  readonly signedBy: string;
  readonly kind: string;
}

/** Conditions on a row `g` of `grant`, for a report of `author` in `unit` under `parent`. */
function tiers(of: ReportSql, day: string) {
  const hands = `(${of.author}, ${of.filedBy}, ${of.signedBy})`;
  const other = `(g.person_id in ${hands}) is not true and (g.delegated_by in ${hands}) is not true
    and ${validOn('g', day)}`;
  const personal = `${of.kind} = 'personal'`;
  const signed = `(${personal} or ${of.signedBy} is not null)`;
  const authorLeads = `exists (select from "grant" own where own.unit_id = ${of.unit}
    and own.role = 'head' and own.person_id = ${of.author} and ${validOn('own', day)})`;
  return {
    unit: `g.unit_id = ${of.unit} and ${other} and (${personal} or ${of.signedBy} is null)
      and (g.role = 'deputy' or g.role = 'head' and not (${personal} and ${authorLeads}))`,
    parent: `${signed} and g.unit_id = ${of.parent} and g.role = 'head' and ${other}`,
    office: `${signed} and g.role = 'office' and ${other}`,
  };
}

export const verifierReads = (db: Database) =>
  ({
    async verifiersOf(unitId, authorId, on, handled = OWN_REPORT) {
      const of: ReportSql = {
        unit: 'u.id',
        parent: 'u.parent_id',
        author: '$2::int',
        filedBy: '$4::int',
        signedBy: '$5::int',
        kind: '$6::text',
      };
      const may = tiers(of, '$3::date');
      return db.query<Recipient>(
        `with u as (
           select u.id, u.parent_id from unit was join unit u on u.id = ${successorOf('was', '$3::date')}
           where was.id = $1::int),
         found as (
           select g.person_id, 1 as tier from "grant" g cross join u where ${may.unit}
           union all
           select g.person_id, 2 from "grant" g cross join u where ${may.parent}
           union all
           select g.person_id, 3 from "grant" g where ${may.office})
         select ${RECIPIENT} from person p
         where p.id in (select person_id from found where tier = (select min(tier) from found))
         order by p.id`,
        [unitId, authorId, on, handled.filedBy, handled.signedBy, handled.kind],
      );
    },

    async queueFor(personId, on, limit) {
      const of: ReportSql = {
        unit: 'r.unit_id',
        parent: 'r.parent_id',
        author: 'r.author_id',
        filedBy: 'r.filed_by',
        signedBy: 'r.signed_by',
        kind: 'r.kind',
      };
      const may = tiers(of, '$2::date');
      const anyone = (tier: string) => `exists (select from "grant" g where ${tier})`;
      const me = (tier: string) => anyone(`g.person_id = $1::int and ${tier}`);
      const [row] = await db.query<{ total: number; toSign: number; lines: ReportLine[] }>(
        `with leader as (
           select g.unit_id, g.person_id from "grant" g
           where g.role in ('head', 'deputy') and ${validOn('g', '$2::date')}),
         -- Whose reports may go past the deputies of the unit.
         special as (
           select unit_id, person_id from leader
           union all
           select g.unit_id, g.delegated_by from "grant" g
           where g.delegated_by is not null and ${validOn('g', '$2::date')}),
         my_units as (
           select was.id as of_unit, u.id, u.parent_id,
             exists (select from leader l where l.unit_id = u.id and l.person_id = $1::int) as mine,
             exists (select from leader l where l.unit_id = u.id) as led
           from unit was join unit u on u.id = ${successorOf('was', '$2::date')} where exists (
             select from "grant" g where g.person_id = $1::int and ${validOn('g', '$2::date')}
               and (g.role = 'office' or g.unit_id = u.id
                 or g.role = 'head' and g.unit_id = u.parent_id))),
         -- Reports of a unit that others lead come here only when a leader wrote or entered them, or
         -- signed them off: most are left out at once.
         likely as (
           select r.id, u.id as unit_id, r.author_id, r.filed_by, r.signed_by, r.kind,
             r.submitted_at, u.parent_id
           from my_units u join report r on r.unit_id = u.of_unit
           where r.status = 'submitted' and (u.mine or not u.led or r.signed_by is not null
             or (u.id, r.author_id) in (select unit_id, person_id from special)
             or (u.id, r.filed_by) in (select unit_id, person_id from special))),
         waiting as (
           select r.id, r.submitted_at, r.kind = 'collective' and r.signed_by is null as to_sign
           from likely r
           where ${me(may.unit)} or not ${anyone(may.unit)} and (${me(may.parent)}
             or not ${anyone(may.parent)} and ${me(may.office)}))
         select (select count(*) from waiting) as total,
           (select count(*) from waiting where to_sign) as "toSign",
           coalesce((select jsonb_agg(${REPORT_LINE} order by r.submitted_at, r.id)
             from (select id from waiting order by submitted_at, id limit $3::int) w
             join report r on r.id = w.id join person a on a.id = r.author_id), '[]') as lines`,
        [personId, on, limit],
      );
      return row ?? { total: 0, toSign: 0, lines: [] };
    },
  }) satisfies Partial<Reads>;
