import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, report, verify } from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';
const REFUSED = 'chưa được phân quyền';

let story: Story;
let office: FakeUser;
let head: FakeUser;
let author: FakeUser;
let mate: FakeUser;

const send = (user: FakeUser, title: string, evidence: string): Promise<number> =>
  report(user, { item: TASK, title, description: 'Đã xong.', evidence: [evidence] });

/** A report of the author, verified by the head. */
async function verified(title: string, evidence: string): Promise<number> {
  const id = await send(author, title, evidence);
  await head.reply(has(`Báo cáo ${id} chờ`));
  await story.settled();
  await verify(head, id);
  await story.settled();
  return id;
}

/** Presses a button and waits for what it shows. */
async function go(label: string | RegExp, shows: string): Promise<void> {
  await office.press(label).answered;
  await office.reply(has(shows));
}

/** Opens the menu anew. */
async function menu(): Promise<void> {
  office.say('/vanphong');
  await office.reply(has('Công việc của Thường trực Hội đồng'));
}

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['V1', 'Lê Thường Trực', 'ban-tdkt', 'thường trực hội đồng'],
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['C4', 'Phạm Lan', 'vien-triet-hoc', ''],
      ['C5', 'Đỗ Chưa Vào', 'vien-triet-hoc', ''],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [office, head, author, mate] = (await story.join('V1', 'C1', 'C3', 'C4')) as [
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
  ];
});
afterAll(() => story?.close());

