/** What the pictures of the leaderboards say, and what is said to those who cannot see them. */
import type { Campaign } from '../campaign/types.ts';
import {
  type GroupTable,
  hasPlace,
  isEmpty,
  type Period,
  type UnitBoard,
} from '../standings/board.ts';
import { showMonth } from './dates.ts';
import type { Drawing, DrawnBar, DrawnChange, DrawnPart } from './drawing.ts';
import { boardTitle, groupName, groupTitle, spanLine } from './leaderboard.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

/** So many people stand in a unit's picture. */
const PEOPLE = 10;
/** So many units stand in a group's picture. */
const UNITS = 15;

type Compared = Pick<Campaign, 'comparison'>;

interface Moment {
  /** Until when the figures reach, as said. */
  readonly asOf?: string;
}

export const percent = (part: number, whole: number): number =>
  whole > 0 ? Math.round((1000 * part) / whole) / 10 : 0;

/** A part of the longest bar. */
export const shareOf = (value: number, most: number): number =>
  most > 0 && Number.isFinite(value / most) ? Math.min(1, Math.max(0, value / most)) : 0;

export const figureOf = (say: Say, n: number): string => say('lb-number', { n });

/** Places gained or lost; nothing where there is nothing to compare. */
export function changeOf(say: Say, moved: number | null): DrawnChange | null {
  if (moved === null) return null;
  if (moved === 0) return { way: 'same', by: '' };
  return { way: moved > 0 ? 'up' : 'down', by: figureOf(say, Math.abs(moved)) };
}

function periodOf(say: Say, period: Period): string {
  if (period.kind === 'week') return say('pic-period-week', { number: period.number });
  if (period.kind === 'month')
    return say('pic-period-month', { month: showMonth(period.month, say.language) });
  return say('pic-period-campaign');
}

const leadOf = (say: Say, period: Period, { asOf }: Moment): string[] => [
  ...[spanLine(say, period) ?? []].flat(),
  ...(asOf ? [say('lb-as-of', { at: asOf })] : []),
];

/** A unit's board: its place, its figures, its people with points. */
export function unitBoardDrawing(
  say: Say,
  board: UnitBoard,
  campaign: Compared,
  moment: Moment = {},
): Drawing {
  const title = boardTitle(say, board);
  const { period, placing, unit } = board;
  const of = { unit: unitName(say, unit), period: periodOf(say, period) };
  const base = { title, lead: [...leadOf(say, period, moment)], foot: [say('lb-note')] };
  if (isEmpty(board)) {
    const empty = say(`lb-empty-${period.kind}`);
    return {
      ...base,
      alt: say('pic-alt-empty', of),
      parts: [{ kind: 'text', text: empty }],
    };
  }
  const place = hasPlace(placing)
    ? say('lb-place', { rank: placing.rank, size: placing.groupSize })
    : null;
  const rate = percent(board.participants, placing.headcount);
  const alt = { ...of, points: placing.points, participants: board.participants };
  return {
    ...base,
    lead: [...base.lead, say('pic-group', { group: groupName(say, unit, campaign.comparison.by) })],
    alt: place === null ? say('pic-alt-unit', alt) : say('pic-alt-unit-placed', { ...alt, place }),
    parts: [
      {
        kind: 'facts',
        facts: [
          ...(place === null
            ? []
            : [{ label: say('lb-place-label'), value: place, change: changeOf(say, board.moved) }]),
          { label: say('pic-rate'), value: say('pic-percent', { n: rate }), change: null },
          { label: say('lb-points-label'), value: figureOf(say, placing.points), change: null },
          ...(placing.collective > 0
            ? [
                {
                  label: say('lb-collective-label'),
                  value: figureOf(say, placing.collective),
                  change: null,
                },
              ]
            : []),
          ...(placing.collective > 0
            ? [
                {
                  label: say('lb-collective-label'),
                  value: figureOf(say, placing.collective),
                  change: null,
                },
              ]
            : []),
          {
            label: say('pic-participants'),
            value: say('lb-place', { rank: board.participants, size: placing.headcount }),
            change: null,
          },
        ],
      },
      ...peopleOf(say, board, campaign),
      { kind: 'text', text: say('lb-thanks') },
    ],
  };
}

function peopleOf(say: Say, { people }: UnitBoard, { comparison }: Compared): DrawnPart[] {
  if (people === null)
    return [{ kind: 'text', text: say('lb-small', { n: comparison.smallUnit }) }];
  if (people.length === 0) return [];
  const most = people[0]?.entry.points ?? 0;
  const left = people.length - PEOPLE;
  return [
    {
      kind: 'bars',
      heading: say('pic-people'),
      unit: say('pic-unit-points'),
      bars: people.slice(0, PEOPLE).map(({ entry, rank }) => ({
        rank: figureOf(say, rank),
        label: entry.name,
        value: figureOf(say, entry.points),
        share: shareOf(entry.points, most),
        change: null,
        own: false,
        gap: false,
      })),
      more: left > 0 ? say('lb-more', { n: left }) : null,
    },
  ];
}

/** A comparison group; `unitId` is the reader's own, shown wherever it stands. */
export function groupDrawing(
  say: Say,
  table: GroupTable,
  campaign: Compared,
  unitId: number | null,
  moment: Moment = {},
): Drawing {
  const title = groupTitle(say, table, campaign);
  const { rows, tooSmall } = table;
  const own = rows.findIndex(({ unit }) => unit.unitId === unitId);
  const shown = rows.length - 1 === UNITS ? UNITS + 1 : UNITS;
  const first = rows.slice(0, shown);
  const apart = own >= shown ? rows.slice(own, own + 1) : [];
  const left = rows.length - first.length - apart.length;
  const most = Math.max(0, ...rows.map(({ placing }) => placing.score));
  const bar = ({ unit, placing, moved }: GroupTable['rows'][number]): DrawnBar => ({
    rank: figureOf(say, placing.rank ?? 0),
    label: unitName(say, unit),
    value: figureOf(say, placing.score * 100),
    share: shareOf(placing.score, most),
    change: changeOf(say, moved),
    own: unit.unitId === unitId,
    gap: false,
  });
  const [leader] = rows;
  const of = {
    group: groupName(say, table.sample, campaign.comparison.by),
    period: periodOf(say, table.period),
  };
  return {
    title,
    lead: leadOf(say, table.period, moment),
    alt: leader
      ? say('pic-alt-group', { ...of, units: rows.length, leader: unitName(say, leader.unit) })
      : say('pic-alt-group-empty', of),
    parts: [
      rows.length === 0
        ? { kind: 'text', text: say('lb-group-empty') }
        : {
            kind: 'bars',
            heading: null,
            unit: say('lb-score-label'),
            bars: [...first.map(bar), ...apart.map((row) => ({ ...bar(row), gap: own > shown }))],
            more: left > 0 ? say('pic-more-units', { n: left }) : null,
          },
    ],
    foot: [
      ...(rows.length > 0 ? [say('lb-group-rule')] : []),
      ...(tooSmall > 0
        ? [say('lb-group-small', { n: tooSmall, people: campaign.comparison.smallUnit })]
        : []),
      say('lb-note'),
    ],
  };
}
