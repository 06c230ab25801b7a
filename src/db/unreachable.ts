/** What follows from a chat in which nobody can be reached. */
import type { Address, Delivery } from '../chat/index.ts';
import { botKey, laneKey } from '../chat/index.ts';
import type { Claimed } from '../engine/outbox.ts';
import type { Queryable } from './database.ts';
import { json } from './json.ts';

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
 * Gives the message to another account of the person it is for, the one used last, if there is one
 * that can be reached through one of `bots`. It keeps its number, and with it its place.
 */
export async function readdress(
  tx: Queryable,
  claim: Claimed,
  bots: readonly string[],
): Promise<boolean> {
  if (claim.personId === null) return false;
  const [other] = await tx.query<{ platform: string; tenant: string; chat: string }>(
    `select platform, tenant, direct_chat as chat from identity
     where person_id = $1::int and unreachable_since is null and direct_chat is not null
       and platform || ':' || tenant in (select jsonb_array_elements_text($2::jsonb))
     order by seen_at desc limit 1`,
    [claim.personId, json(bots)],
  );
  if (!other) return false;
  const to: Address = { platform: other.platform, tenant: other.tenant, chat: other.chat };
  await tx.query(
    `with message as (
       select not_before, priority from outbox where id = $1::bigint and attempts = $2::int
     )
     insert into lane (key, bot, ready_at, priority)
     select $3::text, $4::text, not_before, priority from message
     on conflict (key) do update set
       ready_at = least(lane.ready_at, excluded.ready_at),
       priority = case when lane.ready_at is null then excluded.priority
                       else least(lane.priority, excluded.priority) end`,
    [claim.id, claim.attempts, laneKey(to), botKey(to)],
  );
  const moved = await tx.query(
    `update outbox set lane = $3::text, address = $4::jsonb, attempted_at = null, uncertain = 0,
       pages_sent = '[]'
     where id = $1::bigint and attempts = $2::int returning 1`,
    [claim.id, claim.attempts, laneKey(to), json(to)],
  );
  return moved.length > 0;
}
