import { type Json, membershipJson, messageJson, userJson } from './json.ts';
import type { Backstage } from './methods.ts';
import { type Account, type Group, type Shown, type Stored, shown } from './world.ts';

/** A fail-safe, never a pace: a bot that says nothing ends the test instead of hanging it. */
const SILENCE_MS = 30_000;

type Match = (message: Shown) => boolean;

/** A press; `answered` resolves with the toast, or null for a silent answer. */
interface Press {
  readonly answered: Promise<string | null>;
}

export interface FakeUser {
  readonly id: number;
  readonly name: string;
  readonly account: Account;
  /** Presses START, or follows a link with this code. */
  start(code?: string): void;
  /** Long texts arrive in several messages, as clients cut them. Returns the last one's id. */
  say(text: string): number;
  sendPhoto(bytes: Uint8Array, options?: { caption?: string; album?: string }): number;
  /** Several photos as one album. */
  sendAlbum(photos: readonly Uint8Array[], caption?: string): void;
  sendDocument(bytes: Uint8Array, name: string, mime?: string, caption?: string): number;
  sendSticker(): void;
  sendVoice(): void;
  /** Any other kind of message, as raw Bot API fields. */
  sendRaw(fields: Json): void;
  shareContact(own?: boolean): void;
  edit(messageId: number, text: string): void;
  /** The newest bot message with such a button, in the private chat or in `group`. */
  press(label: string | RegExp, group?: FakeGroup): Press;
  pressOn(messageId: number, label: string | RegExp, group?: FakeGroup): Press;
  /** A press whose action no button of the message has, as a client of one's own can send. */
  forge(messageId: number, action: string): Press;
  /** The bot's messages as they look now, oldest first. */
  messages(): Shown[];
  last(): Shown;
  /** The next message written or changed since this person's last action, or since the last `reply`. */
  reply(match?: Match): Promise<Shown>;
  block(): void;
  unblock(): void;
  deactivate(): void;
}

export interface FakeGroup {
  /** Changes when the group is upgraded. */
  readonly id: number;
  add(by: FakeUser): void;
  remove(by: FakeUser): void;
  say(user: FakeUser, text: string, options?: { topic?: number; anonymous?: boolean }): number;
  sendPhoto(user: FakeUser, bytes: Uint8Array, caption?: string): number;
  rename(by: FakeUser, title: string): void;
  /** Makes the bot an administrator: a change of rights, not of membership. */
  promote(by: FakeUser): void;
  topic(): number;
  deleteTopic(topic: number): void;
  /** Becomes a supergroup with another id. */
  upgrade(): void;
  messages(): Shown[];
  reply(match?: Match): Promise<Shown>;
}

/** Splits as Telegram's clients do with what is typed. */
const pieces = (text: string): string[] => text.match(/[\s\S]{1,4096}/g) ?? [text];

/** Follows what is new in one chat. */
function follower(stage: Backstage, chat: () => number) {
  let cursor = stage.world.news.length;
  return {
    catchUp(): void {
      cursor = stage.world.news.length;
    },
    next(match: Match = () => true): Promise<Shown> {
      const { world } = stage;
      return new Promise((resolve, reject) => {
        let timer: NodeJS.Timeout | undefined;
        let stop = (): void => undefined;
        const look = (): boolean => {
          for (let i = cursor; i < world.news.length; i++) {
            const message = world.news[i];
            if (!message || message.chat !== chat() || message.deleted || !match(shown(message)))
              continue;
            cursor = i + 1;
            clearTimeout(timer);
            stop();
            resolve(shown(message));
            return true;
          }
          return false;
        };
        if (look()) return;
        stop = world.listen(look);
        const error = new Error('the bot said nothing of the kind');
        timer = setTimeout(() => {
          stop();
          const seen = world
            .byBot(chat())
            .slice(-3)
            .map((m) => m.text);
          error.message += `; its last messages here: ${JSON.stringify(seen)}`;
          reject(error);
        }, SILENCE_MS);
      });
    },
  };
}

