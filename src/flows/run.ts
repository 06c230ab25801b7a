/** Runs flows inside a turn: loads the facts, advances, and turns the outcome into a decision. */
import { instantText } from '../campaign/calendar.ts';
import type { Attachment, Inbound, InboundOf, Message } from '../chat/index.ts';
import { type Decision, insert, type Outgoing, type Write } from '../engine/decision.ts';
import type { HandlerDeps } from '../engine/deps.ts';
import type { TurnContext } from '../engine/turn-context.ts';
import { lostDraftMessage, plainMessage, resumeButton } from '../messages/flow.ts';
import type { Say } from '../messages/say.ts';
import {
  advance,
  applicable,
  askAgain,
  askInstead,
  begin,
  type Frame,
  type Move,
  type Outcome,
  plainAnswers,
  questionOf,
  reword,
  SUMMARY,
} from './advance.ts';
import { park } from './drafts.ts';
import type { Flow, GivenFile, Input } from './flow.ts';
import { fileInput, textInput } from './input.ts';
import type { Answer, ConversationState, FlowState } from './state.ts';
import { view } from './view.ts';

/** What every turn of a flow is given. */
export interface FlowTurn {
  readonly event: Inbound;
  readonly context: TurnContext;
  readonly deps: HandlerDeps;
}

export interface StartOptions {
  /** What the flow is about, e.g. the id of the report being amended. */
  readonly subject?: string;
  /** Answers given beforehand, by question id; a null value counts as skipped. */
  readonly prefill?: Readonly<Record<string, Answer>>;
  /** A sentence said before the first question. */
  readonly note?: string;
}

export const speaker = ({ context, deps }: Pick<FlowTurn, 'context' | 'deps'>): Say =>
  deps.texts[context.language];

/** An answer in the chat the event came from: in place of the message whose button was pressed, else a new one. */
export const reply = ({ event, context }: Omit<FlowTurn, 'deps'>, message: Message): Outgoing => ({
  to: event.where,
  message,
  as: event.kind === 'press' && event.message ? { edit: event.message } : 'send',
  priority: 'reply',
  ...(context.person && event.audience === 'private' && { personId: context.person.id }),
});

/** A decision that only answers. */
export const answerWith = (turn: Omit<FlowTurn, 'deps'>, message: Message): Decision => ({
  writes: [],
  sends: [reply(turn, message)],
  ack: {},
});

/** The same said anew, below the pressed message, so that what that is about stays to be read. */
export const below = (decision: Decision): Decision => ({
  ...decision,
  sends: decision.sends.map((send) => ({ ...send, as: 'send' })),
});

/** A decision that only shows a short text over the chat. */
export const toast = (text: string): Decision => ({ writes: [], sends: [], ack: { toast: text } });

export const outdated = (turn: Pick<FlowTurn, 'context' | 'deps'>): Decision =>
  toast(speaker(turn)('outdated-button'));

/** What a flow's state is looked at through, with the facts loaded for this turn. */
export function frameOf<F>(flow: Flow<F>, { context, deps }: FlowTurn, facts: F): Frame<F> {
  const say = deps.texts[context.language];
  return {
    flow,
    now: instantText(context.now),
    floor: context.conversation.version,
    look: (state) => {
      let answers: ReturnType<typeof plainAnswers> | null = null;
      return {
        say,
        turn: context,
        deps,
        facts,
        // Worked out for whoever asks: many questions never do, and a state may hold many answers.
        get answers() {
          answers ??= plainAnswers(state);
          return answers;
        },
        subject: state.subject,
      };
    },
  };
}

/** The person's conversation with this flow under way. */
export const conversation = (turn: FlowTurn, active: FlowState | null): ConversationState => ({
  ...turn.context.conversation.state,
  active,
});

/** Loads what the question that `state` is at needs, or what an input to it does. */
export const factsFor = <F>(flow: Flow<F>, turn: FlowTurn, input: Input | null, state: FlowState) =>
  flow.facts(input, state, turn.context, turn.deps);

/** A flow's state before anything was asked. */
export const seedOf = <F>(
  flow: Flow<F>,
  { context }: Pick<FlowTurn, 'context'>,
  asking: string,
  { subject, prefill }: Pick<StartOptions, 'subject' | 'prefill'>,
): FlowState => ({
  flow: flow.id,
  version: flow.version,
  asking,
  answers: { ...prefill },
  step: context.conversation.version,
  revising: false,
  subject: subject ?? null,
  albums: [],
  savedAt: instantText(context.now),
});

/**
 * Starts a flow and asks its first question without an answer. An active flow gives way: the
 * dispatcher puts it aside if it is worth keeping. Flows are for private chats: in a group the answer
 * is a pointer there.
 */
