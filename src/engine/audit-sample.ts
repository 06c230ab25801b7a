/** Draws the week's random sample of verified reports: formalism is found by looking again, not by counting. */
import { addWeeks, campaignDay, weekOf } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import type { Language } from '../messages/language.ts';
import { drawnMessage } from '../messages/office/reports.ts';
import type { Say } from '../messages/say.ts';
import type { Outgoing } from './decision.ts';
import type { Job } from './schedule.ts';
import type { Recipient } from './turn-context.ts';

export interface AuditStore {
  /**
   * Draws `share` of the week's verified reports (rounded up) at random among those not drawn before,
   * and records them. @returns how many of how many
   */
  draw(
    week: string,
    share: number,
    at: string,
  ): Promise<{ readonly drawn: number; readonly of: number }>;
  /** The office's members, with where they can be written to. */
  office(on: string): Promise<readonly Recipient[]>;
}

/** An occurrence draws from the last week that had ended by then. */
export function auditSampleJob(parts: {
  readonly campaign: Campaign;
  readonly texts: Readonly<Record<Language, Say>>;
}): Job<AuditStore> {
  const { campaign, texts } = parts;
  return async (occurrence, store, now) => {
    const week = addWeeks(weekOf(occurrence, campaign.zone), -1);
    const { drawn, of } = await store.draw(week, campaign.auditShare, now.toString());
    if (drawn === 0) return [];
    const office = await store.office(campaignDay(now, campaign.zone));
    return office.flatMap(({ personId, address, language }): Outgoing[] =>
      address
        ? [
            {
              to: address,
              message: drawnMessage(texts[language], { week, drawn, of }),
              personId,
              priority: 'notice',
              dedupe: `audit:${campaign.code}:${week}:${personId}`,
            },
          ]
        : [],
    );
  };
}
