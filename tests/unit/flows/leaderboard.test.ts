import { describe, expect, it } from 'vitest';
import type { PersonView, UnitView } from '../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { leaderboard } from '../../../src/flows/leaderboard/feature.ts';
import { computeWeek } from '../../../src/standings/score.ts';
import type { PastTotals, UnitWeek } from '../../../src/standings/types.ts';
import {
  buttonsOf,
  Conversation,
  type ConversationOptions,
  personView,
  unitView,
} from '../../support/conversation.ts';
import { campaign, report, unit, week } from '../../support/standings-week.ts';

const units = [
  unit(1, { nameVi: 'Viện Triết học', nameEn: 'Institute of Philosophy' }),
  unit(2, { nameVi: 'Viện Xã hội học' }),
  unit(3, { nameVi: 'Văn phòng', kind: 'support' }),
];
const inWeek = (monday: string, reports: UnitWeek['reports']): UnitWeek => ({
  ...week(units, [...reports]),
  week: monday,
});
/** Now it is Friday, 5 July 2024. */
const WEEKS: Record<string, UnitWeek> = {
  '2024-07-01': inWeek('2024-07-01', [
    report(1, { by: 7, item: 'paper' }),
    report(2, { by: 8 }),
    report(3, { by: 20, of: 2 }),
    report(4, { by: 30, of: 3 }),
  ]),
  '2024-06-24': inWeek('2024-06-24', [report(5, { by: 20, of: 2 }), report(6, { by: 8 })]),
};
const PAST: PastTotals = {
  units: [
    { unitId: 1, points: 100, collective: 0, score: 10 },
    { unitId: 2, points: 500, collective: 0, score: 50 },
  ],
  people: [{ personId: 8, name: 'Người 8', points: 100, verified: 10 }],
};

function talk(options: Partial<ConversationOptions> = {}, past: PastTotals = PAST) {
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
      pastTotals: async (before, code, unitId) => {
        asked.push(`${before} ${code} ${unitId}`);
        return past;
      },
    },
    ...options,
  });
  return { conversation, asked };
}
const office: PersonView = personView({
  membership: null,
  grants: [{ role: 'office', unitId: null }],
});
const room = (of: UnitView | null) => ({
  title: 'Nhóm',
  thread: null,
  purpose: 'unit' as const,
  unit: of,
  left: false,
});

describe('/bangxephang in private', () => {
  it('shows the own unit’s week so far, and one’s own result', async () => {
    const { conversation } = talk();
    await conversation.command('bangxephang');
    const text = conversation.last;
    expect(text).toContain('Kết quả hưởng ứng tuần 19 – Viện Triết học');
    expect(text).toContain('Số liệu tính đến 10 giờ 00, 05/07/2024.');
    expect(text).toContain('Vị trí trong nhóm: 1/2 (giữ nguyên so với tuần trước)');
    expect(text).toContain('1 | Người 7 | 20\n2 | Người 8 | 10');
    expect(text).toContain(
      'Kết quả của đồng chí: 20 điểm, 1 báo cáo được xác nhận, xếp thứ 1 trong đơn vị.',
    );
    expect(text).not.toContain('Văn phòng');
  });

  it('answers in English by its English name', async () => {
    const { conversation } = talk({ language: 'en' });
    await conversation.command('leaderboard');
    expect(conversation.last).toContain('Results of week 19 – Institute of Philosophy');
    expect(conversation.last).toContain('As of 10:00, 5 July 2024.');
    expect(conversation.last).toContain('20 points, 1 verified report, place 1 in the unit.');
  });

  it('redraws the same message for last week and for the whole campaign', async () => {
    const { conversation, asked } = talk();
    await conversation.command('bangxephang');
    await conversation.press('Tuần trước');
    expect(conversation.shown).toHaveLength(1);
    expect(conversation.last).toContain('tuần 18');
    expect(conversation.last).toContain(
      'Đồng chí chưa có báo cáo được xác nhận trong thời gian này.',
    );
    await conversation.press('Toàn phong trào');
    expect(conversation.shown).toHaveLength(1);
    // Recorded weeks up to the one before last, then both weeks as they stand.
    expect(asked).toEqual(['2024-06-24 test 1']);
    expect(conversation.last).toContain('từ đầu phong trào – Viện Triết học');
    expect(conversation.last).toContain('Tổng điểm: 140');
    expect(conversation.last).toContain('Vị trí trong nhóm: 2/2');
    expect(conversation.last).toContain('1 | Người 8 | 120\n2 | Người 7 | 20');
    await conversation.press('Tuần này');
    expect(conversation.last).toContain('tuần 19');
  });

  it('shows the own comparison group, and the way back', async () => {
    const { conversation } = talk();
    await conversation.command('bangxephang');
    await conversation.press('Xem nhóm so sánh');
    expect(conversation.last).toContain('1 | ▸ Viện Triết học');
    expect(conversation.last).toContain('2 | Viện Xã hội học');
    expect(conversation.last).not.toContain('Văn phòng');
    expect(conversation.last).not.toContain('Người');
    await conversation.press('Xem đơn vị');
    expect(conversation.last).toContain('1 | Người 7 | 20');
  });

  it('has no button for a week before the campaign, and begins with the sum after its end', async () => {
    const first = talk({ now: '2024-03-01T03:00:00Z' }).conversation;
    await first.command('bangxephang');
    expect(first.labels()).toEqual([
      'Tuần này',
      'Tháng này',
      'Toàn phong trào',
      'Xem ảnh',
      'Xem nhóm so sánh',
      'Kết quả của tôi',
    ]);
    const over = talk({ now: '2025-01-06T03:00:00Z' }).conversation;
    await over.command('bangxephang');
    expect(over.last).toContain('từ đầu phong trào');
  });

  it('tells someone without a unit so, and someone not enrolled nothing of any unit', async () => {
    const { conversation } = talk({ person: personView({ membership: null }) });
    await conversation.command('bangxephang');
    expect(conversation.last).toContain('Đồng chí hiện chưa thuộc đơn vị nào');
    const stranger = talk({ person: null }).conversation;
    await stranger.pressAction('lb:u:now');
    expect(stranger.answer).toBe('Đồng chí chưa được phân quyền thực hiện chức năng này.');
  });
});

