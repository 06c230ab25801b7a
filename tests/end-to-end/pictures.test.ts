/** Boards as pictures in Telegram: posted with the week's results, and sent on request. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeGroup, FakeUser, Shown } from '../fakes/telegram/index.ts';
import { boardsOnly } from '../support/bot.ts';
import { pngHead } from '../support/png.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press, report, verify } from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: Story;
let head: FakeUser;
let member: FakeUser;
let small: FakeUser;
let council: FakeUser;
let group: FakeGroup;
let smallGroup: FakeGroup;
/** A report that waits over the end of its week. */
let waiting: number;

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['P1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['P2', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['P3', 'Phạm Lan', 'vien-triet-hoc', ''],
      ['P4', 'Lê Hương', 'vien-triet-hoc', ''],
      ['P5', 'Vũ Minh', 'vien-triet-hoc', ''],
      ['S1', 'Ngô Sơn', 'vien-ktct', 'thủ trưởng'],
      ['H1', 'Đỗ Văn', 'van-phong', 'hội đồng'],
    ],
    at: '2024-09-04T09:00:00+07:00',
    campaign: boardsOnly(),
  });
  [head, member, small, council] = (await story.join('P1', 'P2', 'S1', 'H1')) as [
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
  ];
  group = story.fake.group({ title: 'Nhóm Triết học' });
  smallGroup = story.fake.group({ title: 'Nhóm Kinh tế chính trị' });
  for (const [chat, leader, unit] of [
    [group, head, 'Viện Triết học'],
    [smallGroup, small, 'Viện Kinh tế chính trị học'],
  ] as const) {
    chat.add(leader);
    await chat.reply(has('đăng kết quả hưởng ứng'));
    leader.press(`Gắn với ${unit}`, chat);
    await chat.reply(has('Đã gắn nhóm này'));
  }
  await story.settled();
});

afterAll(() => story?.close());

async function verified(author: FakeUser, title: string): Promise<void> {
  const evidence = [`https://hocvien.example/${title.length}/${title.at(-1)}`];
  const id = await report(author, { item: TASK, title, description: 'Đã xong.', evidence });
  await head.reply(has(`Báo cáo ${id} chờ`));
  await story.settled();
  await verify(head, id);
  await story.settled();
}

async function monday(date: string): Promise<void> {
  story.bot.at(`${date}T08:00:10+07:00`);
  await story.bot.application.scheduler.tick();
  await story.bot.application.settled();
}

const isPicture = (message: Shown): boolean => message.photo !== null;

/** The size of a picture that is there. */
const sizeOf = ({ photo }: Shown) => {
  if (!photo) throw new Error('there is no picture');
  return pngHead(photo);
};

describe('a picture on request', () => {
  it('is drawn after the press, sent below with its caption, and the message stays', async () => {
    await verified(member, 'Giáo trình A');
    await verified(member, 'Bài báo số B');
    member.say('/bangxephang');
    const board = await member.reply(has('Kết quả hưởng ứng tuần 28'));
    expect(await member.press('Xem ảnh').answered).toContain('đang vẽ ảnh');
    const picture = await member.reply(isPicture);
    expect(sizeOf(picture).width).toBe(1080);
    expect(picture.text).toContain('Biểu đồ kết quả tuần 28 của Viện Triết học: vị trí');
    expect(member.messages().find(({ id }) => id === board.id)?.text).toBe(board.text);
    member.press('Xem nhóm so sánh');
    await member.reply(has('nhóm nghiên cứu, giảng dạy'));
    await member.press('Xem ảnh').answered;
    const ofGroup = await member.reply(
      (message) => isPicture(message) && has('dẫn đầu là Viện Triết học')(message),
    );
    expect(sizeOf(ofGroup).height).toBeGreaterThan(400);
    expect(story.bot.complaints).toEqual([]);
  });

  it('is the council’s too, of any group, and never of a unit’s people', async () => {
    council.say('/bangxephang');
    await council.reply(has('Kết quả hưởng ứng tuần 28'));
    await press(council, 'Chọn nhóm khác');
    await council.reply(has('chọn nhóm cần xem'));
    await press(council, /^nghiên cứu, giảng dạy – khối Học viện/);
    await council.reply(has('nhóm nghiên cứu, giảng dạy – khối Học viện'));
    await council.press('Xem ảnh').answered;
    const picture = await council.reply(isPicture);
    expect(picture.text).toContain('1 đơn vị đã có điểm, dẫn đầu là Viện Triết học');
    expect(council.messages().some(has('Nguyễn Hà'))).toBe(false);
  });
});

describe('one’s own results', () => {
  it('are told in private, with what waits', async () => {
    const evidence = ['https://hocvien.example/cho'];
    waiting = await report(member, {
      item: TASK,
      title: 'Chờ xem',
      description: 'Đã xong.',
      evidence,
    });
    member.say('/bangxephang');
    await member.reply(has('Kết quả hưởng ứng tuần 28'));
    await press(member, 'Kết quả của tôi');
    const own = await member.reply(has('Kết quả của đồng chí – tuần 28'));
    expect(own.text).toContain('Báo cáo được xác nhận: 2');
    expect(own.text).toContain('1/1 đồng chí có điểm');
    expect(own.text).toContain('1 báo cáo của đồng chí đang chờ xác nhận.');
    await press(member, 'Tháng này');
    await member.reply(has('Kết quả của đồng chí – tháng 9/2024'));
  });
});

describe('the week’s board', () => {
  it('comes with its picture under the words, where there are results', async () => {
    await monday('2024-09-09');
    const [words, picture, ...more] = group.messages().slice(-2);
    expect(more).toEqual([]);
    expect(words?.text).toContain('Kết quả hưởng ứng tuần 28 – Viện Triết học');
    expect(picture && sizeOf(picture).width).toBe(1080);
    expect(picture?.text).toContain('vị trí trong nhóm 1/');
    expect(smallGroup.messages().at(-1)?.text).toContain('chưa có báo cáo được xác nhận');
    expect(smallGroup.messages().some(isPicture)).toBe(false);
  });

  it('is corrected a week later, in words; the new board has a picture of its own', async () => {
    const before = group.messages().length;
    await verify(head, waiting);
    await story.settled();
    story.bot.at('2024-09-10T09:00:00+07:00');
    await verified(member, 'Việc của tuần sau');
    await monday('2024-09-16');
    const posts = group.messages().slice(before);
    expect(posts.map(isPicture)).toEqual([false, true]);
    expect(posts[0]?.text).toContain('Tuần 28: tổng điểm từ');
    expect(posts[1]?.text).toContain('tuần 29');
    expect(story.bot.complaints).toEqual([]);
  });
});
