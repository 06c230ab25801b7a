/** Messages to everyone whom a decision on a report, or its signature, concerns. */
import type { Message } from '../../chat/index.ts';
import type { Outgoing } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { ReportView } from '../../engine/reads.ts';
import type { Recipient } from '../../engine/turn-context.ts';
import { decisionNotice } from '../../messages/decision-notice.ts';
import { DEFAULT_LANGUAGE } from '../../messages/language.ts';
import type { Say } from '../../messages/say.ts';
import { verificationOutcome, verificationRequest } from '../../messages/verification.ts';
import { type Role, verifierSubject, whoIsTold } from '../../reports/notify.ts';
import type { DecidedStatus } from './decide.ts';

interface Telling {
  readonly event: DecidedStatus | 'signed';
  /** As it is after the decision. */
  readonly report: ReportView;
  readonly actorId: number;
  /** Who is to decide on it next. */
  readonly asked: readonly Recipient[];
}

export async function tellDecision(
  { event, report, actorId, asked }: Telling,
  { campaign, reads, texts }: Pick<HandlerDeps, 'campaign' | 'reads' | 'texts'>,
): Promise<Outgoing[]> {
  const subject = verifierSubject(report.id);
  const copies = await reads.copiesOf(subject);
  const told = whoIsTold(
    event,
    {
      author: report.author.id,
      filer: report.filedBy?.id ?? null,
      signer: report.signedBy?.id ?? null,
      // A signature asks those who verify; who was asked to sign sees what has become of it.
      verifiers:
        event === 'signed'
          ? asked.map(({ personId }) => personId)
          : copies.flatMap(({ personId }) => personId ?? []),
      coAuthors: report.contributors
        .filter(({ answer }) => answer !== 'declined')
        .map(({ personId }) => personId),
    },
    actorId,
  );
  const holders = event === 'signed' ? copies.flatMap(({ personId }) => personId ?? []) : [];
  const ids = [...new Set([actorId, ...told.map(({ personId }) => personId), ...holders])];
  const people = new Map<number, Recipient>(
    (await reads.recipients(ids)).map((each) => [each.personId, each]),
  );
  const sayTo = (personId: number | null): Say =>
    texts[people.get(personId ?? 0)?.language ?? DEFAULT_LANGUAGE];

  const updated = new Set([
    actorId,
    ...holders,
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
  const message = (say: Say, role: Role): Message =>
    role === 'verifier'
      ? verificationRequest(say, report, { campaign })
      : decisionNotice(say, report, role, event);
  const sent = told
    .filter(({ telling }) => telling !== 'update')
    .flatMap(({ personId, role, telling }): Outgoing[] => {
      const address = people.get(personId)?.address;
      if (!address) return [];
      return [
        {
          to: address,
          message: message(sayTo(personId), role),
          personId,
          priority: 'notice',
          ...(telling === 'request' && { subject }),
        },
      ];
    });
  return [...updates, ...sent];
}
