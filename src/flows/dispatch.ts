/** Sends each event to the feature that owns it, and everything else to a short, useful answer. */
import { type Inbound, type InboundOf, laneKey } from '../chat/index.ts';
import { type Decision, nothing } from '../engine/decision.ts';
import type { Handler, HandlerDeps } from '../engine/deps.ts';
import type { TurnContext } from '../engine/turn-context.ts';
import { plainMessage, resumeButton } from '../messages/flow.ts';
import { questionFrom, questionOf } from './advance.ts';
import { cancelCommand, resumeCommand, resumeDraft } from './draft-commands.ts';
import { answerOutsider } from './enrol/outsider.ts';
import type { Feature } from './feature.ts';
import { parseFormId, submitForm, uselessForm } from './form.ts';
import { messageSource } from './input.ts';
import { keepDraft } from './keep-draft.ts';
import { parsePress } from './press.ts';
import { type AnyFlow, type Registry, register } from './registry.ts';
import { answersAsText, restore } from './restore.ts';
import {
  answerWith,
  askCurrent,
  changeAnswer,
  continueFlow,
  type FlowTurn,
  outdated,
  speaker,
  startOver,
  toast,
} from './run.ts';
import type { FlowState } from './state.ts';
import { CANCEL, RESUME, typedCommand } from './typed-command.ts';

interface Turn<E extends Inbound = Inbound> extends FlowTurn {
  readonly event: E;
  readonly registry: Registry;
}
type TurnOf<K extends Inbound['kind']> = Turn<InboundOf<K>>;

/** @throws when two features claim the same command, button prefix or flow. */
export function createDispatch(features: readonly Feature[]): Handler {
  const registry = register(features);
  return async (event: Inbound, context: TurnContext, deps: HandlerDeps) => {
    const refused = answerOutsider(event, deps);
    if (refused) return refused;
    switch (event.kind) {
      case 'joined':
      case 'left':
      case 'moved':
      case 'renamed':
      case 'blocked':
      case 'unblocked':
        return chatEvent(registry, event, context, deps);
      case 'command':
        return pointed(
          event.elsewhere === true,
          await command({ registry, event, context, deps }),
          { event, context, deps },
        );
      case 'press':
        // A button on the person's own page is under no message.
        return pointed(!event.message, await press({ registry, event, context, deps }), {
          event,
          context,
          deps,
        });
      default:
        break;
    }
    // What people say to each other in a group is not meant for the bot.
    if (event.audience === 'group') return nothing;
    switch (event.kind) {
      case 'submit':
        return submitted({ registry, event, context, deps });
      case 'text':
        return event.edited
          ? edited({ registry, event, context, deps })
          : text({ registry, event, context, deps });
      case 'attachment':
        return attachment({ registry, event, context, deps });
      case 'contact':
        return contact({ registry, event, context, deps });
      case 'unsupported':
        return unsupported({ registry, event, context, deps });
    }
  };
}

async function chatEvent(
  registry: Registry,
  event: InboundOf<'joined' | 'left' | 'moved' | 'renamed' | 'blocked' | 'unblocked'>,
  context: TurnContext,
  deps: HandlerDeps,
): Promise<Decision> {
  for (const { events } of registry.features) {
    const handle = events?.[event.kind] as Handler<typeof event> | undefined;
    if (handle) return handle(event, context, deps);
  }
  return nothing;
}

async function command(turn: TurnOf<'command'>): Promise<Decision> {
  const { registry, event, context, deps } = turn;
  const { name } = event;
  const own = [...RESUME, ...CANCEL].includes(name);
  const run = registry.commands.get(name);
  if (event.audience === 'group') {
    if (run && registry.inGroups.has(name)) return run(event, context, deps);
    // An unknown command in a group may be meant for another bot.
    if (!run && !own) return nothing;
    return answerWith(turn, plainMessage([speaker(turn)('flow-private-only')]));
  }
  if (!context.person && !own && !(run && registry.publicCommands.has(name))) return welcome(turn);
  if (RESUME.includes(name)) return resumeCommand(registry, turn);
  if (CANCEL.includes(name)) return cancelCommand(turn);
  if (!run) return hint(turn, 'not-understood');
  return keepDraft(registry, turn, await run(event, context, deps), 'command');
}

