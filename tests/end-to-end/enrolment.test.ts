import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser, Shown } from '../fakes/telegram/index.ts';
import { openStory, realMenus, type Story } from '../support/story.ts';
import { enrol, has, press } from '../support/telegram-steps.ts';

const UNIT = 'Văn phòng Học viện';
const PHONE = '84912000111';

let story: Story;
let head: FakeUser;
let deputy: FakeUser;
let unitCode: string;

const someone = (name: string, language = 'vi', phone?: string): FakeUser =>
  story.fake.user({ name, language, ...(phone && { phone }) });

const buttons = (message: Shown): string[] => message.buttons.flat();

/** Agrees to the notice that was just asked about. */
async function agree(user: FakeUser): Promise<void> {
  await user.reply(has('Đồng chí có đồng ý không?'));
  await press(user, 'Đồng ý');
}

/** From the unit's link to the request that waits for its leaders. */
async function ask(user: FakeUser, typed: string, name: string): Promise<void> {
  user.start(unitCode);
  await agree(user);
  await user.reply(has(`Đăng ký vào ${UNIT}`));
  user.say(typed);
  await user.reply(has('chọn đúng họ và tên'));
  await press(user, name);
  await user.reply(has(`(${name}, ${UNIT}) đang chờ đơn vị xác nhận`));
}

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['V1', 'Trần Văn Quang', 'van-phong', 'thủ trưởng'],
      ['V2', 'Lê Thu Hương', 'van-phong', 'cấp phó'],
      ['V3', 'Đặng Thị Đào', 'van-phong', ''],
      ['V4', 'Lê Thị Hạ', 'van-phong', ''],
      ['V5', 'Lê Thị Hà', 'van-phong', ''],
      ['V6', 'Lê Thị Ha', 'van-phong', ''],
      ['V7', 'Phạm Bình', 'van-phong', '', '0912 000 111'],
      ['V8', 'Vũ Minh', 'van-phong', ''],
      ['V9', 'Hoàng Lan', 'van-phong', ''],
      ['K1', 'Ngô Sơn', 'vien-ktct', ''],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [head, deputy] = (await story.join('V1', 'V2')) as [FakeUser, FakeUser];
  unitCode = await story.bot.inviteUnit('van-phong');
});

afterAll(() => story?.close());

describe('personal links', () => {
  it('serves one account: a second one is told so, and nobody changes places', async () => {
    const { V8: code = '' } = await story.bot.invite('V8');
    const [first, second] = [someone('Vũ Minh'), someone('Ai Đó')];
    await enrol(first, code);
    second.start(code);
    await agree(second);
    await second.reply(has('Mã đăng ký này đã được dùng'));
    second.say('/cuatoi');
    await second.reply(has('nhập mã đăng ký'));
    first.say('/cuatoi');
    await first.reply(has('chưa có báo cáo nào'));
  });

  it('is for the person on the roster alone: whoever says “not me” stays a guest', async () => {
    const { V9: code = '' } = await story.bot.invite('V9');
    const [wrong, right] = [someone('Nhầm Người'), someone('Hoàng Lan')];
    wrong.start(code);
    await agree(wrong);
    await wrong.reply(has(`đồng chí là Hoàng Lan, ${UNIT}. Có đúng không?`));
    wrong.say('chắc vậy');
    await wrong.reply(has('chọn một trong hai nút'));
    await press(wrong, 'Không phải tôi');
    await wrong.reply(has('Mã này được cấp cho người khác'));
    // The code still works for whom it was made, typed as it may stand on paper.
    right.start();
    await agree(right);
    await right.reply(has('nhập mã đăng ký'));
    right.say(code.toLowerCase().replace(/(.{4})(?=.)/g, '$1-'));
    await right.reply(has('Có đúng không?'));
    await press(right, 'Đúng');
    await right.reply(has(`Đã ghi nhận: Hoàng Lan, ${UNIT}`));
  });

  it('says what is wrong with a code', async () => {
    const user = someone('Gõ Sai');
    user.start('AAAABBBBCCCCDDDD');
    await agree(user);
    await user.reply(has('Không tìm thấy mã đăng ký này'));
    user.say('12345678');
    await user.reply(has('không phải mã đăng ký'));
    user.say('/baocao Chưa đăng ký');
    await user.reply(has('nhập mã đăng ký'));
    user.sendSticker();
    await user.reply(has('nhập mã đăng ký'));
  });
});

