/**
 * Work too long for a turn: pictures, workbooks, sending to thousands. A turn writes a `task` row with
 * its commit; here it is done afterwards, in one transaction with the messages it makes and the end of
 * the row, so that neither a crash nor a second process does it twice.
 */
import type { Temporal } from 'temporal-polyfill';
import type { AdapterLog } from '../chat/index.ts';
import type { Outgoing } from './decision.ts';
import { createLoop } from './loop.ts';
import type { Timers } from './timers.ts';

export interface TaskResult {
  readonly sends: readonly Outgoing[];
  /** The task is not over: it is done again after so many milliseconds of real time. */
  readonly againInMs?: number;
}

/** Does one task through `tx`. May run again after a failure. `payload` comes from JSON, unparsed. */
export interface TaskHandler<Tx> {
  run(payload: unknown, tx: Tx, now: Temporal.Instant): Promise<TaskResult>;
  /** What is said when it was given up, in its own transaction. */
  failed(payload: unknown, tx: Tx, now: Temporal.Instant): Promise<readonly Outgoing[]>;
}

interface Task {
  readonly id: number;
  readonly kind: string;
  readonly payload: unknown;
  /** Tries that failed so far. */
  readonly attempts: number;
}

export interface TaskStore<Tx> {
  /**
   * Takes one task of these kinds that is due and runs `work` in a transaction that ends it: enqueues
   * the messages and removes the row, or puts it off. Nobody else gets it meanwhile.
   * @returns whether there was one; its failure, when `work` threw and everything was undone
   */
  takeOne(
    kinds: readonly string[],
    work: (task: Task, tx: Tx) => Promise<TaskResult>,
  ): Promise<{ readonly task: Task; readonly failure: unknown } | boolean>;
  /** After a failure: try again after `ms`. */
  postpone(task: Task, ms: number): Promise<void>;
  /** After the last failure: never again, and what is said instead. */
  giveUp(task: Task, cause: string, said: (tx: Tx) => Promise<readonly Outgoing[]>): Promise<void>;
}

export interface Tasks {
  start(): void;
  /** A task was written: look now. */
  wake(): void;
  /** Lets the task in progress end. */
  stop(): Promise<void>;
  /** Resolves when nothing is due any more. */
  drain(): Promise<void>;
}

/** Milliseconds until the next try, by tries so far; after the last one the task is given up. */
const RETRY_MS = [1_000, 5_000, 30_000];

export function createTasks<Tx>(options: {
  readonly store: TaskStore<Tx>;
  /** By kind. */
  readonly handlers: Readonly<Record<string, TaskHandler<Tx>>>;
  readonly now: () => Temporal.Instant;
  /** Called after every task that enqueued something. */
  readonly wake: () => void;
  readonly log: AdapterLog;
  readonly timers: Timers;
  /** Between 0 and 1. */
  random(): number;
  /** Longest time between two looks, in milliseconds; 1,000 by default. */
  readonly pollMs?: number;
}): Tasks {
  const { store, handlers, now, wake, log, timers, random, pollMs = 1_000 } = options;
  const kinds = Object.keys(handlers);
  const idle: (() => void)[] = [];

  const handlerOf = ({ kind }: Task): TaskHandler<Tx> => {
    const handler = handlers[kind];
    if (!handler) throw new Error(`nobody does tasks of the kind "${kind}"`);
    return handler;
  };

  async function afterFailure(task: Task, failure: unknown): Promise<void> {
    const wait = RETRY_MS[task.attempts];
    const fields = { task: task.id, kind: task.kind, attempts: task.attempts + 1, err: failure };
    if (wait !== undefined) {
      log.warn({ ...fields, retryMs: wait }, 'A task failed; it is tried again');
      return store.postpone(task, wait);
    }
    log.error(fields, 'A task failed again and again and is given up; who asked was told');
    const cause = failure instanceof Error ? failure.message : String(failure);
    await store.giveUp(task, cause, (tx) => handlerOf(task).failed(task.payload, tx, now()));
    wake();
  }

  const loop = createLoop({
    name: 'tasks',
    timers,
    random,
    log,
    async step() {
      const asked = idle.length;
      const taken = await store.takeOne(kinds, (task, tx) =>
        handlerOf(task).run(task.payload, tx, now()),
      );
      if (taken !== false) {
        if (taken === true) wake();
        else await afterFailure(taken.task, taken.failure);
        return 0;
      }
      for (const resolve of idle.splice(0, asked)) resolve();
      return pollMs;
    },
  });

  return {
    ...loop,
    drain: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        loop.wake();
      }),
  };
}
