/** Whether the campaign takes reports on a day, and which days of work it counts. */
import type { Campaign } from '../campaign/types.ts';

/** ISO dates compare as text. */
export const campaignPhase = (
  campaign: Pick<Campaign, 'period'>,
  today: string,
): 'before' | 'open' | 'after' => {
  if (today < campaign.period.from) return 'before';
  return today > campaign.period.to ? 'after' : 'open';
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
