/** The times of an announcement: of the event, of its reminder, and of going out. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { showDateTime } from '../../messages/dates.ts';
import type { Input, Parsed, Question, QuestionForm } from '../flow.ts';
import { unchangedOr } from '../form-field.ts';
import { lengthOf } from '../input.ts';
import { type AnnounceFacts, type Context, kindOf } from './facts.ts';
import { defaultReminder, workingTimes } from './hours.ts';
import { parseMoment } from './moment.ts';
import { PLACE } from './words.ts';

/** Goes out as soon as it is sent off; no reminder. */
export const NOW = 'now';
export const NONE = 'none';

/** An event or a time to go out lies within so many days: a wrong year is a slip. */
const MOST_DAYS = 366;
/** Characters of a day and hour. */
const TYPED_MAX = 80;

const isEvent = (context: Context): boolean => kindOf(context) === 'event';

const show = (at: string, { say, deps }: Context): string =>
  showDateTime(at, deps.campaign.zone, say.language);

/** The instant of an answer, or null for `now` and `none`. */
export function instantOf(value: unknown): Temporal.Instant | null {
  return typeof value === 'string' && value !== NOW && value !== NONE
    ? Temporal.Instant.from(value)
    : null;
}

const isAfter = (a: Temporal.Instant, b: Temporal.Instant): boolean =>
  Temporal.Instant.compare(a, b) > 0;

/** Why the event cannot be then, or null. */
export const eventProblem = (at: Temporal.Instant, { say, facts }: Context): string | null =>
  !isAfter(at, facts.now)
    ? say('announce-time-past')
    : isAfter(at, facts.now.add({ hours: 24 * MOST_DAYS }))
      ? say('announce-time-far', { days: MOST_DAYS })
      : null;

/** Why it cannot go out then: past, far, or after the event it invites to. */
export function whenProblem(at: Temporal.Instant, context: Context): string | null {
  const event = isEvent(context) ? instantOf(context.answers.eventAt) : null;
  return (
    eventProblem(at, context) ??
    (event && !isAfter(event, at) ? context.say('announce-when-after-event') : null)
  );
}

/** Why people cannot be reminded then. */
export function remindProblem(at: Temporal.Instant, context: Context): string | null {
  const { say, answers, facts } = context;
  const event = instantOf(answers.eventAt);
  const goesOut = instantOf(answers.when) ?? facts.now;
  if (!isAfter(at, facts.now)) return say('announce-time-past');
  if (event && !isAfter(event, at)) return say('announce-remind-after-event');
  return isAfter(at, goesOut) ? null : say('announce-remind-before-sent');
}

type Check = (at: Temporal.Instant, context: Context) => string | null;

/** A day and hour, typed or chosen, or one of the words. */
function timeFrom(input: Input, context: Context, words: readonly string[], check: Check): Parsed {
  const { say, facts, deps } = context;
  if (input.kind === 'file') return { kind: 'refuse', why: say('announce-time-unknown') };
  if (input.kind === 'choice') {
    if (words.includes(input.value)) return { kind: 'answer', value: input.value };
    const chosen = z.iso.datetime().safeParse(input.value);
    if (!chosen.success) return { kind: 'refuse', why: say('announce-time-unknown') };
  }
  const at =
    input.kind === 'choice'
      ? Temporal.Instant.from(input.value)
      : lengthOf(input.text) > TYPED_MAX
        ? null
        : parseMoment(input.text, facts.now, deps.campaign.zone);
  if (at === null) return { kind: 'refuse', why: say('announce-time-unknown') };
  const why = check(at, context);
  return why === null ? { kind: 'answer', value: at.toString() } : { kind: 'refuse', why };
}

/** A text field for a day and hour; left empty it means `empty`, where that is given. */
function timeForm(
  id: string,
  parse: Question<AnnounceFacts>['parse'],
  parts: {
    readonly applies: (context: Context) => boolean;
    readonly empty: ((context: Context) => string) | null;
    readonly hint: string;
  },
): QuestionForm<AnnounceFacts> {
  return {
    fields(context) {
      const { say, answers } = context;
      if (!parts.applies(context)) return [];
      const at = instantOf(answers[id]);
      return [
        {
          kind: 'text',
          id: fieldOf(id),
          label: say(`announce-${fieldOf(id)}`),
          hint: say(parts.hint),
          optional: parts.empty !== null,
          multiline: false,
          maxChars: TYPED_MAX,
          ...(at && { value: show(at.toString(), context) }),
        },
      ];
    },
    read(given, context, { before }) {
      if (!parts.applies(context)) return { kind: 'answer', answer: { value: null } };
      const text = given[fieldOf(id)];
      const refuse = (why: string) => ({ kind: 'refuse' as const, errors: { [fieldOf(id)]: why } });
      if (typeof text !== 'string')
        return parts.empty
          ? { kind: 'answer', answer: { value: parts.empty(context) } }
          : refuse(context.say('form-required'));
      const parsed = parse({ kind: 'text', text, source: '' }, context);
      return parsed.kind === 'answer'
        ? { kind: 'answer', answer: unchangedOr(before, { value: parsed.value }) }
        : refuse(parsed.kind === 'refuse' ? parsed.why : context.say('form-required'));
    },
  };
}

