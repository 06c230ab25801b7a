/** The leaderboards: who has verified results, never who has none. */

import type { Campaign } from '../campaign/types.ts';
import type { Block, Button, InlineText, Message } from '../chat/index.ts';
import {
  type GroupTable,
  hasPlace,
  isEmpty,
  type Period,
  type UnitBoard,
} from '../standings/board.ts';
import type { PlacedPerson } from '../standings/total.ts';
import type { UnitOfWeek } from '../standings/types.ts';
import { note, paragraph } from './blocks.ts';
import { correctionBlocks } from './corrections.ts';
import { showMonth, showSpan, showWeek } from './dates.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

/** So many are named; the others are counted. */
const TOP = 10;

type Compared = Pick<Campaign, 'comparison' | 'period'>;

export interface Framing {
  /** Said under the title, e.g. until when the figures reach. */
  readonly asOf?: string;
  /** The reader's own result: only in private. */
  readonly own?: { readonly personId: number } | undefined;
  /** Earlier weeks whose corrections stand under their own boards. */
  readonly threaded?: readonly string[];
  readonly buttons?: Button[][];
}

/** What the units of a group have in common. */
export function groupName(
  say: Say,
  unit: Pick<UnitOfWeek, 'kind' | 'bloc' | 'cluster'>,
  by: Campaign['comparison']['by'],
): string {
  const parts = by.map((field) => {
    if (field === 'kind')
      return say(unit.kind === 'support' ? 'lb-kind-support' : 'lb-kind-research');
    if (field === 'bloc')
      return say(unit.bloc === 'academy' ? 'lb-bloc-academy' : 'lb-bloc-schools');
    return unit.cluster === null
      ? say('lb-cluster-none')
      : say('lb-cluster', { name: unit.cluster });
  });
  return parts.length === 0 ? say('lb-group-all') : parts.join(' – ');
}

export function boardTitle(say: Say, { period, unit }: Pick<UnitBoard, 'period' | 'unit'>): string {
  const name = unitName(say, unit);
  if (period.kind === 'week') return say('lb-title-week', { number: period.number, unit: name });
  if (period.kind === 'month')
    return say('lb-title-month', { month: showMonth(period.month, say.language), unit: name });
  return say('lb-title-campaign', { unit: name });
}

export function groupTitle(
  say: Say,
  { period, sample }: Pick<GroupTable, 'period' | 'sample'>,
  { comparison }: Pick<Campaign, 'comparison'>,
): string {
  const group = groupName(say, sample, comparison.by);
  if (period.kind === 'week') return say('lb-group-title-week', { number: period.number, group });
  if (period.kind === 'month')
    return say('lb-group-title-month', { month: showMonth(period.month, say.language), group });
  return say('lb-group-title-campaign', { group });
}

/** From when to when, where the title does not say it. */
export function spanLine(say: Say, period: Period): string | null {
  if (period.kind === 'week') return say('lb-span', { span: showWeek(period.week, say.language) });
  if (period.kind === 'month')
    return say('lb-span-month', { span: showSpan(period.from, period.to, say.language) });
  return null;
}

/** A unit's board for its own people. */
export function unitBoardMessage(
  say: Say,
  board: UnitBoard,
  campaign: Compared,
  framing: Framing = {},
): Message {
  const { period } = board;
  const title = boardTitle(say, board);
  const empty = isEmpty(board);
  return framed(say, title, period, framing, [
    ...(empty
      ? [paragraph(say(`lb-empty-${period.kind}`))]
      : [figures(say, board, campaign), ...individuals(say, board, campaign)]),
    ...(framing.own ? [paragraph(ownResult(say, board, framing.own.personId))] : []),
    ...correctionBlocks(say, board.corrections, framing.threaded ?? [], campaign),
    ...(empty ? [] : [paragraph(say('lb-thanks'))]),
  ]);
}

/** Title, span and small print around what is shown. */
export function framed(
  say: Say,
  title: string,
  period: Period,
  { asOf, buttons }: Framing,
  body: readonly Block[],
): Message {
  const span = spanLine(say, period);
  const lead = [...(span ? [span] : []), ...(asOf ? [say('lb-as-of', { at: asOf })] : [])].join(
    '\n',
  );
  return {
    notice: title,
    blocks: [
      { kind: 'heading', text: title },
      ...(lead ? [paragraph(lead)] : []),
      ...body,
      note(say('lb-note')),
    ],
    ...(buttons && buttons.length > 0 && { buttons }),
  };
}