export function createUser(stage: Backstage, account: Account): FakeUser {
  const { world, updates } = stage;
  const lane = `chat:${account.id}`;
  const news = follower(stage, () => account.id);

  function post(fields: Partial<Stored>, extra: Json = {}): Stored {
    if (account.blocked)
      throw new Error(`${account.firstName} blocked the bot and cannot write to it`);
    account.started = true;
    news.catchUp();
    const message = world.add({
      chat: account.id,
      thread: null,
      author: account,
      text: '',
      entities: [],
      photo: null,
      document: null,
      keyboard: [],
      contactButton: null,
      extra,
      ...fields,
    });
    updates.push('message', lane, messageJson(world, message));
    return message;
  }

  function membership(before: string, after: string): void {
    news.catchUp();
    updates.push(
      'my_chat_member',
      lane,
      membershipJson(world, { chat: account, by: account, before, after }),
    );
  }

  function press(message: Stored | undefined, label: string | RegExp): Press {
    const fits = (text: string): boolean =>
      typeof label === 'string' ? text === label : label.test(text);
    const button = message?.keyboard.flat().find((b) => fits(b.text));
    if (!message || !button) throw new Error(`no button ${label} is shown`);
    return query(message, button.callback_data);
  }

  function query(message: Stored, data: string): Press {
    news.catchUp();
    const id = `query-${world.number()}`;
    const answered = new Promise<string | null>((resolve) => {
      stage.queries.set(id, { at: stage.clock(), resolve });
    });
    updates.push('callback_query', `press:${account.id}`, {
      id,
      from: userJson(account),
      chat_instance: '1',
      data,
      message: messageJson(world, message),
    });
    return { answered };
  }

  const photo = (bytes: Uint8Array) => world.keepFile('photo.jpg', 'image/jpeg', bytes);
  const chatOf = (group: FakeGroup | undefined): number => group?.id ?? account.id;

  return {
    id: account.id,
    name: [account.firstName, account.lastName].filter(Boolean).join(' '),
    account,
    start: (code) => void post({ text: code === undefined ? '/start' : `/start ${code}` }),
    say(text) {
      let id = 0;
      for (const piece of pieces(text)) id = post({ text: piece }).id;
      return id;
    },
    sendPhoto: (bytes, { caption = '', album } = {}) =>
      post(
        { photo: photo(bytes), text: caption },
        album === undefined ? {} : { media_group_id: album },
      ).id,
    sendAlbum(photos, caption = '') {
      const media_group_id = `album-${world.number()}`;
      photos.forEach((bytes, i) => {
        post({ photo: photo(bytes), text: i === 0 ? caption : '' }, { media_group_id });
      });
    },
    sendDocument: (bytes, name, mime = 'application/octet-stream', caption = '') =>
      post({ document: world.keepFile(name, mime, bytes), text: caption }).id,
    sendSticker: () => void post({}, { sticker: { file_id: 's', emoji: '👍' } }),
    sendVoice: () => void post({}, { voice: { file_id: 'v', duration: 3 } }),
    sendRaw: (fields) => void post({}, fields),
    shareContact: (own = true) =>
      void post(
        {},
        {
          contact: own
            ? { phone_number: account.phone, first_name: account.firstName, user_id: account.id }
            : { phone_number: '84900000000', first_name: 'Người khác', user_id: 777 },
        },
      ),
    edit(messageId, text) {
      const message = world.find(account.id, messageId);
      if (!message || message.author !== account)
        throw new Error('only own messages can be edited');
      news.catchUp();
      message.text = text;
      message.edited = true;
      updates.push('edited_message', lane, {
        ...messageJson(world, message),
        edit_date: 1_720_000_001,
      });
    },
    press: (label, group) => {
      const fits = (m: Stored): boolean =>
        m.keyboard
          .flat()
          .some((b) => (typeof label === 'string' ? b.text === label : label.test(b.text)));
      return press(world.byBot(chatOf(group)).filter(fits).at(-1), label);
    },
    pressOn: (messageId, label, group) => press(world.find(chatOf(group), messageId), label),
    forge(messageId, action) {
      const message = world.find(account.id, messageId);
      if (!message) throw new Error(`no message ${messageId}`);
      return query(message, action);
    },
    messages: () => world.byBot(account.id).map(shown),
    last() {
      const last = world.byBot(account.id).at(-1);
      if (!last) throw new Error('the bot has not written yet');
      return shown(last);
    },
    reply: (match) => news.next(match),
    block() {
      account.blocked = true;
      membership('member', 'kicked');
    },
    unblock() {
      account.blocked = false;
      membership('kicked', 'member');
    },
    deactivate() {
      account.deactivated = true;
    },
  };
}

