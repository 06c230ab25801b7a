import type { Entity } from './html.ts';

/** What Telegram knows: accounts, chats, messages. Plain data; the rules live in `methods.ts`. */
export interface Account {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly language: string | null;
  readonly phone: string;
  started: boolean;
  blocked: boolean;
  deactivated: boolean;
}

export interface Group {
  id: number;
  type: 'group' | 'supergroup';
  title: string;
  readonly forum: boolean;
  bot: 'never' | 'member' | 'left' | 'kicked';
  deleted: boolean;
  readonly topics: Set<number>;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
  readonly path: string;
}

export interface InlineButton {
  readonly text: string;
  readonly callback_data: string;
  readonly style?: string | undefined;
}

export interface Stored {
  readonly id: number;
  readonly chat: number;
  readonly thread: number | null;
  /** Null: the bot. */
  readonly author: Account | null;
  /** Text, or the caption of a picture or file. */
  text: string;
  entities: readonly Entity[];
  readonly photo: StoredFile | null;
  readonly document: StoredFile | null;
  keyboard: readonly (readonly InlineButton[])[];
  readonly contactButton: string | null;
  edited: boolean;
  deleted: boolean;
  /** Raw fields of a person's message that have no meaning to the fake. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** A bot message as people in the chat see it. */
export interface Shown {
  readonly id: number;
  readonly text: string;
  readonly entities: readonly Entity[];
  readonly buttons: readonly (readonly string[])[];
  readonly contactButton: string | null;
  readonly photo: Uint8Array | null;
  readonly document: { readonly name: string; readonly bytes: Uint8Array } | null;
  readonly edited: boolean;
  readonly topic: number | null;
}

export const shown = (m: Stored): Shown => ({
  id: m.id,
  text: m.text,
  entities: m.entities,
  buttons: m.keyboard.map((row) => row.map((b) => b.text)),
  contactButton: m.contactButton,
  photo: m.photo?.bytes ?? null,
  document: m.document ? { name: m.document.name, bytes: m.document.bytes } : null,
  edited: m.edited,
  topic: m.thread,
});

type Listener = (message: Stored) => void;

export class World {
  readonly botId: number;
  readonly botUsername: string;
  readonly accounts = new Map<number, Account>();
  readonly groups = new Map<number, Group>();
  /** Old id → new id. */
  readonly migrated = new Map<number, number>();
  readonly messages: Stored[] = [];
  readonly files = new Map<string, StoredFile>();
  /** Oldest first: what the bot wrote or changed, message by message. */
  readonly news: Stored[] = [];
  readonly #listeners = new Set<Listener>();
  #next = 1;

  constructor(botId: number, botUsername: string) {
    this.botId = botId;
    this.botUsername = botUsername;
  }

  number(): number {
    return this.#next++;
  }

  add(message: Omit<Stored, 'id' | 'edited' | 'deleted'>): Stored {
    const stored: Stored = { ...message, id: this.number(), edited: false, deleted: false };
    this.messages.push(stored);
    if (stored.author === null) this.announce(stored);
    return stored;
  }

  find(chat: number, id: number): Stored | undefined {
    return this.messages.find((m) => m.chat === chat && m.id === id && !m.deleted);
  }

  /** Bot messages of one chat, oldest first. */
  byBot(chat: number): Stored[] {
    return this.messages.filter((m) => m.chat === chat && m.author === null && !m.deleted);
  }

  announce(message: Stored): void {
    this.news.push(message);
    for (const listener of [...this.#listeners]) listener(message);
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  keepFile(name: string, mime: string, bytes: Uint8Array): StoredFile {
    const n = this.number();
    const folder = mime.startsWith('image/') ? 'photos' : 'documents';
    const file = { id: `file-${n}`, name, mime, bytes, path: `${folder}/file_${n}` };
    this.files.set(file.id, file);
    return file;
  }
}
