import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import type { FakeGroup, FakeUser } from '../fakes/telegram/index.ts';
import { boardsOnly, startBot, type TestBot, UNHURRIED } from '../support/bot.ts';
import { openStory, realMenus, type Story } from '../support/story.ts';
import { telegramOn } from '../support/telegram-harness.ts';
import { has, press, report, verify } from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';
const ROSTER = [
  ['R1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
  ['R2', 'Nguyễn Hà', 'vien-triet-hoc', ''],
] as const;
const AT = '2024-09-04T09:00:00+07:00';

let story: Story;
let first: TestBot;
let second: TestBot;
let head: FakeUser;
let author: FakeUser;
let group: FakeGroup;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  story = await openStory({ roster: ROSTER, at: AT, campaign: boardsOnly() });
  first = story.bot;
  const database = await openDatabase({ url: story.database.url, poolSize: 5 });
  closing.push(() => database.close());
  second = await startBot({
    campaign: boardsOnly(),
    database,
    adapters: [telegramOn(story.fake, { pace: UNHURRIED, menus: realMenus() })],
    roster: ROSTER,
    at: AT,
  });
  closing.push(() => second.application.stop());
  [head, author] = (await story.join('R1', 'R2')) as [FakeUser, FakeUser];
  group = story.fake.group({ title: 'Nhóm Triết học' });
  group.add(head);
  await group.reply(has('đăng kết quả hưởng ứng'));
  head.press('Gắn với Viện Triết học', group);
  await group.reply(has('Đã gắn nhóm này'));
});

afterAll(async () => {
  for (const close of closing.reverse()) await close();
  await story?.fake.close();
});

describe('two processes on one database, for one bot', () => {
  it('only one of them polls, so Telegram refuses neither', async () => {
    const id = await report(author, {
      item: TASK,
      title: 'Hai tiến trình',
      description: 'Đã xong.',
      evidence: ['https://hocvien.example/hai'],
    });
    await head.reply(has(`Báo cáo ${id} chờ`));
    await verify(head, id);
    await author.reply(has(`đã xác nhận báo cáo ${id}`));
    const leases = await story.database.query('select name from lease');
    expect(leases).toHaveLength(1);
    // A second poll would have been answered with 409, which is a warning.
    expect([...first.complaints, ...second.complaints]).toEqual([]);
  });

  it('both tick on Monday: one board', async () => {
    for (const bot of [first, second]) bot.at('2024-09-09T08:00:10+07:00');
    await Promise.all([first, second].map(({ application }) => application.scheduler.tick()));
    await Promise.all([first, second].map(({ application }) => application.settled()));
    const boards = group.messages().filter(has('Kết quả hưởng ứng tuần 28'));
    expect(boards).toHaveLength(1);
    expect(boards[0]?.text).toContain('Tổng điểm: 10');
  });

  it('the other one takes over in the middle of a conversation, without losing or doubling a word', async () => {
    author.say('/baocao Việc đang dở khi đổi ca');
    await author.reply(has('nội dung thi đua nào'));
    await press(author, TASK);
    await author.reply(has('việc đã làm và kết quả'));
    author.say('Câu trả lời đến lúc tiến trình dừng.');
    // Whether or not this turn is done, its update has not been confirmed to Telegram.
    await first.application.stop();
    await author.reply(has('Thời gian hoàn thành'));
    author.press(/^Hôm nay/);
    await author.reply(has('minh chứng'));
    author.say('https://hocvien.example/doi-ca');
    await author.reply(has('Đã nhận minh chứng'));
    await press(author, 'Xong');
    await author.reply(has('Ai cùng thực hiện'));
    await press(author, 'Bỏ qua');
    const summary = await author.reply(has('kiểm tra trước khi gửi'));
    expect(summary.text).toContain('Câu trả lời đến lúc tiến trình dừng.');
    await press(author, 'Gửi');
    await author.reply(has('Đã nhận báo cáo'));
    await head.reply(has('Việc đang dở khi đổi ca'));
    await story.fake.updates.settled();
    await second.application.settled();
    const dates = story.fake.calls.filter(
      ({ method, params }) =>
        method === 'sendMessage' && String(params.text).includes('Thời gian hoàn thành (ngày'),
    );
    expect(dates).toHaveLength(2);
    const [row] = await story.database.query<{ reports: number }>(
      'select count(*) as reports from report',
    );
    expect(row?.reports).toBe(2);
    expect([...first.complaints, ...second.complaints]).toEqual([]);
  });
});
