import { ApiError } from './errors.ts';

/** Sending limits to enforce; each is a token bucket by `clock`. */
export interface SendLimits {
  /** Milliseconds; a test's own hand. */
  readonly clock: () => number;
  /** Over all chats, per second (Telegram: about 30). */
  readonly bot?: { readonly perSecond: number; readonly burst: number };
  readonly chat?: { readonly perSecond: number; readonly burst: number };
  /** Messages in any sixty seconds in one group (Telegram: 20). */
  readonly groupPerMinute?: number;
}

/** Telegram's figures. */
export const TELEGRAM_LIMITS = {
  bot: { perSecond: 30, burst: 30 },
  chat: { perSecond: 1, burst: 5 },
  groupPerMinute: 20,
} as const;

interface Bucket {
  tokens: number;
  at: number;
}

export function createSendLimits(limits: SendLimits | undefined): (chat: number) => void {
  const buckets = new Map<string, Bucket>();
  const groups = new Map<number, number[]>();

  /** Seconds until a token is there; 0 when there is one. */
  function shortfall(key: string, rate: { perSecond: number; burst: number }, now: number): number {
    const bucket = buckets.get(key) ?? { tokens: rate.burst, at: now };
    const grown = bucket.tokens + ((now - bucket.at) / 1000) * rate.perSecond;
    buckets.set(key, { tokens: Math.min(rate.burst, grown), at: now });
    const tokens = buckets.get(key)?.tokens ?? 0;
    return tokens >= 1 ? 0 : (1 - tokens) / rate.perSecond;
  }

  return (chat) => {
    if (!limits) return;
    const now = limits.clock();
    const waits: number[] = [];
    if (limits.bot) waits.push(shortfall('bot', limits.bot, now));
    if (limits.chat) waits.push(shortfall(String(chat), limits.chat, now));
    const recent = (groups.get(chat) ?? []).filter((t) => t > now - 60_000);
    if (limits.groupPerMinute !== undefined && chat < 0 && recent.length >= limits.groupPerMinute) {
      waits.push(((recent[0] ?? now) + 60_000 - now) / 1000);
    }
    const wait = Math.max(0, ...waits);
    if (wait > 0) {
      const seconds = Math.ceil(wait);
      throw new ApiError(429, `Too Many Requests: retry after ${seconds}`, {
        retry_after: seconds,
      });
    }
    for (const key of ['bot', String(chat)]) {
      const bucket = buckets.get(key);
      if (bucket) bucket.tokens -= 1;
    }
    groups.set(chat, [...recent, now]);
  };
}
