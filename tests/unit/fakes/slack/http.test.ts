import { type App, ExpressReceiver, type ReceiverEvent } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FakeSlackOptions, Workspace } from '../../../fakes/slack/workspace.ts';
import { channel, direct, SILENT, saying, setUp, without } from './support.ts';

type Handle = (event: ReceiverEvent) => Promise<void>;

/** Bolt's own receiver on a port, in front of `handle`. */
async function receiver(fake: Workspace, handle: Handle) {
  const express = new ExpressReceiver({
    signingSecret: fake.signingSecret,
    processBeforeResponse: true,
    logger: SILENT,
    unhandledRequestTimeoutMillis: 60_000,
  });
  // A receiver uses nothing else of an App.
  express.init({ processEvent: handle } as unknown as App);
  const server = await express.start(0);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  fake.deliverTo(`http://127.0.0.1:${port}/slack/events`);
}

async function hearing(options: Partial<FakeSlackOptions> = {}) {
  const setting = await setUp(options);
  const events: ReceiverEvent[] = [];
  let act: Handle = ({ ack }) => ack();
  await receiver(setting.fake, (event) => {
    events.push(event);
    return act(event);
  });
  const { user, dm } = direct(setting.world);
  const { emit } = setting.fake.stage;
  return {
    ...setting,
    user,
    dm,
    emit,
    events,
    say: (text: string) => emit({ kind: 'event', event: saying(setting.world, dm, user, text) }),
    acting: (handle: Handle) => {
      act = handle;
    },
    texts: () => events.map((e) => (e.body.event as { text?: string } | undefined)?.text),
  };
}

describe('events over HTTP', () => {
  it('are signed as Bolt checks it, and only so', async () => {
    const { fake, say, events } = await hearing();
    expect(await fake.http.verify()).toBe(true);
    expect(await say('xin chào')).toEqual({ acknowledged: true, body: null });
    expect(events[0]?.body).toMatchObject({
      type: 'event_callback',
      team_id: fake.teamId,
      event: { type: 'message', text: 'xin chào', channel_type: 'im' },
    });
    const { body = {} } = events[0] ?? {};
    expect(await fake.http.forge(body, {})).toBe(200);
    expect(await fake.http.forge(body, { secret: 'another' })).toBe(401);
    expect(await fake.http.forge(body, { ageSeconds: 301 })).toBe(401);
    expect(await fake.http.forge(body, { unsigned: true })).toBe(401);
    expect(events).toHaveLength(2);
  });

  it('come again with their number and the reason, three times and no more', async () => {
    const attempts: number[] = [];
    const { fake, say, events, acting } = await hearing({
      redelivery: async (attempt) => void attempts.push(attempt),
    });
    acting(async () => {
      throw new Error('no commit');
    });
    expect(await say('a')).toEqual({ acknowledged: false, reason: 'refused' });
    expect(events.map((e) => [e.retryNum, e.retryReason])).toEqual([
      [undefined, undefined],
      [1, 'http_error'],
      [2, 'http_error'],
      [3, 'http_error'],
    ]);
    expect(new Set(events.map((e) => e.body.event_id)).size).toBe(1);
    expect(attempts).toEqual([1, 2, 3]);
    expect(fake.updates.lost).toHaveLength(1);
  });

  it('come again until they are acknowledged, also after three seconds or nobody at the door', async () => {
    let now = 1_700_000_000_000;
    const { fake, say, events, acting } = await hearing({ clock: () => now });
    acting(async ({ ack }) => {
      if (events.length === 1) now += 3001;
      await ack();
    });
    expect(await say('a')).toMatchObject({ acknowledged: true });
    expect(events[1]).toMatchObject({ retryNum: 1, retryReason: 'http_timeout' });
    fake.deliverTo('http://127.0.0.1:1/slack/events');
    expect(await say('b')).toEqual({ acknowledged: false, reason: 'refused' });
  });

  it('of one conversation wait for each other; those of another do not', async () => {
    const { fake, world, emit, say, texts, acting } = await hearing();
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    acting(async ({ body, ack }) => {
      if (body.event.text === 'a') await gate;
      await ack();
    });
    const first = say('a');
    const second = say('b');
    const other = direct(world, 'Bình');
    await emit({ kind: 'event', event: saying(world, other.dm, other.user, 'c') });
    expect(texts()).toEqual(['a', 'c']);
    expect(fake.updates.pending).toBe(2);
    open();
    await Promise.all([first, second]);
    expect(texts()).toEqual(['a', 'c', 'b']);
  });

  it('are held, turned round and doubled by a test', async () => {
    const { fake, say, texts, events } = await hearing();
    fake.updates.hold();
    void say('a');
    void say('b');
    fake.updates.release('reversed');
    await fake.updates.settled();
    expect(texts()).toEqual(['b', 'a']);
    await fake.updates.duplicate();
    expect(events[2]).toMatchObject({ retryNum: 1, retryReason: 'http_timeout' });
    expect(events[2]?.body).toEqual(events[0]?.body);
  });

  it('tell the bot of its own messages too', async () => {
    const { fake, client, dm, events } = await hearing();
    const { ts = '' } = await client.chat.postMessage({ channel: dm.id, text: 'x' });
    await client.chat.update({ channel: dm.id, ts, text: 'y' });
    await fake.updates.settled();
    await expect(fake.updates.duplicate()).rejects.toThrow(/no event yet/);
    expect(events.map((e) => e.body.event)).toMatchObject([
      { type: 'message', bot_id: fake.botId, text: 'x' },
      { subtype: 'message_changed', message: { text: 'y' }, previous_message: { text: 'x' } },
    ]);
  });
});

