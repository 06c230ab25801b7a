/**
 * Days and weeks of the campaign. A day is an ISO date (`2024-07-05`) in the campaign's zone; a week
 * runs from Monday to Sunday and is named by the date of its Monday.
 */
import { Temporal } from 'temporal-polyfill';

interface Day {
  readonly zone: string;
  /** Milliseconds since the epoch: from inclusive, until exclusive. */
  readonly from: number;
  readonly until: number;
  readonly name: string;
}

function dayAround(at: Temporal.Instant, zone: string): Day {
  const start = at.toZonedDateTimeISO(zone).startOfDay();
  return {
    zone,
    from: start.epochMilliseconds,
    until: start.add({ days: 1 }).startOfDay().epochMilliseconds,
    name: start.toPlainDate().toString(),
  };
}

/** The day asked for last: nearly all instants fall in it, and zone arithmetic is slow. */
let lastDay: Day | null = null;

/** The day it is in the zone at that instant. */
export function campaignDay(at: Temporal.Instant, zone: string): string {
  const ms = at.epochMilliseconds;
  if (lastDay?.zone !== zone || ms < lastDay.from || ms >= lastDay.until)
    lastDay = dayAround(at, zone);
  return lastDay.name;
}

/** An instant as ISO text, to the millisecond; many times as fast as its own `toString`. */
export const instantText = (at: Temporal.Instant): string =>
  new Date(at.epochMilliseconds).toISOString().replace('.000Z', 'Z');

/** The Monday on or before a day. */
export function mondayOf(day: string): string {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
}

/** The week an instant falls in, in the zone. */
export const weekOf = (at: Temporal.Instant, zone: string): string =>
  mondayOf(campaignDay(at, zone));

/** Whole days from the day of an instant (ISO text) to a day. */
export const daysSince = (at: string, day: string, zone: string): number =>
  Temporal.PlainDate.from(campaignDay(Temporal.Instant.from(at), zone)).until(day, {
    largestUnit: 'days',
  }).days;

/** Days from one day to another, negative when that is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;

/** A later day, or an earlier one with negative `days`. */
export const addDays = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString();

/** The week `weeks` after this one, or before it when negative. */
export const addWeeks = (week: string, weeks: number): string => addDays(week, 7 * weeks);

/** Monday and Sunday, both inclusive. */
export const weekSpan = (week: string): { from: string; to: string } => ({
  from: week,
  to: addDays(week, 6),
});

/** Number of a week within the campaign: 1 for the week its first day falls in, 0 for the one before. */
export function weekNumber(week: string, period: { readonly from: string }): number {
  const first = Temporal.PlainDate.from(mondayOf(period.from));
  return first.until(Temporal.PlainDate.from(week), { largestUnit: 'days' }).days / 7 + 1;
}

/**
 * The month a week counts in: the one of its Monday. With its first and last week, whatever the
 * campaign's length.
 */
export function monthOf(week: string): { month: string; first: string; last: string } {
  const first = Temporal.PlainDate.from(week).with({ day: 1 });
  const next = first.add({ months: 1 });
  const monday = (day: Temporal.PlainDate): string => mondayOf(day.add({ days: 6 }).toString());
  return {
    month: first.toPlainYearMonth().toString(),
    first: monday(first),
    last: addWeeks(monday(next), -1),
  };
}
