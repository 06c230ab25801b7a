/** Duties only one process does at a time, such as polling a platform. */
import type { AdapterHost, AdapterLog } from '../chat/index.ts';
import { backoff, pause, type Timers } from './timers.ts';

/** Stored leases; the database's clock says when one has run out. All may throw when it is away. */
export interface Leases {
  /** Takes or extends the lease for `ms`; false while another owner holds it. */
  hold(name: string, owner: string, ms: number): Promise<boolean>;
  /** Gives it back, if it is the owner's. */
  release(name: string, owner: string): Promise<void>;
}

export interface ExclusiveOptions {
  readonly leases: Leases;
  /** This process's name, unique for each start. */
  readonly owner: string;
  readonly timers: Timers;
  /** Between 0 and 1. */
  random(): number;
  readonly log: AdapterLog;
}

/** How long a lease outlives its last extension, in milliseconds: the longest pause after a crash. */
const LEASE_MS = 8_000;
const EXTEND_MS = 2_000;
/** Counted from before the last extension was asked for: work ends before another process may begin. */
const GIVE_UP_MS = 6_000;

/**
 * Makes `exclusive` of the adapter's host. Work that returns ends the duty; work that throws ends it
 * with that error. In both cases the lease is given back at once.
 */
export function createExclusive(options: ExclusiveOptions): AdapterHost['exclusive'] {
  const { leases, owner, timers, random, log } = options;

  /** Waits for the lease; false when `signal` aborted first. */
  const obtain = async (name: string, signal: AbortSignal): Promise<boolean> => {
    for (let failures = 0; !signal.aborted; ) {
      try {
        if (await leases.hold(name, owner, LEASE_MS)) return true;
        failures = 0;
        await pause(timers, EXTEND_MS / 2 + (EXTEND_MS / 2) * random(), signal);
      } catch (error) {
        failures += 1;
        if (failures === 1) log.warn({ lease: name, err: error }, 'A lease cannot be asked for');
        await pause(timers, backoff(failures, random), signal);
      }
    }
    return false;
  };

  /** Extends the lease until `held` aborts, and aborts it when that fails for too long. */
  const keep = async (name: string, held: AbortController): Promise<void> => {
    const lose = (why: string) => {
      log.warn({ lease: name, why }, 'A lease was lost');
      held.abort();
    };
    const deadline = () => timers.after(GIVE_UP_MS, () => lose('the database is away'));
    let cancel = deadline();
    held.signal.addEventListener('abort', () => cancel(), { once: true });
    while (!held.signal.aborted) {
      await pause(timers, EXTEND_MS, held.signal);
      if (held.signal.aborted) return;
      const next = deadline();
      try {
        const ours = await leases.hold(name, owner, LEASE_MS);
        cancel();
        cancel = next;
        if (held.signal.aborted) cancel();
        else if (!ours) lose('another process has it');
      } catch {
        // The deadline of the last extension that succeeded still runs.
        next();
      }
    }
  };

  return async (name, work, signal) => {
    while (await obtain(name, signal)) {
      const held = new AbortController();
      const end = () => held.abort();
      signal.addEventListener('abort', end, { once: true });
      const keeping = keep(name, held);
      let finished = false;
      try {
        await work(held.signal);
        finished = !held.signal.aborted;
      } finally {
        signal.removeEventListener('abort', end);
        held.abort();
        await keeping;
        await leases.release(name, owner).catch((error) => {
          log.warn({ lease: name, err: error }, 'A lease could not be given back: it runs out');
        });
      }
      if (finished) return;
    }
  };
}
