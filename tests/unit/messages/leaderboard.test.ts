import { describe, expect, it } from 'vitest';
import { Message } from '../../../src/chat/index.ts';
import { loadTexts } from '../../../src/messages/catalogue.ts';
import { correctionMessage } from '../../../src/messages/corrections.ts';
import { groupTableMessage, unitBoardMessage } from '../../../src/messages/leaderboard.ts';
import { groupTable, unitBoard, weekTable } from '../../../src/standings/board.ts';
import { compareRevisions, computeWeek } from '../../../src/standings/score.ts';
import type { CountedReport, UnitOfWeek } from '../../../src/standings/types.ts';
import { readable } from '../../support/conversation.ts';
import { campaign, report, unit, week } from '../../support/standings-week.ts';

const { vi, en } = loadTexts();
const tableOf = (units: UnitOfWeek[], reports: CountedReport[]) => {
  const data = week(units, reports);
  return weekTable({ data, standings: computeWeek(data, campaign) }, campaign);
};
/** The board of unit 1. */
function boardOf(
  units: UnitOfWeek[],
  reports: CountedReport[],
  more: Parameters<typeof unitBoard>[3] = {},
) {
  const board = unitBoard(tableOf(units, reports), 1, campaign.comparison.smallUnit, more);
  if (!board) throw new Error('unit 1 has no board');
  return board;
}
const philosophy = unit(1, { nameVi: 'Viện Triết học', nameEn: 'Institute of Philosophy' });

