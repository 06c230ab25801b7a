import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { dropDeadLetter, listDeadLetters, resendDeadLetter } from '../../src/db/dead-letters.ts';
import { enqueue } from '../../src/db/enqueue.ts';
import { createLeases } from '../../src/db/lease.ts';
import { forgetOldEvents } from '../../src/db/maintenance.ts';
import { eachDatabase, testDatabase } from '../support/database.ts';
import { count, deliver, elapse, to } from '../support/delivery.ts';
import { createFakeAdapter } from '../support/fake-adapter.ts';

const HOUR = 3_600_000;

eachDatabase((open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    for (const table of ['outbox', 'lane', 'dead_letter', 'outbox_once', 'posted']) {
      await db.query(`delete from ${table}`);
    }
  });

  describe('dead letters', () => {
    it('are listed, and sent again as they were: pages not repeated, no expiry, their key used up', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ text }) =>
        text === 'q' ? { outcome: 'bug', cause: 'too long' } : undefined,
      );
      const one = deliver(db, [adapter]);
      const once = to('a', 'p|q', { dedupe: 'k', subject: 's', expiresInMs: HOUR });
      await enqueue(db, [once]);
      await one.drain();
      const [letter, ...more] = await listDeadLetters(db, 10);
      expect(more).toEqual([]);
      expect(letter).toMatchObject({
        lane: 'test:t1:a',
        reason: 'bug',
        cause: 'too long',
        notice: 'p|q',
      });
      await enqueue(db, [once]);
      expect(await count(db, 'outbox')).toBe(0);

      adapter.script(() => undefined);
      expect(await resendDeadLetter(db, letter?.id ?? 0)).toBe(true);
      await elapse(db, 2 * HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['p', 'q']);
      expect(await db.query('select ids from posted')).toEqual([{ ids: ['m1', 'm3'] }]);
      expect(await listDeadLetters(db, 10)).toEqual([]);
      await enqueue(db, [once]);
      expect(await count(db, 'outbox')).toBe(0);
      await one.stop();
    });

    it('can be dropped; of unknown ones nothing is made', async () => {
      const adapter = createFakeAdapter();
      adapter.script(() => ({ outcome: 'bug', cause: 'x' }));
      const one = deliver(db, [adapter]);
      await enqueue(db, [to('a', '1'), to('b', '1')]);
      await one.drain();
      await one.stop();
      const [first, second] = await listDeadLetters(db, 1);
      expect(second).toBeUndefined();
      expect(await dropDeadLetter(db, first?.id ?? 0)).toBe(true);
      expect(await dropDeadLetter(db, first?.id ?? 0)).toBe(false);
      expect(await resendDeadLetter(db, first?.id ?? 0)).toBe(false);
      expect(await count(db, 'dead_letter')).toBe(1);
      expect(await count(db, 'outbox')).toBe(0);
    });
  });

  it('forgets events after 48 hours and not before', async () => {
    await db.query(
      `insert into inbound_event (platform, tenant, delivery, ack, handled_at)
       values ('test', 't1', 'old', '{}', now() - interval '49 hours'),
              ('test', 't1', 'young', '{}', now() - interval '47 hours')`,
    );
    expect(await forgetOldEvents(db)).toBe(1);
    expect(await forgetOldEvents(db)).toBe(0);
    expect(await db.query('select delivery from inbound_event')).toEqual([{ delivery: 'young' }]);
  });

  describe('leases of duties', () => {
    it('are extended and given back by their owner only', async () => {
      const leases = createLeases(db);
      expect(await leases.hold('d1', 'a', HOUR)).toBe(true);
      expect(await leases.hold('d1', 'a', HOUR)).toBe(true);
      await leases.release('d1', 'b');
      expect(await count(db, `lease where name = 'd1' and owner = 'a'`)).toBe(1);
      await leases.release('d1', 'a');
      expect(await leases.hold('d1', 'b', HOUR)).toBe(true);
    });
  });
});

describe('leases of duties between processes', () => {
  it('keep others out until they have run out', async () => {
    const db = await testDatabase();
    const leases = createLeases(db);
    expect(await leases.hold('d', 'a', HOUR)).toBe(true);
    expect(await leases.hold('d', 'b', HOUR)).toBe(false);
    expect(await leases.hold('other', 'b', HOUR)).toBe(true);
    await elapse(db, HOUR, { leases: true });
    expect(await leases.hold('d', 'b', HOUR)).toBe(true);
    expect(await leases.hold('d', 'a', HOUR)).toBe(false);
  });

  it('go to exactly one of many who ask at once', async () => {
    const db = await testDatabase();
    const leases = createLeases(db);
    const asked = Array.from({ length: 8 }, (_, i) => leases.hold('d', `p${i}`, HOUR));
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
  });
});
