import { describe, expect, it, onTestFinished } from 'vitest';
import { createTelegram, type TelegramOptions } from '../../../../adapters/telegram/index.ts';
import { startFakeTelegram } from '../../../fakes/telegram/index.ts';
import { createRecordingHost } from '../../../support/recording-host.ts';
import { telegramOn } from '../../../support/telegram-harness.ts';

async function setUp(options: Partial<TelegramOptions> = {}) {
  const fake = await startFakeTelegram();
  const host = createRecordingHost();
  const adapter = telegramOn(fake, options);
  onTestFinished(async () => {
    await adapter.stop();
    await fake.close();
  });
  return { fake, host, adapter };
}

describe('the start', () => {
  it('learns who the bot is', async () => {
    const { fake, host, adapter } = await setUp();
    await adapter.start(host);
    expect(adapter).toMatchObject({ tenant: String(fake.botId), username: fake.username });
    expect(adapter.abilities.deepLink?.('MA1')).toBe(`https://t.me/${fake.username}?start=MA1`);
  });

  it('refuses a wrong token with a sentence that names the setting, not the token', async () => {
    const { host } = await setUp();
    const { fake } = await setUp();
    const adapter = telegramOn(fake, { token: '1:wrong-secret' });
    const error = await adapter.start(host).catch((e: unknown) => e);
    expect(String(error)).toMatch(/TELEGRAM_BOT_TOKEN/);
    expect(String(error)).not.toMatch(/wrong-secret/);
  });

  it('waits for a network that comes up, and says so once', async () => {
    const { fake, host, adapter } = await setUp();
    fake.failNext('getMe', { kind: 'reset' }, 3);
    await adapter.start(host);
    expect(host.lines.filter((l) => l.level === 'warn')).toHaveLength(1);
  });

  it('gives up on a place where nobody answers, naming it and not the token', async () => {
    const fake = await startFakeTelegram();
    await fake.close();
    const adapter = telegramOn(fake);
    const host = createRecordingHost();
    const error = await adapter.start(host).catch((e: unknown) => e);
    expect(String(error)).toContain(fake.url);
    expect(String(error)).toMatch(/ECONNREFUSED.*TELEGRAM_API_ROOT/);
    expect(`${String(error)}${JSON.stringify(host.lines)}`).not.toContain('fake-token');
  });

  it('removes a webhook set earlier before it polls', async () => {
    const { fake, host, adapter } = await setUp();
    const { url } = fake;
    await fetch(`${url}/bot${fake.token}/setWebhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: 'https://example.org/old' }),
    });
    await adapter.start(host);
    fake.user({ name: 'An' }).say('a');
    await host.next();
  });

  it('says which settings to look at when the webhook is refused', async () => {
    const webhook = { url: 'http://example.org/x', secret: 'abc' };
    const { host, adapter } = await setUp({ mode: { webhook } });
    await expect(adapter.start(host)).rejects.toThrow(/PUBLIC_URL.*HTTPS URL must be provided/);
  });
});

describe('command menus', () => {
  const baocao = { command: 'baocao', description: 'Báo cáo thành tích' };
  const report = { command: 'report', description: 'Report an achievement' };
  const lienket = { command: 'lienket', description: 'Liên kết nhóm' };
  const menus = {
    fallback: 'vi',
    private: { vi: [baocao], en: [report] },
    group: { vi: [lienket] },
  };

  it('are set per language and kind of chat, the fallback for everybody else', async () => {
    const { fake, host, adapter } = await setUp({ menus });
    await adapter.start(host);
    expect(Object.fromEntries(fake.menus)).toEqual({
      'all_private_chats:': [baocao],
      'all_private_chats:en': [report],
      'all_group_chats:': [lienket],
    });
  });

  it('are left alone when they are right already', async () => {
    const { fake, host, adapter } = await setUp({ menus });
    await adapter.start(host);
    await adapter.stop();
    await adapter.start(host);
    expect(fake.calls.filter((c) => c.method === 'setMyCommands')).toHaveLength(3);
  });

  it('do not stop the start when they cannot be set', async () => {
    const { fake, host, adapter } = await setUp({ menus });
    const description = 'Too Many Requests: retry after 900';
    fake.failNext('setMyCommands', { kind: 'status', code: 429, description, retryAfter: 900 });
    await adapter.start(host);
    expect(host.lines.filter((l) => l.level === 'warn')).toHaveLength(1);
  });
});

describe('the API root', () => {
  it('may end with a slash', async () => {
    const { fake, host } = await setUp();
    const adapter = createTelegram({
      token: fake.token,
      apiRoot: `${fake.url}/`,
      mode: 'polling',
      menus: { fallback: 'vi', private: {} },
    });
    await adapter.start(host);
    await adapter.stop();
  });
});
