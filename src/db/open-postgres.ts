import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Database, Drizzle, Param, Queryable } from './database.ts';
import { listenPostgres } from './listen-postgres.ts';
import { migratePostgres } from './migrate.ts';
import { createPool } from './pool.ts';
import { type Connection, clientOptions, createConnection } from './postgres-connection.ts';
import * as schema from './schema.ts';
import { inTransaction } from './values.ts';

const DRIZZLE = { ...clientOptions, max: 2, idle_timeout: 60, backoff: () => 0.1 };

async function transact<T>(
  connection: Connection,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  await connection.run('begin');
  let over = false;
  try {
    const result = await inTransaction(
      {
        query: async (text, params) => {
          if (over) throw new Error('A statement came after the end of its transaction');
          return connection.run(text, params);
        },
      },
      work,
    );
    over = true;
    await connection.run('commit');
    return result;
  } catch (error) {
    over = true;
    // Whoever cannot roll back may not keep the connection; the first error is the one to tell.
    await connection.run('rollback').catch(connection.discard);
    throw error;
  }
}

/**
 * A database on a PostgreSQL server, 15 or later, brought up to date.
 * @throws DatabaseUnavailable when the server cannot be reached
 */
export async function openPostgres(url: string, poolSize: number): Promise<Database> {
  await migratePostgres(url);

  const pool = createPool(poolSize, () => createConnection(url));
  // Drizzle changes how its client reads values. It connects when it is used.
  const forDrizzle = postgres(url, DRIZZLE);
  const listeners = new Set<() => Promise<void>>();

  return {
    embedded: false,
    drizzle: drizzle(forDrizzle, { schema }) as unknown as Drizzle,
    query: <T extends object>(text: string, params?: readonly Param[]) =>
      pool.use((connection) => connection.run<T>(text, params)),
    transaction: (work) => pool.use((connection) => transact(connection, work)),
    async listen(channel, onNotify) {
      const stop = await listenPostgres(url, channel, onNotify);
      listeners.add(stop);
      return async () => {
        listeners.delete(stop);
        await stop();
      };
    },
    async close() {
      await Promise.all([...listeners].map((stop) => stop()));
      await Promise.all([pool.close(), forDrizzle.end({ timeout: 5 })]);
    },
  };
}
