/** The weekly job: closes the week that has ended and posts every unit's board in its group. */
import { addWeeks, weekOf, weekSpan } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import type { Address } from '../chat/index.ts';
import { DEFAULT_LANGUAGE, type Language } from '../messages/language.ts';
import { unitBoardMessage } from '../messages/leaderboard.ts';
import type { Say } from '../messages/say.ts';
import { unitBoard, weekTable } from '../standings/board.ts';
import {
  compareRevisions,
  computeWeek,
  sameStandings,
  withFrozenHeadcounts,
} from '../standings/score.ts';
import type { LiveWeek } from '../standings/total.ts';
import type { Correction, UnitWeek, WeekStandings } from '../standings/types.ts';
import type { Outgoing } from './decision.ts';
import type { Job } from './schedule.ts';

/** One campaign's standings, within the transaction of a job. */
export interface StandingsStore {
  unitWeek(week: string): Promise<UnitWeek>;
  /** A week's latest revision, or null when it was never recorded. */
  recorded(week: string): Promise<WeekStandings | null>;
  /** Weeks before this one that may differ from what is recorded, oldest first. */
  toReview(before: string): Promise<readonly string[]>;
  save(standings: WeekStandings, at: string): Promise<void>;
  /** Groups linked to a unit that the bot has not left. */
  unitRooms(): Promise<readonly { readonly unitId: number; readonly address: Address }[]>;
}

/**
 * An occurrence closes the last week that had ended by then. Weeks before it whose reports changed
 * since they were recorded, or that were missed, are recorded anew; where a unit's figures changed,
 * its board says so.
 */
export function unitLeaderboardJob(parts: {
  readonly campaign: Campaign;
  readonly texts: Readonly<Record<Language, Say>>;
}): Job<StandingsStore> {
  const { campaign, texts } = parts;
  return async (occurrence, store, now) => {
    const week = addWeeks(weekOf(occurrence, campaign.zone), -1);
    if (weekSpan(week).to < campaign.period.from || week > campaign.period.to) return [];

    const corrections: Correction[] = [];
    for (const earlier of await store.toReview(week))
      corrections.push(...(await close(store, campaign, earlier, now.toString())).corrections);
    const { live } = await close(store, campaign, week, now.toString());
    const previous = (await store.recorded(addWeeks(week, -1)))?.units ?? [];

    const table = weekTable(live, campaign);
    const { smallUnit } = campaign.comparison;
    return (await store.unitRooms()).flatMap(({ unitId, address }): Outgoing[] => {
      const board = unitBoard(table, unitId, smallUnit, { previous, corrections });
      if (!board) return [];
      return [
        {
          to: address,
          message: unitBoardMessage(texts[DEFAULT_LANGUAGE], board, campaign),
          priority: 'broadcast',
          dedupe: `leaderboard:${campaign.code}:${week}:${address.platform}:${address.tenant}:${address.chat}`,
          // A board twice in a unit's group looks careless: the office decides.
          onUncertain: 'hold',
        },
      ];
    });
  };
}

/** Records a week as it stands now, unless it is recorded so already. */
async function close(
  store: StandingsStore,
  campaign: Campaign,
  week: string,
  at: string,
): Promise<{ live: LiveWeek; corrections: readonly Correction[] }> {
  const recorded = await store.recorded(week);
  const fresh = await store.unitWeek(week);
  const data = recorded ? withFrozenHeadcounts(fresh, recorded) : fresh;
  const standings = computeWeek(data, campaign);
  if (!recorded || !sameStandings(recorded, standings)) await store.save(standings, at);
  return {
    live: { data, standings },
    corrections: recorded ? compareRevisions(recorded, standings) : [],
  };
}
