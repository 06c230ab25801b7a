/** Feedback through Telegram: sent, answered, gone on with, overdue; and hidden from the unit's leaders. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press } from '../support/telegram-steps.ts';

const TEXT = 'Phòng đọc đóng cửa trước giờ quy định.';
const UNKNOWN = 'Không có phản ánh này';

let story: Story;
let office: FakeUser;
let officeHead: FakeUser;
let leader: FakeUser;
let head: FakeUser;
let author: FakeUser;
let mate: FakeUser;

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['V1', 'Lê Thường Trực', 'ban-tdkt', 'thường trực hội đồng'],
      ['V2', 'Vũ Kiêm Nhiệm', 'vien-triet-hoc', 'thường trực hội đồng, cấp phó'],
      ['L1', 'Hoàng Giám Đốc', 'ban-tdkt', 'lãnh đạo'],
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['C4', 'Phạm Lan', 'vien-triet-hoc', ''],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [office, officeHead, leader, head, author, mate] = (await story.join(
    'V1',
    'V2',
    'L1',
    'C1',
    'C3',
    'C4',
  )) as [FakeUser, FakeUser, FakeUser, FakeUser, FakeUser, FakeUser];
});
afterAll(() => story?.close());

/** From the command to the receipt. @returns the number */
async function feedback(user: FakeUser, about: RegExp, text: string): Promise<number> {
  user.say('/phananh');
  await user.reply(has('Phản ánh của đồng chí'));
  await press(user, 'Gửi phản ánh');
  await user.reply(has('Phản ánh của đồng chí về việc gì?'));
  await press(user, about);
  await user.reply(has('ghi nội dung phản ánh'));
  user.say(text);
  await user.reply(has('kiểm tra trước khi gửi'));
  await press(user, 'Gửi');
  const receipt = await user.reply(has('Đã tiếp nhận phản ánh'));
  return Number(/phản ánh (\d+)/.exec(receipt.text)?.[1]);
}

describe('feedback about the own unit', () => {
  let id: number;

  it('goes to the office with a due day in working days, and to nobody who leads the unit', async () => {
    id = await feedback(author, /^Đơn vị tôi: Viện Triết học/, TEXT);
    const receipt = author.messages().at(-1)?.text;
    // 4 September is a Wednesday: five working days later is the next one.
    expect(receipt).toContain(
      `phản ánh ${id}. Ban Thi đua - Khen thưởng sẽ trả lời trước 11/09/2024`,
    );
    const request = await office.reply(has(`Phản ánh ${id}`));
    expect(request.text).toContain(TEXT);
    expect(request.text).toContain('Nguyễn Hà');
    await story.settled();
    for (const kept of [officeHead, head, mate, leader])
      expect(kept.messages().filter(({ text }) => /hản ánh \d|Phòng đọc/.test(text))).toEqual([]);
  });

  it('is not to be had by its leaders, colleagues or the leadership by command, button or number', async () => {
    for (const user of [officeHead, head, mate, leader]) {
      user.say(`/phananh ${id}`);
      await user.reply(has(UNKNOWN));
      const under = user.messages().at(-1)?.id ?? 0;
      for (const verb of ['o', 'r', 'f', 'x:1', 'u:1'])
        expect(await user.forge(under, `tk:${id}:${verb}`).answered).toContain(UNKNOWN);
      user.say('/phananh');
      const list = await user.reply(has('chưa gửi phản ánh nào'));
      expect(list.text).not.toContain('Có 1 phản ánh');
    }
    const traces = JSON.stringify(await story.database.query('select * from audit'));
    expect(traces).toContain(`ticket:${id}`);
    expect(traces).not.toContain('Phòng đọc');
  });

  it('is answered, gone on with and closed in one thread', async () => {
    await press(office, 'Trả lời');
    await office.reply(has('ghi câu trả lời'));
    office.say('Đã nhắc phòng đọc mở cửa đúng giờ.');
    await office.reply(has(`Đã gửi câu trả lời phản ánh ${id}`));
    const answer = await author.reply(has('Đã nhắc phòng đọc'));
    expect(answer.buttons.flat()).toEqual(['Phản ánh tiếp', 'Đã rõ, đóng', 'Phản ánh của tôi']);
    await press(author, 'Phản ánh tiếp');
    await author.reply(has('nội dung bổ sung'));
    author.say('Hôm nay vẫn đóng sớm.');
    await author.reply(has('Đã ghi thêm vào phản ánh'));
    const again = await office.reply(has('có nội dung mới'));
    expect(again.text).toContain('có nội dung mới');
    await story.settled();
    const newest = office.messages().at(-1);
    expect(newest?.text).toContain('Hôm nay vẫn đóng sớm.');
    office.pressOn(newest?.id ?? 0, 'Trả lời');
    await office.reply(has('ghi câu trả lời'));
    office.say('Đã kiểm tra tại chỗ, mở cửa đến 17 giờ.');
    await office.reply(has('Đã gửi câu trả lời'));
    await author.reply(has('Đã kiểm tra tại chỗ'));
    await press(author, 'Đã rõ, đóng');
    await author.reply(has(`Đã đóng phản ánh ${id}`));
    await story.settled();
    expect(office.messages().find((m) => m.id === newest?.id)?.text).toContain('Đã đóng');
    const [row] = await story.database.query('select status from ticket');
    expect(row).toEqual({ status: 'closed' });
  });
});

describe('feedback that nobody answers', () => {
  it('goes to the leadership on the first working day after it was due, once', async () => {
    const id = await feedback(
      mate,
      /^Hệ thống này/,
      'Không mở được bảng xếp hạng trên điện thoại.',
    );
    await office.reply(has(`Phản ánh ${id}`));
    // Due on Wednesday 11 September.
    story.bot.at('2024-09-11T08:00:00+07:00');
    await story.bot.application.scheduler.tick();
    await story.settled();
    expect(leader.messages().filter(has('quá hạn'))).toEqual([]);
    story.bot.at('2024-09-12T08:00:00+07:00');
    await story.bot.application.scheduler.tick();
    story.bot.at('2024-09-13T08:00:00+07:00');
    await story.bot.application.scheduler.tick();
    await story.settled();
    const letters = leader.messages().filter(has('quá hạn'));
    expect(letters).toHaveLength(1);
    expect(letters[0]?.text).not.toContain('bảng xếp hạng');
    expect(office.messages().filter(has('đã được chuyển đến Ban Giám đốc'))).toHaveLength(1);
    await press(leader, `Mở phản ánh ${id}`);
    const opened = await leader.reply(has('Không mở được bảng xếp hạng'));
    expect(opened.buttons.flat()).toContain('Trả lời');
  });
});
