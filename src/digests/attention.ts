/**
 * What needs a decision or a word first. The rules are ours: the plan names none. In order of urgency:
 * what casts doubt on the figures; people waiting beyond the promised day; reports waiting; participation
 * that falls; units not heard of; people who cannot be reached.
 */
import { inVietnameseOrder } from '../people/fold.ts';
import type { UnitOfWeek } from '../standings/types.ts';
import type { Attention, Digest, DigestPeriod, DigestTotals, UnitParticipation } from './types.ts';

/** So many are said at most. */
const MOST = 3;
/** Participation has fallen when it is so many percentage points lower than in the period before. */
export const FALL_POINTS = 5;
/** The units named for it. */
const FALLEN_UNITS = 3;
/** People who cannot be reached matter from this share of those enrolled on, and from this number. */
export const UNREACHABLE_SHARE = 0.05;
export const UNREACHABLE_PEOPLE = 5;

interface Observed {
  readonly period: DigestPeriod;
  readonly totals: DigestTotals;
  readonly before: DigestTotals | null;
  readonly participation: readonly UnitParticipation[];
  readonly silent: readonly UnitOfWeek[];
  /** In the period before. */
  readonly silentBefore: readonly UnitOfWeek[];
  readonly smallUnit: number;
  /** Units with reports that have waited longer than `LATE_DAYS`, and how many. */
  readonly backlog: readonly {
    readonly unit: UnitOfWeek;
    readonly late: number;
    readonly oldestDays: number;
  }[];
  readonly audit: Digest['audit'];
  readonly ticketsOverdue: number;
  readonly reach: { readonly enrolled: number; readonly unreachable: number } | null;
}

export function attentionOf(observed: Observed): Attention[] {
  const { audit, ticketsOverdue, reach } = observed;
  const all: (Attention | null)[] = [
    audit && audit.doubtful > 0
      ? { kind: 'audit', doubtful: audit.doubtful, waiting: audit.waiting }
      : null,
    ticketsOverdue > 0 ? { kind: 'tickets', overdue: ticketsOverdue } : null,
    lateReports(observed),
    falling(observed),
    silence(observed),
    reach &&
    reach.unreachable >= UNREACHABLE_PEOPLE &&
    reach.unreachable >= reach.enrolled * UNREACHABLE_SHARE
      ? { kind: 'unreachable', people: reach.unreachable }
      : null,
  ];
  return all.filter((each) => each !== null).slice(0, MOST);
}

/** Units with the oldest report first. */
function lateReports({ backlog }: Observed): Attention | null {
  const [oldest, ...others] = backlog.toSorted(
    (a, b) => b.oldestDays - a.oldestDays || inVietnameseOrder(a.unit.nameVi, b.unit.nameVi),
  );
  if (!oldest) return null;
  const units = [oldest, ...others];
  return {
    kind: 'backlog',
    waiting: units.reduce((sum, { late }) => sum + late, 0),
    oldestDays: oldest.oldestDays,
    units: units.map(({ unit }) => unit),
  };
}

const rate = (participants: number, headcount: number): number =>
  headcount === 0 ? 0 : (100 * participants) / headcount;

/** A period that is not over cannot have fallen. The fall is rounded to a tenth of a point. */
function falling(observed: Observed): Attention | null {
  const { period, totals, before, participation, smallUnit } = observed;
  if (period.running || !before) return null;
  const fell =
    rate(before.participants, before.headcount) - rate(totals.participants, totals.headcount);
  if (fell < FALL_POINTS) return null;
  const units = participation
    .filter(({ unit }) => unit.headcount >= smallUnit)
    .map(({ unit, participants, before: was }) => ({
      unit,
      by: rate((was ?? 0) - participants, unit.headcount),
    }))
    .filter(({ by }) => by >= FALL_POINTS)
    .sort((a, b) => b.by - a.by || inVietnameseOrder(a.unit.nameVi, b.unit.nameVi));
  return {
    kind: 'falling',
    points: Math.round(10 * fell) / 10,
    units: units.slice(0, FALLEN_UNITS).map(({ unit }) => unit),
  };
}

/**
 * Units that reported nothing in this period and the one before; where there was none before, in this
 * one. A single quiet week is nobody's fault.
 */
function silence({ period, silent, silentBefore, before }: Observed): Attention | null {
  if (period.running) return null;
  const earlier = new Set(silentBefore.map(({ unitId }) => unitId));
  const units = before ? silent.filter(({ unitId }) => earlier.has(unitId)) : silent;
  return units.length === 0 ? null : { kind: 'silent', units };
}
