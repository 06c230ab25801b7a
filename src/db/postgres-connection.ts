/**
 * One connection to a PostgreSQL server, which never becomes another one. The driver's own clients
 * connect again by themselves, and what it then writes or remembers may belong to the connection
 * before: a statement of a transaction would run outside it, one that was lost would count as done,
 * and a rollback to a connection that has closed ends the process.
 */
import { type NetConnectOpts, Socket } from 'node:net';
import postgres, { type Options, type PostgresType, type Sql } from 'postgres';
import type { Param } from './database.ts';
import { DatabaseUnavailable, databaseError } from './errors.ts';
import { PARSERS, PLAIN_SERIALIZERS, paramText } from './values.ts';

/** A turn waits for this: the caller decides what to do about a database that is away. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** Longer than any statement of ours; a connection that is silent for so long is dead. */
const STATEMENT_TIMEOUT_MS = 60_000;
const CLOSE_TIMEOUT_S = 5;

type Types = Record<string, PostgresType>;

/** Our own reading and writing of values, instead of the driver's (see `database.ts`). */
export const types: Types = Object.fromEntries(
  Object.keys({ ...PARSERS, ...PLAIN_SERIALIZERS }).map((oid) => [
    `type${oid}`,
    {
      to: Number(oid),
      from: [Number(oid)],
      serialize: String,
      parse: PARSERS[Number(oid)] ?? String,
    },
  ]),
);

/** What every client of ours has in common. */
export const clientOptions = {
  connect_timeout: CONNECT_TIMEOUT_MS / 1000,
  // Otherwise a connection would be ended at some moment, also within a transaction.
  max_lifetime: null,
  fetch_types: false,
  onnotice: () => {},
  connection: { application_name: 'emulation-campaign-bot', TimeZone: 'UTC' },
} satisfies Options<Types>;

/** Documented by the driver, but missing in its types. */
interface MoreOptions {
  readonly socket: (to: {
    host: string[];
    port: number[];
    path: string | false;
  }) => Promise<Socket>;
  readonly onnotify: () => void;
}

export interface Connection {
  /** @throws DatabaseUnavailable, also at once when the connection is lost; DatabaseError */
  run<T extends object>(text: string, params?: readonly Param[]): Promise<T[]>;
  /** No statement will run on it any more. */
  readonly lost: boolean;
  /** Gives it up: every statement under way fails, and the server rolls back. */
  discard(why: unknown): void;
  /** Says goodbye to the server. Nothing may be under way. */
  end(): Promise<void>;
  /** The driver's client, for drizzle. It has no time limit for a statement; never use its `begin`. */
  readonly sql: Sql;
}

const ignore = () => {};

function dial(to: NetConnectOpts, socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const late = Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' });
    const timer = setTimeout(() => socket.destroy(late), CONNECT_TIMEOUT_MS);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.setNoDelay(true).connect(to);
  });
}

/** Connects at its first statement. `onLost` is called once, at the latest when it has closed. */
export function createConnection(
  url: string,
  { onNotify = ignore, onLost = ignore } = {},
): Connection {
  let loss: unknown = null;
  let socket: Socket | null = null;
  const waiting = new Set<(error: unknown) => void>();

  function lose(why: unknown) {
    if (loss) return;
    loss = databaseError(why);
    // The driver may have missed that what it wrote last will not be answered.
    for (const fail of waiting) fail(loss);
    socket?.destroy();
    onLost();
  }
  const closed = (how: string) => lose(new DatabaseUnavailable(`The database connection ${how}`));

  const options: Options<Types> & MoreOptions = {
    ...clientOptions,
    max: 1,
    idle_timeout: 0,
    types,
    onnotify: onNotify,
    // With TLS the socket's own events reach only the driver.
    onclose: () => closed('has closed'),
    async socket({ host, port, path }) {
      // The driver would connect again: refused, so that nothing ever runs on another connection.
      if (loss || socket) throw loss ?? new DatabaseUnavailable('Connected once already');
      const raw = new Socket();
      socket = raw;
      raw.on('error', lose);
      raw.on('end', () => closed('was ended by the server'));
      raw.on('close', () => closed('has closed'));
      await dial(path ? { path } : { host: host[0] ?? '', port: port[0] ?? 0 }, raw);
      // Whom TLS verifies.
      return Object.assign(raw, { host: host[0], port: port[0] });
    },
  };
  const sql = postgres(url, options);

  return {
    sql: sql as unknown as Sql,
    get lost() {
      return loss !== null;
    },
    run<T extends object>(text: string, params: readonly Param[] = []) {
      if (loss) return Promise.reject(loss);
      return new Promise<T[]>((resolve, reject) => {
        const timer = setTimeout(closed, STATEMENT_TIMEOUT_MS, 'did not answer in time');
        const settled = () => {
          clearTimeout(timer);
          waiting.delete(fail);
        };
        const fail = (error: unknown) => {
          settled();
          reject(error);
        };
        waiting.add(fail);
        const query = sql.unsafe<T[]>(text, params.map(paramText), {
          prepare: true,
          simple: false,
        } as { prepare: boolean });
        // The driver keeps the text of every failed statement for ever, to show where it was written.
        Object.defineProperty(query, 'origin', { value: '' });
        query.then(
          (rows) => {
            settled();
            resolve(Array.from(rows));
          },
          (raw: unknown) => {
            const error = databaseError(raw);
            fail(error);
            if (error instanceof DatabaseUnavailable || isFatal(raw)) lose(error);
          },
        );
      });
    },
    discard: lose,
    async end() {
      if (loss) return;
      loss = new DatabaseUnavailable('The database was closed');
      await sql.end({ timeout: CLOSE_TIMEOUT_S });
      socket?.destroy();
    },
  };
}

/** The server ends the connection after such an error: it was refused at the start, or is shut down. */
const isFatal = (raw: unknown): boolean =>
  raw instanceof postgres.PostgresError && raw.severity !== 'ERROR';
