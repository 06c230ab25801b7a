import type { Campaign } from '../campaign/types.ts';
import { grouped } from './grouped.ts';
import { ranked } from './rank.ts';
import { type CollectiveShare, collectiveShares, type Share, sharesOf } from './shares.ts';
import type {
  Correction,
  PersonStanding,
  UnitOfWeek,
  UnitStanding,
  UnitWeek,
  WeekStandings,
} from './types.ts';

/** The group a unit is compared in, e.g. `research_teaching/academy`; equal keys, one group. */
export const groupKeyOf = (
  unit: Pick<UnitOfWeek, 'kind' | 'bloc' | 'cluster'>,
  by: Campaign['comparison']['by'],
): string => by.map((field) => unit[field] ?? '-').join('/');

/** A week's standings from its verified reports: a pure function, whatever the order of its input. */
export function computeWeek(week: UnitWeek, campaign: Campaign): WeekStandings {
  const shares = sharesOf(week.reports, campaign);
  const byUnit = grouped(shares, (share) => share.unitId);
  const collective = grouped(collectiveShares(week.reports, campaign), (share) => share.unitId);
  const groups = grouped(week.units, (unit) => groupKeyOf(unit, campaign.comparison.by));
  const units = [...groups].flatMap(([groupKey, members]) =>
    standGroup(groupKey, members, { byUnit, collective }, campaign.comparison),
  );
  return {
    week: week.week,
    units: units.sort((a, b) => a.unitId - b.unitId),
    people: standPeople(shares),
  };
}

const sumCents = (shares: readonly Pick<Share, 'cents'>[]): number =>
  shares.reduce((sum, share) => sum + share.cents, 0);
const countOf = (values: Iterable<number | string>): number => new Set(values).size;

function standPeople(shares: readonly Share[]): PersonStanding[] {
  return [...grouped(shares, ({ personId, unitId }) => `${personId} ${unitId}`).values()]
    .flatMap((own) => {
      const [first] = own;
      if (!first) return [];
      const { personId, unitId } = first;
      const verified = countOf(own.map(({ report }) => report.id));
      return [{ personId, unitId, points: sumCents(own) / 100, verified }];
    })
    .sort((a, b) => a.personId - b.personId || a.unitId - b.unitId);
}

/** The campaign's factor is taken to so many parts. */
const MILLION = 1_000_000;

/**
 * Scores and places one comparison group. Scores are compared as exact fractions: with floating
 * point, units with equal results could come out a rank apart.
 */
function standGroup(
  groupKey: string,
  members: readonly UnitOfWeek[],
  earned: {
    readonly byUnit: ReadonlyMap<number, readonly Share[]>;
    readonly collective: ReadonlyMap<number, readonly CollectiveShare[]>;
  },
  { shrinkage, collectiveFactor }: Campaign['comparison'],
): UnitStanding[] {
  const rows = members.map((unit) => {
    const shares = earned.byUnit.get(unit.unitId) ?? [];
    const collective = earned.collective.get(unit.unitId) ?? [];
    return { unit, shares, collective, cents: sumCents(shares), common: sumCents(collective) };
  });
  const groupCents = BigInt(rows.reduce((sum, row) => sum + row.cents, 0));
  const groupHeads = BigInt(members.reduce((sum, unit) => sum + unit.headcount, 0));
  const k = BigInt(Math.round(shrinkage * 100));
  const factor = BigInt(Math.round(collectiveFactor * MILLION));

  // (Σ + k·m)/(n + k) with Σ in hundredths, k in hundredths and m = groupCents / groupHeads.
  const perHead = (row: (typeof rows)[number]) => {
    const heads = BigInt(row.unit.headcount) * 100n + k;
    const own = BigInt(row.cents);
    return groupHeads > 0n && heads > 0n
      ? { over: own * 100n * groupHeads + k * groupCents, under: heads * groupHeads * 100n }
      : { over: 0n, under: 1n };
  };
  // … + f·c with c in hundredths and f in millionths.
  const scored = rows.map((row) => {
    const { over, under } = perHead(row);
    const hundredths = 100n * BigInt(MILLION);
    return {
      ...row,
      over: over * hundredths + factor * BigInt(row.common) * under,
      under: under * hundredths,
    };
  });
  const ranks = new Map(
    ranked(
      scored.filter((row) => row.unit.headcount > 0),
      (a, b) =>
        Number(b.over * a.under > a.over * b.under) - Number(b.over * a.under < a.over * b.under),
    ).map(({ entry, rank }) => [entry.unit.unitId, rank]),
  );
  return scored.map(({ unit, shares, collective, cents, common, over, under }) => ({
    unitId: unit.unitId,
    groupKey,
    headcount: unit.headcount,
    points: cents / 100,
    collective: common / 100,
    score: Number(over) / Number(under),
    rank: ranks.get(unit.unitId) ?? null,
    groupSize: ranks.size,
    participants: countOf(shares.map((share) => share.personId)),
    breadth: countOf([...shares, ...collective].map(({ report }) => report.item)),
    verified: countOf([...shares, ...collective].map(({ report }) => report.id)),
  }));
}

/**
 * The week with the people counted when it was first recorded: later changes of the roster do not
 * move a week that has been closed.
 */
export function withFrozenHeadcounts(week: UnitWeek, recorded: WeekStandings): UnitWeek {
  const heads = new Map(recorded.units.map((unit) => [unit.unitId, unit.headcount]));
  return {
    ...week,
    units: week.units.map((unit) => ({
      ...unit,
      headcount: heads.get(unit.unitId) ?? unit.headcount,
    })),
  };
}

/** Whether two standings of a week say the same. */
export const sameStandings = (a: WeekStandings, b: WeekStandings): boolean =>
  fingerprint(a) === fingerprint(b);

const fingerprint = ({ units, people }: WeekStandings): string =>
  JSON.stringify([
    units.map((u) => [
      [u.unitId, u.groupKey, u.headcount, u.points, u.collective, u.score, u.rank],
      [u.groupSize, u.participants, u.breadth, u.verified],
    ]),
    people.map((p) => [p.personId, p.unitId, p.points, p.verified]),
  ]);

/** Units whose points or place differ between two revisions of one week, by unit. */
export function compareRevisions(before: WeekStandings, after: WeekStandings): Correction[] {
  const earlier = new Map(before.units.map((unit) => [unit.unitId, unit]));
  return after.units.flatMap((unit) => {
    const old = earlier.get(unit.unitId);
    const same =
      old?.points === unit.points && old.collective === unit.collective && old.rank === unit.rank;
    if (!old || same) return [];
    return [{ week: after.week, unitId: unit.unitId, before: old, after: unit }];
  });
}
