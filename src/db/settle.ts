/** Records what became of a claimed message, and puts its lane at the next one. */
import { Address, botKey, laneKey, type Rate } from '../chat/index.ts';
import {
  asksPlatform,
  type Claimed,
  type Outbox,
  type Settled,
  type Verdict,
} from '../engine/outbox.ts';
import { blockBot, openAfter, refuseChat } from './bucket.ts';
import { moveChat } from './commit.ts';
import type { Queryable } from './database.ts';
import { json } from './json.ts';
import { markGone, readdress } from './unreachable.ts';

type How = Parameters<Outbox['settle']>[2];

/**
 * The lane's lock first, so that nothing is enqueued between the message's end and the lane's next
 * instant. Found through the message, for its chat may have moved during the call. The number of
 * claims is the fence: a message that was claimed again is no longer ours to decide.
 */
const LOCK = `select l.key, l.bot from lane l
where l.key = (select lane from outbox where id = $1::bigint and attempts = $2::int)
for update`;

/** Deletes the message and remembers where it landed, when it has a subject and landed anywhere. */
const FINISH = `with finished as (
  delete from outbox where id = $1::bigint and attempts = $2::int
  returning subject, lane, address, operation, ref, person_id
), remembered as (
  insert into posted (subject, lane, address, ids, person_id)
  select subject, lane, case when operation = 'edit' then ref -> 'at' else address end,
    $3::jsonb, person_id
  from finished where subject is not null and $3::jsonb <> '[]'
  on conflict (subject, lane) do update
    set address = excluded.address, ids = excluded.ids, at = now(),
        person_id = coalesce(excluded.person_id, posted.person_id)
)
select 1 from finished`;

const FORGET = `with finished as (
  delete from outbox where id = $1::bigint and attempts = $2::int returning subject, lane
), forgotten as (
  delete from posted p using finished f where p.subject = f.subject and p.lane = f.lane
)
select 1 from finished`;

const PARK = `with finished as (
  delete from outbox where id = $1::bigint and attempts = $2::int returning *
)
insert into dead_letter (id, lane, message, row, reason, cause)
select id, lane, message, to_jsonb(finished), $3::text, $4::text from finished
returning 1`;

const PAGE = `update outbox set pages_sent = $3::jsonb, attempted_at = null, uncertain = 0
where id = $1::bigint and attempts = $2::int returning 1`;

/** `$3` is added to the calls whose outcome is unknown. */
const AGAIN = `update outbox set attempted_at = null, uncertain = uncertain + $3::int
where id = $1::bigint and attempts = $2::int returning 1`;

/** Whether anything is left, and how urgent; an idle lane is as unhurried as its next message. */
const release = (open: string): string => `with served as (
  update bucket set refused_lane = null
  where bot = $2::text and refused_lane = $1::text and $4::boolean
)
update lane l set ready_at = waiting.at, priority = coalesce(waiting.priority, 2), open_at = ${open},
  lease_until = case when lease_owner = $3::text then null else lease_until end,
  lease_owner = nullif(lease_owner, $3::text)
from (select min(not_before) as at, min(priority) as priority from outbox where lane = $1::text) waiting
where l.key = $1::text`;

/** `$5` from when the call that was made was allowed, `$6` interval, `$7` burst of the chat. */
const RELEASE_CHARGED = release(
  `greatest(l.open_at, ${openAfter('$5::timestamptz', '$6::float8', '$7::float8')})`,
);
/** `$5` as above, `$6` milliseconds for which the chat is paused. */
const RELEASE_PAUSED = release(
  `greatest($5::timestamptz, clock_timestamp() + $6::float8 * interval '1 millisecond')`,
);
/** `$5` as above: no call was made that the chat's pace counts. A lane it moved into has its own pace. */
const RELEASE_UNCHARGED = release(
  'case when l.lease_owner = $3::text then $5::timestamptz else l.open_at end',
);

async function free(
  tx: Queryable,
  owner: string,
  lane: { key: string; bot: string },
  claim: Claimed,
  verdict: Verdict,
  rate: Rate | null,
): Promise<void> {
  const served = verdict.kind === 'done' || verdict.kind === 'page';
  const params = [lane.key, lane.bot, owner, served, claim.openBefore];
  const paused =
    verdict.kind === 'again' || (verdict.kind === 'pause' && verdict.scope !== 'bot')
      ? verdict.afterMs
      : null;
  if (paused !== null) await tx.query(RELEASE_PAUSED, [...params, paused]);
  else if (
    !asksPlatform(claim.todo) ||
    !rate ||
    verdict.kind === 'pause' ||
    verdict.kind === 'moved'
  )
    await tx.query(RELEASE_UNCHARGED, params);
  else {
    const burstMs = (rate.burst - 1) * rate.intervalMs;
    await tx.query(RELEASE_CHARGED, [...params, rate.intervalMs, burstMs]);
  }
}

/**
 * Runs inside a transaction. `lost` when the message was claimed again meanwhile, or dropped.
 * @throws a conflict when another transaction locks the same chats in another order: see `retryConflicts`
 */
export async function settle(
  tx: Queryable,
  owner: string,
  claim: Claimed,
  verdict: Verdict,
  how: How,
): Promise<Settled> {
  const fence = [claim.id, claim.attempts];
  const [lane] = await tx.query<{ key: string; bot: string }>(LOCK, fence);
  if (!lane) return 'lost';
  let settled: Settled = 'recorded';
  let now = lane;
  let rows: object[];
  switch (verdict.kind) {
    case 'done':
      rows = await tx.query(FINISH, [...fence, json(verdict.ids)]);
      break;
    case 'page':
      rows = await tx.query(PAGE, [...fence, json(verdict.ids)]);
      break;
    case 'vanished':
      rows = await tx.query(FORGET, fence);
      break;
    case 'dropped':
      rows = await tx.query(
        'delete from outbox where id = $1::bigint and attempts = $2::int returning 1',
        fence,
      );
      break;
    case 'pause':
      rows = await tx.query(AGAIN, [...fence, 0]);
      if (verdict.scope === 'bot') await blockBot(tx, lane.bot, verdict.afterMs);
      else if (verdict.scope === 'chat') await refuseChat(tx, lane.bot, lane.key, verdict.afterMs);
      break;
    case 'again':
      rows = await tx.query(AGAIN, [...fence, 1]);
      break;
    case 'dead':
      rows = await tx.query(PARK, [...fence, verdict.reason, verdict.cause]);
      settled = 'parked';
      break;
    case 'moved': {
      rows = await tx.query(AGAIN, [...fence, 0]);
      await moveChat(tx, Address.parse(claim.address), verdict.to);
      now = { key: laneKey(verdict.to), bot: botKey(verdict.to) };
      break;
    }
    case 'gone': {
      const from = Address.parse(claim.address);
      await markGone(tx, from, verdict.cause);
      if (!verdict.readdress) {
        rows = await tx.query(FORGET, fence);
        break;
      }
      const again = await readdress(tx, claim, lane.key, how.bots);
      settled = again ? 'readdressed' : 'parked';
      rows = again ? [{}] : await tx.query(PARK, [...fence, 'gone', verdict.cause]);
      break;
    }
  }
  if (rows.length === 0) return 'lost';
  await free(tx, owner, now, claim, verdict, how.chatRate);
  return settled;
}
