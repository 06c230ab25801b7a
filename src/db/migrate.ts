/** Brings the tables up to date: applies what is new in `migrations/`, in the journal's order. */
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as applyToPglite } from 'drizzle-orm/pglite/migrator';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import { migrate as applyToPostgres } from 'drizzle-orm/postgres-js/migrator';
import type { Sql } from 'postgres';
import { databaseError } from './errors.ts';
import { createConnection } from './postgres-connection.ts';

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Any number, the same in every version of this program: whoever migrates holds this lock. */
const MIGRATION_LOCK = 7_503_041;

/** For drizzle, in place of the driver's own: that one may write to a connection that has closed. */
const begin =
  (sql: Sql) =>
  async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    await sql.unsafe('begin');
    const result = await work(sql);
    await sql.unsafe('commit');
    return result;
  };

/**
 * Processes that start at once wait for each other, and the later ones find nothing left to do.
 * @throws DatabaseUnavailable, DatabaseError
 */
export async function migratePostgres(url: string): Promise<void> {
  const connection = createConnection(url);
  const { sql } = connection;
  try {
    await connection.run('select 1');
    // Lock and transaction belong to the session and go with it. Neither has a time limit.
    await sql.unsafe(`select pg_advisory_lock(${MIGRATION_LOCK})`);
    const client = Object.assign(sql, { begin: begin(sql) });
    await applyToPostgres(drizzlePostgres(client), { migrationsFolder });
  } catch (error) {
    throw databaseError(error);
  } finally {
    await connection.end();
  }
}

/** Nobody else can be using an embedded database: its folder is locked. */
export async function migratePglite(client: PGlite): Promise<void> {
  await applyToPglite(drizzlePglite(client), { migrationsFolder });
}
