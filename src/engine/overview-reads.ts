/** What a unit's leaders see of their own unit. */

/** Counts alone: a report belongs to the unit of its author at first submission. */
export interface UnitOverview {
  /** People of the unit today. */
  readonly headcount: number;
  /** Reports of the unit that wait for a decision, and when the oldest was first sent. */
  readonly waiting: number;
  readonly oldest: string | null;
  readonly week: OverviewSpan;
  readonly campaign: OverviewSpan;
  /** Content items with reports, most verified first; withdrawn reports left out. */
  readonly items: readonly {
    readonly item: string;
    readonly sent: number;
    readonly verified: number;
  }[];
}

export interface OverviewSpan {
  /** People of the unit today with a verified report of their own or a confirmed share in one. */
  readonly participants: number;
  /** People of the unit today who neither sent a report nor confirmed a share in one. */
  readonly unreported: number;
}

export interface OverviewReads {
  /** `week`: the running one, by its Monday; `day`: today. */
  unitOverview(
    unitId: number,
    of: { readonly campaign: string; readonly week: string; readonly day: string },
  ): Promise<UnitOverview>;
  /**
   * Who of the unit has no report of the week, or (null) of the whole campaign; by given name. At most
   * `limit`, and how many there are.
   */
  unreportedIn(
    unitId: number,
    of: { readonly campaign: string; readonly week: string | null; readonly day: string },
    limit: number,
  ): Promise<{ readonly total: number; readonly names: readonly string[] }>;
}
