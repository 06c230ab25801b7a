import type { Attachment, FormValues, Inbound } from '../../src/chat/index.ts';

/** The bot that payloads are addressed to. */
export interface Me {
  readonly tenant: string;
  readonly botUser: string;
  /** Commands that belong to a channel when they are given in one. */
  readonly groupCommands: readonly string[];
}

/** Somebody who acted, as a payload names them. */
export interface Actor {
  readonly id: string;
  /** Their own workspace, where the payload says it. */
  readonly team: string | null;
}

/** Where it happened: a conversation, or the person's direct one, whose id the payload does not tell. */
export type Place =
  | 'direct'
  | { readonly channel: string; readonly audience: 'private' | 'group'; readonly thread?: string };

/** A direct conversation's id begins with D; everything else is read by several. */
export const placeOf = (channel: string, thread?: string): Place => ({
  channel,
  audience: channel.startsWith('D') ? 'private' : 'group',
  ...(thread === undefined ? {} : { thread }),
});

type What = Extract<Inbound, { kind: 'unsupported' }>['what'];

/** What happened, before what only Slack can tell is asked for. Texts are still Slack's: see `plain.ts`. */
export type Content =
  | { readonly kind: 'text'; readonly text: string; readonly edited: boolean; readonly ts: string }
  | {
      readonly kind: 'command';
      readonly name: string;
      readonly args: string;
      /** Null when it was not typed as a message. */
      readonly ts: string | null;
      readonly about: About | null;
      readonly canOpenForm: boolean;
      /** The conversation it was given in, where that is known and it was not typed as a message. */
      readonly givenIn: string | null;
    }
  | { readonly kind: 'press'; readonly action: string; readonly ts: string | null }
  | { readonly kind: 'submit'; readonly form: string; readonly values: FormValues }
  | {
      readonly kind: 'attachment';
      readonly file: Attachment;
      readonly caption: string;
      readonly album: string | null;
      readonly ts: string;
    }
  | { readonly kind: 'unsupported'; readonly what: What; readonly ts: string }
  /** `back`: from the archive, where the bot may or may not have been a member. */
  | { readonly kind: 'joined'; readonly back: boolean }
  | { readonly kind: 'left' }
  | { readonly kind: 'renamed'; readonly title: string }
  | { readonly kind: 'moved'; readonly to: string };

/** The message a shortcut was used on. */
export interface About {
  readonly text: string;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
}

/** One event to be. */
export interface Draft {
  readonly delivery: string;
  readonly actor: Actor | null;
  readonly place: Place;
  readonly content: Content;
}

/** How an `Ack` can reach the person who acted. */
export interface Reply {
  /** Lets one modal be opened for three seconds. */
  readonly trigger: string;
  /** Answers in the conversation, to that person alone; null on the Home tab and for global shortcuts. */
  readonly url: string | null;
  /** What the acknowledgement answers: `submit` has a body, the others are answered by calls. */
  readonly to: 'submit' | 'call';
}

/** What one payload of Slack is to the bot. */
export type Parsed = {
  /** Names the payload in the log. */
  readonly id: string;
} & (
  | { readonly kind: 'events'; readonly drafts: readonly Draft[]; readonly reply: Reply | null }
  | { readonly kind: 'home'; readonly actor: Actor; readonly direct: string }
  /** The bot may no longer act in this workspace. */
  | { readonly kind: 'ended'; readonly why: string }
  /** Nothing in it for the bot; `why` says so for the log. */
  | { readonly kind: 'ignored'; readonly why: string }
);

type Unnamed<T> = T extends unknown ? Omit<T, 'id'> : never;
/** What a payload is, or the reason why it is nothing. */
export type Read = Unnamed<Parsed> | string;
