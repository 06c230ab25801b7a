/** The report flow as data. */
import type { Flow } from '../flow.ts';
import { contributorsQuestion } from './contributors-question.ts';
import { evidenceQuestion } from './evidence-question.ts';
import { loadFacts, type ReportFacts } from './facts.ts';
import { reportForm } from './form.ts';
import { review } from './review.ts';
import { submit } from './submit.ts';
import { dateQuestion, describeQuestion, itemQuestion, titleQuestion } from './text-questions.ts';

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
  named: 'title',
  summary: true,
  title: ({ say, subject }) =>
    subject === null ? say('report-flow') : say('report-flow-amend', { number: subject }),
  form: reportForm,
  facts: loadFacts,
  review,
  finish: submit,
};