describe('consent', () => {
  it('comes first, may be refused, and may be given later by the same link', async () => {
    const { K1: code = '' } = await story.bot.invite('K1');
    const user = someone('Ngô Sơn');
    user.start(code);
    const notice = await user.reply(has('Đồng chí có đồng ý không?'));
    expect(notice.text).toContain('Học viện Chính trị quốc gia Hồ Chí Minh');
    expect(notice.text).toContain('rút đồng ý');
    await press(user, 'Không đồng ý');
    const refused = await user.reply(has('tôn trọng lựa chọn'));
    expect(refused).toMatchObject({ id: notice.id, edited: true });
    const [row] = await story.database.query<{ consented: boolean; linked: boolean }>(
      `select consented_at is not null as consented, person_id is not null as linked
       from identity where "user" = $1::text`,
      [String(user.id)],
    );
    expect(row).toEqual({ consented: false, linked: false });
    await press(user, 'Xem lại');
    await agree(user);
    await user.reply(has('Có đúng không?'));
    await press(user, 'Đúng');
    await user.reply(has('Đã ghi nhận: Ngô Sơn, Viện Kinh tế chính trị học'));
  });
});

describe('a unit’s link', () => {
  it('finds a name typed without marks, and the head and the deputy decide once', async () => {
    const user = someone('dao.dt');
    await ask(user, 'dang thi dao', 'Đặng Thị Đào');
    const requests = await Promise.all(
      [head, deputy].map((leader) => leader.reply(has('Đề nghị đăng ký'))),
    );
    for (const { text } of requests) {
      expect(text).toContain('Họ và tên: Đặng Thị Đào');
      expect(text).toContain('dao.dt (Telegram)');
    }
    story.fake.updates.hold();
    const presses = [head.press('Xác nhận').answered, deputy.press('Xác nhận').answered];
    story.fake.updates.release();
    const toasts = await Promise.all(presses);
    expect(toasts).toContain('Đã xác nhận đăng ký của Đặng Thị Đào.');
    const already = toasts.filter((toast) =>
      /^Đồng chí .* đã xác nhận đăng ký này\.$/.test(toast ?? ''),
    );
    expect(already).toHaveLength(1);
    const done = await user.reply(has('Đã ghi nhận: Đặng Thị Đào'));
    expect(done.text).toContain('/baocao');
    await story.settled();
    for (const [i, leader] of [head, deputy].entries()) {
      const copy = leader.messages().find(({ id }) => id === requests[i]?.id);
      expect(copy?.text).toContain('đã xác nhận đăng ký này');
      expect(copy?.buttons).toEqual([]);
    }
    expect(user.messages().filter(has('Đã ghi nhận'))).toHaveLength(1);
  });

  it('shows the name with exactly these marks first', async () => {
    const user = someone('Tìm Tên');
    user.start(unitCode);
    await agree(user);
    await user.reply(has('Đăng ký vào'));
    for (const typed of ['Lê Thị Hà', 'lê thị hạ']) {
      user.say(typed);
      const found = buttons(await user.reply(has('chọn đúng họ và tên')));
      expect(found.filter((label) => label.startsWith('Lê'))).toHaveLength(3);
      expect(found[0]?.toLowerCase()).toBe(typed.toLowerCase());
    }
    user.say('Không Có Ai');
    await user.reply(has('Không tìm thấy tên này'));
    user.say('V');
    await user.reply(has('từ 2 đến 100 ký tự'));
    user.say('dang dao');
    expect(buttons(await user.reply(has('chọn đúng')))).toContain('Đặng Thị Đào (đã đăng ký)');
    await press(user, 'Đặng Thị Đào (đã đăng ký)');
    await user.reply(has('đã đăng ký bằng một tài khoản khác'));
    // Somebody of another unit is not found with this unit's link.
    user.say('Ngô Sơn');
    await user.reply(has('Không tìm thấy tên này'));
  });

  it('lets the head refuse, the applicant try again and take a request back', async () => {
    const user = someone('Ha.LT');
    await ask(user, 'lê thị ha', 'Lê Thị Ha');
    await head.reply(has('Lê Thị Ha'));
    await deputy.reply(has('Lê Thị Ha'));
    expect(await head.press('Không xác nhận').answered).toContain('không xác nhận đăng ký của Lê');
    await user.reply(has('Đơn vị chưa xác nhận tài khoản này là của Lê Thị Ha'));
    await deputy.reply(has('Đồng chí Trần Văn Quang đã không xác nhận'));
    user.start(unitCode);
    await user.reply(has(`Đăng ký vào ${UNIT}`));
    user.say('le thi ha');
    await user.reply(has('chọn đúng'));
    await press(user, 'Lê Thị Hạ');
    await user.reply(has('đang chờ đơn vị xác nhận'));
    await deputy.reply(has('Lê Thị Hạ'));
    await press(user, 'Rút đề nghị, chọn lại');
    await user.reply(has('Đã rút đề nghị'));
    await deputy.reply(has('Người đăng ký đã rút đề nghị'));
    head.say('/choxacnhan');
    await head.reply(has('không có nội dung nào chờ'));
  });
});

