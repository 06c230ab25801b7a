/** Working hours, in which people are best written to. Pure. */
import { Temporal } from 'temporal-polyfill';
import { addDays } from '../../campaign/calendar.ts';
import type { WorkCalendar } from '../../campaign/work-calendar.ts';

/** 07:30–11:30 and 13:30–17:00 of working days, as minutes of the day: design's quiet hours (DOMAIN.md, calendar). */
const HOURS = [
  [450, 690],
  [810, 1020],
] as const;

/** Most days looked back for a working day: longer than any holiday. */
const MOST_DAYS = 30;

const at = (day: string, time: string, zone: string): Temporal.Instant =>
  Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant();

export function inWorkingHours(
  moment: Temporal.Instant,
  zone: string,
  calendar: WorkCalendar,
): boolean {
  const local = moment.toZonedDateTimeISO(zone);
  const minute = local.hour * 60 + local.minute;
  return (
    calendar.isWorkingDay(local.toPlainDate().toString()) &&
    HOURS.some(([from, to]) => from <= minute && minute < to)
  );
}

/** Hours offered for sending: the next beginnings of working half-days. */
export function workingTimes(
  now: Temporal.Instant,
  zone: string,
  calendar: WorkCalendar,
): Temporal.Instant[] {
  const today = now.toZonedDateTimeISO(zone).toPlainDate().toString();
  const next = calendar.addWorkingDays(today, 1);
  return [
    ...(calendar.isWorkingDay(today) ? [at(today, '14:00', zone)] : []),
    at(next, '08:00', zone),
    at(next, '14:00', zone),
  ].filter((each) => Temporal.Instant.compare(each, now) > 0);
}

/** 08:00 of the working day before, else two hours before; null when that is past as well. */
export function defaultReminder(
  event: Temporal.Instant,
  now: Temporal.Instant,
  zone: string,
  calendar: WorkCalendar,
): Temporal.Instant | null {
  let day = addDays(event.toZonedDateTimeISO(zone).toPlainDate().toString(), -1);
  for (let days = 0; !calendar.isWorkingDay(day) && days < MOST_DAYS; days += 1)
    day = addDays(day, -1);
  const wanted = [at(day, '08:00', zone), event.subtract({ hours: 2 })];
  return wanted.find((each) => Temporal.Instant.compare(each, now) > 0) ?? null;
}
