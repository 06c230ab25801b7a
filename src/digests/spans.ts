/**
 * Which weeks a digest sums up. A week belongs to the stage its Monday lies in; the campaign's first
 * week to the first stage, whatever day the campaign begins on.
 */
import { addWeeks, mondayOf, weekNumber, weekSpan } from '../campaign/calendar.ts';
import { stageSpan } from '../campaign/stages.ts';
import type { Campaign, Stage } from '../campaign/types.ts';
import type { DigestPeriod } from './types.ts';

/** Weeks by their Mondays, both inclusive. */
export interface Weeks {
  readonly first: string;
  readonly last: string;
}

export interface DigestSpans {
  readonly period: DigestPeriod;
  /** Weeks that are summed up, none later than the running one. */
  readonly weeks: Weeks;
  /** Days of the period, both inclusive. */
  readonly days: { readonly from: string; readonly to: string };
  /** What it is compared with; null: nothing. */
  readonly before: Weeks | null;
  /** Null: no week is over yet. */
  readonly trend: Weeks | null;
}

/**
 * As it is chosen and kept in a button: the running week, the one before, the whole campaign, or a
 * stage by its place in the campaign's list.
 */
export type PeriodKey = 'now' | 'last' | 'all' | `s${number}`;

/** What is looked back on as a trend. */
const TREND_WEEKS = 12;

type Dated = Pick<Campaign, 'period' | 'stages' | 'name'>;

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);
const firstWeek = ({ period }: Dated): string => mondayOf(period.from);

const trendTo = (campaign: Dated, last: string): Weeks | null => {
  const first = later(firstWeek(campaign), addWeeks(last, 1 - TREND_WEEKS));
  return first > last ? null : { first, last };
};

/** Whether any day of the week is the campaign's. */
export const isCampaignWeek = (week: string, { period }: Pick<Campaign, 'period'>): boolean =>
  weekSpan(week).to >= period.from && week <= period.to;

/** One week; `thisWeek` is the running one. */
export function weekSpans(campaign: Dated, week: string, thisWeek: string): DigestSpans {
  const before = addWeeks(week, -1);
  return {
    period: {
      kind: 'week',
      week,
      number: weekNumber(week, campaign.period),
      running: week >= thisWeek,
    },
    weeks: { first: week, last: week },
    days: weekSpan(week),
    before: isCampaignWeek(before, campaign) ? { first: before, last: before } : null,
    trend: trendTo(campaign, week),
  };
}

/** The weeks of a stage, or (null) of the whole campaign. */
function weeksOf(campaign: Dated, stage: Stage | null): Weeks & { from: string; to: string } {
  const { from, to } = stage ? stageSpan(campaign, stage) : campaign.period;
  const monday = mondayOf(from);
  const begins = monday === from || monday === firstWeek(campaign) ? monday : addWeeks(monday, 1);
  return { first: begins, last: mondayOf(to), from, to };
}

/** A stage or (null) the whole campaign; null when its first week has not begun. */
export function stageSpans(
  campaign: Dated,
  stage: Stage | null,
  thisWeek: string,
): DigestSpans | null {
  const { first, last, from, to } = weeksOf(campaign, stage);
  if (thisWeek < first || last < first) return null;
  const running = thisWeek <= last;
  const at = stage ? campaign.stages.findIndex(({ id }) => id === stage.id) : -1;
  const previous = campaign.stages[at - 1];
  const before = previous && weeksOf(campaign, previous);
  return {
    period: {
      kind: 'stage',
      stage: stage?.id ?? null,
      name: stage?.name ?? campaign.name,
      from,
      to,
      weeks: { first, last },
      running,
    },
    weeks: { first, last: earlier(last, thisWeek) },
    days: { from, to },
    before:
      before && before.first <= before.last ? { first: before.first, last: before.last } : null,
    trend: trendTo(campaign, running ? addWeeks(thisWeek, -1) : last),
  };
}

/** Null for a period the campaign does not have, or that has not begun. */
export function spansOf(campaign: Dated, key: string, thisWeek: string): DigestSpans | null {
  if (key === 'all') return stageSpans(campaign, null, thisWeek);
  if (key === 'now' || key === 'last') {
    const week = addWeeks(thisWeek, key === 'now' ? 0 : -1);
    return isCampaignWeek(week, campaign) ? weekSpans(campaign, week, thisWeek) : null;
  }
  const stage = /^s\d{1,2}$/.test(key) ? campaign.stages[Number(key.slice(1))] : undefined;
  return stage ? stageSpans(campaign, stage, thisWeek) : null;
}

/** Periods that may be asked for now, the likeliest first. */
export const periodKeys = (campaign: Dated, thisWeek: string): PeriodKey[] =>
  (['last', 'now', ...campaign.stages.map((_, i) => `s${i}` as const), 'all'] as const).filter(
    (key) => spansOf(campaign, key, thisWeek) !== null,
  );
