/** The office's menu with how the campaign stands, and its lists of queues and of people out of reach. */
import type { Button, Message } from '../../chat/index.ts';
import {
  type OfficeOverview,
  type Paged,
  UNREACHABLE_KINDS,
  type UnitQueue,
  type UnreachableKind,
  type UnreachablePerson,
} from '../../engine/office-reads.ts';
import { officeAction } from '../../flows/office/action.ts';
import { paragraph } from '../blocks.ts';
import { unitName } from '../report.ts';
import type { Say } from '../say.ts';
import { listMessage, pageButtons } from './parts.ts';

/** Rows of two, as they fit a phone: lists of the office's own, then commands. */
const VIEWS = [
  ['f', 'q'],
  ['u', 'd'],
  ['a', 's'],
] as const;
const COMMANDS = [
  ['phanquyen', 'thongbao'],
  ['tailieu', 'giahan'],
] as const;

/** `oldestDays`: whole days the oldest report has waited, null when none does. */
export function overviewMessage(
  say: Say,
  overview: OfficeOverview,
  oldestDays: number | null,
): Message {
  const { reports, lateUnits, enrolments, outbox, deadLetters, unreachable, audit, held } =
    overview;
  const away = unreachable.never + unreachable.blocked + unreachable.closed;
  const heading = say('office-title');
  const lines = [
    oldestDays === null
      ? say('office-no-queue')
      : say('office-queue', { n: reports.waiting, days: oldestDays, units: lateUnits }),
    ...(enrolments > 0 ? [say('office-enrolments', { n: enrolments })] : []),
    say('office-reach', { members: overview.members, away }),
    ...(audit.waiting + audit.doubtful > 0
      ? [say('office-audit', { waiting: audit.waiting, doubtful: audit.doubtful })]
      : []),
    say('office-outbox', { n: outbox }),
    ...(deadLetters > 0 ? [say('office-letters', { n: deadLetters })] : []),
    ...(held > 0 ? [say('office-held', { n: held })] : []),
  ];
  const view = (to: (typeof VIEWS)[number][number] | 'c'): Button => ({
    label: say(`office-to-${to}`),
    action: officeAction(to),
  });
  return {
    notice: heading,
    blocks: [
      { kind: 'heading', text: heading },
      { kind: 'list', items: lines.map((line) => [line]) },
    ],
    buttons: [
      ...VIEWS.map((row) => row.map(view)),
      ...COMMANDS.map((row) =>
        row.map((name): Button => ({ label: say(`menu-${name}`), action: `cmd:${name}` })),
      ),
      [view('c')],
    ],
  };
}

/** `daysOf`: whole days since an instant. */
export const queuesMessage = (
  say: Say,
  page: Paged<UnitQueue>,
  offset: number,
  daysOf: (at: string) => number,
): Message =>
  listMessage(say, {
    heading: say('office-queues', { n: page.total }),
    empty: say('office-queues-none'),
    lines: page.lines.map(({ unit, waiting, oldestAt, led }) =>
      say(led ? 'office-queue-line' : 'office-queue-line-unled', {
        unit: unitName(say, unit),
        n: waiting,
        days: daysOf(oldestAt),
      }),
    ),
    buttons: pageButtons(say, page, offset, (at) => officeAction('q', at)),
  });

const kindButtons = (say: Say, chosen: UnreachableKind | null): Button[][] => [
  UNREACHABLE_KINDS.filter((kind) => kind !== chosen).map((kind) => ({
    label: say(`office-unreachable-${kind}`),
    action: officeAction('u', kind, 0),
  })),
];

/** How many people no message reaches, by cause, before one cause is chosen. */
export function unreachableMenu(say: Say, { unreachable }: OfficeOverview): Message {
  const heading = say('office-unreachable');
  return {
    notice: heading,
    blocks: [
      { kind: 'heading', text: heading },
      {
        kind: 'fields',
        rows: UNREACHABLE_KINDS.map((kind) => ({
          label: say(`office-unreachable-${kind}`),
          value: [say('office-people', { n: unreachable[kind] })],
        })),
      },
      paragraph(say('office-unreachable-hint')),
    ],
    buttons: [...kindButtons(say, null), ...pageButtons(say, { total: 0 }, 0, () => '')],
  };
}

export const unreachableMessage = (
  say: Say,
  kind: UnreachableKind,
  page: Paged<UnreachablePerson>,
  offset: number,
): Message =>
  listMessage(say, {
    heading: say('office-unreachable-list', {
      kind: say(`office-unreachable-${kind}`),
      n: page.total,
    }),
    empty: say('office-unreachable-none'),
    lines: page.lines.map(({ name, unit }) =>
      say('office-person-line', { name, unit: unitName(say, unit) }),
    ),
    note: say(`office-unreachable-do-${kind}`),
    buttons: [
      ...kindButtons(say, kind),
      ...pageButtons(say, page, offset, (at) => officeAction('u', kind, at)),
    ],
  });
