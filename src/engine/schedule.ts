/**
 * Schedules. A row claims each occurrence in the transaction that does its work and enqueues its
 * messages, so that neither a second process nor a restart does it again, and a failure leaves it to
 * the next tick.
 *
 * After a pause (the process was down, or the playground's clock was moved): of the occurrences since
 * the last one on record, each that is still within the schedule's grace is done; older ones are
 * recorded as skipped. A schedule with no record at all is new: its latest occurrence is recorded as
 * skipped, so that an installation does not begin by posting about weeks before it existed.
 *
 * The office may hold an occurrence back: it is left alone, without a record, while later ones go on;
 * once released it is done at the next tick, however late that is.
 */
import type { Temporal } from 'temporal-polyfill';
import type { JobName, Schedule } from '../campaign/types.ts';
import type { AdapterLog } from '../chat/index.ts';
import type { Outgoing } from './decision.ts';
import { latestOccurrence, occurrencesBetween } from './occurrences.ts';

/** Does one occurrence's work through `tx` and says what to send. May run again after a failure. */
export type Job<Tx> = (
  occurrence: Temporal.Instant,
  tx: Tx,
  now: Temporal.Instant,
) => Promise<readonly Outgoing[]>;

export interface ScheduleStore<Tx> {
  /** The latest occurrence on record. */
  lastOccurrence(schedule: string): Promise<Temporal.Instant | null>;
  /**
   * Records the occurrence, runs the work and enqueues what it returns, all in one transaction. Waits
   * for another process that is at it. False, and nothing done, when it is on record already; with
   * `again` it is done nevertheless.
   */
  claim(
    run: {
      readonly schedule: string;
      readonly occurrence: Temporal.Instant;
      readonly outcome: 'done' | 'skipped';
      readonly at: Temporal.Instant;
      readonly again?: boolean;
    },
    work: (tx: Tx) => Promise<readonly Outgoing[]>,
  ): Promise<boolean>;
  /** Whether the office holds this occurrence back, or did and has released it. */
  hold(schedule: string, occurrence: Temporal.Instant): Promise<'held' | 'released' | null>;
  /** Occurrences up to `until` that were held, are released and have no record yet, in order. */
  released(schedule: string, until: Temporal.Instant): Promise<readonly Temporal.Instant[]>;
  /** Runs the work in a transaction that is then undone. */
  rehearse(work: (tx: Tx) => Promise<readonly Outgoing[]>): Promise<readonly Outgoing[]>;
}

export interface Scheduler {
  /** Does what is due. Never throws: a job that fails is logged and tried again by the next tick. */
  tick(): Promise<void>;
  /** What the schedule's latest occurrence at that instant would send. Changes nothing. @throws when the campaign has no such schedule */
  preview(schedule: string, at: Temporal.Instant): Promise<readonly Outgoing[]>;
  /**
   * Does the latest occurrence now, done or skipped before as it may be. Messages with a dedupe key
   * that went out already do not go out again.
   */
  runNow(schedule: string): Promise<void>;
}

/** @throws when the campaign has a schedule of a job that is not among `jobs` */
export function createScheduler<Tx>(parts: {
  readonly schedules: readonly Schedule[];
  readonly zone: string;
  readonly jobs: Readonly<Partial<Record<JobName, Job<Tx>>>>;
  readonly store: ScheduleStore<Tx>;
  readonly now: () => Temporal.Instant;
  readonly log: Pick<AdapterLog, 'info' | 'warn' | 'error'>;
}): Scheduler {
  const { schedules, zone, jobs, store, now, log } = parts;
  const nothing = async (): Promise<readonly Outgoing[]> => [];
  const jobOf = ({ id, job }: Schedule): Job<Tx> => {
    const found = jobs[job];
    if (!found) throw new Error(`nobody does the job "${job}" of the schedule "${id}"`);
    return found;
  };
  for (const schedule of schedules) jobOf(schedule);

  async function skip(schedule: Schedule, occurrence: Temporal.Instant, why: string) {
    const run = { schedule: schedule.id, occurrence, outcome: 'skipped', at: now() } as const;
    if (await store.claim(run, nothing))
      log.warn({ schedule: schedule.id, occurrence: occurrence.toString() }, why);
  }

  async function perform(schedule: Schedule, occurrence: Temporal.Instant, again: boolean) {
    const at = now();
    const run = { schedule: schedule.id, occurrence, outcome: 'done', at, again } as const;
    let sends = 0;
    const done = await store.claim(run, async (tx) => {
      const outgoing = await jobOf(schedule)(occurrence, tx, at);
      sends = outgoing.length;
      return outgoing;
    });
    if (done)
      log.info(
        { schedule: schedule.id, occurrence: occurrence.toString(), sends },
        'schedule done',
      );
  }

  async function catchUp(schedule: Schedule): Promise<void> {
    const at = now();
    const last = await store.lastOccurrence(schedule.id);
    if (!last) {
      await skip(
        schedule,
        latestOccurrence(schedule, zone, at),
        'new schedule: it begins with its next occurrence',
      );
      return;
    }
    for (const occurrence of await store.released(schedule.id, at))
      await perform(schedule, occurrence, false);
    for (const occurrence of occurrencesBetween(schedule, zone, last, at)) {
      if ((await store.hold(schedule.id, occurrence)) === 'held') continue;
      const lateBy = at.since(occurrence).total('hours');
      if (lateBy <= schedule.graceHours) await perform(schedule, occurrence, false);
      else
        await skip(
          schedule,
          occurrence,
          `skipped: ${Math.round(lateBy)} hours late, its grace is ${schedule.graceHours}`,
        );
    }
  }

  const named = (id: string): Schedule => {
    const schedule = schedules.find((s) => s.id === id);
    if (!schedule) throw new Error(`the campaign has no schedule "${id}"`);
    return schedule;
  };

  let ticking: Promise<void> | null = null;
  async function tickAll(): Promise<void> {
    for (const schedule of schedules) {
      try {
        await catchUp(schedule);
      } catch (error) {
        log.error(
          { schedule: schedule.id, err: error },
          'schedule failed; the next tick tries again',
        );
      }
    }
  }

  return {
    tick() {
      ticking ??= tickAll().finally(() => {
        ticking = null;
      });
      return ticking;
    },
    preview(id, at) {
      const schedule = named(id);
      const occurrence = latestOccurrence(schedule, zone, at);
      return store.rehearse((tx) => jobOf(schedule)(occurrence, tx, at));
    },
    async runNow(id) {
      const schedule = named(id);
      await perform(schedule, latestOccurrence(schedule, zone, now()), true);
    },
  };
}
