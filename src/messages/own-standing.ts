/** A person's own results, told to nobody else. */

import { weekNumber } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import type { Block, Message } from '../chat/index.ts';
import type { Period, UnitBoard } from '../standings/board.ts';
import type { OwnResults } from '../standings/own.ts';
import { paragraph } from './blocks.ts';
import { showMonth, showWeek } from './dates.ts';
import { type Framing, framed } from './leaderboard.ts';
import { figureOf, percent } from './pictures.ts';
import { itemLabel } from './report.ts';
import type { Say } from './say.ts';

/** Weeks listed, the latest first. */
const WEEKS = 12;

export interface OwnStanding {
  readonly personId: number;
  readonly results: OwnResults;
  /** Of the person's unit in the same period; null: they are in none. */
  readonly board: UnitBoard | null;
  /** Reports that wait for a decision. */
  readonly waiting: number;
  /** Reports sent back for completion. */
  readonly returned: number;
  /** Reports of others that ask whether the person shared the work. */
  readonly shares: number;
}

export function ownStandingMessage(
  say: Say,
  own: OwnStanding,
  period: Period,
  campaign: Campaign,
  framing: Framing,
): Message {
  const { results } = own;
  const none = results.verified === 0;
  return framed(say, titleOf(say, period), period, framing, [
    ...(none
      ? [paragraph(say('own-none'))]
      : [
          {
            kind: 'fields',
            rows: figures(say, own).map(({ label, value }) => ({ label, value: [value] })),
          } satisfies Block,
          byItem(say, results, campaign),
          ...byWeek(say, results, campaign),
        ]),
    ...waits(say, own),
    ...(none ? [] : [paragraph(say('own-thanks'))]),
  ]);
}

function titleOf(say: Say, period: Period): string {
  if (period.kind === 'week') return say('own-title-week', { number: period.number });
  if (period.kind === 'month')
    return say('own-title-month', { month: showMonth(period.month, say.language) });
  return say('own-title-campaign');
}

/** What waits for others and what waits for the person; nothing where nothing does. */
function waits(say: Say, { waiting, returned, shares }: OwnStanding): Block[] {
  const lines = [
    ...(waiting > 0 ? [say('own-waiting', { n: waiting })] : []),
    ...(returned > 0 ? [say('own-returned', { n: returned })] : []),
    ...(shares > 0 ? [say('own-shares', { n: shares })] : []),
  ];
  return lines.length === 0 ? [] : [{ kind: 'list', items: lines.map((line) => [line]) }];
}

/** The place and the part of the unit's points only where its people are shown one by one. */
function figures(say: Say, { personId, results, board }: OwnStanding) {
  const placed = board?.people?.find(({ entry }) => entry.personId === personId);
  const of = board?.people?.length ?? 0;
  return [
    { label: say('own-points'), value: figureOf(say, results.points) },
    { label: say('own-verified'), value: figureOf(say, results.verified) },
    ...(board && placed
      ? [
          {
            label: say('own-place'),
            value: say('own-place-of', { rank: placed.rank, of }),
          },
          {
            label: say('own-part'),
            value: say('pic-percent', { n: percent(placed.entry.points, board.placing.points) }),
          },
        ]
      : []),
  ];
}

const byItem = (say: Say, { items }: OwnResults, campaign: Campaign): Block => ({
  kind: 'table',
  columns: [
    { title: say('report-item'), align: 'left' },
    { title: say('own-reports'), align: 'right' },
    { title: say('lb-column-points'), align: 'right' },
  ],
  rows: items.map(({ item, verified, points }) => [
    itemLabel(say, campaign, item),
    figureOf(say, verified),
    figureOf(say, points),
  ]),
});

/** Not for a single week, which the title names. */
function byWeek(say: Say, { weeks }: OwnResults, campaign: Campaign): Block[] {
  if (weeks.length < 2) return [];
  const left = weeks.length - WEEKS;
  return [
    {
      kind: 'table',
      columns: [
        { title: say('own-week'), align: 'left' },
        { title: say('own-reports'), align: 'right' },
        { title: say('lb-column-points'), align: 'right' },
      ],
      rows: weeks.slice(0, WEEKS).map(({ week, verified, points }) => [
        say('own-week-line', {
          number: weekNumber(week, campaign.period),
          span: showWeek(week, say.language),
        }),
        figureOf(say, verified),
        figureOf(say, points),
      ]),
    },
    ...(left > 0
      ? [{ kind: 'note', text: [say('own-more-weeks', { n: left })] } satisfies Block]
      : []),
  ];
}
