import { Temporal } from 'temporal-polyfill';
import { addDays, weekOf } from '../campaign/calendar.ts';
import type { Schedule } from '../campaign/types.ts';

type Timing = Pick<Schedule, 'weekday' | 'time'>;

/**
 * When a weekly schedule falls after `after` and up to `until` (inclusive), in order. Its time is
 * wall-clock time of the zone: one that a change to summer time skips falls as much later as the
 * clock jumps, and one that comes twice falls the first time only.
 */
export function occurrencesBetween(
  schedule: Timing,
  zone: string,
  after: Temporal.Instant,
  until: Temporal.Instant,
): Temporal.Instant[] {
  const found: Temporal.Instant[] = [];
  const last = weekOf(until, zone);
  for (let week = weekOf(after, zone); week <= last; week = addDays(week, 7)) {
    const at = occurrenceIn(schedule, zone, week);
    if (Temporal.Instant.compare(at, after) > 0 && Temporal.Instant.compare(at, until) <= 0)
      found.push(at);
  }
  return found;
}

/** The latest occurrence up to `now`, inclusive. */
export function latestOccurrence(
  schedule: Timing,
  zone: string,
  now: Temporal.Instant,
): Temporal.Instant {
  const week = weekOf(now, zone);
  const at = occurrenceIn(schedule, zone, week);
  return Temporal.Instant.compare(at, now) <= 0
    ? at
    : occurrenceIn(schedule, zone, addDays(week, -7));
}

function occurrenceIn({ weekday, time }: Timing, zone: string, week: string): Temporal.Instant {
  return Temporal.PlainDate.from(addDays(week, weekday - 1))
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant();
}
