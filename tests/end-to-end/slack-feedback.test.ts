/** Feedback in Slack: in windows, with the same refusals. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/slack/index.ts';
import { has, opened, press } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';

const TEXT = 'Lịch chấm thi chưa công khai.';
const UNKNOWN = 'Không có phản ánh này';

let story: SlackStory;
let office: FakeUser;
let head: FakeUser;
let author: FakeUser;

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['V1', 'Lê Thường Trực', 'ban-tdkt', 'thường trực hội đồng'],
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['K3', 'Nguyễn Hà', 'vien-ktct', ''],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [office, head, author] = (await story.join('V1', 'C1', 'K3')) as [FakeUser, FakeUser, FakeUser];
});
afterAll(() => story?.close());

describe('feedback in a window', () => {
  it('about another unit is sent, answered and closed; that unit’s head learns nothing', async () => {
    author.command('/phananh');
    await author.reply(has('chưa gửi phản ánh nào'));
    const modal = await opened(author, author.press('Gửi phản ánh'));
    expect(modal.shown.text).toContain(
      'Thủ trưởng và cấp phó của đơn vị được phản ánh không đọc được',
    );
    modal.pick('about', 'Đơn vị khác');
    modal.fill('text', TEXT);
    expect(await modal.submit()).toBe('errors');
    expect(modal.errors.unit).toContain('gõ tên hoặc mã đơn vị');
    modal.fill('unit', 'Viện Triết học');
    expect(await modal.submit()).toBe('closed');
    const receipt = await author.reply(has('Đã tiếp nhận phản ánh'));
    const id = Number(/phản ánh (\d+)/.exec(receipt.text)?.[1]);

    const request = await office.reply(has(`Phản ánh ${id}`));
    expect(request.text).toContain('Viện Triết học');
    expect(request.text).toContain(TEXT);
    await story.settled();
    expect(head.messages().filter(has(TEXT))).toEqual([]);
    head.command('/phananh', String(id));
    const none = await head.reply(has(UNKNOWN));
    for (const verb of ['o', 'r', 'x:1'])
      expect(await head.forge(none.ts, `tk:${id}:${verb}`).answered).toContain(UNKNOWN);

    const answer = await opened(office, office.press('Trả lời', { on: request.ts }));
    answer.fill('text', 'Lịch chấm thi được niêm yết từ ngày mai.');
    expect(await answer.submit()).toBe('closed');
    await office.reply(has('Đã gửi câu trả lời'));
    const told = await author.reply(has('niêm yết từ ngày mai'));
    await press(author, 'Đã rõ, đóng', { on: told.ts });
    await author.reply(has(`Đã đóng phản ánh ${id}`));
    await story.settled();
    const copy = office.messages().find(({ ts }) => ts === request.ts);
    expect(copy?.text).toContain('Đã đóng');
  });
});