/** Fields of a form have names in small letters. */
const fieldOf = (id: string): string =>
  ({ eventAt: 'event-at', remind: 'remind-at', when: 'when' })[id] ?? id;

const parseEvent: Question<AnnounceFacts>['parse'] = (input, context) =>
  timeFrom(input, context, [], eventProblem);

export const eventAtQuestion: Question<AnnounceFacts> = {
  id: 'eventAt',
  schema: z.iso.datetime(),
  when: isEvent,
  label: ({ say }) => say('announce-event-at'),
  ask: ({ say }) => ({ blocks: [{ kind: 'text', text: [say('announce-event-at-ask')] }] }),
  parse: parseEvent,
  show: (value, context) => show(String(value), context),
  form: timeForm('eventAt', parseEvent, {
    applies: isEvent,
    empty: null,
    hint: 'announce-time-hint',
  }),
};

const parsePlace: Question<AnnounceFacts>['parse'] = (input, { say }) => {
  if (input.kind !== 'text') return { kind: 'refuse', why: say('announce-place-words') };
  const place = input.text.replace(/\s+/gu, ' ');
  const length = lengthOf(place);
  return length >= PLACE.least && length <= PLACE.most
    ? { kind: 'answer', value: place }
    : { kind: 'refuse', why: say('announce-place-words') };
};

export const placeQuestion: Question<AnnounceFacts> = {
  id: 'place',
  schema: z.string(),
  when: isEvent,
  label: ({ say }) => say('announce-place'),
  ask: ({ say }) => ({ blocks: [{ kind: 'text', text: [say('announce-place-ask')] }] }),
  parse: parsePlace,
  show: String,
  form: {
    fields: (context) =>
      isEvent(context)
        ? [
            {
              kind: 'text',
              id: 'place',
              label: context.say('announce-place'),
              optional: false,
              multiline: false,
              maxChars: PLACE.most,
              ...(typeof context.answers.place === 'string' && { value: context.answers.place }),
            },
          ]
        : [],
    read(given, context, { before }) {
      if (!isEvent(context)) return { kind: 'answer', answer: { value: null } };
      const { place: text } = given;
      const parsed =
        typeof text === 'string' ? parsePlace({ kind: 'text', text, source: '' }, context) : null;
      return parsed?.kind === 'answer'
        ? { kind: 'answer', answer: unchangedOr(before, { value: parsed.value }) }
        : { kind: 'refuse', errors: { place: context.say('announce-place-words') } };
    },
  },
};

/** The reminder proposed: the working day before, at 8; none when it is too late for one. */
function proposedReminder(context: Context): string {
  const { answers, facts, deps } = context;
  const event = instantOf(answers.eventAt);
  const from = instantOf(answers.when) ?? facts.now;
  const at = event && defaultReminder(event, from, deps.campaign.zone, facts.calendar);
  return at?.toString() ?? NONE;
}

const parseRemind: Question<AnnounceFacts>['parse'] = (input, context) =>
  timeFrom(input, context, [NONE], remindProblem);

export const remindQuestion: Question<AnnounceFacts> = {
  id: 'remind',
  schema: z.union([z.iso.datetime(), z.literal(NONE)]),
  when: isEvent,
  label: ({ say }) => say('announce-remind-at'),
  ask(context) {
    const { say } = context;
    const proposed = proposedReminder(context);
    return {
      blocks: [{ kind: 'text', text: [say('announce-remind-at-ask')] }],
      choices: [
        ...(proposed === NONE
          ? []
          : [[{ label: show(proposed, context), value: proposed, tone: 'primary' as const }]]),
        [{ label: say('announce-remind-none'), value: NONE }],
      ],
    };
  },
  parse: parseRemind,
  show: (value, context) =>
    value === NONE ? context.say('announce-remind-none') : show(String(value), context),
  form: timeForm('remind', parseRemind, {
    applies: isEvent,
    empty: proposedReminder,
    hint: 'announce-remind-hint',
  }),
};

const parseWhen: Question<AnnounceFacts>['parse'] = (input, context) =>
  timeFrom(input, context, [NOW], whenProblem);

export const whenQuestion: Question<AnnounceFacts> = {
  id: 'when',
  schema: z.union([z.iso.datetime(), z.literal(NOW)]),
  label: ({ say }) => say('announce-when'),
  ask(context) {
    const { say, facts, deps } = context;
    const times = workingTimes(facts.now, deps.campaign.zone, facts.calendar)
      .filter((at) => whenProblem(at, context) === null)
      .map((at) => [{ label: show(at.toString(), context), value: at.toString() }]);
    return {
      blocks: [{ kind: 'text', text: [say('announce-when-ask')] }],
      choices: [[{ label: say('announce-when-now'), value: NOW, tone: 'primary' }], ...times],
    };
  },
  parse: parseWhen,
  show: (value, context) =>
    value === NOW ? context.say('announce-when-now') : show(String(value), context),
  form: timeForm('when', parseWhen, {
    applies: () => true,
    empty: () => NOW,
    hint: 'announce-when-hint',
  }),
};
