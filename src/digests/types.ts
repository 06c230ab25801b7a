/**
 * What a digest says, before it is put into words, a picture or a workbook. One shape for every
 * reader: what a reader may not see is empty or null, never merely hidden by the rendering.
 */
import type { DigestScope } from '../people/may.ts';
import type { UnitOfWeek, UnitStanding } from '../standings/types.ts';

export type DigestPeriod =
  | { readonly kind: 'week'; readonly week: string; readonly number: number }
  /** ISO dates, both inclusive. `stage`: its id, or null for the whole campaign. */
  | {
      readonly kind: 'stage';
      readonly stage: string | null;
      readonly from: string;
      readonly to: string;
    };

/** Counts over the units of the digest. */
export interface DigestTotals {
  readonly units: number;
  readonly headcount: number;
  /** People with at least one verified report. */
  readonly participants: number;
  readonly submitted: number;
  readonly verified: number;
  readonly returned: number;
  /** Units none of whose people reported anything. */
  readonly silentUnits: number;
}

export interface DigestUnit {
  readonly unit: UnitOfWeek;
  readonly standing: UnitStanding;
  /** Places gained since the period before, negative when lost; null when there is nothing to compare. */
  readonly moved: number | null;
  /** In the period before; null when there was none. */
  readonly participantsBefore: number | null;
  /** Submitted in the period, whatever became of it. */
  readonly submitted: number;
  readonly returned: number;
  /** Waiting for a decision now, from whatever period, and the age in days of the oldest. */
  readonly waiting: number;
  readonly oldestDays: number | null;
}

export interface DigestGroup {
  readonly groupKey: string;
  /** Any unit of the group: it says what the group has in common. */
  readonly sample: UnitOfWeek;
  /** By place; units without points last, in Vietnamese order of their names. */
  readonly units: readonly DigestUnit[];
}

/** Of students, by their class or course. */
export interface DigestCohort {
  readonly unit: UnitOfWeek;
  /** Null: the roster names none. */
  readonly cohort: string | null;
  readonly headcount: number;
  readonly participants: number;
  readonly verified: number;
}

/** One point of the trend, oldest first. */
export interface TrendPoint {
  readonly week: string;
  readonly number: number;
  readonly headcount: number;
  readonly participants: number;
  readonly verified: number;
}

export interface DigestExemplar {
  readonly id: number;
  readonly reportId: number;
  readonly title: string;
  readonly authorName: string;
  readonly unit: UnitOfWeek;
  readonly citation: string;
}

/** What needs a decision or a word first; the three most urgent are said at the top. */
export type Attention =
  /** Reports that have waited longer than a week, in so many units. */
  | {
      readonly kind: 'backlog';
      readonly waiting: number;
      readonly oldestDays: number;
      readonly units: readonly UnitOfWeek[];
    }
  | { readonly kind: 'silent'; readonly units: readonly UnitOfWeek[] }
  /** Participation fell by so many percentage points. */
  | { readonly kind: 'falling'; readonly points: number; readonly units: readonly UnitOfWeek[] }
  | { readonly kind: 'audit'; readonly doubtful: number; readonly waiting: number }
  | { readonly kind: 'tickets'; readonly overdue: number }
  | { readonly kind: 'unreachable'; readonly people: number };

export interface Digest {
  readonly of: DigestScope;
  readonly period: DigestPeriod;
  /** When the figures were taken, ISO instant. */
  readonly asOf: string;
  readonly totals: DigestTotals;
  /** Of the period before; null when there was none. */
  readonly before: DigestTotals | null;
  /** Empty for `participation`, whose readers see counts only: see `units`. */
  readonly groups: readonly DigestGroup[];
  /** Every unit, in the order of the organisation's list. */
  readonly units: readonly DigestUnit[];
  /** Only for `students`. */
  readonly cohorts: readonly DigestCohort[];
  /** The last twelve weeks at most. */
  readonly trend: readonly TrendPoint[];
  readonly silent: readonly UnitOfWeek[];
  readonly backlog: { readonly waiting: number; readonly oldestDays: number | null };
  /** Approved in the period, for those who may see them. */
  readonly exemplars: readonly DigestExemplar[];
  /** Null for those who may not see it. */
  readonly audit: {
    readonly drawn: number;
    readonly waiting: number;
    readonly sound: number;
    readonly doubtful: number;
  } | null;
  /** Most urgent first, at most three. */
  readonly attention: readonly Attention[];
}
