/** What a code opens, or one sentence why it opens nothing. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { PersonHit } from '../../engine/reads.ts';
import type { TurnContext, UnitView } from '../../engine/turn-context.ts';
import { canonicalInviteCode } from '../../people/invite-code.ts';

type Problem =
  | 'enrol-code-malformed'
  | 'enrol-code-unknown'
  | 'enrol-code-expired'
  | 'enrol-code-used'
  | 'enrol-person-taken';

export type Opened =
  | { readonly kind: 'problem'; readonly text: Problem }
  | {
      readonly kind: 'person';
      readonly code: string;
      readonly person: {
        readonly id: number;
        readonly name: string;
        readonly unit: UnitView | null;
      };
    }
  | { readonly kind: 'unit'; readonly code: string; readonly unit: UnitView };

export async function openInvite(
  typed: string,
  { identity, now }: Pick<TurnContext, 'identity' | 'now'>,
  { reads, campaign }: Pick<HandlerDeps, 'reads' | 'campaign'>,
): Promise<Opened> {
  const problem = (text: Problem): Opened => ({ kind: 'problem', text });
  const code = canonicalInviteCode(typed);
  if (code === null) return problem('enrol-code-malformed');
  const on = campaignDay(now, campaign.zone);
  const invite = await reads.invite(code, on, identity ?? undefined);
  if (!invite) return problem('enrol-code-unknown');
  if (invite.used) return problem('enrol-code-used');
  if (invite.expired) return problem('enrol-code-expired');
  if (invite.person?.taken) return problem('enrol-person-taken');
  if (invite.person) return { kind: 'person', code, person: invite.person };
  return invite.unit ? { kind: 'unit', code, unit: invite.unit } : problem('enrol-code-unknown');
}

/** The person as somebody to enrol: with their unit, and whether another account has them already. */
export async function hitOf(
  personId: number,
  { identity, now }: Pick<TurnContext, 'identity' | 'now'>,
  { reads, campaign }: Pick<HandlerDeps, 'reads' | 'campaign'>,
): Promise<PersonHit | null> {
  if (!identity) return null;
  const on = campaignDay(now, campaign.zone);
  const person = await reads.person(personId, on);
  if (!person?.membership) return null;
  const namesakes = await reads.findPeople(person.name, {
    unitId: person.membership.unit.id,
    on,
    platform: identity.platform,
    tenant: identity.tenant,
    limit: 50,
  });
  return namesakes.find(({ id }) => id === personId) ?? null;
}