describe('the office', () => {
  it('chooses any group', async () => {
    const { conversation } = talk({ person: office });
    await conversation.command('bangxephang');
    expect(conversation.labels()).toEqual([
      'nghiên cứu, giảng dạy – khối Học viện',
      'tham mưu, phục vụ – khối Học viện',
    ]);
    await conversation.press('tham mưu');
    expect(conversation.last).toContain('1 | Văn phòng');
    await conversation.press('Toàn phong trào');
    expect(conversation.last).toContain('từ đầu phong trào – nhóm tham mưu, phục vụ');
    await conversation.press('Chọn nhóm khác');
    await conversation.press('nghiên cứu');
    expect(conversation.last).toContain('1 | Viện Xã hội học');
  });

  it.each(['lb:g:now:1', 'lb:c:now'])(
    'alone may: %s pressed by others changes nothing',
    async (action) => {
      const { conversation } = talk();
      await conversation.pressAction(action);
      expect(conversation.decision.sends).toEqual([]);
      expect(conversation.ack.toast).toContain('Nút này đã cũ');
    },
  );

  it.each(['lb:', 'lb:x:now', 'lb:u:tomorrow', 'lb:g:now:9999', 'lb:g:now:99'])(
    'and everyone gets a kind word for a button that does not exist: %s',
    async (action) => {
      const { conversation } = talk({ person: office });
      await conversation.pressAction(action);
      expect(conversation.decision.sends).toEqual([]);
      expect(conversation.ack.toast).toContain('Nút này đã cũ');
    },
  );
});

describe('/bangxephang in a group', () => {
  const ask = (conversation: Conversation) =>
    conversation.event(
      {
        kind: 'command',
        name: 'bangxephang',
        args: '',
        message: { at: { platform: 'test', tenant: 't', chat: 'g1' }, id: '1' },
      },
      'group',
    );

  it('shows the group’s unit in Vietnamese, whoever asks, and nobody’s own result', async () => {
    const { conversation } = talk({ language: 'en', room: room(unitView({ id: 2 })) });
    await ask(conversation);
    expect(conversation.answer).toContain('Kết quả hưởng ứng tuần 19 – Viện Xã hội học');
    expect(conversation.answer).not.toContain('Kết quả của đồng chí');
    expect(conversation.decision.sends[0]?.to.chat).toBe('g1');
  });

  it('offers the office no other groups there', async () => {
    const { conversation } = talk({ person: office, room: room(unitView({ id: 2 })) });
    await ask(conversation);
    const labels = buttonsOf(conversation.decision.sends[0]?.message).map((b) => b.label);
    expect(labels).not.toContain('Chọn nhóm khác');
  });

  it('says how to link a group that belongs to no unit', async () => {
    const { conversation } = talk({ room: room(null) });
    await ask(conversation);
    expect(conversation.answer).toContain('gõ /lienket');
  });
});
