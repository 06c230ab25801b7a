/** The campaign as data. `campaign/schema.ts` validates the file into this; nothing of it is hard-coded elsewhere. */

/** E1 document number and date · E2 publication link · E3 photo or file · E4 named person's confirmation · E5 minutes or score sheet. */
type EvidenceKind = 'E1' | 'E2' | 'E3' | 'E4' | 'E5';

export type Audience = 'collective_research_teaching' | 'collective_support' | 'staff' | 'student';

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

/** What a schedule can do. */
export const JOBS = [
  /** Each unit's chat gets its weekly leaderboard. */
  'unit-leaderboard',
  /** The council, the overseers and the mobilisers get the week's digest, each within their right. */
  'council-digest',
  'overseer-digest',
  'mobiliser-digest',
  /** Draws the week's random sample of verified reports for the office to look at again. */
  'audit-sample',
  /** Feedback not answered in time goes to the leadership. */
  'ticket-escalation',
] as const;
export type JobName = (typeof JOBS)[number];

/** A part of the campaign, from the day after the one before it (the first: from the campaign's beginning). */
export interface Stage {
  readonly id: string;
  readonly name: { readonly vi: string; readonly en: string };
  /** Its last day, ISO date; the last stage ends with the campaign. Ends with a review (sơ kết, tổng kết). */
  readonly to: string;
}

/** Times are wall-clock in the campaign's zone. */
export interface Schedule {
  readonly id: string;
  readonly job: JobName;
  /** 1 Monday … 7 Sunday, or every day. */
  readonly weekday: number | 'daily';
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
    /** What one point of the unit's collective reports adds to its per-capita score. */
    readonly collectiveFactor: number;
  };
  /** In order of time. Status items are reported once in each. */
  readonly stages: readonly Stage[];
  /** Last day on which reports are taken without leave, ISO date; not before the campaign's last day. */
  readonly reportingUntil: string;
  /** Last day on which units register what they will achieve, ISO date. */
  readonly pledgesUntil: string;
  /** Share of a week's verified reports drawn for the audit, 0 to 1. */
  readonly auditShare: number;
  /** Working days within which the office answers feedback. */
  readonly ticketWorkingDays: number;
  /** What stands at the head and foot of official documents. */
  readonly document: {
    /** The body above the issuing one, in the official layout's top left. */
    readonly superior: string;
    readonly issuer: string;
    readonly place: string;
    /** Who signs: the title above the signature. */
    readonly signatory: string;
  };
  readonly schedules: readonly Schedule[];
}
