/**
 * A flow as a window over the chat, where the platform has one: all its questions at once, read and
 * refused as the conversation reads and refuses them, and finished as the flow finishes.
 */
import { Form, type FormValues, type InboundOf } from '../chat/index.ts';
import type { Decision, Write } from '../engine/decision.ts';
import { plainMessage, resumeButton } from '../messages/flow.ts';
import { askInstead, type Frame, fitting, questionOf, SUMMARY } from './advance.ts';
import { park } from './drafts.ts';
import type { Flow, Given, GivenFile, Recalled } from './flow.ts';
import { cleanText } from './input.ts';
import {
  answerWith,
  conversation,
  type FlowTurn,
  factsFor,
  frameOf,
  mediaRow,
  reply,
  type StartOptions,
  seedOf,
  sizeProblem,
  speaker,
  startFlow,
  toast,
} from './run.ts';
import type { Answer, FlowState } from './state.ts';
import { view } from './view.ts';

/** Characters of `Ack.toast`. */
const TOAST_MAX = 200;

/** The flow and the key a form's id names; null for an id that no form of ours has. */
export function parseFormId(id: string): { readonly flow: string; readonly key: string } | null {
  const match = /^([a-z-]{1,40}):([\s\S]{1,150})$/.exec(id);
  return match ? { flow: match[1] ?? '', key: match[2] ?? '' } : null;
}

/**
 * Starts a flow as a form where the event can open one and the flow fits into it, else as a
 * conversation (`startFlow`). What is under way in the chat stays so while a form is open.
 */
export async function openFlow<F>(
  flow: Flow<F>,
  options: FlowTurn & StartOptions,
): Promise<Decision> {
  const form = await formOf(flow, options);
  return form ? { writes: [], sends: [], ack: { form } } : startFlow(flow, options);
}

async function formOf<F>(
  flow: Flow<F>,
  { subject, prefill = {}, note, ...turn }: FlowTurn & StartOptions,
): Promise<Form | null> {
  const { event, deps } = turn;
  const opens = (event.kind === 'command' || event.kind === 'press') && event.canOpenForm;
  if (!flow.form || !opens || event.audience === 'group') return null;
  if (!deps.abilities(event.where.platform).forms) return null;
  const state = seedOf(flow, turn, SUMMARY, {
    ...(subject !== undefined && { subject }),
    prefill: fitting(flow, prefill),
  });
  const context = frameOf(flow, turn, await factsFor(flow, turn, null, state)).look(state);
  const { say } = context;
  const form: Form = {
    id: `${flow.id}:${flow.form.key(context)}`,
    title: flow.title(context),
    blocks: [
      ...(note === undefined ? [] : plainMessage([note]).blocks),
      ...flow.form.blocks(context),
    ],
    fields: flow.questions.flatMap((question) => question.form?.fields(context) ?? []),
    submit: say('flow-send'),
    cancel: say('flow-cancel'),
    otherwise: flow.form.otherwise(context),
  };
  return fits(form) ? form : null;
}

/** A campaign with very many items, or a report with very much evidence, is asked for in the chat. */
const fits = (form: Form): boolean =>
  Form.safeParse(form).success &&
  form.fields.every(
    (field) => field.kind !== 'text' || (field.value ?? '').length <= field.maxChars,
  );

type SubmitTurn = FlowTurn & { readonly event: InboundOf<'submit'> };

const refused = (errors: Readonly<Record<string, string>>): Decision => ({
  writes: [],
  sends: [],
  ack: { fieldErrors: { ...errors } },
});

/** Nothing can be done with it; what was typed stays before the person's eyes, to be copied. */
export function uselessForm(turn: SubmitTurn, why: string): Decision {
  const [typed] = Object.keys(turn.event.values);
  return typed === undefined ? toast(why) : refused({ [typed]: why });
}

/**
 * A form came back. Everything it stands on is looked up again. What a field can put right is said at
 * the field; anything else ends the form, with the answers kept in the chat where the flow keeps drafts.
 */
