/** The smallest platform there is: takes messages over HTTP and remembers what it took, in order. */
import { createServer } from 'node:http';
import type { Adapter, Delivery } from '../../src/chat/index.ts';
import { createFakeAdapter } from '../support/fake-adapter.ts';

export interface Platform {
  readonly url: string;
  /** Texts a chat was sent. */
  taken(chat: string): string[];
  readonly total: number;
  /** Resolves when it has taken `total` messages. */
  until(total: number): Promise<void>;
  close(): Promise<void>;
}

export async function startPlatform(): Promise<Platform> {
  const chats = new Map<string, string[]>();
  let total = 0;
  let waiting: { total: number; resolve: () => void }[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { chat, text } = JSON.parse(Buffer.concat(parts).toString()) as Record<string, string>;
    chats.set(String(chat), [...(chats.get(String(chat)) ?? []), String(text)]);
    total += 1;
    response.end(JSON.stringify({ id: `m${total}` }));
    waiting = waiting.filter((each) => {
      if (total >= each.total) each.resolve();
      return total < each.total;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the platform has no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    taken: (chat) => chats.get(chat) ?? [],
    get total() {
      return total;
    },
    until: (wanted) =>
      total >= wanted
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ total: wanted, resolve })),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Sends to it. `answered` runs when it has taken a message, before anybody hears of it. */
export function platformAdapter(url: string, answered: () => void = () => {}): Adapter {
  const adapter = createFakeAdapter();
  adapter.script(async ({ chat, text }): Promise<Delivery> => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ chat, text }) });
    const { id } = (await response.json()) as { id: string };
    answered();
    return { outcome: 'ok', ref: { at: { platform: 'test', tenant: 't1', chat }, id } };
  });
  return adapter;
}
