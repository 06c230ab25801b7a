/** What standings are computed from and what they are. All pure data; points are rounded to 0.01. */

/** A verified report of the week with the people who share it. */
export interface CountedReport {
  readonly id: number;
  readonly item: string;
  /** When it was first submitted: caps are filled in this order (then by id). */
  readonly submittedAt: string;
  readonly author: { readonly personId: number; readonly unitId: number };
  /** Co-authors who have not declined. Everyone's share is counted, but only confirmed ones get theirs. */
  readonly contributors: readonly {
    readonly personId: number;
    readonly unitId: number;
    readonly confirmed: boolean;
  }[];
  /** False when the item demands evidence and the report has none left: it earns nothing. */
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
  readonly points: number;
  /** (Σ + k·m)/(n + k), m the group's mean per head, k from the campaign. */
  readonly score: number;
  /** 1 is best; ties share a rank; null for a unit without people. */
  readonly rank: number | null;
  /** Units with people in the comparison group. */
  readonly groupSize: number;
  readonly participants: number;
  readonly breadth: number;
  readonly verified: number;
}

export interface WeekStandings {
  readonly week: string;
  readonly units: readonly UnitStanding[];
  readonly people: readonly PersonStanding[];
}
