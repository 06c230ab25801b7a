import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/slack/index.ts';
import { ROLES, unitOf } from '../support/announcing.ts';
import { boardsOnly } from '../support/bot.ts';
import { has, opened, press } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';

const CROWD = [...unitOf('vien-triet-hoc', 'T', 6), ...unitOf('tct-bac-ninh', 'B', 3)];

let story: SlackStory;
let office: FakeUser;
let council: FakeUser;
let others: FakeUser[];
let crowd: FakeUser[];

const heard = (text: string): number =>
  crowd.filter((user) => user.messages().some(has(text))).length;

async function look(): Promise<void> {
  await story.database.query(`update task set due_at = now() - interval '1 second'`);
  await story.settled();
}

async function clock(time: string): Promise<void> {
  story.bot.at(time);
  await story.bot.application.scheduler.tick();
  await story.settled();
}

beforeAll(async () => {
  story = await openSlackStory({
    campaign: boardsOnly(),
    roster: [...ROLES, ...CROWD],
    at: '2024-09-04T09:00:00+07:00',
  });
  const people = await story.join(...[...ROLES, ...CROWD].map(([code]) => code));
  [office, council] = people as [FakeUser, FakeUser];
  others = people.slice(2, ROLES.length);
  crowd = people.slice(ROLES.length);
}, 120_000);
afterAll(() => story?.close());

describe('in Slack an announcement', () => {
  it('is written in a window, looked at in the conversation, sent, and its figures follow', async () => {
    office.command('/thongbao');
    await office.reply(has('Chưa có thông báo nào'));
    const modal = await opened(office, office.press('Soạn thông báo'));
    modal.fill('title', 'Nghỉ lễ');
    modal.fill('body', 'Toàn Học viện nghỉ lễ.\nTrân trọng.');
    modal.fill('when', 'hôm nào đó');
    modal.pick('to', 'Khối trường chính trị');
    expect(await modal.submit()).toBe('errors');
    expect(modal.errors.when).toContain('chưa đọc được thời gian');
    modal.fill('when', '');
    await modal.submit();
    const summary = await office.reply(has('Người nhận sẽ thấy'));
    expect(summary.text).toContain('3 người: 3 người liên lạc được');
    expect(heard('Toàn Học viện nghỉ lễ')).toBe(0);
    await press(office, 'Gửi');
    await story.settled();
    await look();
    expect(heard('Toàn Học viện nghỉ lễ')).toBe(3);
    expect(office.last().text).toContain('Đã gửi xong 3 trên 3, 0 không liên lạc được');
  });

  it('of an event: by its hour, answered, changed by window, called off', async () => {
    council.say('announce');
    await council.reply(has('Số 1: Nghỉ lễ'));
    const modal = await opened(council, council.press('Mời tọa đàm'));
    modal.fill('title', 'Tọa đàm khoa học');
    modal.fill('body', 'Kính mời tham dự.');
    modal.fill('event-at', '14 giờ 30 ngày 13/9');
    modal.fill('place', 'Hội trường B');
    modal.fill('unit', 'viện triết học');
    modal.fill('when', '8 giờ 5/9');
    await modal.submit();
    const summary = await council.reply(has('Người nhận sẽ thấy'));
    // The default: the working day before.
    expect(summary.text).toContain('08 giờ 00, 12/09/2024');
    await press(council, 'Gửi');
    await council.reply(has('đã hẹn giờ'));
    const edit = await opened(council, council.press('Sửa'));
    edit.fill('place', 'Hội trường C');
    await edit.submit();
    await council.reply(has('Hội trường C'));
    await press(council, 'Gửi');
    await council.reply(has('đã hẹn giờ'));
    await clock('2024-09-05T08:00:10+07:00');
    expect(heard('Hội trường C')).toBe(6);
    const [first, second] = crowd as [FakeUser, FakeUser];
    await first.press('Sẽ dự').answered;
    await second.press('Không dự').answered;
    await story.settled();
    expect(first.last().text).toContain('Đồng chí đã trả lời: sẽ dự.');
    first.command('/lich');
    await first.reply(has('Tọa đàm khoa học: 14 giờ 30, 13/09/2024, Hội trường C.'));
    await look();
    await clock('2024-09-12T08:00:10+07:00');
    expect(heard('Nhắc lại giấy mời')).toBe(5);
    await press(council, 'Hủy sự kiện');
    await council.reply(has('muốn hủy sự kiện'));
    await council.press('Hủy sự kiện').answered;
    await story.settled();
    await look();
    expect(heard('không diễn ra nữa')).toBe(5);
  });

  it('is refused to everybody else, typed or pressed', async () => {
    for (const user of [...others, ...crowd.slice(0, 3)]) {
      user.command('/thongbao');
      const { ts } = await user.reply(has('chưa được phân quyền'));
      for (const deed of ['list:0', 'new:event', 'open:1', 'stop:1', 'copy:1', 'who:2:yes:0'])
        expect(await user.forge(ts, `ann:${deed}`).answered).toContain('chưa được phân quyền');
    }
  });
});
