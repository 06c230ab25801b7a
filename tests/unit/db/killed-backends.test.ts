import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database, Queryable } from '../../../src/db/database.ts';
import { DatabaseUnavailable } from '../../../src/db/errors.ts';
import { openDatabase } from '../../../src/db/open.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

const uncaught: unknown[] = [];
const record = (error: unknown) => uncaught.push(error);

let db: TestDatabase;
/** Has connections of its own, which are spared. */
let other: Database;
beforeAll(async () => {
  process.on('uncaughtException', record);
  process.on('unhandledRejection', record);
  db = await testDatabase({ poolSize: 1 });
  other = await openDatabase({ url: db.url, poolSize: 2 });
});
afterAll(async () => {
  await other.close();
  process.off('uncaughtException', record);
  process.off('unhandledRejection', record);
  expect(uncaught).toEqual([]);
});

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
const pidOf = async (on: Queryable) =>
  (await on.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]?.pid ?? 0;
/** Returns when the backend has gone; its last word may not have been read yet. */
const kill = (pid: number) => other.query('select pg_terminate_backend($1::int, 10000)', [pid]);
const busy = async (pid: number, text: string) => {
  const look = () =>
    other.query('select 1 from pg_stat_activity where pid = $1::int and query = $2::text', [
      pid,
      text,
    ]);
  while ((await look()).length === 0) await tick();
};
const put = (on: Queryable, key: string) =>
  on.query(`insert into setting (key, value) values ($1::text, '1')`, [key]);
const kept = async () =>
  (await other.query<{ key: string }>('select key from setting')).map(({ key }) => key);

const SLEEP = 'select pg_sleep(60)';

/** How a transaction goes on when its backend is killed after its first statement. */
const ENDINGS: Record<string, (tx: Queryable, pid: number) => Promise<unknown>> = {
  'before a statement': async (tx, pid) => {
    await kill(pid);
    return put(tx, 'second');
  },
  'before a statement, with a pause': async (tx, pid) => {
    await kill(pid);
    await tick();
    return put(tx, 'second');
  },
  'before a statement, with a long pause': async (tx, pid) => {
    await kill(pid);
    for (let n = 0; n < 20; n += 1) await tick();
    return put(tx, 'second');
  },
  'while a statement is being written': (tx, pid) =>
    Promise.all([kill(pid), put(tx, 'second'), put(tx, 'third')]),
  'during a statement': async (tx, pid) => {
    const sleeping = tx.query(SLEEP);
    await Promise.all([busy(pid, SLEEP).then(() => kill(pid)), sleeping]);
  },
  'during a statement with others behind it': async (tx, pid) => {
    const statements = [tx.query(SLEEP), put(tx, 'second'), tx.query('select 1')];
    await Promise.all([busy(pid, SLEEP).then(() => kill(pid)), ...statements]);
  },
  'before the commit': (_, pid) => kill(pid),
  'before the commit, with a pause': async (_, pid) => {
    await kill(pid);
    await tick();
  },
  'before the rollback': async (_, pid) => {
    await kill(pid);
    for (let n = 0; n < 20; n += 1) await tick();
    throw new DatabaseUnavailable('a fault of ours');
  },
};

describe('a backend that is killed within a transaction', () => {
  it.each(Object.entries(ENDINGS))(
    '%s: nothing of it is kept, and the next one works',
    async (name, end) => {
      const failed = db.transaction(async (tx) => {
        await put(tx, `first, ${name}`);
        await end(tx, await pidOf(tx));
      });
      await expect(failed).rejects.toBeInstanceOf(DatabaseUnavailable);
      expect(await kept()).toEqual([]);
      await db.transaction((tx) => put(tx, 'next'));
      expect(await kept()).toEqual(['next']);
      await other.query('delete from setting');
      expect(uncaught).toEqual([]);
    },
  );

  it('refuses a statement that comes after its transaction', async () => {
    let leaked: Queryable | null = null;
    await db.transaction(async (tx) => {
      leaked = tx;
    });
    const late = (leaked as Queryable | null)?.query('select 1');
    await expect(late).rejects.toThrow(/after the end/);
    expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});

it('keeps every transaction whole while backends are killed at any moment', async () => {
  const many = await openDatabase({ url: db.url, poolSize: 4 });
  const committed: string[] = [];
  let kills = 0;
  let serial = 0;
  let refused = 0;
  let over = false;

  async function worker() {
    while (!over) {
      serial += 1;
      const name = `t${serial}`;
      try {
        await many.transaction(async (tx) => {
          await put(tx, `${name} a`);
          if (serial % 3 === 0) await tick();
          await Promise.all([put(tx, `${name} b`), tx.query('select pg_sleep(0.001)')]);
        });
        committed.push(name);
        await many.query('select 1');
      } catch (error) {
        expect(error).toBeInstanceOf(DatabaseUnavailable);
        refused += 1;
      }
    }
  }
  const mine = await Promise.all([pidOf(other), pidOf(db)]);
  async function killer(pauses: readonly number[]) {
    for (const pause of pauses) {
      for (let n = 0; n < pause; n += 1) await tick();
      const [killed] = await other.query<{ count: number }>(
        `select count(*) filter (where pg_terminate_backend(pid)) as count from (
           select pid from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and pid <> all ($1::int[])
           order by random() limit 1)`,
        [`{${mine}}`],
      );
      kills += killed?.count ?? 0;
      if (kills === 200) break;
    }
    over = true;
  }
  const pauses = fc.sample(fc.integer({ min: 0, max: 30 }), { numRuns: 10_000, seed: 7 });
  await Promise.all([killer(pauses), ...Array.from({ length: 8 }, worker)]);

  const keys = new Set(await kept());
  const names = Array.from({ length: serial }, (_, n) => `t${n + 1}`);
  expect(names.filter((name) => keys.has(`${name} a`) !== keys.has(`${name} b`))).toEqual([]);
  expect(committed.filter((name) => !keys.has(`${name} a`))).toEqual([]);
  expect(kills).toBe(200);
  expect(refused).toBeGreaterThan(0);
  expect(committed.length).toBeGreaterThan(0);
  await many.transaction((tx) => put(tx, 'at last'));
  expect(await kept()).toContain('at last');
  await many.close();
  expect(uncaught).toEqual([]);
});
