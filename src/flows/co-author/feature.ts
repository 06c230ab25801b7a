/**
 * Co-authors say whether they shared the work: `co:<report>:y|n`. They may change their mind while it
 * counts. `co:<report>:o` shows the request anew, where it is one of several things that wait.
 */
import { campaignDay } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import { type Decision, insert, update } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import type { ReportView } from '../../engine/reads.ts';
import { asksCoAuthors, coAuthorMessage } from '../../messages/co-author.ts';
import { may } from '../../people/may.ts';
import { coAuthorSubject, type ReportEvent } from '../../reports/notify.ts';
import { handled } from '../../reports/subject.ts';
import type { Feature } from '../feature.ts';
import { tellOf } from '../report/tell.ts';
import { answerWith, outdated, reply, speaker, toast } from '../run.ts';

const pressed: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const say = speaker(turn);
  const [, id, verb] = /^co:(\d{1,9}):([yno])$/.exec(event.action) ?? [];
  if (id === undefined || event.audience === 'group') return outdated(turn);
  const report = await deps.reads.report(Number(id));
  const contributorIds = report?.contributors.map(({ personId }) => personId) ?? [];
  const { person } = context;
  const own = report?.contributors.find(({ personId }) => personId === person?.id);
  if (!report || !own || !person || !may(person, 'report.share', { contributorIds }))
    return toast(say('co-not-asked'));
  const current = coAuthorMessage(say, report, deps.campaign, own.answer);
  if (!asksCoAuthors(report))
    return { ...answerWith(turn, current), ack: { toast: say('co-not-asked') } };
  if (verb === 'o') {
    // Later changes are shown in this copy.
    const copy = {
      ...reply(turn, current),
      as: 'send',
      subject: coAuthorSubject(report.id),
    } as const;
    return { writes: [], sends: [copy], ack: {} };
  }
  const answer = verb === 'y' ? 'confirmed' : 'declined';
  const name: ReportEvent = verb === 'y' ? 'co-author-confirmed' : 'co-author-declined';
  if (own.answer === answer) return toast(say('co-already'));
  const at = context.now.toString();
  const after: ReportView = {
    ...report,
    contributors: report.contributors.map((each) => (each === own ? { ...each, answer } : each)),
  };
  const verifiers = await deps.reads.verifiersOf(
    report.unit.id,
    report.author.id,
    campaignDay(context.now, deps.campaign.zone),
    handled(report),
  );
  const told = await tellOf(
    { event: name, report: after, added: [], actorId: person.id, verifiers },
    deps,
  );
  const shown = answerWith(turn, coAuthorMessage(say, after, deps.campaign, answer));
  const decision: Decision = {
    writes: [
      update(
        'contributor',
        { reportId: report.id, personId: person.id, answer: own.answer },
        { answer, answeredAt: at },
      ),
      // The report's points change with it, while what its verifiers decide on stays the same version.
      update('report', { id: report.id, version: report.version }, { changedAt: at }),
      insert('reportEvent', { reportId: report.id, at, actorId: person.id, event: name }),
    ],
    sends: [...shown.sends, ...told],
    ack: { toast: say('co-thanks') },
  };
  return decision;
};

export const coauthorFeature: Feature = { presses: { co: pressed } };
