/** The campaign as data. `campaign/schema.ts` validates the file into this; nothing of it is hard-coded elsewhere. */

/** E1 document number and date · E2 publication link · E3 photo or file · E4 named person's confirmation · E5 minutes or score sheet. */
type EvidenceKind = 'E1' | 'E2' | 'E3' | 'E4' | 'E5';

type Audience = 'collective_research_teaching' | 'collective_support' | 'staff' | 'student';

export interface ContentItem {
  readonly id: string;
  readonly audience: Audience;
  /** Where the plan says so, e.g. `II.3.1a`. */
  readonly planRef: string;
  readonly label: { readonly vi: string; readonly en: string };
  readonly example: { readonly vi: string; readonly en: string };
  /** count: weighted and capped; status: once per period; conduct: remarks only, no points. */
  readonly mode: 'count' | 'status' | 'conduct';
  /** Points of one verified report; 0 for conduct. */
  readonly weight: number;
  /** Most points one person gets for this item in one week; null: no cap. */
  readonly weeklyCap: number | null;
  readonly evidence: { readonly kinds: readonly EvidenceKind[]; readonly required: boolean };
}

/** Times are wall-clock in the campaign's zone. */
export interface Schedule {
  readonly id: string;
  readonly job: 'unit-leaderboard';
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
  /** `HH:MM`. */
  readonly time: string;
  /** Hours after which a missed occurrence is skipped. */
  readonly graceHours: number;
}

export interface Campaign {
  readonly code: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly motto: { readonly vi: string; readonly en: string };
  readonly organisation: { readonly vi: string; readonly en: string };
  /** ISO dates, both inclusive. */
  readonly period: { readonly from: string; readonly to: string };
  /** The day the campaign celebrates, ISO date, or null. */
  readonly traditionDay: string | null;
  /** IANA zone. */
  readonly zone: string;
  readonly items: readonly ContentItem[];
  readonly comparison: {
    /** Units are compared only with units that agree in all of these. */
    readonly by: readonly ('kind' | 'bloc' | 'cluster')[];
    /** k of the shrunken mean, in people. */
    readonly shrinkage: number;
    /** Below this many people in a unit no individual figures are shown. */
    readonly smallUnit: number;
  };
  readonly schedules: readonly Schedule[];
}
