/** Made-up figures for final documents, made by the same computation as the real ones. */
import { loadCampaign } from '../../src/campaign/load.ts';
import type { Campaign } from '../../src/campaign/types.ts';
import { stageSpans } from '../../src/digests/spans.ts';
import { computeFinal } from '../../src/exports/final-compute.ts';
import type {
  FinalData,
  FinalPeriod,
  FinalReport,
  FinalSource,
} from '../../src/exports/final-data.ts';
import type { UnitOfWeek } from '../../src/standings/types.ts';

export const campaign: Campaign = loadCampaign();

/** A stage's period, or (null) the whole campaign's, once it is over. */
export function periodOf(stage: string | null): FinalPeriod {
  const found = campaign.stages.find(({ id }) => id === stage) ?? null;
  const spans = stageSpans(campaign, found, '2025-01-13');
  if (spans?.period.kind !== 'stage') throw new Error(`no stage ${stage}`);
  return spans.period;
}

const unit = (unitId: number, nameVi: string, change: Partial<UnitOfWeek> = {}): UnitOfWeek => ({
  unitId,
  code: `don-vi-${unitId}`,
  nameVi,
  nameEn: `Unit ${unitId}`,
  kind: 'research_teaching',
  bloc: 'academy',
  cluster: null,
  headcount: 24,
  ...change,
});

const UNITS = [
  unit(1, 'Viện Triết học', { nameEn: 'Institute of Philosophy' }),
  unit(2, 'Viện Chủ nghĩa xã hội khoa học'),
  unit(3, 'Văn phòng Học viện', { kind: 'support', headcount: 41 }),
  unit(4, 'Trường Chính trị Tô Hiệu, thành phố Hải Phòng', { bloc: 'political_school' }),
  unit(5, 'Ban Thường trực đề án', { kind: 'support', headcount: 3 }),
] as const;

const NAMES = [
  'Nguyễn Thị Ánh Tuyết',
  'Trần Đức Thắng',
  'Lê Hoàng Ngọc Diệp',
  'Phạm Quốc Khánh',
  'Đặng Thị Mỹ Duyên',
  'Vũ Đình Phương',
];
const nameOf = (personId: number): string =>
  `${NAMES[personId % NAMES.length]}${personId >= 60 ? ` ${personId}` : ''}`;

/** A verified report of the person `10 × unit + n`; the first week of July unless said otherwise. */
export function finalReport(
  id: number,
  unitId: number,
  change: Partial<FinalReport> & { readonly by?: number } = {},
): FinalReport {
  const { by = unitId * 10, ...rest } = change;
  return {
    id,
    kind: 'personal',
    item: 'cn.2',
    title: `Bài giảng chuyên đề “Xây dựng nhà nước pháp quyền” được Hội đồng khoa học đánh giá tốt (lần ${id})`,
    author: { personId: by, unitId },
    authorName: nameOf(by),
    contributors: [],
    hasEvidence: true,
    submittedAt: `2024-07-03T02:00:00.${String(id).padStart(6, '0')}Z`,
    submittedOn: '2024-07-03',
    doneOn: '2024-07-02',
    verifiedOn: '2024-07-04',
    verifierName: 'Hoàng Minh Quân',
    week: '2024-07-01',
    evidence: { texts: [`${id}/QĐ-HVCTQG ngày 02/07/2024`], files: id % 3 },
    ...rest,
  };
}

/** Reports of all kinds in all units. */
export function sampleReports(perUnit = 14): FinalReport[] {
  return UNITS.flatMap(({ unitId, kind }) =>
    Array.from({ length: perUnit }, (_, n): FinalReport => {
      const id = unitId * 1000 + n + 1;
      const by = unitId * 10 + (n % 6);
      const week = `2024-${n % 2 ? '07-01' : '09-02'}`;
      if (n % 5 === 4)
        return finalReport(id, unitId, {
          by,
          kind: 'collective',
          week,
          item: kind === 'support' ? 'sp.1' : 'rt.4b',
        });
      const shared = n % 7 === 3 ? [{ personId: unitId * 10 + 7, unitId, confirmed: true }] : [];
      return finalReport(id, unitId, {
        by,
        week,
        item: ['cn.2', 'cn.5', 'cn.6', 'hv.4'][n % 4] ?? 'cn.2',
        contributors: shared,
      });
    }),
  );
}

function sampleSource(change: Partial<FinalSource> = {}): FinalSource {
  const reports = change.reports ?? sampleReports();
  const pairs = new Map(
    reports
      .flatMap(({ author, contributors }) => [author, ...contributors])
      .map(({ personId, unitId }) => [`${personId} ${unitId}`, { personId, unitId }]),
  );
  return {
    units: UNITS,
    reports,
    members: [...pairs.values()].map(({ personId, unitId }) => ({
      personId,
      unitId,
      name: nameOf(personId),
      audience: personId % 10 === 3 ? 'student' : 'staff',
      cohort: personId % 10 === 3 ? 'K74.A12' : null,
    })),
    places: UNITS.map(({ unitId, kind, bloc }, at) => ({
      unitId,
      groupKey: `${kind}/${bloc}`,
      rank: at + 1,
      groupSize: 5,
      score: 0.125 * (5 - at),
    })),
    pledges: [
      {
        unitId: 1,
        text: 'Phấn đấu mỗi giảng viên có ít nhất một giờ giảng chất lượng tốt; hoàn thành 100% đề tài đúng tiến độ.',
        targets: { 'rt.4b': 2, 'cn.2': 10 },
      },
      { unitId: 3, text: 'Số hóa toàn bộ hồ sơ.', targets: { 'sp.1': 3 } },
    ],
    remarks: [{ unitId: 1, people: 6, unit: 1 }],
    exemplars: [
      {
        id: 1,
        reportId: 1001,
        title: 'Đổi mới phương pháp giảng dạy chuyên đề nhà nước pháp quyền',
        authorName: nameOf(10),
        unitId: 1,
        citation:
          'Đồng chí đã chủ động xây dựng hệ thống tình huống thực tiễn, được học viên của bốn lớp đánh giá cao.',
      },
      {
        id: 2,
        reportId: 3005,
        title: 'Rút ngắn thời gian xử lý hồ sơ từ năm ngày còn hai ngày',
        authorName: null,
        unitId: 3,
        citation: 'Tập thể Văn phòng đi đầu trong cải tiến quy trình.',
      },
    ],
    ...change,
  };
}

/** Of one unit, or (null) the whole campaign. */
export function sampleFinal(
  unitId: number | null,
  change: Partial<FinalSource> = {},
  period: FinalPeriod = periodOf(null),
): FinalData {
  const ask = { period, unitId, asOf: '2025-01-13T02:30:00Z', day: '2025-01-13' };
  const data = computeFinal(sampleSource(change), ask, campaign);
  if (!data) throw new Error('the unit is in the sample');
  return data;
}
