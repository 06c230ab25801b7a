import { z } from 'zod';
import { Block, Button, InlineText } from '../../src/chat/index.ts';

/** What somebody is to the bot, as the page names it. */
export type PlaygroundRole =
  | 'staff'
  | 'student'
  | 'head'
  | 'deputy'
  | 'reporter'
  | 'office'
  | 'council'
  | 'leadership'
  | 'overseer_political_schools'
  | 'overseer_students'
  | 'mobiliser'
  | 'press'
  | 'finance';

/** Someone of the roster whose account is on the page. */
export interface PlaygroundPerson {
  readonly id: number;
  readonly name: string;
  readonly unit: string | null;
  readonly role: PlaygroundRole;
  /** The number the page hands over when asked for a contact. */
  readonly phone?: string | null;
}

/** A group chat the bot is already in. `chat` must not look like an account (`p1`, `n1`). */
export interface PlaygroundRoom {
  readonly chat: string;
  readonly title: string;
}

interface PlaygroundClock {
  /** `2024-03-04T08:00:00+07:00[Asia/Ho_Chi_Minh]` */
  now(): string;
  /**
   * Takes wall-clock time of the same zone: `2024-03-04T08:00:00[Asia/Ho_Chi_Minh]`. Null when this
   * is the real time, which nobody moves; the page then only shows it.
   */
  readonly moveTo: ((time: string) => Promise<void>) | null;
}

export interface PlaygroundOptions {
  people(): Promise<readonly PlaygroundPerson[]>;
  rooms(): Promise<readonly PlaygroundRoom[]>;
  readonly clock: PlaygroundClock;
  /** Suggested while a command is typed, names without the slash. */
  readonly commands: Readonly<
    Record<'vi' | 'en', readonly { readonly command: string; readonly description: string }[]>
  >;
  /** Shown at the top of the page. */
  readonly title: Readonly<Record<'vi' | 'en', string>>;
  /** Address of the page, for links that open it with a start code; null when not known. */
  readonly pageUrl: string | null;
  /** Where chats and uploads are kept over a restart; null keeps them in memory only. */
  readonly folder: string | null;
}

const PageBlock = z.union([
  Block,
  /** The rest of an ordered list that began on an earlier page. */
  z.strictObject({
    kind: z.literal('list'),
    ordered: z.literal(true),
    start: z.number().int().positive(),
    items: z.array(InlineText),
  }),
]);

/** One message of the bot as the page shows it. */
export const PlaygroundPage = z.strictObject({
  notice: z.string(),
  blocks: z.array(PageBlock),
  buttons: z.array(z.array(Button)).optional(),
  contactRequest: z.strictObject({ label: z.string() }).optional(),
});
export type PlaygroundPage = z.infer<typeof PlaygroundPage>;

export const UNSUPPORTED = ['sticker', 'voice', 'video', 'location', 'poll', 'other'] as const;

const Body = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('page'), page: PlaygroundPage }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({
    kind: z.literal('file'),
    ref: z.string(),
    as: z.enum(['photo', 'file']),
    name: z.string(),
    mime: z.string(),
    size: z.number(),
    caption: z.string(),
    album: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('contact'), phone: z.string(), own: z.boolean() }),
  z.strictObject({ kind: z.literal('unsupported'), what: z.enum(UNSUPPORTED) }),
  /** A line in the middle of the chat: the bot was added, removed, blocked … */
  z.strictObject({
    kind: z.literal('event'),
    what: z.enum(['joined', 'left', 'renamed', 'blocked', 'unblocked']),
    title: z.string(),
  }),
]);

export const Entry = z.strictObject({
  id: z.string(),
  /** Rises over all chats: what is above the last one read is unread. */
  seq: z.number().int(),
  chat: z.string(),
  /** The campaign's time at which it was said. */
  at: z.string(),
  /** Null is the bot. */
  from: z.strictObject({ user: z.string(), name: z.string() }).nullable(),
  body: Body,
  /** The event it made, so that the page can repeat exactly that one; null is the bot's. */
  delivery: z.string().nullable(),
  edited: z.boolean(),
  /** The bot could not take it; the page offers to send it again. */
  failed: z.boolean(),
});
export type Entry = z.infer<typeof Entry>;
export type EntryBody = Entry['body'];

/** What is kept about an account: all of a new one, the changes of a sample person's. */
export const Account = z.strictObject({
  user: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  blocked: z.boolean(),
});
export type Account = z.infer<typeof Account>;

export const Room = z.strictObject({
  chat: z.string(),
  title: z.string(),
  /** Whether the bot is in it. */
  member: z.boolean(),
});
export type Room = z.infer<typeof Room>;
