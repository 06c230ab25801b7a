/**
 * The stored queue: which messages may be sent right now. The database's clock decides everything,
 * so that processes need not agree on the time.
 */
import type { Address, Rate } from '../chat/index.ts';
import { todoFor } from '../engine/delivery-steps.ts';
import { asksPlatform, type Claimed, type ClaimRequest, type Outbox } from '../engine/outbox.ts';
import { type Bucket, openAfter, refill } from './bucket.ts';
import { type Database, OUTBOX_CHANNEL, type Queryable } from './database.ts';
import { json } from './json.ts';
import { retryConflicts } from './retry.ts';
import { settle } from './settle.ts';

/** A lease outlives its last extension by this; extended every second, it ends when its owner does. */
const LEASE_MS = 4_000;

/** A lane that is ready and yet was not ours to lock is being claimed by another process. */
const CONTENDED_MS = 20;

/** Broadcasts leave the bucket's reserve to replies and notices. */
const BROADCAST = 2;

interface Lane {
  readonly key: string;
  readonly priority: number;
  readonly open_at: string | null;
}

/** `$1` bot, `$2` how many, `$3` takeover, `$4` lanes in hand. Locked lanes are someone else's for now. */
const LOCK_LANES = `select key, priority, open_at from lane
where bot = $1::text and ready_at <= clock_timestamp()
  and (open_at is null or open_at <= clock_timestamp())
  and (lease_owner is null or ($3::boolean and lease_until <= clock_timestamp()))
  and key not in (select jsonb_array_elements_text($4::jsonb))
order by priority, ready_at limit $2::int
for update skip locked`;

/**
 * Begun messages first, so that no other gets between their pages. A statement of its own: it must
 * see what was committed before the lanes were locked.
 */
const HEADS = `select h.*, h.expires_at <= clock_timestamp() as expired,
  h.id || '.' || (extract(epoch from h.enqueued_at) * 1000000)::bigint as mark,
  p.ids as posted_ids, p.address as posted_at
from jsonb_array_elements_text($1::jsonb) as lanes(key)
cross join lateral (
  select * from outbox where lane = lanes.key and not_before <= clock_timestamp()
  order by (attempted_at is not null or pages_sent <> '[]') desc, id limit 1
) h
left join posted p on p.subject = h.subject and p.lane = h.lane`;

interface Head {
  readonly id: number;
  readonly mark: string;
  readonly lane: string;
  readonly address: unknown;
  readonly operation: Claimed['operation'];
  readonly message: unknown;
  readonly ref: { readonly at?: unknown; readonly id?: unknown } | null;
  readonly subject: string | null;
  readonly person_id: number | null;
  readonly priority: number;
  readonly on_uncertain: Claimed['onUncertain'];
  readonly attempts: number;
  readonly attempted_at: string | null;
  readonly uncertain: number;
  readonly pages_sent: string[];
  readonly expired: boolean | null;
  readonly posted_ids: string[] | null;
  readonly posted_at: unknown;
}

/** Lanes whose head is gone or not due after all get the right instant; nothing else wakes them. */
const CORRECT = `update lane set ready_at = (select min(not_before) from outbox where lane = lane.key)
where key in (select jsonb_array_elements_text($1::jsonb))`;

/** `$1` the claims, `$2` owner, `$3` bot, `$4` tokens spent. The chat is charged before the call. */
const TAKE = `with taken as (
  select * from jsonb_to_recordset($1::jsonb)
    as t(lane text, id bigint, calls boolean, interval_ms float8, burst_ms float8)
), marked as (
  update outbox o set attempts = attempts + 1,
    uncertain = uncertain + case when t.calls and attempted_at is not null then 1 else 0 end,
    attempted_at = case when t.calls then clock_timestamp() else attempted_at end
  from taken t where o.id = t.id
), leased as (
  update lane l set lease_owner = $2::text,
    lease_until = clock_timestamp() + ${LEASE_MS} * interval '1 millisecond',
    open_at = case when t.calls then ${openAfter('l.open_at', 't.interval_ms', 't.burst_ms')} else l.open_at end
  from taken t where l.key = t.lane
)
update bucket set tokens = tokens - $4::float8 where bot = $3::text`;

/** Milliseconds until the first of the lanes that nobody works on may be sent to. */
const NEXT = `select extract(epoch from min(greatest(ready_at, open_at)) - clock_timestamp()) * 1000 as ms
from lane where bot = $1::text and ready_at is not null and lease_owner is null`;

/**
 * Lanes are locked in the order of their keys, as whoever enqueues to several does: a turn and a beat
 * must not wait for each other. `$1` owner, `$2` lanes.
 */
const EXTEND = `with mine as (
  select key from lane
  where lease_owner = $1::text and key in (select jsonb_array_elements_text($2::jsonb))
  order by key for update
)
update lane l set lease_until = clock_timestamp() + ${LEASE_MS} * interval '1 millisecond'
from mine where l.key = mine.key`;

