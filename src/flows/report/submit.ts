/** Sending a report, for the first time or again. */
import { instantText } from '../../campaign/calendar.ts';
import { stageOf, stageSpan } from '../../campaign/stages.ts';
import type { Stage } from '../../campaign/types.ts';
import type { Decision, Outgoing, Write } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { ReportView } from '../../engine/reads.ts';
import type { PersonView, Recipient } from '../../engine/turn-context.ts';
import { receiptMessage } from '../../messages/report.ts';
import type { Say } from '../../messages/say.ts';
import { may } from '../../people/may.ts';
import { itemOf } from '../../reports/items.ts';
import { transition, voidsVerification } from '../../reports/lifecycle.ts';
import { weekCounted } from '../../reports/period.ts';
import { authored, awaitsSignature, handled } from '../../reports/subject.ts';
import { SUMMARY } from '../advance.ts';
import { withdrawWithReport } from '../exemplars/change.ts';
import type { Finish, QuestionContext } from '../flow.ts';
import type { Answer, FlowState } from '../state.ts';
import type { ReportFacts } from './facts.ts';
import { contentOf, sourcesOf } from './from-report.ts';
import { amendedNumber, leaveFor, type Target } from './target.ts';
import { tellOf } from './tell.ts';
import { daySentence } from './text-questions.ts';
import { ReportAnswers } from './values.ts';
import { reportingClosed, windowOf } from './window.ts';
import { amendedReport, newReport } from './writes.ts';

type Context = QuestionContext<ReportFacts>;

/** Why it cannot be reported now, or null. */
export async function cannotReport({
  say,
  turn,
  deps,
  facts,
}: Pick<Context, 'say' | 'turn'> & {
  readonly deps: HandlerDeps;
  readonly facts: Pick<ReportFacts, 'today' | 'items' | 'whose'>;
}): Promise<string | null> {
  const { target, why } = facts.whose;
  const leave = target ? leaveFor(target) : windowOf(turn.person);
  const closed = await reportingClosed(say, leave, facts.today, deps);
  if (closed !== null) return closed;
  if (why !== null) return say(why);
  return facts.items.length === 0 ? say('report-no-items') : null;
}

/** What is wrong with the answers by now (a draft may be days old), and where to put it right. */
function stale(answers: ReportAnswers, context: Context): { why: string; asking: string } | null {
  const { say, facts } = context;
  if (!facts.items.some(({ id }) => id === answers.item))
    return { why: say('report-item-gone'), asking: 'item' };
  const day = daySentence(answers.date, context);
  return day === null ? null : { why: day, asking: 'date' };
}

/**
 * A status item is reported once in each stage of the campaign, by the day its work was done: by a
 * person, or by a unit. One sentence with the report that already does, or null.
 * @param except the report being changed
 */
export async function statusTwice(
  say: Say,
  { item, date }: Pick<ReportAnswers, 'item' | 'date'>,
  { kind, author, unit }: Pick<ReportView, 'kind' | 'author' | 'unit'>,
  except: number | null,
  deps: HandlerDeps,
): Promise<string | null> {
  const { campaign, reads } = deps;
  if (itemOf(campaign, item)?.mode !== 'status') return null;
  const stage = stageOf(campaign, date);
  const span = stageSpan(campaign, stage);
  const twice =
    kind === 'collective'
      ? await reads.standingUnitReport(unit.id, item, span, except)
      : await reads.standingReport(author.id, item, span, except);
  return twice === null ? null : onceSentence(say, stage, twice, campaign.stages.length);
}

/** A campaign that is one stage is not spoken of as having any. */
const onceSentence = (say: Say, stage: Stage, report: number, stages: number): string =>
  stages === 1
    ? say('report-item-once', { number: String(report) })
    : say('report-item-once-stage', { number: String(report), stage: stage.name[say.language] });

export async function submit(
  context: Context,
  state: FlowState,
  deps: HandlerDeps,
): Promise<Finish> {
  const { say, turn } = context;
  const refuse = (why: string, asking: string = SUMMARY): Finish => ({
    kind: 'refuse',
    why,
    asking,
  });
  const { person } = turn;
  const { target } = context.facts.whose;
  const cannot = await cannotReport({ ...context, deps });
  if (cannot !== null || !person || !target) return refuse(cannot ?? say('report-no-unit'));
  const parsed = ReportAnswers.safeParse(context.answers);
  if (!parsed.success)
    return refuse(say('flow-cannot-skip'), String(parsed.error.issues[0]?.path[0]));
  const problem = stale(parsed.data, context);
  if (problem) return { kind: 'refuse', ...problem };

  const except = amendedNumber(state.subject);
  const twice = await statusTwice(say, parsed.data, target, except, deps);
  if (twice !== null) return refuse(twice, 'item');

  const before = except === null ? null : await deps.reads.report(except);
  if (except !== null) {
    if (!before || !may(person, 'report.amend', authored(before)))
      return refuse(say('report-unknown'));
    if (transition(before.status, 'resubmit', 'author') === null)
      return refuse(say('report-cannot-amend', { number: String(before.id) }));
  }
  const sent = before
    ? await amend(before, parsed.data, state.answers, person, context, deps)
    : await create(parsed.data, state.answers, target, person, context, deps);
  const { report, verifiers, decision } = sent;
  if (awaitsSignature(report) && verifiers.length === 0)
    return refuse(say('unit-report-no-signer'));
  const reply = receiptMessage(say, report, deps.campaign, {
    verifiers: verifiers.map(({ name }) => name),
    reached: verifiers.some(({ address }) => address !== null),
    again: before !== null,
  });
  return { kind: 'done', decision, reply };
}

