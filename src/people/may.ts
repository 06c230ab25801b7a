/**
 * The one place that says what a person may do. Rights come from the roster, never from a chat.
 * Source of the roles: the plan's section IV; what each may see of the others' work: the design's
 * rules on roles and scope.
 */
import type { Role } from '../db/schema.ts';
import type { PersonView } from '../engine/turn-context.ts';

/** Of a report, whatever its kind. `filedBy`: who entered it for its author. */
interface Authored {
  readonly authorId: number;
  readonly filedBy: number | null;
}

/** What has to be known about the subject of each action. */
export interface Subjects {
  /** File a report of one's own. */
  readonly 'report.submit': null;
  /** File a collective report of the unit. */
  readonly 'report.file-collective': { readonly unitId: number };
  /** Enter a report for somebody of the unit who uses no platform. `enrolled`: that person does. */
  readonly 'report.file-for': {
    readonly unitId: number;
    readonly personId: number;
    readonly enrolled: boolean;
  };
  /** Change, resend or withdraw a report; whether its status allows it is the life cycle's matter. */
  readonly 'report.amend': Authored;
  readonly 'report.withdraw': Authored;
  /** Confirm or decline one's share. */
  readonly 'report.share': { readonly contributorIds: readonly number[] };
  /** Sign a collective report of the unit off. */
  readonly 'report.sign': { readonly unitId: number };
  /** Verify, return or reject. `verifierIds`: see `verifiers.ts`. */
  readonly 'report.decide': Authored & { readonly verifierIds: readonly number[] };
  /** Take back any verification, with a reason. */
  readonly 'report.revoke': Authored;
  /** See it with its evidence. */
  readonly 'report.read': Authored & {
    readonly verifierIds: readonly number[];
    readonly contributorIds: readonly number[];
    readonly unitId: number;
    readonly bloc: 'academy' | 'political_school';
    /** Whose work it is. */
    readonly audience: 'staff' | 'student' | 'collective';
    readonly verified: boolean;
  };
  /** Remark on the conduct of a person, or (null) of the unit. */
  readonly 'remark.write': { readonly unitId: number; readonly personId: number | null };
  readonly 'remark.read': { readonly unitId: number; readonly personId: number | null };
  /** Say whether an account is this person of the unit. `verifierIds`: who was asked, by `verifiers.ts`. */
  readonly 'enrolment.decide': {
    readonly unitId: number;
    readonly personId: number;
    readonly verifierIds?: readonly number[];
  };
  /** Make a group the unit's group, or (null) the council's. */
  readonly 'room.link': { readonly unitId: number | null };
  /** The list of what waits for one's decision. */
  readonly 'queue.read': null;
  /** A unit's board with its people; null: the table of a comparison group, which names units only. */
  readonly 'leaderboard.read': { readonly unitId: number | null };
  /**
   * The table of this very group. `unitIds`: its units; `bloc`: theirs, or null where they are of
   * several.
   */
  readonly 'leaderboard.group': {
    readonly unitIds: readonly number[];
    readonly bloc: 'academy' | 'political_school' | null;
  };
  /** Register what the unit is to achieve. */
  readonly 'pledge.write': { readonly unitId: number };
  readonly 'pledge.read': { readonly unitId: number };
  readonly 'digest.read': { readonly of: DigestScope };
  /** A unit's own figures, and who of it has no report yet: its leaders' alone, and never in a group. */
  readonly 'unit.overview': { readonly unitId: number };
  readonly 'exemplar.nominate': Authored & { readonly unitId: number };
  /**
   * Agree to be an example, or decline. `consenterIds`: the author of a person's work, the leaders of a
   * unit's.
   */
  readonly 'exemplar.consent': { readonly consenterIds: readonly number[] };
  readonly 'exemplar.approve': Authored & { readonly consenterIds: readonly number[] };
  readonly 'exemplar.withdraw': { readonly consenterIds: readonly number[] };
  readonly 'exemplar.read': {
    readonly authorId: number;
    readonly unitId: number;
    readonly approved: boolean;
  };
  readonly 'ticket.open': null;
  /** `aboutUnitId`: the unit it is about: nobody who leads it sees it, whatever else they are. */
  readonly 'ticket.read': Ticket;
  readonly 'ticket.answer': Ticket;
  /** Write to many people: notices, the launch, reviews, seminars. */
  readonly 'announcement.write': null;
  /** Give and end roles of somebody else; null: see who holds which. */
  readonly 'role.grant': { readonly personId: number } | null;
  /** Let a deputy act in one's place until a day. */
  readonly 'role.delegate': { readonly unitId: number };
  /** Documents and workbooks of a unit, or (null) of the whole campaign. */
  readonly 'export.read': { readonly unitId: number | null };
  /** Look again at a report drawn for the audit. */
  readonly 'audit.check': Authored & { readonly decidedBy: number | null };
  /** The event calendar and the number of awards, for the fund. */
  readonly 'awards.read': null;
  /** Run the campaign: the roster, the calendar, schedules, previews; any unit, any group's table. */
  readonly campaign: null;
}
export type Action = keyof Subjects;

