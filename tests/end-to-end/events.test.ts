import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/telegram/index.ts';
import { clock, copies, go, heard, look, ROLES, unitOf } from '../support/announcing.ts';
import { boardsOnly } from '../support/bot.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press } from '../support/telegram-steps.ts';

let story: Story;
let office: FakeUser;
let finance: FakeUser;
let press1: FakeUser;
let invited: FakeUser[];
let stranger: FakeUser;

/** The person's message that invites. */
const invitation = (user: FakeUser, title = 'Tọa đàm truyền thống'): number =>
  user.messages().find((m) => m.text.startsWith(title) && m.buttons.flat().includes('Sẽ dự'))?.id ??
  0;

/** Answers under the invitation. @returns what is said over the chat */
const answer = (user: FakeUser, label: string, title?: string): Promise<string | null> =>
  user.pressOn(invitation(user, title), label).answered;

async function invite(title: string, at: string): Promise<void> {
  office.say('/thongbao');
  await office.reply(has('Thông báo'));
  await go(office, 'Mời tọa đàm', 'ghi tiêu đề');
  office.say(title);
  await office.reply(has('ghi nội dung'));
  office.say('Kính mời đồng chí tham dự.');
  await office.reply(has('diễn ra lúc nào'));
  office.say(at);
  await office.reply(has('Diễn ra ở đâu'));
  office.say('Hội trường A');
  await office.reply(has('Gửi đến ai'));
  office.say('vien-triet-hoc');
  await office.reply(has('Gửi lúc nào'));
  await go(office, /^Gửi ngay$/, 'Nhắc lại những người');
}

