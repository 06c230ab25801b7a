/** What Slack does not take at once, and what is perhaps lost. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeChannel, FakeUser } from '../fakes/slack/index.ts';
import { boardsOnly } from '../support/bot.ts';
import { count, elapse } from '../support/delivery.ts';
import { has, press } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';

let story: SlackStory;
let head: FakeUser;
let channel: FakeChannel;

const LOST = [{ level: 'warn', text: 'A call may or may not have arrived' }];

/** Messages with the board of this week. */
const boards = (week: number): number =>
  channel.messages().filter(has(`Kết quả hưởng ứng tuần ${week} – `)).length;

/** Calls that carried it. */
const attempts = (week: number): number =>
  story.fake.calls.filter(
    ({ method, params }) =>
      method === 'chat.postMessage' && JSON.stringify(params).includes(`tuần ${week} – `),
  ).length;

async function monday(date: string): Promise<void> {
  story.bot.at(`${date}T08:00:10+07:00`);
  await story.bot.application.scheduler.tick();
  await story.bot.application.settled();
}

async function later(ms: number): Promise<void> {
  await elapse(story.database, ms);
  await story.bot.application.settled();
}

beforeAll(async () => {
  story = await openSlackStory({
    campaign: boardsOnly(),
    roster: [['G1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng']],
    at: '2024-09-04T09:00:00+07:00',
  });
  [head] = (await story.join('G1')) as [FakeUser];
  channel = story.fake.channel({ name: 'triet-hoc' });
  channel.addBot(head);
  await channel.reply(has('đăng kết quả hưởng ứng'));
  await press(head, 'Gắn với Viện Triết học', { in: channel });
  await channel.reply(has('Đã gắn nhóm này'));
  await story.settled();
});

afterAll(() => story?.close());

describe('a board that Slack does not take at once', () => {
  it('waits as long as Retry-After says, tried by nobody meanwhile, then is posted once', async () => {
    story.fake.failNext('chat.postMessage', { kind: 'limited', seconds: 300 });
    await monday('2024-09-09');
    expect([attempts(28), boards(28)]).toEqual([1, 0]);
    await later(290_000);
    expect([attempts(28), boards(28)]).toEqual([1, 0]);
    await later(15_000);
    expect([attempts(28), boards(28)]).toEqual([2, 1]);
    expect(story.bot.complaints).toEqual([]);
  });

  it('is posted once when the answer to a call that was carried out is lost', async () => {
    story.fake.failNext('chat.postMessage', { kind: 'reset', after: true });
    await monday('2024-09-16');
    for (let n = 0; n < 5; n += 1) await later(60_000);
    expect([attempts(29), boards(29)]).toEqual([1, 1]);
    expect([
      await count(story.database, 'outbox'),
      await count(story.database, 'dead_letter'),
    ]).toEqual([0, 0]);
    expect(story.bot.complaints.splice(0)).toMatchObject(LOST);
  });

  it('is posted once when the lost call was not carried out', async () => {
    story.fake.failNext('chat.postMessage', { kind: 'reset' });
    await monday('2024-09-23');
    for (let n = 0; n < 5; n += 1) await later(60_000);
    expect([attempts(30), boards(30)]).toEqual([2, 1]);
    expect(await count(story.database, 'dead_letter')).toBe(0);
    expect(story.bot.complaints.splice(0)).toMatchObject(LOST);
  });

  it('is posted once though Slack cannot say for a while whether it has it', async () => {
    story.fake.failNext('chat.postMessage', { kind: 'status', code: 503, after: true });
    story.fake.failNext('conversations.history', { kind: 'limited', seconds: 60 }, 2);
    await monday('2024-09-30');
    for (let n = 0; n < 10; n += 1) await later(120_000);
    expect([attempts(31), boards(31)]).toEqual([1, 1]);
    expect([
      await count(story.database, 'outbox'),
      await count(story.database, 'dead_letter'),
    ]).toEqual([0, 0]);
    expect(story.bot.complaints.splice(0)).toMatchObject(LOST);
  });
});

describe('an app that was removed', () => {
  it('says in a sentence what to do, without its tokens, and takes nothing any more', async () => {
    const ended = story.adapter.ended.then(
      () => 'stopped',
      (error: Error) => error.message,
    );
    story.fake.uninstall();
    const sentence = await ended;
    expect(sentence).toMatch(/no longer lets this app in/);
    expect(sentence).toContain('SLACK_BOT_TOKEN');
    expect(story.adapter.intake().state).toBe('refused');
    expect(JSON.stringify(story.bot.complaints)).not.toMatch(/xox|xapp|must-not-be-logged/);
  });
});
