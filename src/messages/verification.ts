/** What verifiers see of a report, what its people are told of the decision, and the queue. */

import type { Campaign } from '../campaign/types.ts';
import type { Block, Button, Inline, InlineText, Message } from '../chat/index.ts';
import type { ExemplarLine } from '../engine/exemplar-reads.ts';
import type {
  EnrolmentRequestView,
  EvidenceView,
  ReportLine,
  ReportView,
} from '../engine/reads.ts';
import { awaitsSignature } from '../reports/subject.ts';
import { decideAction, VERIFY } from '../reports/verify-action.ts';
import { paragraph } from './blocks.ts';
import { showDate, showDateTime } from './dates.ts';
import { nominateButton, openExemplarButton, workOf } from './exemplars.ts';
import { plainMessage } from './flow.ts';
import { evidenceLine, itemLabel, reportFields, unitName } from './report.ts';
import type { Say } from './say.ts';

export interface VerificationExtra {
  readonly campaign: Campaign;
  /** Reports like this one, which the verifier should look at first. */
  readonly duplicates?: readonly ReportLine[];
  /** A sentence said first: what the author did since the last request. */
  readonly note?: string;
}

/** Who reports what, and since when it waits: the part that never changes. */
function content(say: Say, report: ReportView, { campaign, duplicates = [] }: VerificationExtra) {
  const blocks: Block[] = [
    {
      kind: 'fields',
      rows: [
        {
          label: say(report.kind === 'collective' ? 'verify-compiler' : 'verify-author'),
          value: [report.author.name],
        },
        { label: say('verify-unit'), value: [unitName(say, report.unit)] },
        {
          label: say('verify-submitted'),
          value: [showDateTime(report.submittedAt, campaign.zone, say.language)],
        },
      ],
    },
    reportFields(say, report, campaign),
  ];
  if (duplicates.length > 0)
    blocks.push(paragraph(say('verify-duplicates')), {
      kind: 'list',
      items: duplicates.map(({ id, authorName, title, doneOn }) => [
        say('verify-duplicate', {
          number: String(id),
          author: authorName,
          title,
          date: showDate(doneOn, say.language),
        }),
      ]),
    });
  return blocks;
}

/** Buttons of a report that waits: they name its version, so that an old one is recognised. */
function requestButtons(say: Say, report: ReportView): Button[][] {
  const press = (verb: (typeof VERIFY)[keyof typeof VERIFY]): string =>
    decideAction(report.id, report.version, verb);
  const back = { label: say('verify-button-return'), action: press(VERIFY.return) };
  const decisions: Button[][] = awaitsSignature(report)
    ? [[{ label: say('verify-button-sign'), action: press(VERIFY.sign), tone: 'primary' }], [back]]
    : [
        [{ label: say('verify-button-verify'), action: press(VERIFY.verify), tone: 'primary' }],
        [
          back,
          { label: say('verify-button-reject'), action: press(VERIFY.reject), tone: 'danger' },
        ],
      ];
  return [
    ...decisions,
    ...(report.evidence.length > 0
      ? [[{ label: say('verify-button-evidence'), action: press(VERIFY.evidence) }]]
      : []),
  ];
}

function requested(say: Say, report: ReportView): { title: string; notice: string } {
  const number = String(report.id);
  if (report.kind === 'personal')
    return {
      title: say('verify-request', { number }),
      notice: say('verify-request-notice', { number, author: report.author.name }),
    };
  const of = { number, unit: unitName(say, report.unit) };
  return awaitsSignature(report)
    ? { title: say('verify-sign-request', { number }), notice: say('verify-sign-notice', of) }
    : { title: say('verify-unit-request', { number }), notice: say('verify-unit-notice', of) };
}

/** The request to sign or to decide on a submitted report. `report` as it is once this turn is committed. */
export function verificationRequest(
  say: Say,
  report: ReportView,
  extra: VerificationExtra,
): Message {
  const { title, notice } = requested(say, report);
  return {
    notice,
    blocks: [
      { kind: 'heading', text: title },
      ...(extra.note ? [paragraph(extra.note)] : []),
      ...content(say, report, extra),
    ],
    buttons: requestButtons(say, report),
  };
}

