/** `/cuatoi`: a person's own reports; changing, sending again and withdrawing them. */
import type { InboundOf } from '../../chat/index.ts';
import type { Decision } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import type { ReportView } from '../../engine/reads.ts';
import { plainMessage } from '../../messages/flow.ts';
import {
  ownReportMessage,
  ownReportsMessage,
  type Part,
  REPORTS_SHOWN,
  withdrawQuestion,
} from '../../messages/own-reports.ts';
import { myReportsButton } from '../../messages/report.ts';
import { may } from '../../people/may.ts';
import { transition, voidsVerification } from '../../reports/lifecycle.ts';
import { authored } from '../../reports/subject.ts';
import { withdrawWithReport } from '../exemplars/change.ts';
import type { Feature } from '../feature.ts';
import { answersFrom } from '../report/from-report.ts';
import { openReport } from '../report/open.ts';
import { wayOf } from '../report/target.ts';
import { tellOf } from '../report/tell.ts';
import { withdrawnReport } from '../report/writes.ts';
import { answerWith, type FlowTurn, outdated, speaker, toast } from '../run.ts';

async function list(turn: FlowTurn, offset: number, part: Part = 'own'): Promise<Decision> {
  const {
    context: { person },
    deps: { reads, campaign },
  } = turn;
  if (!person) return toast(speaker(turn)('not-authorised'));
  const page = { limit: REPORTS_SHOWN, offset };
  const [{ total, lines }, parts] = await Promise.all([
    reads.reportsOf(person.id, page, part),
    reads.ownParts(person.id, campaign.code),
  ]);
  return answerWith(turn, ownReportsMessage(speaker(turn), { total, lines, offset, part, parts }));
}

const mine: Handler<InboundOf<'command'>> = (event, context, deps) =>
  list({ event, context, deps }, 0);

const ACTION =
  /^rep:(?:list:(?:(?<part>unit|for):)?(?<offset>\d{1,6})|(?<id>\d{1,9}):(?<verb>open|amend|withdraw|gone:(?<version>\d{1,9})))$/;

const pressed: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const say = speaker(turn);
  const parts = ACTION.exec(event.action)?.groups;
  if (!parts || event.audience === 'group') return outdated(turn);
  if (parts.offset !== undefined)
    return list(turn, Number(parts.offset), (parts.part ?? 'own') as Part);
  const report = await deps.reads.report(Number(parts.id));
  // Another person's report is answered like one that does not exist.
  if (!report || !may(context.person, 'report.amend', authored(report)))
    return toast(say('report-unknown'));
  if (parts.verb === 'open') return answerWith(turn, ownReportMessage(say, report, deps.campaign));
  return parts.verb === 'amend'
    ? amend(turn, report)
    : withdraw(turn, report, parts.version === undefined ? null : Number(parts.version));
};

async function amend(turn: FlowTurn, report: ReportView): Promise<Decision> {
  const { person } = turn.context;
  const say = speaker(turn);
  if (!person || !transition(report.status, 'resubmit', 'author'))
    return toast(say('report-cannot-amend', { number: String(report.id) }));
  return openReport(wayOf(report, person.id), turn, {
    subject: String(report.id),
    prefill: answersFrom(report),
  });
}

/** Asks first; with the version that was asked about, does it. */
async function withdraw(
  turn: FlowTurn,
  report: ReportView,
  version: number | null,
): Promise<Decision> {
  const { context, deps } = turn;
  const say = speaker(turn);
  const number = String(report.id);
  if (!context.person || !transition(report.status, 'withdraw', 'author'))
    return toast(say('report-cannot-withdraw', { number }));
  if (version === null) return answerWith(turn, withdrawQuestion(say, report));
  if (version !== report.version)
    return {
      ...answerWith(turn, ownReportMessage(say, report, deps.campaign)),
      ack: { toast: say('outdated-button') },
    };
  const change = {
    actorId: context.person.id,
    at: context.now.toString(),
    event: 'withdrawn',
  } as const;
  const after: ReportView = { ...report, status: 'withdrawn', version: report.version + 1 };
  const told = await tellOf({ ...change, report: after, added: [], verifiers: [] }, deps);
  const answer = answerWith(
    turn,
    plainMessage([say('report-withdrawn', { number })], [[myReportsButton(say)]]),
  );
  const exemplar = voidsVerification(report.status)
    ? await withdrawWithReport(after, context.person, context, deps)
    : null;
  return {
    writes: [...withdrawnReport(report, change), ...(exemplar?.writes ?? [])],
    sends: [...answer.sends, ...told, ...(exemplar?.sends ?? [])],
    ack: {},
  };
}

export const ownReportsFeature: Feature = {
  commands: { cuatoi: mine, mine },
  presses: { rep: pressed },
};
