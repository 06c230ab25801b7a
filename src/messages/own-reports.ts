/** A person's own reports: the list, one of them, and what can be done with it. */
import type { Campaign } from '../campaign/types.ts';
import { type Button, type Message, shortened } from '../chat/index.ts';
import type { ReportLine, ReportView } from '../engine/reads.ts';
import { transition } from '../reports/lifecycle.ts';
import { showDate } from './dates.ts';
import { plainMessage } from './flow.ts';
import { myReportsButton, reportFields, statusWord } from './report.ts';
import type { Say } from './say.ts';

/** Reports on one page of the list. */
export const REPORTS_SHOWN = 5;
/** Characters of a title on its button; the whole title stands in the list above. */
const LABEL_MAX = 30;

/** One of a person's own reports, with its status. */
export const ownReportLine = (
  say: Say,
  { id, title, doneOn, status }: Pick<ReportLine, 'id' | 'title' | 'doneOn' | 'status'>,
): string =>
  say('report-mine-line', {
    number: String(id),
    title,
    date: showDate(doneOn, say.language),
    status: statusWord(say, status),
  });

export function ownReportsMessage(
  say: Say,
  page: { readonly total: number; readonly lines: readonly ReportLine[]; readonly offset: number },
): Message {
  const { total, lines, offset } = page;
  const newReport: Button = { label: say('report-button-new'), action: 'cmd:baocao' };
  if (lines.length === 0) return plainMessage([say('report-mine-none')], [[newReport]]);
  const turn: Button[] = [
    ...(offset > 0
      ? [
          {
            label: say('report-page-before'),
            action: `rep:list:${Math.max(0, offset - REPORTS_SHOWN)}`,
          },
        ]
      : []),
    ...(offset + lines.length < total
      ? [{ label: say('report-page-after'), action: `rep:list:${offset + REPORTS_SHOWN}` }]
      : []),
  ];
  return {
    notice: say('report-mine'),
    blocks: [
      { kind: 'heading', text: say('report-mine') },
      {
        kind: 'list',
        items: lines.map((line) => [ownReportLine(say, line)]),
      },
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
    ],
  };
}

export function ownReportMessage(say: Say, report: ReportView, campaign: Campaign): Message {
  const { id, status, reason, decidedBy } = report;
  const head = say('report-number', { number: String(id) });
  const facts = [
    { label: say('report-status'), value: [statusWord(say, status)] },
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
