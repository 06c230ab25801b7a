import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../src/config.ts';

const TOKEN = '123456789:AAEx-ample_token';
const SECRET = 'a-secret-of-sixteen';
const BOT = 'xoxb-1-2-abcDEF';
const APP = 'xapp-1-A2-3-abcdef';
const SIGNING = '0123456789abcdef0123456789abcdef';

const faults = (env: NodeJS.ProcessEnv): string[] => {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
};

describe('parseConfig', () => {
  it('runs with nothing set: embedded database, playground on this machine only', () => {
    expect(parseConfig({})).toEqual({
      databaseUrl: null,
      dataDir: './data',
      databaseDir: 'data/database',
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      campaignFile: null,
      textsDir: null,
      telegram: null,
      slack: null,
      playground: true,
      logLevel: 'info',
      warnings: [],
    });
  });

  it('takes an empty value for one left out', () => {
    expect(parseConfig({ PORT: ' ', TELEGRAM_BOT_TOKEN: '' })).toEqual(parseConfig({}));
  });

  it('polls Telegram by default and hides the playground next to a real bot', () => {
    const config = parseConfig({ TELEGRAM_BOT_TOKEN: TOKEN });
    expect(config.telegram).toEqual({
      token: TOKEN,
      apiRoot: 'https://api.telegram.org',
      receive: { mode: 'polling' },
    });
    expect(config.playground).toBe(false);
    expect(parseConfig({ TELEGRAM_BOT_TOKEN: TOKEN, PLAYGROUND: 'on' }).playground).toBe(true);
  });

  it('serves the playground to this machine only, and starts nothing without a chat', () => {
    expect(faults({ HOST: '0.0.0.0' })).toEqual([expect.stringMatching(/^HOST=0\.0\.0\.0: /)]);
    expect(faults({ HOST: '0.0.0.0', TELEGRAM_BOT_TOKEN: TOKEN })).toEqual([]);
    expect(faults({ PLAYGROUND: 'off' })).toEqual([
      expect.stringMatching(/^TELEGRAM_BOT_TOKEN is not set: /),
    ]);
  });

  it('takes a webhook with its address and secret', () => {
    const config = parseConfig({
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_MODE: 'webhook',
      PUBLIC_URL: 'https://bot.example.vn/',
      TELEGRAM_WEBHOOK_SECRET: SECRET,
      TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/',
    });
    expect(config.telegram).toEqual({
      token: TOKEN,
      apiRoot: 'http://127.0.0.1:8081',
      receive: { mode: 'webhook', publicUrl: 'https://bot.example.vn', secret: SECRET },
    });
    expect(config.warnings).toEqual([]);
  });

  it('names every problem with key, value and fix', () => {
    const lines = faults({
      PORT: 'http',
      DATABASE_URL: 'mysql://u:hunter2@h/d',
      PLAYGROUND: 'yes',
    });
    expect(lines).toHaveLength(3);
    expect(lines).toContain('PORT=http: write a port number, for example 3000');
    expect(lines).toContain('PLAYGROUND=yes: write on or off');
  });

  it.each([
    ['TELEGRAM_BOT_TOKEN', 'not a token at all'],
    ['TELEGRAM_WEBHOOK_SECRET', 'a secret with spaces'],
    ['DATABASE_URL', 'localhost and a password'],
  ])('never shows the value of %s', (key, value) => {
    const text = faults({ [key]: value }).join();
    expect(text).toContain(`${key}=${value.slice(0, 3)}… (${value.length} characters): `);
    expect(text).not.toContain(value);
  });

  it.each(['70000', '-1', '3.5'])('refuses port %s', (port) => {
    expect(faults({ PORT: port })[0]).toMatch(/^PORT=.*write a/);
  });

  it('refuses a webhook without https address or secret', () => {
    const webhook = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_MODE: 'webhook' };
    expect(faults(webhook)).toEqual([
      expect.stringMatching(/^PUBLIC_URL is not set: /),
      expect.stringMatching(/^TELEGRAM_WEBHOOK_SECRET is not set: /),
    ]);
    expect(
      faults({ ...webhook, PUBLIC_URL: 'http://bot.vn', TELEGRAM_WEBHOOK_SECRET: SECRET }),
    ).toEqual([expect.stringMatching(/^PUBLIC_URL=http:\/\/bot.vn: .*https/)]);
  });

  it('takes Slack by Socket Mode, or by HTTP with the signing secret', () => {
    expect(parseConfig({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP }).slack).toEqual({
      botToken: BOT,
      apiUrl: 'https://slack.com/api/',
      receive: { mode: 'socket', appToken: APP },
    });
    const http = parseConfig({
      SLACK_BOT_TOKEN: BOT,
      SLACK_SIGNING_SECRET: SIGNING,
      SLACK_API_URL: 'http://127.0.0.1:9/api/',
    });
    expect(http.slack).toEqual({
      botToken: BOT,
      apiUrl: 'http://127.0.0.1:9/api/',
      receive: { mode: 'http', signingSecret: SIGNING },
    });
    expect(http.playground).toBe(false);
    expect(http.warnings).toEqual([]);
  });

  it('runs both platforms side by side', () => {
    const both = parseConfig({
      TELEGRAM_BOT_TOKEN: TOKEN,
      SLACK_BOT_TOKEN: BOT,
      SLACK_APP_TOKEN: APP,
      SLACK_SIGNING_SECRET: SIGNING,
    });
    expect(both.telegram).not.toBeNull();
    expect(both.slack?.receive.mode).toBe('socket');
    expect(both.warnings).toEqual([
      'SLACK_SIGNING_SECRET has no effect beside SLACK_APP_TOKEN: Socket Mode is used.',
    ]);
  });

  it('refuses Slack without a way in, and tokens in each other’s place', () => {
    expect(faults({ SLACK_BOT_TOKEN: BOT })).toEqual([
      expect.stringMatching(/^SLACK_APP_TOKEN is not set: /),
    ]);
    expect(faults({ SLACK_BOT_TOKEN: APP, SLACK_APP_TOKEN: BOT })).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN=xap… \(\d+ characters\): .*xoxb-/),
      expect.stringMatching(/^SLACK_APP_TOKEN=xox… \(\d+ characters\): .*xapp-/),
    ]);
    expect(faults({ SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: 'x'.repeat(32) })).toEqual([
      expect.stringMatching(/^SLACK_SIGNING_SECRET=xxx… \(32 characters\): /),
    ]);
  });

  it('warns of keys that have no effect or look misspelt', () => {
    expect(parseConfig({ TELEGRAM_MODE: 'webhook' }).warnings).toEqual([
      'TELEGRAM_MODE has no effect without TELEGRAM_BOT_TOKEN.',
    ]);
    expect(parseConfig({ SLACK_APP_TOKEN: APP }).warnings).toEqual([
      'SLACK_APP_TOKEN has no effect without SLACK_BOT_TOKEN.',
    ]);
    const { warnings } = parseConfig({
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_WEBHOOK_SECRET: SECRET,
      TELEGRAM_CHAT: '1',
      DATABASE_URI: 'postgres://h/d',
      HOSTNAME: 'here',
      PATH: '/bin',
    });
    expect(warnings).toEqual([
      'TELEGRAM_WEBHOOK_SECRET has no effect with TELEGRAM_MODE=polling.',
      'TELEGRAM_CHAT is not a setting and has no effect.',
      'DATABASE_URI is not a setting; did you mean DATABASE_URL?',
    ]);
  });
});
