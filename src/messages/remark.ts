/** Remarks on conduct: to who writes them, to whom they are about, and the lists of both. */
import type { Campaign } from '../campaign/types.ts';
import type { Button, Message } from '../chat/index.ts';
import type { RemarkView } from '../engine/filing-reads.ts';
import type { UnitView } from '../engine/turn-context.ts';
import { showDateTime } from './dates.ts';
import { plainMessage } from './flow.ts';
import { itemLabel, unitName } from './report.ts';
import type { Say } from './say.ts';

/** Remarks on one page. */
export const REMARKS_SHOWN = 5;

const about = (say: Say, { person, unit }: Pick<RemarkView, 'person' | 'unit'>): string =>
  person
    ? say('remark-about-person', { name: person.name, unit: unitName(say, unit) })
    : say('remark-about-unit', { unit: unitName(say, unit) });

export const remarkHeading = (say: Say, of: Pick<RemarkView, 'person' | 'unit'>): string =>
  say('remark-of', { about: about(say, of) });

const listButton = (say: Say): Button => ({
  label: say('remark-button-list'),
  action: 'cmd:nhanxet',
});

/** After it was written. */
export const remarkWritten = (say: Say, remark: RemarkView): Message =>
  plainMessage(
    [say('remark-written', { number: String(remark.id), about: about(say, remark) })],
    [[listButton(say)]],
  );

/** To the person, or of the unit's to whoever else leads it. */
export function remarkNotice(
  say: Say,
  event: 'written' | 'withdrawn',
  remark: RemarkView,
  campaign: Campaign,
): Message {
  const facts = {
    number: String(remark.id),
    name: remark.by.name,
    unit: unitName(say, remark.unit),
    item: itemLabel(say, campaign, remark.item),
  };
  if (event === 'withdrawn')
    return plainMessage([
      say(remark.person ? 'remark-told-withdrawn' : 'remark-unit-withdrawn', facts),
    ]);
  return plainMessage([
    say(remark.person ? 'remark-told-written' : 'remark-unit-written', facts),
    remark.text,
    say('remark-rule'),
  ]);
}

interface RemarkPage {
  readonly total: number;
  readonly lines: readonly RemarkView[];
  readonly offset: number;
}

const line = (say: Say, remark: RemarkView, campaign: Campaign): string =>
  say('remark-line', {
    number: String(remark.id),
    about: about(say, remark),
    item: itemLabel(say, campaign, remark.item),
    text: remark.text,
    name: remark.by.name,
    time: showDateTime(remark.at, campaign.zone, say.language),
  });

function turns(say: Say, list: 'mine' | 'list', { total, lines, offset }: RemarkPage): Button[][] {
  const turn = (key: string, from: number): Button => ({
    label: say(key),
    action: `rmk:${list}:${from}`,
  });
  const row = [
    ...(offset > 0 ? [turn('report-page-before', Math.max(0, offset - REMARKS_SHOWN))] : []),
    ...(offset + lines.length < total ? [turn('report-page-after', offset + REMARKS_SHOWN)] : []),
  ];
  return row.length > 0 ? [row] : [];
}

const listed = (say: Say, title: string, page: RemarkPage, campaign: Campaign) => [
  { kind: 'heading' as const, text: title },
  { kind: 'list' as const, items: page.lines.map((each) => [line(say, each, campaign)]) },
];

/** Remarks about the reader. */
export function ownRemarks(say: Say, page: RemarkPage, campaign: Campaign): Message {
  if (page.lines.length === 0) return plainMessage([say('remark-mine-none')]);
  const title = say('remark-mine');
  return {
    notice: title,
    blocks: [...listed(say, title, page, campaign), { kind: 'note', text: [say('remark-rule')] }],
    buttons: turns(say, 'mine', page),
  };
}

/** What the leaders of these units have remarked, and what they can do. */
export function remarksMenu(
  say: Say,
  page: RemarkPage,
  units: readonly UnitView[],
  campaign: Campaign,
): Message {
  const title = say('remark-list');
  const buttons: Button[][] = [
    [{ label: say('remark-button-person'), action: 'rmk:whom', tone: 'primary' }],
    ...units.map((unit): Button[] => [
      {
        label: say('remark-button-unit', { unit: unitName(say, unit) }),
        action: `rmk:unit:${unit.id}`,
      },
    ]),
    ...page.lines.map(({ id }): Button[] => [
      { label: say('remark-button-withdraw', { number: String(id) }), action: `rmk:gone:${id}` },
    ]),
    ...turns(say, 'list', page),
    [{ label: say('remark-button-about-me'), action: 'rmk:mine:0' }],
  ];
  if (page.lines.length === 0)
    return plainMessage([say('remark-list-none'), say('remark-rule')], buttons);
  return {
    notice: title,
    blocks: [...listed(say, title, page, campaign), { kind: 'note', text: [say('remark-rule')] }],
    buttons,
  };
}

/** Asked once before a remark is withdrawn. */
export const withdrawRemark = (say: Say, remark: RemarkView): Message =>
  plainMessage(
    [say('remark-withdraw-ask', { number: String(remark.id), about: about(say, remark) })],
    [
      [
        {
          label: say('remark-button-withdraw', { number: String(remark.id) }),
          action: `rmk:yes:${remark.id}`,
          tone: 'danger',
        },
        { label: say('remark-button-stay'), action: 'cmd:nhanxet' },
      ],
    ],
  );

export const remarkWithdrawn = (say: Say, { id }: RemarkView): Message =>
  plainMessage([say('remark-withdrawn', { number: String(id) })], [[listButton(say)]]);
