/** Begins a report, new or changed, after saying why it cannot be. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { Decision } from '../../engine/decision.ts';
import { plainMessage } from '../../messages/flow.ts';
import { openFlow } from '../form.ts';
import { answerWith, type FlowTurn, type StartOptions, speaker } from '../run.ts';
import { reportFlows } from './flow.ts';
import { cannotReport } from './submit.ts';
import { findWhose, itemsOf, type Way } from './target.ts';

/** `subject`: see `target.ts`. */
export async function openReport(
  way: Way,
  turn: FlowTurn,
  options: StartOptions = {},
): Promise<Decision> {
  const { event, context, deps } = turn;
  const flow = reportFlows[way];
  if (event.audience !== 'group') {
    const today = campaignDay(context.now, deps.campaign.zone);
    const { whose } = await findWhose(way, options.subject ?? null, context, deps, today);
    const facts = { today, whose, items: itemsOf(deps.campaign, whose) };
    const cannot = await cannotReport({ say: speaker(turn), turn: context, deps, facts });
    if (cannot !== null) return answerWith(turn, plainMessage([cannot]));
  }
  return openFlow(flow, { ...turn, ...options });
}
