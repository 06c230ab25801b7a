/** `/tieptuc` and `/huy`: taking a draft up again, and giving the active flow up. */
import type { Decision } from '../engine/decision.ts';
import { draftsMessage, plainMessage, resumeButton } from '../messages/flow.ts';
import { isBlank } from './advance.ts';
import { withoutDraft } from './drafts.ts';
import type { Registry } from './registry.ts';
import { answersAsText, restore } from './restore.ts';
import { answerWith, askCurrent, type FlowTurn, outdated, speaker, startOver } from './run.ts';
import type { FlowState } from './state.ts';

/** Goes on with a saved flow, wherever it was saved and whatever release saved it. */
async function takeUp(registry: Registry, turn: FlowTurn, saved: FlowState): Promise<Decision> {
  const flow = registry.flows.get(saved.flow);
  if (!flow) return startOver(null, turn, saved, answersAsText(saved));
  const restored = restore(flow, saved);
  return restored.kind === 'fits'
    ? askCurrent(flow, turn, restored.state, null)
    : startOver(flow, turn, saved, restored.texts);
}

const withParked = (turn: FlowTurn, draft: FlowState): FlowTurn => ({
  ...turn,
  context: {
    ...turn.context,
    conversation: {
      ...turn.context.conversation,
      state: withoutDraft(turn.context.conversation.state, draft),
    },
  },
});

export function resumeCommand(registry: Registry, turn: FlowTurn): Promise<Decision> | Decision {
  const { active, parked } = turn.context.conversation.state;
  const say = speaker(turn);
  if (active) return takeUp(registry, turn, active);
  const [only, ...others] = parked;
  if (!only)
    return answerWith(
      turn,
      plainMessage(
        [say('flow-no-drafts')],
        [[{ label: say('flow-button-report'), action: 'cmd:baocao' }]],
      ),
    );
  if (others.length === 0) return takeUp(registry, withParked(turn, only), only);
  const drafts = parked.map((draft) => ({
    step: draft.step,
    label: labelOf(registry, turn, draft),
  }));
  return answerWith(turn, draftsMessage(say, drafts));
}

/** Title of the flow and the words that tell this draft from others. */
function labelOf(registry: Registry, turn: FlowTurn, draft: FlowState): string {
  const say = speaker(turn);
  const flow = registry.flows.get(draft.flow);
  const title = flow?.title({ say, subject: draft.subject }) ?? say('flow-resume');
  const typed = Object.values(draft.answers).find(
    (answer) => answer.source !== undefined && typeof answer.value === 'string' && !isBlank(answer),
  );
  const name = draft.answers[flow?.named ?? '']?.value ?? typed?.value;
  if (typeof name !== 'string') return title;
  const words = [...name].slice(0, 30).join('').trim();
  return say('flow-draft-label', { title, words });
}

/** The button of one draft in the list. */
export function resumeDraft(
  registry: Registry,
  turn: FlowTurn,
  step: number,
): Promise<Decision> | Decision {
  const draft = turn.context.conversation.state.parked.find((each) => each.step === step);
  return draft ? takeUp(registry, withParked(turn, draft), draft) : outdated(turn);
}

export function cancelCommand(turn: FlowTurn): Decision {
  const { active, parked } = turn.context.conversation.state;
  const say = speaker(turn);
  const message = plainMessage(
    [say(active ? 'flow-cancelled' : 'flow-nothing-to-cancel')],
    parked.length > 0 ? [[resumeButton(say)]] : [],
  );
  return { ...answerWith(turn, message), ...(active && { state: { active: null, parked } }) };
}
