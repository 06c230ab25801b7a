/** What the office's own tools ask the database. Every list is a page: its lines and how many there are in all. */
import type { ReportLine } from './reads.ts';
import type { UnitView } from './turn-context.ts';

export interface Page {
  readonly limit: number;
  readonly offset: number;
}
export interface Paged<Line> {
  readonly total: number;
  readonly lines: readonly Line[];
}

/** How the campaign stands for those who run it. Days are whole days of real age. */
export interface OfficeOverview {
  readonly reports: { readonly waiting: number; readonly oldestAt: string | null };
  /** Units with a report older than a week. */
  readonly lateUnits: number;
  readonly enrolments: number;
  /** Messages on their way, and those that need a person's decision. */
  readonly outbox: number;
  readonly deadLetters: number;
  readonly members: number;
  readonly unreachable: Readonly<Record<UnreachableKind, number>>;
  readonly audit: { readonly waiting: number; readonly doubtful: number };
  /** Occurrences held back and not released. */
  readonly held: number;
}

/**
 * `never`: no account yet; `blocked`: every account of theirs refuses the bot; `closed`: their
 * accounts are gone from the platform.
 */
export const UNREACHABLE_KINDS = ['never', 'blocked', 'closed'] as const;
export type UnreachableKind = (typeof UNREACHABLE_KINDS)[number];

export interface UnitQueue {
  readonly unit: UnitView;
  readonly waiting: number;
  /** ISO instant of the oldest one's submission. */
  readonly oldestAt: string;
  /** Whether anybody leads the unit; else its reports go to the parent or the office. */
  readonly led: boolean;
}

export interface UnreachablePerson {
  readonly personId: number;
  readonly name: string;
  readonly unit: UnitView;
}

/** Two reports that look like one. `evidence`: the same document or link; `title`: the same words on the same day. */
export interface DuplicatePair {
  readonly first: ReportLine;
  readonly second: ReportLine;
  readonly why: 'evidence' | 'title';
}

export interface AuditLine {
  readonly report: ReportLine;
  readonly week: string;
  readonly result: 'waiting' | 'sound' | 'doubtful';
  readonly version: number;
  readonly checkedBy: { readonly id: number; readonly name: string } | null;
  readonly note: string | null;
}

export interface PersonCard {
  readonly code: string;
  readonly reports: Paged<ReportLine>;
}

/** A schedule's last record and what is held back of it, by schedule id. */
interface ScheduleState {
  readonly schedule: string;
  readonly last: { readonly occurrence: string; readonly outcome: 'done' | 'skipped' } | null;
  readonly held: readonly string[];
}

/** A day the office has set, with why. */
export interface SetDay {
  readonly day: string;
  readonly working: boolean;
  readonly note: string;
}

export interface OfficeReads {
  officeOverview(campaign: string, on: string): Promise<OfficeOverview>;
  /** Units with reports that wait, the oldest report first. */
  unitQueues(campaign: string, on: string, page: Page): Promise<Paged<UnitQueue>>;
  /** People of today's units whom no message reaches, by unit and name. */
  unreachablePeople(
    kind: UnreachableKind,
    on: string,
    page: Page,
  ): Promise<Paged<UnreachablePerson>>;
  /** Newest first; pairs set aside and reports withdrawn, rejected or revoked are left out. */
  duplicatePairs(campaign: string, page: Page): Promise<Paged<DuplicatePair>>;
  /** Those waiting first, then the latest. */
  auditLines(campaign: string, page: Page): Promise<Paged<AuditLine>>;
  auditLine(reportId: number): Promise<AuditLine | null>;
  /** Null when there is no such person. */
  personCard(personId: number, page: Page): Promise<PersonCard | null>;
  scheduleStates(): Promise<readonly ScheduleState[]>;
  /** Days set by the office, from this ISO date on, in order. */
  setDays(from: string, limit: number): Promise<readonly SetDay[]>;
}
