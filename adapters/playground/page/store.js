import { t } from './text.js';

/** Everything the page knows. `chats` holds full transcripts only of chats that were opened. */
export const store = {
  title: { vi: '', en: '' },
  commands: { vi: [], en: [] },
  accounts: [],
  rooms: [],
  /** chat → {last: Entry | null, fromBot: number[]} */
  chats: {},
  /** chat → Entry[] */
  transcripts: new Map(),
  /** chat → entries heard while its transcript is being loaded */
  late: new Map(),
  /** The open chat, or null. */
  open: null,
  /** Who writes in the open group. */
  as: null,
};

const seen = JSON.parse(localStorage.getItem('seen') ?? '{}');

export function markSeen(chat) {
  const newest = Math.max(0, ...(store.chats[chat]?.fromBot ?? []));
  if ((seen[chat] ?? 0) >= newest) return;
  seen[chat] = newest;
  localStorage.setItem('seen', JSON.stringify(seen));
}

export const unreadIn = (chat) =>
  (store.chats[chat]?.fromBot ?? []).filter((seq) => seq > (seen[chat] ?? 0)).length;

export const accountOf = (user) => store.accounts.find((account) => account.user === user) ?? null;
export const roomOf = (chat) => store.rooms.find((room) => room.chat === chat) ?? null;
export const isRoom = (chat) => roomOf(chat) !== null;

/** Who acts in the open chat. */
export const actor = () => (isRoom(store.open) ? store.as : store.open);

export function chatName(chat) {
  return accountOf(chat)?.name ?? roomOf(chat)?.title ?? chat;
}

/** Keeps an entry that is new or changed. Returns whether it is new. */
export function keep(entry) {
  store.chats[entry.chat] ??= { last: null, fromBot: [] };
  const chat = store.chats[entry.chat];
  const isNew = !chat.last || entry.seq > chat.last.seq;
  if (isNew && entry.from === null) chat.fromBot = [...chat.fromBot, entry.seq].slice(-100);
  if (isNew || entry.seq === chat.last.seq) chat.last = entry;
  store.late.get(entry.chat)?.push(entry);
  const entries = store.transcripts.get(entry.chat);
  if (entries) {
    const at = entries.findIndex((other) => other.id === entry.id);
    if (at >= 0) entries[at] = entry;
    else entries.push(entry);
  }
  return isNew;
}

/** One line for the list of chats. */
export function preview(entry) {
  if (!entry) return '';
  const { body } = entry;
  switch (body.kind) {
    case 'page':
      return body.page.notice;
    case 'text':
      return body.text;
    case 'file':
      return `${t(body.as)}: ${body.caption || body.name}`;
    case 'contact':
      return t(body.own ? 'sharedOwn' : 'sharedOther');
    case 'unsupported':
      return t(body.what);
    default:
      return eventText(entry);
  }
}

export const eventText = ({ body, from }) =>
  t(`event_${body.what}`, { name: from?.name ?? '', title: body.title });