/** How a report that is no longer waiting stands, in one sentence. */
function outcomeLine(say: Say, report: ReportView, { zone }: Pick<Campaign, 'zone'>): string {
  if (report.status === 'withdrawn') return say('verify-outcome-withdrawn');
  if (report.status === 'submitted')
    return report.signedBy && report.signedAt
      ? say('verify-outcome-signed', {
          name: report.signedBy.name,
          time: showDateTime(report.signedAt, zone, say.language),
        })
      : say(awaitsSignature(report) ? 'verify-outcome-unsigned' : 'verify-outcome-submitted');
  return say(`verify-outcome-${report.status}`, {
    name: report.decidedBy?.name ?? '',
    time: report.decidedAt ? showDateTime(report.decidedAt, zone, say.language) : '',
  });
}

/**
 * The same content with its outcome (decided or withdrawn) in place of the buttons. `viewerId`: whose
 * copy it is: the one who verified may revoke.
 */
export function verificationOutcome(
  say: Say,
  report: ReportView,
  extra: VerificationExtra & { readonly viewerId?: number | null },
): Message {
  const number = String(report.id);
  const line = outcomeLine(say, report, extra.campaign);
  const mine = report.decidedBy !== null && report.decidedBy.id === extra.viewerId;
  const buttons: Button[][] = mine
    ? [
        ...(report.status === 'verified'
          ? [
              [
                {
                  label: say('verify-button-revoke'),
                  action: decideAction(report.id, report.version, VERIFY.revoke),
                },
              ],
              [nominateButton(say, report.id)],
            ]
          : []),
        [queueButton(say)],
      ]
    : [];
  return {
    notice: line,
    blocks: [
      { kind: 'heading', text: say('verify-report', { number }) },
      paragraph(line),
      ...(report.reason && report.status !== 'verified'
        ? [paragraph(say('verify-reason', { reason: report.reason }))]
        : []),
      ...content(say, report, { campaign: extra.campaign }),
    ],
    ...(buttons.length > 0 && { buttons }),
  };
}

/** The right one of the two above for the status the report has. */
export const verificationCopy = (
  say: Say,
  report: ReportView,
  extra: VerificationExtra & { readonly viewerId?: number | null },
): Message =>
  report.status === 'submitted'
    ? verificationRequest(say, report, extra)
    : verificationOutcome(say, report, extra);

/** Tells the author of a decision; a returned report can be changed and sent again at once. */
export function authorNotice(say: Say, report: ReportView): Message {
  const line = say(`verify-told-${report.status}`, {
    number: String(report.id),
    title: report.title,
    name: report.decidedBy?.name ?? '',
  });
  const lines = [line];
  if (report.reason && report.status !== 'verified')
    lines.push(say('verify-reason', { reason: report.reason }));
  if (report.status === 'rejected' || report.status === 'revoked')
    lines.push(say('verify-told-disagree'));
  return plainMessage(
    lines,
    report.status === 'returned'
      ? [[{ label: say('verify-button-amend'), action: `rep:${report.id}:amend`, tone: 'primary' }]]
      : [],
  );
}

/** Tells a co-author of a decision that concerns their share. */
export const coAuthorNotice = (say: Say, report: ReportView): Message =>
  plainMessage([
    say(`verify-shared-${report.status}`, {
      number: String(report.id),
      title: report.title,
      author: report.author.name,
    }),
  ]);

/** An address can be followed; the whole of it is what is read, so that it leads nowhere else. */
function evidenceInline(say: Say, piece: EvidenceView): Inline {
  const line = evidenceLine(say, piece);
  const address = piece.kind === 'link' ? (piece.text ?? '') : '';
  const url = /^www\./i.test(address) ? `https://${address}` : address;
  return URL.canParse(url) && /^https?:/i.test(url) ? { kind: 'link', text: line, url } : line;
}

