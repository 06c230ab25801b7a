import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, describe, inject } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open.ts';
import { TEMPLATE } from './postgres-cluster.ts';

const cleanups: (() => Promise<void>)[] = [];

// Registered for every file that imports this one, so that nothing stays open when a test fails.
afterAll(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Runs statements on the maintenance database, one after the other in one session. */
export async function maintain(...statements: string[]): Promise<void> {
  const sql = postgres(inject('postgresUrl'), { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    for (const statement of statements) await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

export interface TestDatabase extends Database {
  /** For a second pool, or for a child process. */
  readonly url: string;
}

/** A fresh, migrated database on the run's PostgreSQL, dropped when the test file ends. */
export async function testDatabase(options: { poolSize?: number } = {}): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  // Only one clone at a time may read the template, over all test files; the lock ends with the session.
  await maintain('select pg_advisory_lock(1)', `create database ${name} template ${TEMPLATE}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const database = await openDatabase({ url: url.href, poolSize: options.poolSize ?? 10 });
  let closed = false;
  const close = async () => {
    if (!closed) await database.close();
    closed = true;
  };
  cleanups.push(async () => {
    await close();
    await maintain(`drop database if exists ${name} with (force)`);
  });
  return { ...database, close, url: url.href };
}

/** A fresh, migrated embedded database in memory, closed when the test file ends. */
async function testPglite(): Promise<Database> {
  const database = await openDatabase({ dataDir: 'memory://' });
  let closed = false;
  const close = async () => {
    if (!closed) await database.close();
    closed = true;
  };
  cleanups.push(close);
  return { ...database, close };
}

/** Runs one suite on both databases; `open` gives a fresh one. */
export function eachDatabase(suite: (open: () => Promise<Database>, name: string) => void): void {
  describe('PostgreSQL', () => suite(() => testDatabase(), 'PostgreSQL'));
  describe('PGlite', () => suite(testPglite, 'PGlite'));
}
