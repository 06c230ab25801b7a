import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/chat/index.ts';
import { enqueue } from '../../src/db/enqueue.ts';
import { createOutbox } from '../../src/db/outbox.ts';
import { chatOf, count, elapse, to } from '../support/delivery.ts';
import { eachDelivery } from '../support/delivery-suite.ts';
import { createFakeAdapter, FREE } from '../support/fake-adapter.ts';

const HOUR = 3_600_000;
const lost: Delivery = { outcome: 'uncertain', cause: 'the connection was reset' };
const board = (chat: string, notice: string) => to(chat, notice, { onUncertain: 'hold' });

eachDelivery((on) => {
  /** Lets the next process find a message whose owner died during the call. */
  async function interrupt(): Promise<void> {
    const rate = { ...FREE, reserve: 0 };
    const { claimed } = await createOutbox(on.db, 'dead').claim({
      bot: 'test:t1',
      rate,
      chatRate: () => rate,
      canLook: true,
      slots: 10,
      takeover: true,
      inHand: [],
    });
    expect(claimed).not.toEqual([]);
    await elapse(on.db, 10_000, { leases: true });
  }

  describe('where the platform can be asked what it has', () => {
    it('takes what is found for sent, under its subject, and goes on', async () => {
      const adapter = createFakeAdapter({ looks: true });
      adapter.script((call) => {
        if (call.nth !== 1) return undefined;
        adapter.keep(call);
        return lost;
      });
      const one = on.start([adapter]);
      await enqueue(on.db, [
        to('a', 'board', { onUncertain: 'hold', subject: 's' }),
        to('a', 'next'),
      ]);
      await one.drain();
      expect([adapter.calls.length, adapter.looks]).toEqual([1, []]);
      await elapse(on.db, HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['board', 'next']);
      expect(adapter.looks).toEqual([adapter.calls[0]?.mark]);
      expect(await on.postedIds('s')).toEqual(['m1']);
      expect(one.counts).toEqual({ uncertain: 1, sent: 2 });
      expect(one.log.lines).toContainEqual({
        level: 'info',
        fields: expect.objectContaining({ looked: 'found' }),
        text: 'A message was looked for that may have been sent',
      });
    });

    it('sends what is not found, under the same mark, though it would be held elsewhere', async () => {
      const adapter = createFakeAdapter({ looks: true });
      adapter.script(({ nth }) => (nth <= 2 ? lost : undefined));
      const one = on.start([adapter]);
      await enqueue(on.db, [board('a', 'board')]);
      for (let i = 0; i < 3; i++) {
        await one.drain();
        await elapse(on.db, HOUR);
      }
      expect(adapter.taken('a')).toEqual(['board']);
      expect(adapter.looks).toHaveLength(2);
      expect(new Set([...adapter.looks, ...adapter.calls.map((call) => call.mark)]).size).toBe(1);
      expect(await on.letters()).toEqual([]);
    });

    it('sends nothing while it cannot be found out, and looks again when the platform says', async () => {
      const adapter = createFakeAdapter({ looks: true });
      adapter.script(({ nth }) => (nth === 1 ? lost : undefined));
      adapter.scriptLook(({ nth }) =>
        nth === 1 ? { unknown: 'too many requests', afterMs: HOUR } : undefined,
      );
      const one = on.start([adapter]);
      await enqueue(on.db, [board('a', 'board'), to('b', 'other')]);
      await one.drain();
      await elapse(on.db, 2_000);
      await one.drain();
      expect([adapter.looks.length, adapter.taken('a')]).toEqual([1, []]);
      await elapse(on.db, HOUR - 60_000);
      await one.drain();
      expect(adapter.looks).toHaveLength(1);
      await elapse(on.db, 60_000);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['board']);
      expect(adapter.taken('b')).toEqual(['other']);
      expect(await on.letters()).toEqual([]);
    });

    it('holds it with the cause when it cannot be found out for minutes; the chat goes on', async () => {
      const adapter = createFakeAdapter({ looks: true });
      adapter.script(({ text }) => (text === 'board' ? lost : undefined));
      adapter.scriptLook(() => ({ unknown: 'missing_scope', afterMs: 0 }));
      const one = on.start([adapter]);
      await enqueue(on.db, [board('a', 'board'), to('a', 'next')]);
      for (let i = 0; i < 12; i++) {
        await one.drain();
        await elapse(on.db, HOUR);
      }
      expect(adapter.calls.map((call) => call.text)).toEqual(['board', 'next']);
      expect(adapter.looks).toHaveLength(8);
      expect(await on.letters()).toEqual([
        {
          reason: 'held',
          cause: 'perhaps sent, and looking for it failed: missing_scope',
          lane: 'test:t1:a',
        },
      ]);
      expect(one.counts).toEqual({ uncertain: 1, dead: 1, sent: 1 });
    });

    it('takes a look that throws for unknown, and says so', async () => {
      const adapter = createFakeAdapter({ looks: true });
      adapter.script(({ nth }) => (nth === 1 ? lost : undefined));
      adapter.scriptLook(({ nth }) => {
        if (nth === 1) throw new Error('a fault in the adapter');
        return undefined;
      });
      const one = on.start([adapter]);
      await enqueue(on.db, [board('a', 'board')]);
      for (let i = 0; i < 3; i++) {
        await one.drain();
        await elapse(on.db, HOUR);
      }
      expect(adapter.taken('a')).toEqual(['board']);
      expect(one.log.texts('error')).toEqual(['An adapter threw instead of giving an outcome']);
    });

    it('looks for the very page that may be out, and repeats none', async () => {
      const adapter = createFakeAdapter({ looks: true });
      adapter.script((call) => {
        if (call.nth !== 2) return undefined;
        adapter.keep(call);
        return lost;
      });
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', 'p|q|r', { subject: 's' })]);
      await one.drain();
      await elapse(on.db, HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['p', 'q', 'r']);
      expect(adapter.looks).toEqual([adapter.calls[1]?.mark]);
      expect(new Set(adapter.calls.map((call) => call.mark)).size).toBe(3);
      expect(await on.postedIds('s')).toEqual(['m1', 'm2', 'm3']);
    });

    it('looks after an owner was lost, sent or not', async () => {
      const adapter = createFakeAdapter({ looks: true });
      await enqueue(on.db, [board('a', 'board'), to('b', 'question')]);
      await interrupt();
      const one = on.start([adapter]);
      await one.drain();
      expect(adapter.looks).toHaveLength(2);
      expect([adapter.taken('a'), adapter.taken('b')]).toEqual([['board'], ['question']]);
      expect(await on.letters()).toEqual([]);
    });

    it('keeps to the limits, a look counting like a call', async () => {
      const adapter = createFakeAdapter({
        looks: true,
        bot: { intervalMs: HOUR, burst: 2, reserve: 0 },
      });
      adapter.script(({ nth }) => (nth === 1 ? lost : undefined));
      const one = on.start([adapter]);
      await one.drain();
      await enqueue(on.db, [to('a', 'question')]);
      await one.drain();
      await elapse(on.db, 10_000);
      await one.drain();
      await enqueue(on.db, [to('b', 'other')]);
      await one.drain();
      expect([adapter.taken('a'), adapter.taken('b')]).toEqual([['question'], []]);
    });

    it('changes a message again without looking', async () => {
      const adapter = createFakeAdapter({ looks: true });
      adapter.script(({ nth }) => (nth === 1 ? lost : undefined));
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', 'x', { as: { edit: { at: chatOf('a'), id: '9' } } })]);
      await one.drain();
      await elapse(on.db, HOUR);
      await one.drain();
      expect([adapter.taken('a'), adapter.looks]).toEqual([['x'], []]);
    });

    it('marks each message anew after the database was emptied', async () => {
      const adapter = createFakeAdapter({ looks: true });
      const one = on.start([adapter]);
      for (let i = 0; i < 2; i++) {
        await on.db.query(`select setval(pg_get_serial_sequence('outbox', 'id'), 1000)`);
        await enqueue(on.db, [to('a', 'x')]);
        await one.drain();
      }
      const marks = adapter.calls.map((call) => call.mark ?? '');
      expect(new Set(marks).size).toBe(2);
      for (const mark of marks) expect(mark).toMatch(/^[A-Za-z0-9:._-]{1,100}$/);
      expect(await count(on.db, 'outbox')).toBe(0);
    });
  });
});
