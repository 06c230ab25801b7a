import { setTimeout as delay } from 'node:timers/promises';

/** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export const waitFor: Wait = async (ms, signal) => {
  try {
    await delay(ms, undefined, { signal });
  } catch {
    // Aborted: the caller looks at the signal.
  }
};

/** 1 s, 2 s, 4 s … at most 30 s, for the n-th failure in a row (from 1). */
export const backoffMs = (failures: number): number =>
  Math.min(30_000, 1000 * 2 ** Math.min(failures - 1, 5));
