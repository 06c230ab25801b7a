/** The rows that make an account a person's. */
import type { Identity } from '../../chat/index.ts';
import { insert, update, type Write } from '../../engine/decision.ts';
import type { TurnContext } from '../../engine/turn-context.ts';
import type { Language } from '../../messages/language.ts';

export const actorOf = ({ platform, tenant, user }: Identity): string =>
  `${platform}:${tenant}:${user}`;

export const identityKey = ({ platform, tenant, user }: Identity) => ({ platform, tenant, user });

interface Linking extends Pick<TurnContext, 'now'> {
  /** When the account agreed, as it is stored. */
  readonly consentedAt: string;
  /** The language the account chose, if any. */
  readonly language: Language | null;
}

/**
 * Links the sender's own account. Guarded: the consent still stands, an account that is somebody's
 * already stays theirs, and of two accounts with the same invite the second one decides again and
 * finds it used.
 */
export function linkOwn(
  identity: Identity,
  personId: number,
  inviteCode: string | null,
  { now, consentedAt, language }: Linking,
): Write[] {
  const at = now.toString();
  return [
    update('identity', { ...identityKey(identity), personId: null, consentedAt }, { personId }),
    ...(inviteCode === null
      ? []
      : [
          update(
            'invite',
            { code: inviteCode, usedAt: null },
            { usedAt: at, usedBy: actorOf(identity) },
          ),
        ]),
    // The language chosen before enrolment is the person's from now on.
    ...(language ? [update('person', { id: personId }, { language })] : []),
    insert('audit', {
      at,
      actorId: personId,
      actor: actorOf(identity),
      action: 'enrolment.linked',
      subject: `person:${personId}`,
      details: { by: inviteCode === null ? 'phone' : 'invite', platform: identity.platform },
    }),
  ];
}
