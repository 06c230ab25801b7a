import { describe, expect, it } from 'vitest';
import { createDeliverer } from '../../../src/engine/deliver.ts';
import type { Claimed, Outbox, Settled, Verdict } from '../../../src/engine/outbox.ts';
import { chatOf, countDeliveries, recordLog, says } from '../../support/delivery.ts';
import { createFakeAdapter } from '../../support/fake-adapter.ts';
import { createManualTimers } from '../../support/manual-timers.ts';

const claimed = (id: number): Claimed => ({
  id,
  mark: `${id}.0`,
  lane: `test:t1:c${id}`,
  todo: 'call',
  address: chatOf(`c${id}`),
  message: says(`message ${id}`),
  operation: 'send',
  targets: [],
  targetsAt: null,
  subject: null,
  personId: null,
  priority: 0,
  onUncertain: 'resend',
  attempts: 1,
  uncertain: 0,
  pagesSent: [],
  openBefore: null,
});

/** An outbox of messages to different chats, which can be away. */
function setUp(messages: number[], options: { concurrency?: number } = {}) {
  const timers = createManualTimers();
  const log = recordLog();
  const observe = countDeliveries();
  const adapter = createFakeAdapter();
  const waiting = [...messages];
  const settled: [number, Verdict['kind']][] = [];
  const extended: string[][] = [];
  const takeovers: boolean[] = [];
  const state = { away: false, settle: 'recorded' as Settled, released: 0, heard: () => {} };
  const reachable = () => {
    if (state.away) throw new Error('the database is away');
  };
  const outbox: Outbox = {
    async claim({ slots, takeover }) {
      reachable();
      takeovers.push(takeover);
      return { claimed: waiting.splice(0, slots).map(claimed), waitMs: null };
    },
    async settle(claim, verdict) {
      reachable();
      settled.push([claim.id, verdict.kind]);
      return state.settle;
    },
    async extend(lanes) {
      reachable();
      extended.push([...lanes]);
    },
    async release() {
      reachable();
      state.released += 1;
    },
    async listen(wake) {
      reachable();
      state.heard = wake;
      return async () => {};
    },
  };
  const deliverer = createDeliverer({
    outbox,
    adapters: new Map([['test', adapter]]),
    log,
    observe,
    timers,
    random: () => 1,
    ...options,
  });
  return { timers, log, observe, adapter, waiting, settled, extended, takeovers, state, deliverer };
}

/** A call that lasts until the returned function is called. */
function hang(adapter: ReturnType<typeof createFakeAdapter>): () => void {
  let answer = () => {};
  adapter.script(
    () =>
      new Promise((resolve) => {
        answer = () => resolve(undefined);
      }),
  );
  return () => answer();
}

describe('a deliverer', () => {
  it('looks every half second, and at once when something was enqueued', async () => {
    const { deliverer, timers, waiting, adapter, state } = setUp([]);
    deliverer.start();
    await timers.advance(0);
    waiting.push(1);
    await timers.advance(499);
    expect(adapter.calls).toHaveLength(0);
    await timers.advance(1);
    expect(adapter.calls).toHaveLength(1);
    waiting.push(2);
    state.heard();
    await timers.advance(0);
    waiting.push(3);
    deliverer.wake();
    await timers.advance(0);
    expect(adapter.calls).toHaveLength(3);
    await deliverer.stop();
  });

  it('makes no more calls at once than it may', async () => {
    const { deliverer, timers, adapter, settled } = setUp([1, 2, 3], { concurrency: 2 });
    const answer = hang(adapter);
    deliverer.start();
    await timers.advance(2_000);
    expect(adapter.calls).toHaveLength(2);
    answer();
    await timers.advance(0);
    expect(adapter.calls).toHaveLength(3);
    expect(settled).toHaveLength(1);
    adapter.script(() => undefined);
    await timers.advance(15_000);
    await deliverer.stop();
  });

  it('keeps the leases of long calls, and takes an answer that never comes for unknown', async () => {
    const { deliverer, timers, adapter, settled, extended, observe } = setUp([1]);
    hang(adapter);
    deliverer.start();
    await timers.advance(14_999);
    expect(settled).toEqual([]);
    expect(extended).toHaveLength(14);
    expect(extended[0]).toEqual(['test:t1:c1']);
    await timers.advance(1);
    expect(settled).toEqual([[1, 'again']]);
    expect(observe.counts).toEqual({ uncertain: 1 });
    await timers.advance(10_000);
    expect(extended.length).toBeLessThanOrEqual(15);
    await deliverer.stop();
  });

  it('records what was sent when the database comes back, and sends nothing twice', async () => {
    const { deliverer, timers, adapter, settled, state, log, takeovers } = setUp([1, 2]);
    adapter.script(() => {
      state.away = true;
      return undefined;
    });
    deliverer.start();
    await timers.advance(60_000);
    expect(settled).toEqual([]);
    expect(log.texts('error').filter((text) => text.startsWith('An outcome'))).toHaveLength(4);
    expect(log.texts('error').filter((text) => text.startsWith('delivery'))).toHaveLength(1);
    state.away = false;
    await timers.advance(5_000);
    expect(settled.sort()).toEqual([
      [1, 'done'],
      [2, 'done'],
    ]);
    expect(adapter.calls).toHaveLength(2);
    expect(log.texts('info')).toContain('delivery test: working again');
    await timers.advance(10_000);
    // Others' leases are left alone until the database has been there for a while.
    expect(takeovers[1]).toBe(false);
    expect(takeovers.at(-1)).toBe(true);
    await deliverer.stop();
  });

  it('lets a call in flight end before it stops, and gives the leases back', async () => {
    const { deliverer, timers, adapter, settled, state } = setUp([1]);
    const answer = hang(adapter);
    deliverer.start();
    await timers.advance(0);
    const stopping = deliverer.stop();
    await timers.advance(100);
    expect([settled, state.released]).toEqual([[], 0]);
    answer();
    await stopping;
    expect([settled, state.released]).toEqual([[[1, 'done']], 1]);
    expect(timers.pending).toBe(0);
  });

  it('stops though the database is away, saying what it leaves unknown', async () => {
    const { deliverer, timers, adapter, state, log } = setUp([1]);
    adapter.script(() => {
      state.away = true;
      return undefined;
    });
    deliverer.start();
    await timers.advance(0);
    const stopping = deliverer.stop();
    await timers.advance(60_000);
    await stopping;
    expect(log.texts('warn')).toEqual([
      'A claim was lost before its outcome was recorded: it is unknown',
      'Leases could not be given back: they run out by themselves',
    ]);
  });

  it('says so when a message was claimed by another process meanwhile', async () => {
    const { deliverer, timers, state, log } = setUp([1]);
    state.settle = 'lost';
    deliverer.start();
    await timers.advance(0);
    expect(log.texts('warn')).toEqual([
      'A claim was lost before its outcome was recorded: it is unknown',
    ]);
    await deliverer.stop();
  });

  it('works without notifications', async () => {
    const { deliverer, timers, state, log, waiting, adapter } = setUp([]);
    state.away = true;
    deliverer.start();
    await timers.advance(0);
    state.away = false;
    waiting.push(1);
    await timers.advance(5_000);
    expect(adapter.calls).toHaveLength(1);
    expect(log.texts('warn')).toContain('No notifications: the outbox is only polled');
    await deliverer.stop();
  });
});
