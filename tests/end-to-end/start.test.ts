import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENTS_PATH } from '../../adapters/slack/index.ts';
import type { FakeSlack, FakeSlackOptions } from '../fakes/slack/index.ts';
import { type FakeTelegram, startFakeTelegram } from '../fakes/telegram/index.ts';
import { testDatabase } from '../support/database.ts';
import { startMain } from '../support/main-process.ts';
import { startSlackWorkspace } from '../support/slack-adapter.ts';
import { has } from '../support/slack-steps.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

let fake: FakeTelegram;
let folder: string;
/** Quicker to open than a new embedded one. */
let DATABASE_URL: string;
beforeAll(async () => {
  fake = await startFakeTelegram();
  DATABASE_URL = (await testDatabase()).url;
  folder = await mkdtemp(join(tmpdir(), 'start-'));
});
afterAll(async () => {
  await fake?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Starts it where it cannot go on, and waits for its end. */
function startInVain(env: Record<string, string>): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['--import', TSX, MAIN], {
    cwd: folder,
    env: { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })));
}

/** With a workspace of its own. */
async function inSlack(
  options: Partial<FakeSlackOptions>,
  story: (slack: FakeSlack) => Promise<void>,
): Promise<void> {
  const slack = await startSlackWorkspace(options);
  try {
    await story(slack);
  } finally {
    await slack.close();
  }
}

/** Settings of Socket Mode. */
const slackEnv = ({ botToken, appToken, apiUrl }: FakeSlack) => ({
  SLACK_BOT_TOKEN: botToken,
  SLACK_APP_TOKEN: appToken,
  SLACK_API_URL: apiUrl.replace(/\/$/, ''),
});

describe('a start that cannot succeed', () => {
  it('names every wrong setting, its value and what to write', async () => {
    const { code, out } = await startInVain({ PORT: 'abc', TELEGRAM_MODE: 'pushing' });
    expect(code).toBe(1);
    expect(out).toContain('PORT=abc: write a port number');
    expect(out).toContain('TELEGRAM_MODE=pushing');
  });

  it('names the line of a wrong campaign file', async () => {
    const file = join(folder, 'wrong.jsonc');
    await writeFile(file, '{\n  "code": "x",\n  "period": { "from": "tomorrow" }\n}');
    const { code, out } = await startInVain({ CAMPAIGN: file });
    expect(code).toBe(1);
    expect(out).toContain(`${file}:3`);
  });

  it('names the line of an own text that cannot be used', async () => {
    await writeFile(join(folder, 'vi.ftl'), 'menu-choose = Chọn { $what }\n');
    const { code, out } = await startInVain({ TEXTS: folder });
    expect({ code, out }).toEqual({
      code: 1,
      out: expect.stringMatching(/vi\.ftl:1: menu-choose: .*it has no variables/),
    });
  });

  it('says which setting names a database that is not there', async () => {
    const { code, out } = await startInVain({ DATABASE_URL: 'postgres://u:secret@127.0.0.1:9/x' });
    expect(code).toBe(1);
    expect(out).toContain('DATABASE_URL');
    expect(out).not.toContain('secret');
  });

  it('says that Telegram refuses the token, without showing it', async () => {
    const { code, out } = await startInVain({
      DATABASE_URL,
      TELEGRAM_BOT_TOKEN: '123:a-wrong-token-nobody-may-see',
      TELEGRAM_API_ROOT: fake.url,
    });
    expect(code).toBe(1);
    expect(out).toContain('TELEGRAM_BOT_TOKEN');
    expect(out).not.toContain('nobody-may-see');
  });

  it.each([
    ['SLACK_BOT_TOKEN', { SLACK_BOT_TOKEN: 'xoxb-1-nobody-may-see' }],
    ['SLACK_APP_TOKEN', { SLACK_APP_TOKEN: 'xapp-1-nobody-may-see' }],
  ])('says that Slack refuses %s, without showing it', async (key, wrong) => {
    await inSlack({}, async (slack) => {
      const { code, out } = await startInVain({ DATABASE_URL, ...slackEnv(slack), ...wrong });
      expect(code).toBe(1);
      expect(out).toContain(key);
      expect(out).not.toMatch(/nobody-may-see|must-not-be-logged/);
    });
  });

  it('says what Slack needs beside the bot token', async () => {
    const { code, out } = await startInVain({ DATABASE_URL, SLACK_BOT_TOKEN: 'xoxb-1-2' });
    expect(code).toBe(1);
    expect(out).toContain('SLACK_APP_TOKEN');
    expect(out).toContain('SLACK_SIGNING_SECRET');
  });

  it('says that the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, out } = await startInVain({ PORT: String(port), DATABASE_URL });
    other.close();
    expect(code).toBe(1);
    expect(out).toContain('PORT');
    expect(out).toContain(String(port));
  });
});