/** A report's evidence: words as a list, files themselves; what is missing is said. */
export function evidenceMessage(say: Say, report: ReportView): Message {
  const heading = say('verify-evidence', { number: String(report.id) });
  const lines: InlineText[] = [];
  const files: Block[] = [];
  for (const piece of report.evidence) {
    const { kind, sha256, failure } = piece;
    if (kind !== 'media') lines.push([evidenceInline(say, piece)]);
    else if (sha256 !== null) {
      const name = piece.name || 'file';
      const mime = piece.mime || 'application/octet-stream';
      const media = { sha256, name, mime };
      files.push(
        mime.startsWith('image/') ? { kind: 'image', media, alt: name } : { kind: 'file', media },
      );
    } else
      lines.push([
        say(failure === null ? 'verify-evidence-coming' : 'verify-evidence-lost', {
          file: evidenceLine(say, piece),
        }),
      ]);
  }
  return {
    notice: heading,
    blocks: [
      { kind: 'heading', text: heading },
      ...(lines.length > 0 ? [{ kind: 'list' as const, items: lines }] : []),
      ...files,
    ],
  };
}

export const queueButton = (say: Say): Button => ({
  label: say('verify-button-queue'),
  action: 'cmd:choxacnhan',
});

export interface Queue {
  readonly total: number;
  /** How many of these wait for a signature. */
  readonly toSign: number;
  /** The oldest ones, at most five. */
  readonly reports: readonly ReportLine[];
  /** Whole days the oldest report has waited. */
  readonly oldestDays: number;
  readonly enrolments: readonly EnrolmentRequestView[];
  /** All enrolments waiting. */
  readonly enrolmentTotal: number;
  /** Consented to and waiting for the office, the oldest ones; for the office alone. */
  readonly exemplars?: { readonly total: number; readonly lines: readonly ExemplarLine[] };
}

function reportCount(say: Say, { total, toSign, oldestDays: days }: Queue): string {
  if (toSign === 0) return say('queue-reports', { count: total, days });
  return toSign === total
    ? say('queue-to-sign', { count: total, days })
    : say('queue-both', { count: total, sign: toSign, days });
}

function queueLine(say: Say, line: ReportLine, campaign: Campaign): string {
  const { id, authorName, title, item, collective } = line;
  const about = { number: String(id), title, item: itemLabel(say, campaign, item) };
  if (!collective) return say('queue-report', { ...about, author: authorName });
  return say(collective.signed ? 'queue-unit-verify' : 'queue-unit-sign', {
    ...about,
    unit: unitName(say, collective.unit),
  });
}

/** What waits for a person's decision, oldest first, each with a button that opens it. */
export function queueMessage(say: Say, queue: Queue, campaign: Campaign): Message {
  const { reports, enrolments, exemplars = { total: 0, lines: [] } } = queue;
  if (queue.total + queue.enrolmentTotal + exemplars.total === 0)
    return plainMessage([say('queue-empty')]);
  const counts = [
    ...(queue.total > 0 ? [reportCount(say, queue)] : []),
    ...(queue.enrolmentTotal > 0 ? [say('queue-enrolments', { count: queue.enrolmentTotal })] : []),
    ...(exemplars.total > 0 ? [say('queue-exemplars', { count: exemplars.total })] : []),
  ];
  const items = [
    ...reports.map((line) => queueLine(say, line, campaign)),
    ...enrolments.map(({ person, unit }) =>
      say('queue-enrolment', { name: person.name, unit: unitName(say, unit) }),
    ),
    ...exemplars.lines.map((line) =>
      say('queue-exemplar', {
        number: String(line.id),
        name: workOf(say, line),
        title: line.title,
      }),
    ),
  ];
  return {
    notice: counts.join(' '),
    blocks: [
      { kind: 'heading', text: say('queue-title') },
      ...counts.map(paragraph),
      { kind: 'list', items: items.map((text) => [text]) },
    ],
    buttons: [
      ...reports.map(({ id, authorName, collective }): Button[] => [
        {
          label: say('queue-open-report', {
            number: String(id),
            author: collective ? unitName(say, collective.unit) : authorName,
          }),
          action: decideAction(id, 0, VERIFY.open),
        },
      ]),
      ...enrolments.map(({ id, version, person }): Button[] => [
        {
          label: say('queue-open-enrolment', { name: person.name }),
          action: `enr:${id}:${version}:o`,
        },
      ]),
      ...exemplars.lines.map((line): Button[] => [openExemplarButton(say, line)]),
    ],
  };
}
