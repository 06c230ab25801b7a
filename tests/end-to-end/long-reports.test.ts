import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser, Shown } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press } from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';
/** As long as allowed; `<` and `&` are what Telegram's HTML stumbles over. */
const TITLE = `Đề tài <A&B> ${'n'.repeat(107)}`;
const DESCRIPTION = `<b>Kết quả</b> & ${'m'.repeat(483)}`;
const EVIDENCE = Array.from({ length: 10 }, (_, i) => `Số ${i} <i>&amp; ${'y'.repeat(486)}`);
const MATES = Array.from({ length: 9 }, (_, i) => `Người Cùng Làm Thứ ${'abcdefghi'[i]}`);

let story: Story;
let head: FakeUser;
let author: FakeUser;

/** The bot's messages since the one given, as they look now. */
const since = (user: FakeUser, from: Shown): Shown[] =>
  user.messages().filter(({ id }) => id > from.id);

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['L1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['L2', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ...MATES.map((name, i) => [`M${i}`, name, 'vien-ktct', ''] as const),
    ],
    at: '2024-07-10T09:00:00+07:00',
  });
  [head, author] = (await story.join('L1', 'L2')) as [FakeUser, FakeUser];
});

afterAll(() => story?.close());

describe('a report as long as it may be', () => {
  it('is one message to check and one to decide on; only the evidence takes several', async () => {
    author.say(`/baocao ${TITLE}`);
    await author.reply(has('nội dung thi đua nào'));
    await press(author, TASK);
    await author.reply(has('việc đã làm và kết quả'));
    author.say(DESCRIPTION);
    await author.reply(has('Thời gian hoàn thành'));
    author.press(/^Hôm nay/);
    await author.reply(has('Đề nghị gửi minh chứng'));
    for (const piece of EVIDENCE) {
      author.say(piece);
      await author.reply(({ buttons }) => buttons.flat().includes('Xong'));
      await story.settled();
      expect(author.messages().some(has(piece.slice(0, 8)))).toBe(true);
    }
    author.say('Một minh chứng nữa');
    await author.reply(has('nhận tối đa 10 minh chứng'));
    await story.settled();
    await press(author, 'Xong');
    await author.reply(has('Ai cùng thực hiện'));
    for (const name of MATES) {
      author.say(name);
      await author.reply(has('chọn đúng người'));
      await press(author, new RegExp(`^${name} – `));
      await author.reply(has(`Đã thêm đồng chí ${name}`));
    }
    author.say('Trần Quang');
    await author.reply(has('chọn đúng người'));
    await press(author, /^Trần Quang – /);
    await author.reply(has('tối đa 9 người'));
    await press(author, 'Xong');
    const summary = await author.reply(has('kiểm tra trước khi gửi'));
    // One message, which the receipt replaces whole: nothing stays behind as if it waited.
    expect(summary.text).toContain(TITLE);
    expect(summary.text).toContain(DESCRIPTION);
    for (const piece of EVIDENCE) expect(summary.text).toContain(piece.slice(0, 80));
    for (const name of MATES) expect(summary.text).toContain(name);
    await press(author, 'Gửi');
    expect((await author.reply(has('Đã nhận báo cáo'))).id).toBe(summary.id);

    const request = await head.reply(has('Báo cáo 1 chờ xác nhận'));
    expect(request.buttons.flat()).toContain('Xác nhận');
    expect(request.text).toContain(DESCRIPTION);
    for (const piece of EVIDENCE) expect(request.text).toContain(piece.slice(0, 80));
    await press(head, 'Xem minh chứng');
    await head.reply(has('Minh chứng của báo cáo 1'));
    await story.settled();
    // All of it, however many messages it takes.
    const shown = since(head, request).map(({ text }) => text);
    expect(shown.length).toBeGreaterThan(1);
    for (const piece of EVIDENCE) expect(shown.join(' ')).toContain(piece);
    await head.pressOn(request.id, 'Xác nhận').answered;
    const outcome = await head.reply(has('Đã xác nhận bởi đồng chí Trần Quang'));
    expect(outcome.id).toBe(request.id);
    expect(outcome.text).not.toContain('Báo cáo 1 chờ');
    await author.reply(has('đã xác nhận báo cáo 1'));
    expect(story.bot.complaints).toEqual([]);
  });

  it('is opened from the list and changed', async () => {
    author.say('/cuatoi');
    await author.reply(has('Báo cáo của đồng chí'));
    await press(author, /^Số 1: /);
    await author.reply(has('Báo cáo 1'));
    await press(author, 'Sửa');
    await author.reply(has('xác nhận cũ hết hiệu lực'));
    await press(author, 'Sửa: Minh chứng');
    await author.reply(has('Đề nghị gửi minh chứng'));
    for (let n = 0; n < 9; n += 1) {
      await press(author, /^Bỏ: /);
      await author.reply(has('Đã bỏ minh chứng'));
    }
    await press(author, 'Xong');
    await author.reply(has('kiểm tra trước khi gửi'));
    await press(author, 'Gửi');
    await author.reply(has('Đã nhận lại báo cáo 1'));
    const again = await head.reply(({ buttons }) => buttons.flat().includes('Xác nhận'));
    expect(again.text).toContain(EVIDENCE[9]?.slice(0, 80));
    expect(again.text).not.toContain(EVIDENCE[8]?.slice(0, 8));
    expect(story.bot.complaints).toEqual([]);
  });
});
