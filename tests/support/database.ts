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

const maintenance = () => postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} });

export interface TestDatabase extends Database {
  /** For a second pool, or for a child process. */
  readonly url: string;
}

/** A fresh, migrated database on the run's PostgreSQL, dropped when the test file ends. */
export async function testDatabase(options: { poolSize?: number } = {}): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const sql = maintenance();
  try {
    // Only one clone at a time may read the template, over all test files.
    await sql`select pg_advisory_lock(1)`;
    await sql.unsafe(`create database ${name} template ${TEMPLATE}`);
  } finally {
    await sql.end();
  }
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
    const dropping = maintenance();
    await dropping.unsafe(`drop database if exists ${name} with (force)`);
    await dropping.end();
  });
  return { ...database, close, url: url.href };
}

/** A fresh, migrated embedded database in memory, closed when the test file ends. */
export async function testPglite(): Promise<Database> {
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
