/** What units register to achieve (đăng ký thi đua): one unit's pledge with its progress, and the overview. */

import { Temporal } from 'temporal-polyfill';
import { campaignDay } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import type { Block, Button, Message } from '../chat/index.ts';
import type { PledgeView } from '../engine/pledge-reads.ts';
import type { UnitView } from '../engine/turn-context.ts';
import { grouped } from '../standings/grouped.ts';
import { groupKeyOf } from '../standings/score.ts';
import { note, paragraph } from './blocks.ts';
import { showDate } from './dates.ts';
import { plainMessage } from './flow.ts';
import { groupName } from './leaderboard.ts';
import { itemLabel, unitName } from './report.ts';
import type { Say } from './say.ts';

type Targets = Readonly<Record<string, number>>;

export const viewAction = (unitId: number): string => `pl:v:${unitId}`;
const writeAction = (unitId: number): string => `pl:w:${unitId}`;
const ALL = 'pl:all';

/** Targets as lines, in the campaign's order. */
export const targetLines = (say: Say, targets: Targets, campaign: Campaign): string[] =>
  inOrder(targets, campaign).map(([id, n]) =>
    say('pledge-target-line', { item: itemLabel(say, campaign, id), n }),
  );

const inOrder = (targets: Targets, { items }: Campaign): [string, number][] => {
  const place = (id: string): number => {
    const at = items.findIndex((item) => item.id === id);
    return at < 0 ? items.length : at;
  };
  return Object.entries(targets).sort(([a], [b]) => place(a) - place(b));
};

interface UnitPledge {
  readonly unit: UnitView;
  readonly pledge: PledgeView | null;
  /** Verified reports by item. */
  readonly verified: Targets;
  /** ISO date in the campaign's zone. */
  readonly today: string;
  /** The reader files for the unit. */
  readonly writes: boolean;
  /** The reader sees how many units have registered. */
  readonly all: boolean;
}

/** One unit's pledge and how far it is. `before`: a sentence said first. */
export function pledgeMessage(
  say: Say,
  { unit, pledge, verified, today, writes, all }: UnitPledge,
  campaign: Campaign,
  before: readonly Block[] = [],
): Message {
  const title = say('pledge-title', { unit: unitName(say, unit) });
  const open = today <= campaign.pledgesUntil;
  const until = { date: showDate(campaign.pledgesUntil, say.language) };
  const buttons: Button[] = [
    ...(writes && open
      ? [
          {
            label: say(pledge ? 'pledge-button-change' : 'pledge-button-register'),
            action: writeAction(unit.id),
            ...(!pledge && { tone: 'primary' as const }),
          },
        ]
      : []),
    ...(all ? [{ label: say('pledge-button-all'), action: ALL }] : []),
  ];
  const body: Block[] = pledge
    ? [
        paragraph(pledge.text),
        ...progress(say, pledge.targets, verified, campaign),
        note(history(say, pledge, campaign)),
        note(open ? say('pledge-until', until) : say('pledge-over', until)),
      ]
    : [
        paragraph(open ? say('pledge-none-until', until) : say('pledge-none')),
        ...(open ? [] : [note(say('pledge-over', until))]),
      ];
  return {
    notice: title,
    blocks: [...before, { kind: 'heading', text: title }, ...body],
    ...(buttons.length > 0 && { buttons: buttons.map((button) => [button]) }),
  };
}

function progress(say: Say, targets: Targets, verified: Targets, campaign: Campaign): Block[] {
  const rows = inOrder(targets, campaign).map(([id, target]) => {
    const done = verified[id] ?? 0;
    return [
      itemLabel(say, campaign, id),
      say('pledge-number', { n: target }),
      say('pledge-number', { n: done }),
      say('pledge-share', { percent: Math.round((1000 * done) / target) / 10 }),
    ];
  });
  if (rows.length === 0) return [];
  const column = (key: string, align: 'left' | 'right') => ({ title: say(key), align });
  return [
    {
      kind: 'table',
      columns: [
        column('pledge-column-item', 'left'),
        column('pledge-column-target', 'right'),
        column('pledge-column-verified', 'right'),
        column('pledge-column-share', 'right'),
      ],
      rows,
    },
    note(say('pledge-note')),
  ];
}

