/**
 * The weekly job: closes the week that has ended and posts every unit's board in its group. Where
 * messages have threads, a correction of an earlier week stands under the board of that week.
 */
import { addWeeks, weekOf, weekSpan } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import { type Address, laneKey, type MessageRef } from '../chat/index.ts';
import { correctionMessage } from '../messages/corrections.ts';
import type { Drawing } from '../messages/drawing.ts';
import { DEFAULT_LANGUAGE, type Language } from '../messages/language.ts';
import { unitBoardMessage } from '../messages/leaderboard.ts';
import type { Say } from '../messages/say.ts';
import { isEmpty, type UnitBoard, unitBoard, weekTable } from '../standings/board.ts';
import {
  compareRevisions,
  computeWeek,
  sameStandings,
  withFrozenHeadcounts,
} from '../standings/score.ts';
import type { LiveWeek } from '../standings/total.ts';
import type { Correction, UnitOfWeek, UnitWeek, WeekStandings } from '../standings/types.ts';
import type { Outgoing } from './decision.ts';
import type { Job } from './schedule.ts';

/** One campaign's standings, within the transaction of a job. */
export interface StandingsStore {
  unitWeek(week: string): Promise<UnitWeek>;
  /** A week's latest revision, or null when it was never recorded. */
  recorded(week: string): Promise<WeekStandings | null>;
  /** Weeks before this one that may differ from what is recorded, oldest first. */
  toReview(before: string): Promise<readonly string[]>;
  /** @returns the number of this revision */
  save(standings: WeekStandings, at: string): Promise<number>;
  /** Groups linked to a unit that the bot has not left. */
  unitRooms(): Promise<readonly UnitRoom[]>;
  /** Where messages about these subjects were posted, by their first pages. */
  postedUnder(
    subjects: readonly string[],
  ): Promise<readonly { readonly subject: string; readonly ref: MessageRef }[]>;
}

interface UnitRoom {
  readonly unitId: number;
  readonly address: Address;
}

/** Twice in a unit's group looks careless: where a post cannot be looked for, the office decides. */
const ONCE = { priority: 'broadcast', onUncertain: 'hold' } as const;

/** A week as it was just closed. */
interface Closed {
  readonly live: LiveWeek;
  readonly corrections: readonly Correction[];
  /** What the corrections made of the week; null when it was recorded as it is. */
  readonly revision: number | null;
}

/**
 * An occurrence closes the last week that had ended by then. Weeks before it whose reports changed
 * since they were recorded, or that were missed, are recorded anew; where a unit's figures changed,
 * its board says so, or says where it is said. Once the campaign is over there are no more boards:
 * corrections are posted by themselves.
 */
export function unitLeaderboardJob(parts: {
  readonly campaign: Campaign;
  readonly texts: Readonly<Record<Language, Say>>;
  /** The picture that goes with a board that has results; null: none. */
  drawing(board: UnitBoard): Drawing | null;
  /** Whether every message of this platform can have a thread. */
  threads(platform: string): boolean;
}): Job<StandingsStore> {
  const { campaign, threads } = parts;
  const say = parts.texts[DEFAULT_LANGUAGE];
  const subjectOf = (unitId: number, week: string) => `board:${campaign.code}:${unitId}:${week}`;

  return async (occurrence, store, now) => {
    const week = addWeeks(weekOf(occurrence, campaign.zone), -1);
    if (weekSpan(week).to < campaign.period.from) return [];

    const corrections: Correction[] = [];
    const revisions = new Map<string, number | null>();
    const names = new Map<number, UnitOfWeek>();
    for (const earlier of await store.toReview(week)) {
      const closed = await close(store, campaign, earlier, now.toString());
      corrections.push(...closed.corrections);
      revisions.set(earlier, closed.revision);
      for (const unit of closed.live.data.units) names.set(unit.unitId, unit);
    }
    const corrected = corrections.map(({ unitId, week: of }) => subjectOf(unitId, of));
    const posted = corrected.length === 0 ? [] : await store.postedUnder(corrected);

    /** The thread of the board that a correction is about, where there is one in this group. */
    const threadOf = (room: UnitRoom, correction: Correction): Address | null => {
      if (!threads(room.address.platform) || room.address.thread !== undefined) return null;
      const subject = subjectOf(room.unitId, correction.week);
      const board = posted.find(
        ({ subject: of, ref }) =>
          of === subject &&
          laneKey(ref.at) === laneKey(room.address) &&
          ref.at.thread === undefined,
      );
      return board ? { ...room.address, thread: board.ref.id } : null;
    };

    /** A correction as a message of its own; none when nothing that a board shows has changed. */
    const correctionSend = (
      { address }: UnitRoom,
      unit: UnitOfWeek,
      correction: Correction,
      to: Address,
    ): Outgoing[] => {
      const message = correctionMessage(say, unit, correction, campaign);
      const revision = `${correction.week}:${revisions.get(correction.week)}`;
      const dedupe = `correction:${campaign.code}:${revision}:${laneKey(address)}`;
      return message ? [{ ...ONCE, to, message, dedupe }] : [];
    };

    // The campaign is over: late reports and decisions still change its weeks, and no board follows
    // that would say so.
    if (week > campaign.period.to)
      return (await store.unitRooms()).flatMap((room) => {
        const unit = names.get(room.unitId);
        const own = corrections.filter(({ unitId }) => unitId === room.unitId);
        return own.flatMap((each) =>
          unit ? correctionSend(room, unit, each, threadOf(room, each) ?? room.address) : [],
        );
      });

    const { live } = await close(store, campaign, week, now.toString());
    const previous = (await store.recorded(addWeeks(week, -1)))?.units ?? [];
    const table = weekTable(live, campaign);
    const { smallUnit } = campaign.comparison;
    return (await store.unitRooms()).flatMap((room): Outgoing[] => {
      const { unitId, address } = room;
      const board = unitBoard(table, unitId, smallUnit, { previous, corrections });
      if (!board) return [];
      const chat = laneKey(address);
      const replies = board.corrections.flatMap((correction) => {
        const to = threadOf(room, correction);
        const sends = to ? correctionSend(room, board.unit, correction, to) : [];
        return sends.map((send) => ({ week: correction.week, send }));
      });
      const threaded = replies.map((reply) => reply.week);
      const drawing = isEmpty(board) ? null : parts.drawing(board);
      const inBoard = board.corrections.filter((each) => !threaded.includes(each.week));
      return [
        {
          ...ONCE,
          to: address,
          message: unitBoardMessage(say, { ...board, corrections: inBoard }, campaign, {
            threaded,
          }),
          subject: subjectOf(unitId, week),
          dedupe: `leaderboard:${campaign.code}:${week}:${chat}`,
          ...(drawing && { picture: { drawing } }),
        },
        ...replies.map((reply) => reply.send),
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
): Promise<Closed> {
  const recorded = await store.recorded(week);
  const fresh = await store.unitWeek(week);
  const data = recorded ? withFrozenHeadcounts(fresh, recorded) : fresh;
  const standings = computeWeek(data, campaign);
  const same = recorded && sameStandings(recorded, standings);
  return {
    live: { data, standings },
    corrections: recorded ? compareRevisions(recorded, standings) : [],
    revision: same ? null : await store.save(standings, at),
  };
}
