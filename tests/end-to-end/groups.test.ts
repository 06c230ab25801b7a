import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeGroup, FakeUser, Shown } from '../fakes/telegram/index.ts';
import { boardsOnly } from '../support/bot.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press, report, verify } from '../support/telegram-steps.ts';

const UNIT = 'Viện Triết học';

let story: Story;
let head: FakeUser;
let member: FakeUser;
let office: FakeUser;
let otherHead: FakeUser;
/** The group of the unit, linked in the first story. */
let home: FakeGroup;

const boards = (group: FakeGroup, week: number): Shown[] =>
  group.messages().filter(has(`Kết quả hưởng ứng tuần ${week} – `));

async function monday(date: string): Promise<void> {
  story.bot.at(`${date}T08:00:10+07:00`);
  await story.bot.application.scheduler.tick();
  await story.bot.application.settled();
}

/** A group the head has added the bot to. */
async function groupOf(by: FakeUser, title: string): Promise<FakeGroup> {
  const group = story.fake.group({ title });
  group.add(by);
  await group.reply(has('đăng kết quả hưởng ứng'));
  return group;
}

/** Says it in the group, and gives the answer. */
async function told(
  group: FakeGroup,
  user: FakeUser,
  text: string,
  answer: string,
): Promise<Shown> {
  group.say(user, text);
  return group.reply(has(answer));
}

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['G1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['G2', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['G3', 'Đỗ Văn', 'van-phong', 'thường trực hội đồng'],
      ['G4', 'Ngô Sơn', 'vien-ktct', 'thủ trưởng'],
    ],
    at: '2024-09-04T09:00:00+07:00',
    campaign: boardsOnly(),
  });
  [head, member, office, otherHead] = (await story.join('G1', 'G2', 'G3', 'G4')) as [
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
  ];
});

afterAll(() => story?.close());

describe('linking a group', () => {
  it('is one button for the head who adds the bot', async () => {
    home = story.fake.group({ title: 'Nhóm Triết học' });
    home.add(head);
    const hello = await home.reply(has('đăng kết quả hưởng ứng'));
    expect(hello.buttons).toEqual([[`Gắn với ${UNIT}`]]);
    expect(await member.press(`Gắn với ${UNIT}`, home).answered).toContain(
      'Chỉ thủ trưởng, cấp phó',
    );
    expect(await otherHead.press(`Gắn với ${UNIT}`, home).answered).toContain('Chỉ thủ trưởng');
    await head.press(`Gắn với ${UNIT}`, home).answered;
    await home.reply(has(`Đã gắn nhóm này với ${UNIT}`));
    await told(home, head, '/lienket', `Nhóm này đã gắn với ${UNIT}`);
  });

  it('is not for members, guests or hidden administrators, who are told why', async () => {
    const group = story.fake.group({ title: 'Nhóm bạn bè' });
    group.add(member);
    const hello = await group.reply(has('đăng kết quả hưởng ứng'));
    expect(hello.buttons).toEqual([]);
    expect(hello.text).toContain('Thủ trưởng hoặc cấp phó của đơn vị gõ /lienket');
    await told(group, member, '/lienket', 'do thủ trưởng, cấp phó của đơn vị hoặc Thường trực');
    const guest = story.fake.user({ name: 'Người lạ' });
    await told(group, guest, '/link@thidua_bot', 'đăng ký trong cuộc trò chuyện riêng');
    group.say(head, '/lienket', { anonymous: true });
    await group.reply(has('tắt chế độ ẩn danh'));
    await told(group, member, '/bangxephang', 'chưa được gắn với đơn vị nào');
    await told(group, member, '/baocao', 'chỉ dùng trong cuộc trò chuyện riêng');
    head.say('/lienket');
    await head.reply(has('trong nhóm của đơn vị'));
    // What people say to each other, and to other bots, is not answered.
    const before = group.messages().length;
    group.say(member, 'Chào cả nhà');
    group.say(member, '/baocao@other_bot');
    group.say(member, '/thoitiet');
    await story.settled();
    expect(group.messages()).toHaveLength(before);
  });

  it('by the office takes a name or code, and changes a link only after asking', async () => {
    const group = await groupOf(office, 'Nhóm do Thường trực lập');
    const which = await told(group, office, '/lienket', 'kèm mã hoặc tên đơn vị');
    expect(which.text).not.toContain('Văn phòng');
    await told(
      group,
      office,
      '/lienket Không Có Viện Này',
      'Không tìm thấy đơn vị “Không Có Viện Này”',
    );
    const choose = await told(group, office, '/lienket vien', 'chọn đơn vị của nhóm này');
    expect(choose.buttons.length).toBeGreaterThan(3);
    await told(
      group,
      office,
      '/lienket viện lịch sử đảng',
      'Đã gắn nhóm này với Viện Lịch sử Đảng',
    );
    await told(group, otherHead, '/lienket', 'đang gắn với Viện Lịch sử Đảng');
    const asked = await told(group, office, '/lienket vien-ktct', 'Nếu chuyển sang');
    await office.pressOn(asked.id, /^Chuyển sang/, group).answered;
    await group.reply(has('Đã gắn nhóm này với Viện Kinh tế chính trị học'));
  });
});

