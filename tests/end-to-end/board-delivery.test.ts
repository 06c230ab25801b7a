import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropDeadLetter, listDeadLetters, resendDeadLetter } from '../../src/db/dead-letters.ts';
import type { FakeGroup, FakeUser } from '../fakes/telegram/index.ts';
import { boardsOnly } from '../support/bot.ts';
import { count, elapse } from '../support/delivery.ts';
import { openStory, type Story } from '../support/story.ts';
import { has } from '../support/telegram-steps.ts';

/** What the log says of a call whose answer was lost, and of the message that is held for it. */
const LOST = [
  { level: 'warn', text: 'A call may or may not have arrived' },
  { level: 'warn', fields: { reason: 'held' } },
];

let story: Story;
let group: FakeGroup;

const boards = (week: number): number =>
  group.messages().filter(has(`Kết quả hưởng ứng tuần ${week} – `)).length;

/** Calls of sendMessage that carried the board of this week. */
const attempts = (week: number): number =>
  story.fake.calls.filter(
    ({ method, params }) =>
      method === 'sendMessage' && String(params.text).includes(`tuần ${week} – `),
  ).length;

async function monday(date: string): Promise<void> {
  story.bot.at(`${date}T08:00:10+07:00`);
  await story.bot.application.scheduler.tick();
  await story.bot.application.settled();
}

beforeAll(async () => {
  story = await openStory({
    campaign: boardsOnly(),
    roster: [['G1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng']],
    at: '2024-09-04T09:00:00+07:00',
  });
  const [head] = (await story.join('G1')) as [FakeUser];
  group = story.fake.group({ title: 'Nhóm Triết học' });
  group.add(head);
  await group.reply(has('đăng kết quả hưởng ứng'));
  head.press('Gắn với Viện Triết học', group);
  await group.reply(has('Đã gắn nhóm này'));
  await story.settled();
});

afterAll(() => story?.close());

describe('a board that Telegram does not take at once', () => {
  it('waits as long as a 429 says, then is posted once', async () => {
    const description = 'Too Many Requests: retry after 300';
    story.fake.failNext('sendMessage', { kind: 'status', code: 429, description, retryAfter: 300 });
    await monday('2024-09-09');
    expect([attempts(28), boards(28)]).toEqual([1, 0]);
    await elapse(story.database, 290_000);
    await story.bot.application.settled();
    expect([attempts(28), boards(28)]).toEqual([1, 0]);
    await elapse(story.database, 10_000);
    await story.bot.application.settled();
    expect([attempts(28), boards(28)]).toEqual([2, 1]);
    expect(await count(story.database, 'outbox')).toBe(0);
    expect(story.bot.complaints).toEqual([]);
  });

  it('is held when the answer was lost, never doubled, and sent again only by the office', async () => {
    story.fake.failNext('sendMessage', { kind: 'reset', after: true });
    await monday('2024-09-16');
    expect([attempts(29), boards(29)]).toEqual([1, 1]);
    const [letter] = await listDeadLetters(story.database, 10);
    expect(letter).toMatchObject({ reason: 'held', notice: expect.stringContaining('tuần 29') });
    await elapse(story.database, 86_400_000);
    await monday('2024-09-16');
    expect([attempts(29), boards(29)]).toEqual([1, 1]);
    // The office looks into the group, sees it, and drops the letter.
    expect(await dropDeadLetter(story.database, letter?.id ?? 0)).toBe(true);
    expect(story.bot.complaints.splice(0)).toMatchObject(LOST);
  });

  it('is posted by a resend when the lost call had not arrived', async () => {
    story.fake.failNext('sendMessage', { kind: 'reset' });
    await monday('2024-09-23');
    expect([attempts(30), boards(30)]).toEqual([1, 0]);
    const [letter] = await listDeadLetters(story.database, 10);
    expect(await resendDeadLetter(story.database, letter?.id ?? 0)).toBe(true);
    await group.reply(has('Kết quả hưởng ứng tuần 30'));
    await story.bot.application.settled();
    expect([attempts(30), boards(30)]).toEqual([2, 1]);
    expect(await listDeadLetters(story.database, 10)).toEqual([]);
    // A second resend of the same letter does nothing.
    expect(await resendDeadLetter(story.database, letter?.id ?? 0)).toBe(false);
    expect(story.bot.complaints.splice(0)).toMatchObject(LOST);
  });

  it('holds up nothing behind it', async () => {
    await monday('2024-09-30');
    expect([attempts(31), boards(31)]).toEqual([1, 1]);
    expect(await count(story.database, 'outbox')).toBe(0);
    expect(await count(story.database, 'dead_letter')).toBe(0);
  });
});
