/** One person on Telegram and on Slack: how both become theirs, and who does not get in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeTelegram, type FakeUser, startFakeTelegram } from '../fakes/telegram/index.ts';
import { startBot, type TestBot, UNHURRIED } from '../support/bot.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import {
  type Colleague,
  createSecondPlatform,
  type SecondPlatform,
} from '../support/second-platform.ts';
import { realMenus } from '../support/story.ts';
import { telegramOn } from '../support/telegram-harness.ts';
import { enrol, has, press, verify } from '../support/telegram-steps.ts';

const UNIT = 'Văn phòng Học viện';
const EMAIL = 'minh.vu@hcma.vn';
const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let database: TestDatabase;
let fake: FakeTelegram;
let bot: TestBot;
let slack: SecondPlatform;

beforeAll(async () => {
  database = await testDatabase();
  fake = await startFakeTelegram();
  slack = createSecondPlatform('slack', () => bot.application.settled());
  bot = await startBot({
    database,
    adapters: [telegramOn(fake, { pace: UNHURRIED, menus: realMenus() }), slack.adapter],
    roster: [
      ['V1', 'Trần Văn Quang', 'van-phong', 'thủ trưởng'],
      ['V2', 'Vũ Minh', 'van-phong', ''],
      ['V3', 'Hoàng Lan', 'van-phong', ''],
      ['V4', 'Lê Thị Hà', 'van-phong', '', '0912 000 111'],
      ['V5', 'Phạm Bình', 'van-phong', ''],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  await database.query(`update person set email = $1::text where code = 'V2'`, [EMAIL]);
  await database.query(`update person set email = 'lan@hcma.vn' where code = 'V3'`);
});

afterAll(async () => {
  await bot?.application.stop();
  await fake?.close();
});

const someone = (name: string, phone?: string): FakeUser =>
  fake.user({ name, language: 'vi', ...(phone && { phone }) });

/** Everything people have done is handled and everything that follows is sent. */
async function settled(): Promise<void> {
  await fake.updates.settled();
  await bot.application.settled();
}

async function joined(code: string, name: string): Promise<FakeUser> {
  const invites = await bot.invite(code);
  const user = someone(name);
  await enrol(user, invites[code] ?? '');
  return user;
}

/** Takes a code on Telegram. */
async function takeCode(user: FakeUser): Promise<string> {
  user.say('/taikhoan');
  await user.reply(has('Tài khoản của đồng chí'));
  await press(user, 'Thêm tài khoản');
  const given = await user.reply(has('Mã để thêm tài khoản'));
  expect(given.text).toContain('Trên Slack: mở cuộc trò chuyện riêng');
  return /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(given.text)?.[0] ?? '';
}

const accounts = (code: string) =>
  database.query<{ platform: string; preferred: string | null }>(
    `select i.platform, p.preferred_platform as preferred
     from identity i join person p on p.id = i.person_id where p.code = $1::text order by 1`,
    [code],
  );