export async function startFlow<F>(
  flow: Flow<F>,
  { subject, prefill = {}, note, ...turn }: FlowTurn & StartOptions,
): Promise<Decision> {
  const say = speaker(turn);
  if (turn.event.audience === 'group')
    return turn.event.kind === 'press'
      ? toast(say('flow-private-only'))
      : answerWith(turn, plainMessage([say('flow-private-only')]));
  const first = flow.questions.find(({ id }) => prefill[id] === undefined)?.id ?? SUMMARY;
  const seed = seedOf(flow, turn, first, { ...(subject !== undefined && { subject }), prefill });
  const facts = await factsFor(flow, turn, null, seed);
  const outcome = begin(frameOf(flow, turn, facts), seed.subject, prefill);
  return decide(flow, turn, outcome, { asking: seed.asking, facts }, note ?? null);
}

/** The move an event makes in a flow, or null when the event is none. */
function inputOf(turn: FlowTurn): Input | null {
  const { event, deps } = turn;
  if (event.kind === 'text') return textInput(event);
  if (event.kind === 'attachment') return fileInput(event, deps.uuid());
  return null;
}

/** A text, a file or (as `press`) a button in the flow that is under way. */
export async function continueFlow<F>(
  flow: Flow<F>,
  turn: FlowTurn & { readonly event: InboundOf<'text' | 'attachment' | 'press'> },
  state: FlowState,
  press?: Extract<Move, { kind: 'press' }>,
): Promise<Decision> {
  const { event } = turn;
  if (press && press.step !== state.step) return outdated(turn);
  const input: Input | null =
    press?.verb === 'choose' ? { kind: 'choice', value: press.value } : inputOf(turn);
  const facts = await factsFor(flow, turn, input, state);
  const frame = frameOf(flow, turn, facts);
  const move: Move | null = press ?? (input && { kind: 'input', input });
  if (!move) return outdated(turn);
  const tooBig = event.kind === 'attachment' ? sizeProblem(turn, event.file) : null;
  const outcome: Outcome = tooBig
    ? { kind: 'refused', state, why: tooBig }
    : advance(frame, state, move);
  const loaded = { asking: input ? null : state.asking, facts };
  const decision = await decide(flow, turn, outcome, loaded, null);
  return event.kind === 'attachment'
    ? withFile(turn, event, state, outcome, input, decision)
    : decision;
}

/** One sentence when the file is larger than can be received, else null. */
export function sizeProblem(turn: FlowTurn, { size }: Attachment): string | null {
  const most = turn.deps.abilities(turn.event.where.platform).maxDownloadBytes;
  return size !== null && size > most
    ? speaker(turn)('flow-file-too-big', { most: Math.floor(most / 1_000_000) })
    : null;
}

/** Keeps a file that came with an event; its bytes are fetched after the turn. */
export const mediaRow = ({ where }: Pick<Inbound, 'where'>, { file, mediaId }: GivenFile): Write =>
  insert('media', {
    id: mediaId,
    platform: where.platform,
    tenant: where.tenant,
    attachment: file,
  });

/** Keeps the file that was accepted, and answers an album once, however many events it comes in. */
function withFile(
  turn: FlowTurn,
  event: InboundOf<'attachment'>,
  before: FlowState,
  outcome: Outcome,
  input: Input | null,
  decision: Decision,
): Decision {
  const accepted = outcome.kind === 'noted' || outcome.kind === 'asked' || outcome.kind === 'ready';
  const writes: Write[] = accepted && input?.kind === 'file' ? [mediaRow(event, input)] : [];
  const kept: Decision = { ...decision, writes: [...writes, ...decision.writes] };
  const stays = outcome.kind === 'noted' || outcome.kind === 'refused';
  if (event.album === null || !stays) return kept;
  if (before.albums.includes(event.album)) return { ...kept, sends: [] };
  const state = { ...outcome.state, albums: [...outcome.state.albums, event.album] };
  return { ...kept, state: conversation(turn, state) };
}

interface Loaded<F> {
  readonly facts: F;
  /** The question the facts were loaded for, when no input was looked at. */
  readonly asking: string | null;
}