interface Ticket {
  readonly authorId: number;
  readonly aboutUnitId: number | null;
  readonly escalated: boolean;
}

/**
 * `campaign`: everything; `political_schools`, `students`: what an overseer oversees;
 * `participation`: how many take part, by unit, and nothing else.
 */
export const DIGEST_SCOPES = [
  'campaign',
  'political_schools',
  'students',
  'participation',
] as const;
export type DigestScope = (typeof DIGEST_SCOPES)[number];

type Rule<A extends Action> = (person: PersonView, subject: Subjects[A]) => boolean;

/** Whether the person has one of these roles today, in whatever unit. */
export const holds = (person: PersonView, ...roles: readonly Role[]): boolean =>
  person.grants.some(({ role }) => roles.includes(role));

/** Head or deputy of the unit: who decides for it. */
export const leads = (person: PersonView, unitId: number): boolean =>
  person.grants.some(
    ({ role, unitId: of }) => (role === 'head' || role === 'deputy') && of === unitId,
  );

/** The units of which somebody is head or deputy today, each once. */
export const ledUnits = (person: PersonView): number[] => [
  ...new Set(
    person.grants.flatMap(({ unitId }) =>
      unitId !== null && leads(person, unitId) ? [unitId] : [],
    ),
  ),
];

const isHead = (person: PersonView, unitId: number): boolean =>
  person.grants.some(({ role, unitId: of }) => role === 'head' && of === unitId);

/** Files for the unit: its reporters, and those who lead it. */
const filesFor = (person: PersonView, unitId: number): boolean =>
  leads(person, unitId) ||
  person.grants.some(({ role, unitId: of }) => role === 'reporter' && of === unitId);

const oversees = (person: PersonView, scope: 'political_schools' | 'students'): boolean =>
  person.grants.some((grant) => grant.role === 'overseer' && grant.scope === scope);

/** Whoever wrote it, for themselves or for somebody else, never judges it. */
const isOwn = (person: PersonView, { authorId, filedBy }: Authored): boolean =>
  person.id === authorId || person.id === filedBy;

