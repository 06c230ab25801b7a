/** The words of feedback and of its answer: one question, in the chat or a window. */
import { z } from 'zod';
import type { Question, QuestionContext } from '../flow.ts';
import { readField } from '../form-field.ts';
import { lengthOf } from '../input.ts';

/** Characters: the table holds no more. */
export const TICKET_WORDS = { least: 3, most: 2000 } as const;

/** @param ask what is asked for */
export function ticketWords<F>(ask: (context: QuestionContext<F>) => string): Question<F> {
  const parse: Question<F>['parse'] = (input, { say }) => {
    if (input.kind !== 'text') return { kind: 'refuse', why: say('ticket-text-words') };
    const length = lengthOf(input.text);
    return length >= TICKET_WORDS.least && length <= TICKET_WORDS.most
      ? { kind: 'answer', value: input.text }
      : { kind: 'refuse', why: say('ticket-text-length', { ...TICKET_WORDS, length }) };
  };
  return {
    id: 'text',
    schema: z.string(),
    label: ({ say }) => say('ticket-text'),
    ask: (context) => ({ blocks: [{ kind: 'text', text: [ask(context)] }] }),
    parse,
    show: String,
    form: {
      fields: ({ say, answers }) => [
        {
          kind: 'text',
          id: 'text',
          label: say('ticket-text'),
          optional: false,
          multiline: true,
          maxChars: TICKET_WORDS.most,
          ...(typeof answers.text === 'string' && { value: answers.text }),
        },
      ],
      read: readField('text', 'text', parse),
    },
  };
}
