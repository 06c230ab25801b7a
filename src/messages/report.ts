/** How a report reads: its parts, the receipt, and what tells people that it changed. */
import type { Campaign, ContentItem } from '../campaign/types.ts';
import type { Block, Button, Message } from '../chat/index.ts';
import type { ContributorView, EvidenceView, ReportStatus, ReportView } from '../engine/reads.ts';
import type { UnitView } from '../engine/turn-context.ts';
import { itemOf } from '../reports/items.ts';
import { awaitsSignature } from '../reports/subject.ts';
import { showDate } from './dates.ts';
import { plainMessage } from './flow.ts';
import type { Say } from './say.ts';

/** The item's label; its id when the campaign file no longer has it. */
export const itemLabel = (say: Say, campaign: Campaign, id: string): string =>
  itemOf(campaign, id)?.label[say.language] ?? id;

export const unitName = (say: Say, unit: Pick<UnitView, 'nameVi' | 'nameEn'>): string =>
  say.language === 'vi' ? unit.nameVi : unit.nameEn;

/** What the item wants as evidence, in words. */
export function evidenceWanted(say: Say, item: ContentItem): string {
  if (item.evidence.kinds.length === 0) return say('report-evidence-free');
  const kinds = item.evidence.kinds
    .map((kind) => say(`report-kind-${kind.toLowerCase()}`))
    .join(', ');
  return say(item.evidence.required ? 'report-evidence-required' : 'report-evidence-optional', {
    kinds,
  });
}

const TEXT_EVIDENCE = {
  link: 'report-evidence-link',
  document: 'report-evidence-document',
  confirmation: 'report-evidence-confirmation',
} as const;

/** One line for a piece of evidence. */
export const evidenceLine = (
  say: Say,
  piece: Pick<EvidenceView, 'kind' | 'text' | 'name' | 'mime'>,
): string =>
  piece.kind === 'media'
    ? say(piece.mime?.startsWith('image/') ? 'report-evidence-image' : 'report-evidence-file', {
        name: piece.name ?? '',
      })
    : say(TEXT_EVIDENCE[piece.kind], { text: piece.text ?? '' });

/** Characters of a piece of evidence that a report shows, so that it stays one message; the whole is one press away. */
const GLANCE = 120;

/** The beginning of that line, for where a report is read in all its parts. */
export function evidenceGlance(say: Say, piece: Parameters<typeof evidenceLine>[1]): string {
  const line = evidenceLine(say, piece);
  const letters = [...line];
  return letters.length > GLANCE ? `${letters.slice(0, GLANCE - 1).join('')}…` : line;
}

const contributorLine = (say: Say, { name, answer }: ContributorView): string =>
  say('report-contributor', { name, answer: say(`report-share-${answer}`) });

export const statusWord = (say: Say, status: ReportStatus): string =>
  say(`report-status-${status}`);

/** The same where a collective report may wait for its signature. */
export const statusOf = (say: Say, status: ReportStatus, unsigned: boolean): string =>
  unsigned ? say('report-status-unsigned') : statusWord(say, status);

const signatureRow = (say: Say, { signedBy }: ReportView) =>
  signedBy ? [{ label: say('report-signed-by'), value: [signedBy.name] }] : [];

/** Everything in a report, as label and value. */
export function reportFields(say: Say, report: ReportView, campaign: Campaign): Block {
  const lines = (values: readonly string[]) => [
    values.length > 0 ? values.join('\n') : say('flow-none'),
  ];
  return {
    kind: 'fields',
    rows: [
      { label: say('report-item'), value: [itemLabel(say, campaign, report.item)] },
      { label: say('report-title'), value: [report.title] },
      { label: say('report-describe'), value: [report.description] },
      { label: say('report-date'), value: [showDate(report.doneOn, say.language)] },
      {
        label: say('report-evidence'),
        value: lines(report.evidence.map((piece) => evidenceGlance(say, piece))),
      },
      ...(report.kind === 'collective'
        ? signatureRow(say, report)
        : [
            {
              label: say('report-contributors'),
              value: lines(report.contributors.map((each) => contributorLine(say, each))),
            },
          ]),
      ...(report.filedBy
        ? [
            {
              label: say('report-filed-by'),
              value: [say('report-filed', { name: report.filedBy.name })],
            },
          ]
        : []),
    ],
  };
}

export const myReportsButton = (say: Say): Button => ({
  label: say('report-button-mine'),
  action: 'cmd:cuatoi',
});

/** Whose work it is, where it is not the reader's own. */
function whose(say: Say, { kind, unit, author, filedBy }: ReportView) {
  if (kind === 'collective') return [{ label: say('verify-unit'), value: [unitName(say, unit)] }];
  return filedBy ? [{ label: say('verify-author'), value: [author.name] }] : [];
}

function whereKey(unsigned: boolean, reached: boolean): string {
  if (unsigned) return reached ? 'report-to-sign' : 'report-to-sign-unreached';
  return reached ? 'report-to' : 'report-to-unreached';
}

/** What was received, where it went, what happens next. */
export function receiptMessage(
  say: Say,
  report: ReportView,
  campaign: Campaign,
  to: { readonly verifiers: readonly string[]; readonly reached: boolean; readonly again: boolean },
): Message {
  const head = say(to.again ? 'report-receipt-again' : 'report-receipt', {
    number: String(report.id),
  });
  const whereTo =
    to.verifiers.length === 0
      ? say('report-to-nobody')
      : say(whereKey(awaitsSignature(report), to.reached), { names: to.verifiers.join(', ') });
  return {
    notice: head,
    blocks: [
      { kind: 'heading', text: head },
      {
        kind: 'fields',
        rows: [
          ...whose(say, report),
          { label: say('report-item'), value: [itemLabel(say, campaign, report.item)] },
          { label: say('report-title'), value: [report.title] },
        ],
      },
      { kind: 'text', text: [whereTo] },
      {
        kind: 'note',
        // Sent through a form, there is no message of one's own to change.
        text: [say(Object.keys(report.sources).length > 0 ? 'report-next' : 'report-next-form')],
      },
    ],
    buttons: [[myReportsButton(say), { label: say('report-button-new'), action: 'cmd:baocao' }]],
  };
}

/** In place of an earlier request that a new one has replaced. */
export const supersededMessage = (say: Say, report: ReportView): Message =>
  plainMessage([
    say('report-superseded', {
      number: String(report.id),
      name: report.author.name,
      title: report.title,
    }),
  ]);
