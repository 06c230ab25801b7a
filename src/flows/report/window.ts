/** Whether reports are taken today: by the campaign's dates, and after the close by leave. */
import type { HandlerDeps } from '../../engine/deps.ts';
import type { LateTarget } from '../../engine/late-reads.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import { showDate } from '../../messages/dates.ts';
import type { Say } from '../../messages/say.ts';
import { campaignPhase } from '../../reports/period.ts';

/** Whose leave lets a person report: their own, or their unit's. */
export const windowOf = (person: PersonView | null): LateTarget => ({
  personId: person?.id ?? null,
  unitId: person?.membership?.unit.id ?? null,
});

/**
 * Why no report of this person and unit is taken today, in one sentence; null when it is. Leave of
 * either will do; a report of the unit itself names no person.
 */
export async function reportingClosed(
  say: Say,
  of: LateTarget,
  today: string,
  { campaign, reads }: Pick<HandlerDeps, 'campaign' | 'reads'>,
): Promise<string | null> {
  const phase = campaignPhase(campaign, today);
  if (phase === 'before')
    return say('report-not-open', { date: showDate(campaign.period.from, say.language) });
  if (phase !== 'after') return null;
  const leave = await reads.leaveOf(campaign.code, of, today);
  return leave === null
    ? say('report-closed', { date: showDate(campaign.reportingUntil, say.language) })
    : null;
}
