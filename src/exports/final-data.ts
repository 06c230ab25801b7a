/**
 * The figures of a final document. Each can be traced: a count is the length of the list of report
 * numbers it was counted from, and every report listed is in `reports`.
 */
import type { Audience, Campaign } from '../campaign/types.ts';
import type { DigestPeriod, SheetReport } from '../digests/types.ts';
import { inVietnameseOrder } from '../people/fold.ts';
import type { CountedReport, UnitOfWeek } from '../standings/types.ts';

/** A stage, or the whole campaign. */
export type FinalPeriod = Extract<DigestPeriod, { readonly kind: 'stage' }>;

/** Numbers of verified reports, ascending; their points, as earned by whoever is counted. */
export interface Counted {
  readonly reports: readonly number[];
  readonly points: number;
}

export interface FinalItem extends Counted {
  readonly item: string;
  /** The id where the campaign no longer has the item. */
  readonly label: { readonly vi: string; readonly en: string };
  /** Null: the campaign no longer has the item. */
  readonly audience: Audience | null;
}

export interface FinalPerson extends Counted {
  readonly personId: number;
  readonly name: string;
  readonly audience: 'staff' | 'student';
  readonly cohort: string | null;
}

/** What was registered and what came of it in the period. */
export interface FinalTarget {
  readonly item: string;
  readonly label: { readonly vi: string; readonly en: string };
  readonly target: number;
  readonly reports: readonly number[];
}

/** Place in the comparison group by the weekly standings as recorded, summed over the period. */
export interface FinalPlace {
  readonly unitId: number;
  readonly groupKey: string;
  /** Null: no points, hence no place. */
  readonly rank: number | null;
  readonly groupSize: number;
  /** Sum of the weekly scores, per head. */
  readonly score: number;
}

export interface FinalUnit {
  /** With its headcount on the period's last day, or today while it runs. */
  readonly unit: UnitOfWeek;
  readonly place: FinalPlace | null;
  /** People with a verified report of their own or shared in, and these reports. */
  readonly participants: { readonly people: number; readonly reports: readonly number[] };
  readonly personal: Counted;
  readonly collective: Counted;
  /** In the campaign's order; only items with verified reports. */
  readonly items: readonly FinalItem[];
  /** Most points first; null in units too small for individual figures. */
  readonly people: readonly FinalPerson[] | null;
  /** Null: none registered. */
  readonly pledge: { readonly text: string; readonly targets: readonly FinalTarget[] } | null;
  /** Remarks on conduct, withdrawn ones left out. */
  readonly remarks: { readonly people: number; readonly unit: number };
}

interface FinalExemplar {
  readonly id: number;
  readonly reportId: number;
  readonly title: string;
  /** Null: the unit's work. */
  readonly authorName: string | null;
  readonly unit: UnitOfWeek;
  readonly citation: string;
}

export interface FinalData {
  readonly campaign: Pick<
    Campaign,
    'code' | 'name' | 'motto' | 'organisation' | 'zone' | 'document' | 'comparison' | 'items'
  >;
  readonly period: FinalPeriod;
  /** When the figures were taken, ISO instant, and the campaign day it was. */
  readonly asOf: string;
  readonly day: string;
  /** Whose document it is; null: the whole campaign's. */
  readonly of: UnitOfWeek | null;
  /** One unit, or all that existed at the end or have verified reports, in the Vietnamese order of names. */
  readonly units: readonly FinalUnit[];
  /** Over all of `units`, a report shared between units counted once. */
  readonly totals: Pick<
    FinalUnit,
    'participants' | 'personal' | 'collective' | 'items' | 'remarks'
  > & {
    readonly headcount: number;
  };
  readonly exemplars: readonly FinalExemplar[];
  /** Every report counted, by number. */
  readonly reports: readonly SheetReport[];
}

/** A verified report as it is counted and listed. */
export interface FinalReport extends CountedReport {
  readonly kind: 'personal' | 'collective';
  /** Monday of the week it counts in. */
  readonly week: string;
  readonly title: string;
  readonly authorName: string;
  /** ISO dates in the campaign's zone. */
  readonly doneOn: string;
  readonly submittedOn: string;
  readonly verifiedOn: string;
  readonly verifierName: string;
  readonly evidence: SheetReport['evidence'];
}

/** What a final document is computed from. */
export interface FinalSource {
  readonly units: readonly UnitOfWeek[];
  /**
   * Of the period's weeks: all, or for one unit's document all of everybody who has one in it, which
   * the weekly caps need.
   */
  readonly reports: readonly FinalReport[];
  /** Who these people are in their unit. */
  readonly members: readonly {
    readonly personId: number;
    readonly unitId: number;
    readonly name: string;
    readonly audience: 'staff' | 'student';
    readonly cohort: string | null;
  }[];
  readonly places: readonly FinalPlace[];
  readonly pledges: readonly {
    readonly unitId: number;
    readonly text: string;
    readonly targets: Readonly<Record<string, number>>;
  }[];
  readonly remarks: readonly {
    readonly unitId: number;
    readonly people: number;
    readonly unit: number;
  }[];
  readonly exemplars: readonly (Omit<FinalExemplar, 'unit'> & { readonly unitId: number })[];
}

/** In the Vietnamese order of their names. */
export const byUnitName = (a: UnitOfWeek, b: UnitOfWeek): number =>
  inVietnameseOrder(a.nameVi, b.nameVi) || a.unitId - b.unitId;
