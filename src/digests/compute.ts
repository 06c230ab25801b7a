/**
 * A digest from what was read: pure. What its readers may not see is left out here, so that no
 * rendering can show it.
 */
import { daysSince, weekNumber } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import { inVietnameseOrder } from '../people/fold.ts';
import type { DigestScope } from '../people/may.ts';
import { hasPlace } from '../standings/board.ts';
import { grouped } from '../standings/grouped.ts';
import { groupKeyOf } from '../standings/score.ts';
import type { UnitOfWeek, UnitStanding } from '../standings/types.ts';
import { attentionOf } from './attention.ts';
import { type DigestData, within } from './data.ts';
import { groupedBy, NO_STANDING, placed, spanStandings } from './places.ts';
import type { Weeks } from './spans.ts';
import { cohortsOf } from './students.ts';
import type {
  Digest,
  DigestGroup,
  DigestTotals,
  DigestUnit,
  ReportCounts,
  TrendPoint,
  UnitParticipation,
} from './types.ts';

/** What happened in the units of a digest over one span. */
interface Span {
  readonly standings: ReadonlyMap<number, UnitStanding>;
  readonly counts: ReadonlyMap<number, ReportCounts>;
}

const NO_COUNTS: ReportCounts = { submitted: 0, verified: 0, returned: 0 };

const byName = (a: UnitOfWeek, b: UnitOfWeek): number =>
  inVietnameseOrder(a.nameVi, b.nameVi) || a.unitId - b.unitId;

const sum = <T>(entries: readonly T[], of: (entry: T) => number): number =>
  entries.reduce((total, entry) => total + of(entry), 0);

/** Whether units of this bloc belong to the digest. Students are the academy's alone. */
const inScope = (of: DigestScope, { bloc }: Pick<UnitOfWeek, 'bloc'>): boolean =>
  of === 'political_schools'
    ? bloc === 'political_school'
    : of !== 'students' || bloc === 'academy';

function countsOver(data: DigestData, span: Weeks | null): Map<number, ReportCounts> {
  const counts = new Map<number, ReportCounts>();
  for (const { unitId, submitted, verified, returned } of within(data.figures.counts, span)) {
    const before = counts.get(unitId) ?? NO_COUNTS;
    counts.set(unitId, {
      submitted: before.submitted + submitted,
      verified: before.verified + verified,
      returned: before.returned + returned,
    });
  }
  return counts;
}

/**
 * Units of the digest with their people on a span's last Sunday; without people as well where something
 * was reported in the span or still waits, as in a unit that was merged meanwhile.
 */
function unitsOver(
  data: DigestData,
  { standings, counts }: Span,
  waiting: ReadonlyMap<number, unknown> = new Map(),
): UnitOfWeek[] {
  return data.figures.units
    .filter((unit) => inScope(data.ask.of, unit))
    .flatMap((unit): UnitOfWeek[] => {
      const headcount = standings.get(unit.unitId)?.headcount ?? 0;
      const active =
        counts.has(unit.unitId) ||
        waiting.has(unit.unitId) ||
        (standings.get(unit.unitId)?.participants ?? 0) > 0;
      return headcount > 0 || active ? [{ ...unit, headcount }] : [];
    })
    .sort(byName);
}

const spanOf = (data: DigestData, span: Weeks, campaign: Campaign): Span => ({
  standings: placed(data, spanStandings(data, span, campaign), campaign),
  counts: countsOver(data, span),
});

/** People who reported nothing: none of their reports was sent, and none of others names them. */
function silentUnits(of: DigestScope, units: readonly UnitOfWeek[], span: Span): UnitOfWeek[] {
  return units.filter(({ unitId, headcount }) => {
    if (headcount === 0 || (span.standings.get(unitId)?.participants ?? 0) > 0) return false;
    return of === 'participation' || (span.counts.get(unitId)?.submitted ?? 0) === 0;
  });
}

function totalsOf(of: DigestScope, units: readonly UnitOfWeek[], span: Span): DigestTotals {
  const counts = units.map(({ unitId }) => span.counts.get(unitId) ?? NO_COUNTS);
  return {
    units: units.length,
    headcount: sum(units, ({ headcount }) => headcount),
    participants: sum(units, ({ unitId }) => span.standings.get(unitId)?.participants ?? 0),
    silentUnits: silentUnits(of, units, span).length,
    reports:
      of === 'participation'
        ? null
        : {
            submitted: sum(counts, ({ submitted }) => submitted),
            verified: sum(counts, ({ verified }) => verified),
            returned: sum(counts, ({ returned }) => returned),
          },
  };
}

function movement(before: UnitStanding | undefined, now: UnitStanding): number | null {
  if (!before || before.groupKey !== now.groupKey || !hasPlace(before) || !hasPlace(now))
    return null;
  return before.rank - now.rank;
}

function groupsOf(units: readonly DigestUnit[]): DigestGroup[] {
  const place = ({ standing }: DigestUnit): number =>
    hasPlace(standing) ? standing.rank : Number.POSITIVE_INFINITY;
  return [...grouped(units, ({ standing }) => standing.groupKey)]
    .flatMap(([groupKey, members]): DigestGroup[] => {
      const [first] = members;
      if (!first) return [];
      const sorted = members.toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
      return [{ groupKey, sample: first.unit, units: sorted }];
    })
    .sort((a, b) => inVietnameseOrder(a.groupKey, b.groupKey));
}

