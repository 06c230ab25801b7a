/** The rows that make an account a person's. */
import type { Identity } from '../../chat/index.ts';
import { insert, update, type Write } from '../../engine/decision.ts';
import type { Claimable } from '../../engine/reads.ts';
import type { TurnContext } from '../../engine/turn-context.ts';
import type { Language } from '../../messages/language.ts';
import { emptyConversation } from '../state.ts';

export const actorOf = ({ platform, tenant, user }: Identity): string =>
  `${platform}:${tenant}:${user}`;

export const identityKey = ({ platform, tenant, user }: Identity) => ({ platform, tenant, user });

/** What vouches for an enrolment; `own-code`: made by the person, on another account of theirs. */
export type Grounds = 'invite' | 'own-code' | 'phone' | 'email';

/**
 * Makes whoever links an account of this person do so one after the other, together with the person's
 * own turns: the second one conflicts, and decides again on what is there then.
 */
export function passTurn(
  { id, conversation }: Pick<Claimable, 'id' | 'conversation'>,
  now: TurnContext['now'],
): Write {
  const key = `person:${id}`;
  const updatedAt = now.toString();
  return conversation === 0
    ? insert('conversation', { key, version: 1, state: emptyConversation, updatedAt })
    : update('conversation', { key, version: conversation }, { version: conversation + 1 });
}

interface Linking extends Pick<TurnContext, 'now'> {
  readonly by: Grounds;
  /** The code that was used, if one was. */
  readonly code: string | null;
  /** When the account agreed, as it is stored. */
  readonly consentedAt: string;
  /** The language the account chose, if any. */
  readonly language: Language | null;
}

/**
 * Links the sender's own account. Guarded: the consent still stands, an account that is somebody's
 * already stays theirs, of two accounts with the same invite the second one decides again and finds
 * it used, and so does the second of two that become the same person's in two ways.
 */
export function linkOwn(
  identity: Identity,
  person: Pick<Claimable, 'id' | 'conversation'>,
  { now, by, code, consentedAt, language }: Linking,
): Write[] {
  const at = now.toString();
  const personId = person.id;
  return [
    update('identity', { ...identityKey(identity), personId: null, consentedAt }, { personId }),
    passTurn(person, now),
    ...(code === null
      ? []
      : [update('invite', { code, usedAt: null }, { usedAt: at, usedBy: actorOf(identity) })]),
    // The language chosen before enrolment is the person's from now on.
    ...(language ? [update('person', { id: personId }, { language })] : []),
    insert('audit', {
      at,
      actorId: personId,
      actor: actorOf(identity),
      action: 'enrolment.linked',
      subject: `person:${personId}`,
      details: { by, platform: identity.platform },
    }),
  ];
}
