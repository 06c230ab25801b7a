/** The report flows as data: one's own work, a unit's, and that of somebody who uses no platform. */
import type { Flow, Question } from '../flow.ts';
import { confirmerQuestion } from './confirmer-question.ts';
import { contributorsQuestion } from './contributors-question.ts';
import { evidenceQuestion } from './evidence-question.ts';
import { factsOf, type ReportFacts } from './facts.ts';
import { reportForm } from './form.ts';
import { review } from './review.ts';
import { submit } from './submit.ts';
import { amendedNumber, type Way } from './target.ts';
import { dateQuestion, describeQuestion, itemQuestion, titleQuestion } from './text-questions.ts';

const WORK = [itemQuestion, titleQuestion, describeQuestion, dateQuestion, evidenceQuestion];

const flowOf = (
  way: Way,
  id: string,
  questions: readonly Question<ReportFacts>[],
  title: Flow<ReportFacts>['title'],
): Flow<ReportFacts> => ({
  id,
  version: 1,
  upgrades: {},
  questions,
  keepsDrafts: true,
  named: 'title',
  summary: true,
  title,
  form: reportForm(way),
  facts: factsOf(way),
  review,
  finish: submit,
});

/** By whose work it is. */
export const reportFlows: Readonly<Record<Way, Flow<ReportFacts>>> = {
  own: flowOf('own', 'report', [...WORK, contributorsQuestion], ({ say, subject }) =>
    subject === null ? say('report-flow') : say('report-flow-amend', { number: subject }),
  ),
  unit: flowOf('unit', 'report-unit', WORK, ({ say, subject }) => {
    const number = amendedNumber(subject);
    return number === null
      ? say('unit-report-flow')
      : say('unit-report-flow-amend', { number: String(number) });
  }),
  for: flowOf(
    'for',
    'report-for',
    [...WORK, confirmerQuestion, contributorsQuestion],
    ({ say, subject }) => {
      const number = amendedNumber(subject);
      return number === null
        ? say('report-for-flow')
        : say('report-flow-amend', { number: String(number) });
    },
  ),
};