function history(say: Say, pledge: PledgeView, { zone }: Campaign): string {
  const day = (at: string): string =>
    showDate(campaignDay(Temporal.Instant.from(at), zone), say.language);
  const first = { name: pledge.byName, date: day(pledge.registeredAt) };
  return pledge.version === 1
    ? say('pledge-by', first)
    : say('pledge-changed-by', { ...first, changed: day(pledge.changedAt) });
}

/** Which of several units is meant. */
export const choosePledge = (say: Say, units: readonly UnitView[]): Message =>
  plainMessage(
    [say('pledge-choose')],
    units.map((unit) => [{ label: unitName(say, unit), action: viewAction(unit.id) }]),
  );

/** How many units have registered, by comparison group, and which have not: units, never people. */
export function pledgesMessage(
  say: Say,
  units: readonly { readonly unit: UnitView; readonly registered: boolean }[],
  own: readonly UnitView[],
  today: string,
  campaign: Campaign,
): Message {
  const { by } = campaign.comparison;
  const groups = grouped(units, ({ unit }) => groupKeyOf(unit, by));
  const counted = (of: typeof units) => ({
    done: of.filter(({ registered }) => registered).length,
    of: of.length,
  });
  const title = say('pledge-all', counted(units));
  const until = { date: showDate(campaign.pledgesUntil, say.language) };
  const blocks = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, members]): Block[] => {
      const [sample] = members;
      if (!sample) return [];
      const missing = members.filter(({ registered }) => !registered);
      return [
        paragraph(
          say('pledge-all-group', {
            group: groupName(say, sample.unit, by),
            ...counted(members),
          }),
        ),
        ...(missing.length === 0
          ? []
          : [
              paragraph(say('pledge-all-missing')),
              { kind: 'list' as const, items: missing.map(({ unit }) => [unitName(say, unit)]) },
            ]),
      ];
    });
  return {
    notice: title,
    blocks: [
      { kind: 'heading', text: title },
      paragraph(
        today <= campaign.pledgesUntil
          ? say('pledge-all-until', until)
          : say('pledge-all-over', until),
      ),
      ...blocks,
      note(say('pledge-all-note')),
    ],
    ...(own.length > 0 && {
      buttons: own.map((unit) => [
        { label: say('pledge-title', { unit: unitName(say, unit) }), action: viewAction(unit.id) },
      ]),
    }),
  };
}

/** To the others who file for the unit. */
export const pledgeNotice = (say: Say, by: string, unit: UnitView, changed: boolean): Message => {
  const values = { name: by, unit: unitName(say, unit) };
  return plainMessage(
    [changed ? say('pledge-told-changed', values) : say('pledge-told', values)],
    [[{ label: say('pledge-button-view'), action: viewAction(unit.id) }]],
  );
};

/** In the unit's own group, when it registers. */
export function pledgePost(
  say: Say,
  unit: UnitView,
  pledge: { readonly text: string; readonly targets: Targets },
  campaign: Campaign,
): Message {
  const title = say('pledge-post', { unit: unitName(say, unit) });
  const lines = targetLines(say, pledge.targets, campaign);
  return {
    notice: title,
    blocks: [
      { kind: 'heading', text: title },
      paragraph(pledge.text),
      ...(lines.length > 0 ? [{ kind: 'list' as const, items: lines.map((line) => [line]) }] : []),
    ],
  };
}

/** The pledge was changed meanwhile: what the person wrote, to be copied, over what there is now. */
export const meanwhileBlocks = (say: Say, written: readonly string[]): Block[] => [
  paragraph(say('pledge-meanwhile')),
  { kind: 'list', items: written.map((line) => [line]) },
];
