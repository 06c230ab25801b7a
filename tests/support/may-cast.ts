/** Somebody of every role, and subjects to try the table of `people/may.ts` with. */
import type { GrantView, PersonView, UnitView } from '../../src/engine/turn-context.ts';
import { type Action, may, type Subjects } from '../../src/people/may.ts';

const unit = (id: number): UnitView => ({
  id,
  code: `u${id}`,
  nameVi: `Đơn vị ${id}`,
  nameEn: `Unit ${id}`,
  kind: 'support',
  bloc: 'academy',
  cluster: null,
  parentId: null,
});

export const person = (id: number, unitId: number | null, ...grants: GrantView[]): PersonView => ({
  id,
  name: `Người ${id}`,
  language: 'vi',
  membership: unitId === null ? null : { unit: unit(unitId), audience: 'staff' },
  grants,
});
export const held = (role: GrantView['role'], unitId: number | null = null): GrantView => ({
  role,
  unitId,
});
const overseer = (scope: 'political_schools' | 'students'): GrantView => ({
  role: 'overseer',
  unitId: null,
  scope,
});

/** Of the unit 1 where nothing else is said. */
export const people = {
  stranger: null,
  author: person(10, 1),
  colleague: person(11, 1),
  coauthor: person(12, 2),
  reporter: person(15, 1, held('reporter', 1)),
  head: person(20, 1, held('head', 1)),
  deputy: person(21, 1, held('deputy', 1)),
  otherReporter: person(16, 2, held('reporter', 2)),
  otherHead: person(22, 2, held('head', 2)),
  office: person(30, null, held('office')),
  council: person(31, null, held('council')),
  leadership: person(32, null, held('leadership')),
  overseerOfSchools: person(33, null, overseer('political_schools')),
  overseerOfStudents: person(34, null, overseer('students')),
  mobiliser: person(35, 2, held('mobiliser')),
  press: person(36, 2, held('press')),
  finance: person(37, null, held('finance')),
} satisfies Record<string, PersonView | null>;
export type Who = keyof typeof people;

/** By 10 of unit 1, entered by the reporter 15, decided by the head 20 or the deputy 21, shared by 12. */
export const report = { authorId: 10, filedBy: 15 };
export const decided = { ...report, verifierIds: [20, 21] };
export const read: Subjects['report.read'] = {
  ...decided,
  contributorIds: [12],
  unitId: 1,
  bloc: 'academy',
  audience: 'staff',
  verified: true,
};
export const ticket = { authorId: 10, aboutUnitId: 1, escalated: false };

export const everyone = Object.keys(people) as Who[];

/** Who of them may do it. */
export const allowed = <A extends Action>(action: A, subject: Subjects[A]): Who[] =>
  everyone.filter((who) => may(people[who], action, subject));
