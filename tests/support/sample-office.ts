/** What the standing office works with, and what people are told of roles and of leave. */
import type { AuditLine, OfficeOverview } from '../../src/engine/office-reads.ts';
import type { RoleLine } from '../../src/engine/role-reads.ts';
import { lateListMessage, lateNotice } from '../../src/messages/late.ts';
import { daysMessage } from '../../src/messages/office/days.ts';
import {
  overviewMessage,
  queuesMessage,
  unreachableMenu,
  unreachableMessage,
} from '../../src/messages/office/overview.ts';
import {
  auditMessage,
  auditReportMessage,
  cardMessage,
  drawnMessage,
  duplicatesMessage,
  foundMessage,
} from '../../src/messages/office/reports.ts';
import { scheduleMessage, schedulesMessage } from '../../src/messages/office/schedules.ts';
import {
  delegationsMessage,
  endQuestion,
  roleCard,
  roleEndedMessage,
  roleGivenMessage,
  roleHolders,
  rolesMenu,
} from '../../src/messages/roles.ts';
import { ROLE_NAMES } from '../../src/people/roles.ts';
import { campaign, personView, texts, unitView } from './conversation.ts';
import { reportView } from './report-view.ts';
import { AWKWARD, reportLine } from './sample-reports.ts';

const { vi, en } = texts;
const { zone } = campaign;

const lsd = unitView();
const triet = unitView({ id: 2, nameVi: 'Viện Triết học', nameEn: 'Institute of Philosophy' });
const bctt = unitView({
  id: 3,
  nameVi: 'Học viện Báo chí và Tuyên truyền',
  nameEn: 'Academy of Journalism and Communication',
});
const binh = { id: 20, name: 'Trần Thị Bình' };
const hanh = { id: 3, name: 'Đoàn Thị Minh Hạnh' };

const overview: OfficeOverview = {
  reports: { waiting: 143, oldestAt: '2024-06-24T03:00:00Z' },
  lateUnits: 12,
  enrolments: 4,
  outbox: 0,
  deadLetters: 2,
  members: 8012,
  unreachable: { never: 1204, blocked: 12, closed: 3 },
  audit: { waiting: 6, doubtful: 2 },
  held: 1,
};

const first = reportLine(1180, 'Biên soạn giáo trình Lịch sử Đảng', { status: 'verified' });
const second = reportLine(1192, AWKWARD, { authorName: 'Lê Văn Bính' });

const drawn: AuditLine = {
  report: first,
  week: '2024-06-24',
  result: 'waiting',
  version: 1,
  checkedBy: null,
  note: null,
};

function officeMessages() {
  const schedule = campaign.schedules[1];
  if (!schedule) throw new Error('the campaign has no second schedule');
  const line = (held: boolean) => ({
    schedule,
    next: '2024-07-08T01:30:00Z',
    nextHeld: held,
    last: { occurrence: '2024-07-01T01:30:00Z', outcome: 'done' as const },
    held: [],
  });
  const person = personView({ grants: [{ role: 'reporter', unitId: 1 }] });
  const account = (platform: string, displayName: string, chat: string | null) => ({
    identity: { platform, tenant: 't', user: chat ?? 'U1' },
    displayName,
    since: '2024-03-04T02:00:00Z',
    address: chat === null ? null : { platform, tenant: 't', chat },
  });
  return {
    office: overviewMessage(vi, overview, 11),
    'office-english': overviewMessage(en, overview, 11),
    'office-queues': queuesMessage(
      vi,
      {
        total: 12,
        lines: [
          { unit: bctt, waiting: 37, oldestAt: '2024-06-24T03:00:00Z', led: true },
          { unit: lsd, waiting: 7, oldestAt: '2024-07-02T03:00:00Z', led: false },
        ],
      },
      0,
      (at) => (at < '2024-07-01' ? 11 : 3),
    ),
    'office-unreachable': unreachableMenu(vi, overview),
    'office-unreachable-blocked': unreachableMessage(
      vi,
      'blocked',
      {
        total: 12,
        lines: [
          { personId: 51, name: 'Đỗ Văn Ân', unit: lsd },
          { personId: 52, name: 'Lý Thị Mỹ Hạnh', unit: triet },
        ],
      },
      0,
    ),
    'office-found': foundMessage(
      vi,
      [
        { id: 7, name: 'Nguyễn Văn An', unit: lsd, taken: true, exact: false, conversation: 0 },
        { id: 8, name: 'Nguyễn Văn Ân', unit: triet, taken: true, exact: false, conversation: 0 },
      ],
      true,
    ),
    'office-person': cardMessage(
      vi,
      person,
      { code: 'LS07', reports: { total: 8, lines: [first, second] } },
      {
        accounts: [account('telegram', 'Văn An', '77'), account('slack', 'An Nguyễn', null)],
        preferred: 'telegram',
      },
      0,
    ),
    'office-duplicates': duplicatesMessage(
      vi,
      { total: 2, lines: [{ first, second, why: 'evidence' }] },
      0,
    ),
    'office-audit': auditMessage(
      vi,
      {
        total: 8,
        lines: [
          drawn,
          {
            ...drawn,
            report: reportLine(1166, 'Tọa đàm khoa học', { status: 'verified' }),
            result: 'doubtful',
            checkedBy: hanh,
            note: 'Không thấy biên bản.',
          },
        ],
      },
      0,
    ),
    'office-audit-report': auditReportMessage(
      vi,
      drawn,
      reportView({
        id: 1180,
        status: 'verified',
        decidedBy: binh,
        decidedAt: '2024-07-03T02:00:00Z',
      }),
      campaign,
      { check: true, revoke: true },
    ),
    'office-audit-drawn': drawnMessage(vi, { week: '2024-06-24', drawn: 40, of: 803 }),
    'office-schedules': schedulesMessage(
      vi,
      campaign.schedules.map((each) => ({ ...line(each === schedule), schedule: each })),
      zone,
    ),
    'office-schedule': scheduleMessage(vi, line(false), zone),
    'office-days': daysMessage(
      vi,
      [
        { day: '2024-07-06', working: true },
        { day: '2024-09-02', working: false },
      ],
      [{ day: '2024-07-06', working: true, note: 'Làm bù' }],
    ),
  };
}

