/** Brings the tables up to date: applies what is new in `migrations/`, in the journal's order. */
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePgliteFolder } from 'drizzle-orm/pglite/migrator';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import { migrate as migratePostgresFolder } from 'drizzle-orm/postgres-js/migrator';
import type { Sql } from 'postgres';

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Any number, the same in every version of this program: whoever migrates holds this lock. */
const MIGRATION_LOCK = 7_503_041;

/**
 * `client` must have a single connection: the lock belongs to its session. Processes that start at
 * once wait for each other, and the later ones find nothing left to do.
 */
export async function migratePostgres(client: Sql): Promise<void> {
  await client`select pg_advisory_lock(${MIGRATION_LOCK}::bigint)`;
  try {
    await migratePostgresFolder(drizzlePostgres(client), { migrationsFolder });
  } finally {
    await client`select pg_advisory_unlock(${MIGRATION_LOCK}::bigint)`;
  }
}

export async function migratePglite(client: PGlite): Promise<void> {
  await migratePgliteFolder(drizzlePglite(client), { migrationsFolder });
}
