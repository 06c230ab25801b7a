/** `/baocaothay`: entering a report for somebody who uses no platform; `for:<person>` chooses whom. */
import type { InboundOf } from '../../chat/index.ts';
import type { Handler } from '../../engine/deps.ts';
import { plainMessage } from '../../messages/flow.ts';
import { unitName } from '../../messages/report.ts';
import { may } from '../../people/may.ts';
import type { Feature } from '../feature.ts';
import { answerWith, outdated, speaker, startFlow } from '../run.ts';
import { namedBeforehand, whomFlow } from '../whom.ts';
import { openReport } from './open.ts';
import { personSubject } from './target.ts';
import { filedUnits } from './unit-feature.ts';

const reportForWhom = whomFlow({
  id: 'report-for-whom',
  texts: 'report',
  units: filedUnits,
  offer({ id, name, unit, taken }, person, say) {
    const about = { unitId: unit.id, personId: id, enrolled: taken };
    if (may(person, 'report.file-for', about))
      return {
        label: say('whom-hit', { name, unit: unitName(say, unit) }),
        action: `for:${id}`,
      };
    return id === person.id ? say('report-for-self') : say('report-for-taken', { name });
  },
});

const search: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  if (event.audience === 'group') return startFlow(reportForWhom, turn);
  if (!context.person || filedUnits(context.person).length === 0)
    return answerWith(turn, plainMessage([speaker(turn)('report-for-none')]));
  return startFlow(reportForWhom, { ...turn, ...namedBeforehand(event.args) });
};

const chosen: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const [, personId] = /^for:(\d{1,9})$/.exec(event.action) ?? [];
  if (personId === undefined || event.audience === 'group') return outdated(turn);
  return openReport('for', turn, { subject: personSubject(Number(personId)) });
};

export const reportForFeature: Feature = {
  commands: { baocaothay: search, reportfor: search },
  presses: { for: chosen },
  flows: [reportForWhom],
};
