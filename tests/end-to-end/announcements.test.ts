import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/telegram/index.ts';
import {
  clock,
  copies,
  go,
  heard,
  limitedTelegram,
  look,
  ROLES,
  unitOf,
  writeNotice,
} from '../support/announcing.ts';
import { boardsOnly, type RosterLine } from '../support/bot.ts';
import { elapse } from '../support/delivery.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press } from '../support/telegram-steps.ts';

const CROWD = [
  ...unitOf('vien-triet-hoc', 'T', 20),
  ...unitOf('vien-ktct', 'K', 20),
  ...unitOf('tct-bac-ninh', 'B', 14),
];
const ABSENT: RosterLine[] = ['X1', 'X2', 'X3'].map((code) => [
  code,
  `Vắng Mặt ${code}`,
  'vien-ktct',
  '',
]);

const telegram = limitedTelegram();
let story: Story;
let everybody: FakeUser[];
let crowd: FakeUser[];
let office: FakeUser;
let council: FakeUser;

beforeAll(async () => {
  story = await openStory({
    campaign: boardsOnly(),
    roster: [...ROLES, ...CROWD, ...ABSENT],
    at: '2024-09-04T09:00:00+07:00',
    telegram: telegram.options,
  });
  everybody = await story.join(...[...ROLES, ...CROWD].map(([code]) => code));
  [office, council] = everybody as [FakeUser, FakeUser];
  crowd = everybody.slice(ROLES.length);
}, 120_000);
afterAll(() => story?.close());

