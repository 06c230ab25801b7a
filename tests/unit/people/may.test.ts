/** The complete table of roles and actions, and what each role is refused besides. */
import { describe, expect, it } from 'vitest';
import { type Action, may, type Subjects } from '../../../src/people/may.ts';
import {
  decided,
  everyone,
  held,
  people,
  person,
  read,
  report,
  ticket,
  type Who,
} from '../../support/may-cast.ts';

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
