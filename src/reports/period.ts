/** When the campaign takes reports, which days of work it counts, and in which week. */
import { mondayOf } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';

type Window = Pick<Campaign, 'period' | 'reportingUntil'>;

/**
 * before: not begun · open: work counts and is reported · ending: the campaign is over, its work is
 * still reported · after: reports are taken by the office's leave only. ISO dates compare as text.
 */
export const campaignPhase = (
  { period, reportingUntil }: Window,
  today: string,
): 'before' | 'open' | 'ending' | 'after' => {
  if (today < period.from) return 'before';
  if (today <= period.to) return 'open';
  return today <= reportingUntil ? 'ending' : 'after';
};

/** Why work done on `day` cannot be reported on `today`, or null when it can. */
export function dayProblem(
  campaign: Pick<Campaign, 'period'>,
  day: string,
  today: string,
): 'future' | 'outside' | null {
  if (day > today) return 'future';
  return day < campaign.period.from || day > campaign.period.to ? 'outside' : null;
}

/**
 * The week (by its Monday) in which a report sent on this day counts: that day's, or after the end the
 * campaign's last one, whose board is then corrected.
 */
export const weekCounted = ({ period }: Pick<Campaign, 'period'>, today: string): string =>
  mondayOf(today > period.to ? period.to : today);
