/** A unit's channel: linked, told the results, renamed, archived, moved, left. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeChannel, FakeUser, Shown } from '../fakes/slack/index.ts';
import { boardsOnly } from '../support/bot.ts';
import { has, opened, press, report, verify } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';

const UNIT = 'Viện Triết học';
const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: SlackStory;
let head: FakeUser;
let member: FakeUser;
let otherHead: FakeUser;
let office: FakeUser;
let channel: FakeChannel;

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['G1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['G2', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['G3', 'Ngô Sơn', 'vien-ktct', 'thủ trưởng'],
      ['G4', 'Đỗ Văn', 'van-phong', 'thường trực hội đồng'],
      // A board names people only where there are five of them.
      ['G5', 'Phạm Lan', 'vien-triet-hoc', ''],
      ['G6', 'Lê Hương', 'vien-triet-hoc', ''],
      ['G7', 'Vũ Minh', 'vien-triet-hoc', ''],
    ],
    at: '2024-09-04T09:00:00+07:00',
    campaign: boardsOnly(),
    mode: 'http',
  });
  [head, member, otherHead, office] = (await story.join('G1', 'G2', 'G3', 'G4')) as [
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
  ];
});

afterAll(() => story?.close());

const send = (title: string): Promise<number> =>
  report(member, {
    item: TASK,
    title,
    description: 'Đã xong.',
    evidence: [`https://hocvien.example/${title.length}`],
  });

async function monday(date: string): Promise<void> {
  story.bot.at(`${date}T08:00:10+07:00`);
  await story.bot.application.scheduler.tick();
  await story.bot.application.settled();
}

const boards = (week: number): Shown[] =>
  channel.messages().filter((m) => has(`Kết quả hưởng ứng tuần ${week} – `)(m) && !m.thread);

const room = async () =>
  (
    await story.database.query<{ chat: string; title: string; gone: boolean; unit: string | null }>(
      `select r.chat, r.title, r.left_at is not null as gone, u.code as unit
       from chat_room r left join unit u on u.id = r.unit_id where r.chat = $1::text`,
      [channel.id],
    )
  )[0];

describe('linking a channel', () => {
  it('is one button for the head who adds the bot, and refused to everyone else', async () => {
    channel = story.fake.channel({ name: 'triet-hoc' });
    channel.addBot(head);
    const hello = await channel.reply(has('đăng kết quả hưởng ứng'));
    expect(hello.buttons).toEqual([[`Gắn với ${UNIT}`]]);
    for (const user of [member, otherHead]) {
      channel.say(user, 'Chào cả nhà');
      const said = await user.press(`Gắn với ${UNIT}`, { in: channel }).answered;
      expect(said).toContain('Chỉ thủ trưởng, cấp phó');
      // Only the one who pressed sees it.
      expect(user.whispers(channel)).toHaveLength(1);
    }
    expect(head.whispers(channel)).toEqual([]);
    expect(await room()).toMatchObject({ unit: null });
    await press(head, `Gắn với ${UNIT}`, { in: channel });
    await channel.reply(has(`Đã gắn nhóm này với ${UNIT}`));
    expect(await room()).toEqual({
      chat: channel.id,
      title: 'triet-hoc',
      gone: false,
      unit: 'vien-triet-hoc',
    });
  });

  it('by command or mention takes the office’s word for any unit, and nobody’s without a right', async () => {
    const other = story.fake.channel({ name: 'chung', private: true });
    other.addBot(office);
    await other.reply(has('đăng kết quả hưởng ứng'));
    other.say(member, 'Tôi gắn thử');
    member.command('/lienket', 'vien-ktct', other);
    await other.reply(has('do thủ trưởng, cấp phó của đơn vị hoặc Thường trực'));
    office.command('/lienket', 'Không Có Viện Này', other);
    await other.reply(has('Không tìm thấy đơn vị “Không Có Viện Này”'));
    other.mention(office, 'liên kết vien-ktct');
    await other.reply(has('Đã gắn nhóm này với'));
    const stranger = story.someone('Người ngoài', { stranger: true });
    other.mention(stranger, 'lienket vien-triet-hoc');
    await story.settled();
    expect(other.messages().at(-1)?.text).toContain('Đã gắn nhóm này với');
  });

  it('leaves what people say to each other alone', async () => {
    const before = channel.messages().length;
    const count = async () =>
      (
        await story.database.query<{ n: number }>('select count(*)::int as n from inbound_event')
      )[0];
    const events = await count();
    channel.say(member, 'báo cáo');
    channel.mention(member, 'cảm ơn hệ thống');
    channel.say(head, '/baocao trong lúc nói chuyện');
    await story.settled();
    expect(channel.messages()).toHaveLength(before);
    expect(await count()).toEqual(events);
  });
});

describe('the weekly results', () => {
  it('are posted on Monday as a table, once', async () => {
    const id = await send('Giáo trình mới');
    await head.reply(has(`Báo cáo ${id} chờ`));
    await verify(head, id);
    await member.reply(has('đã xác nhận'));
    await monday('2024-09-09');
    await monday('2024-09-09');
    const [board, ...others] = boards(28);
    expect(others).toEqual([]);
    expect(board?.text).toContain('TT | Họ và tên | Điểm');
    expect(board?.text).toMatch(/1 \| Nguyễn Hà \| \d/);
    // Whoever has nothing verified is not named.
    expect(board?.text).not.toContain('Trần Quang');
  });

  it('are corrected in the thread of the board they correct', async () => {
    story.bot.at('2024-09-08T10:00:00+07:00');
    const id = await send('Việc gửi cuối tuần trước');
    await head.reply(has(`Báo cáo ${id} chờ`));
    story.bot.at('2024-09-11T10:00:00+07:00');
    await verify(head, id);
    await member.reply(has('đã xác nhận'));
    await monday('2024-09-16');
    const [old] = boards(28);
    const thread = channel.messages().filter((m) => m.thread !== null);
    expect(thread.map((m) => m.thread)).toEqual([old?.ts]);
    expect(thread[0]?.text).toContain('Điều chỉnh kết quả tuần 28');
    expect(boards(29)[0]?.text).toContain('xem phần trả lời dưới bảng kết quả');
  });

  it('are shown to whoever asks, in the channel or by themselves', async () => {
    member.command('/bangxephang', '', channel);
    await channel.reply(has('Kết quả hưởng ứng'));
    channel.mention(head, 'bảng xếp hạng');
    await channel.reply(has('Kết quả hưởng ứng'));
    await story.settled();
    const before = channel.messages().length;
    member.command('/bangxephang');
    await member.reply(has('Kết quả hưởng ứng'));
    expect(channel.messages()).toHaveLength(before);
  });

  it('are no place for a person’s own matters: those are answered to them alone', async () => {
    const before = channel.messages().length;
    member.command('/cuatoi', '', channel);
    await member.reply(has('Báo cáo của đồng chí'));
    const modal = await opened(member, member.command('/baocao', 'Bài báo', channel));
    modal.close();
    await story.settled();
    expect(channel.messages()).toHaveLength(before);
  });

  it('are asked for in private where the bot is not', async () => {
    const elsewhere = story.fake.channel({ name: 'noi-khac', private: true });
    elsewhere.say(member, 'Xin chào');
    member.command('/bangxephang', '', elsewhere);
    await member.reply(has('Kết quả hưởng ứng'));
    member.command('/lienket', '', elsewhere);
    await member.reply(has('sau khi thêm hệ thống vào nhóm'));
    expect(elsewhere.messages()).toEqual([]);
  });
});

describe('a channel', () => {
  it('keeps its unit under another name, as a private one, and under another id', async () => {
    channel.rename(head, 'vien-triet-hoc');
    await story.settled();
    expect(await room()).toMatchObject({ title: 'vien-triet-hoc', unit: 'vien-triet-hoc' });
    channel.convertToPrivate(head);
    await story.settled();
    expect(await room()).toMatchObject({ gone: false, unit: 'vien-triet-hoc' });
    const before = channel.id;
    channel.changeId();
    await story.settled();
    expect(channel.id).not.toBe(before);
    expect(await room()).toMatchObject({ chat: channel.id, unit: 'vien-triet-hoc' });
    const shown = boards(30).length;
    await monday('2024-09-23');
    expect(boards(30)).toHaveLength(shown + 1);
  });

  it('gets nothing while it is archived, and again when it is not', async () => {
    channel.archive(head);
    await story.settled();
    expect(await room()).toMatchObject({ gone: true });
    await monday('2024-09-30');
    expect(boards(31)).toEqual([]);
    channel.unarchive(head);
    const hello = await channel.reply(has('đăng kết quả hưởng ứng'));
    expect(hello.text).toContain(`Nhóm này vẫn gắn với ${UNIT}`);
    await monday('2024-10-07');
    expect(boards(32)).toHaveLength(1);
  });

  it('gets nothing after the bot was removed', async () => {
    channel.removeBot(head);
    await story.settled();
    expect(await room()).toMatchObject({ gone: true, unit: 'vien-triet-hoc' });
    const before = channel.messages().length;
    await monday('2024-10-14');
    expect(channel.messages()).toHaveLength(before);
    channel.addBot(head);
    await channel.reply(has(`Nhóm này vẫn gắn với ${UNIT}`));
    expect(story.bot.complaints).toEqual([]);
  });
});
