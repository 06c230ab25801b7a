/** Feedback that is not answered in time goes to the leadership, once; the office is told with a line. */
import { campaignDay } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import type { WorkCalendar } from '../campaign/work-calendar.ts';
import { ticketSubject } from '../flows/tickets/change.ts';
import type { Language } from '../messages/language.ts';
import type { Say } from '../messages/say.ts';
import { escalatedMessage } from '../messages/tickets.ts';
import { may } from '../people/may.ts';
import type { Outgoing } from './decision.ts';
import type { Holder, HolderReads } from './holder-reads.ts';
import type { Job } from './schedule.ts';
import type { TicketLine } from './ticket-reads.ts';

export interface EscalationStore extends Pick<HolderReads, 'holders'> {
  workCalendar(): Promise<WorkCalendar>;
  /**
   * Marks, with their record, the open tickets due before this day that the leadership does not know
   * yet. @returns them as they are now, the first due first
   */
  escalate(day: string, at: string): Promise<readonly TicketLine[]>;
}

/** Does nothing on a day that is not worked: the next one does it. */
export function ticketEscalationJob(parts: {
  readonly campaign: Campaign;
  readonly texts: Readonly<Record<Language, Say>>;
}): Job<EscalationStore> {
  const { campaign, texts } = parts;

  function told(ticket: TicketLine, { person, address }: Holder): Outgoing[] {
    if (!address || !may(person, 'ticket.answer', ticketSubject(ticket))) return [];
    const office = may(person, 'ticket.answer', ticketSubject({ ...ticket, escalated: false }));
    return [
      {
        to: address,
        message: escalatedMessage(texts[person.language], ticket, office ? 'office' : 'lead'),
        personId: person.id,
        priority: 'notice',
        confidential: true,
        dedupe: `ticket:${campaign.code}:${ticket.id}:escalated:${person.id}`,
      },
    ];
  }

  return async (occurrence, store, now) => {
    const day = campaignDay(occurrence, campaign.zone);
    const calendar = await store.workCalendar();
    if (!calendar.isWorkingDay(day)) return [];
    const tickets = await store.escalate(day, now.toString());
    if (tickets.length === 0) return [];
    // A post that was held back comes later: to those who hold the roles by then.
    const today = campaignDay(now, campaign.zone);
    const holders = await store.holders(['office', 'leadership'], today);
    return tickets.flatMap((ticket) => holders.flatMap((holder) => told(ticket, holder)));
  };
}
