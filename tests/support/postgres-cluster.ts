/** Runs once for the whole test run: one PostgreSQL, with one migrated database as the template. */
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/db/open.ts';
import { startCluster } from './embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the maintenance database. */
    postgresUrl: string;
  }
}

export const TEMPLATE = 'template_migrated';

/** Durability is the server's own affair: no test cuts its power, so none waits for the disk. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startCluster(FAST);
  try {
    const maintenance = await openDatabase({ url: cluster.url('postgres'), poolSize: 1 });
    await maintenance.query(`create database ${TEMPLATE}`);
    await maintenance.close();
    const template = await openDatabase({ url: cluster.url(TEMPLATE), poolSize: 1 });
    await template.close();
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  project.provide('postgresUrl', cluster.url('postgres'));
  return () => cluster.stop();
}
