/** Months, pictures, one's own results, and who may see which group. */
import { describe, expect, it } from 'vitest';
import type { GrantView, PersonView } from '../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { leaderboard } from '../../../src/flows/leaderboard/feature.ts';
import type { WeekReport } from '../../../src/standings/own.ts';
import { computeWeek } from '../../../src/standings/score.ts';
import type { PastTotals, UnitWeek } from '../../../src/standings/types.ts';
import { Conversation, type ConversationOptions, personView } from '../../support/conversation.ts';
import { campaign, report, unit, week } from '../../support/standings-week.ts';

const units = [
  unit(1, { nameVi: 'Viện Triết học' }),
  unit(2, { nameVi: 'Viện Xã hội học' }),
  unit(3, { nameVi: 'Văn phòng', kind: 'support' }),
  unit(4, { nameVi: 'Trường Chính trị tỉnh Phú Thọ', bloc: 'political_school' }),
];
const inWeek = (monday: string, reports: UnitWeek['reports']): UnitWeek => ({
  ...week(units, [...reports]),
  week: monday,
});
/** Now it is Friday, 5 July 2024; July's weeks begin with the one of Monday the 1st. */
const WEEKS: Record<string, UnitWeek> = {
  '2024-07-01': inWeek('2024-07-01', [report(1, { by: 7 }), report(2, { by: 8, item: 'paper' })]),
  '2024-06-24': inWeek('2024-06-24', [report(3, { by: 7 }), report(4, { by: 20, of: 2 })]),
};
const PAST: PastTotals = {
  units: [{ unitId: 1, points: 50, collective: 0, score: 5 }],
  people: [{ personId: 7, name: 'Người 7', points: 50, verified: 5 }],
};
const ownReports: WeekReport[] = [
  { ...report(1, { by: 7 }), week: '2024-07-01' },
  { ...report(3, { by: 7 }), week: '2024-06-24' },
  { ...report(9, { by: 7, item: 'help' }), week: '2024-06-24' },
  { ...report(10, { by: 7, item: 'help' }), week: '2024-06-24' },
];

function talk(options: Partial<ConversationOptions> = {}) {
  const asked: string[] = [];
  const conversation = new Conversation({
    handler: createDispatch([leaderboard]),
    campaign,
    reads: {
      unitWeek: async (monday) => WEEKS[monday] ?? inWeek(monday, []),
      recordedWeek: async (monday) => {
        const data = WEEKS[monday];
        return data ? [...computeWeek(data, campaign).units] : [];
      },
      pastTotals: async (before, _code, unitId, from) => {
        asked.push(`${from ?? ''}..${before} ${unitId}`);
        return PAST;
      },
      ownReports: async (personId, _code, { first, last }) => {
        asked.push(`own ${personId} ${first}..${last}`);
        return {
          reports: ownReports.filter(({ week: of }) => of >= first && of <= last),
          waiting: 2,
        };
      },
      awaitedOf: async () => ({
        returned: { total: 1, lines: [] },
        shares: { total: 0, lines: [] },
      }),
    },
    ...options,
  });
  return { conversation, asked };
}

const holding = (...grants: GrantView[]): PersonView => personView({ membership: null, grants });