const role = (values: Partial<RoleLine> = {}): RoleLine => ({
  id: 4,
  role: 'reporter',
  person: { id: 7, name: 'Nguyễn Văn An' },
  unit: lsd,
  from: '2024-07-05',
  to: null,
  origin: 'chat',
  by: hanh,
  ...values,
});

function roleMessages() {
  const delegation = role({
    id: 5,
    role: 'deputy',
    person: { id: 21, name: 'Vũ Quốc Khánh' },
    to: '2024-07-16',
    origin: 'delegation',
    by: binh,
  });
  const given = {
    role: 'reporter',
    unit: lsd,
    from: '2024-07-05',
    to: null,
    inPlaceOf: null,
  } as const;
  return {
    roles: rolesMenu(
      vi,
      ROLE_NAMES.map((name, i) => ({
        role: name,
        n: [102, 118, 204, 4, 15, 6, 2, 1, 3, 2, 1][i] ?? 0,
      })),
    ),
    'roles-holders': roleHolders(
      vi,
      'reporter',
      {
        total: 204,
        lines: [role(), role({ id: 9, person: { id: 31, name: 'Lê Văn Bính' }, unit: bctt })],
      },
      0,
    ),
    'role-card': roleCard(vi, role(), true),
    'role-end': endQuestion(vi, role(), 'pq'),
    'role-given': roleGivenMessage(vi, given, ['enrolled', 'member', 'reporter']),
    'role-given-english': roleGivenMessage(
      en,
      {
        role: 'overseer:political_schools',
        unit: null,
        from: '2024-07-05',
        to: null,
        inPlaceOf: null,
      },
      ['enrolled', 'overseer'],
    ),
    'role-ended': roleEndedMessage(vi, role(), '2024-07-15', ['enrolled', 'member']),
    delegated: roleGivenMessage(
      vi,
      { ...given, role: 'deputy', to: '2024-07-16', inPlaceOf: binh.name },
      ['enrolled', 'member', 'deputy'],
    ),
    delegations: delegationsMessage(vi, [delegation]),
    late: lateListMessage(
      vi,
      [
        { id: 1, unit: bctt, person: null, validTo: '2025-01-21', givenByName: hanh.name },
        {
          id: 2,
          unit: null,
          person: { id: 7, name: 'Nguyễn Văn An' },
          validTo: '2025-01-16',
          givenByName: null,
        },
      ],
      campaign,
    ),
    'late-told': lateNotice(vi, { kind: 'unit', unit: bctt }, '2025-01-21', campaign),
  };
}

export const officeSamples = () => ({
  ...officeMessages(),
  ...roleMessages(),
});