beforeAll(async () => {
  story = await openStory({
    campaign: boardsOnly(),
    roster: [...ROLES, ...unitOf('vien-triet-hoc', 'T', 6), ...unitOf('vien-ktct', 'K', 1)],
    at: '2024-09-04T09:00:00+07:00',
  });
  const people = await story.join(
    ...ROLES.map(([code]) => code),
    ...['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'K0'],
  );
  [office, , , finance, press1] = people as [FakeUser, FakeUser, FakeUser, FakeUser, FakeUser];
  invited = people.slice(ROLES.length, -1);
  stranger = people.at(-1) as FakeUser;
});
afterAll(() => story?.close());

describe('an event', () => {
  it('is answered by those invited, who may change their mind; the office sees who comes', async () => {
    await invite('Tọa đàm truyền thống', '14 giờ 30 ngày 13/9');
    // Thursday, the working day before.
    const summary = await go(office, '08 giờ 00, 12/09/2024', 'Người nhận sẽ thấy');
    expect(summary.text).toContain('14 giờ 30, 13/09/2024');
    await press(office, 'Gửi');
    await story.settled();
    await look(story);
    expect(heard(invited, 'Kính mời đồng chí tham dự')).toBe(6);
    const [yes, no, maybe] = invited as [FakeUser, FakeUser, FakeUser];
    expect(await answer(yes, 'Sẽ dự')).toBe('Đồng chí đã trả lời: sẽ dự.');
    await answer(no, 'Sẽ dự');
    await story.settled();
    expect(await answer(no, 'Không dự')).toBe('Đồng chí đã trả lời: không dự.');
    await answer(maybe, 'Có thể dự');
    await story.settled();
    const own = no.messages().find(({ id }) => id === invitation(no));
    expect(own?.text).toContain('Đồng chí đã trả lời: không dự.');
    office.say('/thongbao');
    await office.reply(has('Số 1: Tọa đàm truyền thống – đã gửi'));
    const card = await go(office, /^Mở số 1:/, 'Địa điểm: Hội trường A');
    expect(card.text).toContain('1 sẽ dự, 1 có thể dự, 1 không dự, 3 chưa trả lời');
    const who = await go(office, 'Ai sẽ dự', 'Tọa đàm truyền thống: 1 sẽ dự');
    expect(who.text).toContain('Nguyễn T 0 – Viện Triết học');
    await go(office, 'Quay lại', '1 sẽ dự, 1 có thể dự');
  });

  it('is in the calendar: of those invited theirs, of the finance office all', async () => {
    const [yes] = invited as [FakeUser];
    yes.say('/lich');
    const own = await yes.reply(has('Sự kiện đồng chí được mời'));
    expect(own.text).toContain('Tọa đàm truyền thống: 14 giờ 30, 13/09/2024, Hội trường A.');
    expect(own.text).toContain('Đồng chí đã trả lời: sẽ dự.');
    expect(own.text).not.toContain('người sẽ dự');
    await go(yes, 'Mở: Tọa đàm truyền thống', 'Kính mời đồng chí tham dự');
    finance.say('/lich');
    const all = await finance.reply(has('Lịch sự kiện'));
    expect(all.text).toContain('1 người sẽ dự.');
    expect(all.text).not.toContain('Nguyễn T 0');
    for (const user of [stranger, press1]) {
      user.say('/calendar');
      await user.reply(has('không có sự kiện nào'));
      const { id } = user.last();
      expect(await user.forge(id, 'ev:yes:1').answered).toContain('không gửi cho đồng chí');
      expect(await user.forge(id, 'ev:open:1').answered).toContain('không gửi cho đồng chí');
      expect(await user.forge(id, 'ann:who:1:yes:0').answered).toContain('chưa được phân quyền');
    }
  });

  it('reminds once at its hour, nobody who will not come', async () => {
    await clock(story, '2024-09-12T07:59:00+07:00');
    expect(copies(invited, 'Nhắc lại giấy mời')).toBe(0);
    await clock(story, '2024-09-12T08:00:20+07:00');
    await clock(story, '2024-09-12T08:01:20+07:00');
    await look(story);
    expect(copies(invited, 'Nhắc lại giấy mời')).toBe(5);
    expect(heard([invited[1] as FakeUser], 'Nhắc lại giấy mời')).toBe(0);
    const [yes] = invited as [FakeUser];
    expect(await yes.press('Có thể dự').answered).toBe('Đồng chí đã trả lời: có thể dự.');
    await story.settled();
    const [row] = await story.database.query(
      `select count(*) filter (where answer = 'maybe') as maybe from announcement_recipient`,
    );
    expect(row).toEqual({ maybe: 2 });
  });

  it('takes no answer once it has begun', async () => {
    await clock(story, '2024-09-13T14:30:00+07:00');
    expect(await answer(invited[4] as FakeUser, 'Sẽ dự')).toContain('đã bắt đầu hoặc đã qua');
    office.say('/thongbao');
    await office.reply(has('Số 1:'));
    const card = await go(office, /^Mở số 1:/, 'Sự kiện đã bắt đầu');
    expect(card.buttons.flat()).not.toContain('Hủy sự kiện');
    (invited[0] as FakeUser).say('/lich');
    await (invited[0] as FakeUser).reply(has('không có sự kiện nào'));
  });

  it('called off: those invited are told, but for who said no; it takes no answer and reminds nobody', async () => {
    await invite('Hội thảo mùa thu', '9 giờ ngày 20/9');
    await go(office, /^08 giờ 00, 19\/09/, 'Người nhận sẽ thấy');
    await press(office, 'Gửi');
    await story.settled();
    await look(story);
    const [, no] = invited as [FakeUser, FakeUser];
    await answer(no, 'Không dự', 'Hội thảo mùa thu');
    await story.settled();
    await go(office, 'Hủy sự kiện', 'muốn hủy sự kiện');
    expect(await office.press('Hủy sự kiện').answered).toBe('Đã hủy.');
    await story.settled();
    await look(story);
    expect(copies(invited, 'không diễn ra nữa')).toBe(5);
    expect(heard([no], 'không diễn ra nữa')).toBe(0);
    expect(await answer(invited[3] as FakeUser, 'Sẽ dự', 'Hội thảo mùa thu')).toContain(
      'đã bị hủy',
    );
    const reminders = copies(invited, 'Nhắc lại giấy mời');
    await clock(story, '2024-09-19T08:00:20+07:00');
    expect(copies(invited, 'Nhắc lại giấy mời')).toBe(reminders);
    const words = await story.database.query(
      `select from audit where details::text like '%Hội%' or details::text like '%Kính mời%'`,
    );
    expect(words).toEqual([]);
  });
});
