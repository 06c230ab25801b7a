import { describe, expect, it } from 'vitest';
import { loadWorkingDays } from '../../../../src/campaign/load.ts';
import { createWorkCalendar } from '../../../../src/campaign/work-calendar.ts';
import type { AnnouncementView } from '../../../../src/engine/announcement-reads.ts';
import type { Reads } from '../../../../src/engine/reads.ts';
import { announceFeature } from '../../../../src/flows/announce/feature.ts';
import { createDispatch } from '../../../../src/flows/dispatch.ts';
import { Conversation, personView, unitView } from '../../../support/conversation.ts';

const OFFICE = personView({
  id: 7,
  name: 'Lê Thường Trực',
  grants: [{ role: 'office', unitId: null }],
});
const NOW = '2024-09-04T02:00:00Z';

const view = (values: Partial<AnnouncementView> = {}): AnnouncementView => ({
  id: 12,
  kind: 'notice',
  title: 'Nghỉ lễ',
  body: 'Toàn Học viện nghỉ.',
  addressees: { scope: 'staff' },
  status: 'scheduled',
  version: 3,
  author: { id: 9, name: 'Phạm Hội Đồng' },
  sendAt: '2024-09-05T01:00:00Z',
  total: null,
  eventAt: null,
  eventPlace: null,
  remindAt: null,
  ...values,
});
const event = (values: Partial<AnnouncementView> = {}): AnnouncementView =>
  view({
    kind: 'event',
    status: 'sent',
    total: 3,
    eventAt: '2024-09-13T07:30:00Z',
    eventPlace: 'Hội trường A',
    remindAt: '2024-09-12T01:00:00Z',
    ...values,
  });

const reads: Partial<Reads> = {
  workCalendar: async () => createWorkCalendar(loadWorkingDays(), new Map()),
  unitTraits: async () => [
    { kind: 'research_teaching', bloc: 'academy', cluster: null },
    { kind: 'research_teaching', bloc: 'academy', cluster: 'C1' },
    { kind: 'support', bloc: 'academy', cluster: null },
  ],
  unitByCode: async () => null,
  findUnits: async (query) =>
    query === 'vien'
      ? [unitView(), unitView({ id: 2, nameVi: 'Viện Triết học' })]
      : query === 'triet hoc'
        ? [unitView({ id: 2, nameVi: 'Viện Triết học' })]
        : [],
  units: async ([id]) => [unitView({ id: id ?? 0, nameVi: 'Viện Triết học' })],
  reach: async () => ({ total: 3000, reachable: 2850 }),
  nextAnnouncementNumber: async () => 12,
  announcements: async () => ({ total: 0, lines: [] }),
  announcement: async () => view(),
  announcementProgress: async () => ({ total: 0, sent: 0, unreachable: 0, waiting: 0 }),
  answerCounts: async () => ({ yes: 1, maybe: 0, no: 0, silent: 2 }),
};

const chat = (more: Partial<Reads> = {}, person = OFFICE): Conversation =>
  new Conversation({
    handler: createDispatch([announceFeature]),
    reads: { ...reads, ...more },
    person,
    now: NOW,
  });

/** Up to the summary of a notice for all staff that goes out at once. */
async function notice(talk: Conversation): Promise<void> {
  await talk.command('thongbao');
  await talk.press('Soạn thông báo');
  await talk.say('Nghỉ lễ');
  await talk.say('Toàn Học viện nghỉ.');
  await talk.press('Cán bộ, giảng viên');
  await talk.press('Gửi ngay');
}

