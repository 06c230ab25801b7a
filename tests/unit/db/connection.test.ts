import { beforeAll, describe, expect, it } from 'vitest';
import { isUnavailable } from '../../../src/db/errors.ts';
import { openDatabase } from '../../../src/db/open.ts';
import { eachDatabase, type TestDatabase, testDatabase } from '../../support/database.ts';
import { startCluster } from '../../support/embedded.ts';

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('a PostgreSQL connection that breaks', () => {
  let db: TestDatabase;
  let other: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase({ poolSize: 1 });
    const opened = await openDatabase({ url: db.url, poolSize: 1 });
    other = { ...opened, url: db.url };
  });

  const terminate = (pid: number) => other.query('select pg_terminate_backend($1::int)', [pid]);
  const backend = async () =>
    (await db.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]?.pid ?? 0;

  it('is unavailable for the statement under way, and there again for the next', async () => {
    const pid = await backend();
    const sleeping = failure(db.query('select pg_sleep(60)'));
    await other.query(
      `select 1 from generate_series(1, 1000) where pg_sleep(0.01) is not null and exists (
         select 1 from pg_stat_activity where pid = $1::int and query like '%pg_sleep(60)%') limit 1`,
      [pid],
    );
    await terminate(pid);
    expect(isUnavailable(await sleeping)).toBe(true);
    expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('fails a transaction under way as a whole', async () => {
    const error = await failure(
      db.transaction(async (tx) => {
        await tx.query(`insert into setting (key, value) values ('lost', '1')`);
        const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
        await terminate(row?.pid ?? 0);
        await tx.query('select 1');
      }),
    );
    expect(isUnavailable(error)).toBe(true);
    expect(await db.query(`select 1 from setting where key = 'lost'`)).toEqual([]);
  });

  it('listens again, and looks for what it missed', async () => {
    let heard = 0;
    let notice = () => {};
    const stop = await db.listen('channel', () => {
      heard += 1;
      notice();
    });
    const next = () =>
      new Promise<void>((resolve) => {
        notice = resolve;
      });
    const [listener] = await other.query<{ pid: number }>(
      `select pid from pg_stat_activity where query ilike 'listen%' and datname = current_database()`,
    );
    const reconnected = next();
    await terminate(listener?.pid ?? 0);
    await reconnected;
    const notified = next();
    await other.query(`select pg_notify('channel', '')`);
    await notified;
    expect(heard).toBe(2);
    await stop();
    await other.close();
  });
});

it('a server that has gone is unavailable for everything that is asked of it', async () => {
  const cluster = await startCluster(['fsync=off']);
  const db = await openDatabase({ url: cluster.url('postgres'), poolSize: 2 });
  await db.query('select 1');
  await cluster.stop();
  for (const _ of [1, 2]) expect(isUnavailable(await failure(db.query('select 1')))).toBe(true);
  expect(isUnavailable(await failure(db.transaction((tx) => tx.query('select 1'))))).toBe(true);
  expect(isUnavailable(await failure(db.listen('channel', () => {})))).toBe(true);
  await db.close();
});

eachDatabase((open) => {
  it('rolls a transaction back when its work throws, and passes the error on', async () => {
    const db = await open();
    const fault = new Error('a fault of ours');
    const work = db.transaction(async (tx) => {
      await tx.query(`insert into setting (key, value) values ('x', '1')`);
      throw fault;
    });
    expect(await failure(work)).toBe(fault);
    expect(await db.query('select 1 from setting')).toEqual([]);
    const result = await db.transaction(async (tx) => {
      await tx.query(`insert into setting (key, value) values ('x', '1')`);
      return 7;
    });
    expect(result).toBe(7);
    expect(await db.query('select key from setting')).toEqual([{ key: 'x' }]);
  });

  it('keeps people’s words out of errors', async () => {
    const db = await open();
    const put = () =>
      db.query(`insert into setting (key, value) values ($1::text, '1')`, ['bí mật']);
    await put();
    const error = (await failure(put())) as Error & { cause: object };
    expect(error.message).not.toContain('bí mật');
    expect(JSON.stringify({ ...error, cause: { ...error.cause } })).not.toContain('bí mật');
  });
});