describe('a member of the workspace whose e-mail is in the roster', () => {
  it('is recognised without a code, adds Telegram by a link, and is one person on both', async () => {
    const minh = slack.person('minh', { email: EMAIL });
    await minh.say('chào hệ thống');
    expect(minh.heard).toContain('Đồng chí có đồng ý không?');
    await minh.press('Đồng ý');
    expect(minh.heard).toContain(`đồng chí là Vũ Minh, ${UNIT}. Có đúng không?`);
    await minh.press('Đúng');
    expect(minh.heard).toContain('Đã ghi nhận: Vũ Minh');

    await minh.command('taikhoan');
    expect(minh.heard).toContain('Slack: minh, từ 04/09/2024 (đang dùng)');
    await minh.press('Thêm tài khoản');
    const code = /start=([0-9A-Z]{16})/.exec(minh.raw)?.[1] ?? '';
    expect(minh.raw).toContain(`https://t.me/thidua_bot?start=${code}`);

    // The link opens the bot on Telegram: the notice first there too.
    const phone = someone('Minh Vũ');
    await enrol(phone, code);
    await settled();
    expect(minh.heard).toContain('Đã thêm tài khoản Telegram');
    expect((await accounts('V2')).map(({ platform }) => platform)).toEqual(['slack', 'telegram']);

    // A report begun on Slack is finished on Telegram, with one set of answers.
    await minh.command('baocao');
    await minh.press(TASK);
    await minh.say('Viết chung hai nơi');
    expect(minh.heard).toContain('việc đã làm và kết quả');
    phone.say('Đã hoàn thành đúng hạn.');
    await phone.reply(has('Thời gian hoàn thành'));
    phone.press(/^Hôm nay/);
    await phone.reply(has('Đề nghị gửi minh chứng'));
    await minh.say('https://hocvien.example/viec');
    await minh.press('Xong');
    await minh.press('Bỏ qua');
    expect(minh.heard).toContain('Viết chung hai nơi');
    expect(minh.heard).toContain('Đã hoàn thành đúng hạn.');
    phone.say('/tieptuc');
    const summary = await phone.reply(has('kiểm tra trước khi gửi'));
    expect(summary.text).toContain('Viết chung hai nơi');
    await press(phone, 'Gửi');
    await phone.reply(has('Đã nhận báo cáo'));
    await settled();
    await minh.command('cuatoi');
    expect(minh.heard).toContain('Viết chung hai nơi');

    // The person's choice counts on both.
    await minh.command('taikhoan');
    expect(minh.heard).toContain('Telegram: Minh Vũ, từ 04/09/2024');
    expect(minh.labels).not.toContain('Thêm tài khoản');
    await minh.press('Nhận tin trên Telegram');
    expect(minh.heard).toContain('Tin nhắn sẽ được gửi đến Telegram.');
    expect(await accounts('V2')).toContainEqual({ platform: 'slack', preferred: 'telegram' });
    phone.say('/taikhoan');
    const list = await phone.reply(has('Tin nhắn được gửi đến Telegram'));
    expect(list.buttons.flat()).toContain('Gỡ tài khoản Slack');

    // Slack goes; nothing that was reported goes with it.
    await press(phone, 'Gỡ tài khoản Slack');
    await phone.reply(has('Gỡ tài khoản Slack (minh)?'));
    await press(phone, 'Gỡ tài khoản Slack');
    await phone.reply(has('Đã gỡ tài khoản Slack'));
    await settled();
    expect(minh.heard).toContain('Tài khoản này đã được gỡ khỏi hệ thống');
    expect((await accounts('V2')).map(({ platform }) => platform)).toEqual(['telegram']);
    await minh.command('cuatoi');
    expect(minh.heard).toContain('Đồng chí có đồng ý không?');
    // Its e-mail is still the roster's, but the person has an account now: only that one adds others.
    await minh.press('Đồng ý');
    expect(minh.heard).toContain('gõ /taikhoan để lấy mã');
    expect(minh.heard).not.toContain('Vũ Minh');
    phone.say('/cuatoi');
    await phone.reply(has('Viết chung hai nơi'));
  });
});