describe('a month', () => {
  it('is the weeks whose Monday lies in it, recorded ones and those still open, and says so', async () => {
    const { conversation, asked } = talk();
    await conversation.command('bangxephang');
    await conversation.press('Tháng này');
    expect(conversation.last).toContain('Kết quả hưởng ứng tháng 7/2024 – Viện Triết học');
    expect(conversation.last).toContain(
      'Gồm các tuần có ngày thứ Hai trong tháng: 01/07 – 04/08/2024',
    );
    expect(asked).toEqual(['2024-07-01..2024-07-01 1']);
    expect(conversation.last).toContain('1 | Người 7 | 60');
    expect(conversation.last).not.toContain('so với tuần trước');
  });

  it('before this one ends with its last week as it stands now', async () => {
    const { conversation, asked } = talk();
    await conversation.command('bangxephang');
    await conversation.press('Tháng trước');
    expect(conversation.last).toContain('tháng 6/2024');
    expect(conversation.last).toContain('03/06 – 30/06/2024');
    expect(asked).toEqual(['2024-06-03..2024-06-24 1']);
    await conversation.press('Xem nhóm so sánh');
    expect(conversation.last).toContain('tháng 6/2024 – nhóm nghiên cứu, giảng dạy');
    expect(conversation.last).toContain('2 | Viện Xã hội học');
  });

  it('is not offered where it lies before the campaign', async () => {
    const { conversation } = talk({ now: '2024-03-06T03:00:00Z' });
    await conversation.command('bangxephang');
    // Its first week began in February.
    expect(conversation.labels()).toContain('Tháng trước');
    const first = talk({ now: '2024-03-01T03:00:00Z' }).conversation;
    await first.command('bangxephang');
    expect(first.labels()).not.toContain('Tháng trước');
    await first.pressAction('lb:u:before');
    expect(first.ack.toast).toContain('Nút này đã cũ');
  });
});

describe('one’s own results', () => {
  it('are told by item and week, with the place, the part of the unit and what waits', async () => {
    const { conversation, asked } = talk();
    await conversation.command('bangxephang');
    await conversation.press('Toàn phong trào');
    await conversation.press('Kết quả của tôi');
    const text = conversation.last;
    expect(asked).toContain('own 7 2024-02-26..2024-07-01');
    expect(text).toContain('Kết quả của đồng chí – từ đầu phong trào');
    // 10 + 10, and of two times 5 no more than 7,5 a week.
    expect(text).toContain('Tổng điểm: 27,5');
    expect(text).toContain('Báo cáo được xác nhận: 4');
    expect(text).toContain('talk | 2 | 20\nhelp | 2 | 7,5');
    expect(text).toContain('Tuần 19 (01/07 – 07/07/2024) | 1 | 10');
    expect(text).toContain('Tuần 18 (24/06 – 30/06/2024) | 3 | 17,5');
    expect(text).toContain('Vị trí trong đơn vị: 1/2 đồng chí có điểm');
    expect(text).toContain('2 báo cáo của đồng chí đang chờ xác nhận.');
    expect(text).toContain('1 báo cáo được trả lại để bổ sung');
    expect(text).toContain('Trân trọng cảm ơn đồng chí');
    expect(text).not.toContain('Người 8');
    await conversation.press('Tuần này');
    expect(conversation.last).toContain('Kết quả của đồng chí – tuần 19');
    expect(conversation.last).toContain('Tổng điểm: 10');
    expect(conversation.last).toContain('Phần đóng góp vào tổng điểm của đơn vị: 33,3%');
    expect(conversation.last).not.toContain('Tuần 18');
    await conversation.press('Xem đơn vị');
    expect(conversation.last).toContain('tuần 19 – Viện Triết học');
  });

  it('are the own figures only where the unit is small, and for somebody in no unit', async () => {
    const small = [unit(1, { headcount: 4 })];
    const reads = {
      unitWeek: async (monday: string) => ({
        ...week(small, [report(1, { by: 7 })]),
        week: monday,
      }),
      ownReports: async () => ({ reports: ownReports, waiting: 0 }),
      awaitedOf: async () => ({
        returned: { total: 0, lines: [] },
        shares: { total: 0, lines: [] },
      }),
    };
    for (const person of [personView(), personView({ membership: null })]) {
      const { conversation } = talk({ person, reads });
      await conversation.pressAction('lb:m:now');
      const shown = conversation.answer;
      expect(shown).toContain('Tổng điểm: 27,5');
      expect(shown).not.toContain('Vị trí trong đơn vị');
      expect(shown).not.toContain('Phần đóng góp');
    }
  });

  it('without any are a plain sentence that blames nobody', async () => {
    const { conversation } = talk({ person: personView({ id: 99 }) });
    await conversation.pressAction('lb:m:last');
    // Nobody's reports are these: caps and shares are counted for the reader alone.
    expect(conversation.answer).toContain(
      'Trong thời gian này đồng chí chưa có báo cáo được xác nhận.',
    );
    expect(conversation.answer).not.toContain('Trân trọng cảm ơn');
  });

  it('are told to nobody in a group, nor to a stranger', async () => {
    const stranger = talk({ person: null }).conversation;
    await stranger.pressAction('lb:m:now');
    expect(stranger.answer).toBe('Đồng chí chưa được phân quyền thực hiện chức năng này.');
  });
});

