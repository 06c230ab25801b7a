import { randomBytes } from 'node:crypto';
import { fold } from '../people/fold.ts';
import { INVITE_CODE_BYTES, inviteCode } from '../people/invite-code.ts';
import { Refusal } from '../people/problem.ts';
import type { Database, Queryable } from './database.ts';
import { textArray, validOn } from './reads/sql.ts';

/** Whom to invite: people by code, everyone without an account yet, or whoever belongs to a unit. */
export type InviteRequest =
  | { readonly personCodes: readonly string[] }
  | { readonly everyone: true }
  | { readonly unitCode: string };

export interface Invite {
  readonly code: string;
  /** Null for a unit's invite, which anyone of the unit may use; a personal one serves once. */
  readonly person: { readonly code: string; readonly name: string } | null;
  readonly unit: { readonly code: string; readonly name: string } | null;
}

export interface InviteTerms {
  /** The campaign day, ISO date. */
  readonly on: string;
  /** The instant, ISO. */
  readonly now: string;
  /** First day the codes are void, ISO date; null: never. */
  readonly until: string | null;
}

/** A code that nobody can guess. */
export const newInviteCode = (): string => inviteCode(randomBytes(INVITE_CODE_BYTES));

interface Target {
  readonly personId: number | null;
  readonly unitId: number | null;
  readonly code: string | null;
  readonly person: Invite['person'];
  readonly unit: Invite['unit'];
}

/**
 * Makes invites of unguessable codes. Whoever has one that still works keeps it, so asking again
 * does not make printed codes worthless.
 * @returns in the order asked for; everyone: by unit, then code
 * @throws Refusal `invite-person-unknown` or `invite-unit-unknown`: then none is made
 */
export function createInvites(
  db: Database,
  request: InviteRequest,
  terms: InviteTerms,
): Promise<Invite[]> {
  return db.transaction(async (tx) => {
    // One after another, or two would both find nobody invited.
    await tx.query('lock table invite in share row exclusive mode');
    const targets = await findTargets(tx, request, terms.on);
    const invites = targets.map(({ code, ...target }) => ({
      ...target,
      isNew: code === null,
      code: code ?? newInviteCode(),
    }));
    await tx.query(
      `insert into invite (code, person_id, unit_id, created_at, expires_at)
       select code, "personId", "unitId", $2::timestamptz, $3::date::timestamp at time zone 'UTC'
       from jsonb_to_recordset($1::jsonb) as f(code text, "personId" int, "unitId" int)`,
      [JSON.stringify(invites.filter((i) => i.isNew)), terms.now, terms.until],
    );
    return invites.map(({ code, person, unit }) => ({ code, person, unit }));
  });
}

const usable = (column: string, owner: string): string =>
  `(select v.code from invite v where v.${column} = ${owner} and v.used_at is null
     and v.issued_by is null
     and (v.expires_at is null or v.expires_at > $1::date::timestamp at time zone 'UTC')
     order by v.created_at desc limit 1)`;

async function findTargets(tx: Queryable, request: InviteRequest, on: string): Promise<Target[]> {
  if ('unitCode' in request) {
    const [unit] = await tx.query<Target>(
      `select null as "personId", u.id as "unitId", ${usable('unit_id', 'u.id')} as code,
         null as person, jsonb_build_object('code', u.code, 'name', u.name_vi) as unit
       from unit u where u.code = $2::text and ${validOn('u', '$1::date')}`,
      [on, fold(request.unitCode)],
    );
    if (!unit) throw new Refusal('invite-unit-unknown', { code: request.unitCode });
    return [unit];
  }
  const codes = 'personCodes' in request ? request.personCodes.map((c) => c.toUpperCase()) : null;
  const people = await tx.query<Target>(
    `select p.id as "personId", null as "unitId", ${usable('person_id', 'p.id')} as code,
       jsonb_build_object('code', p.code, 'name', p.name) as person,
       jsonb_build_object('code', u.code, 'name', u.name_vi) as unit
     from person p join membership m on m.person_id = p.id and ${validOn('m', '$1::date')}
       join unit u on u.id = m.unit_id
     where case when $2::jsonb is null
       then not exists (select from identity i where i.person_id = p.id)
       else p.code = any (${textArray('$2')}) end
     order by u.code, p.code`,
    [on, codes && JSON.stringify(codes)],
  );
  if (!codes) return people;
  const byCode = new Map(people.map((target) => [target.person?.code, target]));
  const lost = codes.filter((code) => !byCode.has(code));
  if (lost.length > 0) throw new Refusal('invite-person-unknown', { codes: lost.join(', ') });
  return [...new Set(codes)].flatMap((code) => byCode.get(code) ?? []);
}
