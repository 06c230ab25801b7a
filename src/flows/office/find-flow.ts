/** Asks whom or what to look for. */
import { z } from 'zod';
import type { Flow, Question } from '../flow.ts';
import { readField } from '../form-field.ts';
import { lengthOf } from '../input.ts';
import { found } from './reports.ts';

/** Characters of a search. */
const QUERY = { least: 1, most: 100 } as const;

const parseQuery: Question<null>['parse'] = (input, { say }) => {
  if (input.kind !== 'text') return { kind: 'refuse', why: say('office-find-words') };
  const length = lengthOf(input.text);
  return length >= QUERY.least && length <= QUERY.most
    ? { kind: 'answer', value: input.text }
    : { kind: 'refuse', why: say('office-find-words') };
};

/** One question: a report's number, a staff code or a name. */
export const findFlow: Flow<null> = {
  id: 'office-find',
  version: 1,
  upgrades: {},
  keepsDrafts: false,
  summary: false,
  title: ({ say }) => say('office-to-f'),
  questions: [
    {
      id: 'query',
      schema: z.string(),
      label: ({ say }) => say('office-to-f'),
      ask: ({ say }) => ({ blocks: [{ kind: 'text', text: [say('office-find-ask')] }] }),
      parse: parseQuery,
      show: String,
      form: {
        fields: ({ say }) => [
          {
            kind: 'text',
            id: 'query',
            label: say('office-find-label'),
            optional: false,
            multiline: false,
            maxChars: QUERY.most,
          },
        ],
        read: readField('query', 'text', parseQuery),
      },
    },
  ],
  form: {
    blocks: ({ say }) => [{ kind: 'text', text: [say('office-find-ask')] }],
    otherwise: ({ say }) => say('form-otherwise'),
    key: () => 'find',
    recall: async () => ({ subject: null, answers: {}, changed: null }),
  },
  facts: async () => null,
  async finish({ turn, say, answers }, _state, deps) {
    const reply = await found({ context: turn, deps, say }, z.string().parse(answers.query));
    return { kind: 'done', decision: { writes: [], sends: [], ack: {} }, reply };
  },
};
