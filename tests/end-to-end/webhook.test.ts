import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTelegram, type Telegram } from '../../adapters/telegram/index.ts';
import { outboxState } from '../../src/db/outbox-state.ts';
import { createHealth } from '../../src/http/health.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { createHttpServer, type HttpServer } from '../../src/http/server.ts';
import type { FakeUser } from '../fakes/telegram/index.ts';
import { UNHURRIED } from '../support/bot.ts';
import { type FaultyDatabase, faultyDatabase } from '../support/faulty-database.ts';
import { openStory, realMenus, type Story } from '../support/story.ts';
import { has, press, report, verify } from '../support/telegram-steps.ts';

const SECRET = 'only-Telegram_knows-this';
const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: Story;
let server: HttpServer;
let faulty: FaultyDatabase;
let telegram: Telegram | null = null;
let address = '';
/** What happens while Telegram pauses before it delivers again. */
let duringPause: () => Promise<void> = async () => undefined;
const pauses: number[] = [];

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['W1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['W2', 'Nguyễn Hà', 'vien-triet-hoc', ''],
    ],
    at: '2024-09-04T09:00:00+07:00',
    telegram: {
      async pause(seconds) {
        pauses.push(seconds);
        await duringPause();
      },
    },
    faulty(database) {
      faulty = faultyDatabase(database);
      return faulty.database;
    },
    /** The server first, for its address; what it serves as in the process. */
    async adapter(fake) {
      server = createHttpServer({
        health: createHealth({
          outboxOldestSeconds: async () => (await outboxState(faulty.database)).oldestSeconds,
          adapters: () => ({ telegram: telegram?.intake().state ?? 'starting' }),
        }),
        metrics: createMetrics(() => outboxState(faulty.database)).registry,
        mounts: [{ path: '/telegram', handler: (req, res) => telegram?.webhook?.(req, res) }],
        log: { info: () => undefined, error: () => undefined },
      });
      address = await server.start('127.0.0.1', 0);
      telegram = createTelegram({
        token: fake.token,
        apiRoot: fake.url,
        mode: { webhook: { url: `${address}/telegram`, secret: SECRET } },
        menus: realMenus(),
        pace: UNHURRIED,
        wait: () => Promise.resolve(),
      });
      return telegram;
    },
  });
});

afterAll(async () => {
  await story?.close();
  await server?.stop();
});

const health = async () => {
  const response = await fetch(`${address}/health`);
  return { status: response.status, ...((await response.json()) as object) };
};

const post = async (headers: Record<string, string>, body = '{"update_id":1}', method = 'POST') => {
  const { status } = await fetch(`${address}/telegram`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'POST' && { body }),
  });
  return status;
};

describe('behind the webhook', () => {
  let head: FakeUser;
  let author: FakeUser;

  it('people enrol, report and verify', async () => {
    [head, author] = (await story.join('W1', 'W2')) as [FakeUser, FakeUser];
    const id = await report(author, {
      item: TASK,
      title: 'Qua webhook',
      description: 'Đã xong.',
      evidence: ['https://hocvien.example/webhook'],
    });
    await head.reply(has(`Báo cáo ${id} chờ`));
    await verify(head, id);
    await author.reply(has(`đã xác nhận báo cáo ${id}`));
    expect(story.fake.calls.some(({ method }) => method === 'getUpdates')).toBe(false);
    expect(await health()).toMatchObject({ status: 200, adapters: { telegram: 'receiving' } });
  });

  it('an update that finds no database is not confirmed, and comes again', async () => {
    author.say('/baocao');
    await author.reply(has('nội dung thi đua nào'));
    await press(author, TASK);
    await author.reply(has('ghi tên việc'));
    await story.settled();
    const outages: object[] = [];
    duringPause = async () => {
      outages.push(await health());
      faulty.restore();
    };
    faulty.lose();
    author.say('Khi cơ sở dữ liệu vắng mặt');
    await author.reply(has('việc đã làm và kết quả'));
    expect(outages).toMatchObject([{ status: 503, database: 'unreachable' }]);
    expect(pauses.splice(0)).toEqual([5]);
    await story.fake.updates.settled();
    expect(story.fake.updates.webhookAnswers.slice(-2)).toMatchObject([
      { status: 503, retryAfter: 5 },
      { status: 200 },
    ]);
  });

  it('an update whose answer is lost after it was committed changes nothing the second time', async () => {
    author.say('Đã xong.');
    await author.reply(has('Thời gian hoàn thành'));
    author.press(/^Hôm nay/);
    await author.reply(has('minh chứng'));
    author.say('https://hocvien.example/mat-ket-noi');
    await author.reply(has('Đã nhận minh chứng'));
    await press(author, 'Xong');
    await author.reply(has('Ai cùng thực hiện'));
    await press(author, 'Bỏ qua');
    await author.reply(has('kiểm tra trước khi gửi'));
    await story.settled();
    duringPause = async () => faulty.restore();
    faulty.lose({ matches: /insert into "report" / });
    const pressed = author.press('Gửi');
    await author.reply(has('Đã nhận báo cáo'));
    await pressed.answered;
    const requests = await head.reply(has('Khi cơ sở dữ liệu vắng mặt'));
    expect(requests.text).toContain('chờ xác nhận');
    await story.settled();
    expect(pauses.splice(0)).toEqual([5]);
    const [rows] = await story.database.query<{ reports: number; waiting: number }>(
      `select (select count(*) from report) as reports, (select count(*) from outbox) as waiting`,
    );
    expect(rows).toEqual({ reports: 2, waiting: 0 });
    expect(author.messages().filter(has('Đã nhận báo cáo'))).toHaveLength(2);
    expect(head.messages().filter(has('Khi cơ sở dữ liệu vắng mặt'))).toHaveLength(1);
  });

  it('is closed to whoever does not know the secret', async () => {
    const before = story.bot.complaints.length;
    expect(await post({})).toBe(401);
    expect(await post({ 'x-telegram-bot-api-secret-token': 'a-guess' })).toBe(401);
    expect(await post({}, '', 'GET')).toBe(405);
    expect(story.bot.complaints).toHaveLength(before);
    // Even from Telegram: what is no update is taken and forgotten, so that it does not come again.
    const right = { 'x-telegram-bot-api-secret-token': SECRET };
    expect(await post(right, 'not json')).toBe(200);
    expect(await post(right, `{"update_id":1,"x":"${'x'.repeat(1_100_000)}"}`)).toBe(413);
  });

  it('an outage is said in the log when it begins, and nothing else goes wrong', () => {
    const texts = new Set(story.bot.complaints.map(({ text }) => text));
    texts.delete('a webhook request without an update in it');
    expect(
      [...texts].every((text) => /deliver it again|interrupted, retrying|recorded/.test(text)),
    ).toBe(true);
    expect(texts).toContain('a turn failed; Telegram will deliver it again');
  });
});