async function press(turn: TurnOf<'press'>): Promise<Decision> {
  const { registry, event, context, deps } = turn;
  const prefix = event.action.split(':', 1)[0] ?? '';
  if (prefix === 'cmd') return pressedCommand(turn);
  if (prefix === 'q') return flowPress(turn);
  const run = registry.presses.get(prefix);
  if (!run) return outdated(turn);
  if (!context.person && !registry.publicPresses.has(prefix))
    return toast(speaker(turn)('not-authorised'));
  return keepDraft(registry, turn, await run(event, context, deps), 'press');
}

/**
 * What is answered in the private chat while the person looks at something else (`apart`): that is said
 * where they are, unless something else is.
 */
function pointed(apart: boolean, decision: Decision, turn: FlowTurn): Decision {
  const { where } = turn.event;
  const inChat = decision.sends.some(({ to }) => laneKey(to) === laneKey(where));
  if (!apart || !inChat || Object.keys(decision.ack).length > 0) return decision;
  return { ...decision, ack: { toast: speaker(turn)('home-answered') } };
}

/** `cmd:<name>` is the command as if it had been typed. */
async function pressedCommand(turn: TurnOf<'press'>): Promise<Decision> {
  const { action, ...event } = turn.event;
  const name = action.slice('cmd:'.length);
  const known = turn.registry.commands.has(name) || RESUME.includes(name) || CANCEL.includes(name);
  if (!known) return outdated(turn);
  if (event.audience === 'group' && !turn.registry.inGroups.has(name))
    return toast(speaker(turn)('flow-private-only'));
  return command({ ...turn, event: { ...event, kind: 'command', name, args: '' } });
}

async function flowPress(turn: TurnOf<'press'>): Promise<Decision> {
  const pressed = parsePress(turn.event.action);
  if (!pressed || turn.event.audience === 'group') return outdated(turn);
  if (pressed.kind === 'resume') {
    const decision = await resumeDraft(turn.registry, turn, pressed.step);
    return keepDraft(turn.registry, turn, decision, 'press');
  }
  return (
    (await inActive(turn, (flow, state) => continueFlow(flow, turn, state, pressed))) ??
    outdated(turn)
  );
}

/** A form came back: its flow decides, whatever else the person has under way in the chat. */
async function submitted(turn: TurnOf<'submit'>): Promise<Decision> {
  const say = speaker(turn);
  const form = parseFormId(turn.event.form);
  const flow = form && turn.registry.flows.get(form.flow);
  if (!form || !flow?.form) return uselessForm(turn, say('form-outdated'));
  if (!turn.context.person) return uselessForm(turn, say('not-authorised'));
  return keepDraft(turn.registry, turn, await submitForm(flow, turn, form.key), 'submit');
}

/** Runs `go` with the active flow, brought up to this release; null when no flow is active. */
async function inActive(
  turn: Turn,
  go: (flow: AnyFlow, state: FlowState) => Promise<Decision>,
): Promise<Decision | null> {
  const { active } = turn.context.conversation.state;
  if (!active) return null;
  const flow = turn.registry.flows.get(active.flow);
  if (!flow) return startOver(null, turn, active, answersAsText(active));
  const restored = restore(flow, active);
  return restored.kind === 'fits'
    ? go(flow, restored.state)
    : startOver(flow, turn, active, restored.texts);
}

