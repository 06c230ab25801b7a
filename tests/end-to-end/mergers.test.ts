/** A merger between two weeks, through Telegram: groups, what waits, and the boards of the weeks before. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeUnits } from '../../src/db/mergers.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import type { FakeUser } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, report, requestOf, verify } from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';
const [OLD, NEW] = ['Viện Triết học', 'Viện Chủ nghĩa xã hội khoa học'];

let story: Story;
let oldHead: FakeUser;
let author: FakeUser;
let newHead: FakeUser;

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['A1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['A2', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['C1', 'Lý Sơn', 'vien-cnxhkh', 'thủ trưởng'],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [oldHead, author, newHead] = (await story.join('A1', 'A2', 'C1')) as [
    FakeUser,
    FakeUser,
    FakeUser,
  ];
});

afterAll(() => story?.close());

const send = (title: string): Promise<number> =>
  report(author, {
    item: TASK,
    title,
    description: 'Đã xong.',
    evidence: [`https://hocvien.example/${encodeURIComponent(title)}`],
  });

describe('a unit that becomes part of another', () => {
  it('leaves its group, its people and what waits to that one, and its past as it was', async () => {
    const group = story.fake.group({ title: 'Nhóm Triết' });
    group.add(oldHead);
    await group.reply((message) => message.buttons.flat().includes(`Gắn với ${OLD}`));
    oldHead.press(`Gắn với ${OLD}`, group);
    await group.reply(has(`Đã gắn nhóm này với ${OLD}`));
    const done = await send('Tuần trước');
    await oldHead.reply(has(`Báo cáo ${done} chờ`));
    await verify(oldHead, done);
    await author.reply(has(`Trần Quang đã xác nhận báo cáo ${done}`));
    story.bot.at('2024-09-09T09:00:00+07:00');
    await story.bot.application.scheduler.tick();
    const { text: board } = await group.reply(has('Kết quả hưởng ứng'));
    expect(board).toContain(OLD);
    const recorded = () =>
      story.database.query(
        `select u.code, s.week, s.headcount, s.points, s.rank, s.participants, s.revision
         from unit_standing s join unit u on u.id = s.unit_id where s.week = '2024-09-02'
         order by u.code, s.revision`,
      );
    const before = await recorded();

    const waiting = await send('Chờ qua sáp nhập');
    const asked = await oldHead.reply(has(`Báo cáo ${waiting} chờ`));
    story.bot.at('2024-09-11T09:00:00+07:00');
    await mergeUnits(
      story.database,
      {
        from: ['vien-triet-hoc'],
        into: 'vien-cnxhkh',
        named: null,
        roles: 'end',
        today: '2024-09-11',
      },
      loadTexts(),
      { on: '2024-09-11', now: '2024-09-11T02:00:00Z' },
    );
    await group.reply(has(`${OLD} sáp nhập vào ${NEW}`));
    await oldHead.reply(has('kết thúc'));

    expect(await oldHead.pressOn(asked.id, 'Xác nhận').answered).toContain(
      'không thuộc thẩm quyền',
    );
    newHead.say('/choxacnhan');
    const queue = await newHead.reply(has('Chờ qua sáp nhập'));
    newHead.pressOn(queue.id, new RegExp(`${waiting}`));
    await newHead.reply(has(`Báo cáo ${waiting} chờ xác nhận`));
    await newHead.pressOn(requestOf(newHead, waiting).id, 'Xác nhận').answered;
    await author.reply(has(`Lý Sơn đã xác nhận báo cáo ${waiting}`));
    author.say('/start');
    await author.reply(has(NEW));

    story.bot.at('2024-09-16T09:00:00+07:00');
    await story.bot.application.scheduler.tick();
    const next = await group.reply(has('Kết quả hưởng ứng'));
    const boards = group.messages().filter(has('Kết quả hưởng ứng'));
    expect(next.text).toContain(NEW);
    // What was reported before the merger within its week counts for the unit it is now.
    expect(next.text).toMatch(/tổng điểm:? 10/i);
    expect(boards[0]?.text).toBe(board);
    expect(await recorded()).toEqual(before);
    // Schedules of every day were missed in the days that went by at once, and say so.
    expect(story.bot.complaints.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
