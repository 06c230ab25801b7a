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

/** What of a report decides who decides it, besides its unit and its author. */
export interface Handled {
  readonly kind: 'personal' | 'collective';
  /** Who entered it for its author. */
  readonly filedBy: number | null;
  /** Who signed a collective report off; null while it waits for that. */
  readonly signedBy: number | null;
}

/** A person's report, entered by that person. */
export const OWN_REPORT: Handled = { kind: 'personal', filedBy: null, signedBy: null };

/**
 * The people who may decide a report of `authorId` in the unit, in ascending order. The first of
 * these that is not empty once everyone whose report it is (author, who entered it, who signed it) and
 * the deputies by their choice are left out:
 * 1. the unit's heads and deputies; for a head's own report the deputies only;
 * 2. the heads of the parent unit;
 * 3. the office.
 * A collective report first waits for its unit's signature, which its heads and deputies alone can
 * give; once signed it passes them by. Empty when nobody leads the unit whose signature is wanted, or
 * the author is the whole office of a unit nobody leads. The reports of a unit that became part of
 * another are the other one's: `report.unitId` and `parentId` are then that one's.
 */
export function verifiers(
  report: { readonly unitId: number; readonly authorId: number } & Partial<Handled>,
  parentId: number | null,
  held: readonly HeldRole[],
): number[] {
  const { kind, filedBy, signedBy } = { ...OWN_REPORT, ...report };
  const hands = [report.authorId, filedBy, signedBy];
  const ofUnit = (unitId: number | null, ...roles: HeldRole['role'][]) =>
    held
      .filter((h) => h.unitId === unitId && roles.includes(h.role))
      .filter(
        (h) =>
          h.delegatedBy === undefined || h.delegatedBy === null || !hands.includes(h.delegatedBy),
      )
      .map((h) => h.personId);

  const authorLeads = ofUnit(report.unitId, 'head').includes(report.authorId);
  const own = authorLeads
    ? ofUnit(report.unitId, 'deputy')
    : ofUnit(report.unitId, 'head', 'deputy');
  const above = [parentId === null ? [] : ofUnit(parentId, 'head'), ofUnit(null, 'office')];
  const tiers = {
    personal: [own, ...above],
    collective: signedBy === null ? [ofUnit(report.unitId, 'head', 'deputy')] : above,
  }[kind];
  for (const tier of tiers) {
    const others = new Set(tier.filter((id) => !hands.includes(id)));
    if (others.size > 0) return [...others].sort((a, b) => a - b);
  }
  return [];
}
