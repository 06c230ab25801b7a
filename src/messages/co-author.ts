/** What co-authors are asked and told. */
import type { Campaign } from '../campaign/types.ts';
import type { Button, Message } from '../chat/index.ts';
import type { ContributorView, ReportView } from '../engine/reads.ts';
import { reportFields, statusWord } from './report.ts';
import type { Say } from './say.ts';

export type Share = ContributorView['answer'];

const buttons = (say: Say, id: number, answer: Share): Button[] => [
  ...(answer === 'confirmed'
    ? []
    : [{ label: say('co-confirm'), action: `co:${id}:y`, tone: 'primary' as const }]),
  ...(answer === 'declined' ? [] : [{ label: say('co-decline'), action: `co:${id}:n` }]),
];

/** Whether a report of this status still asks its co-authors. */
export const asksCoAuthors = ({ status }: Pick<ReportView, 'status'>): boolean =>
  status === 'submitted' || status === 'returned' || status === 'verified';

/** The request, or (once answered, changed or closed) what stands in its place. `note` is said first. */
export function coAuthorMessage(
  say: Say,
  report: ReportView,
  campaign: Campaign,
  answer: Share,
  note: string | null = null,
): Message {
  const open = asksCoAuthors(report);
  const head = say('co-request', { name: report.author.name, number: String(report.id) });
  const outcome = open
    ? say(`co-outcome-${answer}`)
    : say('co-closed', { status: statusWord(say, report.status) });
  return {
    notice: note ?? head,
    blocks: [
      ...(note === null ? [] : [{ kind: 'text' as const, text: [note] }]),
      { kind: 'heading', text: head },
      reportFields(say, report, campaign),
      { kind: 'note', text: [outcome] },
    ],
    ...(open && { buttons: [buttons(say, report.id, answer)] }),
  };
}
