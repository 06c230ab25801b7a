/** Roles given in Slack, delegation there, and who may do neither. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/slack/index.ts';
import { has, press, report } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: SlackStory;
let office: FakeUser;
let head: FakeUser;
let member: FakeUser;
let author: FakeUser;

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['O1', 'Đoàn Hạnh', 'ban-tdkt', 'thường trực hội đồng'],
      ['H1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['M1', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['M2', 'Phạm Lan', 'vien-triet-hoc', ''],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [office, head, member, author] = (await story.join('O1', 'H1', 'M1', 'M2')) as [
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
  ];
});

afterAll(() => story?.close());

describe('roles in Slack', () => {
  it('are the office’s to give: a role of the whole campaign, without an end', async () => {
    office.command('/phanquyen');
    await office.reply(has('Thường trực Hội đồng: 1'));
    await press(office, 'Giao chức vụ');
    await office.reply(has('Giao chức vụ cho ai?'));
    office.say('Phạm Lan');
    await office.reply(has('chọn một người'));
    await press(office, /^Phạm Lan/);
    await office.reply(has('chức vụ nào'));
    await press(office, /^theo dõi học viên, sinh viên/i);
    await office.reply(has('Đến hết ngày nào'));
    await press(office, 'Bỏ qua');
    await office.reply(has('kiểm tra trước khi gửi'));
    await press(office, 'Gửi');
    await office.reply(has('Đã giao chức vụ theo dõi học viên, sinh viên'));
    const told = await author.reply(has('giao đồng chí chức vụ theo dõi học viên'));
    expect(told.buttons.flat()).toContain('Số liệu tổng hợp');
    // The person's own page has the new button too.
    await author.openHome();
    await story.sees(author, 'Trang của đồng chí');
    expect(author.home()?.buttons.flat()).toContain('Số liệu tổng hợp');
  });

  it('are refused to everybody else, by command and by a forged button', async () => {
    for (const user of [head, member, author]) {
      user.command('/phanquyen');
      const refusal = await user.reply(has('chưa được phân quyền'));
      expect(await user.forge(refusal.ts, 'pq:l:0:head').answered).toContain(
        'chưa được phân quyền',
      );
    }
    member.command('/uyquyen');
    await member.reply(has('Chỉ thủ trưởng'));
  });

  it('a delegation is in force until its day', async () => {
    head.command('/uyquyen');
    await head.reply(has('chưa ủy quyền'));
    await press(head, 'Ủy quyền');
    await head.reply(has('cho ai trong Viện Triết học'));
    head.say('M1');
    await head.reply(has('chọn một người'));
    await press(head, /^Nguyễn Hà/);
    await head.reply(has('đến hết ngày nào'));
    head.say('05/09/2024');
    await head.reply(has('kiểm tra trước khi gửi'));
    await press(head, 'Gửi');
    await member.reply(has('Trần Quang ủy quyền đồng chí'));
    const id = await report(author, {
      item: TASK,
      title: 'Thay thủ trưởng',
      description: 'Đã xong.',
      evidence: ['https://hocvien.example/1'],
    });
    const copy = await member.reply(has(`Báo cáo ${id} chờ`));
    story.bot.at('2024-09-06T00:00:00+07:00');
    expect(await member.press('Xác nhận', { on: copy.ts }).answered).toContain(
      'không thuộc thẩm quyền',
    );
    story.bot.at('2024-09-05T23:59:00+07:00');
    await member.press('Xác nhận', { on: copy.ts }).answered;
    await author.reply(has(`đã xác nhận báo cáo ${id}`));
    expect(story.bot.complaints).toEqual([]);
  });
});
