import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/chat/index.ts';
import { enqueue } from '../../src/db/enqueue.ts';
import { chatOf, elapse, to } from '../support/delivery.ts';
import { eachDelivery } from '../support/delivery-suite.ts';
import { createFakeAdapter } from '../support/fake-adapter.ts';

const HOUR = 3_600_000;
const lost: Delivery = { outcome: 'uncertain', cause: 'the connection was reset' };
const refused = (scope: 'chat' | 'bot' | 'call', afterMs: number): Delivery => ({
  outcome: 'retry',
  scope,
  afterMs,
  cause: 'too many requests',
});

eachDelivery((on) => {
  describe('refused for now', () => {
    it('pauses the chat that was refused, exactly as long as asked, and no other', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ chat, nth }) =>
        chat === 'a' && nth <= 2 ? refused('chat', HOUR) : undefined,
      );
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', '1'), to('a', '2')]);
      await one.drain();
      await enqueue(on.db, [to('b', '1')]);
      await one.drain();
      expect(adapter.taken('b')).toEqual(['1']);
      expect(adapter.taken('a')).toEqual([]);
      const [lane] = await on.db.query<{ ms: number }>(
        `select extract(epoch from open_at - clock_timestamp()) * 1000 as ms from lane where key = 'test:t1:a'`,
      );
      expect(lane?.ms).toBeGreaterThan(HOUR - 60_000);
      expect(lane?.ms).toBeLessThanOrEqual(HOUR);
      await elapse(on.db, HOUR);
      adapter.script(() => undefined);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['1', '2']);
      expect(one.counts).toEqual({ sent: 3, retried: 1 });
    });

    it('pauses the whole bot when that was refused', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ nth }) => (nth === 1 ? refused('bot', HOUR) : undefined));
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', '1')]);
      await one.drain();
      await enqueue(on.db, [to('b', '1')]);
      await one.drain();
      expect(adapter.calls).toHaveLength(1);
      await elapse(on.db, HOUR);
      await one.drain();
      expect([adapter.taken('a'), adapter.taken('b')]).toEqual([['1'], ['1']]);
    });

    it('goes on more slowly after the bot was refused, and recovers', async () => {
      const bot = { intervalMs: HOUR, burst: 100, reserve: 0 };
      const adapter = createFakeAdapter({ bot });
      adapter.script(({ nth }) => (nth === 1 ? refused('bot', HOUR) : undefined));
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', '1')]);
      await one.drain();
      const slowdown = async () =>
        (await on.db.query<{ slowdown: number }>('select slowdown from bucket'))[0]?.slowdown ?? 0;
      expect(await slowdown()).toBeCloseTo(1.25);
      await elapse(on.db, HOUR);
      await one.drain();
      expect(await slowdown()).toBeCloseTo(1);
    });

    it('takes a second chat refused during the pause of another for the bot’s own limit', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ nth }) => (nth <= 2 ? refused('chat', HOUR) : undefined));
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', '1')]);
      await one.drain();
      await enqueue(on.db, [to('b', '1')]);
      await one.drain();
      await enqueue(on.db, [to('c', '1')]);
      await one.drain();
      expect(adapter.calls).toHaveLength(2);
      await elapse(on.db, HOUR);
      await one.drain();
      expect(adapter.calls).toHaveLength(5);
    });

    it('concludes nothing for others from a kind of call that is limited for itself', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ kind, nth }) => (kind === 'edit' && nth <= 2 ? paused : undefined));
      const paused = refused('call', HOUR);
      const one = on.start([adapter]);
      const edit = (chat: string) => to(chat, 'x', { as: { edit: { at: chatOf(chat), id: '9' } } });
      await enqueue(on.db, [edit('a'), to('a', 'next')]);
      await one.drain();
      await enqueue(on.db, [edit('b')]);
      await one.drain();
      await enqueue(on.db, [to('c', '1')]);
      await one.drain();
      expect(adapter.taken('c')).toEqual(['1']);
      expect([adapter.taken('a'), adapter.taken('b')]).toEqual([[], []]);
      expect(await on.db.query('select slowdown, blocked_until from bucket')).toEqual([
        { slowdown: 1, blocked_until: null },
      ]);
      await elapse(on.db, HOUR - 60_000);
      await one.drain();
      expect(adapter.calls).toHaveLength(3);
      await elapse(on.db, 60_000);
      await one.drain();
      expect([adapter.taken('a'), adapter.taken('b')]).toEqual([['x', 'next'], ['x']]);
    });

    it('does not take a chat served meanwhile for refused', async () => {
      const adapter = createFakeAdapter({ chat: { intervalMs: HOUR, burst: 1 } });
      adapter.script(({ nth }) => (nth === 1 || nth === 3 ? refused('chat', HOUR) : undefined));
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', '1')]);
      await one.drain();
      await elapse(on.db, HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['1']);
      await enqueue(on.db, [to('b', '1')]);
      await one.drain();
      await enqueue(on.db, [to('c', '1')]);
      await one.drain();
      expect(adapter.taken('c')).toEqual(['1']);
    });
  });

  describe('an unknown outcome', () => {
    it('repeats a message once, after a pause', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ nth }) => (nth === 1 ? lost : undefined));
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', '1'), to('a', '2')]);
      await one.drain();
      expect(adapter.calls).toHaveLength(1);
      await elapse(on.db, HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['1', '2']);
      expect(one.counts).toEqual({ uncertain: 1, sent: 2 });
    });

    it('parks a message whose outcome is unknown a second time; the chat goes on', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ text }) => (text === '1' ? lost : undefined));
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', '1'), to('a', '2')]);
      await one.drain();
      await elapse(on.db, HOUR);
      await one.drain();
      await elapse(on.db, HOUR);
      await one.drain();
      expect(adapter.calls.map((call) => call.text)).toEqual(['1', '1', '2']);
      expect(await on.letters()).toMatchObject([{ reason: 'held', lane: 'test:t1:a' }]);
      expect(one.counts).toEqual({ uncertain: 2, dead: 1, sent: 1 });
    });

    it('never repeats a message that is to be held', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ text }) => (text === '1' ? lost : undefined));
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', '1', { onUncertain: 'hold' }), to('a', '2')]);
      await one.drain();
      await elapse(on.db, HOUR);
      await one.drain();
      expect(adapter.calls.map((call) => call.text)).toEqual(['1', '2']);
      expect(await on.letters()).toMatchObject([
        { reason: 'held', cause: 'the connection was reset' },
      ]);
    });

    it('repeats an edit, which is the same twice as once, but not for ever', async () => {
      const adapter = createFakeAdapter();
      adapter.script(() => lost);
      const one = on.start([adapter]);
      await enqueue(on.db, [
        to('a', 'x', { as: { edit: { at: chatOf('a'), id: '9' } }, onUncertain: 'hold' }),
      ]);
      for (let i = 0; i < 8; i++) {
        await one.drain();
        await elapse(on.db, HOUR);
      }
      expect(adapter.calls).toHaveLength(6);
      expect(await on.letters()).toMatchObject([{ reason: 'held' }]);
    });

    it('is what an adapter gives that throws, and it is said with the cause', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ nth }) => {
        if (nth === 1) throw new Error('a fault in the adapter');
        return undefined;
      });
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', '1')]);
      await one.drain();
      expect(one.counts).toEqual({ uncertain: 1 });
      expect(one.log.lines.find((line) => line.level === 'error')?.fields).toMatchObject({
        err: new Error('a fault in the adapter'),
      });
    });
  });
});
