import { describe, expect, it } from 'vitest';
import { loadTexts } from '../../../src/messages/catalogue.ts';
import { digestDrawing } from '../../../src/messages/digest-picture.ts';
import { Drawing, type DrawnBar, type DrawnPart } from '../../../src/messages/drawing.ts';
import { pictureWeek, realUnits, sampleDigest, trendOf } from '../../support/sample-pictures.ts';
import { report, unit } from '../../support/standings-week.ts';

const { vi, en } = loadTexts();

type Kind = DrawnPart['kind'];
const partsOf = <K extends Kind>(drawing: Drawing, kind: K): Extract<DrawnPart, { kind: K }>[] =>
  Drawing.parse(drawing).parts.filter(
    (part): part is Extract<DrawnPart, { kind: K }> => part.kind === kind,
  );
const barsOf = (drawing: Drawing): DrawnBar[] =>
  partsOf(drawing, 'bars').flatMap(({ bars }) => bars);
const words = (drawing: Drawing): string => JSON.stringify(drawing);

describe('the picture of a unit', () => {
  const units = [unit(1, { nameVi: 'Viện Triết học' }), unit(2), unit(3)];
  const week = pictureWeek(
    units,
    [
      report(1, { by: 1, item: 'paper' }),
      report(2, { by: 2 }),
      report(3, { by: 3 }),
      report(4, { by: 9, of: 2, item: 'paper' }),
    ],
    [report(1, { by: 9, of: 2 }), report(2, { by: 10, of: 2 }), report(3, { by: 1 })],
  );

  it('has place and change, participation, points, and people with ties sharing a place', () => {
    const drawing = week.board(vi, 1);
    expect(partsOf(drawing, 'facts')[0]?.facts).toEqual([
      { label: 'Vị trí trong nhóm', value: '1/3', change: { way: 'up', by: '1' } },
      { label: 'Tỷ lệ tham gia', value: '30%', change: null },
      { label: 'Tổng điểm', value: '40', change: null },
      { label: 'Số đồng chí tham gia', value: '3/10', change: null },
    ]);
    expect(barsOf(drawing).map(({ rank, value, share }) => [rank, value, share])).toEqual([
      ['1', '20', 1],
      ['2', '10', 0.5],
      ['2', '10', 0.5],
    ]);
    expect(partsOf(drawing, 'text').at(-1)?.text).toContain('Trân trọng cảm ơn');
    expect(drawing.foot).toEqual(['Số liệu tham khảo, không phải kết quả bình xét.']);
    expect(drawing.alt).toBe(
      'Biểu đồ kết quả tuần 19 của Viện Triết học: vị trí trong nhóm 1/3, tổng điểm 40, 3 đồng chí có báo cáo được xác nhận.',
    );
    expect(week.board(en, 1).alt).toContain('Chart of Unit 1, week 19: place in the group 1 of 3');
  });

  it('counts those who do not fit, and names nobody of a small unit', () => {
    const reports = Array.from({ length: 13 }, (_, i) => report(i + 1, { by: i + 1 }));
    const many = pictureWeek([unit(1, { headcount: 40 })], reports, []).board(vi, 1);
    expect(barsOf(many)).toHaveLength(10);
    expect(partsOf(many, 'bars')[0]?.more).toBe('và 3 đồng chí khác');
    const small = pictureWeek([unit(1, { headcount: 4 })], [report(1)], []).board(vi, 1);
    expect(barsOf(small)).toEqual([]);
    expect(words(small)).toContain('không nêu kết quả của từng đồng chí');
  });

  it('of a week without results says so and has no figures', () => {
    const drawing = pictureWeek(units, [], []).board(vi, 1);
    expect(drawing.parts).toEqual([
      { kind: 'text', text: expect.stringContaining('chưa có báo cáo được xác nhận') },
    ]);
    expect(drawing.alt).toContain('chưa có số liệu');
  });
});

describe('the picture of a group', () => {
  // Unit n of 20 has n - 1 reports, so that unit 20 leads and unit 1 has none.
  const units = Array.from({ length: 20 }, (_, i) => unit(i + 1, { headcount: 100 }));
  const reports = units.flatMap(({ unitId }) =>
    Array.from({ length: unitId - 1 }, (_, i) =>
      report(unitId * 100 + i, { of: unitId, by: unitId * 100 + i }),
    ),
  );
  const week = pictureWeek(units, reports, reports);

  it('shows the first fifteen, the reader’s own wherever it stands, and counts the others', () => {
    const drawing = week.group(vi, 3);
    const bars = barsOf(drawing);
    expect(bars.map(({ label }) => label).slice(0, 2)).toEqual(['Đơn vị 20', 'Đơn vị 19']);
    expect(bars).toHaveLength(16);
    expect(bars.at(-1)).toMatchObject({ label: 'Đơn vị 3', rank: '18', own: true, gap: true });
    expect(bars.filter(({ own }) => own)).toHaveLength(1);
    expect(partsOf(drawing, 'bars')[0]?.more).toBe('và 3 đơn vị khác');
    expect(bars[0]?.change).toEqual({ way: 'same', by: '' });
    expect(drawing.alt).toContain('19 đơn vị đã có điểm, dẫn đầu là Đơn vị 20');
  });

  it('has no gap before a unit that follows at once, and leaves out no single one', () => {
    const bars = barsOf(week.group(vi, 5));
    expect(bars.at(-1)).toMatchObject({ label: 'Đơn vị 5', gap: false });
    const sixteen = pictureWeek(units.slice(0, 17), reports, []).group(vi, null, 1);
    expect(barsOf(sixteen)).toHaveLength(16);
    expect(partsOf(sixteen, 'bars')[0]?.more).toBeNull();
  });

  it('has no reader’s own in a group of others, keeps small units back and says of how many', () => {
    const some = units.map((one) => (one.unitId === 20 ? { ...one, headcount: 3 } : one));
    const drawing = pictureWeek(some, reports, []).group(vi, null, 1);
    expect(barsOf(drawing).some(({ own, label }) => own || label === 'Đơn vị 20')).toBe(false);
    expect(drawing.foot.join()).toContain('Không nêu số liệu của 1 đơn vị có dưới 5 người.');
  });

  it('says so when nobody has points', () => {
    const drawing = pictureWeek(units, [], []).group(en, 1);
    expect(words(drawing)).toContain('No unit of the group has verified reports');
    expect(drawing.alt).toContain('no figures yet');
  });
});

