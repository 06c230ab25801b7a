import { randomUUID } from 'node:crypto';
import type { Entry, PlaygroundPage } from '../../adapters/playground/types.ts';
import type { Ack, Inline } from '../../src/chat/index.ts';
import type {
  AdapterHarness,
  HarnessGroup,
  HarnessPerson,
  Seen,
} from '../contract/adapter-harness.ts';
import { servePlayground } from './playground-harness.ts';

const JSON_TYPE = 'application/json';

/** A client of the page's own HTTP interface, doing what the page does. */
export async function playgroundHarness(): Promise<AdapterHarness> {
  const served = await servePlayground();
  const { playground, people, rooms, url } = served;
  const at = (chat: string) => ({ platform: playground.platform, tenant: playground.tenant, chat });

  /** As the page: one request after the other, and again what was not taken. */
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
  const send = async (path: string, body: string | Buffer, type: string): Promise<Ack> => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      if (response.ok) return (await response.json()) as Ack;
      if (response.status !== 503 || attempt === 3) return {};
    }
  };
  const post = (...request: Parameters<typeof send>): Promise<Ack> =>
    inOrder(() => send(...request));
  const read = async (chat: string): Promise<Entry[]> =>
    (await (await fetch(`${url}api/chats/${chat}`)).json()) as Entry[];
  const action = (user: string, chat: string, what: Record<string, unknown>): string =>
    JSON.stringify({ delivery: randomUUID(), language: 'vi', user, chat, ...what });
  const act = (user: string, chat: string, what: Record<string, unknown>): Promise<Ack> =>
    post('api/events', action(user, chat, what), JSON_TYPE);
  const upload = (
    user: string,
    bytes: Uint8Array,
    mime: string,
    about: Record<string, string>,
  ): void => {
    const query = new URLSearchParams({
      delivery: randomUUID(),
      language: 'vi',
      user,
      chat: user,
      ...about,
    });
    post(`api/files?${query}`, Buffer.from(bytes), mime);
  };

  /** The bot's messages of a chat as the page would draw them. */
  const chats = new Map<string, Entry[]>();
  const seen = (chat: string): readonly Seen[] => (chats.get(chat) ?? []).map(look);
  const original = { send: playground.send, edit: playground.edit };
  // What is read is what the page would be served, fetched after every send.
  const fetchChat = async (chat: string): Promise<void> => {
    const entries = await read(chat);
    chats.set(
      chat,
      entries.filter((entry) => entry.from === null),
    );
  };

  let count = 0;
  const makePerson = (name: string): HarnessPerson => {
    count += 1;
    const user = `p${count}`;
    const phone = `091234567${count % 10}`;
    people.push({ id: count, name, unit: null, role: 'staff', phone });
    return {
      identity: { platform: playground.platform, tenant: playground.tenant, user },
      name,
      where: at(user),
      open: (code) =>
        void act(user, user, { kind: 'text', text: code ? `/start ${code}` : '/start' }),
      type: (text) => void act(user, user, { kind: 'text', text }),
      editLast: (text) =>
        void inOrder(async () => {
          const typed = (await read(user)).filter((e) => e.from !== null && e.body.kind === 'text');
          const message = typed.at(-1)?.id;
          await send('api/events', action(user, user, { kind: 'edit', message, text }), JSON_TYPE);
        }),
      sendPhoto: (bytes, caption = '') =>
        upload(user, bytes, 'image/png', { as: 'photo', name: 'anh.png', caption }),
      sendAlbum(photos, caption = '') {
        const album = randomUUID();
        photos.forEach((bytes, i) => {
          const about = { as: 'photo', name: `anh${i}.png`, album };
          upload(user, bytes, 'image/png', i === 0 ? { ...about, caption } : about);
        });
      },
      sendFile: (bytes, name, mime) => upload(user, bytes, mime, { as: 'file', name }),
      sendSticker: () => void act(user, user, { kind: 'unsupported', what: 'sticker' }),
      shareContact: (own) =>
        void act(user, user, { kind: 'contact', phone: own ? phone : '0900000000' }),
      block: () => void act(user, user, { kind: 'block' }),
      unblock: () => void act(user, user, { kind: 'unblock' }),
      async press(label) {
        const entry = (chats.get(user) ?? []).findLast((e) =>
          buttonsOf(e).some((b) => b.label === label),
        );
        const button = entry && buttonsOf(entry).find((b) => b.label === label);
        if (!entry || !button) throw new Error(`no button ${label}`);
        const ack = await act(user, user, {
          kind: 'press',
          message: entry.id,
          action: button.action,
        });
        return ack.toast ?? null;
      },
      windows: null,
      seen: () => seen(user),
    };
  };

  const makeGroup = (title: string): HarnessGroup => {
    const chat = `nhom-${rooms.length + 1}`;
    rooms.push({ chat, title });
    return {
      where: at(chat),
      title,
      addBot: (by) => void act(by.identity.user, chat, { kind: 'add-bot' }),
      removeBot: (by) => void act(by.identity.user, chat, { kind: 'remove-bot' }),
      rename: (by, next) => void act(by.identity.user, chat, { kind: 'rename', title: next }),
      type: (by, text) => void act(by.identity.user, chat, { kind: 'text', text }),
      move: () => {
        throw new Error('a room of the page keeps its id');
      },
      seen: () => seen(chat),
    };
  };

  return {
    adapter: Object.assign(playground, {
      // What people did before comes first, though nobody waited for their requests.
      async send(...[to, page]: Parameters<typeof original.send>) {
        await last;
        const outcome = await original.send(to, page, '1:0');
        await fetchChat(to.chat);
        return outcome;
      },
      async edit(...[ref, page]: Parameters<typeof original.edit>) {
        const outcome = await original.edit(ref, page);
        await fetchChat(ref.at.chat);
        return outcome;
      },
    }),
    faults: null,
    failNext: () => {
      throw new Error('a send of the page cannot fail on its way');
    },
    person: makePerson,
    group: makeGroup,
    async close() {
      await last;
      await served.close();
    },
  };
}

const buttonsOf = (entry: Entry) =>
  entry.body.kind === 'page' ? (entry.body.page.buttons ?? []).flat() : [];

const words = (text: readonly Inline[]): string =>
  text.map((part) => (typeof part === 'string' ? part : part.text)).join('');

/** The text a reader sees, block by block. */
function look(entry: Entry): Seen {
  if (entry.body.kind !== 'page') throw new Error('only the bot writes pages');
  const { blocks, buttons = [], contactRequest } = entry.body.page;
  return {
    text: blocks.flatMap(linesOf).join('\n'),
    buttons: buttons.map((row) => row.map((button) => button.label)),
    contactButton: contactRequest?.label ?? null,
    edited: entry.edited,
    pictures: blocks.filter((block) => block.kind === 'image').length,
    files: blocks.flatMap((block) => (block.kind === 'file' ? [block.media.name] : [])),
  };
}

function linesOf(block: PlaygroundPage['blocks'][number]): string[] {
  switch (block.kind) {
    case 'heading':
      return [block.text];
    case 'text':
    case 'note':
      return [words(block.text)];
    case 'list':
      return block.items.map(words);
    case 'fields':
      return block.rows.map((row) => `${row.label}: ${words(row.value)}`);
    case 'table':
      return [block.columns.map((c) => c.title), ...block.rows].map((row) => row.join(' '));
    case 'image':
    case 'file':
      return [];
  }
}
