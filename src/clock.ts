/** Clocks, for the composition root; the core is only ever told the time. */
import { Temporal } from 'temporal-polyfill';

export interface Clock {
  now(): Temporal.Instant;
}

export interface MovableClock extends Clock {
  /** @throws ClockRefusal when `to` is not after the present time. */
  moveTo(to: Temporal.Instant): Promise<void>;
}

export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** A sentence for whoever moved the clock. */
export class ClockRefusal extends Error {}

/** How far the movable clock is ahead of (or, for a past campaign, behind) real time, in ms. */
export interface ClockOffset {
  load(): Promise<number | null>;
  save(offsetMs: number): Promise<void>;
}

/**
 * A clock that runs at real speed from `start`, or from where it was left by an earlier run, and can
 * be put forward. It never goes back: what has been decided at a time stays in its past.
 */
export async function createMovableClock(options: {
  readonly start: Temporal.Instant;
  readonly offset: ClockOffset;
  readonly real?: Clock;
}): Promise<MovableClock> {
  const real = options.real ?? systemClock;
  const ahead = (to: Temporal.Instant): number =>
    to.epochMilliseconds - real.now().epochMilliseconds;
  let offsetMs = await options.offset.load();
  if (offsetMs === null) {
    offsetMs = ahead(options.start);
    await options.offset.save(offsetMs);
  }
  let current: number = offsetMs;
  // Real time may be set back; this clock then stands still until it has caught up.
  let latest = real.now().add({ milliseconds: current });
  const now = (): Temporal.Instant => {
    const reads = real.now().add({ milliseconds: current });
    if (Temporal.Instant.compare(reads, latest) > 0) latest = reads;
    return latest;
  };
  return {
    now,
    async moveTo(to) {
      if (Temporal.Instant.compare(to, now()) <= 0)
        throw new ClockRefusal(`The clock only moves forward: it is already ${now().toString()}.`);
      const moved = ahead(to);
      await options.offset.save(moved);
      current = moved;
    },
  };
}

/** The clock as people of one time zone read and set it. */
export function zonedClock(
  clock: MovableClock,
  zone: string,
): { now(): string; moveTo(time: string): Promise<void> } {
  return {
    now: () =>
      clock.now().toZonedDateTimeISO(zone).toString({ smallestUnit: 'second', offset: 'auto' }),
    /** @param time with an offset or a zone in brackets */
    moveTo: (time) =>
      clock.moveTo(
        /\]$/.test(time)
          ? Temporal.ZonedDateTime.from(time).toInstant()
          : Temporal.Instant.from(time),
      ),
  };
}
