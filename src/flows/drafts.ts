/** Putting flows aside and taking them up again. Pure. */
import { isBlank } from './advance.ts';
import { type ConversationState, type FlowState, MAX_PARKED } from './state.ts';

/** Whether anything would be lost with it. */
const hasAnswers = (draft: FlowState): boolean =>
  Object.values(draft.answers).some((answer) => !isBlank(answer));

export interface Parked {
  readonly state: ConversationState;
  /** The draft put aside, or null when there was nothing in it. */
  readonly draft: FlowState | null;
  /** The oldest draft, when it had to make room: the person must be told. */
  readonly dropped: FlowState | null;
}

/** Puts `draft` in front of the parked ones; the conversation's active flow is left as it is. */
export function park(state: ConversationState, draft: FlowState): Parked {
  if (!hasAnswers(draft)) return { state, draft: null, dropped: null };
  const all = [draft, ...state.parked];
  return {
    state: { ...state, parked: all.slice(0, MAX_PARKED) },
    draft,
    dropped: all[MAX_PARKED] ?? null,
  };
}

export const withoutDraft = (state: ConversationState, draft: FlowState): ConversationState => ({
  ...state,
  parked: state.parked.filter((other) => other !== draft),
});
