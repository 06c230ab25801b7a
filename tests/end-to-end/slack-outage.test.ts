/** The database is away while people act in Slack: nothing is acknowledged that is not kept, nothing twice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/slack/index.ts';
import { type FaultyDatabase, faultyDatabase } from '../support/faulty-database.ts';
import { fillIn, has, opened, press } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

describe.each(['socket', 'http'] as const)('an outage of the database, by %s', (mode) => {
  let story: SlackStory;
  let faulty: FaultyDatabase;
  let author: FakeUser;
  let head: FakeUser;

  beforeAll(async () => {
    story = await openSlackStory({
      roster: [
        ['B1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
        ['B2', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ],
      at: '2024-07-10T09:00:00+07:00',
      mode,
      faulty(database) {
        faulty = faultyDatabase(database);
        return faulty.database;
      },
      workspace: { redelivery: async () => faulty.restore() },
    });
    [head, author] = (await story.join('B1', 'B2')) as [FakeUser, FakeUser];
  });

  afterAll(() => story?.close());

  const reports = async (): Promise<number> =>
    (await story.database.query<{ n: number }>('select count(*)::int as n from report'))[0]?.n ??
    -1;

  /** From here on the database is away; over a socket Slack waits for its three seconds in vain. */
  async function lose(answer?: Parameters<FaultyDatabase['lose']>[0]): Promise<void> {
    await story.settled();
    const failed = story.bot.complains(/a turn failed/);
    faulty.lose(answer);
    if (mode === 'socket') void failed.then(() => story.fake.updates.timeOut());
  }

  it('a message is not acknowledged, comes again, and is answered once', async () => {
    author.say('báo cáo');
    await author.reply(has('nội dung thi đua nào'));
    await press(author, TASK);
    await author.reply(has('ghi tên việc'));
    await lose();
    author.say('Khi cơ sở dữ liệu vắng mặt');
    await author.reply(has('việc đã làm và kết quả'));
    await story.settled();
    expect(author.messages().filter(has('việc đã làm và kết quả'))).toHaveLength(1);
    author.command('/huy');
    await author.reply(has('Đã hủy'));
  });

  it('a window stays as it is, and is sent again', async () => {
    const modal = await opened(author, author.command('/baocao'));
    const evidence = ['https://hocvien.example/cua-so'];
    fillIn(modal, {
      item: TASK,
      title: 'Cửa sổ gửi lại',
      description: 'Đã xong.',
      date: '2024-07-05',
      evidence,
    });
    await lose();
    expect(await modal.submit()).toBe('failed');
    faulty.restore();
    expect(modal.shown.fields.find(({ id }) => id === 'title')?.value).toBe('Cửa sổ gửi lại');
    expect(await modal.submit()).toBe('closed');
    await author.reply(has('Đã nhận báo cáo'));
    await head.reply(has('Cửa sổ gửi lại'));
    expect(await reports()).toBe(1);
  });

  it('a press whose commit was answered by nothing has been carried out, once', async () => {
    const request = head.messages().findLast(has('Cửa sổ gửi lại'));
    await lose({ matches: /update "report"/ });
    const pressed = head.press('Xác nhận', { on: request?.ts ?? '' });
    expect(await pressed.result).toMatchObject({ acknowledged: false });
    faulty.restore();
    await author.reply(has('đã xác nhận báo cáo'));
    await story.settled();
    expect(author.messages().filter(has('đã xác nhận báo cáo'))).toHaveLength(1);
    const after = head.messages().find(({ ts }) => ts === request?.ts);
    expect(after?.text).toContain('Đã xác nhận bởi đồng chí Trần Quang');
  });

  it('is said in the log, and nothing else goes wrong', () => {
    const texts = new Set(story.bot.complaints.map(({ text }) => text));
    expect(texts).toContain('a turn failed; Slack will deliver it again if it was an event');
    const outages = /deliver it again|interrupted, retrying|tried again|recorded/;
    expect([...texts].filter((text) => !outages.test(text))).toEqual([]);
  });
});
