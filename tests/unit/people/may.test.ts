/** The complete table of roles and actions, and what each role is refused besides. */
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
const held = (role: GrantView['role'], unitId: number | null = null): GrantView => ({
  role,
  unitId,
});
const overseer = (scope: 'political_schools' | 'students'): GrantView => ({
  role: 'overseer',
  unitId: null,
  scope,
});

/** Of the unit 1 where nothing else is said. */
const people = {
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
type Who = keyof typeof people;

/** By 10 of unit 1, entered by the reporter 15, decided by the head 20 or the deputy 21, shared by 12. */
const report = { authorId: 10, filedBy: 15 };
const decided = { ...report, verifierIds: [20, 21] };
const read: Subjects['report.read'] = {
  ...decided,
  contributorIds: [12],
  unitId: 1,
  bloc: 'academy',
  audience: 'staff',
  verified: true,
};
const ticket = { authorId: 10, aboutUnitId: 1, escalated: false };

const subjects: { readonly [A in Action]: Subjects[A] } = {
  'report.submit': null,
  'report.file-collective': { unitId: 1 },
  'report.file-for': { unitId: 1, personId: 14, enrolled: false },
  'report.amend': report,
  'report.withdraw': report,
  'report.share': { contributorIds: [12] },
  'report.sign': { unitId: 1 },
  'report.decide': decided,
  'report.revoke': report,
  'report.read': read,
  'remark.write': { unitId: 1, personId: 11 },
  'remark.read': { unitId: 1, personId: 11 },
  'enrolment.decide': { unitId: 1, personId: 14 },
  'room.link': { unitId: 1 },
  'queue.read': null,
  'leaderboard.read': { unitId: 1 },
  'leaderboard.group': { unitIds: [1], bloc: 'academy' },
  'pledge.write': { unitId: 1 },
  'pledge.read': { unitId: 1 },
  'digest.read': { of: 'campaign' },
  'unit.overview': { unitId: 1 },
  'exemplar.nominate': { ...report, unitId: 1 },
  'exemplar.consent': { consenterIds: [10] },
  'exemplar.approve': { ...report, consenterIds: [10] },
  'exemplar.withdraw': { consenterIds: [10] },
  'exemplar.read': { authorId: 10, unitId: 1, approved: true },
  'ticket.open': null,
  'ticket.read': ticket,
  'ticket.answer': ticket,
  'announcement.write': null,
  'role.grant': { personId: 10 },
  'role.delegate': { unitId: 1 },
  'export.read': { unitId: 1 },
  'audit.check': { ...report, decidedBy: 20 },
  'awards.read': null,
  campaign: null,
};

/** What each may do to those subjects; nothing else. */
const table: { readonly [W in Who]: readonly Action[] } = {
  stranger: [],
  author: [
    'report.submit',
    'report.amend',
    'report.withdraw',
    'report.read',
    'leaderboard.read',
    'leaderboard.group',
    'pledge.read',
    'exemplar.consent',
    'exemplar.withdraw',
    'exemplar.read',
    'ticket.open',
    'ticket.read',
  ],
  colleague: [
    'report.submit',
    'remark.read',
    'leaderboard.read',
    'leaderboard.group',
    'pledge.read',
    'ticket.open',
  ],
  coauthor: ['report.submit', 'report.share', 'report.read', 'ticket.open'],
  reporter: [
    'report.submit',
    'report.file-collective',
    'report.file-for',
    'report.amend',
    'report.withdraw',
    'report.read',
    'leaderboard.read',
    'leaderboard.group',
    'pledge.write',
    'pledge.read',
    'ticket.open',
  ],
  head: [
    'report.submit',
    'report.file-collective',
    'report.file-for',
    'report.sign',
    'report.decide',
    'report.read',
    'remark.write',
    'remark.read',
    'enrolment.decide',
    'room.link',
    'queue.read',
    'leaderboard.read',
    'leaderboard.group',
    'pledge.write',
    'pledge.read',
    'unit.overview',
    'exemplar.nominate',
    'exemplar.read',
    'ticket.open',
    'role.delegate',
    'export.read',
  ],
  deputy: [
    'report.submit',
    'report.file-collective',
    'report.file-for',
    'report.sign',
    'report.decide',
    'report.read',
    'remark.write',
    'remark.read',
    'enrolment.decide',
    'room.link',
    'queue.read',
    'leaderboard.read',
    'leaderboard.group',
    'pledge.write',
    'pledge.read',
    'unit.overview',
    'exemplar.nominate',
    'exemplar.read',
    'ticket.open',
    'export.read',
  ],
  otherReporter: ['report.submit', 'ticket.open'],
  otherHead: ['report.submit', 'queue.read', 'ticket.open'],
  office: [
    'report.revoke',
    'report.read',
    'remark.read',
    'enrolment.decide',
    'room.link',
    'queue.read',
    'leaderboard.read',
    'leaderboard.group',
    'pledge.read',
    'digest.read',
    'exemplar.nominate',
    'exemplar.approve',
    'exemplar.withdraw',
    'exemplar.read',
    'ticket.open',
    'ticket.read',
    'ticket.answer',
    'announcement.write',
    'role.grant',
    'export.read',
    'audit.check',
    'awards.read',
    'campaign',
  ],
  council: [
    'leaderboard.group',
    'report.read',
    'remark.read',
    'pledge.read',
    'digest.read',
    'exemplar.read',
    'ticket.open',
    'announcement.write',
    'export.read',
    'audit.check',
    'awards.read',
  ],
  leadership: [
    'leaderboard.group',
    'report.read',
    'remark.read',
    'pledge.read',
    'digest.read',
    'exemplar.read',
    'ticket.open',
    'export.read',
    'awards.read',
  ],
  overseerOfSchools: ['ticket.open'],
  overseerOfStudents: ['ticket.open'],
  mobiliser: ['report.submit', 'ticket.open'],
  press: ['report.submit', 'exemplar.read', 'ticket.open'],
  finance: ['ticket.open', 'awards.read'],
};

const actions = Object.keys(subjects) as Action[];
const everyone = Object.keys(people) as Who[];
const allowed = <A extends Action>(action: A, subject: Subjects[A]): Who[] =>
  everyone.filter((who) => may(people[who], action, subject));

describe('the table of roles and actions', () => {
  describe.each(everyone)('%s', (who) => {
    it.each(actions)('%s', (action) => {
      expect(may(people[who], action, subjects[action])).toBe(table[who].includes(action));
    });
  });

  it('gives a person the rights of all roles they hold, and nothing once these are over', () => {
    const both = person(40, 1, held('head', 1), held('council'));
    for (const action of actions) {
      const either = table.head.includes(action) || table.council.includes(action);
      // Of the head's, deciding belongs to those named.
      if (action === 'report.decide') continue;
      expect({ action, may: may(both, action, subjects[action]) }).toEqual({ action, may: either });
    }
    // A grant that has ended is no part of the person any more: only being in the unit is left.
    const former = person(41, 1);
    for (const action of actions) {
      const left = table.colleague.includes(action) && action !== 'remark.read';
      expect({ action, may: may(former, action, subjects[action]) }).toEqual({ action, may: left });
    }
  });

  it('leaves somebody in no unit and without a role with a voice, and nothing else', () => {
    const nobody = person(42, null);
    expect(actions.filter((action) => may(nobody, action, subjects[action]))).toEqual([
      'ticket.open',
    ]);
  });
});

describe('one’s own', () => {
  const own = (id: number) => ({ authorId: id, filedBy: null });

  it('report is never decided, revoked, nominated, approved or checked by its author', () => {
    expect(may(people.head, 'report.decide', { ...own(20), verifierIds: [20, 21] })).toBe(false);
    expect(may(people.deputy, 'report.decide', { ...own(20), verifierIds: [20, 21] })).toBe(true);
    expect(may(people.office, 'report.revoke', own(30))).toBe(false);
    expect(may(people.head, 'exemplar.nominate', { ...own(20), unitId: 1 })).toBe(false);
    const approve = (report: ReturnType<typeof own>, ...consenterIds: number[]) =>
      may(people.office, 'exemplar.approve', { ...report, consenterIds });
    expect(approve(own(30), 30)).toBe(false);
    expect(approve(own(10), 30)).toBe(false);
    expect(approve(own(10), 10)).toBe(true);
    expect(may(people.office, 'audit.check', { ...own(30), decidedBy: 20 })).toBe(false);
  });

  it('work for somebody else is judged by others too', () => {
    const filed = { authorId: 10, filedBy: 20 };
    expect(may(people.head, 'report.decide', { ...filed, verifierIds: [20, 21] })).toBe(false);
    expect(may(people.deputy, 'report.decide', { ...filed, verifierIds: [20, 21] })).toBe(true);
    expect(may(people.head, 'exemplar.nominate', { ...filed, unitId: 1 })).toBe(false);
    expect(may(people.office, 'report.revoke', { authorId: 10, filedBy: 30 })).toBe(false);
    expect(may(people.author, 'report.amend', filed)).toBe(true);
    expect(may(people.head, 'report.withdraw', filed)).toBe(true);
  });

  it('decision is not one’s own to audit', () => {
    const decision = { ...report, decidedBy: 30 };
    expect(allowed('audit.check', decision)).toEqual(['council']);
  });

  it('enrolment is another’s to confirm, one’s conduct another’s to remark on', () => {
    const enrolment = { unitId: 1, personId: 20, verifierIds: [20] };
    expect(may(people.head, 'enrolment.decide', enrolment)).toBe(false);
    expect(may(people.deputy, 'enrolment.decide', enrolment)).toBe(true);
    expect(may(people.head, 'remark.write', { unitId: 1, personId: 20 })).toBe(false);
    expect(may(people.head, 'remark.read', { unitId: 1, personId: 20 })).toBe(true);
  });

  it('roles are another officer’s to give and end', () => {
    expect(may(people.office, 'role.grant', { personId: 30 })).toBe(false);
    expect(allowed('role.grant', null)).toEqual(['office']);
  });

  it('report is no proxy’s, and nobody’s who is on a platform', () => {
    const file = (personId: number, enrolled: boolean) =>
      allowed('report.file-for', { unitId: 1, personId, enrolled });
    expect(file(14, true)).toEqual([]);
    expect(file(20, false)).toEqual(['reporter', 'deputy']);
  });
});

describe('whoever stands in for a unit nobody leads', () => {
  it('confirms its enrolments, decides and reads its reports', () => {
    const asked = { unitId: 1, personId: 11, verifierIds: [22] };
    expect(may(people.otherHead, 'enrolment.decide', asked)).toBe(true);
    expect(may(people.colleague, 'enrolment.decide', asked)).toBe(false);
    expect(may(people.otherHead, 'report.decide', { ...report, verifierIds: [22] })).toBe(true);
    expect(may(people.otherHead, 'report.read', { ...read, verifierIds: [22] })).toBe(true);
  });
});

describe('reading', () => {
  it('a report that is not verified is for the people concerned and the office', () => {
    expect(allowed('report.read', { ...read, verified: false })).toEqual([
      'author',
      'coauthor',
      'reporter',
      'head',
      'deputy',
      'office',
    ]);
  });

  it('overseers see what is verified within their scope, and no other', () => {
    const seen = (some: Partial<Subjects['report.read']>) =>
      allowed('report.read', { ...read, ...some }).filter((who) => who.startsWith('overseer'));
    expect(seen({})).toEqual([]);
    expect(seen({ bloc: 'political_school' })).toEqual(['overseerOfSchools']);
    expect(seen({ audience: 'student' })).toEqual(['overseerOfStudents']);
    expect(seen({ bloc: 'political_school', audience: 'collective' })).toEqual([
      'overseerOfSchools',
    ]);
    expect(seen({ bloc: 'political_school', verified: false })).toEqual([]);
    expect(seen({ audience: 'student', verified: false })).toEqual([]);
  });

  it('digests go by their scope', () => {
    const readers = ['office', 'council', 'leadership'];
    expect(allowed('digest.read', { of: 'political_schools' })).toEqual([
      ...readers,
      'overseerOfSchools',
    ]);
    expect(allowed('digest.read', { of: 'students' })).toEqual([...readers, 'overseerOfStudents']);
    expect(allowed('digest.read', { of: 'participation' })).toEqual([...readers, 'mobiliser']);
  });

  it('an exemplar before its approval is for those who work on it', () => {
    expect(allowed('exemplar.read', { authorId: 10, unitId: 1, approved: false })).toEqual([
      'author',
      'head',
      'deputy',
      'office',
    ]);
  });

  it('documents of the whole campaign are not a unit’s', () => {
    expect(allowed('export.read', { unitId: null })).toEqual(['office', 'council', 'leadership']);
  });

  it('the table of a comparison group is for everyone enrolled', () => {
    expect(allowed('leaderboard.read', { unitId: null })).toEqual(
      everyone.filter((who) => who !== 'stranger'),
    );
  });
});

describe('a ticket', () => {
  const officeAndHead = person(50, 1, held('office'), held('head', 1));
  const leadershipAndDeputy = person(51, 1, held('leadership'), held('deputy', 1));

  it('is hidden from whoever leads the unit it is about, whatever else they are', () => {
    for (const action of ['ticket.read', 'ticket.answer'] as const) {
      expect(may(officeAndHead, action, ticket)).toBe(false);
      expect(may(officeAndHead, action, { ...ticket, aboutUnitId: 2 })).toBe(true);
      expect(may(officeAndHead, action, { ...ticket, aboutUnitId: null })).toBe(true);
      expect(may(leadershipAndDeputy, action, { ...ticket, escalated: true })).toBe(false);
    }
  });

  it('is the leadership’s too once it is escalated', () => {
    const escalated = { ...ticket, escalated: true };
    expect(allowed('ticket.answer', escalated)).toEqual(['office', 'leadership']);
    expect(allowed('ticket.read', escalated)).toEqual(['author', 'office', 'leadership']);
  });

  it('is read by its author, who answers none of their own', () => {
    const own = { ...ticket, authorId: 30 };
    expect(may(people.office, 'ticket.read', own)).toBe(true);
    expect(may(people.office, 'ticket.answer', own)).toBe(false);
    expect(may(officeAndHead, 'ticket.read', { ...ticket, authorId: 50 })).toBe(true);
  });
});
