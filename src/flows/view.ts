/** What the person sees of a flow's state: the question asked, or the summary. */
import type { Message } from '../chat/index.ts';
import { questionMessage, summaryMessage } from '../messages/flow.ts';
import { applicable, type Frame, isBlank, questionOf } from './advance.ts';
import type { FlowState } from './state.ts';

/**
 * `before` is a sentence said first. A `brief` view leaves the question's own text out, for the many
 * small answers to a question that collects.
 */
export function view<F>(
  frame: Frame<F>,
  state: FlowState,
  before: string | null,
  brief = false,
): Message {
  const { flow } = frame;
  const context = frame.look(state);
  const title = flow.title(context);
  const asked = applicable(frame, state);
  const question = questionOf(flow, state.asking);
  if (!question)
    return summaryMessage(context.say, {
      title,
      step: state.step,
      before,
      rows: asked.map((each) => ({
        id: each.id,
        label: each.label(context),
        value: isBlank(state.answers[each.id])
          ? context.say('flow-none')
          : each.show(state.answers[each.id]?.value, context),
      })),
      review: flow.review?.(context) ?? [],
      park: flow.keepsDrafts,
    });
  const prompt = question.ask(context);
  const answer = state.answers[question.id];
  const given = !isBlank(answer);
  const at = asked.findIndex(({ id }) => id === question.id);
  const optional = question.optional?.(context) ?? false;
  return questionMessage(context.say, {
    title: state.revising ? question.label(context) : title,
    progress: state.revising || asked.length < 2 ? null : { at: at + 1, of: asked.length },
    changing: state.revising,
    step: state.step,
    before,
    blocks: brief ? [] : prompt.blocks,
    choices: prompt.choices ?? [],
    current: given ? question.show(answer?.value, context) : null,
    moves: {
      back: state.revising || at > 0,
      skip: optional && !(question.collects && given),
      keep: given && !question.collects,
      done: (question.collects ?? false) && given,
      park: flow.keepsDrafts,
    },
  });
}
