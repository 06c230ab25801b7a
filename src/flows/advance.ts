/**
 * The flow engine's reducer: a state and one move of the person give the next state. Pure; what
 * questions may look at comes in through the frame.
 */
import { fold } from '../people/fold.ts';
import type { Flow, Input, Parsed, Question, QuestionContext } from './flow.ts';
import type { Verb } from './press.ts';
import type { Answer, FlowState } from './state.ts';

/** The name of the summary among the questions. */
export const SUMMARY = 'summary';

export interface Frame<F> {
  readonly flow: Flow<F>;
  look(state: FlowState): QuestionContext<F>;
  /** ISO instant with offset. */
  readonly now: string;
  /** No step at or below this is given out again: the conversation's version, so that buttons of ended flows stay old. */
  readonly floor: number;
}

export type Move =
  | { readonly kind: 'input'; readonly input: Input }
  | { readonly kind: 'press'; readonly step: number; readonly verb: Verb; readonly value: string };

export type Outcome =
  /** Another question (or the summary) is to be shown. */
  | { readonly kind: 'asked'; readonly state: FlowState }
  /** The same question goes on: something was collected, or new choices were found. */
  | { readonly kind: 'noted'; readonly state: FlowState; readonly note: string | null }
  | { readonly kind: 'refused'; readonly state: FlowState; readonly why: string }
  /** Everything is answered and the person wants it done. */
  | { readonly kind: 'ready'; readonly state: FlowState }
  | { readonly kind: 'parked'; readonly state: FlowState }
  | { readonly kind: 'cancelled' }
  /** The button belongs to an earlier question: nothing changes. */
  | { readonly kind: 'stale' };

/** Values of the questions answered (not skipped), by id. */
export function plainAnswers(state: FlowState): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(state.answers)
      .filter(([, answer]) => answer.value !== null)
      .map(([id, answer]) => [id, answer.value]),
  );
}

export const isBlank = (answer: Answer | undefined): boolean =>
  answer === undefined ||
  answer.value === null ||
  (Array.isArray(answer.value) && answer.value.length === 0);

/** The questions asked in this state, in order. */
export function applicable<F>(frame: Frame<F>, state: FlowState): Question<F>[] {
  const context = frame.look(state);
  return frame.flow.questions.filter((question) => question.when?.(context) ?? true);
}

export const questionOf = <F>(flow: Flow<F>, id: string): Question<F> | undefined =>
  flow.questions.find((question) => question.id === id);

function firstUnsettled<F>(frame: Frame<F>, state: FlowState): Question<F> | undefined {
  const context = frame.look(state);
  return applicable(frame, state).find((question) => {
    const answer = state.answers[question.id];
    if (answer === undefined || answer.open) return true;
    return isBlank(answer) && !(question.optional?.(context) ?? false);
  });
}

function goTo<F>(
  frame: Frame<F>,
  state: FlowState,
  asking: string,
  revising = state.revising,
): FlowState {
  return {
    ...state,
    asking,
    revising,
    step: Math.max(state.step, frame.floor) + 1,
    albums: [],
    savedAt: frame.now,
  };
}

/** Asks what is still missing, else shows the summary, else is ready. */
function onward<F>(frame: Frame<F>, state: FlowState): Outcome {
  const next = firstUnsettled(frame, state);
  if (next) return { kind: 'asked', state: goTo(frame, state, next.id) };
  if (!frame.flow.summary) return { kind: 'ready', state: { ...state, savedAt: frame.now } };
  return { kind: 'asked', state: goTo(frame, state, SUMMARY, false) };
}

const withAnswer = (state: FlowState, id: string, answer: Answer): FlowState => ({
  ...state,
  answers: { ...state.answers, [id]: answer },
});

function closed(state: FlowState, id: string): FlowState {
  const answer = state.answers[id];
  if (!answer?.open) return state;
  const { open: _, ...rest } = answer;
  return withAnswer(state, id, rest);
}

/** The stored form of what a question made of an input. */
function stored(
  parsed: Extract<Parsed, { kind: 'answer' | 'collect' }>,
  input: Input,
  before: Answer | undefined,
  open: boolean,
): Answer {
  const source = input.kind === 'choice' ? undefined : input.source;
  if (parsed.kind === 'answer')
    return { value: parsed.value, ...(source !== undefined && { source }) };
  const sources = new Set(before?.sources ?? []);
  if (source !== undefined) sources.add(source);
  return {
    value: parsed.value,
    ...(sources.size > 0 && { sources: [...sources] }),
    ...(open && { open: true }),
  };
}

/** Answers given beforehand, without those that do not fit. */
export const fitting = <F>(
  flow: Flow<F>,
  prefill: Readonly<Record<string, Answer>>,
): Record<string, Answer> =>
  Object.fromEntries(
    Object.entries(prefill).filter(([id, answer]) => {
      const schema = questionOf(flow, id)?.schema;
      return schema && (answer.value === null || schema.safeParse(answer.value).success);
    }),
  );

/** A new flow at its first question without an answer. Prefilled answers that do not fit are left out. */
export function begin<F>(
  frame: Frame<F>,
  subject: string | null,
  prefill: Readonly<Record<string, Answer>> = {},
): Outcome {
  const answers = fitting(frame.flow, prefill);
  return onward(frame, {
    flow: frame.flow.id,
    version: frame.flow.version,
    asking: SUMMARY,
    answers,
    step: frame.floor,
    revising: false,
    subject,
    albums: [],
    savedAt: frame.now,
  });
}

