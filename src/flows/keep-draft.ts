/** What a person was entering is never lost to a command or button: whoever takes over, it is put aside. */
import { laneKey, type Message } from '../chat/index.ts';
import type { Decision, Outgoing } from '../engine/decision.ts';
import { plainMessage, resumeButton } from '../messages/flow.ts';
import { park } from './drafts.ts';
import type { Registry } from './registry.ts';
import { type FlowTurn, reply, speaker } from './run.ts';

/**
 * Completes the decision of a command, button or form that ran while a flow was active. A command puts
 * the flow aside even when it has no flow of its own, unless it opened a form over the chat; a button
 * or form does so only when it starts one.
 */
export function keepDraft(
  registry: Registry,
  turn: FlowTurn,
  decision: Decision,
  by: 'command' | 'press' | 'submit',
): Decision {
  const before = turn.context.conversation.state;
  const { active } = before;
  if (!active || !(registry.flows.get(active.flow)?.keepsDrafts ?? true)) return decision;
  if (!decision.state && (by !== 'command' || decision.ack.form)) return decision;
  const after = decision.state ?? { ...before, active: null };
  const same = (other: { flow: string; step: number } | null) =>
    other?.flow === active.flow && other.step === active.step;
  if (same(after.active) || after.parked.some(same)) return decision;
  const { state, draft, dropped } = park(after, active);
  if (!draft) return { ...decision, state };
  const say = speaker(turn);
  const notes = [say('flow-parked-note'), ...(dropped ? [say('flow-draft-dropped')] : [])];
  return {
    ...decision,
    state,
    sends: withNotes(turn, decision.sends, notes, after.active === null),
  };
}

/** Adds the notes (and the way back to the draft) under the answer the person is about to get. */
function withNotes(
  turn: FlowTurn,
  sends: readonly Outgoing[],
  notes: readonly string[],
  offer: boolean,
): Outgoing[] {
  const here = laneKey(turn.event.where);
  const last = sends.findLastIndex(({ to, as }) => laneKey(to) === here && as !== 'update');
  const button = [[resumeButton(speaker(turn))]];
  if (last < 0) return [...sends, reply(turn, plainMessage(notes, offer ? button : []))];
  return sends.map((send, at) => {
    if (at !== last) return send;
    const { message } = send;
    const noted: Message = {
      ...message,
      blocks: [
        ...message.blocks,
        ...notes.map((text) => ({ kind: 'note' as const, text: [text] })),
      ],
    };
    return {
      ...send,
      message:
        offer && !message.contactRequest
          ? { ...noted, buttons: [...(message.buttons ?? []), ...button] }
          : noted,
    };
  });
}
