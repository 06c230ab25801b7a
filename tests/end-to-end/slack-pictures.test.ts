/** Boards as pictures in Slack: in the very message of the week's results, and sent on request. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeChannel, FakeUser, Shown } from '../fakes/slack/index.ts';
import { boardsOnly } from '../support/bot.ts';
import { pngHead } from '../support/png.ts';
import { has, press, report, verify } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: SlackStory;
let head: FakeUser;
let member: FakeUser;
let leader: FakeUser;
let channel: FakeChannel;

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['P1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['P2', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['P3', 'Phạm Lan', 'vien-triet-hoc', ''],
      ['P4', 'Lê Hương', 'vien-triet-hoc', ''],
      ['P5', 'Vũ Minh', 'vien-triet-hoc', ''],
      ['L1', 'Đỗ Văn', 'van-phong', 'lãnh đạo'],
    ],
    at: '2024-09-04T09:00:00+07:00',
    campaign: boardsOnly(),
  });
  [head, member, leader] = (await story.join('P1', 'P2', 'L1')) as [FakeUser, FakeUser, FakeUser];
  channel = story.fake.channel({ name: 'triet-hoc' });
  channel.addBot(head);
  await channel.reply(has('đăng kết quả hưởng ứng'));
  await press(head, 'Gắn với Viện Triết học', { in: channel });
  await channel.reply(has('Đã gắn nhóm này'));
  const evidence = ['https://hocvien.example/a'];
  const id = await report(member, {
    item: TASK,
    title: 'Giáo trình',
    description: 'Xong.',
    evidence,
  });
  await head.reply(has(`Báo cáo ${id} chờ`));
  await story.settled();
  await verify(head, id);
  await story.settled();
});

afterAll(() => story?.close());

const isPicture = ({ pictures }: Shown): boolean => pictures.length > 0;

function pictureOf({ pictures }: Shown): { alt: string; width: number } {
  const [picture] = pictures;
  if (!picture?.bytes) throw new Error('there is no picture');
  return { alt: picture.alt, width: pngHead(picture.bytes).width };
}

describe('a picture in Slack', () => {
  it('is sent on request with its alternative text, below a message that stays', async () => {
    member.command('/bangxephang');
    const board = await member.reply(has('Kết quả hưởng ứng tuần 28'));
    expect(await member.press('Xem ảnh').answered).toContain('đang vẽ ảnh');
    const picture = await member.reply(isPicture);
    expect(pictureOf(picture)).toEqual({
      width: 1080,
      alt: expect.stringContaining('Biểu đồ kết quả tuần 28 của Viện Triết học: vị trí'),
    });
    expect(picture.notice).toBe(pictureOf(picture).alt);
    expect(member.messages().find(({ ts }) => ts === board.ts)?.text).toBe(board.text);
    await press(member, 'Kết quả của tôi');
    await member.reply(has('Kết quả của đồng chí – tuần 28'));
    expect(story.bot.complaints).toEqual([]);
  });

  it('is the leadership’s of any group', async () => {
    leader.command('/bangxephang');
    await leader.reply(has('Kết quả hưởng ứng tuần 28'));
    await press(leader, 'Chọn nhóm khác');
    await leader.reply(has('chọn nhóm cần xem'));
    await press(leader, /^nghiên cứu, giảng dạy – khối Học viện/);
    await leader.reply(has('nhóm nghiên cứu, giảng dạy – khối Học viện'));
    await leader.press('Xem ảnh').answered;
    expect(pictureOf(await leader.reply(isPicture)).alt).toContain('dẫn đầu là Viện Triết học');
  });

  it('stands in the week’s own post, under its words', async () => {
    story.bot.at('2024-09-09T08:00:10+07:00');
    await story.bot.application.scheduler.tick();
    await story.bot.application.settled();
    const posts = channel.messages().filter(has('Kết quả hưởng ứng tuần 28 – Viện Triết học'));
    expect(posts).toHaveLength(1);
    const [post] = posts;
    expect(post && pictureOf(post)).toEqual({
      width: 1080,
      alt: expect.stringContaining('vị trí trong nhóm 1/'),
    });
    expect(story.bot.complaints).toEqual([]);
  });
});
