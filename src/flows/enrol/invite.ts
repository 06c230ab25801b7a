/** What a code opens, or one sentence why it opens nothing. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { Identity } from '../../chat/index.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { Claimable, PersonHit } from '../../engine/reads.ts';
import type { TurnContext, UnitView } from '../../engine/turn-context.ts';
import { canonicalInviteCode } from '../../people/invite-code.ts';

type Problem =
  | 'enrol-code-malformed'
  | 'enrol-code-unknown'
  | 'enrol-code-expired'
  | 'enrol-code-used'
  | 'enrol-account-here'
  | 'enrol-person-taken';

/** Somebody an account is to be linked with. */
export type Claimed = Omit<Claimable, 'taken'> & { readonly unit: UnitView | null };

export type Opened =
  | { readonly kind: 'problem'; readonly text: Problem }
  | {
      readonly kind: 'person';
      readonly code: string;
      readonly person: Claimed;
      /** Made by the person themself, to add a second account. */
      readonly own: boolean;
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
  const invite = await reads.invite(code, on, now.toString());
  if (!invite) return problem('enrol-code-unknown');
  if (invite.used) return problem('enrol-code-used');
  if (invite.expired) return problem('enrol-code-expired');
  const { person, own } = invite;
  if (person && own) {
    const { accounts } = await reads.accountsOf(person.id);
    // It stands on the account it was made from: where none is left, it opens nothing.
    if (accounts.length === 0) return problem('enrol-code-expired');
    if (accounts.some((account) => samePlace(account.identity, identity)))
      return problem('enrol-account-here');
  } else if (person?.taken) return problem('enrol-person-taken');
  if (person) return { kind: 'person', code, person, own };
  return invite.unit ? { kind: 'unit', code, unit: invite.unit } : problem('enrol-code-unknown');
}

/** A person has at most one account of a bot or workspace. */
const samePlace = (a: Identity, b: Identity | null): boolean =>
  a.platform === b?.platform && a.tenant === b.tenant;

/** The person as somebody to enrol: with their unit, and whether another account has them already. */
export async function hitOf(
  personId: number,
  { now }: Pick<TurnContext, 'now'>,
  { reads, campaign }: Pick<HandlerDeps, 'reads' | 'campaign'>,
): Promise<PersonHit | null> {
  const on = campaignDay(now, campaign.zone);
  const person = await reads.person(personId, on);
  if (!person?.membership) return null;
  const namesakes = await reads.findPeople(person.name, {
    unitId: person.membership.unit.id,
    on,
    limit: 50,
  });
  return namesakes.find(({ id }) => id === personId) ?? null;
}
