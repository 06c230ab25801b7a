/** The steps of an exemplar: its rows, guarded by version, and the messages. Authority is the caller's to check. */
import { campaignDay, instantText } from '../../campaign/calendar.ts';
import { insert, type Outgoing, update, type Write } from '../../engine/decision.ts';
import type { ExemplarStatus, ExemplarView } from '../../engine/exemplar-reads.ts';
import type { ReportView } from '../../engine/reads.ts';
import { recorded } from '../../engine/record.ts';
import type { PersonView, Recipient } from '../../engine/turn-context.ts';
import { withdrawnCopy } from '../../messages/exemplars.ts';
import { consentersOf } from './rights.ts';
import {
  askConsent,
  type Deps,
  type ExemplarScene,
  type Now,
  notices,
  requestsTo,
  updateCopies,
} from './tell.ts';

export interface ExemplarChange {
  /** As it is once the writes are committed. */
  readonly exemplar: ExemplarView;
  readonly writes: readonly Write[];
  readonly sends: readonly Outgoing[];
}

interface Turn {
  readonly person: PersonView;
  readonly context: Now;
  readonly deps: Deps;
}

/** The record of what happened: no words anybody wrote. */
const traced = (
  { person, context }: Pick<Turn, 'person' | 'context'>,
  { id, reportId }: Pick<ExemplarView, 'id' | 'reportId'>,
  what: ExemplarStatus | 'edited',
  version: number,
): Write =>
  recorded(person, instantText(context.now), `exemplar.${what}`, `exemplar:${id}`, {
    report: reportId,
    version,
  });

/** Fails the turn when the report is decided on or changed at the same moment: it is then looked at anew. */
const reportStays = ({ id, version }: ReportView): Write =>
  update('report', { id, version, status: 'verified' }, { version });

type Columns = Extract<Write, { op: 'update'; table: 'exemplar' }>['set'];

function moved(
  before: ExemplarView,
  set: Columns,
  what: ExemplarStatus | 'edited',
  turn: Turn,
): Write[] {
  const version = before.version + 1;
  return [
    update('exemplar', { id: before.id, version: before.version }, { ...set, version }),
    traced(turn, before, what, version),
  ];
}

const today = ({ context, deps }: Pick<Turn, 'context' | 'deps'>): string =>
  campaignDay(context.now, deps.campaign.zone);

const without = (ids: readonly number[], ...others: readonly number[]): number[] =>
  ids.filter((id) => !others.includes(id));

export async function nominate(
  report: ReportView,
  citation: string,
  consenters: readonly Recipient[],
  turn: Turn,
): Promise<ExemplarChange> {
  const { person, context, deps } = turn;
  const at = instantText(context.now);
  const id = await deps.reads.nextExemplarNumber();
  const exemplar: ExemplarView = {
    id,
    reportId: report.id,
    kind: report.kind,
    title: report.title,
    author: report.author,
    unit: report.unit,
    filedBy: report.filedBy,
    status: 'nominated',
    version: 1,
    citation,
    nominatedBy: { id: person.id, name: person.name },
    nominatedAt: at,
    consentedAt: null,
    evidence: false,
    decidedBy: null,
    decidedAt: null,
    withdrawnAt: null,
    reason: null,
  };
  return {
    exemplar,
    writes: [
      insert('exemplar', {
        id,
        campaign: deps.campaign.code,
        reportId: report.id,
        citation,
        status: 'nominated',
        version: 1,
        nominatedBy: person.id,
        nominatedAt: at,
      }),
      reportStays(report),
      traced(turn, exemplar, 'nominated', 1),
    ],
    sends: await askConsent({ exemplar, report, consenters }, context, deps),
  };
}

/** Other words need another consent: whatever was agreed or approved before is void. */
export async function changeCitation(
  { exemplar: before, report, consenters }: ExemplarScene,
  citation: string,
  turn: Turn,
): Promise<ExemplarChange> {
  const { context, deps } = turn;
  const void_ = {
    status: 'nominated',
    consentedAt: null,
    evidence: false,
    decidedBy: null,
    decidedAt: null,
  } as const;
  const exemplar: ExemplarView = { ...before, ...void_, citation, version: before.version + 1 };
  const scene = { exemplar, report, consenters };
  return {
    exemplar,
    writes: [
      ...moved(before, { ...void_, consentedBy: null, citation }, 'edited', turn),
      reportStays(report),
    ],
    sends: [
      ...(await updateCopies(scene, context, deps)),
      ...(before.status === 'approved' ? await toPress(exemplar, turn) : []),
      ...(await askConsent(scene, context, deps)),
    ],
  };
}