describe('the office', () => {
  it('sees how the campaign stands, and who cannot be reached', async () => {
    const id = await send(author, 'Đang chờ', 'https://hv.example/cho');
    await head.reply(has(`Báo cáo ${id} chờ`));
    await menu();
    const overview = office.messages().at(-1)?.text;
    expect(overview).toContain('1 báo cáo chờ xác nhận, lâu nhất 0 ngày');
    expect(overview).toContain('1 trên 5 người chưa liên lạc được');
    await go('Việc tồn đọng theo đơn vị', 'Viện Triết học: 1 báo cáo, lâu nhất 0 ngày');
    await go('Về công việc của Thường trực', 'Công việc của Thường trực Hội đồng');
    await go('Người chưa liên lạc được', 'Chọn một nhóm');
    await go('Chưa đăng ký', 'Đỗ Chưa Vào – Viện Triết học');
    await go('Về công việc của Thường trực', 'Công việc của Thường trực Hội đồng');
    await story.settled();
    await verify(head, id);
    await menu();
    expect(office.messages().at(-1)?.text).toContain('Không có báo cáo nào chờ xác nhận');
  });

  it('finds people by name or code and reports by number, and revokes with a reason', async () => {
    const id = await verified('Để thu hồi', 'https://hv.example/thu-hoi');
    office.say('/vanphong nguyen ha');
    await office.reply(has('Nguyễn Hà – Viện Triết học'));
    await office.press('Nguyễn Hà').answered;
    const card = await office.reply(has('Mã: C3'));
    expect(card.text).toContain(`${id} “Để thu hồi”`);
    await go(`Mở ${id}`, 'Đã xác nhận bởi đồng chí Trần Quang');
    await go('Thu hồi xác nhận', 'lý do');
    office.say('Minh chứng không đúng');
    await office.reply(has(`thu hồi`));
    const told = await author.reply(has('Minh chứng không đúng'));
    expect(told.text).toContain(`${id}`);
    office.say(`/vanphong ${id}`);
    await office.reply(has('Minh chứng không đúng'));
    office.say('/vanphong khong-co-ai-ten-nay');
    await office.reply(has('Không tìm thấy'));
  });

  it('looks at likely duplicates and sets a pair aside', async () => {
    const first = await verified('Bài một', 'https://hv.example/mot-bai');
    mate.say('/baocao');
    await mate.reply(has('nội dung thi đua nào'));
    mate.say('/huy');
    await mate.reply(has('Đã hủy'));
    const second = await send(mate, 'Bài hai', 'https://hv.example/mot-bai');
    await menu();
    await go('Báo cáo có thể trùng', `Cùng minh chứng: ${first} “Bài một”`);
    await go(`Không trùng (${second})`, 'Không có báo cáo nào giống nhau');
    await menu();
    await go('Báo cáo có thể trùng', 'Không có báo cáo nào giống nhau');
  });

  it('looks again at reports drawn at random; a doubt is noted, a second answer refused', async () => {
    story.bot.at('2024-09-10T08:00:00+07:00');
    await story.bot.application.scheduler.tick();
    await story.settled();
    await office.reply(has('báo cáo đã xác nhận để kiểm tra lại'));
    await go('Mẫu kiểm tra ngẫu nhiên', 'chờ xem');
    await office.press(/^Mở \d+/).answered;
    const opened = await office.reply(has('được rút ngẫu nhiên'));
    await go('Có nghi vấn', 'điều còn nghi vấn');
    office.say('Chưa thấy quyết định kèm theo');
    await office.reply(has('Đã ghi nghi vấn'));
    const toast = await office.pressOn(opened.id, 'Đạt').answered;
    expect(toast).toContain('không còn');
    const [row] = await story.database.query(
      `select result, note, version from audit_sample where result <> 'waiting'`,
    );
    expect(row).toEqual({ result: 'doubtful', note: 'Chưa thấy quyết định kèm theo', version: 2 });
    const words = await story.database.query(
      `select details from audit where action like 'audit.%' and details::text like '%quyết%'`,
    );
    expect(words).toEqual([]);
  });

  it('previews the next post, holds it back and releases it: it then goes out, once', async () => {
    const group = story.fake.group({ title: 'Viện Triết học' });
    group.add(head);
    await group.reply(has('đăng kết quả hưởng ứng'));
    group.say(head, '/lienket');
    await group.reply(has('Viện Triết học'));
    await menu();
    await go('Lịch đăng', 'Bảng kết quả tuần của đơn vị: kỳ tới');
    await go('Bảng kết quả tuần của đơn vị', 'Kỳ bị giữ lại không được đăng');
    await go('Xem trước kỳ tới', 'Nếu đăng lúc này: 1 tin');
    await office.reply(has('Xem trước, tin 1 trên 1'));
    expect(group.messages().filter(has('Kết quả hưởng ứng'))).toEqual([]);
    await menu();
    await go('Lịch đăng', 'Bảng kết quả tuần của đơn vị: kỳ tới');
    await go('Bảng kết quả tuần của đơn vị', 'Kỳ bị giữ lại không được đăng');
    await go(/^Giữ lại kỳ 08 giờ 00, 16\/09\/2024/, 'đang giữ lại');
    story.bot.at('2024-09-16T08:01:00+07:00');
    await story.bot.application.scheduler.tick();
    await story.settled();
    expect(group.messages().filter(has('Kết quả hưởng ứng'))).toEqual([]);
    await menu();
    expect(office.messages().at(-1)?.text).toContain('1 kỳ đăng đang được giữ lại');
    await go('Lịch đăng', 'Bảng kết quả tuần của đơn vị: kỳ tới');
    await go('Bảng kết quả tuần của đơn vị', 'Kỳ bị giữ lại không được đăng');
    await office.press(/^Bỏ giữ kỳ 08 giờ 00, 16\/09\/2024/).answered;
    story.bot.at('2024-09-16T10:00:00+07:00');
    await story.bot.application.scheduler.tick();
    await story.bot.application.scheduler.tick();
    await story.settled();
    expect(group.messages().filter(has('Kết quả hưởng ứng'))).toHaveLength(1);
    await go('Đăng ngay kỳ gần nhất', 'Đăng ngay kỳ gần nhất của');
    await go('Đăng ngay', 'Đã đăng xong');
    await story.settled();
    expect(group.messages().filter(has('Kết quả hưởng ứng'))).toHaveLength(1);
  });

  it('sets a day of the calendar and drops it again', async () => {
    await menu();
    await go('Ngày làm việc', 'Ngày làm việc khác thường lệ');
    await go('Đặt ngày nghỉ hoặc ngày làm việc', 'Ngày nào?');
    office.say('15/01/2020');
    await office.reply(has('đã qua'));
    office.say('24/11/2024');
    await office.reply(has('nghỉ hay làm việc'));
    await go('làm việc', 'Lý do hoặc số văn bản');
    office.say('Công văn 12/VP');
    await office.reply(has('kiểm tra trước khi gửi'));
    await go('Gửi', 'Đã đặt 24/11/2024: làm việc');
    await go('Ngày làm việc', '24/11/2024: làm việc – Công văn 12/VP (Thường trực đặt)');
    await go('Bỏ ngày đã đặt 24/11/2024', 'trở lại theo lịch chung');
    expect(await story.database.query('select from calendar_day')).toEqual([]);
  });
});

describe('everybody else', () => {
  it('is refused the command and every button of it', async () => {
    const buttons = [
      'off:m',
      'off:q:0',
      'off:f',
      'off:p:1:0',
      'off:r:1',
      'off:u:never:0',
      'off:d:0',
    ];
    const more = [
      'off:dx:1:2',
      'off:a:0',
      'off:ao:1',
      'off:as:1:1',
      'off:s',
      'off:so:unit-leaderboard',
    ];
    const deeds = [
      'off:sp:unit-leaderboard',
      'off:sy:unit-leaderboard',
      'off:sh:unit-leaderboard:1',
    ];
    for (const user of [head, author]) {
      user.say('/vanphong');
      await user.reply(has(REFUSED));
      user.say('/vanphong Nguyễn Hà');
      await user.reply(has(REFUSED));
      const under = user.messages().at(-1)?.id ?? 0;
      for (const action of [...buttons, ...more, ...deeds])
        expect(await user.forge(under, action).answered).toContain(REFUSED);
    }
    expect(await story.database.query('select from task')).toEqual([]);
  });
});
