/** A worker that looks for work again and again, survives an outage and stops cleanly. */
import type { AdapterLog } from '../chat/index.ts';
import { backoff, type Timers } from './timers.ts';

export interface Loop {
  start(): void;
  /** Look for work now rather than when the wait is over. */
  wake(): void;
  /** Lets the step in progress end, then ends the loop. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  /** For the log, e.g. `delivery telegram`. */
  readonly name: string;
  /** Does what there is to do; gives the milliseconds after which to look again. */
  step(): Promise<number>;
  /** Told of every step that failed, besides the log. */
  onFailure?(): void;
  readonly timers: Timers;
  /** Between 0 and 1. */
  random(): number;
  readonly log: AdapterLog;
}

/**
 * A failing step is tried again with growing waits; an outage is logged when it begins, with its
 * cause, and when it ends.
 */
export function createLoop(options: LoopOptions): Loop {
  const { name, timers, random, log } = options;
  let running: Promise<void> | null = null;
  let stopping = false;
  let woken = false;
  let interrupt: () => void = () => {};
  let failures = 0;

  const rest = (ms: number, wakeable: boolean): Promise<void> =>
    new Promise((resolve) => {
      const end = () => {
        cancel();
        interrupt = () => {};
        resolve();
      };
      const cancel = timers.after(ms, end);
      interrupt = () => {
        if (wakeable || stopping) end();
      };
    });

  const run = async (): Promise<void> => {
    while (!stopping) {
      woken = false;
      try {
        const ms = await options.step();
        if (failures > 0) log.info({ worker: name, failures }, `${name}: working again`);
        failures = 0;
        if (!woken && !stopping) await rest(ms, true);
      } catch (error) {
        failures += 1;
        options.onFailure?.();
        if (failures === 1)
          log.error({ worker: name, err: error }, `${name}: interrupted, retrying`);
        // Not cut short by `wake`: an outage is when everybody wakes everybody.
        if (!stopping) await rest(backoff(failures, random), false);
      }
    }
  };

  return {
    start() {
      running ??= run();
    },
    wake() {
      woken = true;
      interrupt();
    },
    async stop() {
      stopping = true;
      interrupt();
      await running;
    },
  };
}
