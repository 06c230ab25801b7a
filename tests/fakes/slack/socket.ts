import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Outcome, Parcel, Transport } from './delivery.ts';
import type { Json, World } from './world.ts';

type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled';

export interface SocketDelivery extends Transport {
  /** A new single-use address. */
  url(): string;
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  connections(): number;
  /** Resolves once so many connections are open. */
  connected(count: number): Promise<void>;
  /** Tells every connection to go; after `warning` they stay open for the app to leave. */
  disconnect(reason: DisconnectReason): void;
  /** Cuts every connection without a word. */
  cut(): void;
  close(): void;
}

/** docs.slack.dev/apis/events-api/using-socket-mode: "up to 10". */
const CONNECTIONS = 10;

const TYPES = {
  event: 'events_api',
  command: 'slash_commands',
  interactive: 'interactive',
} as const;

const Answer = z.strictObject({
  envelope_id: z.string(),
  payload: z.record(z.string(), z.unknown()).optional(),
});

interface Pending {
  readonly on: WebSocket;
  readonly done: (outcome: Outcome) => void;
}

/** `ackMs`: real milliseconds until an envelope counts as late by itself; null: `timeOut` alone says so. */
export function createSocketDelivery(world: World, ackMs: number | null): SocketDelivery {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  /** In the order they take turns; those told to go get nothing more. */
  let open: WebSocket[] = [];
  const leaving = new Set<WebSocket>();
  const pending = new Map<string, Pending>();
  const watchers = new Set<() => void>();
  const changed = (): void => {
    for (const watcher of [...watchers]) watcher();
  };

  const say = (socket: WebSocket, message: Json): void => socket.send(JSON.stringify(message));

  function settle(id: string, outcome: Outcome): void {
    const found = pending.get(id);
    pending.delete(id);
    found?.done(outcome);
  }

  function accept(socket: WebSocket): void {
    if (open.length >= CONNECTIONS) {
      say(socket, { type: 'disconnect', reason: 'too_many_websockets' });
      socket.close();
      return;
    }
    open.push(socket);
    socket.on('message', (data) => {
      const { envelope_id: id, payload = {} } = Answer.parse(JSON.parse(String(data)));
      const body = Object.keys(payload).length > 0 ? payload : null;
      settle(id, { kind: 'acknowledged', body });
    });
    socket.on('close', () => {
      open = open.filter((s) => s !== socket);
      leaving.delete(socket);
      for (const [id, { on }] of [...pending]) {
        if (on === socket) settle(id, { kind: 'failed', reason: 'connection_failed' });
      }
      changed();
    });
    say(socket, {
      type: 'hello',
      num_connections: open.length,
      connection_info: { app_id: world.appId },
      debug_info: { host: 'applink-fake', build_number: 1, approximate_connection_time: 18_060 },
    });
    changed();
  }

  /** The connection whose turn it is, or null. */
  function next(): WebSocket | null {
    const socket = open.find((s) => !leaving.has(s));
    if (!socket) return null;
    open = [...open.filter((s) => s !== socket), socket];
    return socket;
  }

  /** Resolves with a connection as soon as there is one. */
  function connection(): Promise<WebSocket> {
    return new Promise((resolve) => {
      const check = (): void => {
        const socket = next();
        if (!socket) return;
        watchers.delete(check);
        resolve(socket);
      };
      watchers.add(check);
      check();
    });
  }

  return {
    lane: () => null,
    async send(parcel: Parcel): Promise<Outcome> {
      // Events wait for the app to come back; whoever clicks is told at once that it is away.
      const socket = next() ?? (parcel.kind === 'event' ? await connection() : null);
      if (!socket) return { kind: 'failed', reason: 'connection_failed' };
      const id = `envelope-${world.number()}`;
      return new Promise((resolve) => {
        const timer =
          ackMs === null
            ? undefined
            : setTimeout(() => settle(id, { kind: 'failed', reason: 'http_timeout' }), ackMs);
        pending.set(id, {
          on: socket,
          done: (outcome) => {
            clearTimeout(timer);
            resolve(outcome);
          },
        });
        say(socket, {
          envelope_id: id,
          type: TYPES[parcel.kind],
          accepts_response_payload: parcel.kind !== 'event',
          payload: parcel.body,
          ...(parcel.kind === 'event'
            ? { retry_attempt: parcel.attempt, retry_reason: parcel.reason ?? '' }
            : {}),
        });
      });
    },
    timeOut() {
      for (const id of [...pending.keys()]) settle(id, { kind: 'failed', reason: 'http_timeout' });
    },
    url() {
      const ticket = `ticket-${world.number()}`;
      tickets.add(ticket);
      const root = world.baseUrl.replace(/^http/, 'ws');
      return `${root}/link/?ticket=${ticket}&app_id=${world.appId}`;
    },
    upgrade(req, socket, head) {
      const { pathname, searchParams } = new URL(req.url ?? '/', 'http://x');
      if (pathname !== '/link/' || !tickets.delete(searchParams.get('ticket') ?? '')) {
        socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n');
        return;
      }
      server.handleUpgrade(req, socket, head, accept);
    },
    connections: () => open.length,
    connected(count) {
      return new Promise((resolve) => {
        const check = (): void => {
          if (open.filter((s) => !leaving.has(s)).length < count) return;
          watchers.delete(check);
          resolve();
        };
        watchers.add(check);
        check();
      });
    },
    disconnect(reason) {
      for (const socket of open) {
        leaving.add(socket);
        say(socket, { type: 'disconnect', reason, debug_info: { host: 'applink-fake' } });
        if (reason !== 'warning') socket.close();
      }
    },
    cut() {
      for (const socket of open) {
        leaving.add(socket);
        socket.terminate();
      }
    },
    close() {
      for (const socket of open) socket.terminate();
      server.close();
    },
  };
}
