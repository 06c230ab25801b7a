/** What changed in a posted week afterwards: in a later board, or under the very board it corrects. */

import { weekNumber } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import type { Block, Message } from '../chat/index.ts';
import { hasPlace } from '../standings/board.ts';
import type { Correction, UnitOfWeek } from '../standings/types.ts';
import { paragraph } from './blocks.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

type Period = Pick<Campaign, 'period'>;

/** Empty when nothing that a board shows has changed: a place without points is not shown. */
export function correctionLines(
  say: Say,
  { week, before, after }: Correction,
  { period }: Period,
): string[] {
  const number = weekNumber(week, period);
  const points = { pointsBefore: before.points, pointsAfter: after.points };
  const moved = hasPlace(before) && hasPlace(after) && before.rank !== after.rank;
  const ranks = { rankBefore: before.rank ?? 0, rankAfter: after.rank ?? 0 };
  const collective =
    before.collective === after.collective
      ? []
      : [
          say('lb-correction-collective', {
            number,
            pointsBefore: before.collective,
            pointsAfter: after.collective,
          }),
        ];
  if (before.points !== after.points)
    return [
      moved
        ? say('lb-correction-both', { number, ...points, ...ranks })
        : say('lb-correction-points', { number, ...points }),
      ...collective,
    ];
  return [...collective, ...(moved ? [say('lb-correction-place', { number, ...ranks })] : [])];
}

/**
 * The part of a board about earlier weeks.
 * @param threaded weeks whose corrections stand under their own boards, so that they are only named
 */
export function correctionBlocks(
  say: Say,
  corrections: readonly Correction[],
  threaded: readonly string[],
  campaign: Period,
): Block[] {
  const items = corrections.flatMap((each) => correctionLines(say, each, campaign));
  const weeks = threaded.map((week) => weekNumber(week, campaign.period)).join(', ');
  return [
    ...(items.length === 0
      ? []
      : [
          paragraph(say('lb-corrections')),
          { kind: 'list', items: items.map((line) => [line]) } satisfies Block,
        ]),
    ...(threaded.length === 0 ? [] : [paragraph(say('lb-corrections-threaded', { weeks }))]),
  ];
}

/** One week's correction, to stand under the board of that week; null when it shows nothing. */
export function correctionMessage(
  say: Say,
  unit: Pick<UnitOfWeek, 'nameVi' | 'nameEn'>,
  correction: Correction,
  campaign: Period,
): Message | null {
  const lines = correctionLines(say, correction, campaign);
  if (lines.length === 0) return null;
  const number = weekNumber(correction.week, campaign.period);
  const title = say('lb-correction-title', { number, unit: unitName(say, unit) });
  return {
    notice: title,
    blocks: [
      { kind: 'heading', text: title },
      ...lines.map(paragraph),
      { kind: 'note', text: [say('lb-note')] },
    ],
  };
}