async function decide<F>(
  flow: Flow<F>,
  turn: FlowTurn,
  outcome: Outcome,
  loaded: Loaded<F>,
  note: string | null,
): Promise<Decision> {
  const say = speaker(turn);
  const said = (message: Message, state: ConversationState): Decision => ({
    ...answerWith(turn, message),
    state,
  });
  switch (outcome.kind) {
    case 'stale':
      return outdated(turn);
    case 'asked': {
      const { state } = outcome;
      const facts =
        state.asking === loaded.asking ? loaded.facts : await factsFor(flow, turn, null, state);
      return said(view(frameOf(flow, turn, facts), state, note), conversation(turn, state));
    }
    case 'noted': {
      const brief = turn.event.kind !== 'press';
      const frame = frameOf(flow, turn, loaded.facts);
      return said(
        view(frame, outcome.state, outcome.note, brief && outcome.note !== null),
        conversation(turn, outcome.state),
      );
    }
    case 'refused': {
      // The summary needs its own facts; a question goes on with what was found for the input.
      const facts =
        outcome.state.asking === SUMMARY
          ? await factsFor(flow, turn, null, outcome.state)
          : loaded.facts;
      const frame = frameOf(flow, turn, facts);
      return said(view(frame, outcome.state, outcome.why), conversation(turn, outcome.state));
    }
    case 'parked': {
      const { state, draft, dropped } = park(conversation(turn, null), outcome.state);
      const lines = [
        say(draft ? 'flow-parked' : 'flow-nothing-to-save'),
        ...(dropped ? [say('flow-draft-dropped')] : []),
      ];
      return said(plainMessage(lines, draft ? [[resumeButton(say)]] : []), state);
    }
    case 'cancelled': {
      const state = conversation(turn, null);
      return said(
        plainMessage([say('flow-cancelled')], state.parked.length > 0 ? [[resumeButton(say)]] : []),
        state,
      );
    }
    case 'ready':
      return finish(flow, turn, outcome.state, loaded.facts);
  }
}

async function finish<F>(
  flow: Flow<F>,
  turn: FlowTurn,
  state: FlowState,
  facts: F,
): Promise<Decision> {
  const frame = frameOf(flow, turn, facts);
  const asked = new Set(applicable(frame, state).map(({ id }) => id));
  const relevant: FlowState = {
    ...state,
    answers: Object.fromEntries(Object.entries(state.answers).filter(([id]) => asked.has(id))),
  };
  const result = await flow.finish(frame.look(relevant), relevant, turn.deps);
  if (result.kind === 'refuse') {
    const next = askInstead(frame, state, result.asking);
    const nextFacts = await factsFor(flow, turn, null, next);
    const message = view(frameOf(flow, turn, nextFacts), next, result.why);
    return { ...answerWith(turn, message), state: conversation(turn, next) };
  }
  return {
    ...result.decision,
    sends: [...(result.reply ? [reply(turn, result.reply)] : []), ...result.decision.sends],
    state: conversation(turn, null),
  };
}

/** Asks the current question again, first saying `note`; earlier buttons of it become old. */
export async function askCurrent<F>(
  flow: Flow<F>,
  turn: FlowTurn,
  state: FlowState,
  note: string | null,
): Promise<Decision> {
  const facts = await factsFor(flow, turn, null, state);
  const frame = frameOf(flow, turn, facts);
  const next = askAgain(frame, state);
  return {
    ...answerWith(turn, view(frame, next, note)),
    state: conversation(turn, next),
  };
}

/** A draft that no longer fits: its words are shown, and the flow (if it still exists) starts again. */
export async function startOver<F>(
  flow: Flow<F> | null,
  turn: FlowTurn,
  state: FlowState,
  texts: readonly string[],
): Promise<Decision> {
  const shown: Outgoing = { to: turn.event.where, message: lostDraftMessage(speaker(turn), texts) };
  const again: Decision = flow
    ? await startFlow(flow, { ...turn, ...(state.subject !== null && { subject: state.subject }) })
    : { writes: [], sends: [], ack: {}, state: conversation(turn, null) };
  return { ...again, sends: [shown, ...again.sends] };
}

/**
 * An earlier message was changed: the answer that came from it changes too. `put` says what the
 * conversation is with the changed state in it (the active flow, or a draft put aside).
 */
export async function changeAnswer<F>(
  flow: Flow<F>,
  turn: FlowTurn & { readonly event: InboundOf<'text'> },
  state: FlowState,
  questionId: string,
  put: (changed: FlowState) => ConversationState,
): Promise<Decision> {
  const say = speaker(turn);
  const input = textInput(turn.event, state.answers[questionId]?.command);
  const facts = await factsFor(flow, turn, input, { ...state, asking: questionId });
  const frame = frameOf(flow, turn, facts);
  const outcome = reword(frame, state, questionId, input);
  if (outcome.kind === 'refused')
    return answerWith(turn, plainMessage([outcome.why, say('flow-not-changed')]));
  const changed = outcome.state;
  const question = questionOf(flow, questionId);
  const context = frame.look(changed);
  const sentence = say('flow-answer-changed', {
    label: question?.label(context) ?? questionId,
    answer: question?.show(changed.answers[questionId]?.value, context) ?? '',
  });
  const next = put(changed);
  if (next.active !== changed || changed.asking !== SUMMARY)
    return { ...answerWith(turn, plainMessage([sentence])), state: next };
  const summaryFacts = await factsFor(flow, turn, null, changed);
  const message = view(frameOf(flow, turn, summaryFacts), changed, sentence);
  return { ...answerWith(turn, message), state: next };
}
