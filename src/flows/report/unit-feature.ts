/** `/tapthe`: a collective report of a unit that one files for; `col:<unit>` chooses it. */
import type { InboundOf } from '../../chat/index.ts';
import type { Handler } from '../../engine/deps.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import { plainMessage } from '../../messages/flow.ts';
import { unitName } from '../../messages/report.ts';
import { inVietnameseOrder } from '../../people/fold.ts';
import { may } from '../../people/may.ts';
import type { Feature } from '../feature.ts';
import { answerWith, outdated, speaker } from '../run.ts';
import { begunWith } from './begun-with.ts';
import { openReport } from './open.ts';
import { unitSubject } from './target.ts';

/** The units a person files for, by their numbers. */
export const filedUnits = (person: PersonView): number[] => [
  ...new Set(
    person.grants.flatMap(({ unitId }) =>
      unitId !== null && may(person, 'report.file-collective', { unitId }) ? [unitId] : [],
    ),
  ),
];

const file: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const say = speaker(turn);
  if (event.audience === 'group') return openReport('unit', turn);
  const unitIds = context.person ? filedUnits(context.person) : [];
  const [only, ...others] = unitIds;
  if (only === undefined) return answerWith(turn, plainMessage([say('unit-report-none')]));
  if (others.length === 0)
    return openReport('unit', turn, { subject: unitSubject(only), ...begunWith(event, say) });
  const units = await deps.reads.units(unitIds);
  const choices = units
    .map((unit) => ({ label: unitName(say, unit), action: `col:${unit.id}` }))
    .sort((a, b) => inVietnameseOrder(a.label, b.label));
  return answerWith(
    turn,
    plainMessage(
      [say('unit-report-choose')],
      choices.map((choice) => [choice]),
    ),
  );
};

const chosen: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const [, unitId] = /^col:(\d{1,9})$/.exec(event.action) ?? [];
  if (unitId === undefined || event.audience === 'group') return outdated(turn);
  return openReport('unit', turn, { subject: unitSubject(Number(unitId)) });
};

export const unitReportFeature: Feature = {
  commands: { tapthe: file, unitreport: file },
  presses: { col: chosen },
};
