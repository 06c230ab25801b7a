/** A decision on a report, or its signature: its rows, and the messages to everyone it concerns. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { Outgoing, Write } from '../../engine/decision.ts';
import { insert, update } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { ReportView } from '../../engine/reads.ts';
import { recorded } from '../../engine/record.ts';
import type { PersonView, TurnContext } from '../../engine/turn-context.ts';
import { type ReportAction, transition } from '../../reports/lifecycle.ts';
import type { ReportEvent } from '../../reports/notify.ts';
import { awaitsSignature, handled } from '../../reports/subject.ts';
import { withdrawWithReport } from '../exemplars/change.ts';
import { tellDecision } from './tell.ts';

export type VerifierAction = Extract<ReportAction, 'verify' | 'return' | 'reject' | 'revoke'>;
export type DecidedStatus = Extract<ReportEvent, 'verified' | 'returned' | 'rejected' | 'revoked'>;

const isDecided = (status: string | null): status is DecidedStatus =>
  status === 'verified' || status === 'returned' || status === 'rejected' || status === 'revoked';

export interface Decided {
  /** The report as it is once the writes are committed. */
  readonly report: ReportView;
  readonly writes: readonly Write[];
  /** To everyone but the one who decided, whose own copies are changed too. */
  readonly sends: readonly Outgoing[];
}

type Deps = Pick<HandlerDeps, 'campaign' | 'reads' | 'texts'>;

/**
 * What follows when `person` decides. Authority has been checked by the caller; that nobody was faster
 * is guarded by the report's version.
 * @returns null when the report's status does not allow it
 */
export async function decideReport(
  action: VerifierAction,
  before: ReportView,
  reason: string | null,
  person: PersonView,
  context: Pick<TurnContext, 'now'>,
  deps: Deps,
): Promise<Decided | null> {
  const status = transition(before.status, action, 'verifier');
  if (!isDecided(status)) return null;
  const at = context.now.toString();
  const report: ReportView = {
    ...before,
    status,
    version: before.version + 1,
    reason,
    decidedAt: at,
    decidedBy: { id: person.id, name: person.name },
  };
  const set = { status, reason, decidedAt: at, decidedBy: person.id };
  const exemplar =
    action === 'revoke' ? await withdrawWithReport(report, person, context, deps) : null;
  const told = await tellDecision({ event: status, report, actorId: person.id, asked: [] }, deps);
  return {
    report,
    writes: [
      ...writesOf(before, report, set, { event: status, reason, at, person }),
      ...(exemplar?.writes ?? []),
    ],
    sends: [...told, ...(exemplar?.sends ?? [])],
  };
}

/** The same when `person` signs a collective report off. */
export async function signReport(
  before: ReportView,
  person: PersonView,
  context: Pick<TurnContext, 'now'>,
  deps: Deps,
): Promise<Decided | null> {
  if (!awaitsSignature(before)) return null;
  const at = context.now.toString();
  const report: ReportView = {
    ...before,
    version: before.version + 1,
    signedAt: at,
    signedBy: { id: person.id, name: person.name },
  };
  const on = campaignDay(context.now, deps.campaign.zone);
  const asked = await deps.reads.verifiersOf(report.unit.id, report.author.id, on, handled(report));
  const set = { signedAt: at, signedBy: person.id };
  return {
    report,
    writes: writesOf(before, report, set, { event: 'signed', reason: null, at, person }),
    sends: await tellDecision({ event: 'signed', report, actorId: person.id, asked }, deps),
  };
}

type ReportColumns = Extract<Write, { op: 'update'; table: 'report' }>['set'];

/** Guarded by the version decided on; the trace has no content. */
function writesOf(
  before: ReportView,
  { id, version }: ReportView,
  set: ReportColumns,
  {
    event,
    reason,
    at,
    person,
  }: {
    readonly event: DecidedStatus | 'signed';
    readonly reason: string | null;
    readonly at: string;
    readonly person: PersonView;
  },
): Write[] {
  return [
    update('report', { id, version: before.version }, { ...set, version, changedAt: at }),
    insert('reportEvent', { reportId: id, at, actorId: person.id, event, reason }),
    recorded(person, at, `report.${event}`, `report:${id}`, { from: before.status, version }),
  ];
}
