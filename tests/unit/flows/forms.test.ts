import { expect, it } from 'vitest';
import { FEATURES } from '../../../src/application.ts';

it('a flow that opens as a form has every question in it', () => {
  const flows = FEATURES.flatMap(({ flows = [] }) => flows).filter(({ form }) => form);
  expect(flows.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['report', 'report-unit', 'report-for', 'remark', 'verify-reason']),
  );
  for (const { id, questions } of flows)
    for (const question of questions)
      expect(`${id} ${question.id} ${question.form !== undefined}`).toMatch(/true$/);
});
