import { describe, expect, it } from 'vitest';
import { createLoop } from '../../../src/engine/loop.ts';
import { backoff, pause, TIMED_OUT, within } from '../../../src/engine/timers.ts';
import { recordLog } from '../../support/delivery.ts';
import { createManualTimers } from '../../support/manual-timers.ts';

function loopOf(step: () => Promise<number>) {
  const timers = createManualTimers();
  const log = recordLog();
  let failures = 0;
  const loop = createLoop({
    name: 'worker',
    step,
    timers,
    random: () => 1,
    log,
    onFailure: () => {
      failures += 1;
    },
  });
  return { loop, timers, log, failures: () => failures };
}

describe('a loop', () => {
  it('looks again when its time has come, or when woken', async () => {
    let steps = 0;
    const { loop, timers } = loopOf(async () => {
      steps += 1;
      return 100;
    });
    loop.start();
    await timers.advance(99);
    expect(steps).toBe(1);
    await timers.advance(1);
    expect(steps).toBe(2);
    loop.wake();
    await timers.advance(0);
    expect(steps).toBe(3);
    await loop.stop();
    expect(timers.pending).toBe(0);
  });

  it('looks again at once when woken during a step', async () => {
    let steps = 0;
    const { loop, timers } = loopOf(async () => {
      steps += 1;
      if (steps === 1) loop.wake();
      return 1_000;
    });
    loop.start();
    await timers.advance(0);
    expect(steps).toBe(2);
    await loop.stop();
  });

  it('says once that it is interrupted, with the cause, waits longer each time, and says when it is over', async () => {
    let steps = 0;
    const { loop, timers, log, failures } = loopOf(async () => {
      steps += 1;
      if (steps <= 3) throw new Error('away');
      return 100_000;
    });
    loop.start();
    await timers.advance(249);
    expect(steps).toBe(1);
    await timers.advance(1);
    expect(steps).toBe(2);
    await timers.advance(499);
    expect(steps).toBe(2);
    loop.wake();
    await timers.advance(0);
    expect(steps).toBe(2);
    await timers.advance(1 + 1_000);
    expect(steps).toBe(4);
    expect(failures()).toBe(3);
    expect(log.lines).toMatchObject([
      { level: 'error', fields: { err: new Error('away') } },
      { level: 'info', fields: { failures: 3 } },
    ]);
    await loop.stop();
  });

  it('stops during an outage', async () => {
    const { loop, timers } = loopOf(async () => {
      throw new Error('away');
    });
    loop.start();
    await timers.advance(10_000);
    await loop.stop();
    expect(timers.pending).toBe(0);
  });

  it('stops though it was never started', async () => {
    await loopOf(async () => 0).loop.stop();
  });
});

describe('waiting', () => {
  it('grows between bounds', () => {
    expect([1, 2, 3, 10].map((n) => backoff(n, () => 1))).toEqual([250, 500, 1_000, 5_000]);
    expect(backoff(3, () => 0)).toBe(500);
  });

  it('ends early when aborted', async () => {
    const timers = createManualTimers();
    const abort = new AbortController();
    const waiting = pause(timers, 1_000, abort.signal);
    abort.abort();
    await waiting;
    await pause(timers, 1_000, abort.signal);
    expect(timers.pending).toBe(0);
  });

  it('gives up on work that takes too long, and passes on what it throws', async () => {
    const timers = createManualTimers();
    const hanging = within(timers, 1_000, () => new Promise<never>(() => {}));
    await timers.advance(1_000);
    expect(await hanging).toBe(TIMED_OUT);
    expect(await within(timers, 1_000, async () => 1)).toBe(1);
    const failing = within(timers, 1_000, () => {
      throw new Error('at once');
    });
    await expect(failing).rejects.toThrow('at once');
    expect(timers.pending).toBe(0);
  });
});
