/** A decision on a report: its rows, and the messages to everyone it concerns. */
import type { Outgoing, Write } from '../../engine/decision.ts';
import { insert, update } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { ReportView } from '../../engine/reads.ts';
import type { PersonView, Recipient, TurnContext } from '../../engine/turn-context.ts';
import { DEFAULT_LANGUAGE } from '../../messages/language.ts';
import { authorNotice, coAuthorNotice, verificationOutcome } from '../../messages/verification.ts';
import { type ReportAction, transition } from '../../reports/lifecycle.ts';
import { type ReportEvent, verifierSubject, whoIsTold } from '../../reports/notify.ts';

export type VerifierAction = Extract<ReportAction, 'verify' | 'return' | 'reject' | 'revoke'>;
type DecidedStatus = Extract<ReportEvent, 'verified' | 'returned' | 'rejected' | 'revoked'>;

const isDecided = (status: string | null): status is DecidedStatus =>
  status === 'verified' || status === 'returned' || status === 'rejected' || status === 'revoked';

export interface Decided {
  /** The report as it is once the writes are committed. */
  readonly report: ReportView;
  readonly writes: readonly Write[];
  /** To everyone but the one who decided, whose own copies are changed too. */
  readonly sends: readonly Outgoing[];
}

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
  deps: Pick<HandlerDeps, 'campaign' | 'reads' | 'texts'>,
): Promise<Decided | null> {
  const status = transition(before.status, action, 'verifier');
  if (!isDecided(status)) return null;
  const at = context.now.toString();
  const version = before.version + 1;
  const report: ReportView = {
    ...before,
    status,
    version,
    reason,
    decidedAt: at,
    decidedBy: { id: person.id, name: person.name },
  };
  const writes: Write[] = [
    update(
      'report',
      { id: before.id, version: before.version },
      { status, version, reason, decidedAt: at, decidedBy: person.id, changedAt: at },
    ),
    insert('reportEvent', { reportId: before.id, at, actorId: person.id, event: status, reason }),
    insert('audit', {
      at,
      actorId: person.id,
      actor: `person:${person.id}`,
      action: `report.${status}`,
      subject: `report:${before.id}`,
      details: { from: before.status, version },
    }),
  ];
  return { report, writes, sends: await tell(status, report, person.id, deps) };
}

async function tell(
  event: DecidedStatus,
  report: ReportView,
  actorId: number,
  { campaign, reads, texts }: Pick<HandlerDeps, 'campaign' | 'reads' | 'texts'>,
): Promise<Outgoing[]> {
  const subject = verifierSubject(report.id);
  const copies = await reads.copiesOf(subject);
  const told = whoIsTold(
    event,
    {
      author: report.author.id,
      verifiers: copies.flatMap(({ personId }) => personId ?? []),
      coAuthors: report.contributors
        .filter(({ answer }) => answer !== 'declined')
        .map(({ personId }) => personId),
    },
    actorId,
  );
  const ids = [...new Set([actorId, ...told.map(({ personId }) => personId)])];
  const people = new Map<number, Recipient>(
    (await reads.recipients(ids)).map((each) => [each.personId, each]),
  );
  const sayTo = (personId: number | null) =>
    texts[people.get(personId ?? 0)?.language ?? DEFAULT_LANGUAGE];

  const updated = new Set([
    actorId,
    ...told.filter(({ telling }) => telling === 'update').map(({ personId }) => personId),
  ]);
  const updates = copies
    .filter(({ personId }) => personId === null || updated.has(personId))
    .map(
      ({ address, personId }): Outgoing => ({
        to: address,
        message: verificationOutcome(sayTo(personId), report, { campaign, viewerId: personId }),
        as: 'update',
        subject,
        priority: personId === actorId ? 'reply' : 'notice',
      }),
    );
  const notices = told
    .filter(({ telling }) => telling === 'notice')
    .flatMap(({ personId, role }): Outgoing[] => {
      const address = people.get(personId)?.address;
      if (!address) return [];
      const say = sayTo(personId);
      return [
        {
          to: address,
          message: role === 'author' ? authorNotice(say, report) : coAuthorNotice(say, report),
          personId,
          priority: 'notice',
        },
      ];
    });
  return [...updates, ...notices];
}
