import type { Timers } from './engine/timers.ts';

/** The process's own timers, for the composition root. */
export const systemTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
