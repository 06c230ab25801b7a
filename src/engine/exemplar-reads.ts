/** What exemplars ask the database. */
import type { Page, Paged } from './office-reads.ts';
import type { ReportKind } from './reads.ts';
import type { UnitView } from './turn-context.ts';

/** nominated: waits for the author's consent; consented: for the office's decision. */
export type ExemplarStatus =
  | 'nominated'
  | 'declined'
  | 'consented'
  | 'approved'
  | 'refused'
  | 'withdrawn';

export interface ExemplarLine {
  readonly id: number;
  readonly reportId: number;
  readonly kind: ReportKind;
  readonly title: string;
  readonly author: { readonly id: number; readonly name: string };
  /** Where the report was made. */
  readonly unit: UnitView;
  readonly status: ExemplarStatus;
  readonly version: number;
}

export interface ExemplarView extends ExemplarLine {
  /** Who entered the report for its author. */
  readonly filedBy: { readonly id: number } | null;
  readonly citation: string;
  readonly nominatedBy: { readonly id: number; readonly name: string };
  readonly nominatedAt: string;
  readonly consentedAt: string | null;
  /** Whether the press may see the evidence too. */
  readonly evidence: boolean;
  readonly decidedBy: { readonly id: number; readonly name: string } | null;
  readonly decidedAt: string | null;
  readonly withdrawnAt: string | null;
  /** Why it was refused or withdrawn. */
  readonly reason: string | null;
}

/** What of the list somebody may see, by `people/may.ts`; the parts add up. */
export interface ExemplarScope {
  readonly all: boolean;
  /** Everything approved. */
  readonly approved: boolean;
  /** Whose own work. */
  readonly authorId: number;
  /** All of these units. */
  readonly unitIds: readonly number[];
}

export interface ExemplarReads {
  /** The next number of an exemplar; numbers may have gaps. */
  nextExemplarNumber(): Promise<number>;
  exemplar(id: number): Promise<ExemplarView | null>;
  /** The report's exemplar that is nominated, consented to or approved. */
  liveExemplar(reportId: number): Promise<ExemplarView | null>;
  /** Those waiting for the office first, then for consent, then the latest. */
  exemplars(campaign: string, scope: ExemplarScope, page: Page): Promise<Paged<ExemplarLine>>;
  /** Consented to, and waiting for the office, the oldest first; not those of this person's own making. */
  exemplarsToDecide(
    campaign: string,
    personId: number,
    limit: number,
  ): Promise<{ total: number; lines: readonly ExemplarLine[] }>;
  /** Approved ones, by whose work it is. */
  exemplarCounts(campaign: string): Promise<{ personal: number; collective: number }>;
}
