import type { Address, Identity, MessageRef } from './address.ts';
import type { Attachment } from './attachment.ts';
import type { Ack, Inbound, Sender } from './inbound.ts';
import type { Message } from './message.ts';

/** What a platform can do, as data: the core branches on these, never on a platform's name. */
export interface Abilities {
  /** Characters of one message's text after formatting is parsed. */
  readonly maxChars: number;
  readonly maxButtonsPerRow: number;
  readonly maxButtons: number;
  /** Bytes of a file the bot can fetch. */
  readonly maxDownloadBytes: number;
  /** Whether the bot may write to a person first, or only once they have contacted it. */
  readonly directMessage: 'always' | 'after-contact';
  /** Whether a person can hand over their own phone number with the platform's word for it. */
  readonly contact: boolean;
  /** `https://…` address that opens the bot with a start code, or null when there is none. */
  readonly deepLink: ((code: string) => string) | null;
  /** Whether `Ack.form` can be shown. */
  readonly forms: boolean;
  /** Whether every message can have a thread of its own, whose `Address.thread` is the message's id. */
  readonly threads: boolean;
}

/** A rate: one send every `intervalMs`, of which `burst` may go at once. */
export interface Rate {
  readonly intervalMs: number;
  readonly burst: number;
}

/** The platform's sending limits, obeyed by the deliverer over all replicas. */
export interface Pace {
  /** Over all chats of the bot; broadcasts leave `reserve` of the burst to replies. */
  readonly bot: Rate & { readonly reserve: number };
  /** Within one chat; a platform may be stricter with groups. */
  chat(to: Address): Rate;
}

/** What became of one call, as a value; an adapter's `send` and `edit` never throw. */
export type Delivery =
  | { readonly outcome: 'ok'; readonly ref: MessageRef }
  /**
   * Certainly not sent; may be tried again after `afterMs`. `scope` is what the platform paused:
   * `chat` unless it is known to be more, for a second chat refused meanwhile counts as the whole
   * `bot`; `call` when this kind of call is limited for itself, so that nothing follows for others.
   */
  | {
      readonly outcome: 'retry';
      readonly afterMs: number;
      readonly scope: 'chat' | 'bot' | 'call';
      readonly cause: string;
    }
  /** Perhaps sent: the answer was lost. */
  | { readonly outcome: 'uncertain'; readonly cause: string }
  /** Nobody will ever read it there. */
  | {
      readonly outcome: 'gone';
      readonly cause: 'blocked' | 'deactivated' | 'not-started' | 'removed' | 'not-found';
    }
  /** The chat has another id now. */
  | { readonly outcome: 'moved'; readonly to: Address }
  /** The platform refuses this very content or call: a fault of ours. */
  | { readonly outcome: 'bug'; readonly cause: string };

/** What the engine offers an adapter. */
export interface AdapterHost {
  /**
   * Runs one turn. Resolves after the commit, so the adapter acknowledges to the platform only then.
   * @throws when nothing was committed: the adapter lets the platform deliver again.
   */
  receive(event: Inbound): Promise<Ack>;
  /** Bytes of stored media, for sending. @throws if the hash is unknown. */
  media(sha256: string): Promise<Uint8Array>;
  /**
   * Runs `work` whenever this process holds the lease `name`, until `signal` aborts: what only one
   * replica may do, such as polling. `work`'s own signal aborts when the lease is lost.
   */
  exclusive(
    name: string,
    work: (signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
  /** A person looks at their own page (see `HomeTab`): resolves once it has been published anew. Never throws. */
  homeOpened(from: Sender): Promise<void>;
  log: AdapterLog;
}

/** A page of the platform that each person has with the bot, such as Slack's App Home. */
export interface HomeTab {
  /** Replaces the person's page; never throws. */
  publish(
    identity: Identity,
    page: Message,
  ): Promise<Exclude<Delivery, { outcome: 'ok' }> | { readonly outcome: 'published' }>;
}

/**
 * Names one call of one message, so that a platform that keeps such a mark with the message can be
 * asked afterwards whether it arrived. At most 100 characters of `A-Za-z0-9:._-`.
 */
export type Mark = string;

export interface AdapterLog {
  debug(fields: object, text: string): void;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** What `start` throws when the platform cannot be reached now: it may be started again later. */
export class PlatformAway extends Error {
  override readonly name = 'PlatformAway';
}

/** Translates one platform to and from the contract and does nothing else. `Page` is its own. */
export interface Adapter<Page = unknown> {
  readonly platform: string;
  /** Known once `start` has resolved. */
  readonly tenant: string;
  readonly abilities: Abilities;
  readonly pace: Pace;
  /**
   * Checks the credentials, then begins to receive.
   * @throws PlatformAway when it cannot be reached, else a plain sentence why it is refused
   */
  start(host: AdapterHost): Promise<void>;
  /** Ends the intake and waits for turns in flight. Sending stays possible. */
  stop(): Promise<void>;
  /** Splits on boundaries so that every page is within the platform's limits; the last one carries the buttons. */
  paginate(message: Message): Page[];
  send(to: Address, page: Page, mark: Mark): Promise<Delivery>;
  /**
   * Looks for a message sent with this mark before; null where the platform cannot be asked. Never
   * throws: `unknown` when it could not be found out now, to be asked again after `afterMs`.
   */
  readonly lookUp:
    | ((
        to: Address,
        mark: Mark,
      ) => Promise<
        | { readonly found: MessageRef | null }
        | { readonly unknown: string; readonly afterMs: number }
      >)
    | null;
  /** Null where people have no page of their own. */
  readonly home: HomeTab | null;
  edit(ref: MessageRef, page: Page): Promise<Delivery>;
  /** The private chat with a person. */
  openDirect(identity: Identity): Promise<Address>;
  /** @throws with a cause when the platform does not hand the file out. */
  download(file: Attachment): Promise<Uint8Array>;
}
