import { describe, expect, it, onTestFinished } from 'vitest';
import { createRecordingHost } from '../../support/recording-host.ts';
import { type Kit, say } from './kit.ts';

/** Failures of a send, start and stop. */
export function lifePart({ under, itIf, started, chatting }: Kit): void {
  describe('failures of a send', () => {
    itIf('block')('is gone when the person blocked the bot, and back when not', async () => {
      const { adapter, an, host } = await chatting();
      an.block();
      await host.next((e) => e.kind === 'blocked');
      const [page] = adapter.paginate(say('x'));
      expect(await adapter.send(an.where, page, '1:0')).toEqual({
        outcome: 'gone',
        cause: 'blocked',
      });
      an.unblock();
      expect((await adapter.send(an.where, page, '1:0')).outcome).toBe('ok');
    });

    itIf('not-started')('is gone when the person never wrote', async () => {
      const harness = await started();
      const stranger = harness.person('Người lạ');
      const [page] = harness.adapter.paginate(say('x'));
      const outcome = await harness.adapter.send(stranger.where, page, '1:0');
      expect(outcome.outcome).toBe('gone');
    });

    itIf('fail-retry')('is told when to try again, and that nothing was sent', async () => {
      const { adapter, an, failNext } = await chatting();
      failNext('retry');
      const [page] = adapter.paginate(say('x'));
      const outcome = await adapter.send(an.where, page, '1:0');
      expect(outcome).toMatchObject({ outcome: 'retry', afterMs: expect.any(Number) });
      expect(an.seen()).toEqual([]);
      expect((await adapter.send(an.where, page, '1:0')).outcome).toBe('ok');
    });

    itIf('fail-uncertain')('does not claim to know what it cannot', async () => {
      const { adapter, an, failNext } = await chatting();
      failNext('uncertain');
      const [page] = adapter.paginate(say('x'));
      expect(await adapter.send(an.where, page, '1:0')).toMatchObject({
        outcome: 'uncertain',
        cause: expect.stringMatching(/\S/),
      });
    });

    itIf('fail-bug')("gives the platform's own words when content is refused", async () => {
      const { adapter, an, failNext } = await chatting();
      failNext('bug');
      const [page] = adapter.paginate(say('x'));
      expect(await adapter.send(an.where, page, '1:0')).toMatchObject({
        outcome: 'bug',
        cause: expect.stringMatching(/\S/),
      });
    });
  });

  describe('life', () => {
    it('waits at its stop for the turn in flight, and can still send', async () => {
      const { adapter, an, host } = await chatting();
      const release = host.hold();
      an.type('đang xử lý');
      while (!host.calls.some((e) => e.kind === 'text')) await new Promise(setImmediate);
      const order: string[] = [];
      const stopping = adapter.stop().then(() => order.push('stopped'));
      const committed = host.next((e) => e.kind === 'text').then(() => order.push('committed'));
      release();
      await Promise.all([stopping, committed]);
      expect(order).toEqual(['committed', 'stopped']);
      const [page] = adapter.paginate(say('x'));
      expect((await adapter.send(an.where, page, '1:0')).outcome).toBe('ok');
    });

    it('can be stopped twice, and before it was started', async () => {
      const harness = await under.make();
      onTestFinished(() => harness.close());
      await harness.adapter.stop();
      await harness.adapter.start(createRecordingHost());
      await harness.adapter.stop();
      await harness.adapter.stop();
    });

    it('logs nothing above debug in a quiet life', async () => {
      const { an, host } = await chatting();
      an.type('xin chào');
      await host.next((e) => e.kind === 'text');
      expect(host.lines.filter((l) => l.level === 'warn' || l.level === 'error')).toEqual([]);
    });
  });
}
