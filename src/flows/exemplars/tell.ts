/** Messages about an exemplar to everyone it concerns: their copies as it is now, requests and notices. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { Message } from '../../chat/index.ts';
import type { Outgoing } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { ExemplarView } from '../../engine/exemplar-reads.ts';
import type { Holder } from '../../engine/holder-reads.ts';
import { noticesTo } from '../../engine/notices.ts';
import type { ReportView } from '../../engine/reads.ts';
import type { PersonView, Recipient, TurnContext } from '../../engine/turn-context.ts';
import {
  type ExemplarEvent,
  exemplarMessage,
  exemplarNotice,
  goneExemplar,
  publishedMessage,
  withdrawnCopy,
} from '../../messages/exemplars.ts';
import { DEFAULT_LANGUAGE } from '../../messages/language.ts';
import type { Say } from '../../messages/say.ts';
import { rightsOf } from './rights.ts';

/** Under which key everybody's copies are remembered. */
export const exemplarSubject = (id: number): string => `exemplar:${id}`;

/** Everything that what is said depends on. */
export interface ExemplarScene {
  readonly exemplar: ExemplarView;
  readonly report: ReportView;
  readonly consenters: readonly Recipient[];
}

export type Deps = Pick<HandlerDeps, 'campaign' | 'reads' | 'texts'>;
export type Now = Pick<TurnContext, 'now'>;

/** The exemplar as this person may see it; null when not at all. */
export function copyFor(
  say: Say,
  person: PersonView | null,
  { exemplar, report, consenters }: ExemplarScene,
  { campaign }: Pick<HandlerDeps, 'campaign'>,
): Message | null {
  const ids = consenters.map(({ personId }) => personId);
  const can = rightsOf(person, exemplar, ids);
  if (!can.read) return null;
  return can.inner
    ? exemplarMessage(say, exemplar, can, campaign, report.evidence.length > 0)
    : publishedMessage(say, exemplar, report, campaign);
}

/**
 * The copies there are, as the exemplar is now. What was published and is no longer approved asks not
 * to be used, whoever has it.
 */
export async function updateCopies(
  scene: ExemplarScene,
  { now }: Now,
  deps: Deps,
): Promise<Outgoing[]> {
  const { exemplar } = scene;
  const subject = exemplarSubject(exemplar.id);
  const on = campaignDay(now, deps.campaign.zone);
  const copies = await deps.reads.copiesOf(subject);
  return Promise.all(
    copies.map(async ({ address, personId }): Promise<Outgoing> => {
      const person = personId === null ? null : await deps.reads.person(personId, on);
      const say = deps.texts[person?.language ?? DEFAULT_LANGUAGE];
      const message =
        copyFor(say, person, scene, deps) ??
        (exemplar.status === 'approved' ? goneExemplar(say) : withdrawnCopy(say, exemplar));
      return { to: address, message, as: 'update', subject, priority: 'notice' };
    }),
  );
}

/** A new copy for each of these people, which later events keep up to date. */
export const requestsTo = (
  people: readonly Holder[],
  scene: ExemplarScene,
  deps: Deps,
  except: number,
): Outgoing[] =>
  people.flatMap(({ person, address }): Outgoing[] => {
    const message = copyFor(deps.texts[person.language], person, scene, deps);
    return address && message && person.id !== except
      ? [
          {
            to: address,
            message,
            subject: exemplarSubject(scene.exemplar.id),
            personId: person.id,
            priority: 'notice',
          },
        ]
      : [];
  });

/** Asks those whose consent it needs; whoever nominates and leads the unit is asked too. */
export async function askConsent(
  scene: ExemplarScene,
  { now }: Now,
  deps: Deps,
): Promise<Outgoing[]> {
  const on = campaignDay(now, deps.campaign.zone);
  const people = await Promise.all(
    scene.consenters.map(async ({ personId, address }): Promise<Holder[]> => {
      const person = await deps.reads.person(personId, on);
      return person ? [{ person, address }] : [];
    }),
  );
  return requestsTo(people.flat(), scene, deps, 0);
}

/** One line to each of these people, once. */
export async function notices(
  ids: readonly number[],
  event: ExemplarEvent,
  exemplar: ExemplarView,
  by: string,
  { reads, texts }: Deps,
): Promise<Outgoing[]> {
  const people = ids.length === 0 ? [] : await reads.recipients([...new Set(ids)]);
  return noticesTo(people, (language) => exemplarNotice(texts[language], event, exemplar, by));
}
