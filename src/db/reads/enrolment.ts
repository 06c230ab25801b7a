import type { EnrolmentRequestView, InviteView, Reads } from '../../engine/reads.ts';
import { canonicalInviteCode } from '../../people/invite-code.ts';
import type { Database, Param } from '../database.ts';
import { nextNumber } from './numbers.ts';
import { CLAIMABLE } from './people.ts';
import { intArray, unitJson, validOn } from './sql.ts';

/** Pairs for `jsonb_build_object` that make a `Claimable` of a row `p` of `person`. */
const CLAIMABLE_PAIRS = Object.entries(CLAIMABLE)
  .map(([name, sql]) => `'${name}', ${sql}`)
  .join(', ');

/**
 * Requests come from a private chat, so its id is stored by then; on a platform where a person is
 * written to by their own id, that id stands in.
 */
const REQUEST = `select q.id, q.version, q.status,
    jsonb_build_object('platform', q.platform, 'tenant', q.tenant, 'user', q."user") as identity,
    i.display_name as "displayName",
    jsonb_build_object('platform', q.platform, 'tenant', q.tenant,
      'chat', coalesce(i.direct_chat, q."user")) as address,
    coalesce(i.language, 'vi') as language,
    jsonb_build_object(${CLAIMABLE_PAIRS}) as person,
    ${unitJson('u')} as unit, d.name as "decidedByName"
  from enrolment_request q
    join identity i on (i.platform, i.tenant, i."user") = (q.platform, q.tenant, q."user")
    join person p on p.id = q.person_id join unit u on u.id = q.unit_id
    left join person d on d.id = q.decided_by`;

export const enrolmentReads = (db: Database) => {
  const requests = (where: string, params: readonly Param[]) =>
    db.query<EnrolmentRequestView>(
      `${REQUEST} where ${where} order by q.requested_at, q.id`,
      params,
    );

  return {
    /** The office's expires at the start of a day: `expires_at` is midnight UTC of the first day it is void. */
    async invite(code, on, now) {
      const canonical = canonicalInviteCode(code);
      if (canonical === null) return null;
      const [row] = await db.query<InviteView>(
        `select v.code, v.used_at is not null as used,
           v.issued_by is not null as own,
           coalesce(v.expires_at <= case when v.issued_by is null
             then $2::date::timestamp at time zone 'UTC' else $3::timestamptz end, false) as expired,
           case when p.id is not null then jsonb_build_object(${CLAIMABLE_PAIRS},
             'unit', (select ${unitJson('u')} from membership m join unit u on u.id = m.unit_id
               where m.person_id = p.id and ${validOn('m', '$2::date')}
               order by m.valid_from desc limit 1)) end as person,
           case when w.id is not null then ${unitJson('w')} end as unit
         from invite v left join person p on p.id = v.person_id left join unit w on w.id = v.unit_id
         where v.code = $1::text`,
        [canonical, on, now],
      );
      return row ?? null;
    },

    nextEnrolmentNumber: () => nextNumber(db, 'enrolment_request_id_seq'),

    async enrolmentRequest(id) {
      const [row] = await requests('q.id = $1::int', [id]);
      return row ?? null;
    },

    async openEnrolmentRequest({ platform, tenant, user }) {
      const [row] = await requests(
        `(q.platform, q.tenant, q."user") = ($1::text, $2::text, $3::text) and q.status = 'waiting'`,
        [platform, tenant, user],
      );
      return row ?? null;
    },

    enrolmentQueue: (unitIds) =>
      unitIds === null
        ? requests(`q.status = 'waiting'`, [])
        : requests(`q.unit_id = any (${intArray('$1')}) and q.status = 'waiting'`, [
            JSON.stringify(unitIds),
          ]),
  } satisfies Partial<Reads>;
};
