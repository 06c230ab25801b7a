/** What the author should know before a report is sent. */
import type { Block } from '../../chat/index.ts';
import { showDate } from '../../messages/dates.ts';
import { voidsVerification } from '../../reports/lifecycle.ts';
import type { QuestionContext } from '../flow.ts';
import type { ReportFacts } from './facts.ts';

/** Likely duplicates, and what sending again does to a verification. */
export function review({ say, facts }: QuestionContext<ReportFacts>): Block[] {
  const { similar, amending } = facts;
  const blocks: Block[] = [];
  if (amending && voidsVerification(amending.status))
    blocks.push({ kind: 'text', text: [say('report-amend-voids')] });
  if (similar.length > 0)
    blocks.push(
      { kind: 'text', text: [say('report-similar')] },
      {
        kind: 'list',
        items: similar.map(({ id, title, authorName, doneOn }) => [
          say('report-similar-line', {
            number: String(id),
            title,
            name: authorName,
            date: showDate(doneOn, say.language),
          }),
        ]),
      },
    );
  return blocks;
}