describe('“Xem ảnh”', () => {
  it.each([
    ['lb:u:now:p', 'Kết quả hưởng ứng tuần 19 – Viện Triết học'],
    ['lb:g:now:p', 'tuần 19 – nhóm nghiên cứu, giảng dạy – khối Học viện'],
    ['lb:u:all:p', 'từ đầu phong trào – Viện Triết học'],
    ['lb:g:month:p', 'tháng 7/2024 – nhóm'],
  ])('%s writes a task and leaves the message as it is', async (action, title) => {
    const { conversation } = talk();
    await conversation.pressAction(action);
    expect(conversation.decision.sends).toEqual([]);
    expect(conversation.ack.toast).toContain('đang vẽ ảnh');
    expect(conversation.decision.writes).toMatchObject([
      {
        op: 'insert',
        table: 'task',
        row: {
          kind: 'picture',
          askedBy: 7,
          payload: {
            send: { to: { chat: expect.any(String) }, personId: 7 },
            drawing: { title: expect.stringContaining(title) },
            otherwise: { notice: expect.stringContaining('Chưa vẽ được ảnh') },
          },
        },
      },
    ]);
  });

  it('obeys the same rights as the message', async () => {
    const { conversation } = talk();
    await conversation.pressAction('lb:g:now:2:p');
    expect(conversation.decision.writes).toEqual([]);
    expect(conversation.ack.toast).toContain('Nút này đã cũ');
  });
});

describe('groups besides one’s own', () => {
  const choices = async (person: PersonView): Promise<string[]> => {
    const { conversation } = talk({ person });
    await conversation.command('bangxephang');
    return conversation.labels();
  };
  const ALL = [
    'nghiên cứu, giảng dạy – khối Học viện',
    'nghiên cứu, giảng dạy – khối trường chính trị',
    'tham mưu, phục vụ – khối Học viện',
  ];

  it.each(['office', 'council', 'leadership'] as const)(
    'are all of them for the %s',
    async (role) => {
      expect(await choices(holding({ role, unitId: null }))).toEqual(ALL);
    },
  );

  it('are the schools’ for their overseer, who gets no other by a button either', async () => {
    const overseer = holding({ role: 'overseer', unitId: null, scope: 'political_schools' });
    expect(await choices(overseer)).toEqual([ALL[1]]);
    const { conversation } = talk({ person: overseer });
    await conversation.pressAction('lb:g:now:0');
    expect(conversation.decision.sends).toEqual([]);
    await conversation.pressAction('lb:g:now:1');
    expect(conversation.decision.sends).toHaveLength(1);
  });

  it.each([
    ['the overseer of the students', { role: 'overseer', unitId: null, scope: 'students' }],
    ['a mobiliser', { role: 'mobiliser', unitId: null }],
    ['the press', { role: 'press', unitId: null }],
    ['the finance office', { role: 'finance', unitId: null }],
  ] satisfies [string, GrantView][])('are none for %s', async (_, grant) => {
    const { conversation } = talk({ person: holding(grant) });
    await conversation.command('bangxephang');
    expect(conversation.last).toContain('chưa thuộc đơn vị nào');
    await conversation.pressAction('lb:g:now:1');
    expect(conversation.decision.sends).toEqual([]);
  });
});
