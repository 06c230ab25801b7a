/** The report flow as data. */
import type { Block } from '../../chat/index.ts';
import { showDate } from '../../messages/dates.ts';
import { voidsVerification } from '../../reports/lifecycle.ts';
import type { Flow, QuestionContext } from '../flow.ts';
import { contributorsQuestion } from './contributors-question.ts';
import { evidenceQuestion } from './evidence-question.ts';
import { loadFacts, type ReportFacts } from './facts.ts';
import { reportForm } from './form.ts';
import { submit } from './submit.ts';
import { dateQuestion, describeQuestion, itemQuestion, titleQuestion } from './text-questions.ts';

/** Likely duplicates, and what sending again does to a verification. */
function review({ say, facts }: QuestionContext<ReportFacts>): Block[] {
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

export const reportFlow: Flow<ReportFacts> = {
  id: 'report',
  version: 1,
  upgrades: {},
  questions: [
    itemQuestion,
    titleQuestion,
    describeQuestion,
    dateQuestion,
    evidenceQuestion,
    contributorsQuestion,
  ],
  keepsDrafts: true,
  summary: true,
  title: ({ say, subject }) =>
    subject === null ? say('report-flow') : say('report-flow-amend', { number: subject }),
  form: reportForm,
  facts: loadFacts,
  review,
  finish: submit,
};
