/** A database emptied before each test, and deliverers stopped after it; on both databases. */
import { afterEach, beforeEach } from 'vitest';
import type { Adapter } from '../../src/chat/index.ts';
import type { Database } from '../../src/db/database.ts';
import { eachDatabase } from './database.ts';
import { type Delivering, deliver } from './delivery.ts';

interface DeliverySuite {
  readonly db: Database;
  /** As `deliver`, and stopped after the test. */
  start(adapters: readonly Adapter[], options?: Parameters<typeof deliver>[2]): Delivering;
  letters(): Promise<{ reason: string; cause: string; lane: string }[]>;
  /** Ids of the messages posted under a subject. */
  postedIds(subject: string): Promise<string[] | undefined>;
}

export function eachDelivery(suite: (on: DeliverySuite) => void): void {
  eachDatabase((open) => {
    let opened: Promise<Database> | null = null;
    let db: Database;
    const running: Delivering[] = [];
    beforeEach(async () => {
      opened ??= open();
      db = await opened;
      for (const table of ['outbox', 'lane', 'bucket', 'posted', 'dead_letter', 'outbox_once']) {
        await db.query(`delete from ${table}`);
      }
    });
    afterEach(async () => {
      for (const one of running.splice(0)) await one.stop();
    });
    suite({
      get db() {
        return db;
      },
      start(adapters, options) {
        const one = deliver(db, adapters, options);
        running.push(one);
        return one;
      },
      letters: () => db.query('select reason, cause, lane from dead_letter order by id'),
      async postedIds(subject) {
        const [row] = await db.query<{ ids: string[] }>(
          'select ids from posted where subject = $1::text',
          [subject],
        );
        return row?.ids;
      },
    });
  });
}
