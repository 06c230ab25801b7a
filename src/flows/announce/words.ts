/** What an announcement says: its kind, title, text and place. */
import { z } from 'zod';
import { addDays } from '../../campaign/calendar.ts';
import { stageOf, stageSpan } from '../../campaign/stages.ts';
import { KINDS, kindName } from '../../messages/announce/office.ts';
import { showDate } from '../../messages/dates.ts';
import type { Parsed, Question } from '../flow.ts';
import { lengthOf } from '../input.ts';
import { type AnnounceFacts, type Context, Kind, kindOf } from './facts.ts';

/** Characters, as the table keeps them. */
const TITLE = { least: 3, most: 150 } as const;
const BODY = { least: 3, most: 2000 } as const;
export const PLACE = { least: 2, most: 200 } as const;

/** The value of the button that takes the text proposed. */
const PROPOSED = 'proposed';

export const kindQuestion: Question<AnnounceFacts> = {
  id: 'kind',
  schema: Kind,
  label: ({ say }) => say('announce-kind'),
  ask: ({ say }) => ({
    blocks: [{ kind: 'text', text: [say('announce-kind-ask')] }],
    choices: KINDS.map((kind) => [{ label: kindName(say, kind), value: kind }]),
  }),
  parse(input, { say }) {
    const kind = Kind.safeParse(input.kind === 'choice' ? input.value : null);
    return kind.success
      ? { kind: 'answer', value: kind.data }
      : { kind: 'refuse', why: say('announce-kind-words') };
  },
  show: (value, { say }) => kindName(say, Kind.parse(value)),
  form: {
    // The button that opened the form said it.
    fields: () => [],
    read: (_, { answers, say }, { before }) =>
      before
        ? { kind: 'answer', answer: before }
        : answers.kind === undefined
          ? { kind: 'refuse', errors: { title: say('form-outdated') } }
          : { kind: 'answer', answer: { value: kindOf({ answers }) } },
  },
};

/** What is proposed for a launch or a review, in Vietnamese; null for other kinds. */
function proposal(context: Pick<Context, 'answers' | 'facts' | 'deps'>): {
  readonly title: string;
  readonly body: string;
} | null {
  const { facts, deps } = context;
  const { campaign } = deps;
  const { today } = facts;
  const { vi } = facts.texts;
  const date = (day: string): string => showDate(day, 'vi');
  const name = campaign.name.vi;
  const kind = kindOf(context);
  if (kind === 'launch')
    return {
      title: vi('announce-proposed-launch-title', { campaign: name }),
      body: vi('announce-proposed-launch', {
        campaign: name,
        motto: campaign.motto.vi,
        from: date(campaign.period.from),
        to: date(campaign.period.to),
        pledges: date(campaign.pledgesUntil),
      }),
    };
  if (kind !== 'review') return null;
  const stage = stageOf(campaign, addDays(today, -REVIEW_DAYS));
  const { from, to } = stageSpan(campaign, stage);
  const last = campaign.stages.at(-1)?.id === stage.id;
  const until = last ? campaign.reportingUntil : to;
  const values = { campaign: name, from: date(from), to: date(to), until: date(until) };
  return last
    ? {
        title: vi('announce-proposed-final-title', { campaign: name }),
        body: vi('announce-proposed-final', values),
      }
    : {
        title: vi('announce-proposed-review-title', { campaign: name }),
        body: vi('announce-proposed-review', values),
      };
}

/** A review so many days after a stage's end is still that stage's. */
const REVIEW_DAYS = 30;

interface Wording {
  readonly id: 'title' | 'body';
  readonly size: { readonly least: number; readonly most: number };
  /** Characters of it that the summary shows, where the whole stands in the preview. */
  readonly shown: number;
}

function wordsQuestion({ id, size, shown }: Wording): Question<AnnounceFacts> {
  const parse: Question<AnnounceFacts>['parse'] = (input, context): Parsed => {
    const { say } = context;
    const proposed = proposal(context)?.[id];
    if (input.kind === 'choice' && input.value === PROPOSED && proposed !== undefined)
      return { kind: 'answer', value: proposed };
    if (input.kind !== 'text') return { kind: 'refuse', why: say('announce-words-only') };
    const length = lengthOf(input.text);
    if (length < size.least) return { kind: 'refuse', why: say('announce-words-only') };
    return length > size.most
      ? { kind: 'refuse', why: say('announce-words-long', { n: length, most: size.most }) }
      : { kind: 'answer', value: input.text };
  };
  return {
    id,
    schema: z.string().min(size.least),
    label: ({ say }) => say(`announce-${id}`),
    ask(context) {
      const { say } = context;
      const proposed = proposal(context)?.[id];
      return {
        blocks: [
          { kind: 'text', text: [say(`announce-${id}-ask`, { most: size.most })] },
          ...(proposed === undefined
            ? []
            : [
                { kind: 'note' as const, text: [say('announce-proposed')] },
                { kind: 'text' as const, text: [proposed] },
              ]),
        ],
        choices:
          proposed === undefined
            ? []
            : [[{ label: say('announce-use-proposed'), value: PROPOSED, tone: 'primary' }]],
      };
    },
    parse,
    show: (value) => {
      const text = [...String(value)];
      return text.length <= shown ? text.join('') : `${text.slice(0, shown).join('').trimEnd()}…`;
    },
    form: {
      fields(context) {
        const { say, answers } = context;
        const value = answers[id] ?? proposal(context)?.[id];
        return [
          {
            kind: 'text',
            id,
            label: say(`announce-${id}`),
            optional: false,
            multiline: id === 'body',
            maxChars: size.most,
            ...(typeof value === 'string' && { value }),
          },
        ];
      },
      read(given, context, { before }) {
        const refuse = (why: string) => ({ kind: 'refuse' as const, errors: { [id]: why } });
        const text = given[id];
        if (typeof text !== 'string') return refuse(context.say('form-required'));
        const parsed = parse({ kind: 'text', text, source: '' }, context);
        if (parsed.kind !== 'answer')
          return refuse(parsed.kind === 'refuse' ? parsed.why : context.say('form-required'));
        return {
          kind: 'answer',
          answer: before?.value === parsed.value ? before : { value: parsed.value },
        };
      },
    },
  };
}

export const titleQuestion = wordsQuestion({ id: 'title', size: TITLE, shown: TITLE.most });
export const bodyQuestion = wordsQuestion({ id: 'body', size: BODY, shown: 80 });