describe('the weekly board', () => {
  it('arrives on Monday in the group, with the week’s verified results, and on request', async () => {
    const id = await report(member, {
      item: 'Hoàn thành xuất sắc nhiệm vụ được giao',
      title: 'Đề tài nghiệm thu',
      description: 'Xuất sắc.',
      evidence: ['Số 1/QĐ-HV, ngày 03/09/2024'],
    });
    await head.reply(has(`Báo cáo ${id} chờ`));
    await verify(head, id);
    const asked = await told(home, member, '/bangxephang', 'Kết quả hưởng ứng tuần 28');
    expect(asked.text).toContain('Tổng điểm: 10');
    await monday('2024-09-09');
    const [board] = boards(home, 28).slice(1);
    expect(board?.text).toContain('Tổng điểm: 10');
    // Two people are too few for individual figures.
    expect(board?.text).toContain('có dưới 5 người');
    expect(board?.text).not.toContain('Nguyễn Hà');
    member.say('/bangxephang');
    const own = await member.reply(has('Kết quả hưởng ứng tuần 29'));
    expect(own.buttons.flat()).toEqual(
      expect.arrayContaining(['Tuần này', 'Tuần trước', 'Toàn phong trào', 'Xem nhóm so sánh']),
    );
    await press(member, 'Tuần trước');
    expect((await member.reply(has('tuần 28'))).text).toContain('Kết quả của đồng chí: 10 điểm');
    await press(member, 'Toàn phong trào');
    await member.reply(has('từ đầu phong trào'));
    await press(member, 'Xem nhóm so sánh');
    await member.reply(has('nhóm nghiên cứu, giảng dạy – khối Học viện'));
    office.say('/leaderboard');
    await office.reply(has('Kết quả hưởng ứng tuần 29'));
    await press(office, 'Xem nhóm so sánh');
    await office.reply(has('nhóm tham mưu'));
    await press(office, 'Chọn nhóm khác');
    await office.reply(has('chọn nhóm cần xem'));
  });

  it('goes to the topic of a forum in which the link was made', async () => {
    const forum = story.fake.group({ title: 'Diễn đàn', forum: true });
    forum.add(office);
    await forum.reply(has('đăng kết quả hưởng ứng'));
    const topic = forum.topic();
    forum.say(office, `/lienket ${UNIT}`, { topic });
    const linked = await forum.reply(has('sẽ được đăng trong chủ đề này'));
    expect(linked.topic).toBe(topic);
    await monday('2024-09-16');
    expect(boards(forum, 29).map((board) => board.topic)).toEqual([topic]);
    // Not where the bot has been removed.
    forum.remove(office);
    await story.settled();
    await monday('2024-09-23');
    expect(boards(forum, 30)).toEqual([]);
    expect(boards(home, 30)).toHaveLength(1);
    forum.add(head);
    await forum.reply(has(`Nhóm này vẫn gắn với ${UNIT}`));
    await monday('2024-09-30');
    expect(boards(forum, 31).map((board) => board.topic)).toEqual([topic]);
  });

  it('follows a group that became a supergroup, also when the bot learns it from the refusal', async () => {
    const quiet = await groupOf(head, 'Nhóm thứ hai');
    head.press(`Gắn với ${UNIT}`, quiet);
    await quiet.reply(has('Đã gắn nhóm này'));
    home.upgrade();
    await story.settled();
    story.fake.updates.hold();
    quiet.upgrade();
    await monday('2024-10-07');
    expect(boards(home, 32)).toHaveLength(1);
    expect(boards(quiet, 32)).toHaveLength(1);
    story.fake.updates.release();
    await story.settled();
    await monday('2024-10-14');
    for (const group of [home, quiet]) {
      expect(boards(group, 32)).toHaveLength(1);
      expect(boards(group, 33)).toHaveLength(1);
    }
    await told(home, head, '/lienket', `Nhóm này đã gắn với ${UNIT}`);
  });

  it('is posted once however often the clock ticks', async () => {
    await monday('2024-10-14');
    await Promise.all([monday('2024-10-21'), monday('2024-10-21')]);
    await monday('2024-10-21');
    expect(boards(home, 33)).toHaveLength(1);
    expect(boards(home, 34)).toHaveLength(1);
  });
});

describe('people who block the bot', () => {
  const reachable = async (user: FakeUser) => {
    const [row] = await story.database.query<{ cause: string | null }>(
      `select unreachable_cause as cause from identity where "user" = $1::text`,
      [String(user.id)],
    );
    return row?.cause ?? null;
  };

  it('are left in peace until they are back, and their reports go on', async () => {
    const id = await report(member, {
      item: 'Hoàn thành xuất sắc nhiệm vụ được giao',
      title: 'Gửi rồi chặn',
      description: 'Xong.',
      evidence: ['Số 2/QĐ-HV'],
    });
    await head.reply(has(`Báo cáo ${id} chờ`));
    member.block();
    await story.settled();
    expect(await reachable(member)).toBe('blocked');
    const before = member.messages().length;
    await verify(head, id);
    await head.reply(has('Đã xác nhận bởi'));
    await story.settled();
    expect(member.messages()).toHaveLength(before);
    member.unblock();
    await story.settled();
    expect(await reachable(member)).toBeNull();
    member.say('/cuatoi');
    expect((await member.reply(has('Báo cáo của đồng chí'))).text).toContain('đã xác nhận');
  });

  it('are noticed by the refusal alone', async () => {
    const id = await report(member, {
      item: 'Hoàn thành xuất sắc nhiệm vụ được giao',
      title: 'Chặn lặng lẽ',
      description: 'Xong.',
      evidence: ['Số 3/QĐ-HV'],
    });
    const request = await head.reply(has(`Báo cáo ${id} chờ`));
    await story.settled();
    const pressed = head.pressOn(request.id, 'Xác nhận').answered;
    // The update of the block is lost: only sending shows it.
    member.account.blocked = true;
    await pressed;
    await story.settled();
    expect(await reachable(member)).toBe('blocked');
    member.unblock();
    member.say('/start');
    await member.reply(has('Kính chào đồng chí Nguyễn Hà'));
    await story.settled();
    expect(await reachable(member)).toBeNull();
    expect(story.bot.complaints).toMatchObject([{ fields: { cause: 'blocked' } }]);
  });
});
