/** The one place that says what a person may do. Rights come from the roster, never from a chat. */
import type { PersonView } from '../engine/turn-context.ts';

/** What has to be known about the subject of each action. */
export interface Subjects {
  /** File a report of one's own. */
  readonly 'report.submit': null;
  /** Change, resend or withdraw a report; whether its status allows it is the life cycle's matter. */
  readonly 'report.amend': { readonly authorId: number };
  readonly 'report.withdraw': { readonly authorId: number };
  /** Confirm or decline one's share. */
  readonly 'report.share': { readonly contributorIds: readonly number[] };
  /** Verify, return, reject or revoke. `verifierIds`: see `verifiers.ts`. */
  readonly 'report.decide': {
    readonly authorId: number;
    readonly verifierIds: readonly number[];
  };
  /** See it with its evidence. */
  readonly 'report.read': {
    readonly authorId: number;
    readonly verifierIds: readonly number[];
    readonly contributorIds: readonly number[];
  };
  /** Say whether an account is this person of the unit. `verifierIds`: who was asked, by `verifiers.ts`. */
  readonly 'enrolment.decide': {
    readonly unitId: number;
    readonly personId: number;
    readonly verifierIds?: readonly number[];
  };
  /** Make a group the unit's group. */
  readonly 'room.link': { readonly unitId: number };
  /** The list of what waits for one's decision. */
  readonly 'queue.read': null;
  /** A unit's board with its people; null: the table of a comparison group, which names units only. */
  readonly 'leaderboard.read': { readonly unitId: number | null };
  /** Run the campaign: choose any group's table, see any unit. */
  readonly campaign: null;
}
export type Action = keyof Subjects;

type Rule<A extends Action> = (person: PersonView, subject: Subjects[A]) => boolean;

const isOffice = (person: PersonView): boolean =>
  person.grants.some((grant) => grant.role === 'office');

const leads = (person: PersonView, unitId: number): boolean =>
  person.grants.some((grant) => grant.role !== 'office' && grant.unitId === unitId);

const isAuthor = (person: PersonView, { authorId }: { readonly authorId: number }): boolean =>
  person.id === authorId;

const rules: { readonly [A in Action]: Rule<A> } = {
  'report.submit': (person) => person.membership !== null,
  'report.amend': isAuthor,
  'report.withdraw': isAuthor,
  'report.share': (person, { contributorIds }) => contributorIds.includes(person.id),
  'report.decide': (person, { authorId, verifierIds }) =>
    person.id !== authorId && verifierIds.includes(person.id),
  'report.read': (person, { authorId, verifierIds, contributorIds }) =>
    person.id === authorId ||
    verifierIds.includes(person.id) ||
    contributorIds.includes(person.id) ||
    isOffice(person),
  'enrolment.decide': (person, { unitId, personId, verifierIds = [] }) =>
    person.id !== personId &&
    (leads(person, unitId) || isOffice(person) || verifierIds.includes(person.id)),
  'room.link': (person, { unitId }) => leads(person, unitId) || isOffice(person),
  'queue.read': (person) => person.grants.length > 0,
  'leaderboard.read': (person, { unitId }) =>
    unitId === null ||
    person.membership?.unit.id === unitId ||
    leads(person, unitId) ||
    isOffice(person),
  campaign: (person) => isOffice(person),
};

/** Whether this person may do this to this subject. Someone not enrolled (null) may do nothing. */
export const may = <A extends Action>(
  person: PersonView | null,
  action: A,
  subject: Subjects[A],
): boolean => person !== null && rules[action](person, subject);
