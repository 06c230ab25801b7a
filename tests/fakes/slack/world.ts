import { SlackError } from './errors.ts';
import type { Channel, Home, Json, Modal, News, Stored, StoredFile, User } from './state.ts';

export type * from './state.ts';

/** A click's short-lived right to open a modal. */
interface Trigger {
  readonly user: string;
  readonly at: number;
  used: boolean;
}

/** Where a `response_url` leads. */
interface ResponseUrl {
  readonly channel: string;
  readonly user: string;
  /** The message that was pressed, which `replace_original` replaces. */
  readonly message: Stored | null;
  readonly at: number;
  uses: number;
}

/** Seconds (docs.slack.dev, "Handling user interaction in your Slack apps"). */
const TRIGGER_SECONDS = 3;
export const ACK_SECONDS = 3;
export const RESPONSE_URL_SECONDS = 30 * 60;
export const RESPONSE_URL_USES = 5;

export interface WorldOptions {
  /** Milliseconds: dates of messages and the deadlines above. Null: real time, and no deadline ever passes. */
  readonly clock: (() => number) | null;
}

/** What Slack knows: people, conversations, messages, files, views. The rules live in `methods/`. */
export class World {
  readonly teamId = 'T0THIDUA1';
  readonly teamName = 'Học viện';
  readonly appId = 'A0THIDUA1';
  readonly botId = 'B0THIDUA1';
  readonly botUserId = 'U0THIDUA1';
  readonly botName = 'thidua';
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  /** Old id → new id. */
  readonly renumbered = new Map<string, string>();
  readonly messages: Stored[] = [];
  readonly files = new Map<string, StoredFile>();
  readonly modals: Modal[] = [];
  readonly homes = new Map<string, Home>();
  readonly responseUrls = new Map<string, ResponseUrl>();
  /** Oldest first: what the bot wrote, changed, opened or published. */
  readonly news: News[] = [];
  /** Root of the server, such as `http://127.0.0.1:1234`; set once it listens. */
  baseUrl = '';
  /** How many `files.info` a new picture needs before a block may show it. */
  picturePolls = 0;
  readonly #clock: (() => number) | null;
  readonly #triggers = new Map<string, Trigger>();
  readonly #listeners = new Set<(news: News) => void>();
  #next = 1;
  #lastSecond = 0;
  #micros = 0;

  constructor({ clock }: WorldOptions) {
    this.#clock = clock;
    this.users.set(this.botUserId, {
      id: this.botUserId,
      team: this.teamId,
      name: this.botName,
      email: null,
      emailConfirmed: false,
      locale: 'vi-VN',
      guest: null,
      stranger: false,
      bot: true,
      deleted: false,
    });
  }