describe('writing an announcement', () => {
  it('stores it, writes a task and an audit row without its words', async () => {
    const talk = chat();
    await notice(talk);
    expect(talk.last).toContain('Gửi đến 3.000 người: 2.850 người liên lạc được, 150 người chưa.');
    await talk.press('Gửi');
    expect(talk.answer).toContain('Đã nhận thông báo số 12');
    expect(talk.rows('announcement')).toMatchObject([
      { id: 12, status: 'sending', kind: 'notice', audience: { scope: 'staff' }, createdBy: 7 },
    ]);
    expect(talk.rows('task')).toEqual([
      {
        kind: 'announcement-send',
        payload: { id: 12, by: 7, to: { platform: 'test', tenant: 't', chat: 'c7' } },
        askedBy: 7,
      },
    ]);
    const [row] = talk.rows('audit');
    expect(row).toMatchObject({ action: 'announcement.written', subject: 'announcement:12' });
    expect(JSON.stringify(row)).not.toContain('nghỉ');
  });

  it('says in one sentence what cannot be, and keeps what was typed', async () => {
    const talk = chat();
    await talk.command('announce');
    await talk.press('Mời tọa đàm');
    await talk.say('T'.repeat(151));
    expect(talk.last).toContain('151 ký tự, tối đa 150');
    await talk.say('Tọa đàm');
    await talk.file();
    expect(talk.last).toContain('bằng chữ');
    await talk.say('Kính mời.');
    await talk.say('ngày nào đó');
    expect(talk.last).toContain('chưa đọc được thời gian');
    await talk.say('8 giờ 3/9/2024');
    expect(talk.last).toContain('đã qua');
    await talk.say('8 giờ 3/9/2026');
    expect(talk.last).toContain('quá xa');
    await talk.say('14 giờ 30 ngày 13/9');
    await talk.say('Hội trường A');
    expect(talk.labels()).not.toContain('Nhóm trao đổi của các đơn vị');
    await talk.say('khong co');
    expect(talk.last).toContain('Không tìm thấy đơn vị');
    await talk.say('vien');
    expect(talk.labels()).toEqual(expect.arrayContaining(['Viện Lịch sử Đảng', 'Viện Triết học']));
    await talk.press('Viện Triết học');
    await talk.say('8 giờ 14/9');
    expect(talk.last).toContain('trước khi sự kiện diễn ra');
    await talk.press('Gửi ngay');
    await talk.say('15 giờ 13/9');
    expect(talk.last).toContain('trước khi sự kiện diễn ra');
    await talk.press('Không nhắc');
    expect(talk.last).toContain('Viện Triết học và các đơn vị trực thuộc');
    await talk.press('Gửi');
    expect(talk.rows('announcement')).toMatchObject([
      {
        kind: 'event',
        eventAt: '2024-09-13T07:30:00Z',
        eventPlace: 'Hội trường A',
        remindAt: null,
        audience: { scope: 'unit', unitId: 2 },
      },
    ]);
  });

  it('offers each comparison group once, and finds one unit at once', async () => {
    const talk = chat();
    await talk.command('thongbao');
    await talk.press('Soạn thông báo');
    await talk.say('Nghỉ lễ');
    await talk.say('Toàn Học viện nghỉ.');
    const groups = talk.labels().filter((label) => label.includes(' – '));
    expect(new Set(groups).size).toBe(2);
    expect(groups).toHaveLength(2);
    await talk.press(groups[1] ?? '');
    await talk.press('Gửi ngay');
    await talk.press('Sửa: Người nhận');
    await talk.say('triet hoc');
    expect(talk.last).toContain('Viện Triết học và các đơn vị trực thuộc');
  });

  it('is refused at the end to whom the right was taken meanwhile, and where time has passed', async () => {
    const talk = chat();
    await notice(talk);
    talk.person = personView({ id: 7 });
    await talk.press('Gửi');
    expect(talk.answer).toContain('chưa được phân quyền');
    expect(talk.decision.writes).toEqual([]);
    talk.person = OFFICE;
    await talk.press('Sửa: Giờ gửi');
    await talk.say('10 giờ');
    talk.now = '2024-09-04T04:00:00Z';
    await talk.press('Gửi');
    expect(talk.last).toContain('đã qua');
    expect(talk.decision.writes).toEqual([]);
  });

  it('is refused when it would reach nobody', async () => {
    const talk = chat({ reach: async () => ({ total: 0, reachable: 0 }) });
    await notice(talk);
    await talk.press('Gửi');
    expect(talk.last).toContain('Chưa có ai trong số này');
    expect(talk.decision.writes).toEqual([]);
  });
});