describe('a shared contact', () => {
  it('takes the account’s own number that is on the roster, and no other', async () => {
    const [other, user] = [someone('Không Số'), someone('Phạm Bình', 'vi', PHONE)];
    for (const guest of [other, user]) {
      guest.start();
      await agree(guest);
      const asked = await guest.reply(has('nhập mã đăng ký'));
      expect(asked.contactButton).toBe('Gửi số điện thoại của tôi');
    }
    other.shareContact(false);
    await other.reply(has('chỉ nhận số điện thoại của chính tài khoản này'));
    other.shareContact();
    await other.reply(has('không có trong danh sách'));
    user.shareContact();
    await user.reply(has(`đồng chí là Phạm Bình, ${UNIT}`));
    await press(user, 'Đúng');
    await user.reply(has('Đã ghi nhận: Phạm Bình'));
    const thief = someone('Kẻ Khác', 'vi', PHONE);
    thief.start();
    await agree(thief);
    await thief.reply(has('nhập mã đăng ký'));
    thief.shareContact();
    await thief.reply(has('đã đăng ký bằng một tài khoản khác'));
  });
});

describe('languages and ways back', () => {
  it('is in English from the welcome on, and back with /ngonngu', async () => {
    const user = someone('Hà', 'en');
    user.start(unitCode);
    expect(buttons(await user.reply(has('Đồng chí có đồng ý không?')))).toContain('English');
    await press(user, 'English');
    await user.reply(has('Do you consent?'));
    await press(user, 'I agree');
    await user.reply(has('Enrolling in Academy Office'));
    user.say('ha le');
    await user.reply(has('choose your own name'));
    await press(user, 'Lê Thị Hà');
    await user.reply(has('waiting for your unit'));
    // The leaders read it in their own language.
    await head.reply(has('Đề nghị đăng ký'));
    await head.press('Xác nhận').answered;
    await user.reply(has('Registered: Lê Thị Hà'));
    user.say('/ngonngu');
    await user.reply(has('Please choose a language'));
    await press(user, 'Tiếng Việt');
    await user.reply(has('sẽ dùng tiếng Việt'));
    user.say('/trogiup');
    await user.reply(has('Hướng dẫn'));
    user.say('/language');
    await user.reply(has('Please choose'));
    await press(user, 'English');
    await user.reply(has('The bot will use English'));
    user.say('/help');
    await user.reply(has('Help –'));
  });

  it('/start frees whoever is stuck and keeps what they entered', async () => {
    head.say('/baocao Việc dở dang');
    await head.reply(has('nội dung thi đua nào'));
    head.start();
    const menu = await head.reply(has('Kính chào đồng chí Trần Văn Quang'));
    expect(menu.text).toContain('Bản nháp đang nhập đã được lưu');
    expect(buttons(menu)).toContain('Việc chờ xác nhận');
    await press(head, 'Tiếp tục bản nháp');
    await head.reply(has('nội dung thi đua nào'));
    head.say('/huy');
    await head.reply(has('Đã hủy thao tác'));
    // The same for somebody in the middle of enrolling.
    const guest = someone('Kẹt Lại');
    guest.start(unitCode);
    await agree(guest);
    await guest.reply(has('Đăng ký vào'));
    guest.start();
    await guest.reply(has('nhập mã đăng ký'));
  });

  it('in a group /start points to the private chat, by a link that opens it', async () => {
    const group = story.fake.group({ title: 'Nhóm Văn phòng' });
    group.add(head);
    await group.reply(has('kết quả hưởng ứng'));
    group.say(someone('Người Qua'), '/start');
    const pointer = await group.reply(has('trò chuyện riêng'));
    expect(pointer.entities).toContainEqual(
      expect.objectContaining({ type: 'text_link', url: 'https://t.me/thidua_bot?start=menu' }),
    );
    const guest = someone('Người Qua');
    guest.start('menu');
    await guest.reply(has('Đồng chí có đồng ý không?'));
    deputy.start('menu');
    await deputy.reply(has('Kính chào đồng chí Lê Thu Hương'));
  });

  it('offers the commands in Telegram’s menu, by language and place', () => {
    const { private: inPrivate, group } = realMenus();
    const set = [...story.fake.menus].map(([key, commands]) => [key, commands]);
    expect(set).toHaveLength(4);
    expect(set.map(([, commands]) => commands)).toEqual([
      inPrivate.vi,
      inPrivate.en,
      group?.vi,
      group?.en,
    ]);
    expect(story.bot.complaints).toEqual([]);
  });
});
