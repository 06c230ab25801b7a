/** Weeks to compute standings from, by hand and generated. */
import fc from 'fast-check';
import type { Campaign, ContentItem } from '../../src/campaign/types.ts';
import type { CountedReport, UnitOfWeek, UnitWeek } from '../../src/standings/types.ts';

const item = (id: string, change: Partial<ContentItem> = {}): ContentItem => ({
  id,
  audience: 'staff',
  planRef: '1',
  label: { vi: id, en: id },
  example: { vi: id, en: id },
  mode: 'count',
  weight: 10,
  weeklyCap: 30,
  evidence: { kinds: ['E1'], required: true },
  ...change,
});

export const campaign: Campaign = {
  code: 'test',
  name: { vi: 'Thử', en: 'Test' },
  motto: { vi: 'Thử', en: 'Test' },
  organisation: { vi: 'Thử', en: 'Test' },
  period: { from: '2024-03-01', to: '2024-12-31' },
  traditionDay: null,
  zone: 'Asia/Ho_Chi_Minh',
  items: [
    item('talk'),
    item('paper', { weight: 20, weeklyCap: null }),
    item('help', { weight: 5, weeklyCap: 7.5, evidence: { kinds: ['E4'], required: false } }),
    item('conduct', {
      mode: 'conduct',
      weight: 0,
      weeklyCap: null,
      evidence: { kinds: ['E4'], required: false },
    }),
  ],
  comparison: { by: ['kind', 'bloc'], shrinkage: 5, smallUnit: 5, collectiveFactor: 0.02 },
  stages: [{ id: 'all', name: { vi: 'Cả đợt', en: 'The whole' }, to: '2024-12-31' }],
  reportingUntil: '2024-12-31',
  pledgesUntil: '2024-12-31',
  auditShare: 0.1,
  ticketWorkingDays: 5,
  document: {
    superior: 'Học viện',
    issuer: 'Hội đồng',
    place: 'Hà Nội',
    signatory: 'TM. Hội đồng',
  },
  schedules: [],
};

export const unit = (unitId: number, change: Partial<UnitOfWeek> = {}): UnitOfWeek => ({
  unitId,
  code: `u${unitId}`,
  nameVi: `Đơn vị ${unitId}`,
  nameEn: `Unit ${unitId}`,
  kind: 'research_teaching',
  bloc: 'academy',
  cluster: null,
  headcount: 10,
  ...change,
});

export const report = (
  id: number,
  change: Partial<Omit<CountedReport, 'author'>> & { by?: number; of?: number } = {},
): CountedReport => {
  const { by = 1, of = 1, ...rest } = change;
  return {
    id,
    kind: 'personal',
    item: 'talk',
    submittedAt: `2024-07-01T02:00:${String(id % 60).padStart(2, '0')}Z`,
    author: { personId: by, unitId: of },
    contributors: [],
    hasEvidence: true,
    ...rest,
  };
};

export const week = (units: UnitOfWeek[], reports: CountedReport[]): UnitWeek => ({
  week: '2024-07-01',
  units,
  reports,
  names: Object.fromEntries(
    reports
      .flatMap((r) => [r.author, ...r.contributors])
      .map((p) => [p.personId, `Người ${p.personId}`]),
  ),
});

/** Weeks of up to 5 units of 2 groups and 12 people, each person in one unit. */
export const weeks: fc.Arbitrary<UnitWeek> = fc
  .record({
    headcounts: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 5, maxLength: 5 }),
    reports: fc.array(
      fc.record({
        item: fc.constantFrom('talk', 'paper', 'help', 'conduct', 'gone'),
        kind: fc.oneof(
          { weight: 4, arbitrary: fc.constant('personal' as const) },
          { weight: 1, arbitrary: fc.constant('collective' as const) },
        ),
        by: fc.integer({ min: 1, max: 12 }),
        with: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
        confirmed: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        second: fc.integer({ min: 0, max: 20 }),
        hasEvidence: fc.boolean(),
      }),
      { maxLength: 25 },
    ),
  })
  .map(({ headcounts, reports }) => {
    const unitOf = (person: number) => (person % 5) + 1;
    return week(
      headcounts.map((headcount, i) =>
        unit(i + 1, { headcount, bloc: i < 3 ? 'academy' : 'political_school' }),
      ),
      reports.map((r, i) => ({
        id: i + 1,
        kind: r.kind,
        item: r.item,
        submittedAt: `2024-07-02T02:00:${String(r.second).padStart(2, '0')}Z`,
        author: { personId: r.by, unitId: unitOf(r.by) },
        contributors: r.with
          .filter((person) => person !== r.by && r.kind === 'personal')
          .map((person, c) => ({
            personId: person,
            unitId: unitOf(person),
            confirmed: r.confirmed[c] ?? false,
          })),
        hasEvidence: r.hasEvidence,
      })),
    );
  });