describe('a start with a Telegram token', () => {
  it('runs Telegram alone: no playground, a warning outside the period, health, a clean stop', async () => {
    const main = await startMain({
      DATABASE_URL,
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.url,
    });
    try {
      await main.writes(/"platforms":\["telegram"\]/);
      const warning = await main.writes(
        /To change its dates edit [^\n]*"period\\?"[^\n]* in [^"]*/,
      );
      expect(warning[0]).toContain('campaign-75.jsonc');
      expect((await fetch(main.url)).status).toBe(404);
      const newcomer = fake.user({ name: 'Nguyễn Thị Mới', language: 'vi' });
      newcomer.start();
      expect((await newcomer.reply()).text).toContain('Kính chào đồng chí');
      const health = await (await fetch(`${main.url}health`)).json();
      expect(health).toMatchObject({ ready: true, adapters: { telegram: 'receiving' } });
      const metrics = await (await fetch(`${main.url}metrics`)).text();
      expect(metrics).toContain('bot_turn_seconds_count{kind="command",outcome="committed"} 1');
      expect(await main.stop()).toBe(0);
    } finally {
      await main.close();
    }
  });

  it('ends with a clear line when the token is refused later', async () => {
    const other = await startFakeTelegram();
    const main = await startMain({
      DATABASE_URL,
      TELEGRAM_BOT_TOKEN: other.token,
      TELEGRAM_API_ROOT: other.url,
    });
    try {
      await main.writes(/"msg":"Running"/);
      other.revokeToken();
      await main.writes(/A platform no longer accepts this bot/);
      expect(await main.ended()).toBe(1);
    } finally {
      await main.close();
      await other.close();
    }
  });
});

describe('a start with Slack tokens', () => {
  it('runs Slack alone by Socket Mode: health, an answer, no token in the log, a clean stop', async () => {
    await inSlack({}, async (slack) => {
      const main = await startMain({ DATABASE_URL, ...slackEnv(slack) });
      try {
        await main.writes(/"platforms":\["slack"\]/);
        expect((await fetch(main.url)).status).toBe(404);
        const health = await (await fetch(`${main.url}health`)).json();
        expect(health).toMatchObject({ ready: true, adapters: { slack: 'receiving' } });
        const newcomer = slack.user({ name: 'Nguyễn Thị Mới' });
        newcomer.command('/batdau');
        await newcomer.reply(has('Kính chào đồng chí'));
        await newcomer.openHome();
        const metrics = await (await fetch(`${main.url}metrics`)).text();
        expect(metrics).toContain('bot_turn_seconds_count{kind="command",outcome="committed"} 1');
        expect(await main.stop()).toBe(0);
        // Matches all it ever wrote, unless a token is in it.
        await main.writes(/^(?![\s\S]*must-not-be-logged)/);
      } finally {
        await main.close();
      }
    });
  });

  it('takes signed requests alone when it is given the signing secret', async () => {
    await inSlack({ signingSecret: '5ec7e75ec7e75ec7e75ec7e75ec7e700' }, async (slack) => {
      const main = await startMain({
        DATABASE_URL,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_API_URL: slack.apiUrl.replace(/\/$/, ''),
      });
      try {
        await main.writes(/"platforms":\["slack"\]/);
        slack.deliverTo(new URL(EVENTS_PATH, main.url).href);
        const newcomer = slack.user({ name: 'Nguyễn Thị Mới' });
        newcomer.say('Chào hệ thống');
        await newcomer.reply(has('Kính chào đồng chí'));
        const unsigned = await fetch(new URL(EVENTS_PATH, main.url), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ type: 'url_verification', challenge: 'x' }),
        });
        expect(unsigned.status).toBe(401);
        expect(await main.stop()).toBe(0);
      } finally {
        await main.close();
      }
    });
  });

  it('runs beside Telegram, which goes on when the app is removed', async () => {
    await inSlack({}, async (slack) => {
      const main = await startMain({
        DATABASE_URL,
        ...slackEnv(slack),
        TELEGRAM_BOT_TOKEN: fake.token,
        TELEGRAM_API_ROOT: fake.url,
      });
      try {
        await main.writes(/"platforms":\["telegram","slack"\]/);
        const health = await (await fetch(`${main.url}health`)).json();
        expect(health).toMatchObject({
          ready: true,
          adapters: { telegram: 'receiving', slack: 'receiving' },
        });
        const [there, here] = [
          fake.user({ name: 'Trần Văn Hai', language: 'vi' }),
          slack.user({ name: 'Trần Văn Hai' }),
        ];
        there.start();
        here.say('Chào');
        await Promise.all([there.reply(), here.reply(has('Kính chào đồng chí'))]);
        slack.uninstall();
        await main.writes(/no longer lets this app in/);
        await main.writes(/A platform no longer accepts this bot; the others go on/);
        const later = await (await fetch(`${main.url}health`)).json();
        expect(later).toMatchObject({
          ready: true,
          adapters: { telegram: 'receiving', slack: 'refused' },
        });
        there.say('/trogiup');
        await there.reply(({ text }) => text.includes('Hướng dẫn'));
        expect(await main.stop()).toBe(0);
      } finally {
        await main.close();
      }
    });
  });

  it('ends with a clear line when the app is removed and there is nothing else', async () => {
    await inSlack({}, async (slack) => {
      const main = await startMain({ DATABASE_URL, ...slackEnv(slack) });
      try {
        await main.writes(/"platforms":\["slack"\]/);
        slack.uninstall();
        await main.writes(/no longer lets this app in/);
        expect(await main.ended()).toBe(1);
      } finally {
        await main.close();
      }
    });
  });
});