describe('the picture of a digest', () => {
  const week = pictureWeek(realUnits);
  const digest = sampleDigest(week);

  it('has figures against the week before, three points first, groups by place, and the trend', () => {
    const drawing = digestDrawing(vi, digest);
    expect(drawing.title).toBe('Tổng hợp tuần 19 – toàn Học viện và các trường chính trị');
    expect(partsOf(drawing, 'facts')[0]?.facts.map(({ label }) => label)).toEqual([
      'Tỷ lệ tham gia',
      'Đơn vị tham gia',
      'Báo cáo được xác nhận',
      'Báo cáo chờ xác nhận',
    ]);
    expect(partsOf(drawing, 'list')[0]?.items).toHaveLength(3);
    const groups = partsOf(drawing, 'bars');
    expect(groups.map(({ heading }) => heading)).toEqual(
      expect.arrayContaining(['Nhóm nghiên cứu, giảng dạy – khối trường chính trị']),
    );
    for (const { bars, more } of groups) {
      expect(bars).toHaveLength(4);
      expect(bars[0]).toMatchObject({ rank: '1', share: 1 });
      expect(more).toMatch(/^và \d+ đơn vị khác$/);
    }
    expect(partsOf(drawing, 'trend')[0]?.points).toHaveLength(12);
  });

  it('shows one group alone at more length, and no bar of a small unit', () => {
    const [first] = digest.groups;
    const alone = digestDrawing(vi, { ...digest, groups: first ? [first] : [] });
    expect(barsOf(alone)).toHaveLength(15);
    const small = realUnits.find(({ headcount }) => headcount < 5);
    const all = digestDrawing(vi, { ...digest, smallUnit: 1 });
    expect(words(alone)).not.toContain(small?.nameVi);
    expect(all.alt).toBe(alone.alt);
  });

  it('counts groups that do not fit', () => {
    const [first] = digest.groups;
    if (!first) throw new Error('there is no group');
    const groups = Array.from({ length: 9 }, () => first);
    const drawing = digestDrawing(vi, { ...digest, groups });
    expect(partsOf(drawing, 'bars')).toHaveLength(5);
    expect(barsOf(drawing)).toHaveLength(15);
    expect(words(drawing)).toContain('Còn 4 nhóm khác trong phần chữ và bảng tính.');
  });

  it('for the mobilisers has participation only, neither points nor reports', () => {
    const drawing = digestDrawing(vi, {
      ...digest,
      of: 'participation',
      totals: { ...digest.totals, reports: null },
      groups: [],
      backlog: null,
      attention: [],
    });
    expect(partsOf(drawing, 'facts')[0]?.facts).toHaveLength(2);
    expect(barsOf(drawing)).toHaveLength(15);
    expect(barsOf(drawing).every(({ value }) => value.endsWith('%'))).toBe(true);
    expect(words(drawing)).not.toContain('Điểm quy đổi');
  });

  it('without a week before, a trend or anything to report is still a picture', () => {
    const nothing = pictureWeek(realUnits, [], []);
    const drawing = digestDrawing(
      en,
      sampleDigest(nothing, { before: null, trend: trendOf(1, digest.totals), attention: [] }),
    );
    expect(partsOf(drawing, 'trend')).toEqual([]);
    expect(partsOf(drawing, 'list')).toEqual([]);
    expect(partsOf(drawing, 'facts')[0]?.facts.every(({ change }) => change === null)).toBe(true);
    expect(words(drawing)).toContain('No unit has points to be shown yet.');
  });

  it('of a stage or the whole campaign is named by it', () => {
    const drawing = digestDrawing(vi, {
      ...digest,
      of: 'political_schools',
      period: {
        kind: 'stage',
        stage: 'one',
        name: { vi: 'giai đoạn 1', en: 'stage 1' },
        from: '2024-03-01',
        to: '2024-06-30',
        weeks: { first: '2024-02-26', last: '2024-06-24' },
        running: false,
      },
    });
    expect(drawing.title).toBe('Tổng hợp giai đoạn 1 – các trường chính trị');
    expect(drawing.lead[0]).toBe('01/03 – 30/06/2024');
  });
});
