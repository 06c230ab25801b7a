/** `/tailieu`: final documents and their workbooks, as files. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import type { Handler } from '../../engine/deps.ts';
import { showDate } from '../../messages/dates.ts';
import { plainMessage } from '../../messages/flow.ts';
import type { Feature } from '../feature.ts';
import { openFlow } from '../form.ts';
import { answerWith, speaker } from '../run.ts';
import { documentsFlow, mayAsk, periodsOf } from './flow.ts';

const command: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const say = speaker(turn);
  const { campaign } = deps;
  if (!(await mayAsk(context, deps)))
    return answerWith(turn, plainMessage([say('not-authorised')]));
  if (periodsOf(campaign, campaignDay(context.now, campaign.zone)).length === 0)
    return answerWith(
      turn,
      plainMessage([say('export-early', { date: showDate(campaign.period.from, say.language) })]),
    );
  return openFlow(documentsFlow, turn);
};

export const documentsFeature: Feature = {
  commands: { tailieu: command, documents: command },
  flows: [documentsFlow],
};