describe('whoever has an account', () => {
  let binh: { phone: FakeUser; desk: Colleague };

  it('is not added by a code of the office, a unit’s code or a phone number', async () => {
    const invites = await bot.invite('V4');
    const first = someone('Hà trên Slack');
    await enrol(first, invites.V4 ?? '');
    const fresh = await bot.invite('V4');
    expect(fresh.V4).not.toBe(invites.V4);

    const second = slack.person('ha');
    await second.command('start', fresh.V4 ?? '');
    await second.press('Đồng ý');
    expect(second.heard).toContain('đã đăng ký bằng một tài khoản khác');
    expect(second.heard).toContain('gõ /taikhoan');
    expect(second.heard).not.toContain('Lê Thị Hà');

    await second.say(await bot.inviteUnit('van-phong'));
    await second.say('le thi ha');
    expect(second.labels).toContain('Lê Thị Hà (đã đăng ký)');
    await second.press('Lê Thị Hà (đã đăng ký)');
    expect(second.heard).toContain('gõ /taikhoan để lấy mã');

    const third = someone('Số của Hà', '84912000111');
    third.start();
    await third.reply(has('Đồng chí có đồng ý không?'));
    await press(third, 'Đồng ý');
    await third.reply(has('nhập mã đăng ký'));
    third.shareContact();
    await third.reply(has('đã đăng ký bằng một tài khoản khác'));
    expect(await accounts('V4')).toHaveLength(1);
  });

  it('adds another only with a code that is right, fresh, unused and taken by themself', async () => {
    const owner = await joined('V5', 'Phạm Bình');
    const newcomer = slack.person('binh');
    binh = { phone: owner, desk: newcomer };
    await newcomer.say('chào');
    await newcomer.press('Đồng ý');

    await newcomer.say('AAAA-BBBB-CCCC-DDDD');
    expect(newcomer.heard).toContain('Không tìm thấy mã đăng ký này');

    const expired = await takeCode(owner);
    bot.at('2024-09-04T09:15:00+07:00');
    await newcomer.say(expired);
    expect(newcomer.heard).toContain('Mã đăng ký này đã hết hạn');

    const replaced = await takeCode(owner);
    const good = await takeCode(owner);
    await newcomer.say(replaced);
    expect(newcomer.heard).toContain('Không tìm thấy mã đăng ký này');

    // Somebody else may look at the code, and say who they are not.
    const other = slack.person('ai đó');
    await other.say(good);
    await other.press('Đồng ý');
    expect(other.heard).toContain('đồng chí là Phạm Bình');
    await other.press('Không phải tôi');
    expect(other.heard).toContain('Mã này được cấp cho người khác');

    await newcomer.say(good.toLowerCase());
    await newcomer.press('Đúng');
    expect(newcomer.heard).toContain('Đã ghi nhận: Phạm Bình');
    await owner.reply(has('Đã thêm tài khoản Slack'));

    await other.say(good);
    expect(other.heard).toContain('Mã đăng ký này đã được dùng');
    // A third account of a platform where they have one already.
    await newcomer.command('taikhoan');
    expect(newcomer.labels).not.toContain('Thêm tài khoản');
    expect(await accounts('V5')).toHaveLength(2);
  });

  it('hears where they were last, and on the other account when nothing arrives there', async () => {
    const [head, owner, there] = [await joined('V1', 'Trần Văn Quang'), binh.phone, binh.desk];
    async function reportThere(title: string): Promise<number> {
      await there.command('baocao');
      await there.press(TASK);
      await there.say(title);
      await there.say('Đã xong.');
      await there.press('Hôm nay');
      await there.say(`https://hocvien.example/${title.length}`);
      await there.press('Xong');
      await there.press('Bỏ qua');
      await there.press('Gửi');
      const number = Number(/Đã nhận báo cáo (\d+)/.exec(there.heard)?.[1]);
      await head.reply(has(`Báo cáo ${number} chờ xác nhận`));
      return number;
    }
    const first = await reportThere('Soạn đề cương');
    await verify(head, first);
    await settled();
    expect(there.heard).toContain(`đã xác nhận báo cáo ${first}`);
    expect(owner.messages().filter(has(`báo cáo ${first}`))).toEqual([]);

    const second = await reportThere('Biên tập bài giảng');
    there.deactivate();
    const told = owner.reply(has(`báo cáo ${second}`));
    await verify(head, second);
    expect((await told).text).toContain('xác nhận');
    owner.say('/taikhoan');
    const list = await owner.reply(has('Tài khoản của đồng chí'));
    expect(list.text).toMatch(/Slack: binh, .* \(hiện không gửi tin đến được\)/);
  });
});

describe('guests and strangers', () => {
  it('a guest needs a code, whatever address the account has', async () => {
    const guest = slack.person('khách', { email: 'lan@hcma.vn', standing: 'guest' });
    await guest.say('chào');
    await guest.press('Đồng ý');
    expect(guest.heard).toContain('nhập mã đăng ký');
    const invites = await bot.invite('V3');
    await guest.say(invites.V3 ?? '');
    await guest.press('Đúng');
    expect(guest.heard).toContain('Đã ghi nhận: Hoàng Lan');
  });

  it('a stranger gets one sentence, and is not enrolled by any code', async () => {
    const invites = await bot.invite('V1');
    const stranger = slack.person('người ngoài', { email: EMAIL, standing: 'outsider' });
    await stranger.say('chào');
    await stranger.command('start', invites.V1 ?? '');
    await stranger.say(invites.V1 ?? '');
    expect(new Set(stranger.all).size).toBe(1);
    expect(stranger.all).toHaveLength(3);
    expect(stranger.heard).toContain('chỉ dành cho cán bộ, học viên');
    const stored = await database.query('select 1 from identity where "user" = $1::text', [
      stranger.user,
    ]);
    expect(stored).toEqual([]);
  });

  it('leave nothing to complain of, but the account that was deactivated', () => {
    expect(bot.complaints.map(({ text }) => text)).toEqual(['Nobody can be reached in this chat']);
  });
});
