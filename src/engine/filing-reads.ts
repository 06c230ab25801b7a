/** What reports of units, reports entered for others, and remarks need to know. */
import type { UnitView } from './turn-context.ts';

/** How many there are of what a person finds beside their own reports. */
export interface OwnParts {
  /** Collective reports they filed. */
  readonly unit: number;
  /** Reports they entered for others. */
  readonly for: number;
  /** Remarks about them that stand. */
  readonly remarks: number;
}

export interface RemarkView {
  readonly id: number;
  readonly item: string;
  readonly unit: UnitView;
  /** Null: of the unit. */
  readonly person: { readonly id: number; readonly name: string } | null;
  readonly text: string;
  readonly by: { readonly id: number; readonly name: string };
  readonly at: string;
  readonly withdrawnAt: string | null;
}

/** Remarks about a person, or (by the units) of everybody and everything there. */
type RemarksOf = { readonly personId: number } | { readonly unitIds: readonly number[] };

export interface FilingReads {
  /** The unit's own report of this item that waits, is returned or verified: see `standingReport`. */
  standingUnitReport(
    unitId: number,
    item: string,
    within: { readonly from: string; readonly to: string },
    except: number | null,
  ): Promise<number | null>;
  ownParts(personId: number, campaign: string): Promise<OwnParts>;
  /** The next number of a remark; numbers may have gaps. */
  nextRemarkNumber(): Promise<number>;
  remark(id: number): Promise<RemarkView | null>;
  /** Remarks that stand, latest first. */
  remarksOf(
    of: RemarksOf,
    campaign: string,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ total: number; lines: RemarkView[] }>;
}
