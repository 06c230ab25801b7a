/** What feedback asks the database. Units are those of the day asked about: a merged one's are its successor's. */
import type { WorkCalendar } from '../campaign/work-calendar.ts';
import type { Page } from './office-reads.ts';
import type { UnitView } from './turn-context.ts';

export type TicketAbout = 'unit' | 'system' | 'other';
/** open: waits for an answer; answered: has one and is not closed. */
type TicketStatus = 'open' | 'answered' | 'closed';

export interface TicketLine {
  readonly id: number;
  readonly authorId: number;
  readonly about: TicketAbout;
  /** The unit it is about, with `about` unit. */
  readonly unit: UnitView | null;
  readonly status: TicketStatus;
  readonly version: number;
  /** ISO instant. */
  readonly openedAt: string;
  /** ISO date by which it is to be answered. */
  readonly dueOn: string;
  /** It has gone to the leadership. */
  readonly escalated: boolean;
  /** Its first words. */
  readonly words: string;
}

export interface TicketWords {
  readonly author: { readonly id: number; readonly name: string };
  readonly at: string;
  readonly text: string;
}

export interface TicketView extends TicketLine {
  readonly author: { readonly id: number; readonly name: string };
  /** Where the author belongs. */
  readonly authorUnit: UnitView | null;
  readonly closedAt: string | null;
  /** In the order they were written; the first opened it. */
  readonly messages: readonly TicketWords[];
}

export interface TicketReads {
  workCalendar(): Promise<WorkCalendar>;
  /** The next number of a ticket; numbers may have gaps. */
  nextTicketNumber(): Promise<number>;
  ticket(id: number, on: string): Promise<TicketView | null>;
  /** A person's own in a campaign, those not closed first, then the latest; `live` are not closed. */
  ticketsOf(
    personId: number,
    campaign: string,
    on: string,
    page: Page,
  ): Promise<{ total: number; live: number; lines: readonly TicketLine[] }>;
  /** All that wait for an answer, the first due first: whoever lists them leaves out what the reader may not see. */
  ticketsWaiting(campaign: string, on: string): Promise<readonly TicketLine[]>;
}