function trendOf(data: DigestData, campaign: Campaign): TrendPoint[] {
  const { of, spans } = data.ask;
  const scoped = new Set(
    data.figures.units.filter((unit) => inScope(of, unit)).map(({ unitId }) => unitId),
  );
  return within(data.weeks, spans.trend).map(({ week, units }) => {
    const ours = units.filter(({ unitId }) => scoped.has(unitId));
    const counts = data.figures.counts.filter(
      (each) => each.week === week && scoped.has(each.unitId),
    );
    return {
      week,
      number: weekNumber(week, campaign.period),
      headcount: sum(ours, ({ headcount }) => headcount),
      participants: sum(ours, ({ participants }) => participants),
      verified: of === 'participation' ? null : sum(counts, ({ verified }) => verified),
    };
  });
}

export function computeDigest(data: DigestData, campaign: Campaign): Digest {
  const { ask, figures } = data;
  const { of, spans, day, zone } = ask;
  const { smallUnit } = campaign.comparison;
  const counted = of === 'participation';
  const by = groupedBy(of, figures.units, campaign);

  const now = spanOf(data, spans.weeks, campaign);
  const earlier = spans.before && spanOf(data, spans.before, campaign);
  const backlog = counted
    ? []
    : figures.backlog.filter(({ unitId }) => {
        const unit = figures.units.find((each) => each.unitId === unitId);
        return unit !== undefined && inScope(of, unit);
      });
  const waitingOf = new Map(backlog.map((each) => [each.unitId, each]));

  const units = unitsOver(data, now, waitingOf);
  const byId = new Map(units.map((unit) => [unit.unitId, unit]));
  const unitsBefore = earlier ? unitsOver(data, earlier) : [];
  const participantsBefore = (unitId: number): number | null =>
    earlier && (earlier.standings.get(unitId)?.participants ?? 0);
  const age = (oldest: string): number => daysSince(oldest, day, zone);

  const full = units.map((unit): DigestUnit => {
    const standing = now.standings.get(unit.unitId) ?? {
      ...NO_STANDING,
      unitId: unit.unitId,
      headcount: unit.headcount,
      groupKey: groupKeyOf(unit, by),
    };
    const counts = now.counts.get(unit.unitId) ?? NO_COUNTS;
    const waiting = waitingOf.get(unit.unitId);
    return {
      unit,
      standing,
      moved: movement(earlier?.standings.get(unit.unitId), standing),
      participantsBefore: participantsBefore(unit.unitId),
      submitted: counts.submitted,
      returned: counts.returned,
      waiting: waiting?.waiting ?? 0,
      oldestDays: waiting ? age(waiting.oldest) : null,
    };
  });
  const participation = units.map(
    (unit): UnitParticipation => ({
      unit,
      participants: now.standings.get(unit.unitId)?.participants ?? 0,
      before: participantsBefore(unit.unitId),
    }),
  );
  const silent = silentUnits(of, units, now);
  const totals = totalsOf(of, units, now);
  const before = earlier ? totalsOf(of, unitsBefore, earlier) : null;
  const council = of === 'campaign';
  const audit = council ? figures.audit : null;
  const unitOf = (unitId: number): UnitOfWeek | undefined => {
    const row = figures.units.find((each) => each.unitId === unitId);
    return byId.get(unitId) ?? (row && inScope(of, row) ? { ...row, headcount: 0 } : undefined);
  };
  const oldest = backlog.map((each) => each.oldest).sort()[0];

  return {
    of,
    campaign: {
      code: campaign.code,
      name: campaign.name,
      organisation: campaign.organisation,
      zone: campaign.zone,
      period: campaign.period,
    },
    by,
    smallUnit,
    period: spans.period,
    asOf: ask.at,
    totals,
    before,
    participation,
    groups: counted ? [] : groupsOf(full),
    units: counted ? [] : full,
    // A class of fewer people than a unit may show would show single people.
    cohorts: data.students
      ? cohortsOf(data.students, byId, spans.weeks).filter((c) => c.headcount >= smallUnit)
      : [],
    trend: trendOf(data, campaign),
    silent,
    backlog: counted
      ? null
      : {
          waiting: sum(backlog, ({ waiting }) => waiting),
          oldestDays: oldest === undefined ? null : age(oldest),
        },
    exemplars: counted
      ? []
      : figures.exemplars.flatMap(({ unitId, ...exemplar }) => {
          const unit = unitOf(unitId);
          return unit ? [{ ...exemplar, unit }] : [];
        }),
    audit,
    // Recorded standings hold the staff's figures too.
    corrections:
      counted || of === 'students'
        ? []
        : figures.corrections.flatMap((correction) => {
            const unit = unitOf(correction.unitId);
            return unit ? [{ unit, correction }] : [];
          }),
    attention: attentionOf({
      period: spans.period,
      totals,
      before,
      participation,
      silent,
      silentBefore: earlier ? silentUnits(of, unitsBefore, earlier) : [],
      smallUnit,
      backlog: backlog.flatMap(({ unitId, late, oldest: since }) => {
        const unit = unitOf(unitId);
        return unit && late > 0 ? [{ unit, late, oldestDays: age(since) }] : [];
      }),
      audit,
      ticketsOverdue: council ? figures.ticketsOverdue : 0,
      reach: council ? { enrolled: figures.enrolled, unreachable: figures.unreachable } : null,
    }),
  };
}
