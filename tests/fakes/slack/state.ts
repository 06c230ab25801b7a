/** Objects as Slack writes them. */
export type Json = Readonly<Record<string, unknown>>;

export interface User {
  readonly id: string;
  /** The workspace they belong to: another one's for a stranger of Slack Connect. */
  readonly team: string;
  name: string;
  email: string | null;
  emailConfirmed: boolean;
  locale: string;
  guest: 'multi' | 'single' | null;
  readonly stranger: boolean;
  readonly bot: boolean;
  deleted: boolean;
}

export interface Channel {
  id: string;
  kind: 'public' | 'private' | 'im';
  /** '' of a direct conversation. */
  name: string;
  archived: boolean;
  deleted: boolean;
  /** With another workspace, by Slack Connect. */
  readonly shared: boolean;
  /** User ids; the bot is one of them where it was invited. */
  readonly members: Set<string>;
  /** The other person of a direct conversation. */
  readonly user: string | null;
  /** Whether `conversations.open` was called or the person wrote first: only then does it have an id for the bot. */
  opened: boolean;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  title: string;
  mime: string;
  bytes: Uint8Array;
  /** Who uploaded it: a user id, the bot's among them. */
  readonly by: string;
  altText: string | null;
  /** An upload of the bot is complete only after `files.completeUploadExternal`. */
  state: 'expected' | 'uploaded' | 'complete' | 'deleted';
  /** Bytes announced to `files.getUploadURLExternal`. */
  readonly announced: number;
  /** How many more `files.info` before Slack has looked at a picture; until then no block may show it. */
  polls: number;
  /** Conversations it was shared in. */
  readonly sharedIn: Set<string>;
  /** Given to the app in a `file_input` of a modal. */
  givenToApp: boolean;
}

export interface Metadata {
  readonly event_type: string;
  readonly event_payload: Json;
}

export interface Stored {
  /** Changes with the conversation's id. */
  channel: string;
  readonly ts: string;
  /** Author; the bot's user id for its own. */
  readonly user: string;
  /** Raw, as it was sent: mrkdwn with `&amp;`, `<@U…>`, `<https://…|…>`. */
  text: string;
  /** Whether formatting in `text` comes alive; mentions and links do in any case. */
  mrkdwn: boolean;
  /** With a `block_id` each, as Slack gives them back. */
  blocks: readonly Json[];
  metadata: Metadata | null;
  /** The `ts` of the message whose thread it is in. */
  readonly threadTs: string | null;
  edited: { readonly user: string; readonly ts: string } | null;
  deleted: boolean;
  readonly files: readonly StoredFile[];
  /** Only this person sees it, and no method finds it again. */
  readonly ephemeralFor: string | null;
  /** Whether a link in its text is followed by a preview. */
  readonly unfurl: boolean;
}

/** A modal as it stands on one person's screen. */
export interface Modal {
  readonly id: string;
  readonly user: string;
  /** The first view of its stack. */
  readonly rootId: string;
  readonly previousId: string | null;
  hash: string;
  /** As the app gave it, with a `block_id` for each block. */
  view: Json;
  /** What `response_action: errors` said, by block id; emptied when the view is replaced. */
  errors: Readonly<Record<string, string>>;
  closed: boolean;
}

export interface Home {
  readonly id: string;
  hash: string;
  view: Json;
}

/** What the bot did that somebody sees; a message also when it is changed. */
export type News =
  | { readonly kind: 'message'; readonly message: Stored }
  | { readonly kind: 'modal'; readonly modal: Modal }
  | { readonly kind: 'home'; readonly user: string };

/** What Slack tells the app. The outer fields (team, app, event id, time) are filled in on the way. */
export type Envelope =
  /** `event` as the Events API wraps it: with its `type`, and `channel_type` of messages. */
  | { readonly kind: 'event'; readonly event: Json }
  /** Form fields of a slash command. */
  | { readonly kind: 'command'; readonly fields: Readonly<Record<string, string>> }
  /** A press, a submitted or closed view, a shortcut. */
  | { readonly kind: 'interactive'; readonly payload: Json };

export type DeliveryResult =
  /** `body` is the acknowledgement's JSON, its text, or null when it was empty. */
  | { readonly acknowledged: true; readonly body: unknown }
  | {
      readonly acknowledged: false;
      readonly reason: /** Later than 3 seconds by the fake's clock. */
        | 'timeout'
        /** Another status than 2xx, or no connection. */
        | 'refused'
        /** Not subscribed to, or no scope or membership for it: never delivered. */
        | 'not-delivered';
    };

/**
 * Delivers to the app and resolves with what came of it: of an event once it was acknowledged or
 * given up, of the rest after the one delivery.
 */
export type Emit = (envelope: Envelope) => Promise<DeliveryResult>;
