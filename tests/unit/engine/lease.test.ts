import { describe, expect, it } from 'vitest';
import { createExclusive, type Leases } from '../../../src/engine/lease.ts';
import { recordLog } from '../../support/delivery.ts';
import { createManualTimers } from '../../support/manual-timers.ts';

/** Leases whose clock is the test's timers'. */
function fakeLeases() {
  const timers = createManualTimers();
  const held = new Map<string, string>();
  let away = false;
  const end = new Map<string, () => void>();
  const leases: Leases = {
    async hold(name, owner, ms) {
      if (away) throw new Error('the database is away');
      if ((held.get(name) ?? owner) !== owner) return false;
      held.set(name, owner);
      end.get(name)?.();
      end.set(
        name,
        timers.after(ms, () => held.delete(name)),
      );
      return true;
    },
    async release(name, owner) {
      if (away) throw new Error('the database is away');
      if (held.get(name) === owner) {
        held.delete(name);
        end.get(name)?.();
      }
    },
  };
  const setAway = (now: boolean) => {
    away = now;
  };
  return { timers, leases, held, away: setAway };
}

/** Work that lasts until it is told to end, and says who is at it. */
function duty(at: string[]) {
  return (who: string) => (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      at.push(who);
      signal.addEventListener('abort', () => {
        at.splice(at.indexOf(who), 1);
        resolve();
      });
    });
}

function setUp() {
  const fake = fakeLeases();
  const log = recordLog();
  const exclusiveFor = (owner: string, leases: Leases = fake.leases) =>
    createExclusive({ leases, owner, timers: fake.timers, random: () => 1, log });
  const at: string[] = [];
  return { ...fake, log, exclusiveFor, at, work: duty(at) };
}

describe('an exclusive duty', () => {
  it('is done by one process, and by the next when that one stops', async () => {
    const { timers, exclusiveFor, at, work } = setUp();
    const [a, b] = [new AbortController(), new AbortController()];
    const first = exclusiveFor('a')('poll', work('a'), a.signal);
    await timers.advance(0);
    const second = exclusiveFor('b')('poll', work('b'), b.signal);
    await timers.advance(60_000);
    expect(at).toEqual(['a']);
    a.abort();
    await timers.advance(2_000);
    await first;
    expect(at).toEqual(['b']);
    b.abort();
    await timers.advance(0);
    await second;
    expect(at).toEqual([]);
  });

  it('is given up before another may begin when the database is away, and taken up again', async () => {
    const { timers, exclusiveFor, at, work, away, held, log } = setUp();
    const stop = new AbortController();
    const running = exclusiveFor('a')('poll', work('a'), stop.signal);
    await timers.advance(0);
    expect(at).toEqual(['a']);
    away(true);
    await timers.advance(7_900);
    expect(at).toEqual([]);
    expect(held.get('poll')).toBe('a');
    expect(log.texts('warn')).toContain('A lease was lost');
    away(false);
    await timers.advance(10_000);
    expect(at).toEqual(['a']);
    stop.abort();
    await timers.advance(0);
    await running;
  });

  it('is given up when another process has it', async () => {
    const { timers, exclusiveFor, at, work, held } = setUp();
    const stop = new AbortController();
    const running = exclusiveFor('a')('poll', work('a'), stop.signal);
    await timers.advance(0);
    held.set('poll', 'b');
    await timers.advance(2_000);
    expect(at).toEqual([]);
    stop.abort();
    await timers.advance(0);
    await running;
  });

  it('ends with its work, and with its error, giving the lease back', async () => {
    const { timers, exclusiveFor, held } = setUp();
    const { signal } = new AbortController();
    await exclusiveFor('a')('poll', async () => {}, signal);
    expect(held.size).toBe(0);
    const failing = exclusiveFor('a')(
      'poll',
      async () => {
        throw new Error('the token was revoked');
      },
      signal,
    );
    await expect(failing).rejects.toThrow('the token was revoked');
    expect(held.size).toBe(0);
    expect(timers.pending).toBe(0);
  });

  it('never begins when it is stopped first', async () => {
    const { timers, exclusiveFor, at, work, away } = setUp();
    const stop = new AbortController();
    away(true);
    const running = exclusiveFor('a')('poll', work('a'), stop.signal);
    await timers.advance(3_000);
    stop.abort();
    await timers.advance(0);
    await running;
    expect(at).toEqual([]);
  });
});
