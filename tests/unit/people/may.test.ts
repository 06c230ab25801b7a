import { describe, expect, it } from 'vitest';
import type { GrantView, PersonView, UnitView } from '../../../src/engine/turn-context.ts';
import { type Action, may, type Subjects } from '../../../src/people/may.ts';

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

const person = (id: number, unitId: number | null, ...grants: GrantView[]): PersonView => ({
  id,
  name: `Người ${id}`,
  language: 'vi',
  membership: unitId === null ? null : { unit: unit(unitId), audience: 'staff' },
  grants,
});

/** Report 1: author 10 of unit 1, decided by 20 (head) or 21 (deputy), shared by 12. */
const people = {
  stranger: null,
  author: person(10, 1),
  colleague: person(11, 1),
  coauthor: person(12, 2),
  head: person(20, 1, { role: 'head', unitId: 1 }),
  deputy: person(21, 1, { role: 'deputy', unitId: 1 }),
  otherHead: person(22, 2, { role: 'head', unitId: 2 }),
  office: person(30, null, { role: 'office', unitId: null }),
} satisfies Record<string, PersonView | null>;
type Who = keyof typeof people;

const report = { authorId: 10, verifierIds: [20, 21], contributorIds: [12] };
const subjects: { readonly [A in Action]: Subjects[A] } = {
  'report.submit': null,
  'report.amend': report,
  'report.withdraw': report,
  'report.share': report,
  'report.decide': report,
  'report.read': report,
  'enrolment.decide': { unitId: 1, personId: 11 },
  'room.link': { unitId: 1 },
  'queue.read': null,
  'leaderboard.read': { unitId: 1 },
  campaign: null,
};

const table: { readonly [A in Action]: readonly Who[] } = {
  'report.submit': ['author', 'colleague', 'coauthor', 'head', 'deputy', 'otherHead'],
  'report.amend': ['author'],
  'report.withdraw': ['author'],
  'report.share': ['coauthor'],
  'report.decide': ['head', 'deputy'],
  'report.read': ['author', 'coauthor', 'head', 'deputy', 'office'],
  'enrolment.decide': ['head', 'deputy', 'office'],
  'room.link': ['head', 'deputy', 'office'],
  'queue.read': ['head', 'deputy', 'otherHead', 'office'],
  'leaderboard.read': ['author', 'colleague', 'head', 'deputy', 'office'],
  campaign: ['office'],
};

const actions = Object.keys(table) as Action[];
const everyone = Object.keys(people) as Who[];

describe('may', () => {
  describe.each(actions)('%s', (action) => {
    it.each(everyone)('%s', (who) => {
      expect(may(people[who], action, subjects[action])).toBe(table[action].includes(who));
    });
  });

  it('never lets anyone decide their own report, even when named a verifier', () => {
    const own = { authorId: 20, verifierIds: [20, 21] };
    expect(may(people.head, 'report.decide', own)).toBe(false);
    expect(may(people.deputy, 'report.decide', own)).toBe(true);
  });

  it('never lets anyone confirm their own enrolment', () => {
    const own = { unitId: 1, personId: 20, verifierIds: [20] };
    expect(may(people.head, 'enrolment.decide', own)).toBe(false);
  });

  it('lets whoever stands in for a unit nobody leads confirm its enrolments', () => {
    const asked = { unitId: 1, personId: 11, verifierIds: [22] };
    expect(may(people.otherHead, 'enrolment.decide', asked)).toBe(true);
    expect(may(people.colleague, 'enrolment.decide', asked)).toBe(false);
  });

  it('shows the table of a comparison group to everyone enrolled', () => {
    for (const who of everyone) {
      const allowed = may(people[who], 'leaderboard.read', { unitId: null });
      expect(allowed).toBe(who !== 'stranger');
    }
  });
});
