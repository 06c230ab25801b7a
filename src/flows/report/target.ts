/** Whose work a report is about: one's own, a unit's, or somebody's who uses no platform. */
import type { Audience, Campaign, ContentItem } from '../../campaign/types.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { LateTarget } from '../../engine/late-reads.ts';
import type { ReportKind, ReportView } from '../../engine/reads.ts';
import type { PersonView, TurnContext, UnitView } from '../../engine/turn-context.ts';
import { may } from '../../people/may.ts';
import { collectiveAudience, itemOf, offeredItems } from '../../reports/items.ts';
import { authored } from '../../reports/subject.ts';

/** own: by its author; unit: of a unit, by who files for it; for: by a reporter in its author's place. */
export type Way = 'own' | 'unit' | 'for';

interface Named {
  readonly id: number;
  readonly name: string;
}

export interface Target {
  readonly kind: ReportKind;
  /** Whose work it is; of a collective report, who files it. */
  readonly author: Named;
  readonly filedBy: Named | null;
  readonly unit: UnitView;
  readonly audience: Audience | null;
}

/** `why`: the key of the sentence that says why it cannot be reported. */
export type Whose =
  | { readonly target: Target; readonly why: null }
  | { readonly target: null; readonly why: string };

export interface Found {
  readonly whose: Whose;
  /** The report that is changed, where it had to be read to know whose it is. */
  readonly amending: ReportView | null;
}

/** Subjects of a new report: of a unit, and for a person. A report that is changed is its number. */
export const unitSubject = (unitId: number): string => `u${unitId}`;
export const personSubject = (personId: number): string => `p${personId}`;

/** The number of the report that is changed; null for a new one. */
export const amendedNumber = (subject: string | null): number | null =>
  /^\d{1,9}$/.test(subject ?? '') ? Number(subject) : null;

const wanted = (subject: string | null, letter: 'u' | 'p'): number =>
  Number(new RegExp(`^${letter}(\\d{1,9})$`).exec(subject ?? '')?.[1] ?? 0);

/** In which flow this person changes the report. */
export function wayOf(
  { kind, filedBy }: Pick<ReportView, 'kind' | 'filedBy'>,
  personId: number,
): Way {
  if (kind === 'collective') return 'unit';
  return filedBy?.id === personId ? 'for' : 'own';
}

const named = ({ id, name }: Named): Named => ({ id, name });

const none = (why: string, amending: ReportView | null = null): Found => ({
  whose: { target: null, why },
  amending,
});
const found = (target: Target, amending: ReportView | null = null): Found => ({
  whose: { target, why: null },
  amending,
});

/** Looked up anew in every turn: roles end, people move and enrol. `on` is today. */
export async function findWhose(
  way: Way,
  subject: string | null,
  { person }: Pick<TurnContext, 'person'>,
  deps: Pick<HandlerDeps, 'reads' | 'campaign'>,
  on: string,
): Promise<Found> {
  if (way === 'own') return ownWork(person);
  if (!person) return none('not-authorised');
  const number = amendedNumber(subject);
  if (number !== null) return changed(way, number, person, deps, on);
  return way === 'unit' ? ofUnit(subject, person, deps) : forPerson(subject, person, deps, on);
}

function ownWork(person: PersonView | null): Found {
  if (!person?.membership) return none('report-no-unit');
  const { unit, audience } = person.membership;
  return found({ kind: 'personal', author: named(person), filedBy: null, unit, audience });
}

async function ofUnit(
  subject: string | null,
  person: PersonView,
  { reads }: Pick<HandlerDeps, 'reads'>,
): Promise<Found> {
  const unitId = wanted(subject, 'u');
  if (!may(person, 'report.file-collective', { unitId })) return none('unit-report-not-yours');
  const [unit] = await reads.units([unitId]);
  if (!unit) return none('unit-report-not-yours');
  const audience = collectiveAudience(unit);
  return found({ kind: 'collective', author: named(person), filedBy: null, unit, audience });
}

async function forPerson(
  subject: string | null,
  filer: PersonView,
  { reads }: Pick<HandlerDeps, 'reads'>,
  on: string,
): Promise<Found> {
  const personId = wanted(subject, 'p');
  const person = await reads.person(personId, on);
  const { membership } = person ?? {};
  if (!person || !membership) return none('report-for-unknown');
  const { unit, audience } = membership;
  const about = { unitId: unit.id, personId };
  if (!may(filer, 'report.file-for', { ...about, enrolled: false }))
    return none(personId === filer.id ? 'report-for-self' : 'report-for-not-yours');
  const enrolled = (await reads.accountsOf(personId)).accounts.length > 0;
  if (!may(filer, 'report.file-for', { ...about, enrolled })) return none('report-for-enrolled');
  return found({
    kind: 'personal',
    author: named(person),
    filedBy: named(filer),
    unit,
    audience,
  });
}

/** A report that is changed stays whose it is. */
async function changed(
  way: Exclude<Way, 'own'>,
  number: number,
  person: PersonView,
  { reads, campaign }: Pick<HandlerDeps, 'reads' | 'campaign'>,
  on: string,
): Promise<Found> {
  const report = await reads.report(number);
  const mine = report && may(person, 'report.amend', authored(report));
  if (!report || !mine || wayOf(report, person.id) !== way) return none('report-unknown');
  const { kind, author, filedBy, unit } = report;
  const audience =
    way === 'unit'
      ? collectiveAudience(unit)
      : ((await reads.person(author.id, on))?.membership?.audience ??
        itemOf(campaign, report.item)?.audience ??
        null);
  return found({ kind, author, filedBy, unit, audience }, report);
}

export const itemsOf = (campaign: Campaign, { target }: Whose): ContentItem[] =>
  offeredItems(campaign, target?.audience ?? null);

/** Whose leave lets it be reported: a report of the unit itself names no person. */
export const leaveFor = ({
  kind,
  author,
  unit,
}: Pick<ReportView, 'kind' | 'author' | 'unit'>): LateTarget => ({
  personId: kind === 'collective' ? null : author.id,
  unitId: unit.id,
});
