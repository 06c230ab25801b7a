/** What is said when people move and units merge. */
import type { Message } from '../chat/index.ts';
import type { UnitView } from '../engine/turn-context.ts';
import { showDate } from './dates.ts';
import { plainMessage } from './flow.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

interface Change {
  readonly from: UnitView;
  readonly to: UnitView;
  /** First day, ISO date. */
  readonly on: string;
}

const values = (say: Say, { from, to, on }: Change) => ({
  from: unitName(say, from),
  to: unitName(say, to),
  date: showDate(on, say.language),
});

export const movedMessage = (say: Say, change: Change): Message =>
  plainMessage([say('moved-told', values(say, change)), say('moved-told-reports')]);

/** In the group of a unit that merged; always in Vietnamese, as all that is posted there. */
export const mergedRoomMessage = (say: Say, change: Change): Message =>
  plainMessage([say('merged-room', values(say, change))]);

/** To somebody who led or filed for a unit that merged. `kept`: they do the same in the other one. */
export const mergedLeaderMessage = (say: Say, change: Change, kept: boolean): Message =>
  plainMessage([
    say('merged-leader', values(say, change)),
    say(kept ? 'merged-leader-kept' : 'merged-leader-ended', values(say, change)),
  ]);
