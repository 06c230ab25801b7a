/** What a person may do with an exemplar now. Asked anew at every press: people move and roles end. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { ExemplarScope, ExemplarView } from '../../engine/exemplar-reads.ts';
import type { ReportView } from '../../engine/reads.ts';
import type { PersonView, Recipient, TurnContext } from '../../engine/turn-context.ts';
import type { ExemplarRights } from '../../messages/exemplars.ts';
import { ledUnits, may } from '../../people/may.ts';

type Work = Pick<ReportView, 'kind' | 'unit'> & {
  readonly author: { readonly id: number };
  readonly filedBy: { readonly id: number } | null;
};

/** Whose consent it needs, and where they can be asked: the author, or who leads the unit whose work it is. */
export async function consentersOf(
  { kind, author, unit }: Work,
  { now }: Pick<TurnContext, 'now'>,
  { reads, campaign }: Pick<HandlerDeps, 'reads' | 'campaign'>,
): Promise<Recipient[]> {
  if (kind === 'personal') return reads.recipients([author.id]);
  const leaders = await reads.unitLeaders(unit.id, campaignDay(now, campaign.zone));
  return leaders.map(({ person: { id, name, language }, address }) => ({
    personId: id,
    name,
    language,
    address,
  }));
}

export const mayNominate = (person: PersonView, { author, filedBy, unit }: Work): boolean =>
  may(person, 'exemplar.nominate', {
    authorId: author.id,
    filedBy: filedBy?.id ?? null,
    unitId: unit.id,
  });

const LIVE = ['nominated', 'consented', 'approved'];

const none: ExemplarRights = {
  read: false,
  consent: false,
  decide: false,
  edit: false,
  withdraw: false,
  /** Of those who work on it; others get what is published. */
  inner: false,
};

export function rightsOf(
  person: PersonView | null,
  exemplar: ExemplarView,
  consenterIds: readonly number[],
): ExemplarRights {
  if (!person) return none;
  const { author, filedBy, unit, status } = exemplar;
  const subject = { authorId: author.id, unitId: unit.id };
  const consents = may(person, 'exemplar.consent', { consenterIds });
  const inner = consents || may(person, 'exemplar.read', { ...subject, approved: false });
  const approve = { authorId: author.id, filedBy: filedBy?.id ?? null, consenterIds };
  return {
    read: inner || may(person, 'exemplar.read', { ...subject, approved: status === 'approved' }),
    inner,
    consent: consents && status === 'nominated',
    decide: status === 'consented' && may(person, 'exemplar.approve', approve),
    edit: LIVE.includes(status) && mayNominate(person, exemplar),
    withdraw: LIVE.includes(status) && may(person, 'exemplar.withdraw', { consenterIds }),
  };
}

/** What of the list they see: the same rule, asked of no exemplar in particular. */
export function scopeOf(person: PersonView): ExemplarScope {
  const nobodys = { authorId: 0, unitId: 0 };
  return {
    all: may(person, 'exemplar.read', { ...nobodys, approved: false }),
    approved: may(person, 'exemplar.read', { ...nobodys, approved: true }),
    authorId: person.id,
    unitIds: ledUnits(person),
  };
}
