import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createTelegram,
  type Telegram,
  type TelegramOptions,
} from '../../adapters/telegram/index.ts';
import type { Address } from '../../src/chat/index.ts';
import type {
  AdapterHarness,
  HarnessGroup,
  HarnessPerson,
  Seen,
} from '../contract/adapter-suite.ts';
import {
  type FakeTelegram,
  type FakeTelegramOptions,
  type FakeUser,
  type Shown,
  startFakeTelegram,
} from '../fakes/telegram/index.ts';

const MENUS = {
  fallback: 'vi',
  private: {
    vi: [{ command: 'baocao', description: 'Báo cáo thành tích' }],
    en: [{ command: 'report', description: 'Report an achievement' }],
  },
} as const;

export const SECRET = 'a-secret_for-the-webhook';

/** An adapter wired to the fake: polling, no pauses, short time-outs. */
export function telegramOn(fake: FakeTelegram, options: Partial<TelegramOptions> = {}): Telegram {
  return createTelegram({
    token: fake.token,
    apiRoot: fake.url,
    mode: 'polling',
    menus: MENUS,
    wait: () => Promise.resolve(),
    ...options,
  });
}

const seen = (m: Shown): Seen => ({
  text: m.text,
  buttons: m.buttons,
  contactButton: m.contactButton,
  edited: m.edited,
  pictures: m.photo ? 1 : 0,
  files: m.document ? [m.document.name] : [],
});

/** An adapter behind an HTTP server of its own, to which the fake delivers. */
export async function telegramBehindWebhook(
  fake: FakeTelegram,
  options: Partial<TelegramOptions> = {},
): Promise<{ adapter: Telegram; url: string; close(): Promise<void> }> {
  const server = createServer((req, res) => void adapter.webhook?.(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/telegram`;
  const adapter = telegramOn(fake, { mode: { webhook: { url, secret: SECRET } }, ...options });
  return {
    adapter,
    url,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function makeTelegramHarness(
  mode: 'polling' | 'webhook' = 'polling',
  fakeOptions: FakeTelegramOptions = {},
): Promise<AdapterHarness & { fake: FakeTelegram; adapter: Telegram }> {
  const fake = await startFakeTelegram(fakeOptions);
  const behind = mode === 'webhook' ? await telegramBehindWebhook(fake) : null;
  const adapter = behind?.adapter ?? telegramOn(fake);
  const users = new Map<HarnessPerson, FakeUser>();
  const address = (chat: number): Address => ({
    platform: 'telegram',
    tenant: String(fake.botId),
    chat: String(chat),
  });

  const userOf = (person: HarnessPerson): FakeUser => {
    const user = users.get(person);
    if (!user) throw new Error('a person of another harness');
    return user;
  };

  return {
    fake,
    adapter,
    async close() {
      await fake.close();
      await behind?.close();
    },
    faults: null,
    failNext(how) {
      if (how === 'uncertain') fake.failNext('sendMessage', { kind: 'reset', after: true });
      else if (how === 'retry') {
        const description = 'Too Many Requests: retry after 7';
        fake.failNext('sendMessage', { kind: 'status', code: 429, description, retryAfter: 7 });
      } else {
        const description = "Bad Request: can't parse entities";
        fake.failNext('sendMessage', { kind: 'status', code: 400, description });
      }
    },
    person(name) {
      const user = fake.user({ name, language: 'vi' });
      let lastTyped = 0;
      const person: HarnessPerson = {
        name,
        identity: { platform: 'telegram', tenant: String(fake.botId), user: String(user.id) },
        where: address(user.id),
        open: (code) => user.start(code),
        type(text) {
          lastTyped = user.say(text);
        },
        editLast: (text) => user.edit(lastTyped, text),
        sendPhoto: (bytes, caption) =>
          void user.sendPhoto(bytes, caption === undefined ? {} : { caption }),
        sendAlbum: (photos, caption) => user.sendAlbum(photos, caption),
        sendFile: (bytes, name, mime) => void user.sendDocument(bytes, name, mime),
        sendSticker: () => user.sendSticker(),
        shareContact: (own) => user.shareContact(own),
        block: () => user.block(),
        unblock: () => user.unblock(),
        press: (label) => user.press(label).answered,
        windows: null,
        seen: () => user.messages().map(seen),
      };
      users.set(person, user);
      return person;
    },
    group(title): HarnessGroup {
      const group = fake.group({ title });
      return {
        title,
        get where() {
          return address(group.id);
        },
        addBot: (by) => group.add(userOf(by)),
        removeBot: (by) => group.remove(userOf(by)),
        rename: (by, next) => group.rename(userOf(by), next),
        type: (by, text) => void group.say(userOf(by), text),
        move() {
          group.upgrade();
          return address(group.id);
        },
        seen: () => group.messages().map(seen),
      };
    },
  };
}
