/**
 * The smallest platform there is: takes messages over HTTP, remembers what it took, in order, and says
 * whether it has one with a given mark.
 */
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
  const marked = new Map<string, string>();
  let total = 0;
  let waiting: { total: number; resolve: () => void }[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.end(JSON.stringify({ id: marked.get(String(request.url)) ?? null }));
      return;
    }
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { chat, text, mark } = JSON.parse(Buffer.concat(parts).toString()) as Record<
      string,
      string
    >;
    chats.set(String(chat), [...(chats.get(String(chat)) ?? []), String(text)]);
    total += 1;
    if (mark !== undefined) marked.set(pathOf(chat ?? '', mark), `m${total}`);
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

const pathOf = (chat: string, mark: string): string =>
  `/${encodeURIComponent(chat)}/${encodeURIComponent(mark)}`;

/**
 * Sends to it, and with `looks` asks it what it has. `answered` runs when it has taken a message,
 * before anybody hears of it.
 */
export function platformAdapter(
  url: string,
  { answered, looks }: { readonly answered?: () => void; readonly looks?: boolean } = {},
): Adapter {
  const adapter = createFakeAdapter();
  adapter.script(async ({ chat, text, mark }): Promise<Delivery> => {
    const body = JSON.stringify({ chat, text, mark });
    const response = await fetch(url, { method: 'POST', body });
    const { id } = (await response.json()) as { id: string };
    answered?.();
    return { outcome: 'ok', ref: { at: { platform: 'test', tenant: 't1', chat }, id } };
  });
  if (!looks) return adapter;
  return {
    ...adapter,
    async lookUp(to, mark) {
      const response = await fetch(url + pathOf(to.chat, mark));
      const { id } = (await response.json()) as { id: string | null };
      return { found: id === null ? null : { at: to, id } };
    },
  };
}
