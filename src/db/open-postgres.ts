import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Database, Drizzle, Param, Queryable } from './database.ts';
import { DatabaseUnavailable, databaseError } from './errors.ts';
import { listenPostgres } from './listen-postgres.ts';
import { migratePostgres } from './migrate.ts';
import * as schema from './schema.ts';
import { inTransaction, PARSERS, paramText } from './values.ts';

/** A turn waits for this: the caller decides what to do about a database that is away. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Longer than any statement of ours; a connection that is silent for so long is dead. */
const QUERY_TIMEOUT_MS = 60_000;
const IDLE_MS = 60_000;

const asText = (text: string) => text;
const types: pg.CustomTypesConfig = { getTypeParser: (oid: number) => PARSERS[oid] ?? asText };

const connection = (url: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: 'emulation-campaign-bot',
  options: '-c TimeZone=UTC',
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
});

/** A connection that breaks between two statements says so; the next statement on it fails anyway. */
const heedNoError = () => {};

/** Prepared statements by their text, named alike on every connection. */
const statementNames = new Map<string, string>();
function nameOf(text: string): string {
  const known = statementNames.get(text);
  if (known) return known;
  const name = `s${statementNames.size}`;
  statementNames.set(text, name);
  return name;
}

async function run<T extends object>(
  client: pg.ClientBase,
  text: string,
  params: readonly Param[],
): Promise<T[]> {
  try {
    const result = await client.query<T>({
      name: nameOf(text),
      text,
      values: params.map(paramText),
    });
    return result.rows;
  } catch (error) {
    throw databaseError(error);
  }
}

/**
 * A database on a PostgreSQL server, 15 or later, brought up to date.
 * @throws DatabaseUnavailable when the server cannot be reached
 */
export async function openPostgres(url: string, poolSize: number): Promise<Database> {
  await migratePostgres(connection(url));

  const pool = new pg.Pool({
    ...connection(url),
    types,
    max: poolSize,
    query_timeout: QUERY_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_MS,
  });
  pool.on('error', heedNoError);
  const listeners = new Set<() => Promise<void>>();

  /** Lends a connection; one that has broken is not put back. */
  async function borrow<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      throw databaseError(error);
    }
    client.on('error', heedNoError);
    let broken = false;
    try {
      return await work(client);
    } catch (error) {
      broken = error instanceof DatabaseUnavailable;
      throw error;
    } finally {
      client.off('error', heedNoError);
      client.release(broken);
    }
  }

  return {
    embedded: false,
    // Reads values by its own rules, statement by statement, so it may share the connections.
    drizzle: drizzle(pool, { schema }) as unknown as Drizzle,
    query: <T extends object>(text: string, params: readonly Param[] = []) =>
      borrow((client) => run<T>(client, text, params)),
    transaction: (work) =>
      borrow(async (client) => {
        await run(client, 'begin', []);
        try {
          const on: Queryable = { query: (text, params = []) => run(client, text, params) };
          const result = await inTransaction(on, work);
          await run(client, 'commit', []);
          return result;
        } catch (error) {
          // A rollback that fails has nothing left to roll back; the first error is the one to tell.
          await run(client, 'rollback', []).catch(heedNoError);
          throw error;
        }
      }),
    async listen(channel, onNotify) {
      const stop = await listenPostgres(connection(url), channel, onNotify);
      listeners.add(stop);
      return async () => {
        listeners.delete(stop);
        await stop();
      };
    },
    async close() {
      await Promise.all([...listeners].map((stop) => stop()));
      if (!pool.ended) await pool.end();
    },
  };
}
