/** Choosing a digest, and the overview of a unit for those who lead it. */
import { weekNumber } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import type { Block, Button, InlineText, Message } from '../chat/index.ts';
import type { PeriodKey } from '../digests/spans.ts';
import type { OverviewSpan, UnitOverview } from '../engine/overview-reads.ts';
import type { UnitView } from '../engine/turn-context.ts';
import { digestAction } from '../flows/digest/action.ts';
import type { DigestScope } from '../people/may.ts';
import { scopeName } from './digest.ts';
import { plainMessage } from './flow.ts';
import { itemLabel, unitName } from './report.ts';
import type { Say } from './say.ts';

/** Items named in an overview. */
const ITEMS = 12;

/** Scopes first, then units that one leads. */
export const chooseScope = (
  say: Say,
  scopes: readonly DigestScope[],
  units: readonly UnitView[],
): Message =>
  plainMessage(
    [say('digest-choose-scope')],
    [
      ...scopes.map((of): Button[] => [
        { label: say(`digest-button-scope-${of}`), action: digestAction({ kind: 'periods', of }) },
      ]),
      ...units.map((unit): Button[] => [
        { label: unitName(say, unit), action: digestAction({ kind: 'unit', unitId: unit.id }) },
      ]),
    ],
  );

/** `weeks`: the running one and the last, by their Mondays. `others`: another scope may be chosen. */
export function choosePeriod(
  say: Say,
  of: DigestScope,
  periods: readonly PeriodKey[],
  weeks: { readonly now: string; readonly last: string },
  campaign: Campaign,
  others: boolean,
): Message {
  const label = (key: PeriodKey): string => {
    if (key === 'all') return say('digest-button-all');
    if (key === 'now' || key === 'last')
      return say(`digest-button-${key}`, { number: weekNumber(weeks[key], campaign.period) });
    return campaign.stages[Number(key.slice(1))]?.name[say.language] ?? key;
  };
  const back = others ? [scopesButton(say)] : [];
  if (periods.length === 0) return plainMessage([say('digest-not-begun')], back);
  return plainMessage(
    [say('digest-choose-period', { scope: scopeName(say, of) })],
    [
      ...periods.map((period): Button[] => [
        { label: label(period), action: digestAction({ kind: 'digest', of, period }) },
      ]),
      ...back,
    ],
  );
}

const scopesButton = (say: Say): Button[] => [
  { label: say('digest-button-other-scope'), action: digestAction({ kind: 'scopes' }) },
];

/** Under a digest. */
export const digestButtons = (say: Say, of: DigestScope, others: boolean): Button[][] => [
  [{ label: say('digest-button-other'), action: digestAction({ kind: 'periods', of }) }],
  ...(others ? [scopesButton(say)] : []),
];

const people = (say: Say, { participants }: OverviewSpan, headcount: number): InlineText => [
  say('overview-people', {
    n: participants,
    of: headcount,
    percent: Math.round((1000 * participants) / headcount) / 10,
  }),
];

/** Counts only; the names behind them are a button away. `oldestDays`: age of what waits longest. */
export function overviewMessage(
  say: Say,
  unit: UnitView,
  overview: UnitOverview,
  oldestDays: number,
  campaign: Campaign,
  others: boolean,
): Message {
  const title = say('overview-title', { unit: unitName(say, unit) });
  const back = others ? [scopesButton(say)] : [];
  const { headcount, waiting, week, campaign: whole, items } = overview;
  if (headcount === 0)
    return {
      notice: title,
      blocks: [
        { kind: 'heading', text: title },
        { kind: 'text', text: [say('overview-empty')] },
      ],
      ...(back.length > 0 && { buttons: back }),
    };
  const unreported = ({ unreported: n }: OverviewSpan): InlineText => [
    say('overview-unreported', { n }),
  ];
  const names = (span: 'week' | 'campaign'): Button[][] =>
    overview[span].unreported === 0
      ? []
      : [
          [
            {
              label: say(`overview-button-${span}`),
              action: digestAction({ kind: 'names', unitId: unit.id, span }),
            },
          ],
        ];
  const rest = items.length - ITEMS;
  const list: Block[] =
    items.length === 0
      ? [{ kind: 'text', text: [say('overview-no-items')] }]
      : [
          { kind: 'text', text: [{ kind: 'bold', text: say('overview-items') }] },
          {
            kind: 'list',
            items: [
              ...items
                .slice(0, ITEMS)
                .map(
                  ({ item, verified, sent }): InlineText => [
                    say('overview-item', { item: itemLabel(say, campaign, item), verified, sent }),
                  ],
                ),
              ...(rest > 0 ? [[say('overview-more-items', { n: rest })]] : []),
            ],
          },
        ];
  return {
    notice: title,
    blocks: [
      { kind: 'heading', text: title },
      {
        kind: 'fields',
        rows: [
          {
            label: say('overview-waiting'),
            value: [
              waiting === 0
                ? say('overview-waiting-none')
                : say('overview-waiting-value', { n: waiting, days: oldestDays }),
            ],
          },
          { label: say('overview-week'), value: people(say, week, headcount) },
          { label: say('overview-campaign'), value: people(say, whole, headcount) },
          { label: say('overview-unreported-week'), value: unreported(week) },
          { label: say('overview-unreported-campaign'), value: unreported(whole) },
        ],
      },
      ...list,
      { kind: 'note', text: [say('overview-note')] },
    ],
    buttons: [
      ...(waiting > 0 ? [[{ label: say('overview-button-queue'), action: 'cmd:choxacnhan' }]] : []),
      ...names('week'),
      ...names('campaign'),
      ...back,
    ],
  };
}

/** Who of the unit has no report yet: for its leaders' eyes, in private. */
export function unreportedMessage(
  say: Say,
  unit: UnitView,
  span: 'week' | 'campaign',
  { total, names }: { readonly total: number; readonly names: readonly string[] },
): Message {
  const back: Button[][] = [
    [
      {
        label: say('overview-title', { unit: unitName(say, unit) }),
        action: digestAction({ kind: 'unit', unitId: unit.id }),
      },
    ],
  ];
  if (total === 0)
    return plainMessage([say('overview-names-none', { unit: unitName(say, unit) })], back);
  const rest = total - names.length;
  const title = say(`overview-names-${span}`, { unit: unitName(say, unit), n: total });
  return {
    notice: title,
    blocks: [
      { kind: 'text', text: [title] },
      {
        kind: 'list',
        items: [
          ...names.map((name): InlineText => [name]),
          ...(rest > 0 ? [[say('overview-names-more', { n: rest })]] : []),
        ],
      },
      { kind: 'note', text: [say('overview-names-note')] },
    ],
    buttons: back,
  };
}
