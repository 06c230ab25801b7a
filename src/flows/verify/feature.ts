/** Verification: the buttons under a request, and the queue of what waits. */
import { campaignDay, daysSince } from '../../campaign/calendar.ts';
import { type InboundOf, laneKey, type Message } from '../../chat/index.ts';
import type { Decision } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import type { ReportLine, ReportView } from '../../engine/reads.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import { plainMessage } from '../../messages/flow.ts';
import {
  evidenceMessage,
  queueMessage,
  verificationCopy,
  verificationOutcome,
} from '../../messages/verification.ts';
import { holds, may } from '../../people/may.ts';
import { verifierSubject } from '../../reports/notify.ts';
import { evidenceTexts, readable } from '../../reports/subject.ts';
import { parseVerify } from '../../reports/verify-action.ts';
import { enrolmentsFor } from '../enrol/requests.ts';
import type { Feature } from '../feature.ts';
import { openFlow } from '../form.ts';
import { answerWith, below, type FlowTurn, outdated, reply, speaker, toast } from '../run.ts';
import { noAuthority, signedMeanwhile, tooLate, verifierIdsOf } from './authority.ts';
import { decideReport, signReport, type VerifierAction } from './decide.ts';
import { reasonFlow, reasonSubject } from './reason-flow.ts';

interface PressTurn extends FlowTurn {
  readonly event: InboundOf<'press'>;
  readonly person: PersonView;
  readonly report: ReportView;
}

/** Reports like this one, for the verifier to look at first. */
const duplicatesOf = (
  report: ReportView,
  { deps }: Pick<FlowTurn, 'deps'>,
): Promise<ReportLine[]> =>
  deps.reads.similarReports({
    item: report.item,
    authorId: report.author.id,
    title: report.title,
    doneOn: report.doneOn,
    evidence: evidenceTexts(report.evidence),
    except: report.id,
  });

/** The report as it stands now, as this person's copy of it. */
async function currentCopy(turn: PressTurn): Promise<Message> {
  const { report, person, deps } = turn;
  return verificationCopy(speaker(turn), report, {
    campaign: deps.campaign,
    viewerId: person.id,
    duplicates: report.status === 'submitted' ? await duplicatesOf(report, turn) : [],
  });
}

/** The report without buttons to decide on it. */
const outcomeFor = (turn: PressTurn): Message =>
  verificationOutcome(speaker(turn), turn.report, {
    campaign: turn.deps.campaign,
    viewerId: turn.person.id,
  });

const onPress: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const press = parseVerify(event.action);
  const { person } = context;
  if (!press || !person) return outdated({ context, deps });
  const report = await deps.reads.report(press.report);
  if (!report) return outdated({ context, deps });
  const turn: PressTurn = { event, context, deps, person, report };
  const say = speaker(turn);
  const verifierIds = await verifierIdsOf(report, context, deps);
  if (press.verb === 'evidence') return showEvidence(turn, verifierIds);
  if (!verifierIds.includes(person.id) && ['sign', 'return', 'open'].includes(press.verb)) {
    const gone = signedMeanwhile(say, person, report, deps.campaign.zone);
    if (gone !== null) return { ...answerWith(turn, outcomeFor(turn)), ack: { toast: gone } };
  }
  const action = press.verb === 'open' ? null : press.verb;
  const problem = noAuthority(say, person, report, verifierIds, action);
  if (problem !== null) return toast(problem);
  if (press.verb === 'open') return open(turn);
  return act(turn, press.verb, press.version);
};

async function showEvidence(turn: PressTurn, verifierIds: readonly number[]): Promise<Decision> {
  const { person, report } = turn;
  const say = speaker(turn);
  const subject = readable(report, verifierIds, turn.deps.campaign);
  const allowed = may(person, 'report.read', subject);
  if (!allowed) return toast(say('verify-not-yours'));
  if (report.evidence.length === 0) return toast(say('verify-no-evidence'));
  return below(answerWith(turn, evidenceMessage(say, report)));
}

/** Shows a report from the queue as a copy of its own, which later events keep up to date. */
async function open(turn: PressTurn): Promise<Decision> {
  const message = await currentCopy(turn);
  const { status, id } = turn.report;
  return {
    writes: [],
    sends: [
      {
        ...reply(turn, message),
        as: 'send',
        ...(status === 'submitted' && { subject: verifierSubject(id) }),
      },
    ],
    ack: {},
  };
}

async function act(
  turn: PressTurn,
  action: VerifierAction | 'sign',
  version: number,
): Promise<Decision> {
  const { event, context, deps, person, report } = turn;
  const say = speaker(turn);
  const problem = tooLate(say, person, report, action, version, deps.campaign.zone);
  if (problem !== null)
    return { ...answerWith(turn, await currentCopy(turn)), ack: { toast: problem } };
  if (action !== 'verify' && action !== 'sign') {
    const subject = reasonSubject({ action, report: report.id, version });
    return below(await openFlow(reasonFlow, { event, context, deps, subject }));
  }
  const decided =
    action === 'sign'
      ? await signReport(report, person, context, deps)
      : await decideReport('verify', report, null, person, context, deps);
  if (!decided) return outdated(turn);
  const outcome = verificationOutcome(say, decided.report, {
    campaign: deps.campaign,
    viewerId: person.id,
  });
  const subject = verifierSubject(report.id);
  const posted = await deps.reads.postedAt(subject, event.where);
  // The pressed message is changed by the answer; only an other copy in this chat needs the update.
  const others = decided.sends.filter(
    ({ to, as }) =>
      as !== 'update' ||
      laneKey(to) !== laneKey(event.where) ||
      (posted !== null && posted.id !== event.message?.id),
  );
  return {
    writes: decided.writes,
    sends: [reply(turn, outcome), ...others],
    ack: {
      toast: say(action === 'sign' ? 'verify-signed' : 'verify-thanks', {
        number: String(report.id),
      }),
    },
  };
}

/** How many of each kind the queue lists; the rest follows once these are done. */
const LISTED = 5;

const queue: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const say = speaker(turn);
  const { person } = context;
  if (!person || !may(person, 'queue.read', null))
    return answerWith(turn, plainMessage([say('not-authorised')]));
  const { zone } = deps.campaign;
  const on = campaignDay(context.now, zone);
  const [{ total, toSign, lines }, enrolments, exemplars] = await Promise.all([
    deps.reads.queueFor(person.id, on, LISTED),
    enrolmentsFor(person, deps.reads),
    holds(person, 'office')
      ? deps.reads.exemplarsToDecide(deps.campaign.code, person.id, LISTED)
      : null,
  ]);
  const oldest = lines[0];
  const oldestDays = oldest ? daysSince(oldest.submittedAt, on, zone) : 0;
  return answerWith(
    turn,
    queueMessage(
      say,
      {
        total,
        toSign,
        reports: lines,
        oldestDays,
        enrolments: enrolments.slice(0, LISTED),
        enrolmentTotal: enrolments.length,
        ...(exemplars && { exemplars }),
      },
      deps.campaign,
    ),
  );
};

export const verifyFeature: Feature = {
  commands: { choxacnhan: queue, queue },
  presses: { ver: onPress },
  flows: [reasonFlow],
};
