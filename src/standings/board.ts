/** What a leaderboard shows, before it is put into words. */
import { weekNumber } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import {
  campaignPeople,
  campaignPlacings,
  type LiveWeek,
  type PersonTotal,
  type PlacedPerson,
  type Placing,
  peopleOf,
  rankedPeople,
} from './total.ts';
import type { Correction, PastTotals, UnitOfWeek, UnitStanding } from './types.ts';

export type Period =
  | { readonly kind: 'week'; readonly week: string; readonly number: number }
  /** The weeks whose Monday lies in the month (`2024-07`), from the first Monday to the last Sunday. */
  | {
      readonly kind: 'month';
      readonly month: string;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'campaign' };

/** All units over one period. */
export interface Table {
  readonly period: Period;
  readonly units: readonly UnitOfWeek[];
  readonly placings: readonly Placing[];
  /** Everyone with a verified report who belongs to the unit, with what they have. */
  people(unitId: number): readonly PersonTotal[];
}

export interface UnitBoard {
  readonly period: Period;
  readonly unit: UnitOfWeek;
  readonly placing: Placing;
  /** People with a verified report. */
  readonly participants: number;
  /** Places gained since the week before, negative when lost; null when there is nothing to compare. */
  readonly moved: number | null;
  /** People with points, best first; null in a unit too small for individual figures. */
  readonly people: readonly PlacedPerson[] | null;
  /** Everyone with a verified report, with or without points: for telling a person their own. */
  readonly reported: readonly PersonTotal[];
  readonly corrections: readonly Correction[];
}

interface GroupRow {
  readonly unit: UnitOfWeek;
  readonly placing: Placing;
  /** As of a unit's board. */
  readonly moved: number | null;
}

/** One comparison group over one period. */
export interface GroupTable {
  readonly period: Period;
  /** Any unit of the group: it says what the group has in common. */
  readonly sample: UnitOfWeek;
  /** Units with points, best first; those too small for figures of their own are left out. */
  readonly rows: readonly GroupRow[];
  readonly tooSmall: number;
}

export const weekTable = (live: LiveWeek, campaign: Campaign): Table => ({
  period: weekPeriod(live.data.week, campaign),
  units: live.data.units,
  placings: live.standings.units,
  people: (unitId) => peopleOf(live, unitId),
});

const weekPeriod = (week: string, campaign: Campaign): Period => ({
  kind: 'week',
  week,
  number: weekNumber(week, campaign.period),
});

/**
 * Several weeks together. `weeks` are those not in `past`, latest last; `past.people` must be the
 * unit's that is asked for.
 */
export const sumTable = (
  period: Exclude<Period, { kind: 'week' }>,
  past: PastTotals,
  weeks: readonly LiveWeek[],
  campaign: Campaign,
): Table => ({
  period,
  units: weeks.at(-1)?.data.units ?? [],
  placings: campaignPlacings(past, weeks, campaign.comparison.by),
  people: (unitId) => campaignPeople(past, weeks, unitId),
});

/** A unit's board, or null when the unit does not exist in the period. */
export function unitBoard(
  table: Table,
  unitId: number,
  smallUnit: number,
  more: {
    readonly previous?: readonly UnitStanding[];
    readonly corrections?: readonly Correction[];
  },
): UnitBoard | null {
  const unit = table.units.find((u) => u.unitId === unitId);
  const placing = table.placings.find((p) => p.unitId === unitId);
  if (!unit || !placing) return null;
  const people = table.people(unitId);
  const before = more.previous?.find((u) => u.unitId === unitId);
  return {
    period: table.period,
    unit,
    placing,
    participants: people.filter((person) => person.verified > 0).length,
    moved: before ? placesGained(before, placing) : null,
    people: unit.headcount < smallUnit ? null : rankedPeople(people),
    reported: people,
    corrections: (more.corrections ?? []).filter((c) => c.unitId === unitId),
  };
}

/** Without points a place says only that nothing was verified yet: it is neither shown nor compared. */
export const hasPlace = <P extends Pick<Placing, 'rank' | 'points' | 'collective'>>(
  placing: P,
): placing is P & { readonly rank: number } =>
  placing.rank !== null && (placing.points > 0 || placing.collective > 0);

/** Whether a unit has nothing to show yet: nobody's verified report, nor one of its own with points. */
export const isEmpty = ({
  participants,
  placing,
}: Pick<UnitBoard, 'participants' | 'placing'>): boolean =>
  participants === 0 && placing.collective === 0;

function placesGained(before: UnitStanding, now: Placing): number | null {
  if (before.groupKey !== now.groupKey || !hasPlace(before) || !hasPlace(now)) return null;
  return before.rank - now.rank;
}

/** The groups of a period by key, in the order of their keys. */
export const groupKeys = (table: Table): string[] =>
  [...new Set(table.placings.map((placing) => placing.groupKey))].sort();

/** One group's table, or null when no unit is in it. `previous`: the week before, for what moved. */
export function groupTable(
  table: Table,
  groupKey: string,
  smallUnit: number,
  previous: readonly UnitStanding[] = [],
): GroupTable | null {
  const before = new Map(previous.map((standing) => [standing.unitId, standing]));
  const members = table.placings
    .filter((placing) => placing.groupKey === groupKey)
    .flatMap((placing) => {
      const unit = table.units.find((u) => u.unitId === placing.unitId);
      if (!unit) return [];
      const earlier = before.get(unit.unitId);
      return [{ unit, placing, moved: earlier ? placesGained(earlier, placing) : null }];
    });
  const [first] = members;
  if (!first) return null;
  const withPoints = members.filter(({ placing }) => hasPlace(placing));
  const rows = withPoints
    .filter(({ unit }) => unit.headcount >= smallUnit)
    .sort(
      (a, b) =>
        (a.placing.rank ?? 0) - (b.placing.rank ?? 0) || a.placing.unitId - b.placing.unitId,
    );
  return {
    period: table.period,
    sample: first.unit,
    rows,
    tooSmall: withPoints.length - rows.length,
  };
}
