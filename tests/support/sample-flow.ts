/** A small flow that uses every part of the engine. */
import { z } from 'zod';
import type { Flow, Question } from '../../src/flows/flow.ts';

const text = (id: string, more: Partial<Question<null>> = {}): Question<null> => ({
  id,
  schema: z.string().min(1).max(20),
  label: () => `Label ${id}`,
  ask: () => ({ blocks: [{ kind: 'text', text: [`Ask ${id}`] }] }),
  parse: (input) => {
    if (input.kind === 'file') return { kind: 'refuse', why: 'no file' };
    const value = input.kind === 'text' ? input.text : input.value;
    return value.length >= 1 && value.length <= 20
      ? { kind: 'answer', value }
      : { kind: 'refuse', why: 'too long' };
  },
  show: String,
  ...more,
});

const list = z.array(z.string()).max(5);

/** `kind` decides whether `detail` is asked; `pieces` must be given when kind is "strict". */
export const sampleFlow = (values: Partial<Flow<null>> = {}): Flow<null> => ({
  id: 'sample',
  version: 1,
  upgrades: {},
  questions: [
    text('kind'),
    text('detail', { when: ({ answers }) => answers.kind === 'long' }),
    text('remark', { optional: () => true }),
    {
      id: 'pieces',
      schema: list,
      collects: true,
      optional: ({ answers }) => answers.kind !== 'strict',
      label: () => 'Label pieces',
      ask: () => ({ blocks: [{ kind: 'text', text: ['Ask pieces'] }] }),
      parse: (input, { answers }) => {
        if (input.kind === 'choice') return { kind: 'stay', note: 'look' };
        const before = list.catch([]).parse(answers.pieces);
        const piece = input.kind === 'text' ? input.text : input.mediaId;
        return before.length >= 5 || piece === ''
          ? { kind: 'refuse', why: 'enough' }
          : { kind: 'collect', value: [...before, piece], note: 'kept' };
      },
      show: (value) => list.catch([]).parse(value).join(' + '),
    },
  ],
  keepsDrafts: true,
  summary: true,
  title: () => 'Sample',
  facts: async () => null,
  finish: async ({ answers }) => ({
    kind: 'done',
    decision: { writes: [], sends: [], ack: {} },
    reply: { notice: 'done', blocks: [{ kind: 'text', text: [JSON.stringify(answers)] }] },
  }),
  ...values,
});
