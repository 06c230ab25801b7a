/** Several platforms in one process: one that is away or refuses the bot, and the others. */
import { afterEach, describe, expect, it } from 'vitest';
import { type Adapter, PlatformAway } from '../../src/chat/index.ts';
import { type FakeTelegram, startFakeTelegram } from '../fakes/telegram/index.ts';
import { startBot, type TestBot, UNHURRIED } from '../support/bot.ts';
import { testDatabase } from '../support/database.ts';
import { createFakeAdapter } from '../support/fake-adapter.ts';
import { telegramOn } from '../support/telegram-harness.ts';

let fake: FakeTelegram | null = null;
let bot: TestBot | null = null;
afterEach(async () => {
  await bot?.application.stop();
  await fake?.close();
  [bot, fake] = [null, null];
});

/** An adapter whose starts end as told; the last of them stands for all that follow. */
function starting(platform: string, ends: readonly (Error | null)[]) {
  const adapter = createFakeAdapter({ platform });
  const tries: (Error | null)[] = [];
  let started = (): void => undefined;
  const running = new Promise<void>((resolve) => {
    started = resolve;
  });
  let stops = 0;
  const given: Adapter<string> = {
    ...adapter,
    async start(host) {
      const end = ends[Math.min(tries.length, ends.length - 1)] ?? null;
      tries.push(end);
      if (end) throw end;
      await adapter.start(host);
      started();
    },
    async stop() {
      stops += 1;
    },
  };
  return { given, tries, running, stopped: () => stops > 0 };
}

const away = new PlatformAway('Slack cannot be reached');
const start = async (...adapters: Adapter[]) =>
  startBot({
    database: await testDatabase(),
    adapters,
    roster: [['B1', 'Trần Quang', 'vien-triet-hoc', '']],
    at: '2024-07-10T09:00:00+07:00',
  });

describe('the start with several platforms', () => {
  it('serves the one that is there, and the other as soon as it is', async () => {
    fake = await startFakeTelegram();
    const slack = starting('slack', [away, away, null]);
    bot = await start(slack.given, telegramOn(fake, { pace: UNHURRIED }));
    const newcomer = fake.user({ name: 'Nguyễn Thị Mới', language: 'vi' });
    newcomer.start();
    expect((await newcomer.reply()).text).toContain('Kính chào đồng chí');
    await slack.running;
    expect(slack.tries).toEqual([away, away, null]);
  });

  it('ends when a platform refuses the bot, whatever the others do', async () => {
    const refused = new Error('Slack does not accept the bot token');
    const [good, bad] = [starting('telegram', [null]), starting('slack', [refused])];
    await expect(start(good.given, bad.given)).rejects.toBe(refused);
    expect([good.stopped(), bad.stopped()]).toEqual([true, true]);
  });

  it('ends when no platform can be reached', async () => {
    const other = new PlatformAway('Telegram cannot be reached');
    const [one, two] = [starting('telegram', [other]), starting('slack', [away])];
    await expect(start(one.given, two.given)).rejects.toBe(other);
    expect([one.stopped(), two.stopped()]).toEqual([true, true]);
  });
});
