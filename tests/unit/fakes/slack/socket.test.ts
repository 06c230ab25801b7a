import { type App, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Workspace } from '../../../fakes/slack/workspace.ts';
import { clientOf, codeOf, direct, SILENT, saying, setUp, without } from './support.ts';

type Handle = (event: ReceiverEvent) => Promise<void>;

/** Bolt's own receiver, connected. */
async function connect(fake: Workspace, handle: Handle) {
  const receiver = new SocketModeReceiver({
    appToken: fake.appToken,
    logger: SILENT,
    // It would do so only after a pause: tests connect again themselves.
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { slackApiUrl: fake.apiUrl } },
  });
  // A receiver uses nothing else of an App.
  receiver.init({ processEvent: handle } as unknown as App);
  await receiver.start();
  onTestFinished(async () => void (await receiver.stop()));
  return receiver;
}

async function hearing(options: Parameters<typeof setUp>[0] = {}) {
  const setting = await setUp(options);
  const events: ReceiverEvent[] = [];
  let act: Handle = ({ ack }) => ack();
  const handle: Handle = (event) => {
    events.push(event);
    return act(event);
  };
  const receiver = await connect(setting.fake, handle);
  const { user, dm } = direct(setting.world);
  const { emit } = setting.fake.stage;
  return {
    ...setting,
    emit,
    events,
    handle,
    receiver,
    say: (text: string) => emit({ kind: 'event', event: saying(setting.world, dm, user, text) }),
    acting: (next: Handle) => {
      act = next;
    },
  };
}

/** The first message of a bare connection. */
const dial = (address: string) =>
  new Promise<string>((resolve) => {
    const socket = new WebSocket(address);
    socket.on('message', (data) => resolve(String(data)));
    socket.on('error', () => resolve('refused'));
  });

const never: Handle = () => Promise.resolve();

describe('Socket Mode', () => {
  it('needs the app-level token and its scope', async () => {
    const { fake } = await setUp({ appScopes: [] });
    const open = (token: string) => codeOf(clientOf(fake, token).apps.connections.open({}));
    expect(await open(fake.botToken)).toBe('not_allowed_token_type');
    expect(await open(fake.appToken)).toBe('missing_scope');
  });

  it('gives addresses that are good once', async () => {
    const { fake } = await setUp();
    const { url = '' } = await clientOf(fake, fake.appToken).apps.connections.open({});
    expect(JSON.parse(await dial(url))).toMatchObject({ type: 'hello', num_connections: 1 });
    expect(await dial(url)).toBe('refused');
  });

  it('delivers events, commands and clicks, with what their acknowledgement says', async () => {
    const { fake, say, emit, events, acting } = await hearing();
    expect(await say('xin chào')).toEqual({ acknowledged: true, body: null });
    expect(events[0]?.body).toMatchObject({ event: { text: 'xin chào' } });
    acting(({ ack, body }) => (body.command ? ack('đã nhận') : ack({ response_action: 'clear' })));
    expect(await emit({ kind: 'command', fields: { command: '/baocao' } })).toEqual({
      acknowledged: true,
      body: { text: 'đã nhận' },
    });
    expect(await emit({ kind: 'interactive', payload: { type: 'view_submission' } })).toEqual({
      acknowledged: true,
      body: { response_action: 'clear' },
    });
    expect(fake.updates.pending).toBe(0);
  });

  it('gives each event to one connection, by turns', async () => {
    const { fake, say, events } = await hearing();
    const others: ReceiverEvent[] = [];
    await connect(fake, async (event) => {
      others.push(event);
      await event.ack();
    });
    expect(fake.socket.connections()).toBe(2);
    await say('a');
    await say('b');
    expect([events.length, others.length]).toEqual([1, 1]);
  });

  it('delivers elsewhere what a lost connection did not acknowledge', async () => {
    const { fake, say, events, acting, handle } = await hearing();
    let arrived = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    acting(async () => arrived());
    const said = say('a');
    await first;
    acting(({ ack }) => ack());
    fake.socket.cut();
    await connect(fake, handle);
    expect(await said).toMatchObject({ acknowledged: true });
    expect(events.at(-1)).toMatchObject({ retryNum: 1, retryReason: 'connection_failed' });
    expect(events.at(-1)?.body.event_id).toBe(events[0]?.body.event_id);
  });

  it('counts what is not acknowledged as late when a test says so', async () => {
    const { fake, say, emit, events, acting } = await hearing();
    const arrived = (count: number) =>
      new Promise<void>((resolve) => {
        acting(async () => {
          if (events.length === count) resolve();
        });
      });
    let next = arrived(1);
    const said = say('a');
    await next;
    acting(({ ack }) => ack());
    fake.updates.timeOut();
    expect(await said).toMatchObject({ acknowledged: true });
    expect(events[1]).toMatchObject({ retryNum: 1, retryReason: 'http_timeout' });
    next = arrived(3);
    const clicked = emit({ kind: 'interactive', payload: { type: 'block_actions' } });
    await next;
    fake.updates.timeOut();
    expect(await clicked).toEqual({ acknowledged: false, reason: 'timeout' });
    expect(events).toHaveLength(3);
  });

  it('gives an event up after three further times', async () => {
    const { fake, say, events, acting } = await hearing({ ackMs: 1 });
    acting(never);
    expect(await say('a')).toEqual({ acknowledged: false, reason: 'timeout' });
    expect(events.map((e) => e.retryNum)).toEqual([0, 1, 2, 3]);
    expect(fake.updates.lost).toHaveLength(1);
  });

  it.each(['warning', 'refresh_requested', 'link_disabled'] as const)(
    'tells connections to go (%s), and events wait for the next one',
    async (reason) => {
      const { fake, say, emit, events, handle } = await hearing();
      fake.socket.disconnect(reason);
      const click = emit({ kind: 'interactive', payload: { type: 'block_actions' } });
      const said = say('a');
      expect(await click).toEqual({ acknowledged: false, reason: 'refused' });
      expect(events).toEqual([]);
      await connect(fake, handle);
      await fake.socket.connected(1);
      expect(await said).toMatchObject({ acknowledged: true });
      expect(events).toHaveLength(1);
    },
  );

  it('has ten connections at most', async () => {
    const { fake } = await setUp();
    const reasons: string[] = [];
    for (let i = 0; i < 11; i++) {
      const { url = '' } = await clientOf(fake, fake.appToken).apps.connections.open({});
      const first = JSON.parse(await dial(url)) as { type: string; reason?: string };
      reasons.push(first.reason ?? first.type);
    }
    expect(reasons).toEqual([...Array<string>(10).fill('hello'), 'too_many_websockets']);
    expect(fake.socket.connections()).toBe(10);
  });

  it('is silent where the app has no right', async () => {
    const { say, events } = await hearing(without('im:history'));
    expect(await say('a')).toEqual({ acknowledged: false, reason: 'not-delivered' });
    expect(events).toEqual([]);
  });
});