describe('an announcement', () => {
  it('goes to everybody once, as it was shown before; its sender sees how far it is', async () => {
    const summary = await writeNotice(office, {
      title: 'Lịch trực lễ',
      body: 'Trực từ 8 giờ.\nDòng thứ hai.',
      to: 'Tất cả',
      when: /^Gửi ngay$/,
    });
    expect(summary.text).toContain('64 người: 61 người liên lạc được, 3 người chưa');
    expect(summary.text).toContain('Trực từ 8 giờ.\nDòng thứ hai.');
    const [blocked] = crowd.slice(-1) as [FakeUser];
    blocked.block();
    await story.settled();
    // Blocked unnoticed: Telegram says so only when it is written to.
    await story.database.query(
      `update identity set unreachable_since = null, unreachable_cause = null`,
    );
    await press(office, 'Gửi');
    await story.settled();
    expect(heard(everybody, 'Dòng thứ hai')).toBe(60);
    await look(story);
    const card = office.messages().find(has('Thông báo số 1: Lịch trực lễ'));
    expect(card?.text).toContain('Đã gửi xong 60 trên 64, 4 không liên lạc được');
    expect(card?.text).toContain('đã gửi');
    await look(story);
    expect(copies(everybody.slice(1), 'Dòng thứ hai')).toBe(59);
    blocked.unblock();
    await story.settled();
  });

  it('is stopped in the middle: nobody gets it afterwards, and the figures say so', async () => {
    await writeNotice(council, {
      title: 'Thông báo nhầm',
      body: 'Nội dung nhầm lẫn.',
      to: 'Cán bộ, giảng viên',
      when: /^Gửi ngay$/,
    });
    telegram.allow(22);
    await press(council, 'Gửi');
    await story.settled();
    await look(story);
    const sent = heard(everybody, 'Nội dung nhầm lẫn');
    expect(sent).toBeGreaterThan(5);
    expect(sent).toBeLessThan(40);
    telegram.free();
    const toast = await council.press('Dừng gửi').answered;
    expect(toast).toContain('phần chưa gửi sẽ không gửi nữa');
    await story.settled();
    await elapse(story.database, 3_600_000);
    await story.settled();
    await look(story);
    // What Telegram had refused for now is not tried again; what it had taken stays.
    expect(heard(everybody, 'Nội dung nhầm lẫn')).toBe(sent);
    const kept = 61 - sent;
    expect(council.messages().find(has('Thông báo số 2: Thông báo nhầm'))?.text).toContain(
      `Đã dừng: đã gửi ${sent} trên 64, 3 không liên lạc được, ${kept} chưa gửi và sẽ không gửi`,
    );
    const rows = await story.database.query(
      `select status, (select count(*) from outbox where batch = 'announcement:2') as waiting,
         (select count(*) from announcement_recipient where announcement_id = a.id) as people
       from announcement a where title = 'Thông báo nhầm'`,
    );
    expect(rows).toEqual([{ status: 'stopped', waiting: 0, people: sent + 3 }]);
    const [late] = everybody.filter((user) => !user.messages().some(has('Nội dung nhầm lẫn')));
    late?.say('/trogiup');
    await late?.reply();
    await story.settled();
    expect(heard(everybody, 'Nội dung nhầm lẫn')).toBe(sent);
  });

  it('waits for its hour, can be changed until then, and goes out once', async () => {
    const summary = await writeNotice(office, {
      title: 'Họp giao ban',
      body: 'Mời họp giao ban.',
      to: 'Thủ trưởng và cấp phó',
      when: '20 giờ ngày 6/9',
    });
    expect(summary.text).toContain('ngoài giờ làm việc');
    const card = await go(office, 'Gửi', 'đã hẹn giờ');
    expect(card.text).toContain('20 giờ 00, 06/09/2024');
    await clock(story, '2024-09-06T19:59:00+07:00');
    expect(heard(crowd, 'Mời họp giao ban')).toBe(0);
    await go(office, 'Sửa', 'Người nhận sẽ thấy');
    await go(office, 'Sửa: Nội dung', 'ghi nội dung');
    office.say('Mời họp giao ban tại Hội trường A.');
    await office.reply(has('Người nhận sẽ thấy'));
    const changed = await go(office, 'Gửi', 'đã hẹn giờ');
    // A button from before the change does nothing but show how it stands.
    expect(await office.forge(changed.id, 'ann:now:3:1').answered).toContain('đã thay đổi');
    await story.settled();
    expect(heard(crowd, 'Mời họp giao ban')).toBe(0);
    await clock(story, '2024-09-06T20:00:30+07:00');
    expect(heard(crowd, 'Mời họp giao ban tại Hội trường A')).toBe(6);
    await clock(story, '2024-09-06T20:01:30+07:00');
    await look(story);
    await look(story);
    expect(copies(crowd, 'Mời họp giao ban')).toBe(6);
    expect(office.messages().at(-1)?.text).toContain('Đã gửi xong 6 trên 6');
  });

  it('is cancelled before its hour: nobody hears of it', async () => {
    await writeNotice(council, {
      title: 'Sẽ hủy',
      body: 'Nội dung sẽ hủy.',
      to: 'Khối Học viện',
      when: '8 giờ ngày 10/9',
    });
    await go(council, 'Gửi', 'đã hẹn giờ');
    await go(council, 'Hủy thông báo', 'chưa được gửi cho ai');
    expect(await council.press('Hủy thông báo').answered).toBe('Đã hủy.');
    await council.reply(has('đã hủy'));
    await clock(story, '2024-09-10T08:00:30+07:00');
    expect(heard(crowd, 'Nội dung sẽ hủy')).toBe(0);
  });

  it('goes to units’ groups, in Vietnamese, and is written anew from an old one', async () => {
    const [head] = crowd as [FakeUser];
    const group = story.fake.group({ title: 'Nhóm Triết học' });
    group.add(head);
    await group.reply(has('đăng kết quả hưởng ứng'));
    head.press('Gắn với Viện Triết học', group);
    await group.reply(has('Đã gắn nhóm này'));
    office.say('/thongbao');
    await office.reply(has('Số 1: Lịch trực lễ – đã gửi'));
    await go(office, /^Mở số 1:/, 'Đã gửi xong 60 trên 64');
    await go(office, 'Soạn lại từ nội dung này', 'Gửi lúc nào');
    await go(office, /^Gửi ngay$/, 'Người nhận sẽ thấy');
    await go(office, 'Sửa: Người nhận', 'Gửi đến ai');
    const summary = await go(office, 'Nhóm trao đổi của các đơn vị', 'Người nhận sẽ thấy');
    expect(summary.text).toContain('Gửi vào 1 nhóm');
    await press(office, 'Gửi');
    await group.reply(has('Trực từ 8 giờ.'));
    await story.settled();
    await look(story);
    expect(office.messages().at(-1)?.text).toContain('Đã gửi xong vào 1 trên 1 nhóm');
  });

  it('of a launch is proposed from the campaign, shown in both frames, and kept as a draft', async () => {
    office.say('/thongbao');
    await office.reply(has('Thông báo'));
    const title = await go(office, 'Phát động', 'ghi tiêu đề');
    expect(title.text).toContain('Phát động Phong trào thi đua chào mừng 75 năm');
    const body = await go(office, 'Dùng nội dung này', 'ghi nội dung');
    expect(body.text).toContain('từ 01/03/2024 đến 31/12/2024');
    expect(body.text).toContain('Khẩu hiệu: Dạy tốt, học tốt');
    await go(office, 'Dùng nội dung này', 'Gửi đến ai');
    await go(office, 'Lưu nháp', 'Đã lưu bản nháp');
    await go(office, 'Tiếp tục bản nháp', 'Gửi đến ai');
    office.say('viện triết học');
    await office.reply(has('Gửi lúc nào'));
    office.say('8 giờ ngày 12/9');
    const summary = await office.reply(has('Người nhận sẽ thấy'));
    expect(summary.text).toContain('20 người: 20 người liên lạc được');
    expect(summary.text).toContain('Launch by the Emulation and Commendation Council');
    await go(office, 'Gửi', 'đã hẹn giờ');
    await go(office, 'Xem khung tiếng Anh', 'Launch by the Emulation');
    await clock(story, '2024-09-12T08:00:10+07:00');
    expect(heard(crowd, 'Khẩu hiệu: Dạy tốt')).toBe(20);
  });
});

describe('everybody else', () => {
  it('is refused the command and every button, and nothing changes', async () => {
    await look(story);
    const before = await story.database.query('select id, status, version from announcement');
    const deeds = ['new:notice', 'list:0', 'open:1', 'back:1', 'copy:1', 'stop:1', 'see:1:vi'];
    const more = ['now:1:1', 'edit:1:1', 'ask:1:1', 'cancel:1:1', 'who:1:yes:0'];
    const [, , ...roles] = everybody.slice(0, ROLES.length);
    for (const user of [...roles, ...crowd.slice(0, 4)]) {
      user.say('/thongbao');
      const { id } = await user.reply(has('chưa được phân quyền'));
      for (const deed of [...deeds, ...more])
        expect(await user.forge(id, `ann:${deed}`).answered).toContain('chưa được phân quyền');
    }
    await story.settled();
    expect(await story.database.query('select id, status, version from announcement')).toEqual(
      before,
    );
    expect(await story.database.query(`select from task where kind like 'announcement%'`)).toEqual(
      [],
    );
  });
});
