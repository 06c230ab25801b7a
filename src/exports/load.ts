/** Brings together what a final document is computed from. */
import { addWeeks } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import { hasPlace } from '../standings/board.ts';
import { computeWeek } from '../standings/score.ts';
import { campaignPlacings, type LiveWeek } from '../standings/total.ts';
import type { PastTotals, UnitOfWeek, UnitWeek } from '../standings/types.ts';
import { computeFinal, type FinalAsk } from './final-compute.ts';
import type { FinalData, FinalPlace, FinalSource } from './final-data.ts';

/** What is read of the database. Weeks by their Mondays, days in the campaign's zone. */
export interface FinalQuery {
  readonly campaign: string;
  readonly zone: string;
  readonly weeks: { readonly first: string; readonly last: string };
  /** The day whose units and headcounts are shown. */
  readonly day: string;
  /** What was said or approved on these days; null: without limit. */
  readonly days: { readonly from: string | null; readonly to: string | null };
  readonly unitId: number | null;
}

export interface FinalReads {
  finalSource(query: FinalQuery): Promise<Omit<FinalSource, 'places'>>;
  /** Sums of the weekly standings as last recorded, and which weeks they are of. */
  recordedSums(
    query: Pick<FinalQuery, 'campaign' | 'weeks'>,
  ): Promise<{ readonly weeks: readonly string[]; readonly units: PastTotals['units'] }>;
  unitWeek(week: string, campaign: string): Promise<UnitWeek>;
}

/** The figures of one unit's document, or (`unitId` null) of the campaign's; null for an unknown unit. */
export async function loadFinal(
  reads: FinalReads,
  ask: FinalAsk,
  campaign: Campaign,
): Promise<FinalData | null> {
  const { period, unitId, day } = ask;
  // The first stage takes what came before it, the last what comes after: nothing is left out.
  const first = period.from === campaign.period.from;
  const last = period.to >= campaign.period.to;
  const over = day > period.to;
  const query: FinalQuery = {
    campaign: campaign.code,
    zone: campaign.zone,
    weeks: period.weeks,
    day: over ? period.to : day,
    days: { from: first ? null : period.from, to: last ? null : period.to },
    unitId,
  };
  const [source, recorded] = await Promise.all([
    reads.finalSource(query),
    reads.recordedSums(query),
  ]);
  const live = await liveWeeks(reads, query, recorded.weeks, campaign);
  return computeFinal(
    { ...source, places: placesOf(source.units, recorded.units, live, campaign) },
    ask,
    campaign,
  );
}

/** Weeks that have begun and were not recorded, as they stand. */
function liveWeeks(
  reads: FinalReads,
  { weeks, day }: FinalQuery,
  recorded: readonly string[],
  campaign: Campaign,
): Promise<LiveWeek[]> {
  const missing: string[] = [];
  for (let week = weeks.first; week <= weeks.last && week <= day; week = addWeeks(week, 1))
    if (!recorded.includes(week)) missing.push(week);
  return Promise.all(
    missing.map(async (week) => {
      const data = await reads.unitWeek(week, campaign.code);
      return { data, standings: computeWeek(data, campaign) };
    }),
  );
}

function placesOf(
  units: readonly UnitOfWeek[],
  recorded: PastTotals['units'],
  live: readonly LiveWeek[],
  { comparison }: Campaign,
): FinalPlace[] {
  // The units shown are those of the last week given: a week of no reports says which.
  const shown: LiveWeek = {
    data: { week: '', units, reports: [], names: {} },
    standings: { week: '', units: [], people: [] },
  };
  const past: PastTotals = { units: recorded, people: [] };
  return campaignPlacings(past, [...live, shown], comparison.by).map((placing) => {
    const { unitId, groupKey, groupSize, score } = placing;
    return { unitId, groupKey, rank: hasPlace(placing) ? placing.rank : null, groupSize, score };
  });
}
