import type { Ack, Sender } from '../../src/chat/index.ts';
import type { Directory, ListedAccount } from './directory.ts';
import { PLATFORM, TENANT } from './limits.ts';
import { type Action, pressEvent, saidEvent, type UploadQuery } from './parse.ts';
import { Refusal } from './refusal.ts';
import type { Transcript } from './transcript.ts';
import type { Prepared, Turns } from './turns.ts';
import type { Entry, EntryBody } from './types.ts';
import type { Uploads } from './uploads.ts';

export interface Actions {
  act(action: Action): Promise<Ack>;
  upload(query: UploadQuery, mime: string, bytes: Uint8Array): Promise<Ack>;
  /** A group made on the page, with the bot in it. Returns its chat. */
  makeRoom(by: Pick<Action, 'delivery' | 'user' | 'language'>, title: string): Promise<string>;
  makeAccount(name: string, phone: string | null): Promise<string>;
}

type By = Pick<Action, 'delivery' | 'user' | 'chat' | 'language'>;
type Act<K extends Action['kind']> = Extract<Action, { kind: K }>;

const digits = (phone: string): string => phone.replace(/\D/g, '');

/** What people do on the page, as entries of the chat and events for the bot. */
export function createActions(world: {
  readonly transcript: Transcript;
  readonly directory: Directory;
  readonly turns: Turns;
  readonly uploads: Uploads;
  now(): string;
}): Actions {
  const { transcript, directory, turns, uploads } = world;

  const senderOf = (account: ListedAccount, language: string): Sender => ({
    identity: { platform: PLATFORM, tenant: TENANT, user: account.user },
    name: account.name,
    language,
  });

  const accountOf = async (user: string): Promise<ListedAccount> => {
    const account = await directory.account(user);
    if (!account) throw new Refusal(404, 'no-account');
    return account;
  };

  /** The account, when it may write to the bot in this chat. */
  const writer = async ({ user, chat }: By): Promise<ListedAccount> => {
    const account = await accountOf(user);
    if (chat === user) {
      if (account.blocked) throw new Refusal(409, 'blocked');
      return account;
    }
    const room = await directory.room(chat);
    if (!room) throw new Refusal(404, 'no-chat');
    if (!room.member) throw new Refusal(409, 'bot-removed');
    return account;
  };

  const add = (by: By, account: ListedAccount, body: EntryBody): Entry =>
    transcript.add({
      chat: by.chat,
      at: world.now(),
      from: { user: account.user, name: account.name },
      body,
      delivery: by.delivery,
    });

  const prepared = (by: By, account: ListedAccount, entry: Entry): Prepared => ({
    event: saidEvent(
      { delivery: by.delivery, chat: by.chat, sender: senderOf(account, by.language) },
      entry,
    ),
    entry: entry.id,
  });

  const say = (by: By, body: EntryBody): Promise<Ack> =>
    turns.submit(by.delivery, async () => {
      const account = await writer(by);
      return prepared(by, account, add(by, account, body));
    });

  const contact = (by: Act<'contact'>): Promise<Ack> =>
    turns.submit(by.delivery, async () => {
      const account = await writer(by);
      if (account.phone === null) transcript.keepAccount(keepable({ ...account, phone: by.phone }));
      // The page vouches for the number the account has, as a telephone network would.
      const own = account.phone === null || digits(account.phone) === digits(by.phone);
      return prepared(by, account, add(by, account, { kind: 'contact', phone: by.phone, own }));
    });

  const edit = (by: Act<'edit'>): Promise<Ack> =>
    turns.submit(by.delivery, async () => {
      const account = await writer(by);
      const entry = transcript.entry(by.message);
      const own = entry?.chat === by.chat && entry.from?.user === by.user;
      if (!entry || !own || entry.body.kind !== 'text') throw new Refusal(404, 'no-message');
      const body: EntryBody = { kind: 'text', text: by.text };
      return prepared(by, account, transcript.change(entry.id, { body, edited: true }));
    });

  const press = (by: Act<'press'>): Promise<Ack> =>
    turns.submit(by.delivery, async () => {
      const account = await writer(by);
      const entry = transcript.entry(by.message);
      if (entry?.chat !== by.chat || entry.body.kind !== 'page')
        throw new Refusal(404, 'no-message');
      const origin = {
        delivery: by.delivery,
        chat: by.chat,
        sender: senderOf(account, by.language),
      };
      return { event: pressEvent(origin, entry.id, by.action), entry: null };
    });

  const block = (by: Act<'block' | 'unblock' | 'add-bot' | 'remove-bot'>): Promise<Ack> =>
    turns.submit(by.delivery, async () => {
      const account = await accountOf(by.user);
      if (by.chat !== by.user) throw new Refusal(409, 'not-private');
      const blocked = by.kind === 'block';
      transcript.keepAccount(keepable({ ...account, blocked }));
      const what = blocked ? ('blocked' as const) : ('unblocked' as const);
      return prepared(by, account, add(by, account, { kind: 'event', what, title: '' }));
    });

  /** Adds, removes or renames: what the group is afterwards. */
  const room = (
    by: By,
    what: 'joined' | 'left' | 'renamed',
    after: { title?: string; member?: boolean },
  ): Promise<Ack> =>
    turns.submit(by.delivery, async () => {
      const account = await accountOf(by.user);
      const before = await directory.room(by.chat);
      if (!before) throw new Refusal(404, 'no-chat');
      const now = { ...before, ...after };
      transcript.keepRoom(now);
      const body = { kind: 'event', what, title: now.title } as const;
      return prepared(by, account, add(by, account, body));
    });

  return {
    act(action) {
      switch (action.kind) {
        case 'text':
          return say(action, { kind: 'text', text: action.text });
        case 'unsupported':
          return say(action, { kind: 'unsupported', what: action.what });
        case 'contact':
          return contact(action);
        case 'edit':
          return edit(action);
        case 'press':
          return press(action);
        case 'rename':
          return room(action, 'renamed', { title: action.title });
        case 'add-bot':
          return room(action, 'joined', { member: true });
        case 'remove-bot':
          return room(action, 'left', { member: false });
        case 'block':
        case 'unblock':
          return block(action);
      }
    },
    upload: (query, mime, bytes) =>
      turns.submit(query.delivery, async () => {
        const account = await writer(query);
        const ref = await uploads.keep(bytes);
        const { as, name, caption, album = null } = query;
        const body = { kind: 'file', ref, as, name, mime, size: bytes.length, caption, album };
        return prepared(query, account, add(query, account, body as EntryBody));
      }),
    async makeRoom(by, title) {
      await accountOf(by.user);
      const chat = await directory.freeChat();
      transcript.keepRoom({ chat, title, member: true });
      await room({ ...by, chat }, 'joined', { member: true });
      return chat;
    },
    async makeAccount(name, phone) {
      const user = await directory.freeUser();
      transcript.keepAccount({ user, name, phone, blocked: false });
      return user;
    },
  };
}

const keepable = ({ user, name, phone, blocked }: ListedAccount) => ({
  user,
  name,
  phone,
  blocked,
});
