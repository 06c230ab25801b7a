/** The weekly digests and digests on request, through Slack on a real PostgreSQL. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser, Shown } from '../fakes/slack/index.ts';
import { has, press, report, verify } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';
import { sheetsOf } from '../support/workbook.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: SlackStory;
let office: FakeUser;
let head: FakeUser;
let author: FakeUser;
let council: FakeUser;
let mobiliser: FakeUser;

const digests = (messages: readonly Shown[], week: number): Shown[] =>
  messages.filter(({ text }) => text.startsWith(`Báo cáo tổng hợp tuần ${week} – `));
const pictures = (messages: readonly Shown[]) => messages.flatMap((each) => each.pictures);
const books = (messages: readonly Shown[]) =>
  messages.flatMap(({ files }) => files.filter(({ name }) => name.endsWith('.xlsx')));

async function monday(date: string): Promise<void> {
  story.bot.at(`${date}T08:30:10+07:00`);
  await story.bot.application.scheduler.tick();
  await story.settled();
}

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['O1', 'Đoàn Hạnh', 'ban-tdkt', 'thường trực hội đồng'],
      ['H1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['A1', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['K1', 'Ủy Viên', 'van-phong', 'hội đồng'],
      ['D1', 'Vận Động', 'van-phong', 'đoàn thể'],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [office, head, author, council, mobiliser] = (await story.join('O1', 'H1', 'A1', 'K1', 'D1')) as [
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
  ];
  const id = await report(author, {
    item: TASK,
    title: 'Bài giảng chuyên đề',
    description: 'Đã xong.',
    evidence: ['https://hocvien.example/bai-giang'],
  });
  await head.reply(has(`Báo cáo ${id} chờ`));
  await story.settled();
  await verify(head, id);
  await story.settled();
});

afterAll(() => story?.close());

describe('digests in Slack', () => {
  it('reach the council in person, with picture and workbook, once', async () => {
    await monday('2024-09-09');
    await story.bot.application.scheduler.runNow('council-digest');
    await story.settled();
    for (const reader of [council, office]) {
      const messages = reader.messages();
      expect(digests(messages, 28)).toHaveLength(1);
      expect(digests(messages, 28)[0]?.text).toContain('1/5 người (20%)');
      expect(pictures(messages)).toHaveLength(1);
      expect(pictures(messages)[0]?.alt).toContain('Tổng hợp tuần 28');
      expect(books(messages)).toHaveLength(1);
      const sheets = await sheetsOf(books(messages)[0]?.bytes ?? new Uint8Array());
      expect([...sheets.values()].join('\n')).toContain('Bài giảng chuyên đề');
    }
    expect(digests(author.messages(), 28)).toEqual([]);
  });

  it('go to the council’s channel once the office has linked it', async () => {
    const channel = story.fake.channel({ name: 'hoi-dong' });
    channel.addBot(office);
    await channel.reply((message) => message.buttons.flat().some((b) => b.includes('Hội đồng')));
    await press(office, /^Gắn với Hội đồng/, { in: channel });
    await channel.reply(has('Báo cáo tổng hợp hằng tuần gửi Hội đồng'));
    await story.settled();
    await monday('2024-09-16');
    expect(digests(channel.messages(), 29)).toHaveLength(1);
    expect(books(channel.messages())).toHaveLength(1);
    expect(digests(council.messages(), 29)).toEqual([]);
  });

  it('come on request, within the right of who asks', async () => {
    council.command('/tonghop');
    await council.reply(has('chọn phạm vi'));
    await press(council, 'Toàn phong trào');
    await council.reply(has('chọn thời gian'));
    const before = books(council.messages()).length;
    await press(council, 'Toàn phong trào');
    await council.reply(has('Ảnh và tệp số liệu đang được chuẩn bị'));
    await story.settled();
    expect(books(council.messages())).toHaveLength(before + 1);

    mobiliser.command('/tonghop');
    const counts = await mobiliser.reply(has('chọn thời gian'));
    expect(counts.text).toContain('số người tham gia theo đơn vị');
    head.command('/tonghop');
    const page = await head.reply(has('Tình hình của Viện Triết học'));
    expect(page.text).toContain('1/2 người (50%)');
    author.command('/tonghop');
    await author.reply(has('chưa được phân quyền'));
    expect(story.bot.complaints.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