const rules: { readonly [A in Action]: Rule<A> } = {
  'report.submit': (person) => person.membership !== null,
  'report.file-collective': (person, { unitId }) => filesFor(person, unitId),
  'report.file-for': (person, { unitId, personId, enrolled }) =>
    !enrolled && person.id !== personId && filesFor(person, unitId),
  // A report entered for somebody is in the hands of who entered it as well.
  'report.amend': (person, report) => isOwn(person, report),
  'report.withdraw': (person, report) => isOwn(person, report),
  'report.share': (person, { contributorIds }) => contributorIds.includes(person.id),
  'report.sign': (person, { unitId }) => leads(person, unitId),
  'report.decide': (person, { verifierIds, ...report }) =>
    !isOwn(person, report) && verifierIds.includes(person.id),
  'report.revoke': (person, report) => !isOwn(person, report) && holds(person, 'office'),
  'report.read': (person, report) =>
    isOwn(person, report) ||
    report.verifierIds.includes(person.id) ||
    report.contributorIds.includes(person.id) ||
    leads(person, report.unitId) ||
    holds(person, 'office') ||
    (report.verified &&
      (holds(person, 'council', 'leadership') ||
        (report.bloc === 'political_school' && oversees(person, 'political_schools')) ||
        (report.audience === 'student' && oversees(person, 'students')))),
  'remark.write': (person, { unitId, personId }) => person.id !== personId && leads(person, unitId),
  'remark.read': (person, { unitId, personId }) =>
    person.id === personId ||
    leads(person, unitId) ||
    holds(person, 'office', 'council', 'leadership'),
  'enrolment.decide': (person, { unitId, personId, verifierIds = [] }) =>
    person.id !== personId &&
    (leads(person, unitId) || holds(person, 'office') || verifierIds.includes(person.id)),
  'room.link': (person, { unitId }) =>
    (unitId !== null && leads(person, unitId)) || holds(person, 'office'),
  'queue.read': (person) => holds(person, 'head', 'deputy', 'office'),
  'leaderboard.read': (person, { unitId }) =>
    unitId === null ||
    person.membership?.unit.id === unitId ||
    leads(person, unitId) ||
    holds(person, 'office'),
  'leaderboard.group': (person, { unitIds, bloc }) =>
    unitIds.some((id) => person.membership?.unit.id === id || leads(person, id)) ||
    holds(person, 'office', 'council', 'leadership') ||
    (bloc === 'political_school' && oversees(person, 'political_schools')),
  'pledge.write': (person, { unitId }) => filesFor(person, unitId),
  'pledge.read': (person, { unitId }) =>
    person.membership?.unit.id === unitId ||
    filesFor(person, unitId) ||
    holds(person, 'office', 'council', 'leadership'),
  'digest.read': (person, { of }) => {
    if (holds(person, 'office', 'council', 'leadership')) return true;
    if (of === 'participation') return holds(person, 'mobiliser');
    return of !== 'campaign' && oversees(person, of);
  },
  'unit.overview': (person, { unitId }) => leads(person, unitId),
  'exemplar.nominate': (person, { unitId, ...report }) =>
    !isOwn(person, report) && (leads(person, unitId) || holds(person, 'office')),
  'exemplar.consent': (person, { consenterIds }) => consenterIds.includes(person.id),
  'exemplar.approve': (person, { consenterIds, ...report }) =>
    !isOwn(person, report) && !consenterIds.includes(person.id) && holds(person, 'office'),
  'exemplar.withdraw': (person, { consenterIds }) =>
    consenterIds.includes(person.id) || holds(person, 'office'),
  'exemplar.read': (person, { authorId, unitId, approved }) =>
    person.id === authorId ||
    leads(person, unitId) ||
    holds(person, 'office') ||
    (approved && holds(person, 'press', 'council', 'leadership')),
  'ticket.open': () => true,
  'ticket.read': (person, ticket) => person.id === ticket.authorId || answersTicket(person, ticket),
  'ticket.answer': (person, ticket) =>
    person.id !== ticket.authorId && answersTicket(person, ticket),
  'announcement.write': (person) => holds(person, 'office', 'council'),
  // Nobody makes themselves anything, and the last of the office cannot leave it empty.
  'role.grant': (person, of) => person.id !== of?.personId && holds(person, 'office'),
  'role.delegate': (person, { unitId }) => isHead(person, unitId),
  'export.read': (person, { unitId }) =>
    holds(person, 'office', 'council', 'leadership') || (unitId !== null && leads(person, unitId)),
  'audit.check': (person, { decidedBy, ...report }) =>
    !isOwn(person, report) && person.id !== decidedBy && holds(person, 'office', 'council'),
  'awards.read': (person) => holds(person, 'finance', 'office', 'council', 'leadership'),
  campaign: (person) => holds(person, 'office'),
};

/** The office; once escalated the leadership too; never anybody who leads the unit it is about. */
function answersTicket(person: PersonView, { aboutUnitId, escalated }: Ticket): boolean {
  if (aboutUnitId !== null && leads(person, aboutUnitId)) return false;
  return holds(person, 'office') || (escalated && holds(person, 'leadership'));
}

/** Whether this person may do this to this subject. Someone not enrolled (null) may do nothing. */
export const may = <A extends Action>(
  person: PersonView | null,
  action: A,
  subject: Subjects[A],
): boolean => person !== null && rules[action](person, subject);
