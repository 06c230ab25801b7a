/** What follows from a chat in which nobody can be reached. */
import type { Address, Delivery } from '../chat/index.ts';
import { botKey, laneKey } from '../chat/index.ts';
import type { Claimed } from '../engine/outbox.ts';
import type { Queryable } from './database.ts';
import { json } from './json.ts';
import { accountOrder } from './reads/sql.ts';

type Cause = Extract<Delivery, { outcome: 'gone' }>['cause'];

/** The account whose private chat this is becomes unreachable; a group counts as left. */
export async function markGone(tx: Queryable, at: Address, cause: Cause): Promise<void> {
  await tx.query(
    `with account as (
       update identity set unreachable_since = now(), unreachable_cause = $4::text
       where platform = $1::text and tenant = $2::text and direct_chat = $3::text
         and unreachable_since is null
     )
     update chat_room set left_at = now()
     where platform = $1::text and tenant = $2::text and chat = $3::text and left_at is null`,
    [at.platform, at.tenant, at.chat, cause],
  );
}

/**
 * What waits in the lane `$1` for the person `$2`, and the changes of it: those of a message that is
 * there already stay, for it cannot be changed from elsewhere.
 */
const WAITING = `select o.id, o.not_before, o.priority from outbox o
  where o.lane = $1::text and (
    o.operation = 'send' and o.person_id = $2::int
    or o.operation = 'update' and exists (
      select from outbox s where s.lane = o.lane and s.subject = o.subject and s.id < o.id
        and s.operation = 'send' and s.person_id = $2::int))`;

/**
 * Gives the message, and all that waits for the same person behind it, to another account of theirs:
 * the one preferred, else used last, of those that can be reached through one of `bots`. All keep
 * their numbers, and with them their order. `lane` is locked by the caller.
 */
export async function readdress(
  tx: Queryable,
  claim: Pick<Claimed, 'personId'>,
  lane: string,
  bots: readonly string[],
): Promise<boolean> {
  if (claim.personId === null) return false;
  const [other] = await tx.query<{ platform: string; tenant: string; chat: string }>(
    `select i.platform, i.tenant, i.direct_chat as chat
     from identity i join person p on p.id = i.person_id
     where p.id = $1::int and i.unreachable_since is null and i.direct_chat is not null
       and i.platform || ':' || i.tenant in (select jsonb_array_elements_text($2::jsonb))
     order by ${accountOrder('i', 'p')} limit 1`,
    [claim.personId, json(bots)],
  );
  if (!other) return false;
  const to: Address = { platform: other.platform, tenant: other.tenant, chat: other.chat };
  await tx.query(
    `with waiting as (${WAITING})
     insert into lane (key, bot, ready_at, priority)
     select $3::text, $4::text, min(not_before), min(priority) from waiting
     on conflict (key) do update set
       ready_at = least(lane.ready_at, excluded.ready_at),
       priority = case when lane.ready_at is null then excluded.priority
                       else least(lane.priority, excluded.priority) end`,
    [lane, claim.personId, laneKey(to), botKey(to)],
  );
  await tx.query(
    `with waiting as (${WAITING})
     update outbox set lane = $3::text, address = $4::jsonb, attempted_at = null, uncertain = 0,
       pages_sent = '[]'
     where id in (select id from waiting)`,
    [lane, claim.personId, laneKey(to), json(to)],
  );
  return true;
}
