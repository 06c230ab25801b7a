/**
 * What a digest says, before it is put into words, a picture or a workbook. One shape for every
 * reader: what a reader may not see is empty or null, never merely hidden by the rendering.
 */
import type { Campaign } from '../campaign/types.ts';
import type { DigestScope } from '../people/may.ts';
import type { Correction, UnitOfWeek, UnitStanding } from '../standings/types.ts';

export type DigestPeriod =
  | {
      readonly kind: 'week';
      /** Monday, ISO date. */
      readonly week: string;
      readonly number: number;
      /** Not over yet. */
      readonly running: boolean;
    }
  | {
      readonly kind: 'stage';
      /** Its id, or null for the whole campaign. */
      readonly stage: string | null;
      readonly name: { readonly vi: string; readonly en: string };
      /** First and last day, ISO dates. */
      readonly from: string;
      readonly to: string;
      /** Its whole weeks: those whose Monday lies in it, the first week of the campaign included. */
      readonly weeks: { readonly first: string; readonly last: string };
      readonly running: boolean;
    };

/** Of reports first sent in the period. */
export interface ReportCounts {
  /** Whatever became of them, withdrawn ones left out. */
  readonly submitted: number;
  readonly verified: number;
  readonly returned: number;
}

/** Counts over the units of the digest. */
export interface DigestTotals {
  readonly units: number;
  readonly headcount: number;
  /** People with at least one verified report, each once in a unit. */
  readonly participants: number;
  /** Units none of whose people reported anything; for `participation`: none of whose people take part. */
  readonly silentUnits: number;
  /** Null for `participation`. */
  readonly reports: ReportCounts | null;
}

/** How many of a unit take part: all that `participation` is told of it. */
export interface UnitParticipation {
  /** With its headcount. */
  readonly unit: UnitOfWeek;
  readonly participants: number;
  /** In the period before; null when there was none. */
  readonly before: number | null;
}

export interface DigestUnit {
  readonly unit: UnitOfWeek;
  /** Over a stage: sums of its weeks, participants and breadth counted once. */
  readonly standing: UnitStanding;
  /** Places gained since the period before, negative when lost; null when there is nothing to compare. */
  readonly moved: number | null;
  /** In the period before; null when there was none. */
  readonly participantsBefore: number | null;
  /** First sent in the period, whatever became of it; withdrawn ones left out. */
  readonly submitted: number;
  readonly returned: number;
  /** Waiting for a decision now, from whatever period, and the age in whole days of the oldest. */
  readonly waiting: number;
  readonly oldestDays: number | null;
}

export interface DigestGroup {
  readonly groupKey: string;
  /** Any unit of the group: with the digest's `by` it says what the group has in common. */
  readonly sample: UnitOfWeek;
  /**
   * By place; units without points last, in Vietnamese order of their names. Whoever ranks them in
   * words or a picture leaves out those below `smallUnit`, as the group's board does.
   */
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
  /** Null for `participation`. */
  readonly verified: number | null;
}

interface DigestExemplar {
  readonly id: number;
  readonly reportId: number;
  readonly title: string;
  /** Null: the work of a unit. */
  readonly authorName: string | null;
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
  /** Participation fell by so many percentage points; the units where it fell most. */
  | { readonly kind: 'falling'; readonly points: number; readonly units: readonly UnitOfWeek[] }
  | { readonly kind: 'audit'; readonly doubtful: number; readonly waiting: number }
  | { readonly kind: 'tickets'; readonly overdue: number }
  | { readonly kind: 'unreachable'; readonly people: number };

export interface Digest {
  readonly of: DigestScope;
  readonly campaign: Pick<Campaign, 'code' | 'name' | 'organisation' | 'zone' | 'period'>;
  /** What the units of one group agree in: see `groupName`. */
  readonly by: Campaign['comparison']['by'];
  /** Below this many people in a unit no individual figures are shown. */
  readonly smallUnit: number;
  readonly period: DigestPeriod;
  /** When the figures were taken, ISO instant. */
  readonly asOf: string;
  readonly totals: DigestTotals;
  /** Of the period before; null when there was none. */
  readonly before: DigestTotals | null;
  /** Every unit of the scope, in the Vietnamese order of names. */
  readonly participation: readonly UnitParticipation[];
  /** Empty for `participation`. */
  readonly groups: readonly DigestGroup[];
  /** Every unit of the scope, in the Vietnamese order of names; empty for `participation`. */
  readonly units: readonly DigestUnit[];
  /** Only for `students`; classes below `smallUnit` are left out. */
  readonly cohorts: readonly DigestCohort[];
  /** The last twelve weeks at most, up to the period's last. */
  readonly trend: readonly TrendPoint[];
  readonly silent: readonly UnitOfWeek[];
  /** Null for `participation`. */
  readonly backlog: { readonly waiting: number; readonly oldestDays: number | null } | null;
  /** Approved in the period and not withdrawn; empty for `participation`. */
  readonly exemplars: readonly DigestExemplar[];
  /** Reports drawn and looked at again in the period. Null except for `campaign`. */
  readonly audit: {
    readonly drawn: number;
    /** Not looked at until now, whenever they were drawn. */
    readonly waiting: number;
    readonly sound: number;
    readonly doubtful: number;
  } | null;
  /** Changes of earlier weeks that were recorded when this week was; empty for `participation`. */
  readonly corrections: readonly {
    readonly unit: UnitOfWeek;
    readonly correction: Correction;
  }[];
  /** Most urgent first, at most three. */
  readonly attention: readonly Attention[];
}

/** One person with a verified report in the period; nobody is listed for having none. */
export interface SheetPerson {
  readonly personId: number;
  readonly name: string;
  readonly unit: UnitOfWeek;
  readonly audience: 'staff' | 'student';
  /** A student's class or course. */
  readonly cohort: string | null;
  readonly points: number;
  /** Verified reports written or shared in. */
  readonly verified: number;
}

/** One verified report first sent in the period. */
export interface SheetReport {
  /** People know it by this number. */
  readonly id: number;
  readonly kind: 'personal' | 'collective';
  /** Content item: its id, and its label, the id where the campaign no longer has it. */
  readonly item: string;
  readonly itemLabel: { readonly vi: string; readonly en: string };
  readonly title: string;
  /** Null for a unit's work, and in units too small for individual figures. */
  readonly authorName: string | null;
  readonly unit: UnitOfWeek;
  /** ISO dates, in the campaign's zone. `week`: the Monday of the week it counts in. */
  readonly doneOn: string;
  readonly submittedOn: string;
  readonly verifiedOn: string;
  readonly week: string;
  readonly verifierName: string;
  /** Document numbers and links, files as their count. */
  readonly evidence: { readonly texts: readonly string[]; readonly files: number };
}

/**
 * The rows of a digest's workbook, within the same right as the digest. Both are empty for
 * `participation`; for `students` they hold students and their items only. People only of units of
 * `smallUnit` or more.
 */
export interface DigestSheets {
  /** By unit in Vietnamese order, then by name, the given name first. */
  readonly people: readonly SheetPerson[];
  /** By number. */
  readonly reports: readonly SheetReport[];
}
