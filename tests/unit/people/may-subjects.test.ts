/** What depends on whose it is, and in what state: one's own work, what is not verified, what is kept from somebody. */
import { describe, expect, it } from 'vitest';
import { may, type Subjects } from '../../../src/people/may.ts';
import {
  allowed,
  everyone,
  held,
  people,
  person,
  read,
  report,
  ticket,
} from '../../support/may-cast.ts';

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