describe('a scheduled announcement', () => {
  it('is changed under its version, and not when somebody was faster', async () => {
    let now = view();
    const talk = chat({ announcement: async () => now });
    await talk.command('thongbao');
    await talk.pressAction('ann:edit:12:3');
    expect(talk.last).toContain('Nghỉ lễ');
    await talk.press('Gửi');
    expect(talk.changes('announcement')).toMatchObject([
      { where: { id: 12, version: 3, status: 'scheduled' }, set: { version: 4 } },
    ]);
    await talk.pressAction('ann:edit:12:3');
    now = view({ version: 4 });
    await talk.press('Gửi');
    expect(talk.last).toContain('đã được gửi hoặc được sửa');
    expect(talk.decision.writes).toEqual([]);
  });

  it.each(['ann:now:12:2', 'ann:edit:12:2', 'ann:cancel:12:2'])('%s is old', async (action) => {
    const talk = chat();
    await talk.pressAction(action);
    expect(talk.ack.toast).toContain('đã thay đổi');
    expect(talk.decision.writes).toEqual([]);
  });

  it.each(['ann:stop:12', 'ann:ask:12:3', 'ann:cancel:12:3', 'ann:now:12:3', 'ann:edit:12:3'])(
    '%s does nothing once it is sent',
    async (action) => {
      const talk = chat({ announcement: async () => view({ status: 'sent', total: 3 }) });
      await talk.pressAction(action);
      expect(talk.ack.toast).toContain('đã thay đổi');
      expect(talk.decision.writes).toEqual([]);
    },
  );

  it.each(['ann:', 'ann:open:x', 'ann:new:party', 'ann:who:12:perhaps:0', 'ev:yes:x', 'ev:why:1'])(
    '%s is no button',
    async (action) => {
      const talk = chat();
      await talk.pressAction(action);
      expect(talk.decision.writes).toEqual([]);
      expect(talk.ack.toast).toContain('đã cũ');
    },
  );
});

describe('an invitation', () => {
  const guest = personView({ id: 30, grants: [] });
  const invited = (announcement: AnnouncementView, answer: 'yes' | 'no' | null = null) =>
    chat({ invitation: async () => ({ announcement, answer }) }, guest);

  it('is answered under the answer so far, and shows it', async () => {
    const talk = invited(event(), 'no');
    await talk.pressAction('ev:yes:12');
    expect(talk.changes('announcementRecipient')).toEqual([
      {
        where: { announcementId: 12, personId: 30, answer: 'no' },
        set: { answer: 'yes', answeredAt: NOW },
      },
    ]);
    expect(talk.answer).toContain('Đồng chí đã trả lời: sẽ dự.');
  });

  it('answered the same again changes nothing', async () => {
    const talk = invited(event(), 'yes');
    await talk.pressAction('ev:yes:12');
    expect(talk.decision.writes).toEqual([]);
    expect(talk.ack.toast).toContain('sẽ dự');
  });

  it('takes no answer when called off, begun, not theirs, or no event', async () => {
    const refusals: [Conversation, string][] = [
      [invited(event({ status: 'cancelled' })), 'đã bị hủy'],
      [invited(event({ eventAt: NOW })), 'đã bắt đầu'],
      [chat({ invitation: async () => null }, guest), 'không gửi cho đồng chí'],
      [invited(view({ status: 'sent' })), 'không gửi cho đồng chí'],
    ];
    for (const [talk, why] of refusals) {
      await talk.pressAction('ev:yes:12');
      expect(talk.ack.toast).toContain(why);
      expect(talk.decision.writes).toEqual([]);
    }
  });
});
