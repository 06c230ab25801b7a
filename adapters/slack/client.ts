import { webApi } from '@slack/bolt';
import type { AdapterLog } from '../../src/chat/index.ts';
import { scrub } from './outcome.ts';

/** Slack answers within seconds or not at all; the deliverer's lease is longer. */
const TIMEOUT_MS = 12_000;

/**
 * A Web API client without retries of its own: whether and when a call is repeated is decided where
 * it is known what was perhaps carried out. Its own debug lines would contain people's messages and
 * are dropped.
 */
export function createClient({
  token,
  apiUrl,
  log,
  timeoutMs = TIMEOUT_MS,
}: {
  readonly token: string;
  readonly apiUrl: string;
  readonly log: () => AdapterLog | null;
  readonly timeoutMs?: number;
}): webApi.WebClient {
  return new webApi.WebClient(token, {
    slackApiUrl: apiUrl,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quietLogger(log),
    // A method's name is all that is ever passed; an address from outside must not get the token.
    allowAbsoluteUrls: false,
  });
}

/** The SDK's warnings and errors as debug lines: every failed call is reported by its caller. */
export function quietLogger(log: () => AdapterLog | null): webApi.Logger {
  const line = (...words: unknown[]): void => {
    const text = words.map((word) => (word instanceof Error ? word.message : String(word)));
    log()?.debug({ sdk: scrub(text.join(' ')) }, 'a line of the Slack SDK');
  };
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: line,
    error: line,
    setLevel: () => undefined,
    getLevel: () => webApi.LogLevel.WARN,
    setName: () => undefined,
  };
}
