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

/** A form over the chat, as its reader sees it. */
export interface SeenForm {
  readonly title: string;
  /** What is said above the fields. */
  readonly text: string;
  readonly fields: readonly {
    readonly label: string;
    readonly value: string;
    readonly error: string | null;
  }[];
}

/** What one person does in windows over the chat and on their own page. */
export interface HarnessWindows {
  /** Calls a command in a way that lets a form open; resolves when the platform is answered. */
  invoke(name: string, args: string): Promise<void>;
  /** The form that is open, or null. */
  form(): SeenForm | null;
  /** Fills a field of the open form, by its label; bytes for a field of files. */
  fill(label: string, value: string | { readonly bytes: Uint8Array; readonly name: string }): void;
  /** Resolves when the platform is answered. */
  submit(): Promise<void>;
  openHome(): void;
  /** The own page, or null while there is none. */
  home(): Seen | null;
  /** Presses the button with this label on the own page. */
  pressHome(label: string): Promise<string | null>;
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
  /** Null where the platform has neither forms nor own pages. */
  readonly windows: HarnessWindows | null;
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
  | 'move-told'
  | 'rename'
  | 'block'
  | 'not-started'
  | 'redelivery'
  | 'toast'
  | 'forms'
  | 'home'
  | 'look-up'
  | 'fail-retry'
  | 'fail-uncertain'
  | 'fail-bug';

/** A plain object: the suite copies its properties, so methods must not need `this`. */
export interface AdapterHarness {
  /** Under test, wired to its fake platform, not started. */
  readonly adapter: Adapter;
  /** The fake platform fails the next send in this way, and only that one. */
  failNext(how: 'retry' | 'uncertain' | 'bug'): void;
  /** Null where the platform lacks what they are about. */
  readonly faults: {
    /** The next send fails so that its outcome is unknown, carried out or not. */
    loseNext(carriedOut: boolean): void;
    /** The next form cannot be opened. */
    refuseForm(): void;
  } | null;
  person(name: string): HarnessPerson;
  group(title: string): HarnessGroup;
  close(): Promise<void>;
}

export interface AdapterUnderTest {
  readonly name: string;
  /** The command by which a person begins; `start` unless the platform has another name for it. */
  readonly begin?: string;
  /** A fresh adapter with a fresh fake. Rate limits are off and retries do not wait. */
  make(): Promise<AdapterHarness>;
  /** Features that the platform lacks, each with the reason. */
  readonly lacks: Partial<Record<Feature, string>>;
}
