import type { ServerResponse } from 'node:http';

/** Pages that are open, told of everything as it happens (server-sent events). */
export interface Live {
  attach(response: ServerResponse): void;
  push(event: 'entry' | 'people' | 'clock', data: unknown): void;
  close(): void;
}

/** Keeps proxies from closing a quiet connection, and the page's clock right. */
const HEARTBEAT_MS = 15_000;

export function createLive(now: () => string): Live {
  const open = new Set<ServerResponse>();
  const write = (response: ServerResponse, event: string, data: unknown): void => {
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const push: Live['push'] = (event, data) => {
    for (const response of open) write(response, event, data);
  };
  let heart: NodeJS.Timeout | null = null;
  return {
    attach(response) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      write(response, 'clock', { now: now() });
      open.add(response);
      response.on('close', () => open.delete(response));
      heart ??= setInterval(() => push('clock', { now: now() }), HEARTBEAT_MS).unref();
    },
    push,
    close() {
      if (heart) clearInterval(heart);
      heart = null;
      for (const response of open) response.end();
      open.clear();
    },
  };
}