/** As above. */
const RELEASE = `with mine as (
  select key from lane where lease_owner = $1::text order by key for update
)
update lane l set lease_owner = null, lease_until = null from mine where l.key = mine.key`;

function claimOf(head: Head, lane: Lane, canLook: boolean): Claimed {
  const targets =
    head.operation === 'send'
      ? []
      : head.operation === 'edit'
        ? [String(head.ref?.id)]
        : (head.posted_ids ?? []);
  const interrupted = head.attempted_at !== null;
  const uncertain = head.uncertain + (interrupted ? 1 : 0);
  const position = {
    operation: head.operation,
    targets,
    pagesSent: head.pages_sent,
    onUncertain: head.on_uncertain,
    uncertain,
  };
  return {
    ...position,
    id: head.id,
    mark: head.mark,
    lane: head.lane,
    todo: todoFor({ ...position, interrupted, expired: head.expired === true, canLook }),
    address: head.address,
    message: head.message,
    targetsAt: head.operation === 'edit' ? head.ref?.at : head.posted_at,
    subject: head.subject,
    personId: head.person_id,
    priority: lane.priority,
    attempts: head.attempts + 1,
    openBefore: lane.open_at,
  };
}

/** The claims that the bucket pays for, and how long the first unpaid one has to wait. */
function affordable(
  claims: readonly Claimed[],
  bucket: Bucket,
  reserve: number,
): { paid: Claimed[]; tokens: number; waitMs: number | null } {
  const paid: Claimed[] = [];
  let tokens = 0;
  let waitMs: number | null = null;
  for (const claim of claims) {
    if (!asksPlatform(claim.todo)) {
      paid.push(claim);
      continue;
    }
    const needed = (claim.priority >= BROADCAST ? reserve : 0) + 1;
    const missing = needed - (bucket.tokens - tokens);
    if (bucket.blockedMs > 0 || missing > 0) {
      waitMs ??= Math.max(bucket.blockedMs, missing * bucket.intervalMs);
      continue;
    }
    tokens += 1;
    paid.push(claim);
  }
  return { paid, tokens, waitMs };
}

const rateOf = (request: ClaimRequest, address: unknown): Rate =>
  request.chatRate(address as Address);

async function claim(tx: Queryable, owner: string, request: ClaimRequest) {
  const { bot, rate, slots, takeover, inHand } = request;
  const lanes = await tx.query<Lane>(LOCK_LANES, [bot, slots, takeover, json(inHand)]);
  let claimed: Claimed[] = [];
  let waitMs: number | null = null;
  if (lanes.length > 0) {
    const bucket = await refill(tx, bot, rate);
    const heads = await tx.query<Head>(HEADS, [json(lanes.map((lane) => lane.key))]);
    const byLane = new Map(heads.map((head) => [head.lane, head]));
    const claims = lanes.flatMap((lane) => {
      const head = byLane.get(lane.key);
      return head ? [claimOf(head, lane, request.canLook)] : [];
    });
    const settled = affordable(claims, bucket, rate.reserve);
    claimed = settled.paid;
    waitMs = settled.waitMs;
    const records = claimed.map(({ lane, id, todo, address }) => {
      const { intervalMs, burst } = rateOf(request, address);
      return {
        lane,
        id,
        calls: asksPlatform(todo),
        interval_ms: intervalMs,
        burst_ms: (burst - 1) * intervalMs,
      };
    });
    if (records.length > 0) await tx.query(TAKE, [json(records), owner, bot, settled.tokens]);
    const headless = lanes.filter((lane) => !byLane.has(lane.key)).map((lane) => lane.key);
    if (headless.length > 0) await tx.query(CORRECT, [json(headless)]);
  }
  if (claimed.length < slots && waitMs === null) {
    const [next] = await tx.query<{ ms: number | null }>(NEXT, [bot]);
    waitMs = next?.ms == null ? null : Math.max(CONTENDED_MS, Math.ceil(next.ms));
  }
  return { claimed, waitMs };
}

/** The outbox of one process, `owner` being its name: unique for each start. */
export function createOutbox(db: Database, owner: string): Outbox {
  // In an embedded database there is no other process: leases found at the start are a dead one's.
  let clean = !db.embedded;
  return {
    async claim(request) {
      if (!clean) {
        await db.query(
          `update lane set lease_owner = null, lease_until = null where lease_owner <> $1::text`,
          [owner],
        );
        clean = true;
      }
      return retryConflicts(() => db.transaction((tx) => claim(tx, owner, request)));
    },
    settle: (claimed, verdict, how) =>
      retryConflicts(() => db.transaction((tx) => settle(tx, owner, claimed, verdict, how))),
    async extend(lanes) {
      await retryConflicts(() => db.query(EXTEND, [owner, json(lanes)]));
    },
    async release() {
      await retryConflicts(() => db.query(RELEASE, [owner]));
    },
    listen: (wake) => db.listen(OUTBOX_CHANNEL, wake),
  };
}
