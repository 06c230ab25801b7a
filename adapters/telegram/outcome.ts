import { GrammyError, HttpError } from 'grammy';
import type { Address, Delivery, MessageRef } from '../../src/chat/index.ts';
import { isGroup } from './limits.ts';

/** What a failed call was about. */
export interface Call {
  readonly to: Address;
  /** Set when the call was an edit of this message. */
  readonly editing?: MessageRef;
}

/** Network failures after which the request has certainly not reached Telegram. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
]);

/** Pause after a failure to connect; the outbox adds no back-off of its own to a `retry`. */
const RECONNECT_MS = 5_000;
/** Pause when Telegram refuses the bot's token: only a person can help, so be patient. */
const REFUSED_MS = 60_000;

/** The code of the network error inside a grammY error, for example `ECONNRESET`, or null. */
export function networkCode(error: unknown): string | null {
  const inner = error instanceof HttpError ? error.error : error;
  if (typeof inner !== 'object' || inner === null || !('code' in inner)) return null;
  return typeof inner.code === 'string' ? inner.code : null;
}

/**
 * One line about an error that may be logged or stored. The network layer puts the address, and with
 * it the token, into its messages; those are left out.
 */
export function describeError(error: unknown): string {
  if (error instanceof GrammyError) return `${error.error_code} ${error.description}`;
  if (error instanceof HttpError) {
    const code = networkCode(error);
    if (code) return `${error.message} ${code}`;
    const inner = error.error instanceof Error ? error.error.message : '';
    // grammY's own time-out names the method only.
    return / timed out after /.test(inner) ? inner : error.message;
  }
  return error instanceof Error ? `${error.name}: ${scrub(error.message)}` : 'unknown error';
}

const scrub = (text: string): string => text.replace(/\/bot[^/\s]+/g, '/bot…');

/** Turns what a send or edit threw into the outcome the deliverer acts on. */
export function outcomeOf(error: unknown, call: Call): Delivery {
  if (!(error instanceof GrammyError)) return networkOutcome(error);
  const { error_code: code, description, parameters } = error;
  const cause = describeError(error);
  if (code === 429) {
    // A restarting server answers 429 too; without a number one second is what its clients assume.
    const afterMs = (parameters.retry_after ?? 1) * 1000;
    return { outcome: 'retry', afterMs, scope: 'chat', cause };
  }
  if (code >= 500) return { outcome: 'uncertain', cause };
  if (code === 401 || code === 404) {
    return { outcome: 'retry', afterMs: REFUSED_MS, scope: 'bot', cause };
  }
  if (parameters.migrate_to_chat_id !== undefined) {
    const { platform, tenant } = call.to;
    return {
      outcome: 'moved',
      to: { platform, tenant, chat: String(parameters.migrate_to_chat_id) },
    };
  }
  if (call.editing && /message is not modified/i.test(description)) {
    return { outcome: 'ok', ref: call.editing };
  }
  const gone = goneCause(code, description, call.to);
  return gone ? { outcome: 'gone', cause: gone } : { outcome: 'bug', cause };
}

function networkOutcome(error: unknown): Delivery {
  const cause = describeError(error);
  const code = networkCode(error);
  if (code !== null && NOT_SENT.has(code)) {
    return { outcome: 'retry', afterMs: RECONNECT_MS, scope: 'bot', cause };
  }
  // A time-out, a reset or an unreadable answer: Telegram may have taken it all the same.
  return { outcome: 'uncertain', cause };
}

type GoneCause = Extract<Delivery, { outcome: 'gone' }>['cause'];

/** Telegram's own words, as its server writes them (400 and 403). */
const GONE: readonly (readonly [RegExp, GoneCause])[] = [
  [/bot was blocked by the user/i, 'blocked'],
  [/user is deactivated/i, 'deactivated'],
  [/can't initiate conversation/i, 'not-started'],
  [
    /bot was kicked|bot is not a member|group chat was deactivated|group chat was deleted/i,
    'removed',
  ],
  [/chat not found|PEER_ID_INVALID|can't send messages to bots/i, 'not-found'],
  // Its reader deleted it, or it is too old: there is nothing left to change.
  [/message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i, 'not-found'],
];

function goneCause(code: number, description: string, to: Address): GoneCause | null {
  for (const [words, cause] of GONE) if (words.test(description)) return cause;
  if (code !== 403) return null;
  return isGroup(to.chat) ? 'removed' : 'blocked';
}
