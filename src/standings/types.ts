/** What standings are computed from and what they are. All pure data; points are rounded to 0.01. */

/** A verified report of the week with the people who share it. */
export interface CountedReport {
  readonly id: number;
  /** collective: the work of the author's unit; the author, who filed it, gets nothing. */
  readonly kind: 'personal' | 'collective';
  readonly item: string;
  /**
   * First submission, in UTC and always with six decimals of a second so that it sorts as text: caps
   * are filled in this order, then by id.
   */
  readonly submittedAt: string;
  readonly author: { readonly personId: number; readonly unitId: number };
  /** Co-authors who have not declined. Everyone's share is counted, but only confirmed ones get theirs. */
  readonly contributors: readonly {
    readonly personId: number;
    readonly unitId: number;
    readonly confirmed: boolean;
  }[];
  /** Whether any evidence is left: without it an item that demands evidence earns nothing. */
  readonly hasEvidence: boolean;
}

export interface UnitOfWeek {
  readonly unitId: number;
  readonly code: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly kind: 'research_teaching' | 'support';
  readonly bloc: 'academy' | 'political_school';
  readonly cluster: string | null;
  /** People with a membership on the week's Sunday. */
  readonly headcount: number;
}

export interface UnitWeek {
  /** ISO date of the Monday. */
  readonly week: string;
  /** Units that exist on the week's Sunday, and those gone by then to which reports belong. */
  readonly units: readonly UnitOfWeek[];
  readonly reports: readonly CountedReport[];
  /** Names of everyone who appears in a report. */
  readonly names: Readonly<Record<number, string>>;
}

export interface PersonStanding {
  readonly personId: number;
  readonly unitId: number;
  readonly points: number;
  readonly verified: number;
}

export interface UnitStanding {
  readonly unitId: number;
  readonly groupKey: string;
  readonly headcount: number;
  /** Sum of its people's points. */
  readonly points: number;
  /** Points of its collective reports: the unit's, nobody's own. */
  readonly collective: number;
  /**
   * (Σ + k·m)/(n + k) + f·c: m the group's mean per head, c the collective points, k and f the
   * campaign's; not rounded.
   */
  readonly score: number;
  /** 1 is best; ties share a rank; null for a unit without people. */
  readonly rank: number | null;
  /** Units with people in the comparison group. */
  readonly groupSize: number;
  /** Its people with at least one verified report, written or shared in. */
  readonly participants: number;
  /** Different content items among these reports and its collective ones. */
  readonly breadth: number;
  /** Verified reports its people wrote or share in, and its collective ones, each once. */
  readonly verified: number;
}

export interface WeekStandings {
  readonly week: string;
  readonly units: readonly UnitStanding[];
  readonly people: readonly PersonStanding[];
}

/** What changed in a unit's standing of a week after it had been recorded. */
export interface Correction {
  readonly week: string;
  readonly unitId: number;
  readonly before: UnitStanding;
  readonly after: UnitStanding;
}

/** Sums over recorded weeks, of each week's latest revision. */
export interface PastTotals {
  readonly units: readonly {
    readonly unitId: number;
    readonly points: number;
    readonly collective: number;
    /** Sum of the weekly scores. */
    readonly score: number;
  }[];
  readonly people: readonly {
    readonly personId: number;
    readonly name: string;
    readonly points: number;
    readonly verified: number;
  }[];
}
