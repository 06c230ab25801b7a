/** The rows that make an account a person's. */
import type { Identity } from '../../chat/index.ts';
import { insert, update, type Write } from '../../engine/decision.ts';
import type { TurnContext } from '../../engine/turn-context.ts';

export const actorOf = ({ platform, tenant, user }: Identity): string =>
  `${platform}:${tenant}:${user}`;

export const identityKey = ({ platform, tenant, user }: Identity) => ({ platform, tenant, user });

/**
 * Links the sender's own account. Guarded: an account that is somebody's already stays theirs, and of
 * two accounts with the same invite the second one decides again and finds it used.
 */
export function linkOwn(
  identity: Identity,
  personId: number,
  inviteCode: string | null,
  { now, account }: Pick<TurnContext, 'now' | 'account'>,
): Write[] {
  const at = now.toString();
  return [
    update('identity', { ...identityKey(identity), personId: null }, { personId }),
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
    ...(account?.language
      ? [update('person', { id: personId }, { language: account.language })]
      : []),
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
