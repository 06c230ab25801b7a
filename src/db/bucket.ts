/** The two rate limits: a token bucket for the bot, the generic cell rate algorithm for each chat. */
import type { Rate } from '../chat/index.ts';
import type { Queryable } from './database.ts';

export interface Bucket {
  /** May be a fraction. */
  readonly tokens: number;
  /** Milliseconds for which the whole bot is paused, 0 when it is not. */
  readonly blockedMs: number;
  /** Milliseconds between two tokens at present. */
  readonly intervalMs: number;
}

/** A refused bot goes on a quarter slower, at most eight times; half of that is forgotten each minute. */
const SLOWER = 1.25;
const SLOWEST = 8;
const FORGET_MS = 60_000;

const SECONDS = 'greatest(0, extract(epoch from clock_timestamp() - b.refilled_at))::float8';
const SLOWDOWN = `1 + (b.slowdown - 1) * power(0.5, least(${SECONDS} * 1000 / ${FORGET_MS}, 60))`;

/** `$1` bot, `$2` interval in milliseconds, `$3` burst. */
const REFILL = `insert into bucket as b (bot, tokens, refilled_at)
values ($1::text, $3::float8, clock_timestamp())
on conflict (bot) do update set
  tokens = least($3::float8, b.tokens + ${SECONDS} * 1000 / ($2::float8 * (${SLOWDOWN}))),
  slowdown = ${SLOWDOWN},
  refilled_at = clock_timestamp()
returning tokens, slowdown,
  greatest(0, coalesce(extract(epoch from blocked_until - clock_timestamp()) * 1000, 0)) as blocked_ms`;

/** Brings the bucket up to now and keeps it locked until the transaction ends. */
export async function refill(tx: Queryable, bot: string, rate: Rate): Promise<Bucket> {
  const [row] = await tx.query<{ tokens: number; slowdown: number; blocked_ms: number }>(REFILL, [
    bot,
    rate.intervalMs,
    rate.burst,
  ]);
  if (!row) throw new Error(`The bucket of ${bot} is missing`);
  return {
    tokens: row.tokens,
    blockedMs: row.blocked_ms,
    intervalMs: rate.intervalMs * row.slowdown,
  };
}

/**
 * SQL: from when the next call is allowed after one now, all three arguments being SQL. `open` is
 * from when the present one was; `burst` is the interval times one less than the burst.
 */
export const openAfter = (open: string, interval: string, burst: string): string =>
  `greatest(${open} + ${burst} * interval '1 millisecond', clock_timestamp())
   + (${interval} - ${burst}) * interval '1 millisecond'`;

/** The whole bot is refused for `ms` milliseconds; it goes on more slowly. */
export async function blockBot(tx: Queryable, bot: string, ms: number): Promise<void> {
  await tx.query(
    `update bucket set refused_lane = null, slowdown = least(${SLOWEST}, slowdown * ${SLOWER}),
       blocked_until = greatest(blocked_until, clock_timestamp() + $2::float8 * interval '1 millisecond')
     where bot = $1::text`,
    [bot, ms],
  );
}

/**
 * One chat is refused for `ms` milliseconds. Refused while another chat still is, the limit must be
 * the bot's own, whatever the platform says: then everything pauses.
 */
export async function refuseChat(
  tx: Queryable,
  bot: string,
  lane: string,
  ms: number,
): Promise<void> {
  const [other] = await tx.query(
    `select 1 from bucket b join lane l on l.key = b.refused_lane
     where b.bot = $1::text and l.key <> $2::text and l.open_at > clock_timestamp()
     for update of b`,
    [bot, lane],
  );
  if (other) return blockBot(tx, bot, ms);
  await tx.query('update bucket set refused_lane = $2::text where bot = $1::text', [bot, lane]);
}