describe('Slack says nothing', () => {
  const unheard = { acknowledged: false, reason: 'not-delivered' };

  it('of what nobody subscribed to, or without the right to it', async () => {
    const deaf = await hearing({ events: ['app_mention'] });
    expect(await deaf.say('a')).toEqual(unheard);
    const bare = await hearing(without('im:history', 'commands'));
    expect(await bare.say('a')).toEqual(unheard);
    expect(await bare.emit({ kind: 'command', fields: { command: '/baocao' } })).toEqual(unheard);
    expect([...deaf.events, ...bare.events]).toEqual([]);
  });

  it('of conversations the bot is not in', async () => {
    const { emit, world } = await hearing();
    const mention = (id: string) =>
      emit({ kind: 'event', event: { type: 'app_mention', channel: id, text: 'x' } });
    expect(await mention(channel(world, { members: new Set() }).id)).toEqual(unheard);
    expect(await mention(channel(world).id)).toMatchObject({ acknowledged: true });
  });

  it('of an event there is not', async () => {
    const { emit } = await hearing();
    await expect(emit({ kind: 'event', event: { type: 'member_jined' } })).rejects.toThrow(
      /no event "member_jined"/,
    );
  });
});

describe('commands and clicks over HTTP', () => {
  it('are forms, and their acknowledgement is given back', async () => {
    const { emit, events, acting, fake } = await hearing();
    acting(({ ack, body }) => (body.command ? ack('đã nhận') : ack({ response_action: 'clear' })));
    expect(await emit({ kind: 'command', fields: { command: '/baocao', text: 'a & b' } })).toEqual({
      acknowledged: true,
      body: { text: 'đã nhận' },
    });
    expect(events[0]?.body).toMatchObject({ text: 'a & b', team_id: fake.teamId });
    const payload = { type: 'view_submission' };
    expect(await emit({ kind: 'interactive', payload })).toEqual({
      acknowledged: true,
      body: { response_action: 'clear' },
    });
  });

  it('do not come again: whoever clicked sees that it failed', async () => {
    let now = 1_700_000_000_000;
    const { emit, events, acting } = await hearing({ clock: () => now });
    const click = () => emit({ kind: 'interactive', payload: { type: 'block_actions' } });
    acting(async () => {
      throw new Error('no commit');
    });
    expect(await click()).toEqual({ acknowledged: false, reason: 'refused' });
    acting(async ({ ack }) => {
      now += 3001;
      await ack();
    });
    expect(await click()).toEqual({ acknowledged: false, reason: 'timeout' });
    expect(events).toHaveLength(2);
  });
});
