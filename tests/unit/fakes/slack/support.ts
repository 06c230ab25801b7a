import { webApi } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import {
  type FakeSlackOptions,
  startWorkspace,
  type Workspace,
} from '../../../fakes/slack/workspace.ts';
import type { Channel, Json, User, World } from '../../../fakes/slack/world.ts';

/** All the project's app asks for, and then some. */
const SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'users:read',
  'users:read.email',
];

const EVENTS = ['message.im', 'app_mention', 'channel_rename', 'tokens_revoked', 'app_uninstalled'];

export async function setUp(options: Partial<FakeSlackOptions> = {}) {
  const fake = await startWorkspace({ scopes: SCOPES, events: EVENTS, ...options });
  onTestFinished(() => fake.close());
  return { fake, client: clientOf(fake), world: fake.world };
}

export const without = (...scopes: string[]): { scopes: string[] } => ({
  scopes: SCOPES.filter((scope) => !scopes.includes(scope)),
});

/** The SDK's client, which tries nothing twice. */
export const clientOf = ({ apiUrl, botToken }: Workspace, token = botToken): webApi.WebClient =>
  new webApi.WebClient(token, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: webApi.LogLevel.ERROR,
    logger: SILENT,
  });

export const SILENT: webApi.Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => webApi.LogLevel.ERROR,
  setName: () => undefined,
};

export function person(world: World, name: string, fields: Partial<User> = {}): User {
  const user: User = {
    id: world.id('U'),
    team: world.teamId,
    name,
    email: null,
    emailConfirmed: true,
    locale: 'vi-VN',
    guest: null,
    stranger: false,
    bot: false,
    deleted: false,
    ...fields,
  };
  world.users.set(user.id, user);
  return user;
}

export function channel(world: World, fields: Partial<Channel> = {}): Channel {
  const made: Channel = {
    id: world.id('C'),
    kind: 'public',
    name: 'thi-dua',
    archived: false,
    deleted: false,
    shared: false,
    members: new Set([world.botUserId]),
    user: null,
    opened: false,
    ...fields,
  };
  world.channels.set(made.id, made);
  return made;
}

/** The direct conversation of a new person with the bot. */
export function direct(world: World, name = 'An'): { user: User; dm: Channel } {
  const user = person(world, name);
  const dm = world.direct(user.id);
  dm.opened = true;
  return { user, dm };
}

/** What Slack answered to a call that it refused; `null` when it did not refuse. */
export async function refusal(call: Promise<unknown>): Promise<Json | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError) return { ...error.data };
    throw error;
  }
}

export const codeOf = async (call: Promise<unknown>): Promise<unknown> =>
  (await refusal(call))?.error ?? null;

/** What a person writes to the bot, as an event. */
export const saying = (world: World, dm: Channel, user: User, text: string): Json => {
  const { ts } = world.add({ channel: dm.id, user: user.id, text });
  return {
    type: 'message',
    user: user.id,
    text,
    ts,
    channel: dm.id,
    channel_type: 'im',
    event_ts: ts,
  };
};
