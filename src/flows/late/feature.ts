/** `/giahan`: the office lets a unit or a person report after the close. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import type { Decision } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import { plainMessage } from '../../messages/flow.ts';
import { endQuestion, lateListMessage, whomName, whomOf } from '../../messages/late.ts';
import { may } from '../../people/may.ts';
import type { Feature } from '../feature.ts';
import { openFlow } from '../form.ts';
import { answerWith, type FlowTurn, outdated, speaker, toast } from '../run.ts';
import { endLeave } from './change.ts';
import { lateFlow } from './flow.ts';

const today = ({ context, deps }: FlowTurn): string => campaignDay(context.now, deps.campaign.zone);

async function list(turn: FlowTurn, offset = 0): Promise<Decision> {
  const { deps } = turn;
  const leaves = await deps.reads.lateLeaves(deps.campaign.code, today(turn));
  const at = offset < leaves.length ? offset : 0;
  return answerWith(turn, lateListMessage(speaker(turn), leaves, deps.campaign, at));
}

const command: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  return may(context.person, 'campaign', null)
    ? list(turn)
    : answerWith(turn, plainMessage([speaker(turn)('not-authorised')]));
};

const ACTION =
  /^gh:(?:(?<verb>new)|list:(?<offset>\d{1,6})|ask:(?<asked>\d{1,9})|end:(?<id>\d{1,9}):(?<validTo>\d{4}-\d{2}-\d{2}))$/;

const pressed: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const parts = ACTION.exec(event.action)?.groups;
  if (!parts || event.audience === 'group') return outdated(turn);
  if (!may(context.person, 'campaign', null)) return toast(speaker(turn)('not-authorised'));
  if (parts.verb !== undefined) return openFlow(lateFlow, turn);
  if (parts.offset !== undefined) return list(turn, Number(parts.offset));
  return end(turn, Number(parts.asked ?? parts.id), parts.validTo ?? null);
};

/** Asks first; with the end that was shown, does it. */
async function end(turn: FlowTurn, id: number, shown: string | null): Promise<Decision> {
  const { context, deps } = turn;
  const say = speaker(turn);
  const leave = await deps.reads.lateLeave(id);
  const holds = leave !== null && leave.validTo > today(turn);
  if (!context.person || !holds || (shown !== null && shown !== leave.validTo)) {
    const now = await list(turn);
    return { ...now, ack: { toast: say('outdated-button') } };
  }
  if (shown === null) return answerWith(turn, endQuestion(say, leave));
  const whom = whomOf(leave);
  const target = { unitId: leave.unit?.id ?? null, personId: leave.person?.id ?? null };
  const changed = await endLeave(leave, { target, whom }, context.person, context, deps);
  const leaves = await deps.reads.lateLeaves(deps.campaign.code, today(turn));
  const left = leaves.filter((each) => each.id !== id);
  const done = say('late-ended', { name: whomName(say, whom) });
  const answer = answerWith(turn, lateListMessage(say, left, deps.campaign, 0, done));
  return { writes: changed.writes, sends: [...answer.sends, ...changed.sends], ack: {} };
}

export const lateFeature: Feature = {
  commands: { giahan: command, extend: command },
  presses: { gh: pressed },
  flows: [lateFlow],
};