/** The same question asked afresh, so that earlier buttons of it are old; used when a draft is taken up again. */
export function askAgain<F>(frame: Frame<F>, state: FlowState): FlowState {
  if (state.asking === SUMMARY || questionOf(frame.flow, state.asking))
    return goTo(frame, state, state.asking);
  const next = firstUnsettled(frame, state);
  return goTo(frame, state, next?.id ?? (frame.flow.questions[0]?.id || SUMMARY), false);
}

/** Sends the person to the question named, or to the summary when there is no such question now. */
export function askInstead<F>(frame: Frame<F>, state: FlowState, asking: string): FlowState {
  const known = applicable(frame, state).some((question) => question.id === asking);
  if (known) return goTo(frame, state, asking, frame.flow.summary);
  const fallback = frame.flow.summary ? SUMMARY : (frame.flow.questions.at(-1)?.id ?? SUMMARY);
  return goTo(frame, state, fallback, false);
}

export function advance<F>(frame: Frame<F>, state: FlowState, move: Move): Outcome {
  if (move.kind === 'input') return take(frame, state, move.input);
  if (move.step !== state.step) return { kind: 'stale' };
  const question = applicable(frame, state).find(({ id }) => id === state.asking);
  switch (move.verb) {
    case 'cancel':
      return { kind: 'cancelled' };
    case 'park':
      return { kind: 'parked', state: { ...state, savedAt: frame.now } };
    case 'send': {
      if (state.asking !== SUMMARY) return { kind: 'stale' };
      const missing = firstUnsettled(frame, state);
      return missing
        ? { kind: 'asked', state: goTo(frame, state, missing.id, true) }
        : { kind: 'ready', state };
    }
    case 'edit': {
      const known = applicable(frame, state).some(({ id }) => id === move.value);
      if (state.asking !== SUMMARY || !known) return { kind: 'stale' };
      return { kind: 'asked', state: goTo(frame, state, move.value, true) };
    }
    case 'back':
      return back(frame, state);
    case 'choose':
      return question
        ? take(frame, state, { kind: 'choice', value: move.value })
        : { kind: 'stale' };
    case 'keep':
      if (!question || isBlank(state.answers[question.id])) return { kind: 'stale' };
      return onward(frame, closed(state, question.id));
    case 'skip':
      return question ? skip(frame, state, question) : { kind: 'stale' };
    case 'done':
      return question?.collects ? done(frame, state, question) : { kind: 'stale' };
  }
}

function done<F>(frame: Frame<F>, state: FlowState, question: Question<F>): Outcome {
  return isBlank(state.answers[question.id])
    ? skip(frame, state, question)
    : onward(frame, closed(state, question.id));
}

function take<F>(frame: Frame<F>, state: FlowState, input: Input): Outcome {
  const context = frame.look(state);
  const question = questionOf(frame.flow, state.asking);
  if (!question) return { kind: 'refused', state, why: context.say('flow-summary-hint') };
  // Whoever types the word on the Done button means the button.
  const typedDone =
    question.collects === true &&
    input.kind === 'text' &&
    fold(input.text) === fold(context.say('flow-done'));
  if (typedDone) return done(frame, state, question);
  const parsed = question.parse(input, context);
  if (parsed.kind === 'refuse') return { kind: 'refused', state, why: parsed.why };
  if (parsed.kind === 'stay') return { kind: 'noted', state, note: parsed.note ?? null };
  const collecting = parsed.kind === 'collect';
  const answer = stored(parsed, input, state.answers[question.id], collecting && !state.revising);
  const next = { ...withAnswer(state, question.id, answer), savedAt: frame.now };
  return parsed.kind === 'collect'
    ? { kind: 'noted', state: next, note: parsed.note }
    : onward(frame, next);
}

function back<F>(frame: Frame<F>, state: FlowState): Outcome {
  if (state.revising)
    return { kind: 'asked', state: goTo(frame, closed(state, state.asking), SUMMARY, false) };
  const order = applicable(frame, state);
  const at = order.findIndex(({ id }) => id === state.asking);
  const previous = at < 0 ? order.at(-1) : order[at - 1];
  return previous
    ? { kind: 'asked', state: goTo(frame, state, previous.id, false) }
    : { kind: 'stale' };
}

/** Leaves a question without an answer, which only an optional one allows. */
function skip<F>(frame: Frame<F>, state: FlowState, question: Question<F>): Outcome {
  const context = frame.look(state);
  if (!(question.optional?.(context) ?? false))
    return { kind: 'refused', state, why: context.say('flow-cannot-skip') };
  return onward(frame, withAnswer(state, question.id, { value: null }));
}

/** The question whose answer came from this message, or null. */
export function questionFrom(state: FlowState, source: string): string | null {
  const found = Object.entries(state.answers).find(
    ([, answer]) => answer.source === source || answer.sources?.includes(source),
  );
  return found?.[0] ?? null;
}

/** The person changed an earlier message: its answer changes, and the question being asked does not. */
export function reword<F>(
  frame: Frame<F>,
  state: FlowState,
  questionId: string,
  input: Input,
): Extract<Outcome, { kind: 'noted' | 'refused' }> {
  const context = frame.look(state);
  const parsed = questionOf(frame.flow, questionId)?.parse(input, context);
  if (!parsed || parsed.kind === 'stay') return { kind: 'noted', state, note: null };
  if (parsed.kind === 'refuse') return { kind: 'refused', state, why: parsed.why };
  const before = state.answers[questionId];
  const answer: Answer = {
    ...stored(parsed, input, before, before?.open ?? false),
    ...(before?.command && { command: true }),
  };
  const next = { ...withAnswer(state, questionId, answer), savedAt: frame.now };
  return { kind: 'noted', state: next, note: null };
}
