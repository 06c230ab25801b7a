/** The figures of a span, as they stand now. */
import type { Temporal } from 'temporal-polyfill';
import { addWeeks, mondayOf, monthOf, weekOf, weekSpan } from '../../campaign/calendar.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import { type Period, sumTable, type Table, weekTable } from '../../standings/board.ts';
import { computeWeek } from '../../standings/score.ts';
import type { LiveWeek } from '../../standings/total.ts';
import type { Span } from './wish.ts';

export interface Weeks {
  readonly first: string;
  readonly last: string;
}

/** The weeks of a span, from the first to the last, none after this one; null: there is none yet. */
export function weeksOf(
  span: Span,
  now: Temporal.Instant,
  { period, zone }: HandlerDeps['campaign'],
): Weeks | null {
  const current = weekOf(now, zone);
  const beginning = mondayOf(period.from);
  switch (span) {
    case 'now':
      return { first: current, last: current };
    case 'last': {
      const week = addWeeks(current, -1);
      return week < beginning ? null : { first: week, last: week };
    }
    case 'month':
      return { first: monthOf(current).first, last: current };
    case 'before': {
      const { first, last } = monthOf(addWeeks(monthOf(current).first, -1));
      return last < beginning ? null : { first, last };
    }
    case 'all':
      return { first: beginning, last: current };
  }
}

/** `unitId`: whose people are looked at. */
export async function loadTable(
  span: Span,
  weeks: Weeks,
  unitId: number | null,
  { now, deps }: { readonly now: Temporal.Instant; readonly deps: HandlerDeps },
): Promise<Table> {
  const { campaign, reads } = deps;
  const live = async (week: string): Promise<LiveWeek> => {
    const data = await reads.unitWeek(week, campaign.code);
    return { data, standings: computeWeek(data, campaign) };
  };
  if (span === 'now' || span === 'last') return weekTable(await live(weeks.last), campaign);
  // Last week may not be recorded yet, and this one is not: both are taken as they stand.
  const current = weekOf(now, campaign.zone);
  const open = [addWeeks(current, -1), current].filter(
    (week) => week >= weeks.first && week <= weeks.last,
  );
  const [first = weeks.last, ...more] = open;
  const [past, ...lives] = await Promise.all([
    reads.pastTotals(first, campaign.code, unitId, span === 'all' ? undefined : weeks.first),
    live(first),
    ...more.map(live),
  ]);
  return sumTable(periodOf(span, weeks), past, lives, campaign);
}

function periodOf(
  span: 'month' | 'before' | 'all',
  weeks: Weeks,
): Exclude<Period, { kind: 'week' }> {
  if (span === 'all') return { kind: 'campaign' };
  const { month, first, last } = monthOf(weeks.last);
  return { kind: 'month', month, from: first, to: weekSpan(last).to };
}
