/** What the author should know before a report is sent. */
import type { Block } from '../../chat/index.ts';
import { showDate } from '../../messages/dates.ts';
import { unitName } from '../../messages/report.ts';
import { voidsVerification } from '../../reports/lifecycle.ts';
import type { QuestionContext } from '../flow.ts';
import type { ReportFacts } from './facts.ts';

/** Whose work it is, where it is not one's own. */
export function whoseBlocks({
  say,
  facts,
}: Pick<QuestionContext<ReportFacts>, 'say' | 'facts'>): Block[] {
  const { target } = facts.whose;
  if (!target) return [];
  const unit = unitName(say, target.unit);
  const line = (text: string): Block[] => [{ kind: 'text', text: [text] }];
  if (target.kind === 'collective') return line(say('report-whose-unit', { unit }));
  return target.filedBy ? line(say('report-whose-person', { name: target.author.name, unit })) : [];
}

/** Whose it is, likely duplicates, and what sending again does to a verification or a signature. */
export function review({ say, facts }: QuestionContext<ReportFacts>): Block[] {
  const { similar, amending } = facts;
  const blocks: Block[] = whoseBlocks({ say, facts });
  if (amending && voidsVerification(amending.status))
    blocks.push({ kind: 'text', text: [say('report-amend-voids')] });
  else if (amending?.signedBy && amending.status === 'submitted')
    blocks.push({ kind: 'text', text: [say('report-amend-unsigns')] });
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
