import { forgetful, type Journal, type JournalLine } from './journal.ts';
import { LIMITS } from './limits.ts';
import type { Account, Entry, Room } from './types.ts';

export interface Transcript {
  /** Messages of a chat, oldest first; at most `LIMITS.kept`. */
  chat(chat: string): readonly Entry[];
  chats(): readonly string[];
  entry(id: string): Entry | null;
  add(said: Pick<Entry, 'chat' | 'at' | 'from' | 'body' | 'delivery'>): Entry;
  change(id: string, to: Partial<Pick<Entry, 'body' | 'edited' | 'failed'>>): Entry;
  accounts(): readonly Account[];
  keepAccount(account: Account): void;
  rooms(): readonly Room[];
  keepRoom(room: Room): void;
  /** Every line that is needed to be here again. */
  lines(): JournalLine[];
  /** From now on changes are also written there. */
  writeTo(journal: Journal): void;
}

/**
 * What was said on the page, made from the lines of an earlier run.
 * @param onChange called with every entry that is new or changed
 * @param onForget called with the uploads of entries that are dropped for room
 */
export function createTranscript(
  past: readonly JournalLine[],
  onChange: (entry: Entry) => void,
  onForget: (ref: string) => void,
): Transcript {
  const chats = new Map<string, Entry[]>();
  const byId = new Map<string, Entry>();
  const accounts = new Map<string, Account>();
  const rooms = new Map<string, Room>();
  let journal: Journal = forgetful;
  let seq = 0;

  const put = (entry: Entry): void => {
    const entries = chats.get(entry.chat) ?? [];
    chats.set(entry.chat, entries);
    const at = byId.has(entry.id) ? entries.findIndex((e) => e.id === entry.id) : -1;
    if (at >= 0) entries[at] = entry;
    else entries.push(entry);
    byId.set(entry.id, entry);
    seq = Math.max(seq, entry.seq);
    for (const old of entries.splice(0, Math.max(0, entries.length - LIMITS.kept))) {
      byId.delete(old.id);
      if (old.body.kind === 'file') onForget(old.body.ref);
    }
  };

  for (const line of past) {
    if (line.kind === 'entry') put(line.entry);
    else if (line.kind === 'account') accounts.set(line.account.user, line.account);
    else rooms.set(line.room.chat, line.room);
  }

  const saved = (entry: Entry): Entry => {
    put(entry);
    journal.append({ kind: 'entry', entry });
    onChange(entry);
    return entry;
  };

  return {
    chat: (chat) => chats.get(chat) ?? [],
    chats: () => [...chats.keys()],
    entry: (id) => byId.get(id) ?? null,
    add: (said) =>
      saved({ ...said, id: `m${seq + 1}`, seq: seq + 1, edited: false, failed: false }),
    change(id, to) {
      const entry = byId.get(id);
      if (!entry) throw new Error(`no message ${id}`);
      return saved({ ...entry, ...to });
    },
    accounts: () => [...accounts.values()],
    keepAccount(account) {
      accounts.set(account.user, account);
      journal.append({ kind: 'account', account });
    },
    rooms: () => [...rooms.values()],
    keepRoom(room) {
      rooms.set(room.chat, room);
      journal.append({ kind: 'room', room });
    },
    lines: () => [
      ...[...accounts.values()].map((account) => ({ kind: 'account' as const, account })),
      ...[...rooms.values()].map((room) => ({ kind: 'room' as const, room })),
      ...[...byId.values()]
        .sort((a, b) => a.seq - b.seq)
        .map((entry) => ({ kind: 'entry' as const, entry })),
    ],
    writeTo(next) {
      journal = next;
    },
  };
}
