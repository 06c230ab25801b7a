/** People on a platform that exists only in the test, beside a real one, through the whole bot. */
import type { Adapter, Button, Inbound, Message, Sender } from '../../src/chat/index.ts';
import { buttonsOf, readable } from './conversation.ts';
import { createFakeAdapter, type FakeAdapter } from './fake-adapter.ts';

export interface SecondPlatform {
  readonly adapter: Adapter;
  /** Somebody new there; each thing they do resolves when everything that follows has been sent. */
  person(name: string, account?: Pick<Sender, 'email' | 'standing'>): Colleague;
}

export interface Colleague {
  readonly user: string;
  say(text: string): Promise<void>;
  command(name: string, args?: string): Promise<void>;
  /** From now on nothing reaches them. */
  deactivate(): void;
  /** Presses the newest button whose label holds `label`. @returns the toast */
  press(label: string): Promise<string | null>;
  /** The newest message, as text. */
  readonly heard: string;
  /** Everything said to them, newest last. */
  readonly all: readonly string[];
  readonly labels: readonly string[];
  /** As sent, for links. */
  readonly raw: string;
}

/** @param settled resolves when the bot has nothing left to do */
export function createSecondPlatform(
  platform: string,
  settled: () => Promise<void>,
): SecondPlatform {
  const tenant = 'T1';
  const fake: FakeAdapter = createFakeAdapter({ platform, tenant });
  const adapter: FakeAdapter = {
    ...fake,
    paginate: (message: Message) => [JSON.stringify(message)],
  };
  const away = new Set<string>();
  fake.script(({ chat }) =>
    away.has(chat) ? { outcome: 'gone', cause: 'deactivated' } : undefined,
  );
  let serial = 0;
  const next = (prefix: string): string => {
    serial += 1;
    return `${prefix}${serial}`;
  };

  function person(name: string, account: Pick<Sender, 'email' | 'standing'> = {}): Colleague {
    const user = next('U');
    const where = { platform, tenant, chat: `D${user}` };
    const from: Sender = {
      identity: { platform, tenant, user },
      name,
      language: 'vi',
      ...account,
    };
    const messages = (): Message[] =>
      fake.taken(where.chat).map((text) => JSON.parse(text) as Message);
    const does = async (event: Pick<Inbound, 'kind'> & Record<string, unknown>) => {
      const ack = await adapter.host().receive({
        delivery: next('d'),
        where,
        audience: 'private',
        from,
        message: { at: where, id: next('p') },
        ...event,
      } as Inbound);
      await settled();
      return ack;
    };
    return {
      user,
      async say(text) {
        await does({ kind: 'text', text, edited: false });
      },
      async command(command, args = '') {
        await does({ kind: 'command', name: command, args });
      },
      deactivate: () => void away.add(where.chat),
      async press(label) {
        let button: Button | undefined;
        for (const message of messages().reverse()) {
          button ??= buttonsOf(message).find((each) => each.label.includes(label));
        }
        if (!button) throw new Error(`${name} sees no button "${label}" under: ${this.heard}`);
        return (await does({ kind: 'press', action: button.action })).toast ?? null;
      },
      get heard() {
        const last = messages().at(-1);
        return last ? readable(last) : '';
      },
      get all() {
        return messages().map(readable);
      },
      get labels() {
        return buttonsOf(messages().at(-1)).map(({ label }) => label);
      },
      get raw() {
        return fake.taken(where.chat).at(-1) ?? '';
      },
    };
  }
  return { adapter, person };
}
