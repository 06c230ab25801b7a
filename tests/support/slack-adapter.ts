import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import {
  createSlack,
  EVENTS_PATH,
  type Slack,
  type SlackOptions,
  type Words,
} from '../../adapters/slack/index.ts';
import { EVENTS, SCOPES } from '../../adapters/slack/manifest.ts';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../fakes/slack/index.ts';

const WORDS: Words = {
  vi: { title: 'Thi đua', close: 'Đóng' },
  en: { title: 'Campaign', close: 'Close' },
};

const GROUP_COMMANDS = ['bangxephang', 'lienket', 'trogiup'];

/** Milliseconds after which even the slowest machine has failed; the real ones are Slack's three seconds. */
export const PATIENT = { call: 60_000, lookUp: 60_000, answer: 60_000 } as const;

export type SlackMode = 'socket' | 'http';

/** A workspace whose app has what the manifest asks for. */
export const startSlackWorkspace = (options: Partial<FakeSlackOptions> = {}): Promise<FakeSlack> =>
  startFakeSlack({ scopes: SCOPES, events: EVENTS, ...options });

/** An adapter wired to the fake: Socket Mode, no pauses. */
export const slackOn = (fake: FakeSlack, options: Partial<SlackOptions> = {}): Slack =>
  createSlack({
    botToken: fake.botToken,
    apiUrl: fake.apiUrl,
    mode: { socket: { appToken: fake.appToken } },
    menus: { group: GROUP_COMMANDS },
    words: WORDS,
    wait: () => Promise.resolve(),
    ...options,
  });

/** An adapter behind an HTTP server of its own, to which the fake delivers. */
export async function slackBehindHttp(
  fake: FakeSlack,
  options: Partial<SlackOptions> = {},
): Promise<{ adapter: Slack; url: string; close(): Promise<void> }> {
  const { signingSecret } = fake;
  const adapter = slackOn(fake, { mode: { http: { signingSecret } }, ...options });
  const app = express();
  if (adapter.router) app.use(EVENTS_PATH, adapter.router);
  const server = await new Promise<Server>((resolve) => {
    const starting = app.listen(0, '127.0.0.1', () => resolve(starting));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${EVENTS_PATH}`;
  fake.deliverTo(url);
  return {
    adapter,
    url,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An adapter in either mode, and what closes its server. */
export async function slackIn(
  mode: SlackMode,
  fake: FakeSlack,
  options: Partial<SlackOptions> = {},
): Promise<{ adapter: Slack; close(): Promise<void> }> {
  if (mode === 'http') return slackBehindHttp(fake, options);
  return { adapter: slackOn(fake, options), close: () => Promise.resolve() };
}
