/** Leave to report after the close: the office's list, and what the people concerned are told. */
import { addDays } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import type { Block, Button, Message } from '../chat/index.ts';
import type { LateLeaveView } from '../engine/late-reads.ts';
import type { UnitView } from '../engine/turn-context.ts';
import { showDate } from './dates.ts';
import { plainMessage } from './flow.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

/** A unit or a person, by name in the reader's language. */
export type LateWhom =
  | { readonly kind: 'unit'; readonly unit: Pick<UnitView, 'nameVi' | 'nameEn'> }
  | { readonly kind: 'person'; readonly name: string };

export const whomOf = ({ unit, person }: Pick<LateLeaveView, 'unit' | 'person'>): LateWhom =>
  unit ? { kind: 'unit', unit } : { kind: 'person', name: person?.name ?? '' };

export const whomName = (say: Say, whom: LateWhom): string =>
  whom.kind === 'unit' ? unitName(say, whom.unit) : whom.name;

/** The last day of a leave, as people read it. */
const lastDay = (say: Say, validTo: string): string => showDate(addDays(validTo, -1), say.language);

/** Leaves shown at once. */
const PER_PAGE = 8;

export const lateLine = (say: Say, leave: LateLeaveView): string => {
  const values = { name: whomName(say, whomOf(leave)), date: lastDay(say, leave.validTo) };
  return leave.givenByName === null
    ? say('late-line', values)
    : say('late-line-by', { ...values, by: leave.givenByName });
};

/** Who has leave, with what can be done. `before`: a sentence said first. */
export function lateListMessage(
  say: Say,
  leaves: readonly LateLeaveView[],
  campaign: Pick<Campaign, 'reportingUntil'>,
  offset = 0,
  before: string | null = null,
): Message {
  const title = say('late-title');
  const shown = leaves.slice(offset, offset + PER_PAGE);
  const page = (label: string, at: number): Button => ({
    label: say(label),
    action: `gh:list:${at}`,
  });
  const turn = [
    ...(offset > 0 ? [page('late-page-before', Math.max(0, offset - PER_PAGE))] : []),
    ...(offset + PER_PAGE < leaves.length ? [page('late-page-after', offset + PER_PAGE)] : []),
  ];
  const blocks: Block[] = [
    ...(before === null ? [] : [{ kind: 'text' as const, text: [before] }]),
    { kind: 'heading', text: title },
    {
      kind: 'text',
      text: [say('late-intro', { date: showDate(campaign.reportingUntil, say.language) })],
    },
    shown.length > 0
      ? { kind: 'list', items: shown.map((leave) => [lateLine(say, leave)]) }
      : { kind: 'text', text: [say('late-none')] },
  ];
  return {
    notice: before ?? title,
    blocks,
    buttons: [
      [{ label: say('late-button-new'), action: 'gh:new', tone: 'primary' }],
      ...shown.map((leave): Button[] => [
        {
          label: say('late-button-end', { name: whomName(say, whomOf(leave)) }),
          action: `gh:ask:${leave.id}`,
        },
      ]),
      ...(turn.length > 0 ? [turn] : []),
    ],
  };
}

export const lateListButton = (say: Say): Button => ({
  label: say('late-button-list'),
  action: 'gh:list:0',
});

/** Asks before a leave ends; the button names the end it was shown with. */
export const endQuestion = (say: Say, leave: LateLeaveView): Message =>
  plainMessage(
    [
      say('late-end-ask', {
        name: whomName(say, whomOf(leave)),
        date: lastDay(say, leave.validTo),
      }),
    ],
    [
      [
        {
          label: say('late-button-end-sure'),
          action: `gh:end:${leave.id}:${leave.validTo}`,
          tone: 'danger',
        },
      ],
      [lateListButton(say)],
    ],
  );

/** To the person, or those who file for the unit. `validTo` null: it has ended. */
export function lateNotice(
  say: Say,
  whom: LateWhom,
  validTo: string | null,
  { period }: Pick<Campaign, 'period'>,
): Message {
  const name = { name: whomName(say, whom) };
  if (validTo === null)
    return plainMessage([
      whom.kind === 'unit' ? say('late-told-ended-unit', name) : say('late-told-ended-person'),
    ]);
  const date = { date: lastDay(say, validTo) };
  return plainMessage(
    [
      whom.kind === 'unit'
        ? say('late-told-unit', { ...name, ...date })
        : say('late-told-person', date),
      say('late-told-work', {
        from: showDate(period.from, say.language),
        to: showDate(period.to, say.language),
      }),
    ],
    [[{ label: say('menu-baocao'), action: 'cmd:baocao' }]],
  );
}
