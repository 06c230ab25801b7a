/** People's accounts as the office sees them: to find one that is lost, and to unlink it. */
import { Refusal } from '../people/problem.ts';
import type { Database } from './database.ts';
import { textArray } from './reads/sql.ts';

export interface AccountRow {
  /** Names the account over all platforms: `platform:tenant:user`. */
  readonly account: string;
  readonly personCode: string;
  readonly name: string;
  /** When it agreed to the notice, ISO. */
  readonly since: string;
  readonly reachable: boolean;
}

const KEY = `i.platform || ':' || i.tenant || ':' || i."user"`;

/**
 * The accounts of these people, or of everyone (null), by the people's codes.
 * @throws Refusal `account-person-unknown` when a code is nobody's
 */
export async function listAccounts(
  db: Database,
  personCodes: readonly string[] | null,
): Promise<AccountRow[]> {
  const codes = personCodes?.map((code) => code.toUpperCase()) ?? null;
  if (codes) {
    const known = await db.query<{ code: string }>(
      `select code from person where code = any (${textArray('$1')})`,
      [JSON.stringify(codes)],
    );
    const lost = codes.filter((code) => known.every((row) => row.code !== code));
    if (lost.length > 0) throw new Refusal('account-person-unknown', { codes: lost.join(', ') });
  }
  return db.query<AccountRow>(
    `select ${KEY} as account, p.code as "personCode", p.name, i.consented_at as since,
       i.unreachable_since is null and i.direct_chat is not null as reachable
     from identity i join person p on p.id = i.person_id
     where $1::jsonb is null or p.code = any (${textArray('$1')})
     order by p.code, ${KEY}`,
    [codes && JSON.stringify(codes)],
  );
}

/**
 * Takes an account from its person: it starts anew, with the notice. Codes the person made are void,
 * and turns of the account that are under way decide again.
 * @returns the person's name
 * @throws Refusal `account-unknown` when it is nobody's
 */
export function unlinkAccount(
  db: Database,
  account: string,
  { now }: { readonly now: string },
): Promise<string> {
  return db.transaction(async (tx) => {
    const [owner] = await tx.query<{ id: number; name: string; platform: string }>(
      `select p.id, p.name, i.platform from identity i join person p on p.id = i.person_id
       where ${KEY} = $1::text for update of i`,
      [account],
    );
    if (!owner) throw new Refusal('account-unknown', { account });
    await tx.query(
      `update conversation set version = version + 1 where key = 'person:' || $1::int`,
      [owner.id],
    );
    await tx.query(
      `update identity i set person_id = null, consented_at = null, consent_version = null,
         display_name = '' where ${KEY} = $1::text`,
      [account],
    );
    await tx.query(`delete from invite where issued_by = $1::int and used_at is null`, [owner.id]);
    await tx.query(
      `update person p set preferred_platform = null
       where p.id = $1::int and not exists (
         select from identity i where i.person_id = p.id and i.platform = p.preferred_platform)`,
      [owner.id],
    );
    await tx.query(
      `insert into audit (at, actor, action, subject, details)
       values ($1::timestamptz, 'admin', 'account.removed', $2::text, $3::jsonb)`,
      [now, `person:${owner.id}`, JSON.stringify({ account })],
    );
    return owner.name;
  });
}