describe('a unit’s weekly board', () => {
  const reports = [
    report(1, { by: 1, item: 'paper' }),
    report(2, { by: 2 }),
    report(3, { by: 3 }),
    report(4, { by: 9, of: 2 }),
  ];
  const before = computeWeek(week([philosophy, unit(2)], [report(1, { of: 2 })]), campaign);
  // Unit 1 needs points of its own to have had a place.
  const lower = computeWeek(
    week([philosophy, unit(2)], [report(1, { of: 2, item: 'paper' }), report(2, { of: 1 })]),
    campaign,
  );

  it('says week, place, points, participation and people, with ties sharing a place', () => {
    expect(readable(unitBoardMessage(vi, boardOf([philosophy, unit(2)], reports), campaign))).toBe(
      `Kết quả hưởng ứng tuần 19 – Viện Triết học
Từ thứ Hai đến Chủ nhật: 01/07 – 07/07/2024
Nhóm so sánh: nghiên cứu, giảng dạy – khối Học viện
Vị trí trong nhóm: 1/2
Tổng điểm: 40
Điểm quy đổi trên 100 người: 350
Số đồng chí có báo cáo được xác nhận: 3/10 (30%)
1 | Người 1 | 20
2 | Người 2 | 10
2 | Người 3 | 10
Trân trọng cảm ơn các đồng chí đã tích cực hưởng ứng phong trào.
Số liệu tham khảo, không phải kết quả bình xét.`,
    );
  });

  it('says the same in English', () => {
    const text = readable(unitBoardMessage(en, boardOf([philosophy, unit(2)], reports), campaign));
    expect(text).toContain('Results of week 19 – Institute of Philosophy');
    expect(text).toContain('Monday to Sunday: 1 – 7 July 2024');
    expect(text).toContain('Place in the group: 1 of 2');
    expect(text).toContain('People with verified reports: 3 of 10 (30%)');
    expect(text).toContain('Indicative figures, not the official assessment.');
  });

  it.each([
    ['up', lower.units, '1/2 (▲ tăng 1 bậc so với tuần trước)'],
    [
      'unchanged',
      computeWeek(week([philosophy, unit(2)], reports), campaign).units,
      '1/2 (giữ nguyên so với tuần trước)',
    ],
    ['not compared with a week without points', before.units, '1/2\n'],
    ['not compared before the first week', [], '1/2\n'],
    [
      'not compared when the unit was in another group',
      lower.units.map((u) => ({ ...u, groupKey: 'support/academy' })),
      '1/2\n',
    ],
  ])('tells the change of place: %s', (_, previous, expected) => {
    const board = boardOf([philosophy, unit(2)], reports, { previous });
    expect(readable(unitBoardMessage(vi, board, campaign))).toContain(
      `Vị trí trong nhóm: ${expected}`,
    );
  });

  it('tells a lost place too, in words as well as by a sign', () => {
    const previous = computeWeek(week([philosophy, unit(2)], reports), campaign).units;
    const now = [report(1, { by: 1 }), report(2, { by: 9, of: 2, item: 'paper' })];
    const board = boardOf([philosophy, unit(2)], now, { previous });
    expect(readable(unitBoardMessage(vi, board, campaign))).toContain(
      '2/2 (▼ giảm 1 bậc so với tuần trước)',
    );
    expect(readable(unitBoardMessage(en, board, campaign))).toContain(
      '2 of 2 (▼ down 1 place since last week)',
    );
  });

  it('names ten people and counts the others; never anybody without points', () => {
    const many = [
      ...Array.from({ length: 13 }, (_, i) => report(i + 1, { by: i + 1 })),
      report(20, { by: 50, item: 'conduct' }),
    ];
    const board = boardOf([unit(1, { headcount: 40 })], many);
    const text = readable(unitBoardMessage(vi, board, campaign));
    expect(text.match(/1 \| Người/g)).toHaveLength(10);
    expect(text).toContain('và 3 đồng chí khác');
    expect(text).not.toContain('Người 50');
    expect(text).toContain('14/40 (35%)');
    expect(readable(unitBoardMessage(en, board, campaign))).toContain('and 3 more people');
  });

  it('shows no individual figures in a small unit', () => {
    const small = [unit(1, { headcount: 4 })];
    const text = readable(unitBoardMessage(vi, boardOf(small, [report(1)]), campaign));
    expect(text).not.toContain('Người 1');
    expect(text).toContain('Đơn vị có dưới 5 người nên không nêu kết quả của từng đồng chí.');
    const five = boardOf([unit(1, { headcount: 5 })], [report(1)]);
    expect(readable(unitBoardMessage(vi, five, campaign))).toContain('Người 1');
  });

  it('of an empty week is brief and blames nobody', () => {
    const board = boardOf([philosophy, unit(2)], [report(1, { of: 2, by: 2 })]);
    expect(readable(unitBoardMessage(vi, board, campaign))).toBe(
      `Kết quả hưởng ứng tuần 19 – Viện Triết học
Từ thứ Hai đến Chủ nhật: 01/07 – 07/07/2024
Tuần này đơn vị chưa có báo cáo được xác nhận. Kết quả được xác nhận sau vẫn được tính vào tuần đã gửi báo cáo.
Số liệu tham khảo, không phải kết quả bình xét.`,
    );
  });

  it('says what was corrected in earlier weeks, for this unit only', () => {
    const units = [unit(1), unit(2)];
    const first = computeWeek(week(units, [report(1), report(2, { by: 2, of: 2 })]), campaign);
    const later = computeWeek(
      week(units, [report(1), report(2, { by: 2, of: 2 }), report(3, { by: 2, of: 2 })]),
      campaign,
    );
    const forward = compareRevisions(first, later);
    const board = boardOf(units, [report(9)], { corrections: forward });
    expect(readable(unitBoardMessage(vi, board, campaign))).toContain(
      'Điều chỉnh số liệu các tuần trước:\nTuần 19: vị trí từ 1 thành 2.\n',
    );
    const two = unitBoard(tableOf(units, []), 2, 5, { corrections: forward });
    expect(two && readable(unitBoardMessage(vi, two, campaign))).toContain(
      'Tuần 19: tổng điểm từ 10 thành 20.\n',
    );
    const back = unitBoard(tableOf(units, []), 2, 5, {
      corrections: compareRevisions(later, first),
    });
    expect(back && readable(unitBoardMessage(en, back, campaign))).toContain(
      'Week 19: points from 20 to 10.',
    );
  });

  it('names the weeks whose corrections stand under their own boards', () => {
    const board = boardOf([unit(1)], [report(9)]);
    const framing = { threaded: ['2024-06-17', '2024-06-24'] };
    expect(readable(unitBoardMessage(vi, board, campaign, framing))).toContain(
      'Điều chỉnh số liệu các tuần trước (tuần 17, 18): xem phần trả lời dưới bảng kết quả của tuần tương ứng.\n',
    );
    expect(readable(unitBoardMessage(en, board, campaign, framing))).toContain(
      'Corrections to earlier weeks (17, 18): see the replies under the board of each week.\n',
    );
  });

  it('says a correction by itself, unless a board would show no difference', () => {
    const standings = (reports: CountedReport[]) =>
      computeWeek(week([philosophy, unit(2)], reports), campaign);
    const [correction] = compareRevisions(
      standings([report(1), report(2, { of: 2, item: 'paper' })]),
      standings([report(1), report(3), report(4), report(2, { of: 2, item: 'paper' })]),
    );
    if (!correction) throw new Error('nothing was corrected');
    const message = correctionMessage(en, philosophy, correction, campaign);
    expect(message && readable(Message.parse(message))).toBe(
      `Correction of week 19 – Institute of Philosophy
Week 19: points from 10 to 30, place from 2 to 1.
Indicative figures, not the official assessment.`,
    );
    // Without points there is no place to be seen.
    const unseen = { ...correction, before: { ...correction.after, points: 0, rank: 2 } };
    const now = { ...unseen, after: { ...unseen.before, rank: 1 } };
    expect(correctionMessage(vi, philosophy, now, campaign)).toBeNull();
  });

  it('tells a reader their own result, with the place only where people are ranked', () => {
    const own = (personId: number, headcount = 10) =>
      readable(
        unitBoardMessage(vi, boardOf([unit(1, { headcount })], reports), campaign, {
          own: { personId },
        }),
      );
    expect(own(1)).toContain(
      'Kết quả của đồng chí: 20 điểm, 1 báo cáo được xác nhận, xếp thứ 1 trong đơn vị.',
    );
    expect(own(1, 4)).toContain('Kết quả của đồng chí: 20 điểm, 1 báo cáo được xác nhận.');
    expect(own(77)).toContain('Đồng chí chưa có báo cáo được xác nhận trong thời gian này.');
  });

  it('is a valid message that cannot be turned into markup by a name', () => {
    const nasty = boardOf([unit(1, { nameVi: '<b>*_x' })], reports);
    expect(() => Message.parse(unitBoardMessage(vi, nasty, campaign))).not.toThrow();
  });
});