function figures(say: Say, board: UnitBoard, { comparison }: Compared): Block {
  const { placing, participants, unit } = board;
  const number = (n: number): InlineText => [say('lb-number', { n })];
  const place = placeOf(say, board);
  return {
    kind: 'fields',
    rows: [
      { label: say('lb-group-label'), value: [groupName(say, unit, comparison.by)] },
      ...(place ? [{ label: say('lb-place-label'), value: [place] }] : []),
      { label: say('lb-points-label'), value: number(placing.points) },
      ...(placing.collective > 0
        ? [{ label: say('lb-collective-label'), value: number(placing.collective) }]
        : []),
      ...(placing.headcount > 0
        ? [{ label: say('lb-score-label'), value: number(placing.score * 100) }]
        : []),
      {
        label: say('lb-participants-label'),
        value:
          placing.headcount > 0
            ? [
                say('lb-participants', {
                  n: participants,
                  of: placing.headcount,
                  percent: Math.round((1000 * participants) / placing.headcount) / 10,
                }),
              ]
            : number(participants),
      },
    ],
  };
}

function placeOf(say: Say, { placing, moved }: UnitBoard): string | null {
  if (!hasPlace(placing)) return null;
  const place = { rank: placing.rank, size: placing.groupSize };
  if (moved === null) return say('lb-place', place);
  if (moved === 0) return say('lb-place-same', place);
  return say(moved > 0 ? 'lb-place-up' : 'lb-place-down', { ...place, by: Math.abs(moved) });
}

function individuals(say: Say, { people }: UnitBoard, { comparison }: Compared): Block[] {
  if (people === null) return [note(say('lb-small', { n: comparison.smallUnit }))];
  if (people.length === 0) return [];
  const shown = people.slice(0, TOP);
  return [
    {
      kind: 'table',
      columns: [
        { title: say('lb-column-rank'), align: 'right' },
        { title: say('lb-column-name'), align: 'left' },
        { title: say('lb-column-points'), align: 'right' },
      ],
      rows: shown.map(({ entry, rank }: PlacedPerson) => [
        say('lb-number', { n: rank }),
        entry.name,
        say('lb-number', { n: entry.points }),
      ]),
    },
    ...(people.length > TOP ? [paragraph(say('lb-more', { n: people.length - TOP }))] : []),
  ];
}

function ownResult(say: Say, board: UnitBoard, personId: number): string {
  const own = board.reported.find((person) => person.personId === personId);
  if (!own) return say('lb-own-none');
  const { points, verified } = own;
  const rank = board.people?.find(({ entry }) => entry.personId === personId)?.rank;
  return rank === undefined
    ? say('lb-own', { points, verified })
    : say('lb-own-ranked', { points, verified, rank });
}

/** The units of one group that have points; `unitId` is the reader's own, shown wherever it stands. */
export function groupTableMessage(
  say: Say,
  table: GroupTable,
  campaign: Compared,
  unitId: number | null,
  framing: Framing = {},
): Message {
  const { comparison } = campaign;
  const { period } = table;
  const title = groupTitle(say, table, campaign);
  const own = table.rows.findIndex((row) => row.unit.unitId === unitId);
  const row = ({ unit, placing }: GroupTable['rows'][number]): string[] => [
    say('lb-number', { n: placing.rank ?? 0 }),
    unit.unitId === unitId ? `▸ ${unitName(say, unit)}` : unitName(say, unit),
    say('lb-number', { n: placing.score * 100 }),
  ];
  // The reader's unit with its neighbours, where it is not among the first.
  const from = Math.max(TOP, own - 1);
  const around = own >= TOP ? table.rows.slice(from, own + 2) : [];
  const rows = [
    ...table.rows.slice(0, TOP).map(row),
    ...(around.length > 0 && from > TOP ? [['…', '…', '…']] : []),
    ...around.map(row),
  ];
  const body: Block[] =
    rows.length === 0
      ? [paragraph(say('lb-group-empty'))]
      : [
          {
            kind: 'table',
            columns: [
              { title: say('lb-column-rank'), align: 'right' },
              { title: say('lb-column-unit'), align: 'left' },
              { title: say('lb-column-score'), align: 'right' },
            ],
            rows,
          },
          note(say('lb-group-rule')),
        ];
  return framed(say, title, period, framing, [
    ...body,
    ...(table.tooSmall > 0
      ? [note(say('lb-group-small', { n: table.tooSmall, people: comparison.smallUnit }))]
      : []),
  ]);
}

/** One sentence, with buttons when something can be chosen. */
export const leaderboardNotice = (line: string, buttons?: Button[][]): Message => ({
  notice: line,
  blocks: [paragraph(line)],
  ...(buttons && { buttons }),
});