  now(): number {
    return (this.#clock ?? Date.now)();
  }

  /** Whether more than `seconds` went by since `at`; never without a clock, so that a slow machine fails no test. */
  past(at: number, seconds: number): boolean {
    return this.#clock !== null && this.#clock() - at > seconds * 1000;
  }

  number(): number {
    return this.#next++;
  }

  /** An id of Slack's shape: `id('C')` → "C00000001A". */
  id(prefix: string): string {
    return `${prefix}${String(this.number()).padStart(8, '0')}A`;
  }

  /** The next message's `ts`: "seconds.micros", rising and unique over the workspace. */
  ts(): string {
    const second = Math.floor(this.now() / 1000);
    this.#micros = second > this.#lastSecond ? 100 : this.#micros + 100;
    this.#lastSecond = Math.max(second, this.#lastSecond);
    return `${this.#lastSecond}.${String(this.#micros).padStart(6, '0')}`;
  }

  /** Adds a message and, when it is the bot's, tells those who listen. */
  add(message: Partial<Stored> & Pick<Stored, 'channel' | 'user'>): Stored {
    const stored: Stored = {
      text: '',
      mrkdwn: true,
      metadata: null,
      threadTs: null,
      edited: null,
      deleted: false,
      files: [],
      ephemeralFor: null,
      unfurl: true,
      ...message,
      ts: message.ts ?? this.ts(),
      blocks: this.named(message.blocks ?? []),
    };
    this.messages.push(stored);
    for (const file of stored.files) file.sharedIn.add(stored.channel);
    if (stored.user === this.botUserId) this.announce({ kind: 'message', message: stored });
    return stored;
  }

  /** A message everyone in the conversation sees. */
  find(channel: string, ts: string): Stored | undefined {
    return this.messages.find(
      (m) => m.channel === channel && m.ts === ts && !m.deleted && m.ephemeralFor === null,
    );
  }

  /** Everything one person sees of the bot in a conversation, oldest first. */
  byBot(channel: string, seenBy: string | null = null): Stored[] {
    return this.messages.filter(
      (m) =>
        m.channel === channel &&
        m.user === this.botUserId &&
        !m.deleted &&
        (m.ephemeralFor === null || m.ephemeralFor === seenBy),
    );
  }

  /** Gives a `block_id` to each block that has none, as Slack does. */
  named(blocks: readonly Json[]): Json[] {
    return blocks.map((block) =>
      block.block_id === undefined ? { ...block, block_id: `b${this.number()}` } : block,
    );
  }

  /** The direct conversation of the bot and a person, made when there is none; `opened` is the caller's to set. */
  direct(user: string): Channel {
    const known = [...this.channels.values()].find((c) => c.user === user);
    if (known) return known;
    const channel: Channel = {
      id: this.id('D'),
      kind: 'im',
      name: '',
      archived: false,
      deleted: false,
      shared: false,
      members: new Set([user, this.botUserId]),
      user,
      opened: false,
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** A person's file, complete and ready to be shown. */
  keepFile(
    by: string,
    name: string,
    mime: string,
    bytes: Uint8Array,
    fields: Partial<StoredFile> = {},
  ): StoredFile {
    const file: StoredFile = {
      id: this.id('F'),
      name,
      title: name,
      mime,
      bytes,
      by,
      altText: null,
      state: 'complete',
      announced: bytes.length,
      polls: 0,
      sharedIn: new Set(),
      givenToApp: false,
      ...fields,
    };
    this.files.set(file.id, file);
    return file;
  }

  /** A `trigger_id` for what a person has just done. */
  trigger(user: string): string {
    const id = `${this.number()}.${this.number()}.${'0123456789abcdef'.repeat(2)}`;
    this.#triggers.set(id, { user, at: this.now(), used: false });
    return id;
  }

  /** Uses a trigger up. @throws as Slack does when it is unknown, too old or used. */
  takeTrigger(id: string): string {
    const trigger = this.#triggers.get(id);
    if (!trigger) throw new SlackError('invalid_trigger_id');
    if (trigger.used) throw new SlackError('exchanged_trigger_id');
    if (this.past(trigger.at, TRIGGER_SECONDS)) throw new SlackError('expired_trigger_id');
    trigger.used = true;
    return trigger.user;
  }

  /** A new `response_url` for something a person did in a conversation. */
  responseUrl(channel: string, user: string, message: Stored | null = null): string {
    const key = `R${this.number()}`;
    this.responseUrls.set(key, { channel, user, message, at: this.now(), uses: 0 });
    return `${this.baseUrl}/response/${key}`;
  }

  /** The stack a person sees, lowest first. */
  openModals(user: string): Modal[] {
    return this.modals.filter((m) => m.user === user && !m.closed);
  }

  /** Opens a modal on top of `below`, or instead of every open one when there is none. */
  openModal(user: string, view: Json, below: Modal | null = null): Modal {
    if (!below) for (const open of this.openModals(user)) open.closed = true;
    const id = this.id('V');
    const modal: Modal = {
      id,
      user,
      rootId: below?.rootId ?? id,
      previousId: below?.id ?? null,
      hash: this.hash(),
      view: this.namedView(view),
      errors: {},
      closed: false,
    };
    this.modals.push(modal);
    this.announce({ kind: 'modal', modal });
    return modal;
  }

  replaceModal(modal: Modal, view: Json): void {
    modal.view = this.namedView(view);
    modal.hash = this.hash();
    modal.errors = {};
    this.announce({ kind: 'modal', modal });
  }

  /** What a person's own page shows from now on. */
  publishHome(user: string, view: Json): Home {
    const id = this.homes.get(user)?.id ?? this.id('V');
    const home = { id, hash: this.hash(), view: this.namedView(view) };
    this.homes.set(user, home);
    this.announce({ kind: 'home', user });
    return home;
  }

  announce(news: News): void {
    this.news.push(news);
    for (const listener of [...this.#listeners]) listener(news);
  }

  /** Calls `listener` with all further news. @returns what ends it. */
  listen(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  namedView(view: Json): Json {
    return { ...view, blocks: this.named(Array.isArray(view.blocks) ? view.blocks : []) };
  }

  hash(): string {
    return `${Math.floor(this.now() / 1000)}.${this.number().toString(16).padStart(8, '0')}`;
  }
}
