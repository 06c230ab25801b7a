/** Brings the tables up to date: applies what is new in `migrations/`, in the journal's order. */
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as applyToPostgres } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as applyToPglite } from 'drizzle-orm/pglite/migrator';
import pg from 'pg';
import { databaseError } from './errors.ts';

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Any number, the same in every version of this program: whoever migrates holds this lock. */
const MIGRATION_LOCK = 7_503_041;

/**
 * Processes that start at once wait for each other, and the later ones find nothing left to do.
 * @throws DatabaseUnavailable, DatabaseError
 */
export async function migratePostgres(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  try {
    await client.connect();
    // The lock belongs to the session and goes with it.
    await client.query('select pg_advisory_lock($1::bigint)', [MIGRATION_LOCK]);
    await applyToPostgres(drizzlePostgres(client), { migrationsFolder });
  } catch (error) {
    throw databaseError(error);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Nobody else can be using an embedded database: its folder is locked. */
export async function migratePglite(client: PGlite): Promise<void> {
  await applyToPglite(drizzlePglite(client), { migrationsFolder });
}
