/**
 * Waiting, given from outside: the core never reads a clock, and tests decide when time passes.
 * These are durations of real time; the campaign's time is an argument elsewhere.
 */
export interface Timers {
  /** Calls `run` once after `ms` milliseconds, unless the returned function is called before. */
  after(ms: number, run: () => void): () => void;
}

/** Resolves after `ms` milliseconds, or at once when `signal` aborts. Never rejects. */
export function pause(timers: Timers, ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = timers.after(ms, end);
    signal?.addEventListener('abort', end, { once: true });
  });
}

/** What a call that outlived its time gives. */
export const TIMED_OUT = Symbol('timed out');

/** The result of `work`, or `TIMED_OUT` after `ms` milliseconds; a later result is dropped. @throws what `work` throws in time. */
export function within<T>(
  timers: Timers,
  ms: number,
  work: () => Promise<T>,
): Promise<T | typeof TIMED_OUT> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(ms, () => resolve(TIMED_OUT));
    // Called inside a promise, so that an adapter that throws at once is treated like one that rejects.
    Promise.resolve().then(work).then(resolve, reject).finally(cancel);
  });
}

/**
 * How long to wait after the `failures`-th failure in a row: doubling from `firstMs` to `mostMs`,
 * then taken between half and all of that, so that many processes do not come back in step.
 */
export const backoff = (
  failures: number,
  random: () => number,
  firstMs = 250,
  mostMs = 5_000,
): number => {
  const full = Math.min(mostMs, firstMs * 2 ** Math.max(0, failures - 1));
  return full / 2 + (full / 2) * random();
};