describe('a comparison group’s table', () => {
  const units = Array.from({ length: 16 }, (_, i) => unit(i + 1, { headcount: 100 }));
  // Unit n has n - 1 reports by different people: unit 16 leads, unit 1 has none.
  const reports = units.flatMap(({ unitId }) =>
    Array.from({ length: unitId - 1 }, (_, i) =>
      report(unitId * 100 + i, { of: unitId, by: unitId * 100 + i }),
    ),
  );
  const lines = (unitId: number | null, of = units) => {
    const group = groupTable(tableOf(of, reports), 'research_teaching/academy', 5);
    return group ? readable(groupTableMessage(vi, group, campaign, unitId)) : '';
  };

  it('shows the first ten, and the reader’s unit with its neighbours', () => {
    const text = lines(3);
    expect(text).toContain(
      'Kết quả hưởng ứng tuần 19 – nhóm nghiên cứu, giảng dạy – khối Học viện',
    );
    expect(text).toContain('1 | Đơn vị 16 | ');
    expect(text).toMatch(
      /10 \| Đơn vị 7 \| .*\n… \| … \| …\n13 \| Đơn vị 4 \| .*\n14 \| ▸ Đơn vị 3 \| .*\n15 \| Đơn vị 2 \| /,
    );
    expect(text).not.toContain('Đơn vị 5 |');
  });

  it('leaves no gap sign where there is no gap, nor the own unit twice', () => {
    expect(lines(6)).toMatch(/10 \| Đơn vị 7 \| .*\n11 \| ▸ Đơn vị 6 \| .*\n12 \| Đơn vị 5 \| /);
    expect(lines(16)).not.toContain('…');
    expect(lines(16).match(/Đơn vị 16/g)).toHaveLength(1);
  });

  it('does not list units without points', () => {
    expect(lines(1)).not.toContain('Đơn vị 1 |');
    expect(lines(1)).toContain('Chỉ nêu các đơn vị đã có điểm.');
  });

  it('keeps back the figures of small units, and says of how many', () => {
    const some = units.map((u) => (u.unitId === 16 ? { ...u, headcount: 3 } : u));
    expect(lines(null, some)).not.toContain('Đơn vị 16');
    expect(lines(null, some)).toContain('Không nêu số liệu của 1 đơn vị có dưới 5 người.');
  });

  it('says so when nobody has points yet', () => {
    const group = groupTable(tableOf(units, []), 'research_teaching/academy', 5);
    expect(group && readable(groupTableMessage(en, group, campaign, 1))).toContain(
      'No unit of the group has verified reports with points yet.',
    );
  });

  it('is null for a group without units', () => {
    expect(groupTable(tableOf(units, []), 'support/academy', 5)).toBeNull();
  });
});