export async function submitForm<F>(
  flow: Flow<F>,
  turn: SubmitTurn,
  key: string,
): Promise<Decision> {
  const { event, context, deps } = turn;
  const recalled = await flow.form?.recall(key, context, deps);
  if (!flow.form || !recalled) return uselessForm(turn, speaker(turn)('form-outdated'));
  const { given, files, tooBig } = take(event.values, turn);
  const read = await readAll(flow, turn, recalled, given);
  const errors = { ...read.errors, ...tooBig };
  if (Object.keys(errors).length > 0) return refused(errors);

  const { subject } = recalled;
  const state = seedOf(flow, turn, SUMMARY, {
    ...(subject !== null && { subject }),
    prefill: read.answers,
  });
  const frame = frameOf(flow, turn, await factsFor(flow, turn, null, state));
  const look = frame.look(state);
  const sent: Sent<F> = { frame, state, media: files.map((file) => mediaRow(event, file)) };
  const doubt = recalled.changed ?? flow.form.doubt?.(look, key) ?? null;
  if (doubt !== null && flow.summary) return goOnInChat(turn, sent, doubt);
  const result = await flow.finish(look, state, deps);
  if (result.kind === 'done')
    return {
      ...result.decision,
      writes: [...sent.media, ...result.decision.writes],
      sends: [...(result.reply ? [reply(turn, result.reply)] : []), ...result.decision.sends],
    };
  const [field] = questionOf(flow, result.asking)?.form?.fields(look) ?? [];
  return field ? refused({ [field.id]: result.why }) : putAside(turn, sent, result.why);
}

/** The answers as questions read them: texts cleaned, files named, none too large. */
function take(values: FormValues, turn: SubmitTurn) {
  const tooBig: Record<string, string> = {};
  const given: Record<string, string | GivenFile[]> = {};
  const files: GivenFile[] = [];
  for (const [id, value] of Object.entries(values)) {
    if (typeof value === 'string') {
      const text = cleanText(value);
      if (text !== '') given[id] = text;
      continue;
    }
    const named = value.map((file): GivenFile => ({ file, mediaId: turn.deps.uuid() }));
    for (const { file } of named) {
      const problem = sizeProblem(turn, file);
      if (problem !== null) tooBig[id] = problem;
    }
    if (named.length > 0) given[id] = named;
    files.push(...named);
  }
  return { given: given as Given, files, tooBig };
}

async function readAll<F>(
  flow: Flow<F>,
  turn: FlowTurn,
  { subject, answers: before }: Recalled,
  given: Given,
) {
  const errors: Record<string, string> = {};
  const first = flow.questions[0]?.id ?? SUMMARY;
  let state = seedOf(flow, turn, first, { ...(subject !== null && { subject }) });
  const frame = frameOf(flow, turn, await factsFor(flow, turn, null, state));
  for (const { id, form } of flow.questions) {
    if (!form) throw new Error(`the question "${id}" has no form, but its flow "${flow.id}" has`);
    const more = { before: before[id], deps: turn.deps };
    const read = await form.read(given, frame.look(state), more);
    if (read.kind === 'refuse') Object.assign(errors, read.errors);
    else state = { ...state, answers: { ...state.answers, [id]: read.answer } };
  }
  return { answers: state.answers as Readonly<Record<string, Answer>>, errors };
}

/** What a form has brought, whole and well formed. */
interface Sent<F> {
  readonly frame: Frame<F>;
  readonly state: FlowState;
  readonly media: readonly Write[];
}

/** The answers go on as the conversation's flow, at its summary; said over the window too, which closes. */
function goOnInChat<F>(turn: SubmitTurn, { frame, state, media }: Sent<F>, why: string): Decision {
  const next = askInstead(frame, state, SUMMARY);
  return {
    ...answerWith(turn, view(frame, next, why)),
    writes: media,
    state: conversation(turn, next),
    ack: said(why),
  };
}

/** Nothing the person can put right now: they are told, and what they wrote becomes a draft. */
function putAside<F>(turn: SubmitTurn, { frame, state, media }: Sent<F>, why: string): Decision {
  const say = speaker(turn);
  if (!frame.flow.keepsDrafts) return { ...answerWith(turn, plainMessage([why])), ack: said(why) };
  const draft = askInstead(frame, state, SUMMARY);
  const parked = park(turn.context.conversation.state, draft);
  const lines = [why, say('flow-parked'), ...(parked.dropped ? [say('flow-draft-dropped')] : [])];
  return {
    ...answerWith(turn, plainMessage(lines, [[resumeButton(say)]])),
    writes: media,
    state: parked.state,
    ack: said(why),
  };
}

const said = (why: string): Decision['ack'] => (why.length <= TOAST_MAX ? { toast: why } : {});
