import type { AuditStore } from '../engine/audit-sample.ts';
import type { Recipient } from '../engine/turn-context.ts';
import type { Queryable } from './database.ts';
import { RECIPIENT } from './reads/people.ts';
import { validOn } from './reads/sql.ts';

export const createAuditStore = (tx: Queryable, campaign: string): AuditStore => ({
  async draw(week, share, at) {
    const [row] = await tx.query<{ drawn: number; of: number }>(
      `with verified as (
         select r.id from report r
         where r.week = $2::date and r.campaign = $1::text and r.status = 'verified'),
       wanted as (
         select ceil(count(*) * $3::float8)::int
           - (select count(*) from audit_sample s where s.campaign = $1::text and s.week = $2::date)
           as n
         from verified),
       chosen as (
         select id from verified
         where id not in (select report_id from audit_sample)
         order by random() limit greatest((select n from wanted), 0)),
       drawn as (
         insert into audit_sample (report_id, campaign, week, drawn_at, result, version)
         select id, $1::text, $2::date, $4::timestamptz, 'waiting', 1 from chosen
         returning report_id)
       select (select count(*) from drawn) as drawn, (select count(*) from verified) as of`,
      [campaign, week, share, at],
    );
    return row ?? { drawn: 0, of: 0 };
  },
  office: (on) =>
    tx.query<Recipient>(
      `select ${RECIPIENT} from person p
       where exists (select from "grant" g where g.person_id = p.id and g.role = 'office'
         and ${validOn('g', '$1::date')})
       order by p.id`,
      [on],
    ),
});
