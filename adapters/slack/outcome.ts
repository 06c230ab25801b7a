import { webApi } from '@slack/bolt';
import type { Address, Delivery, MessageRef } from '../../src/chat/index.ts';

/** What a failed call was about. */
export interface Call {
  readonly to: Address;
  /** Set when the call was an edit of this message. */
  readonly editing?: MessageRef;
}

/** Every outcome of a call that failed. */
export type Failure = Exclude<Delivery, { outcome: 'ok' }>;

/** Network failures after which the request has certainly not reached Slack. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Pause after a failure to connect; the outbox adds no back-off of its own to a `retry`. */
const RECONNECT_MS = 5_000;
/** Pause when Slack refuses the app: only a person can help, so be patient. */
const REFUSED_MS = 60_000;
/** Pause after a limit that came without a number: Slack's limits are counted by the minute. */
const LIMITED_MS = 60_000;

/** The code of the network error inside the SDK's, for example `ECONNRESET`, or null. */
export function networkCode(error: unknown): string | null {
  for (let inner = error, depth = 0; depth < 4; depth += 1) {
    if (typeof inner !== 'object' || inner === null) return null;
    const isSlackError = inner instanceof webApi.SlackError;
    if (!isSlackError && 'code' in inner && typeof inner.code === 'string') return inner.code;
    if (inner instanceof webApi.WebAPIRequestError) inner = inner.original;
    else if ('cause' in inner) inner = inner.cause;
    else return null;
  }
  return null;
}

/** Slack's word for what it refused, such as `channel_not_found`, or null when it said none. */
export function slackError(error: unknown): string | null {
  if (!(error instanceof webApi.WebAPIPlatformError)) return null;
  // An answer that is no JSON comes as such an error with the whole body in it.
  return /^[a-z0-9_.:-]{1,100}$/i.test(error.data.error) ? error.data.error : null;
}

/** What Slack says beside its word, for example which block is wrong. */
export function complaints(error: unknown): string[] {
  if (!(error instanceof webApi.WebAPIPlatformError)) return [];
  const { data } = error;
  const messages = data.response_metadata?.messages ?? [];
  const needed = 'needed' in data ? data.needed : null;
  return typeof needed === 'string' ? [...messages, `the right ${needed} is missing`] : messages;
}

/** Milliseconds after which Slack may be asked again, or null when it did not limit the call. */
export function limitedFor(error: unknown): number | null {
  if (error instanceof webApi.WebAPIRateLimitedError) return error.retryAfter * 1000;
  if (error instanceof webApi.WebAPIPlatformError) {
    if (!/^rate_?limited$/.test(error.data.error)) return null;
    const seconds = error.data.response_metadata?.retryAfter;
    return typeof seconds === 'number' ? seconds * 1000 : LIMITED_MS;
  }
  // How the SDK puts a 429 whose header is no number.
  const unnumbered = error instanceof Error && /^Retry header did not contain/.test(error.message);
  return unnumbered ? LIMITED_MS : null;
}

/** One line about an error that may be logged or stored: without tokens, addresses or bodies. */
export function describeError(error: unknown): string {
  const word = slackError(error);
  if (word !== null) return [word, ...complaints(error)].join('; ').slice(0, 500);
  if (error instanceof webApi.WebAPIPlatformError) return 'an answer that is no JSON';
  if (error instanceof webApi.WebAPIHTTPError) return `HTTP ${error.statusCode}`;
  if (error instanceof webApi.WebAPIRateLimitedError) return `HTTP 429, ${error.retryAfter} s`;
  if (limitedFor(error) !== null) return 'HTTP 429 without a time';
  const code = networkCode(error);
  if (code !== null) return `network failure ${code}`;
  const inner = error instanceof webApi.WebAPIRequestError ? error.original : error;
  return inner instanceof Error ? `${inner.name}: ${scrub(inner.message)}` : 'unknown error';
}

