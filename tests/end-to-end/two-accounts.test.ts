/** One person with an account on Telegram and one in Slack. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/slack/index.ts';
import type { FakeUser as TelegramUser } from '../fakes/telegram/index.ts';
import { agree, has, press, report, verify } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';
import * as telegram from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';
const PHOTO = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 3, 4]);

let story: SlackStory;
let head: FakeUser;
/** The same person. */
let phone: TelegramUser;
let desk: FakeUser;

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', ''],
    ],
    at: '2024-09-04T09:00:00+07:00',
    beside: 'telegram',
  });
  [head] = (await story.join('C1')) as [FakeUser];
  const invites = await story.bot.invite('C3');
  phone = story.telegram.user({ name: 'Hà', language: 'vi' });
  await telegram.enrol(phone, invites.C3 ?? '');
  desk = story.someone('ha.nguyen');
});

afterAll(() => story?.close());

/** A report from the desk, verified; the author's message about it is the caller's to look for. */
async function verified(title: string): Promise<number> {
  const id = await report(desk, {
    item: TASK,
    title,
    description: 'Đã xong.',
    evidence: [`https://hocvien.example/${title.length}`],
  });
  await head.reply(has(`Báo cáo ${id} chờ`));
  await verify(head, id);
  await story.settled();
  return id;
}

const told = (id: number) => ({
  phone: phone.messages().filter(telegram.has(`đã xác nhận báo cáo ${id} `)).length,
  desk: desk.messages().filter(has(`đã xác nhận báo cáo ${id} `)).length,
});

describe('a second account', () => {
  it('comes by a code taken on the first, and the first is told', async () => {
    phone.say('/taikhoan');
    await phone.reply(telegram.has('Tài khoản của đồng chí'));
    await telegram.press(phone, 'Thêm tài khoản');
    const given = await phone.reply(telegram.has('Mã để thêm tài khoản'));
    const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(given.text)?.[0] ?? '';
    desk.command('/batdau', code);
    await agree(desk);
    await phone.reply(telegram.has('Đã thêm tài khoản Slack'));
    desk.command('/taikhoan');
    const list = await desk.reply(has('Tài khoản của đồng chí'));
    expect(list.text).toContain('Telegram: Hà, từ 04/09/2024');
    expect(list.text).toContain('Slack: ha.nguyen, từ 04/09/2024 (đang dùng)');
  });

  it('shares one conversation: begun on Telegram, finished in Slack, files of both kept', async () => {
    phone.say('/baocao Viết chung hai nơi');
    await phone.reply(telegram.has('nội dung thi đua nào'));
    await telegram.press(phone, TASK);
    await phone.reply(telegram.has('việc đã làm và kết quả'));
    phone.say('Soạn xong hai chương.');
    await phone.reply(telegram.has('Thời gian hoàn thành'));
    phone.press(/^Hôm nay/);
    await phone.reply(telegram.has('Đề nghị gửi minh chứng'));
    phone.sendPhoto(PHOTO);
    await phone.reply(telegram.has('Đã nhận minh chứng'));

    desk.command('/tieptuc');
    const asked = await desk.reply(has('Đề nghị gửi minh chứng'));
    expect(asked.text).toContain('Ảnh');
    desk.sendFiles([{ bytes: PHOTO, name: 'Bìa.jpg', mime: 'image/jpeg' }]);
    await desk.reply(has('Đã nhận minh chứng'));
    await press(desk, 'Xong');
    await desk.reply(has('Ai cùng thực hiện'));
    await press(desk, 'Bỏ qua');
    const summary = await desk.reply(has('kiểm tra trước khi gửi'));
    expect(summary.text).toContain('Soạn xong hai chương.');
    await press(desk, 'Gửi');
    const receipt = await desk.reply(has('Đã nhận báo cáo'));
    const id = Number(/báo cáo (\d+)/.exec(receipt.text)?.[1]);
    await story.settled();
    const files = await story.database.query(
      `select m.platform from evidence e join media m on m.id = e.media_id
       where e.report_id = $1::int and m.sha256 is not null order by e.id`,
      [id],
    );
    expect(files).toEqual([{ platform: 'telegram' }, { platform: 'slack' }]);
    const request = head.messages().findLast(has(`Báo cáo ${id} chờ xác nhận`));
    expect(request?.text).toContain('Viết chung hai nơi');
    phone.say('/cuatoi');
    await phone.reply(telegram.has('Viết chung hai nơi'));
  });
});

describe('what the person is told', () => {
  it('goes where they were last, or where they have chosen', async () => {
    const first = await verified('Nơi dùng gần nhất');
    expect(told(first)).toEqual({ phone: 0, desk: 1 });
    desk.command('/taikhoan');
    await desk.reply(has('Tài khoản của đồng chí'));
    await press(desk, 'Nhận tin trên Telegram');
    await desk.reply(has('Tin nhắn sẽ được gửi đến Telegram.'));
    const second = await verified('Chọn nhận trên Telegram');
    expect(told(second)).toEqual({ phone: 1, desk: 0 });
  });

  it('goes to the other account when the chosen one is blocked', async () => {
    phone.block();
    await story.settled();
    const id = await verified('Đã chặn ở Telegram');
    expect(told(id)).toEqual({ phone: 0, desk: 1 });
    phone.unblock();
    await story.settled();
    const again = await verified('Đã mở lại');
    expect(told(again)).toEqual({ phone: 1, desk: 0 });
  });

  it('goes to Telegram when the Slack account is deactivated', async () => {
    phone.say('/taikhoan');
    await phone.reply(telegram.has('Tài khoản của đồng chí'));
    await telegram.press(phone, 'Nhận tin ở nơi dùng gần nhất');
    await phone.reply(telegram.has('nơi đồng chí dùng gần nhất'));
    const id = await report(desk, {
      item: TASK,
      title: 'Trước khi nghỉ',
      description: 'Đã xong.',
      evidence: ['https://hocvien.example/nghi'],
    });
    await head.reply(has(`Báo cáo ${id} chờ`));
    desk.deactivate();
    await verify(head, id);
    await phone.reply(telegram.has(`đã xác nhận báo cáo ${id} `));
    await story.settled();
    expect(told(id)).toEqual({ phone: 1, desk: 0 });
    phone.say('/taikhoan');
    const list = await phone.reply(telegram.has('Tài khoản của đồng chí'));
    expect(list.text).toMatch(/Slack: ha\.nguyen, .* \(hiện không gửi tin đến được\)/);
    expect(story.bot.complaints.map(({ text }) => text)).toEqual([
      'Nobody can be reached in this chat',
    ]);
  });
});
