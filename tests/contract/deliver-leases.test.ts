import { describe, expect, it } from 'vitest';
import { enqueue } from '../../src/db/enqueue.ts';
import { createOutbox } from '../../src/db/outbox.ts';
import { count, elapse, to } from '../support/delivery.ts';
import { eachDelivery } from '../support/delivery-suite.ts';

const HOUR = 3_600_000;

eachDelivery((on) => {
  describe('leases', () => {
    const rate = { intervalMs: 0.001, burst: 100, reserve: 0 };
    const request = {
      bot: 'test:t1',
      rate,
      chatRate: () => rate,
      canLook: false,
      slots: 10,
      takeover: true,
      inHand: [],
    };

    it('lets only one owner have a lane until its lease has run out; then its send is unknown', async () => {
      const [a, b] = [createOutbox(on.db, 'a'), createOutbox(on.db, 'b')];
      await b.claim(request);
      await enqueue(on.db, [to('x', '1'), to('y', '1', { onUncertain: 'hold' })]);
      const first = await a.claim(request);
      expect(first.claimed.map((c) => c.todo)).toEqual(['call', 'call']);
      expect((await b.claim(request)).claimed).toEqual([]);
      await elapse(on.db, 10_000, { leases: true });
      expect((await b.claim({ ...request, takeover: false })).claimed).toEqual([]);
      expect((await b.claim({ ...request, inHand: ['test:t1:x', 'test:t1:y'] })).claimed).toEqual(
        [],
      );
      const second = await b.claim(request);
      expect(second.claimed).toMatchObject([
        { lane: 'test:t1:x', todo: 'call', uncertain: 1, attempts: 2 },
        { lane: 'test:t1:y', todo: 'held', attempts: 2 },
      ]);
      const [stale] = first.claimed;
      if (!stale) throw new Error('nothing was claimed');
      const settled = await a.settle(
        stale,
        { kind: 'done', ids: ['1'] },
        { chatRate: rate, bots: [] },
      );
      expect(settled).toBe('lost');
      expect(await count(on.db, 'outbox')).toBe(2);
    });

    it('lives as long as it is extended, and ends when given back', async () => {
      const [a, b] = [createOutbox(on.db, 'a'), createOutbox(on.db, 'b')];
      await b.claim(request);
      await enqueue(on.db, [to('x', '1')]);
      await a.claim(request);
      await elapse(on.db, 3_000, { leases: true });
      await a.extend(['test:t1:x']);
      await elapse(on.db, 3_000, { leases: true });
      expect((await b.claim(request)).claimed).toEqual([]);
      await a.release();
      expect((await b.claim(request)).claimed).toHaveLength(1);
    });

    it('still records an outcome after the lease ran out, as long as nobody else claimed', async () => {
      const a = createOutbox(on.db, 'a');
      await enqueue(on.db, [to('x', '1')]);
      const [claim] = (await a.claim(request)).claimed;
      if (!claim) throw new Error('nothing was claimed');
      await elapse(on.db, HOUR, { leases: true });
      const how = { chatRate: rate, bots: [] };
      expect(await a.settle(claim, { kind: 'done', ids: ['1'] }, how)).toBe('recorded');
      expect(await a.settle(claim, { kind: 'done', ids: ['1'] }, how)).toBe('lost');
      expect(await count(on.db, 'outbox')).toBe(0);
    });

    it('charges a chat for a call that was never recorded', async () => {
      const slow = { intervalMs: HOUR, burst: 1 };
      const a = createOutbox(on.db, 'a');
      await enqueue(on.db, [to('x', '1')]);
      await a.claim({ ...request, chatRate: () => slow });
      await elapse(on.db, HOUR / 2, { leases: true });
      expect((await a.claim(request)).claimed).toEqual([]);
      await elapse(on.db, HOUR / 2, { leases: true });
      expect((await a.claim(request)).claimed).toHaveLength(1);
    });
  });
});