/** Takes tokens, and the secret part of Slack's addresses, out of a line. */
export const scrub = (text: string): string =>
  text.replace(/xox[a-z]-[\w-]+|xapp-[\w-]+/gi, 'token…').replace(/https?:\/\/\S+/g, 'address…');

/** Turns what a call threw into the outcome the deliverer acts on. */
export function outcomeOf(error: unknown, call: Call): Failure {
  const cause = describeError(error);
  const afterMs = limitedFor(error);
  // An edit's limit is the method's over the workspace (Tier 3): nothing follows for messages.
  if (afterMs !== null) {
    return { outcome: 'retry', afterMs, scope: call.editing ? 'call' : 'chat', cause };
  }
  const word = slackError(error);
  if (word === null) return unanswered(error, cause);
  if (UNCERTAIN.has(word)) return { outcome: 'uncertain', cause };
  if (NOT_TAKEN.has(word)) {
    return { outcome: 'retry', afterMs: RECONNECT_MS, scope: 'bot', cause };
  }
  if (REFUSED.has(word)) return { outcome: 'retry', afterMs: REFUSED_MS, scope: 'bot', cause };
  const gone = goneCause(word, call);
  return gone ? { outcome: 'gone', cause: gone } : { outcome: 'bug', cause };
}

/** There was no answer, or none that can be read. */
function unanswered(error: unknown, cause: string): Failure {
  const code = networkCode(error);
  if (code !== null && NOT_SENT.has(code)) {
    return { outcome: 'retry', afterMs: RECONNECT_MS, scope: 'bot', cause };
  }
  if (error instanceof webApi.WebAPIHTTPError && error.statusCode < 500) {
    // Something between us and Slack, such as a proxy, did not let it through.
    return { outcome: 'retry', afterMs: REFUSED_MS, scope: 'bot', cause };
  }
  return { outcome: 'uncertain', cause };
}

/** "Some aspect of the operation may have succeeded before the error" (chat.postMessage, errors). */
const UNCERTAIN = new Set(['fatal_error', 'internal_error', 'service_unavailable']);

/** Slack says that it has not begun: a request cut short, a workspace being moved. */
const NOT_TAKEN = new Set(['request_timeout', 'team_added_to_org']);

/** The app itself is refused. `account_inactive` is sometimes about the recipient: see `send.ts`. */
const REFUSED = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'org_login_required',
  'ekm_access_denied',
  'team_access_not_granted',
  'access_denied',
  'accesslimited',
  'message_limit_exceeded',
]);

type GoneCause = Extract<Delivery, { outcome: 'gone' }>['cause'];

/** Slack's words for an address nobody reads any more, or that the bot may not write to. */
const GONE: ReadonlyMap<string, GoneCause> = new Map<string, GoneCause>([
  ['not_in_channel', 'removed'],
  ['is_archived', 'removed'],
  // Of a channel that is frozen, archived or deleted (chat.update).
  ['is_inactive', 'removed'],
  ['restricted_action', 'removed'],
  ['restricted_action_read_only_channel', 'removed'],
  ['restricted_action_thread_only_channel', 'removed'],
  ['restricted_action_non_threadable_channel', 'removed'],
  ['channel_not_found', 'not-found'],
  ['user_not_found', 'not-found'],
  ['users_not_found', 'not-found'],
  ['user_not_visible', 'not-found'],
  // Bots have no use for our messages.
  ['cannot_dm_bot', 'not-found'],
  ['user_disabled', 'deactivated'],
  ['user_is_deactivated', 'deactivated'],
]);

/** For an edit: the message was deleted, or Slack no longer lets it be changed. */
const GONE_MESSAGE = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'is_inactive',
]);

function goneCause(word: string, call: Call): GoneCause | null {
  if (call.editing && GONE_MESSAGE.has(word)) return 'not-found';
  return GONE.get(word) ?? null;
}
