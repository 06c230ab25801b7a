import { SlackError } from './errors.ts';

/** Limits to enforce; each is a token bucket by `clock`. */
export interface RateLimits {
  /** Milliseconds; a test's own hand. */
  readonly clock: () => number;
  /** `chat.postMessage` in one channel. */
  readonly channel?: { readonly perSecond: number; readonly burst: number };
  /** Calls a minute by method, of which all may go at once. */
  readonly perMinute?: Readonly<Record<string, number>>;
}

/** Slack's published figures, by tier (docs.slack.dev/apis/web-api/rate-limits). */
export const SLACK_LIMITS = {
  channel: { perSecond: 1, burst: 3 },
  perMinute: {
    'apps.connections.open': 1,
    'conversations.open': 50,
    'conversations.info': 50,
    'conversations.history': 50,
    'conversations.replies': 50,
    'chat.update': 50,
    'chat.postEphemeral': 100,
    'users.info': 100,
    'views.open': 100,
    'views.push': 100,
    'views.update': 100,
    'views.publish': 100,
    'files.getUploadURLExternal': 100,
    'files.completeUploadExternal': 100,
    'files.info': 100,
  },
} as const;

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * Takes a token for one call, `channel` being where a message goes.
 * @throws `ratelimited` with the seconds until the next token.
 */
export function createRateLimits(
  limits: RateLimits | undefined,
): (method: string, channel: string | null) => void {
  const buckets = new Map<string, Bucket>();

  function take(key: string, perSecond: number, burst: number, now: number): void {
    const bucket = buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    if (tokens < 1) {
      buckets.set(key, { tokens, at: now });
      throw new SlackError('ratelimited', {}, Math.ceil((1 - tokens) / perSecond));
    }
    buckets.set(key, { tokens: tokens - 1, at: now });
  }

  return (method, channel) => {
    if (!limits) return;
    const now = limits.clock();
    const perMinute = limits.perMinute?.[method];
    if (perMinute !== undefined) take(method, perMinute / 60, perMinute, now);
    if (method === 'chat.postMessage' && channel !== null && limits.channel) {
      take(`channel:${channel}`, limits.channel.perSecond, limits.channel.burst, now);
    }
  };
}
