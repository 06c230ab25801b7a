/**
 * Who may decide a report. Source of the rule: the plan's section IV leaves confirmation to each
 * unit; nobody decides their own work, so it moves sideways to the deputies or up to the parent.
 * `src/db/reads/verifiers.ts` is the same rule in SQL; a property test compares the two.
 */

/** A role held on the day in question. `unitId` is null for the office. */
export interface HeldRole {
  readonly personId: number;
  readonly role: 'head' | 'deputy' | 'office';
  readonly unitId: number | null;
  /** Whose choice a deputy for a time is; left out or null for every other role. */
  readonly delegatedBy?: number | null;
}

/**
 * The people who may decide a report of `authorId` in the unit, in ascending order. The first of
 * these that is not empty once the author is left out:
 * 1. the unit's heads and deputies; for a head's own report the deputies only, and never one who is
 *    deputy by the author's own choice;
 * 2. the heads of the parent unit;
 * 3. the office.
 * Empty only when the author is the whole office of a unit nobody leads. The reports of a unit that
 * became part of another are the other one's: `report.unitId` and `parentId` are then that one's.
 */
export function verifiers(
  report: { readonly unitId: number; readonly authorId: number },
  parentId: number | null,
  held: readonly HeldRole[],
): number[] {
  const ofUnit = (unitId: number | null, ...roles: HeldRole['role'][]) =>
    held
      .filter((h) => h.unitId === unitId && roles.includes(h.role))
      .filter((h) => (h.delegatedBy ?? null) !== report.authorId)
      .map((h) => h.personId);

  const authorLeads = ofUnit(report.unitId, 'head').includes(report.authorId);
  const tiers = [
    authorLeads ? ofUnit(report.unitId, 'deputy') : ofUnit(report.unitId, 'head', 'deputy'),
    parentId === null ? [] : ofUnit(parentId, 'head'),
    ofUnit(null, 'office'),
  ];
  for (const tier of tiers) {
    const others = new Set(tier.filter((id) => id !== report.authorId));
    if (others.size > 0) return [...others].sort((a, b) => a - b);
  }
  return [];
}
