import { Temporal } from 'temporal-polyfill';
import { addDays, weekOf } from '../campaign/calendar.ts';
import type { Schedule } from '../campaign/types.ts';

type Timing = Pick<Schedule, 'weekday' | 'time'>;

/** The weekdays it falls on, in order. */
const weekdaysOf = ({ weekday }: Timing): readonly number[] =>
  weekday === 'daily' ? [1, 2, 3, 4, 5, 6, 7] : [weekday];

/**
 * When a schedule falls after `after` and up to `until` (inclusive), in order. Its time is
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
    for (const at of occurrencesIn(schedule, zone, week))
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
  const past = [addDays(week, -7), week]
    .flatMap((each) => occurrencesIn(schedule, zone, each))
    .filter((at) => Temporal.Instant.compare(at, now) <= 0);
  const latest = past.at(-1);
  if (!latest) throw new Error('a weekly schedule has an occurrence in every seven days');
  return latest;
}

/** The first occurrence after `now`. */
export function nextOccurrence(
  schedule: Timing,
  zone: string,
  now: Temporal.Instant,
): Temporal.Instant {
  const week = weekOf(now, zone);
  const next = [week, addDays(week, 7)]
    .flatMap((each) => occurrencesIn(schedule, zone, each))
    .find((at) => Temporal.Instant.compare(at, now) > 0);
  if (!next) throw new Error('a weekly schedule has an occurrence in every seven days');
  return next;
}

const occurrencesIn = (schedule: Timing, zone: string, week: string): Temporal.Instant[] =>
  weekdaysOf(schedule).map((weekday) =>
    Temporal.PlainDate.from(addDays(week, weekday - 1))
      .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(schedule.time) })
      .toInstant(),
  );