interface Sent {
  readonly report: ReportView;
  readonly verifiers: readonly Recipient[];
  readonly decision: { writes: readonly Write[]; sends: readonly Outgoing[]; ack: Decision['ack'] };
}

/** Who leads the unit signs its report off by filing it; from anybody else it waits for that. */
function signature(
  { kind, unit }: Pick<ReportView, 'kind' | 'unit'>,
  person: PersonView,
  at: string,
): Pick<ReportView, 'signedBy' | 'signedAt'> {
  if (kind !== 'collective' || !may(person, 'report.sign', { unitId: unit.id }))
    return { signedBy: null, signedAt: null };
  return { signedBy: { id: person.id, name: person.name }, signedAt: at };
}

const decidersOf = (report: ReportView, on: string, { reads }: Pick<HandlerDeps, 'reads'>) =>
  reads.verifiersOf(report.unit.id, report.author.id, on, handled(report));

async function create(
  answers: ReportAnswers,
  given: Readonly<Record<string, Answer>>,
  { kind, author, filedBy, unit }: Target,
  person: PersonView,
  { turn, facts }: Context,
  deps: HandlerDeps,
): Promise<Sent> {
  const at = instantText(turn.now);
  const unsaved: Omit<ReportView, 'id'> = {
    ...contentOf(answers, null),
    kind,
    author,
    filedBy,
    ...signature({ kind, unit }, person, at),
    unit,
    status: 'submitted',
    version: 1,
    week: weekCounted(deps.campaign, facts.today),
    submittedAt: at,
    decidedAt: null,
    decidedBy: null,
    reason: null,
    sources: sourcesOf(given, answers.evidence),
  };
  const [id, verifiers] = await Promise.all([
    deps.reads.nextReportNumber(),
    decidersOf({ id: 0, ...unsaved }, facts.today, deps),
  ]);
  const report: ReportView = { id, ...unsaved };
  const change = { actorId: person.id, at, event: 'submitted' } as const;
  const added = report.contributors.map(({ personId }) => personId);
  const sends = await tellOf({ ...change, report, added, verifiers, similar: facts.similar }, deps);
  const writes = newReport(report, deps.campaign.code, answers, change);
  return { report, verifiers, decision: { writes, sends, ack: {} } };
}

/** Sends a report again with these answers. A verification or a signature it had is void. */
async function amend(
  before: ReportView,
  answers: ReportAnswers,
  given: Readonly<Record<string, Answer>>,
  person: PersonView,
  context: Pick<Context, 'turn' | 'facts'>,
  deps: HandlerDeps,
): Promise<Sent> {
  const after: ReportView = {
    ...before,
    ...contentOf(answers, before),
    ...signature(before, person, instantText(context.turn.now)),
    status: 'submitted',
    version: before.version + 1,
    decidedAt: null,
    decidedBy: null,
    reason: null,
    sources: sourcesOf(given, answers.evidence),
  };
  return change(before, after, answers, person, context, deps);
}

/**
 * Changes the content of a report and leaves its status: an earlier message was edited while it
 * waits, or while it lies returned.
 */
export async function rewrite(
  before: ReportView,
  answers: ReportAnswers,
  person: PersonView,
  context: Pick<Context, 'turn'> & { readonly facts: Pick<ReportFacts, 'today' | 'similar'> },
  deps: HandlerDeps,
): Promise<Sent> {
  const after = {
    ...before,
    ...contentOf(answers, before),
    ...signature(before, person, instantText(context.turn.now)),
    version: before.version + 1,
  };
  return change(before, after, answers, person, context, deps);
}

/** Whether others than before are asked now, or the same ones anew. */
const asksAnew = (before: ReportView, after: ReportView): boolean =>
  after.status === 'submitted' &&
  (before.status !== 'submitted' || awaitsSignature(before) !== awaitsSignature(after));

async function change(
  before: ReportView,
  after: ReportView,
  answers: ReportAnswers,
  person: PersonView,
  {
    turn,
    facts,
  }: Pick<Context, 'turn'> & { readonly facts: Pick<ReportFacts, 'today' | 'similar'> },
  deps: HandlerDeps,
): Promise<Sent> {
  const verifiers = await decidersOf(after, facts.today, deps);
  const was = new Set(before.contributors.map(({ personId }) => personId));
  const added = after.contributors.flatMap(({ personId }) => (was.has(personId) ? [] : [personId]));
  const event = asksAnew(before, after) ? ('resubmitted' as const) : ('amended' as const);
  const trace = { actorId: person.id, at: instantText(turn.now), event };
  const sends = await tellOf(
    { ...trace, report: after, added, verifiers, similar: facts.similar },
    deps,
  );
  const exemplar = voidsVerification(before.status)
    ? await withdrawWithReport(after, person, turn, deps)
    : null;
  const writes = [...amendedReport(before, after, answers, trace), ...(exemplar?.writes ?? [])];
  const told = [...sends, ...(exemplar?.sends ?? [])];
  return { report: after, verifiers, decision: { writes, sends: told, ack: {} } };
}
