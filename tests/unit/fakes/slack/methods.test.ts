import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { SLACK_LIMITS } from '../../../fakes/slack/index.ts';
import { channel, clientOf, codeOf, direct, person, refusal, setUp, without } from './support.ts';

/** The fake is worth as much as what it refuses. */
describe('a token', () => {
  it('is asked for, known, of the right kind and not revoked', async () => {
    const { fake, client } = await setUp();
    const bare = await fetch(`${fake.apiUrl}auth.test`, { method: 'POST' });
    expect(await bare.json()).toEqual({ ok: false, error: 'not_authed' });
    expect(await codeOf(clientOf(fake, 'xoxb-another').auth.test())).toBe('invalid_auth');
    expect(await codeOf(clientOf(fake, fake.appToken).auth.test())).toBe('not_allowed_token_type');
    expect(await codeOf(client.apps.connections.open({}))).toBe('not_allowed_token_type');
    fake.revokeToken();
    expect(await codeOf(client.auth.test())).toBe('token_revoked');
    fake.uninstall();
    expect(await codeOf(client.auth.test())).toBe('account_inactive');
  });

  it('tells its scopes in the headers of an answer', async () => {
    const { client, fake } = await setUp({ scopes: ['chat:write', 'im:write'] });
    const answer = await client.auth.test();
    expect(answer.response_metadata?.scopes).toEqual(['chat:write', 'im:write']);
    expect(answer).toMatchObject({ team_id: fake.teamId, user_id: fake.botUserId });
  });

  it('may come in the body of a form, and a call in JSON', async () => {
    const { fake } = await setUp();
    const form = await fetch(`${fake.apiUrl}auth.test`, {
      method: 'POST',
      body: new URLSearchParams({ token: fake.botToken }),
    });
    expect(await form.json()).toMatchObject({ ok: true });
    const json = await fetch(`${fake.apiUrl}users.info`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${fake.botToken}`,
      },
      body: JSON.stringify({ user: fake.botUserId }),
    });
    expect(await json.json()).toMatchObject({ ok: true, user: { is_bot: true } });
    expect(JSON.stringify(fake.calls)).not.toContain(fake.botToken);
  });

  it.each<[string, string, (c: webApi.WebClient, dm: string) => Promise<unknown>]>([
    ['chat:write', 'chat.postMessage', (c, dm) => c.chat.postMessage({ channel: dm, text: 'x' })],
    ['users:read', 'users.info', (c) => c.users.info({ user: 'U1' })],
    ['im:write', 'conversations.open', (c) => c.conversations.open({ users: 'U1' })],
    ['im:history', 'conversations.history', (c, dm) => c.conversations.history({ channel: dm })],
    ['files:read', 'files.info', (c) => c.files.info({ file: 'F1' })],
    [
      'files:write',
      'files.getUploadURLExternal',
      (c) => c.files.getUploadURLExternal({ filename: 'a', length: 1 }),
    ],
  ])('without %s is refused for %s', async (scope, _method, call) => {
    const { client, world } = await setUp(without(scope));
    const { dm } = direct(world);
    const answer = await refusal(call(client, dm.id));
    expect(answer).toMatchObject({ error: 'missing_scope', needed: scope });
    expect(answer?.provided).not.toContain(`${scope},`);
  });

  it('without a scope for the kind of channel is refused there alone', async () => {
    const { client, world } = await setUp(without('groups:read', 'groups:history'));
    const open = channel(world);
    const closed = channel(world, { kind: 'private' });
    expect(await codeOf(client.conversations.info({ channel: open.id }))).toBeNull();
    expect(await refusal(client.conversations.info({ channel: closed.id }))).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:read',
    });
    expect(await refusal(client.conversations.history({ channel: closed.id }))).toMatchObject({
      needed: 'groups:history',
    });
  });
});

it('refuses unknown methods and parameters', async () => {
  const { client, world } = await setUp();
  const { dm } = direct(world);
  expect(await codeOf(client.apiCall('chat.post'))).toBe('unknown_method');
  const answer = await refusal(
    client.apiCall('chat.postMessage', { channel: dm.id, text: 'x', txet: 'y' }),
  );
  expect(answer?.error).toBe('invalid_arguments');
  expect(JSON.stringify(answer)).toContain('txet');
});

describe('conversations', () => {
  it('are opened with people of the workspace, once', async () => {
    const { client, world, fake } = await setUp();
    const an = person(world, 'An');
    const gone = person(world, 'Bình', { deleted: true });
    const robot = person(world, 'Robot', { bot: true });
    const open = (users: string) => client.conversations.open({ users });
    expect(await codeOf(open('U404'))).toBe('user_not_found');
    expect(await codeOf(open(robot.id))).toBe('cannot_dm_bot');
    expect(await codeOf(open(fake.botUserId))).toBe('cannot_dm_bot');
    expect(await codeOf(open(gone.id))).toBe('user_disabled');
    const first = await open(an.id);
    expect((await open(an.id)).channel?.id).toBe(first.channel?.id);
  });

  it('are unknown where the bot is not in a private one', async () => {
    const { client, world } = await setUp();
    const nobody = new Set<string>();
    const hidden = channel(world, { kind: 'private', members: nobody });
    const open = channel(world, { members: nobody });
    const post = (id: string) => codeOf(client.chat.postMessage({ channel: id, text: 'x' }));
    expect(await post(hidden.id)).toBe('channel_not_found');
    expect(await post(open.id)).toBe('not_in_channel');
    expect(await codeOf(client.conversations.history({ channel: open.id }))).toBe('not_in_channel');
    expect(await post(channel(world, { archived: true }).id)).toBe('is_archived');
    expect(await post(channel(world, { deleted: true }).id)).toBe('channel_not_found');
    expect(await post(world.direct(person(world, 'An').id).id)).toBe('channel_not_found');
  });

  it('are not addressed by a person, and not read by one who left', async () => {
    const { client, world } = await setUp();
    const { user, dm } = direct(world);
    expect(await codeOf(client.chat.postMessage({ channel: user.id, text: 'x' }))).toBe(
      'channel_not_found',
    );
    user.deleted = true;
    expect(await codeOf(client.chat.postMessage({ channel: dm.id, text: 'x' }))).toBe(
      'account_inactive',
    );
  });
});

describe('messages', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['nothing in them', {}, 'no_text'],
    ['more than 40,000 characters', { text: 'a'.repeat(40_001) }, 'msg_too_long'],
    ['a block of no kind', { text: 'x', blocks: [{ type: 'banner' }] }, 'invalid_blocks'],
    [
      'a picture that is nowhere',
      { text: 'x', blocks: [{ type: 'image', alt_text: 'a', slack_file: { id: 'F00000404A' } }] },
      'invalid_blocks',
    ],
    [
      'metadata of no kind',
      { text: 'x', metadata: { event_type: 'a' } },
      'invalid_metadata_format',
    ],
    [
      'metadata of 17 kB',
      { text: 'x', metadata: { event_type: 'a', event_payload: { a: 'a'.repeat(17_000) } } },
      'metadata_too_large',
    ],
    ['a thread of nobody', { text: 'x', thread_ts: '1700000000.000100' }, 'thread_not_found'],
    ['half a letter', { blocks: [{ type: 'section', text: '\ud83d' }] }, 'invalid_arguments'],
  ])('with %s are refused', async (_what, content, code) => {
    const { client, world } = await setUp();
    const { dm } = direct(world);
    const call = client.apiCall('chat.postMessage', { channel: dm.id, ...content });
    expect(await codeOf(call)).toBe(code);
    expect(world.byBot(dm.id)).toEqual([]);
  });

  it('say why blocks are refused', async () => {
    const { client, world } = await setUp();
    const { dm } = direct(world);
    const blocks = [{ type: 'banner' }];
    const call = client.apiCall('chat.postMessage', { channel: dm.id, text: 'x', blocks });
    expect((await refusal(call))?.response_metadata).toMatchObject({
      messages: [expect.stringMatching(/^\[ERROR\] .*\/blocks\/0/)],
    });
  });

  it('are changed by the bot, where they are its own', async () => {
    const { client, world } = await setUp();
    const { user, dm } = direct(world);
    const { ts = '' } = await client.chat.postMessage({
      channel: dm.id,
      text: 'một',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'một' } }],
    });
    const theirs = world.add({ channel: dm.id, user: user.id, text: 'của tôi' });
    const update = (at: string) => client.chat.update({ channel: dm.id, ts: at, text: 'hai' });
    expect(await codeOf(update('1700000000.000100'))).toBe('message_not_found');
    expect(await codeOf(update(theirs.ts))).toBe('cant_update_message');
    await update(ts);
    const message = world.find(dm.id, ts);
    expect(message).toMatchObject({ text: 'hai', edited: { user: world.botUserId } });
    // Blocks that are not given stay.
    expect(message?.blocks).toHaveLength(1);
    await client.chat.update({ channel: dm.id, ts, text: 'ba', blocks: [] });
    expect(message?.blocks).toEqual([]);
  });

  it('are not changed where the channel was archived', async () => {
    const { client, world } = await setUp();
    const room = channel(world);
    const { ts = '' } = await client.chat.postMessage({ channel: room.id, text: 'x' });
    room.archived = true;
    const update = client.chat.update({ channel: room.id, ts, text: 'y' });
    expect(await codeOf(update)).toBe('is_inactive');
    expect(world.find(room.id, ts)?.text).toBe('x');
  });

  it('give their metadata back only when asked, in threads too', async () => {
    const { client, world } = await setUp();
    const { dm } = direct(world);
    const metadata = { event_type: 'thi_dua_message', event_payload: { mark: 'm-1' } };
    const send = (thread_ts?: string) =>
      client.chat.postMessage({
        channel: dm.id,
        text: 'x',
        metadata,
        ...(thread_ts === undefined ? {} : { thread_ts }),
      });
    const { ts = '' } = await send();
    const reply = await send(ts);
    const plain = await client.conversations.history({ channel: dm.id });
    expect(plain.messages?.map((m) => [m.ts, m.metadata])).toEqual([[ts, undefined]]);
    const whole = await client.conversations.history({
      channel: dm.id,
      include_all_metadata: true,
      limit: 1,
    });
    expect(whole.messages?.[0]?.metadata).toEqual(metadata);
    const thread = await client.conversations.replies({
      channel: dm.id,
      ts,
      include_all_metadata: true,
    });
    expect(thread.messages?.map((m) => [m.ts, m.metadata])).toEqual([
      [ts, metadata],
      [reply.ts, metadata],
    ]);
    const none = client.conversations.replies({ channel: dm.id, ts: '1700000000.000100' });
    expect(await codeOf(none)).toBe('thread_not_found');
  });

  it('for one person alone are found by nobody', async () => {
    const { client, world } = await setUp();
    const an = person(world, 'An');
    const { id } = channel(world);
    const whisper = () => client.chat.postEphemeral({ channel: id, user: an.id, text: 'x' });
    expect(await codeOf(whisper())).toBe('user_not_in_channel');
    world.channels.get(id)?.members.add(an.id);
    const { message_ts: ts = '' } = await whisper();
    expect(world.byBot(id, an.id)).toHaveLength(1);
    expect(world.byBot(id, 'U404')).toEqual([]);
    expect((await client.conversations.history({ channel: id })).messages).toEqual([]);
    expect(await codeOf(client.chat.update({ channel: id, ts, text: 'y' }))).toBe(
      'message_not_found',
    );
  });

  it('have an address', async () => {
    const { client, world } = await setUp();
    const { user, dm } = direct(world);
    const { ts } = world.add({ channel: dm.id, user: user.id, text: 'x' });
    const { permalink } = await client.chat.getPermalink({ channel: dm.id, message_ts: ts });
    expect(permalink).toBe(`https://hocvien.slack.com/archives/${dm.id}/p${ts.replace('.', '')}`);
  });
});

describe('people', () => {
  it('show their e-mail only with the right to it', async () => {
    const bare = await setUp(without('users:read.email'));
    const an = person(bare.world, 'An', { email: 'an@hocvien.vn' });
    expect((await bare.client.users.info({ user: an.id })).user?.profile?.email).toBeUndefined();
    const { client, world } = await setUp();
    const { id } = person(world, 'An', { email: 'an@hocvien.vn', guest: 'single' });
    const { user } = await client.users.info({ user: id, include_locale: true });
    expect(user).toMatchObject({
      profile: { email: 'an@hocvien.vn' },
      locale: 'vi-VN',
      is_email_confirmed: true,
      is_restricted: true,
      is_ultra_restricted: true,
    });
    expect(await codeOf(client.users.info({ user: 'U404' }))).toBe('user_not_found');
  });
});

describe('limits', () => {
  it('answer 429 with the seconds to wait, by channel and by method', async () => {
    let now = 0;
    const { client, world } = await setUp({ limits: { clock: () => now, ...SLACK_LIMITS } });
    const { dm } = direct(world);
    const other = direct(world, 'Bình').dm;
    const post = (id: string) => client.chat.postMessage({ channel: id, text: 'x' });
    for (let i = 0; i < 3; i++) await post(dm.id);
    await expect(post(dm.id)).rejects.toMatchObject({ retryAfter: 1 });
    expect(world.byBot(dm.id)).toHaveLength(3);
    await post(other.id);
    now += 1000;
    await post(dm.id);
    const look = () => client.conversations.history({ channel: dm.id });
    for (let i = 0; i < 50; i++) await look();
    await expect(look()).rejects.toBeInstanceOf(webApi.WebAPIRateLimitedError);
  });
});

describe('faults', () => {
  it('come before or after the call was carried out', async () => {
    const { client, fake, world } = await setUp();
    const { dm } = direct(world);
    const post = () => client.chat.postMessage({ channel: dm.id, text: 'x' });
    const sent = () => world.byBot(dm.id).length;
    fake.failNext('chat.postMessage', { kind: 'error', code: 'fatal_error' });
    expect(await codeOf(post())).toBe('fatal_error');
    expect(sent()).toBe(0);
    fake.failNext('chat.postMessage', { kind: 'reset', after: true });
    await expect(post()).rejects.toBeInstanceOf(webApi.WebAPIRequestError);
    expect(sent()).toBe(1);
    fake.failNext('*', { kind: 'status', code: 503 });
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    fake.failNext('*', { kind: 'limited', seconds: 7 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    fake.failNext('*', { kind: 'garbage', after: true });
    await expect(post()).rejects.toBeInstanceOf(webApi.WebAPIPlatformError);
    expect(sent()).toBe(2);
    await post();
    expect(fake.calls).toHaveLength(6);
    await fake.called('chat.postMessage', 6);
  });
});
