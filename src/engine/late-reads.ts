/** Leave to report after the close. */
import type { Recipient, UnitView } from './turn-context.ts';

/** Of a unit or of one person; the other is null. */
export interface LateTarget {
  readonly unitId: number | null;
  readonly personId: number | null;
}

export interface LateLeaveView {
  readonly id: number;
  readonly unit: UnitView | null;
  readonly person: { readonly id: number; readonly name: string } | null;
  /** First day on which it no longer holds, ISO date; in the past once it has ended. */
  readonly validTo: string;
  /** Null: given from the command line. */
  readonly givenByName: string | null;
}

export interface LateReads {
  /**
   * First day without leave to report, of the person or their unit, whichever lasts longer; null when
   * neither has leave on `on`.
   */
  leaveOf(campaign: string, of: LateTarget, on: string): Promise<string | null>;
  /** Leaves that hold on a day, units first, each by name. */
  lateLeaves(campaign: string, on: string): Promise<LateLeaveView[]>;
  /** By its number, also when it has ended. */
  lateLeave(id: number): Promise<LateLeaveView | null>;
  /** The row of this unit or person, also when it has ended: it is given again in the same row. */
  lateLeaveFor(campaign: string, target: LateTarget): Promise<LateLeaveView | null>;
  /** Who files for a unit on a day: head, deputies, reporters. */
  filersOf(unitId: number, on: string): Promise<Recipient[]>;
}
