/** What a deliverer does about locks that others hold. On PostgreSQL: an embedded database has one session. */
import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { enqueue } from '../../src/db/enqueue.ts';
import { createOutbox } from '../../src/db/outbox.ts';
import { testDatabase } from '../support/database.ts';
import { to } from '../support/delivery.ts';
import { FREE } from '../support/fake-adapter.ts';
import { seedPerson } from '../support/seed.ts';
import { openTransaction, untilBlocked } from '../support/transactions.ts';

const rate = { ...FREE, reserve: 0 };

async function claimAll(db: Database, owner: string) {
  const outbox = createOutbox(db, owner);
  const { claimed } = await outbox.claim({
    bot: 'test:t1',
    rate,
    chatRate: () => rate,
    canLook: false,
    slots: 10,
    takeover: true,
    inHand: [],
  });
  return { outbox, claimed };
}

const lockLane = 'select 1 from lane where key = $1::text for update';

describe('a beat, and leases given back', () => {
  it.each(['extend', 'release'] as const)(
    '%s: wait for a turn to several chats without holding what it needs next',
    async (what) => {
      const db = await testDatabase();
      // In the table, the later key comes first.
      await enqueue(db, [to('b', '1')]);
      await enqueue(db, [to('a', '1')]);
      const { outbox } = await claimAll(db, 'me');
      let next = async (): Promise<unknown> => undefined;
      const turn = openTransaction(db, async (tx) => {
        await tx.query(lockLane, ['test:t1:a']);
        next = () => tx.query(lockLane, ['test:t1:b']);
      });
      await turn.worked;
      const beat = what === 'extend' ? outbox.extend(['test:t1:b', 'test:t1:a']) : outbox.release();
      await untilBlocked(db);
      await next();
      turn.end();
      await Promise.all([turn.done, beat]);
    },
  );
});

describe('an outcome', () => {
  it('is recorded though the database first undid it in favour of another transaction', async () => {
    const db = await testDatabase();
    const account = { platform: 'test', tenant: 't1', user: 'a' };
    const personId = await seedPerson(db, { account });
    await enqueue(db, [to('a', '1', { personId })]);
    const { outbox, claimed } = await claimAll(db, 'me');
    const [claim] = claimed;
    if (!claim) throw new Error('nothing was claimed');
    let next = async (): Promise<unknown> => undefined;
    const turn = openTransaction(db, async (tx) => {
      // The other one notices first, and gives way.
      await tx.query(`set local deadlock_timeout = '1min'`);
      await tx.query(`select 1 from identity where "user" = 'a' for update`);
      next = () => tx.query(lockLane, ['test:t1:a']);
    });
    await turn.worked;
    const verdict = { kind: 'gone', cause: 'blocked', readdress: true } as const;
    const settling = outbox.settle(claim, verdict, { chatRate: rate, bots: [] });
    await untilBlocked(db);
    await next();
    turn.end();
    await turn.done;
    expect(await settling).toBe('parked');
    expect(await db.query('select reason from dead_letter')).toEqual([{ reason: 'gone' }]);
  });
});