/** `evidence`: whether the press may see that too. */
export async function agree(
  { exemplar: before, report, consenters }: ExemplarScene,
  evidence: boolean,
  turn: Turn,
): Promise<ExemplarChange> {
  const { person, context, deps } = turn;
  const consentedAt = instantText(context.now);
  const exemplar: ExemplarView = {
    ...before,
    status: 'consented',
    version: before.version + 1,
    consentedAt,
    evidence,
  };
  const scene = { exemplar, report, consenters };
  const office = await deps.reads.holders(['office'], today(turn));
  const asked = requestsTo(office, scene, deps, person.id);
  const told = without(
    [before.nominatedBy.id],
    person.id,
    ...asked.flatMap(({ personId }) => personId ?? []),
  );
  return {
    exemplar,
    writes: [
      ...moved(
        before,
        { status: 'consented', consentedAt, consentedBy: person.id, evidence },
        'consented',
        turn,
      ),
      reportStays(report),
    ],
    sends: [
      ...(await updateCopies(scene, context, deps)),
      ...asked,
      ...(await notices(told, 'agreed', exemplar, person.name, deps)),
    ],
  };
}

export async function decline(
  { exemplar: before, report, consenters }: ExemplarScene,
  turn: Turn,
): Promise<ExemplarChange> {
  const { person, context, deps } = turn;
  const exemplar: ExemplarView = { ...before, status: 'declined', version: before.version + 1 };
  const told = without([before.nominatedBy.id], person.id);
  return {
    exemplar,
    writes: moved(before, { status: 'declined' }, 'declined', turn),
    sends: [
      ...(await updateCopies({ exemplar, report, consenters }, context, deps)),
      ...(await notices(told, 'declined', exemplar, person.name, deps)),
    ],
  };
}

/** The office approves, and the press gets it; or refuses with a reason. */
export async function decideExemplar(
  { exemplar: before, report, consenters }: ExemplarScene,
  status: 'approved' | 'refused',
  reason: string | null,
  turn: Turn,
): Promise<ExemplarChange> {
  const { person, context, deps } = turn;
  const decidedAt = instantText(context.now);
  const exemplar: ExemplarView = {
    ...before,
    status,
    version: before.version + 1,
    decidedBy: { id: person.id, name: person.name },
    decidedAt,
    reason,
  };
  const scene = { exemplar, report, consenters };
  const press = status === 'approved' ? await deps.reads.holders(['press'], today(turn)) : [];
  const told = [...consenters.map(({ personId }) => personId), before.nominatedBy.id];
  return {
    exemplar,
    writes: [
      ...moved(before, { status, decidedBy: person.id, decidedAt, reason }, status, turn),
      ...(status === 'approved' ? [reportStays(report)] : []),
    ],
    sends: [
      ...(await updateCopies(scene, context, deps)),
      ...requestsTo(press, scene, deps, person.id),
      ...(await notices(without(told, person.id), status, exemplar, '', deps)),
    ],
  };
}

/** A message of its own: a changed copy rings nowhere, and the text may be in use by now. */
async function toPress(exemplar: ExemplarView, turn: Turn): Promise<Outgoing[]> {
  const { deps } = turn;
  const press = await deps.reads.holders(['press'], today(turn));
  return press.flatMap(({ person, address }): Outgoing[] =>
    address && person.id !== turn.person.id
      ? [
          {
            to: address,
            message: withdrawnCopy(deps.texts[person.language], exemplar),
            personId: person.id,
            priority: 'notice',
          },
        ]
      : [],
  );
}

/** `why`: its author or the office took it back, or its report is no longer verified. */
export async function withdrawExemplar(
  { exemplar: before, report, consenters }: ExemplarScene,
  why: 'withdrawn' | 'report',
  turn: Turn,
): Promise<ExemplarChange> {
  const { person, context, deps } = turn;
  const withdrawnAt = instantText(context.now);
  const exemplar: ExemplarView = {
    ...before,
    status: 'withdrawn',
    version: before.version + 1,
    withdrawnAt,
  };
  const told = without(
    [
      ...consenters.map(({ personId }) => personId),
      before.nominatedBy.id,
      ...(before.decidedBy ? [before.decidedBy.id] : []),
    ],
    person.id,
  );
  return {
    exemplar,
    writes: moved(
      before,
      { status: 'withdrawn', withdrawnAt, withdrawnBy: person.id },
      'withdrawn',
      turn,
    ),
    sends: [
      ...(await updateCopies({ exemplar, report, consenters }, context, deps)),
      ...(before.status === 'approved' ? await toPress(exemplar, turn) : []),
      ...(await notices(told, why, exemplar, '', deps)),
    ],
  };
}

/**
 * What follows for the exemplar of a report that is no longer verified: revoked, withdrawn or sent
 * again. Nothing where there is none. To be added to the decision that changes the report.
 */
export async function withdrawWithReport(
  report: ReportView,
  person: PersonView,
  context: Now,
  deps: Deps,
): Promise<Pick<ExemplarChange, 'writes' | 'sends'>> {
  const exemplar = await deps.reads.liveExemplar(report.id);
  if (!exemplar) return { writes: [], sends: [] };
  const consenters = await consentersOf(exemplar, context, deps);
  return withdrawExemplar({ exemplar, report, consenters }, 'report', { person, context, deps });
}

/** Names of those who are asked, for the receipt. */
export const askedNames = (consenters: readonly Recipient[]): string =>
  consenters.map(({ name }) => name).join(', ');
