/** The rows a report is made of. Pure. */
import { insert, remove, update, type Write } from '../../engine/decision.ts';
import type { ReportView } from '../../engine/reads.ts';
import { recorded } from '../../engine/record.ts';
import type { ReportEvent } from '../../reports/notify.ts';
import type { ReportAnswers } from './values.ts';

export interface Change {
  readonly actorId: number;
  /** ISO instant. */
  readonly at: string;
  readonly event: ReportEvent;
}

/** The record of what happened, without content. */
const traces = (reportId: number, { actorId, at, event }: Change): Write[] => [
  insert('reportEvent', { reportId, at, actorId, event }),
  recorded({ id: actorId }, at, `report.${event}`, `report:${reportId}`),
];

const evidenceRows = (reportId: number, { evidence, confirmer }: ReportAnswers): Write[] => [
  ...evidence.map(({ kind, text, mediaId }) =>
    insert('evidence', { reportId, kind, text, mediaId }),
  ),
  ...(confirmer === undefined
    ? []
    : [insert('evidence', { reportId, kind: 'confirmation', text: confirmer, mediaId: null })]),
];

/** Who leads the unit has signed it by filing it: a trace of its own. */
const signedToo = (report: ReportView, change: Change): Write[] =>
  report.signedBy?.id === change.actorId && report.signedAt === change.at
    ? traces(report.id, { ...change, event: 'signed' })
    : [];

export function newReport(
  report: ReportView,
  campaign: string,
  answers: ReportAnswers,
  change: Change,
): Write[] {
  return [
    insert('report', {
      id: report.id,
      campaign,
      kind: report.kind,
      item: report.item,
      authorId: report.author.id,
      filedBy: report.filedBy?.id ?? null,
      signedBy: report.signedBy?.id ?? null,
      signedAt: report.signedAt,
      unitId: report.unit.id,
      title: report.title,
      description: report.description,
      doneOn: report.doneOn,
      status: report.status,
      version: report.version,
      week: report.week,
      submittedAt: report.submittedAt,
      sources: { ...report.sources },
      changedAt: change.at,
    }),
    ...evidenceRows(report.id, answers),
    ...report.contributors.map(({ personId, unitId, answer }) =>
      insert('contributor', { reportId: report.id, personId, unitId, answer }),
    ),
    ...traces(report.id, change),
    ...signedToo(report, change),
  ];
}

/**
 * The report as amended, guarded by the version it was amended from. Evidence is written anew, in
 * order; contributors keep their answers.
 */
export function amendedReport(
  before: ReportView,
  after: ReportView,
  answers: ReportAnswers,
  change: Change,
): Write[] {
  const stays = new Set(after.contributors.map(({ personId }) => personId));
  const was = new Set(before.contributors.map(({ personId }) => personId));
  return [
    update(
      'report',
      { id: before.id, version: before.version },
      {
        item: after.item,
        title: after.title,
        description: after.description,
        doneOn: after.doneOn,
        status: after.status,
        version: after.version,
        decidedAt: after.decidedAt,
        decidedBy: after.decidedBy?.id ?? null,
        reason: after.reason,
        signedBy: after.signedBy?.id ?? null,
        signedAt: after.signedAt,
        sources: { ...after.sources },
        changedAt: change.at,
      },
    ),
    remove('evidence', { reportId: before.id }),
    ...evidenceRows(before.id, answers),
    ...before.contributors
      .filter(({ personId }) => !stays.has(personId))
      .map(({ personId }) => remove('contributor', { reportId: before.id, personId })),
    ...after.contributors
      .filter(({ personId }) => !was.has(personId))
      .map(({ personId, unitId, answer }) =>
        insert('contributor', { reportId: before.id, personId, unitId, answer }),
      ),
    ...traces(before.id, change),
    ...signedToo(after, change),
  ];
}

export function withdrawnReport(before: ReportView, change: Change): Write[] {
  return [
    update(
      'report',
      { id: before.id, version: before.version },
      { status: 'withdrawn', version: before.version + 1, changedAt: change.at },
    ),
    ...traces(before.id, change),
  ];
}
