/** Who confirmed the work of somebody who uses no platform: evidence by name (E4). */

import { paragraph } from '../../messages/blocks.ts';
import { fold, tidy } from '../../people/fold.ts';
import type { Question } from '../flow.ts';
import { readField } from '../form-field.ts';
import { lengthOf } from '../input.ts';
import type { ReportFacts } from './facts.ts';
import { CONFIRMER_MAX, Confirmer } from './values.ts';

/** The choice that the person whose work it is has confirmed it. */
const AUTHOR = 'author';

const parse: Question<ReportFacts>['parse'] = (input, { say, facts: { whose } }) => {
  if (input.kind === 'file') return { kind: 'refuse', why: say('report-text-only') };
  const { author, filedBy } = whose.target ?? {};
  if (input.kind === 'choice')
    return input.value === AUTHOR && author
      ? { kind: 'answer', value: author.name }
      : { kind: 'refuse', why: say('report-confirmer-name') };
  const name = tidy(input.text);
  if (lengthOf(name) < 2 || lengthOf(name) > CONFIRMER_MAX || !/\p{L}/u.test(name))
    return { kind: 'refuse', why: say('report-confirmer-name') };
  if (filedBy && fold(name) === fold(filedBy.name))
    return { kind: 'refuse', why: say('report-confirmer-self') };
  return { kind: 'answer', value: name };
};

export const confirmerQuestion: Question<ReportFacts> = {
  id: 'confirmer',
  schema: Confirmer,
  label: ({ say }) => say('report-confirmer'),
  ask: ({ say, facts: { whose } }) => ({
    blocks: [paragraph(say('report-confirmer-ask'))],
    ...(whose.target && {
      choices: [
        [
          {
            label: say('report-confirmer-author', { name: whose.target.author.name }),
            value: AUTHOR,
          },
        ],
      ],
    }),
  }),
  parse,
  show: String,
  form: {
    fields: ({ say, answers, facts: { whose } }) => [
      {
        kind: 'text',
        id: 'confirmer',
        label: say('report-confirmer'),
        hint: say('report-confirmer-hint'),
        optional: false,
        multiline: false,
        maxChars: CONFIRMER_MAX,
        ...(typeof answers.confirmer === 'string'
          ? { value: answers.confirmer }
          : whose.target && { value: whose.target.author.name }),
      },
    ],
    read: readField('confirmer', 'text', parse),
  },
};
