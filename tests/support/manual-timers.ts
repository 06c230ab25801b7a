import type { Timers } from '../../src/engine/timers.ts';

export interface ManualTimers extends Timers {
  /** Lets `ms` pass, timer by timer, each followed by what it sets off. */
  advance(ms: number): Promise<void>;
  readonly pending: number;
}

/** Enough turns of the event loop's microtasks for any chain of promises in these tests. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await new Promise<void>((resolve) => setImmediate(resolve));
};

/** Time passes only when a test says so. */
export function createManualTimers(): ManualTimers {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  return {
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = next.at;
        timers = timers.filter((each) => each !== next);
        next.run();
        await settle();
      }
      now = end;
    },
    get pending() {
      return timers.length;
    },
  };
}
