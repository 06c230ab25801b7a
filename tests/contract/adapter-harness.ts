import type { Adapter, Address, Identity } from '../../src/chat/index.ts';

/** A bot message as a reader sees it: markup already applied, nothing escaped. */
export interface Seen {
  readonly text: string;
  /** Labels, row by row. */
  readonly buttons: readonly (readonly string[])[];
  /** Label of the button that hands over one's own phone number, if the message offers it. */
  readonly contactButton: string | null;
  readonly edited: boolean;
  readonly pictures: number;
  readonly files: readonly string[];
}

/** One person using the platform. Every action injects exactly one event, save `sendAlbum`. */
export interface HarnessPerson {
  readonly identity: Identity;
  readonly name: string;
  readonly where: Address;
  /** Opens the private chat, after which the bot may write there: a `start` command with `code`. */
  open(code?: string): void;
  type(text: string): void;
  /** Changes this person's last typed message. */
  editLast(text: string): void;
  sendPhoto(bytes: Uint8Array, caption?: string): void;
  /** Several photos at once. */
  sendAlbum(photos: readonly Uint8Array[], caption?: string): void;
  sendFile(bytes: Uint8Array, name: string, mime: string): void;
  sendSticker(): void;
  /** Their own number, or somebody else's card. */
  shareContact(own: boolean): void;
  block(): void;
  unblock(): void;
  /** Presses the button with this label on the newest message that has one. Resolves with the toast when the press is answered. */
  press(label: string): Promise<string | null>;
  /** The bot's messages in the private chat, oldest first. */
  seen(): readonly Seen[];
}

export interface HarnessGroup {
  readonly where: Address;
  readonly title: string;
  addBot(by: HarnessPerson): void;
  removeBot(by: HarnessPerson): void;
  rename(by: HarnessPerson, title: string): void;
  type(by: HarnessPerson, text: string): void;
  /** Gives the group another id, as a Telegram group that becomes a supergroup; returns the new address. */
  move(): Address;
  seen(): readonly Seen[];
}

/** What a platform may be unable to do. Each one skipped is named, with its reason, in the harness. */
export type Feature =
  | 'album'
  | 'contact'
  | 'sticker'
  | 'edited-text'
  | 'files'
  | 'pictures'
  | 'groups'
  | 'move'
  | 'rename'
  | 'block'
  | 'not-started'
  | 'redelivery'
  | 'toast'
  | 'fail-retry'
  | 'fail-uncertain'
  | 'fail-bug';

/** A plain object: the suite copies its properties, so methods must not need `this`. */
export interface AdapterHarness {
  /** Under test, wired to its fake platform, not started. */
  readonly adapter: Adapter;
  /** The fake platform fails the next send in this way, and only that one. */
  failNext(how: 'retry' | 'uncertain' | 'bug'): void;
  person(name: string): HarnessPerson;
  group(title: string): HarnessGroup;
  close(): Promise<void>;
}

export interface AdapterUnderTest {
  readonly name: string;
  /** A fresh adapter with a fresh fake. Rate limits are off and retries do not wait. */
  make(): Promise<AdapterHarness>;
  /** Features that the platform lacks, each with the reason. */
  readonly lacks: Partial<Record<Feature, string>>;
}
