/** `/baocao`: reporting a result; and changing one by changing the message it came from. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import type { Decision } from '../../engine/decision.ts';
import type { Handler, HandlerDeps } from '../../engine/deps.ts';
import type { TurnContext } from '../../engine/turn-context.ts';
import { plainMessage } from '../../messages/flow.ts';
import { questionOf } from '../advance.ts';
import type { Feature } from '../feature.ts';
import type { Parsed } from '../flow.ts';
import { messageSource, textInput } from '../input.ts';
import { answerWith, speaker } from '../run.ts';
import { begunWith } from './begun-with.ts';
import { reportFlows } from './flow.ts';
import { answersFrom, questionNamed } from './from-report.ts';
import { openReport } from './open.ts';
import { rewrite, statusTwice } from './submit.ts';
import { findWhose, itemsOf, leaveFor, wayOf } from './target.ts';
import { ReportAnswers } from './values.ts';
import { reportingClosed } from './window.ts';

const report: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  return openReport('own', turn, begunWith(event, speaker(turn)));
};

/** A message that gave an answer of a report already sent was changed. */
async function edited(
  event: InboundOf<'text'>,
  context: TurnContext,
  deps: HandlerDeps,
): Promise<Decision | null> {
  const { person } = context;
  if (!person) return null;
  const found = await deps.reads.reportBySource(person.id, messageSource(event.message));
  if (!found) return null;
  const turn = { event, context, deps };
  const say = speaker(turn);
  const before = found.report;
  const number = String(before.id);
  if (before.status === 'verified')
    return answerWith(
      turn,
      plainMessage(
        [say('report-edit-verified', { number })],
        [[{ label: say('report-button-amend'), action: `rep:${number}:amend` }]],
      ),
    );
  if (before.status !== 'submitted' && before.status !== 'returned')
    return answerWith(turn, plainMessage([say('report-cannot-amend', { number })]));

  const answers = answersFrom(before);
  const way = wayOf(before, person.id);
  const question = questionOf(reportFlows[way], questionNamed(found.answer));
  if (!question) return null;
  const today = campaignDay(context.now, deps.campaign.zone);
  const { whose } = await findWhose(way, number, context, deps, today);
  const facts = {
    today,
    whose,
    items: itemsOf(deps.campaign, whose),
    page: 0,
    hits: null,
    picked: null,
    similar: [],
    amending: before,
  };
  const values = Object.fromEntries(
    Object.entries(answers)
      .filter(([, answer]) => answer.value !== null)
      .map(([id, answer]) => [id, answer.value]),
  );
  const questionContext = {
    say,
    turn: context,
    deps,
    facts,
    answers: values,
    subject: number,
  };
  const parsed: Parsed = question.parse(
    textInput(event, answers[question.id]?.command),
    questionContext,
  );
  if (parsed.kind === 'stay') return null;
  if (parsed.kind === 'refuse')
    return answerWith(turn, plainMessage([parsed.why, say('flow-not-changed')]));
  const after = ReportAnswers.parse({ ...values, [question.id]: parsed.value });
  const refused =
    (await reportingClosed(say, leaveFor(before), facts.today, deps)) ??
    (await statusTwice(say, after, before, before.id, deps));
  if (refused !== null) return answerWith(turn, plainMessage([refused, say('flow-not-changed')]));
  const { decision } = await rewrite(before, after, person, { turn: context, facts }, deps);
  const sentence = say('flow-answer-changed', {
    label: question.label(questionContext),
    answer: question.show(parsed.value, questionContext),
  });
  const reply =
    before.status === 'returned'
      ? plainMessage(
          [sentence, say('report-still-returned', { number })],
          [[{ label: say('report-button-resend'), action: `rep:${number}:amend` }]],
        )
      : plainMessage([sentence]);
  return { ...decision, sends: [...answerWith(turn, reply).sends, ...decision.sends] };
}

export const reportFeature: Feature = {
  commands: { baocao: report, report },
  flows: Object.values(reportFlows),
  edited,
};
