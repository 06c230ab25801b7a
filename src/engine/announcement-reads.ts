/** What announcements and events ask the database. */
import type { Addressees } from '../people/addressees.ts';
import type { Page, Paged } from './office-reads.ts';
import type { UnitView } from './turn-context.ts';

export type AnnouncementKind = 'notice' | 'launch' | 'review' | 'event';
/**
 * scheduled: waits for its time; sending: claimed to go out, or going out; sent: nothing waits any
 * more; stopped: while it went out; cancelled: before it went out, or an event afterwards.
 */
export type AnnouncementStatus = 'scheduled' | 'sending' | 'sent' | 'stopped' | 'cancelled';
export type EventAnswer = 'yes' | 'no' | 'maybe';

/** Instants are ISO text. */
export interface AnnouncementView {
  readonly id: number;
  readonly kind: AnnouncementKind;
  /** In Vietnamese, as the office wrote them. */
  readonly title: string;
  readonly body: string;
  readonly addressees: Addressees;
  readonly status: AnnouncementStatus;
  readonly version: number;
  readonly author: { readonly id: number; readonly name: string };
  /** Null: by hand. */
  readonly sendAt: string | null;
  /** People, or groups, it was for when it went out; null before. */
  readonly total: number | null;
  /** Of an event: when, where, and when people are reminded of it. */
  readonly eventAt: string | null;
  readonly eventPlace: string | null;
  readonly remindAt: string | null;
}

/** Of `total` messages: delivered, undeliverable, waiting. What is missing was stopped in time. */
export interface AnnouncementProgress {
  readonly total: number;
  readonly sent: number;
  readonly unreachable: number;
  readonly waiting: number;
}

export interface AnswerCounts {
  readonly yes: number;
  readonly maybe: number;
  readonly no: number;
  readonly silent: number;
}

/** An event to come, with the reader's own answer where they are invited. */
export interface ComingEvent {
  readonly announcement: AnnouncementView;
  readonly invited: boolean;
  readonly answer: EventAnswer | null;
  /** How many will come. */
  readonly yes: number;
}

export interface AnnouncementReads {
  /** The next announcement's number; numbers may have gaps. */
  nextAnnouncementNumber(): Promise<number>;
  announcement(id: number): Promise<AnnouncementView | null>;
  /** Latest first. */
  announcements(campaign: string, page: Page): Promise<Paged<AnnouncementView>>;
  announcementProgress(id: number): Promise<AnnouncementProgress>;
  answerCounts(id: number): Promise<AnswerCounts>;
  /** Who gave this answer, by name. */
  answerers(
    id: number,
    answer: EventAnswer,
    on: string,
    page: Page,
  ): Promise<
    Paged<{
      readonly name: string;
      readonly unit: Pick<UnitView, 'nameVi' | 'nameEn'> | null;
    }>
  >;
  /** What somebody was invited to, with their answer; null when it did not go to them. */
  invitation(
    id: number,
    personId: number,
  ): Promise<{
    readonly announcement: AnnouncementView;
    readonly answer: EventAnswer | null;
  } | null>;
  /** Events after `now`, the first one first: all of them, or (`all` false) those the person is invited to. */
  comingEvents(
    campaign: string,
    now: string,
    of: { readonly personId: number; readonly all: boolean; readonly limit: number },
  ): Promise<ComingEvent[]>;
  /** How many it would be for on a day, and how many of them can be written to. */
  reach(
    addressees: Addressees,
    on: string,
  ): Promise<{ readonly total: number; readonly reachable: number }>;
  /** What units on a day differ in, each combination once, in order. */
  unitTraits(on: string): Promise<Pick<UnitView, 'kind' | 'bloc' | 'cluster'>[]>;
}