export function createGroup(stage: Backstage, initial: Group): FakeGroup {
  const { world, updates } = stage;
  let group = initial;
  const news = follower(stage, () => group.id);
  const lane = (): string => `chat:${group.id}`;

  function service(author: Account | null, extra: Json): void {
    const message = { chat: group.id, thread: null, author, text: '', entities: [] };
    updates.push('message', lane(), {
      ...messageJson(world, {
        ...message,
        id: world.number(),
        photo: null,
        document: null,
        keyboard: [],
        contactButton: null,
        edited: false,
        deleted: false,
        extra: {},
      }),
      ...(author ? {} : asGroup()),
      ...extra,
    });
  }

  /** How an anonymous administrator, and the group itself, appear. */
  const asGroup = (): Json => ({
    from: {
      id: 1_087_968_824,
      is_bot: true,
      first_name: 'Group',
      username: 'GroupAnonymousBot',
    },
    sender_chat: { id: group.id, type: group.type, title: group.title },
  });

  function membership(by: FakeUser, before: string, after: string): void {
    updates.push(
      'my_chat_member',
      lane(),
      membershipJson(world, { chat: group, by: by.account, before, after }),
    );
  }

  function post(user: FakeUser, fields: Partial<Stored>, extra: Json = {}): number {
    news.catchUp();
    const message = world.add({
      chat: group.id,
      thread: null,
      author: user.account,
      text: '',
      entities: [],
      photo: null,
      document: null,
      keyboard: [],
      contactButton: null,
      extra,
      ...fields,
    });
    // Outside the chat nothing reaches the bot.
    if (group.bot === 'member') updates.push('message', lane(), messageJson(world, message));
    return message.id;
  }

  return {
    get id() {
      return group.id;
    },
    add(by) {
      const before = group.bot === 'kicked' ? 'kicked' : 'left';
      group.bot = 'member';
      membership(by, before, 'member');
    },
    remove(by) {
      group.bot = 'kicked';
      membership(by, 'member', 'kicked');
    },
    say(user, text, { topic, anonymous } = {}) {
      const extra = anonymous ? asGroup() : {};
      return post(user, { text, thread: topic ?? null }, extra);
    },
    sendPhoto: (user, bytes, caption = '') =>
      post(user, { photo: world.keepFile('photo.jpg', 'image/jpeg', bytes), text: caption }),
    rename(by, title) {
      group.title = title;
      service(by.account, { new_chat_title: title });
    },
    promote: (by) => membership(by, 'member', 'administrator'),
    topic() {
      const id = world.number();
      group.topics.add(id);
      return id;
    },
    deleteTopic: (topic) => void group.topics.delete(topic),
    upgrade() {
      const old = group;
      const id = -1_000_000_000_000 - world.number();
      world.migrated.set(old.id, id);
      service(null, { migrate_to_chat_id: id });
      group = { ...old, id, type: 'supergroup' };
      world.groups.set(id, group);
      service(null, { migrate_from_chat_id: old.id });
    },
    messages: () => world.byBot(group.id).map(shown),
    reply: (match) => news.next(match),
  };
}
