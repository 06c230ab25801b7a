/**
 * The port between delivering (which calls the platforms) and the stored queue. One claim is one
 * call to the platform: a message of three pages is claimed three times, so that pace, order and
 * "perhaps sent" are always about exactly one call.
 */
import type { Address, Delivery, Rate } from '../chat/index.ts';

/** What the platform paused. */
type Scope = Extract<Delivery, { outcome: 'retry' }>['scope'];

/**
 * `call`: ask the platform. `look`: it may have been sent already, so look for it and send it only if
 * it is not there. The others need no call: `expired` messages are dropped, `held` ones may have been
 * sent by a process that died and must not be sent twice, and there is `nothing` to do where the
 * message to be changed was never posted.
 */
export type Todo = 'call' | 'look' | 'expired' | 'held' | 'nothing';

/** Whether a claim asks the platform for anything, which its limits count. */
export const asksPlatform = (todo: Todo): boolean => todo === 'call' || todo === 'look';

/** One message taken for delivery. What came from JSON columns is unparsed. */
export interface Claimed {
  readonly id: number;
  /** Names this message among all that the bot ever sends, also after its database was set up anew. */
  readonly mark: string;
  readonly lane: string;
  readonly todo: Todo;
  readonly address: unknown;
  readonly message: unknown;
  readonly operation: 'send' | 'edit' | 'update';
  /** Ids of the messages that are changed, page by page; empty for a new message. */
  readonly targets: readonly string[];
  /** Where the targets are, when there are any. */
  readonly targetsAt: unknown;
  readonly subject: string | null;
  readonly personId: number | null;
  readonly priority: number;
  readonly onUncertain: 'resend' | 'hold';
  /** Claims so far, this one included: the fence that tells this claim from a later one. */
  readonly attempts: number;
  /** Calls of this page, and looks for it, whose outcome is unknown; an interrupted one included. */
  readonly uncertain: number;
  /** Ids of the pages already out. */
  readonly pagesSent: readonly string[];
  /** Since when the chat's pace allowed this call, before this claim was charged (timestamp or null). */
  readonly openBefore: string | null;
}

/** What is known after a call, and therefore what becomes of the message. */
export type Verdict =
  /** Finished; `ids` are its messages, remembered under its subject. */
  | { readonly kind: 'done'; readonly ids: readonly string[] }
  /** This page is out, the next one follows; `ids` of all pages so far. */
  | { readonly kind: 'page'; readonly ids: readonly string[] }
  /** Not sent; the platform paused this chat or the whole bot. */
  | { readonly kind: 'pause'; readonly scope: Scope; readonly afterMs: number }
  /** Perhaps sent, and to be tried or looked for once more. */
  | { readonly kind: 'again'; readonly afterMs: number }
  /** The message to be changed is not there any more. */
  | { readonly kind: 'vanished' }
  /** Nobody reads this chat; the person's other account is tried when `readdress`. */
  | {
      readonly kind: 'gone';
      readonly cause: Extract<Delivery, { outcome: 'gone' }>['cause'];
      readonly readdress: boolean;
    }
  | { readonly kind: 'moved'; readonly to: Address }
  | { readonly kind: 'dead'; readonly reason: 'bug' | 'held'; readonly cause: string }
  | { readonly kind: 'dropped' };

/**
 * `recorded`; `readdressed` to the person's other account; `parked` among the dead letters; or
 * `lost`: the claim was no longer ours, so somebody else decides what becomes of the message.
 */
export type Settled = 'recorded' | 'readdressed' | 'parked' | 'lost';

export interface ClaimRequest {
  /** `botKey` of the bot whose lanes are looked at. */
  readonly bot: string;
  readonly rate: Rate & { readonly reserve: number };
  chatRate(to: Address): Rate;
  /** Whether the bot's platform can be asked for messages that may have been sent. */
  readonly canLook: boolean;
  /** At most this many. */
  readonly slots: number;
  /** Whether lanes may be taken whose owner's lease has run out. */
  readonly takeover: boolean;
  /** Lanes this process is working on, never claimed again by itself. */
  readonly inHand: readonly string[];
}

export interface Outbox {
  /** Takes the heads of lanes that may be sent right now, most urgent first, and pays for them. */
  claim(request: ClaimRequest): Promise<{
    readonly claimed: readonly Claimed[];
    /** Milliseconds until more may be ready; null when nothing is known to be waiting. */
    readonly waitMs: number | null;
  }>;
  /** Records what became of a claim and frees its lane. `chatRate` as in the claim; `bots` are all bots served. */
  settle(
    claim: Claimed,
    verdict: Verdict,
    how: { readonly chatRate: Rate | null; readonly bots: readonly string[] },
  ): Promise<Settled>;
  /** Keeps the leases of these lanes alive. */
  extend(lanes: readonly string[]): Promise<void>;
  /** Gives back every lease this process has. */
  release(): Promise<void>;
  /** Calls `wake` whenever something was enqueued anywhere; the result ends it. */
  listen(wake: () => void): Promise<() => Promise<void>>;
}

export interface DeliveryLabels {
  readonly platform: string;
  readonly operation: 'send' | 'edit' | 'update';
}

/** Told of what happens to messages, for metrics. */
export interface DeliveryObserver {
  /** One call succeeded. */
  sent(labels: DeliveryLabels): void;
  /** Refused for now. */
  retried(labels: DeliveryLabels & { readonly scope: Scope }): void;
  uncertain(labels: DeliveryLabels): void;
  gone(labels: DeliveryLabels & { readonly cause: string }): void;
  /** Parked among the dead letters. */
  dead(labels: DeliveryLabels & { readonly reason: 'bug' | 'held' | 'gone' }): void;
  expired(labels: DeliveryLabels): void;
}