async function text(turn: TurnOf<'text'>): Promise<Decision> {
  const { registry, event, context, deps } = turn;
  const typed = typedCommand(event.text, registry, speaker(turn));
  // A question that collects takes any text: there the bare words of a command are the command.
  const calls = typed?.args === '' && isCollecting(turn);
  const answered =
    !calls && (await inActive(turn, (flow, state) => continueFlow(flow, turn, state)));
  if (answered) return answered;
  if (typed) return command({ ...turn, event: asCommand(event, typed.name, typed.args) });
  for (const feature of registry.features) {
    const decision = await feature.text?.(event, context, deps);
    if (decision) return decision;
  }
  return context.person ? hint(turn, 'not-understood') : welcome(turn);
}

function isCollecting({ registry, context }: Turn): boolean {
  const { active } = context.conversation.state;
  const flow = active && registry.flows.get(active.flow);
  return flow ? (questionOf(flow, active.asking)?.collects ?? false) : false;
}

/** A message changed afterwards: the answer it gave changes, in the flow, in a draft or in what was sent. */
async function edited(turn: TurnOf<'text'>): Promise<Decision> {
  const { registry, event, context, deps } = turn;
  const source = messageSource(event.message);
  const conversation = context.conversation.state;
  for (const saved of [conversation.active, ...conversation.parked]) {
    const flow = saved && registry.flows.get(saved.flow);
    const restored = flow && restore(flow, saved);
    const question = restored?.kind === 'fits' ? questionFrom(restored.state, source) : null;
    if (!flow || restored?.kind !== 'fits' || question === null) continue;
    return changeAnswer(flow, turn, restored.state, question, (changed) =>
      saved === conversation.active
        ? { ...conversation, active: changed }
        : {
            ...conversation,
            parked: conversation.parked.map((draft) => (draft === saved ? changed : draft)),
          },
    );
  }
  for (const feature of registry.features) {
    const decision = await feature.edited?.(event, context, deps);
    if (decision) return decision;
  }
  return nothing;
}

async function attachment(turn: TurnOf<'attachment'>): Promise<Decision> {
  const answered = await inActive(turn, (flow, state) => continueFlow(flow, turn, state));
  if (answered) return answered;
  return turn.context.person ? hint(turn, 'flow-file-hint') : welcome(turn);
}

async function contact(turn: TurnOf<'contact'>): Promise<Decision> {
  const { registry, event, context, deps } = turn;
  const handle = registry.features.find((feature) => feature.events?.contact)?.events?.contact;
  if (handle && !context.person) return handle(event, context, deps);
  return unsupported(turn);
}

/** A sticker, a voice message: said politely, and the question stands. */
async function unsupported(turn: Turn): Promise<Decision> {
  const say = speaker(turn);
  const asked = await inActive(turn, (flow, state) =>
    askCurrent(flow, turn, state, say('flow-unsupported')),
  );
  return asked ?? (turn.context.person ? hint(turn, 'flow-unsupported') : welcome(turn));
}

/** One sentence and where to go from here. What is being entered stays as it is. */
function hint(turn: Turn, sentence: string): Decision {
  const say = speaker(turn);
  const { active, parked } = turn.context.conversation.state;
  return answerWith(
    turn,
    plainMessage(
      [say(sentence)],
      [
        ...(active || parked.length > 0 ? [[resumeButton(say)]] : []),
        [
          { label: say('flow-button-report'), action: 'cmd:baocao' },
          { label: say('flow-button-help'), action: 'cmd:trogiup' },
        ],
      ],
    ),
  );
}

/** Whoever is not enrolled is led to enrolment, whatever they sent. */
async function welcome(turn: Turn): Promise<Decision> {
  const start = turn.registry.commands.get('start');
  if (!start) return nothing;
  const decision = await start(asCommand(turn.event, 'start', ''), turn.context, turn.deps);
  return keepDraft(turn.registry, turn, decision, 'command');
}

/** The event as if this command had been typed. */
const asCommand = (event: Inbound, name: string, args: string): InboundOf<'command'> => {
  const { delivery, where, audience, from } = event;
  const message = 'message' in event ? event.message : undefined;
  return {
    delivery,
    where,
    audience,
    from,
    ...(message && { message }),
    kind: 'command',
    name,
    args,
  };
};
