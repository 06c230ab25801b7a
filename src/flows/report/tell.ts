/** Messages to everyone a change of a report concerns, as the table in `reports/notify.ts` says. */
import type { Message } from '../../chat/index.ts';
import type { Outgoing } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { ReportLine, ReportView } from '../../engine/reads.ts';
import type { Recipient } from '../../engine/turn-context.ts';
import { coAuthorMessage } from '../../messages/co-author.ts';
import { plainMessage } from '../../messages/flow.ts';
import { DEFAULT_LANGUAGE } from '../../messages/language.ts';
import { supersededMessage } from '../../messages/report.ts';
import type { Say } from '../../messages/say.ts';
import { verificationOutcome, verificationRequest } from '../../messages/verification.ts';
import {
  coAuthorSubject,
  type ReportEvent,
  type Role,
  type Told,
  verifierSubject,
  whoIsTold,
} from '../../reports/notify.ts';

type AuthorEvent = Extract<
  ReportEvent,
  | 'submitted'
  | 'amended'
  | 'resubmitted'
  | 'withdrawn'
  | 'co-author-confirmed'
  | 'co-author-declined'
>;

interface Telling {
  readonly event: AuthorEvent;
  /** The report as it is after the change. */
  readonly report: ReportView;
  /** Ids of co-authors just added: they are asked, whatever the event. */
  readonly added: readonly number[];
  readonly actorId: number;
  readonly verifiers: readonly Recipient[];
  /** Likely duplicates, for whoever is asked to verify. */
  readonly similar?: readonly ReportLine[];
}

const subjectOf = (role: Role, reportId: number): string =>
  role === 'verifier' ? verifierSubject(reportId) : coAuthorSubject(reportId);

/** Everything that is to be sent, apart from the answer to the person who acted. */
export async function tellOf(telling: Telling, deps: HandlerDeps): Promise<Outgoing[]> {
  const { event, report, added, actorId, verifiers } = telling;
  const [copies, coCopies] =
    event === 'submitted'
      ? [[], []]
      : await Promise.all([
          deps.reads.copiesOf(verifierSubject(report.id)),
          deps.reads.copiesOf(coAuthorSubject(report.id)),
        ]);
  const asked = copies.flatMap(({ personId }) => personId ?? []);
  const coAuthors = report.contributors
    .filter(({ personId, answer }) => answer !== 'declined' && !added.includes(personId))
    .map(({ personId }) => personId);
  const told = whoIsTold(
    event,
    {
      author: report.author.id,
      filer: report.filedBy?.id ?? null,
      signer: report.signedBy?.id ?? null,
      verifiers: [
        ...new Set([
          ...asked,
          ...(event === 'submitted' || event === 'resubmitted'
            ? verifiers.map(({ personId }) => personId)
            : []),
        ]),
      ],
      coAuthors: event === 'submitted' ? added : coAuthors,
    },
    actorId,
  );
  const asks: Told[] =
    event === 'submitted'
      ? []
      : added.map((personId) => ({ personId, role: 'co-author', telling: 'request' }));
  const removed = coCopies.filter(
    ({ personId }) => !report.contributors.some((each) => each.personId === personId),
  );
  const all = [...told, ...asks];
  const people = new Map(verifiers.map((each) => [each.personId, each]));
  const unknown = [
    ...new Set([
      ...[...all, ...removed].flatMap(({ personId }) => personId ?? []),
      // Named in what the others are told.
      ...(all.some(({ telling: kind }) => kind === 'notice') ? [actorId] : []),
    ]),
  ].filter((id) => !people.has(id));
  if (unknown.length > 0)
    for (const each of await deps.reads.recipients(unknown)) people.set(each.personId, each);

  const taken = removed.map(({ address, personId }): Outgoing => {
    const say = deps.texts[people.get(personId ?? 0)?.language ?? DEFAULT_LANGUAGE];
    const message = plainMessage([
      say('co-removed', { name: report.author.name, number: String(report.id) }),
    ]);
    return {
      to: address,
      message,
      as: 'update',
      subject: coAuthorSubject(report.id),
      priority: 'notice',
    };
  });
  const messages = all.flatMap(({ personId, role, telling: kind }): Outgoing[] => {
    const recipient = people.get(personId);
    if (!recipient) return [];
    const say = deps.texts[recipient.language];
    const subject = subjectOf(role, report.id);
    const own = (role === 'verifier' ? copies : coCopies).filter(
      (copy) => copy.personId === personId,
    );
    const changes = (message: Message): Outgoing[] =>
      own.map(({ address }) => ({
        to: address,
        message,
        as: 'update',
        subject,
        priority: 'notice',
      }));
    if (kind === 'update') return changes(updated(say, role, telling, personId, deps));
    if (kind === 'notice')
      return recipient.address
        ? [
            {
              to: recipient.address,
              message: notice(say, role, telling, people.get(actorId)?.name ?? ''),
              personId,
              priority: 'notice',
            },
          ]
        : [];
    const replaced = role === 'verifier' ? changes(supersededMessage(say, report)) : [];
    const asksNow = role !== 'verifier' || verifiers.some((each) => each.personId === personId);
    if (!recipient.address || !asksNow) return replaced;
    const message =
      role === 'verifier'
        ? verificationRequest(say, report, {
            campaign: deps.campaign,
            ...(event === 'resubmitted' && { note: say('report-note-resubmitted') }),
            duplicates: telling.similar ?? [],
          })
        : coAuthorMessage(say, report, deps.campaign, 'waiting');
    return [...replaced, { to: recipient.address, message, personId, priority: 'notice', subject }];
  });
  return [...taken, ...messages];
}

/** What stands in the copy that a verifier or co-author already has. */
function updated(
  say: Say,
  role: Role,
  { event, report, verifiers }: Telling,
  personId: number,
  { campaign }: HandlerDeps,
): Message {
  if (role === 'co-author') {
    const answer = report.contributors.find((each) => each.personId === personId)?.answer;
    const note = event === 'withdrawn' ? null : say('report-note-amended');
    return coAuthorMessage(say, report, campaign, answer ?? 'waiting', note);
  }
  // Who signed a collective report off has nothing more to decide on it.
  const done =
    report.status !== 'submitted' ||
    (report.kind === 'collective' && !verifiers.some((each) => each.personId === personId));
  if (done) return verificationOutcome(say, report, { campaign, viewerId: personId });
  return verificationRequest(say, report, {
    campaign,
    ...(event === 'amended' && { note: say('report-note-amended') }),
  });
}

/** Author and filer hear that a co-author declined, or what the other one did with their report. */
function notice(say: Say, role: Role, { event, report, actorId }: Telling, actor: string): Message {
  const number = String(report.id);
  if (event === 'co-author-declined')
    return plainMessage(
      [
        say('co-declined-notice', {
          name: report.contributors.find(({ personId }) => personId === actorId)?.name ?? '',
          number,
        }),
      ],
      [[{ label: say('report-button-open'), action: `rep:${report.id}:open` }]],
    );
  const about = { number, title: report.title, name: actor, author: report.author.name };
  const change = event === 'withdrawn' ? 'withdrawn' : 'changed';
  return plainMessage([
    say(role === 'filer' ? `report-filed-${change}` : `report-own-${change}`, about),
  ]);
}
