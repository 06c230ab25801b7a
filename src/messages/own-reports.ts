/** A person's own reports: the list, one of them, and what can be done with it. */
import type { Campaign } from '../campaign/types.ts';
import { type Button, type Message, shortened } from '../chat/index.ts';
import type { OwnParts } from '../engine/filing-reads.ts';
import type { ReportLine, ReportView } from '../engine/reads.ts';
import { transition } from '../reports/lifecycle.ts';
import { awaitsSignature } from '../reports/subject.ts';
import { showDate } from './dates.ts';
import { plainMessage } from './flow.ts';
import { myReportsButton, reportFields, statusOf, unitName } from './report.ts';
import type { Say } from './say.ts';

/** Reports on one page of the list. */
export const REPORTS_SHOWN = 5;
/** Characters of a title on its button; the whole title stands in the list above. */
const LABEL_MAX = 30;

type OwnLine = Pick<ReportLine, 'id' | 'title' | 'doneOn' | 'status'> &
  Partial<Pick<ReportLine, 'collective'>>;

/** One of a person's own reports, with its status. */
export const ownReportLine = (
  say: Say,
  { id, title, doneOn, status, collective }: OwnLine,
): string =>
  say('report-mine-line', {
    number: String(id),
    title,
    date: showDate(doneOn, say.language),
    status: statusOf(say, status, status === 'submitted' && collective?.signed === false),
  });

/** The same with whose work it is, where that is not the reader's. */
function partLine(say: Say, line: ReportLine, part: Part): string {
  const own = ownReportLine(say, line);
  if (part === 'for') return say('report-mine-of', { line: own, whose: line.authorName });
  return line.collective
    ? say('report-mine-of', { line: own, whose: unitName(say, line.collective.unit) })
    : own;
}

export type Part = 'own' | 'unit' | 'for';

/** Where the others and the remarks are, with how many there are. */
function partButtons(say: Say, part: Part, parts: OwnParts): Button[][] {
  const others: readonly (readonly [Part, number])[] = [
    ['unit', parts.unit],
    ['for', parts.for],
  ];
  return [
    ...(part === 'own' ? [] : [[myReportsButton(say)]]),
    ...others
      .filter(([other, count]) => other !== part && count > 0)
      .map(([other, count]) => [
        { label: say(`report-part-${other}`, { count }), action: `rep:list:${other}:0` },
      ]),
    ...(parts.remarks > 0
      ? [[{ label: say('remark-button-mine', { count: parts.remarks }), action: 'rmk:mine:0' }]]
      : []),
  ];
}

const NEW: Readonly<Record<Part, { readonly label: string; readonly action: string }>> = {
  own: { label: 'report-button-new', action: 'cmd:baocao' },
  unit: { label: 'unit-report-button', action: 'cmd:tapthe' },
  for: { label: 'report-for-button', action: 'cmd:baocaothay' },
};

export function ownReportsMessage(
  say: Say,
  page: {
    readonly total: number;
    readonly lines: readonly ReportLine[];
    readonly offset: number;
    readonly part: Part;
    readonly parts: OwnParts;
  },
): Message {
  const { total, lines, offset, part } = page;
  const { label, action } = NEW[part];
  const newReport: Button = { label: say(label), action };
  const others = partButtons(say, part, page.parts);
  if (lines.length === 0)
    return plainMessage([say(`report-mine-none-${part}`)], [[newReport], ...others]);
  const heading = say(`report-mine-${part}`);
  const listed = (from: number): string => `rep:list:${part === 'own' ? '' : `${part}:`}${from}`;
  const turn: Button[] = [
    ...(offset > 0
      ? [
          {
            label: say('report-page-before'),
            action: listed(Math.max(0, offset - REPORTS_SHOWN)),
          },
        ]
      : []),
    ...(offset + lines.length < total
      ? [{ label: say('report-page-after'), action: listed(offset + REPORTS_SHOWN) }]
      : []),
  ];
  return {
    notice: heading,
    blocks: [
      { kind: 'heading', text: heading },
      { kind: 'list', items: lines.map((line) => [partLine(say, line, part)]) },
      { kind: 'note', text: [say('report-mine-count', { total })] },
    ],
    buttons: [
      ...lines.map(({ id, title }): Button[] => [
        {
          label: say('report-button-number', {
            number: String(id),
            title: shortened(title, LABEL_MAX),
          }),
          action: `rep:${id}:open`,
        },
      ]),
      ...(turn.length > 0 ? [turn] : []),
      [newReport],
      ...others,
    ],
  };
}

export function ownReportMessage(say: Say, report: ReportView, campaign: Campaign): Message {
  const { id, status, reason, decidedBy } = report;
  const head = say('report-number', { number: String(id) });
  const facts = [
    ...(report.kind === 'collective'
      ? [{ label: say('verify-unit'), value: [unitName(say, report.unit)] }]
      : []),
    ...(report.filedBy ? [{ label: say('verify-author'), value: [report.author.name] }] : []),
    { label: say('report-status'), value: [statusOf(say, status, awaitsSignature(report))] },
    ...(reason === null ? [] : [{ label: say('report-reason'), value: [reason] }]),
    ...(decidedBy === null ? [] : [{ label: say('report-decided'), value: [decidedBy.name] }]),
  ];
  const open: Button[] = [
    ...(transition(status, 'resubmit', 'author')
      ? [
          {
            label: say(status === 'returned' ? 'report-button-resend' : 'report-button-amend'),
            action: `rep:${id}:amend`,
          },
        ]
      : []),
    ...(transition(status, 'withdraw', 'author')
      ? [{ label: say('report-button-withdraw'), action: `rep:${id}:withdraw` }]
      : []),
  ];
  return {
    notice: head,
    blocks: [
      { kind: 'heading', text: head },
      { kind: 'fields', rows: facts },
      reportFields(say, report, campaign),
    ],
    buttons: [...(open.length > 0 ? [open] : []), [myReportsButton(say)]],
  };
}

/** Asked once before a report is withdrawn. The button names the version that was read. */
export const withdrawQuestion = (say: Say, { id, version }: ReportView): Message =>
  plainMessage(
    [say('report-withdraw-ask', { number: String(id) })],
    [
      [
        {
          label: say('report-button-withdraw'),
          action: `rep:${id}:gone:${version}`,
          tone: 'danger',
        },
        { label: say('report-button-stay'), action: `rep:${id}:open` },
      ],
    ],
  );
