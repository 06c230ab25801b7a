/** Asks which day is to be worked, or not, and why. */
import { z } from 'zod';
import { campaignDay } from '../../campaign/calendar.ts';
import { upsert } from '../../engine/decision.ts';
import { recorded } from '../../engine/record.ts';
import { showDate } from '../../messages/dates.ts';
import { plainMessage } from '../../messages/flow.ts';
import { may } from '../../people/may.ts';
import type { Flow, Question, QuestionContext } from '../flow.ts';
import { readField } from '../form-field.ts';
import { lengthOf } from '../input.ts';
import { parseComingDate } from '../report/parse-date.ts';
import { officeAction } from './action.ts';

/** Characters of the reason. */
const NOTE = { least: 3, most: 100 } as const;

type Context = QuestionContext<null>;
const todayOf = ({ turn, deps }: Pick<Context, 'turn' | 'deps'>): string =>
  campaignDay(turn.now, deps.campaign.zone);

const parseDay: Question<null>['parse'] = (input, context) => {
  const { say } = context;
  const from = todayOf(context);
  const day = input.kind === 'text' ? parseComingDate(input.text, from) : null;
  if (day === null) return { kind: 'refuse', why: say('office-day-wrong') };
  return day < from
    ? { kind: 'refuse', why: say('office-day-past') }
    : { kind: 'answer', value: day };
};

const parseKind: Question<null>['parse'] = (input, { say }) =>
  input.kind === 'choice' && (input.value === 'off' || input.value === 'working')
    ? { kind: 'answer', value: input.value }
    : { kind: 'refuse', why: say('office-day-kind-wrong') };

const parseNote: Question<null>['parse'] = (input, { say }) => {
  const length = input.kind === 'text' ? lengthOf(input.text) : 0;
  return input.kind === 'text' && length >= NOTE.least && length <= NOTE.most
    ? { kind: 'answer', value: input.text }
    : { kind: 'refuse', why: say('office-day-note-wrong', NOTE) };
};

const kinds = ({ say }: Pick<Context, 'say'>) =>
  (['off', 'working'] as const).map((value) => ({ label: say(`office-day-${value}`), value }));

export const dayFlow: Flow<null> = {
  id: 'office-day',
  version: 1,
  upgrades: {},
  keepsDrafts: false,
  summary: true,
  title: ({ say }) => say('office-day-set'),
  questions: [
    {
      id: 'day',
      schema: z.iso.date(),
      label: ({ say }) => say('office-day-date'),
      ask: ({ say }) => ({ blocks: [{ kind: 'text', text: [say('office-day-ask')] }] }),
      parse: parseDay,
      show: (value, { say }) => showDate(String(value), say.language),
      form: {
        fields: ({ say }) => [
          { kind: 'date', id: 'day', label: say('office-day-date'), optional: false },
        ],
        read: readField('day', 'text', parseDay),
      },
    },
    {
      id: 'kind',
      schema: z.enum(['off', 'working']),
      label: ({ say }) => say('office-day-kind'),
      ask: (context) => ({
        blocks: [{ kind: 'text', text: [context.say('office-day-kind-ask')] }],
        choices: [kinds(context)],
      }),
      parse: parseKind,
      show: (value, { say }) => say(`office-day-${String(value)}`),
      form: {
        fields: (context) => [
          {
            kind: 'choice',
            id: 'kind',
            label: context.say('office-day-kind'),
            optional: false,
            options: kinds(context),
          },
        ],
        read: readField('kind', 'choice', parseKind),
      },
    },
    {
      id: 'note',
      schema: z.string(),
      label: ({ say }) => say('office-day-note'),
      ask: ({ say }) => ({ blocks: [{ kind: 'text', text: [say('office-day-note-ask')] }] }),
      parse: parseNote,
      show: String,
      form: {
        fields: ({ say }) => [
          {
            kind: 'text',
            id: 'note',
            label: say('office-day-note'),
            optional: false,
            multiline: false,
            maxChars: NOTE.most,
          },
        ],
        read: readField('note', 'text', parseNote),
      },
    },
  ],
  form: {
    blocks: ({ say }) => [{ kind: 'text', text: [say('office-days-note')] }],
    otherwise: ({ say }) => say('form-otherwise'),
    key: () => 'day',
    recall: async () => ({ subject: null, answers: {}, changed: null }),
  },
  facts: async () => null,
  async finish({ say, turn, answers }) {
    const { person } = turn;
    const done = (text: string) =>
      plainMessage([text], [[{ label: say('office-to-c'), action: officeAction('c') }]]);
    if (!person || !may(person, 'campaign', null))
      return {
        kind: 'done',
        decision: { writes: [], sends: [], ack: {} },
        reply: plainMessage([say('not-authorised')]),
      };
    const { day, kind, note } = z
      .object({ day: z.string(), kind: z.enum(['off', 'working']), note: z.string() })
      .parse(answers);
    const working = kind === 'working';
    return {
      kind: 'done',
      decision: {
        writes: [
          upsert('calendarDay', {
            day,
            working,
            note,
            setBy: person.id,
            setAt: turn.now.toString(),
          }),
          recorded(person, turn.now.toString(), 'calendar.set', `day:${day}`, { working }),
        ],
        sends: [],
        ack: {},
      },
      reply: done(
        say('office-day-done', {
          date: showDate(day, say.language),
          what: say(`office-day-${kind}`),
        }),
      ),
    };
  },
};
