/** What a digest is read from. */
import type { DigestScope } from '../people/may.ts';
import type {
  Correction,
  CountedReport,
  PersonStanding,
  UnitOfWeek,
  UnitStanding,
  UnitWeek,
} from '../standings/types.ts';
import type { DigestSpans } from './spans.ts';

/** A digest to be read. */
export interface DigestAsk {
  readonly campaign: string;
  readonly of: DigestScope;
  readonly spans: DigestSpans;
  /** Content items of students: all that `students` looks at. */
  readonly studentItems: readonly string[];
  /** When, as ISO instant, and the campaign day it is then. */
  readonly at: string;
  readonly day: string;
  readonly zone: string;
}

/** Reports of one unit first sent in one week, by what became of them. */
interface UnitWeekCounts {
  readonly unitId: number;
  readonly week: string;
  readonly submitted: number;
  readonly verified: number;
  readonly returned: number;
}

interface UnitBacklog {
  readonly unitId: number;
  readonly waiting: number;
  /** Of these, first sent more than `LATE_DAYS` ago. */
  readonly late: number;
  /** When the oldest was first sent, ISO instant. */
  readonly oldest: string;
}

/** Reports wait too long after so many days: a verifier is asked for a word within a week. */
export const LATE_DAYS = 7;

export type UnitRow = Omit<UnitOfWeek, 'headcount'>;

/** Everything but what is computed from reports themselves; of `students`: theirs only. */
export interface DigestFigures {
  /** All there ever were. */
  readonly units: readonly UnitRow[];
  /** Weeks as recorded, from the trend's or the comparison's first to the period's last; none of `students`. */
  readonly recorded: readonly (UnitStanding & { readonly week: string })[];
  /** Of a stage: who takes part by these records, each once in a unit. */
  readonly participants: readonly Participants[];
  /** Of a stage: content items with verified reports, by unit. */
  readonly breadth: readonly { readonly unitId: number; readonly items: number }[];
  /** Of the same weeks. */
  readonly counts: readonly UnitWeekCounts[];
  readonly backlog: readonly UnitBacklog[];
  readonly exemplars: readonly {
    readonly id: number;
    readonly reportId: number;
    readonly title: string;
    readonly authorName: string | null;
    readonly unitId: number;
    readonly citation: string;
  }[];
  readonly audit: {
    readonly drawn: number;
    readonly waiting: number;
    readonly sound: number;
    readonly doubtful: number;
  };
  readonly ticketsOverdue: number;
  /** People with an account, and those of them who cannot be reached by any. */
  readonly enrolled: number;
  readonly unreachable: number;
  readonly corrections: readonly Correction[];
}

interface Participants {
  readonly unitId: number;
  /** In the period, else in the one before. */
  readonly now: boolean;
  readonly people: readonly number[];
}

/** Students and their reports. */
export interface StudentWeeks {
  /**
   * Verified, of the period and what it is compared with; co-authors who are no students count for the
   * split and get nothing.
   */
  readonly reports: readonly (CountedReport & { readonly week: string })[];
  /** How many students take part, by week and unit, in the weeks of the trend before those. */
  readonly taking: readonly {
    readonly week: string;
    readonly unitId: number;
    readonly participants: number;
  }[];
  /** Students of each unit on each week's Sunday, from the trend's first. */
  readonly heads: readonly {
    readonly week: string;
    readonly unitId: number;
    readonly headcount: number;
  }[];
  /** Students on the last Sunday, and those of the reports, by unit. */
  readonly students: readonly {
    readonly personId: number;
    readonly unitId: number;
    readonly cohort: string | null;
    /** Whether they belong to the unit on the last Sunday. */
    readonly current: boolean;
  }[];
}

/** A verified report for the workbook. */
export interface SheetReportRow {
  readonly id: number;
  readonly kind: 'personal' | 'collective';
  readonly item: string;
  readonly title: string;
  readonly authorName: string;
  readonly unitId: number;
  readonly doneOn: string;
  readonly submittedOn: string;
  readonly verifiedOn: string;
  readonly week: string;
  readonly verifierName: string;
  readonly texts: readonly string[];
  readonly files: number;
}

/** Who somebody of a unit is. */
export interface SheetMember {
  readonly personId: number;
  readonly unitId: number;
  readonly name: string;
  readonly audience: 'staff' | 'student';
  readonly cohort: string | null;
}

/** One round trip each. */
export interface DigestReads {
  digestFigures(ask: DigestAsk): Promise<DigestFigures>;
  studentWeeks(ask: DigestAsk): Promise<StudentWeeks>;
  /** Sums over the recorded weeks of the period, of the units within scope. */
  digestPeople(ask: DigestAsk): Promise<readonly PersonStanding[]>;
  /** Verified reports first sent in the period, within scope, by number. */
  digestReports(ask: DigestAsk): Promise<readonly SheetReportRow[]>;
  /** By person and unit. */
  membersOf(
    pairs: readonly { readonly personId: number; readonly unitId: number }[],
  ): Promise<readonly SheetMember[]>;
}

/** A digest needs the weeks that are not recorded as well. */
export interface DigestSource extends DigestReads {
  unitWeek(week: string, campaign: string): Promise<UnitWeek>;
}
