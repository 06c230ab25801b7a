/** Digests for each who reads one, a unit's overview, one's own results and documents. */
import type { Digest } from '../../src/digests/types.ts';
import type { UnitOverview } from '../../src/engine/overview-reads.ts';
import { digestFilesMessage, digestMessage } from '../../src/messages/digest.ts';
import {
  choosePeriod,
  chooseScope,
  digestButtons,
  overviewMessage,
  unreportedMessage,
} from '../../src/messages/digest-choice.ts';
import { exportedMessage } from '../../src/messages/documents.ts';
import { ownStandingMessage } from '../../src/messages/own-standing.ts';
import { ownResults } from '../../src/standings/own.ts';
import { campaign, texts, unitView } from './conversation.ts';
import { pictureWeek, realUnits, sampleDigest } from './sample-pictures.ts';
import { report } from './standings-week.ts';

const { vi, en } = texts;

const schools = realUnits.filter(({ bloc }) => bloc === 'political_school');
const [first, second, third] = realUnits;
if (!first || !second || !third) throw new Error('the list of units is too short');

const council = sampleDigest(pictureWeek(realUnits), {
  exemplars: [
    {
      id: 14,
      reportId: 1201,
      title: 'Giờ giảng kiểu mẫu về xây dựng Đảng',
      authorName: 'Hoàng Minh Đức',
      unit: first,
      citation: 'Đổi mới phương pháp giảng dạy.',
    },
    {
      id: 15,
      reportId: 1230,
      title: 'Số hóa hồ sơ lưu trữ của đơn vị',
      authorName: null,
      unit: second,
      citation: 'Hoàn thành trước hạn.',
    },
  ],
});

const NO_REPORTS = {
  groups: [],
  units: [],
  backlog: null,
  audit: null,
} as const satisfies Partial<Digest>;

const counts = sampleDigest(pictureWeek(realUnits), {
  ...NO_REPORTS,
  of: 'participation',
  totals: { ...council.totals, reports: null },
  before: council.before && { ...council.before, reports: null },
  silent: council.silent.slice(0, 6),
  attention: [
    { kind: 'silent', units: council.silent.slice(0, 6) },
    { kind: 'unreachable', people: 212 },
  ],
});

const students = sampleDigest(pictureWeek(realUnits.slice(0, 3)), {
  of: 'students',
  audit: null,
  attention: [{ kind: 'falling', points: 6.5, units: [first] }],
  cohorts: [
    { unit: first, cohort: 'Cao học K30', headcount: 28, participants: 12, verified: 15 },
    { unit: first, cohort: 'Nghiên cứu sinh 2023', headcount: 9, participants: 4, verified: 6 },
    {
      unit: second,
      cohort: 'Lớp cao cấp lý luận B12',
      headcount: 61,
      participants: 7,
      verified: 7,
    },
    { unit: third, cohort: null, headcount: 14, participants: 0, verified: 0 },
  ],
});

const overview: UnitOverview = {
  headcount: 42,
  waiting: 7,
  oldest: '2024-07-02T03:00:00Z',
  week: { participants: 9, unreported: 29 },
  campaign: { participants: 31, unreported: 8 },
  items: [
    { item: 'cn.2', sent: 21, verified: 18 },
    { item: 'cn.5', sent: 9, verified: 6 },
    { item: 'cn.6', sent: 4, verified: 4 },
  ],
};

const WEEKS = ['2024-06-17', '2024-06-24', '2024-07-01'];
const results = ownResults(
  WEEKS.flatMap((week, i) =>
    ['cn.2', 'cn.6'].slice(0, i + 1).map((item, j) => ({
      ...report(10 * i + j, { by: 7, of: 1, item }),
      week,
    })),
  ),
  7,
  campaign,
);

const file = (name: string, mime: string) => ({ name, mime, sha256: 'c'.repeat(64) });
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function figureSamples() {
  const unit = unitView();
  const stage = campaign.stages[0];
  if (!stage) throw new Error('the campaign has no stage');
  const exported = {
    of: unit,
    period: { stage: stage.id, name: stage.name },
    asOf: '2024-07-31T09:00:00Z',
    campaign,
  };
  return {
    'digest-council': digestMessage(vi, council, { opening: 'council', following: true }),
    'digest-council-english': digestMessage(en, council, {
      buttons: digestButtons(en, 'campaign', true),
    }),
    'digest-schools': digestMessage(
      vi,
      sampleDigest(pictureWeek(schools), { of: 'political_schools', audit: null, corrections: [] }),
      { opening: 'reader', following: true },
    ),
    'digest-students': digestMessage(vi, students, { opening: 'reader', following: true }),
    'digest-mobiliser': digestMessage(vi, counts, { opening: 'reader', following: true }),
    'digest-files': digestFilesMessage(vi, council, [
      {
        kind: 'image',
        alt: 'Tổng hợp tuần 19',
        media: file('tong-hop-2024-07-01.png', 'image/png'),
      },
      { kind: 'file', media: file('tong-hop-2024-07-01.xlsx', XLSX) },
    ]),
    'digest-scopes': chooseScope(vi, ['campaign', 'political_schools', 'participation'], [unit]),
    'digest-periods': choosePeriod(
      vi,
      'campaign',
      ['now', 'last', 's0', 'all'],
      { now: '2024-07-01', last: '2024-06-24' },
      campaign,
      true,
    ),
    'unit-overview': overviewMessage(vi, unit, overview, 3, campaign, true),
    'unit-unreported': unreportedMessage(vi, unit, 'week', {
      total: 29,
      names: ['Đỗ Văn Ân', 'Bùi Thị Ngọc Ánh', 'Ngô Xuân Trường', 'Lý Thị Mỹ Hạnh'],
    }),
    'own-standing': ownStandingMessage(
      vi,
      { personId: 7, results, board: null, waiting: 1, returned: 1, shares: 2 },
      { kind: 'campaign' },
      campaign,
      { asOf: '10 giờ 00, 05/07/2024' },
    ),
    'documents-ready': exportedMessage(vi, 'document', exported, [
      file('bao-cao-so-ket-vien-lsd.docx', DOCX),
    ]),
    'documents-ready-english': exportedMessage(en, 'workbook', { ...exported, of: null }, [
      file('ranking-2024-07-31.xlsx', XLSX),
    ]),
  };
}
