import { describe, expect, it, onTestFinished } from 'vitest';
import type { TelegramOptions } from '../../../../adapters/telegram/index.ts';
import type { Inbound } from '../../../../src/chat/index.ts';
import { startFakeTelegram } from '../../../fakes/telegram/index.ts';
import { createRecordingHost } from '../../../support/recording-host.ts';
import { telegramOn } from '../../../support/telegram-harness.ts';

async function setUp(options: Partial<TelegramOptions> = {}) {
  const fake = await startFakeTelegram();
  const host = createRecordingHost();
  const pauses: number[] = [];
  const adapter = telegramOn(fake, {
    wait: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
    ...options,
  });
  onTestFinished(async () => {
    await adapter.stop();
    await fake.close();
  });
  return { fake, host, adapter, pauses };
}

const textOf = (e: Inbound): string => (e.kind === 'text' ? e.text : e.kind);
const is = (text: string) => (e: Inbound) => textOf(e) === text;
const offsets = (calls: readonly { method: string; params: object }[]): unknown[] =>
  calls.flatMap((c) =>
    c.method === 'getUpdates' && 'offset' in c.params ? [c.params.offset] : [],
  );

describe('the offset', () => {
  it('advances only over what was committed', async () => {
    const { fake, host, adapter } = await setUp();
    const an = fake.user({ name: 'An' });
    const release = host.hold();
    an.say('một');
    const first = fake.updates.last().id;
    await adapter.start(host);
    await fake.called('getUpdates');
    expect(offsets(fake.calls)).toEqual([0]);
    release();
    await host.next(is('một'));
    await fake.called('getUpdates', 2);
    expect(offsets(fake.calls)).toEqual([0, first + 1]);
  });

  it('stops at the failed one; others go on, once, and nobody is overtaken', async () => {
    const { fake, host, adapter, pauses } = await setUp();
    const an = fake.user({ name: 'An' });
    const binh = fake.user({ name: 'Bình' });
    fake.updates.hold();
    an.say('an 1');
    binh.say('bình 1');
    an.say('an 2');
    binh.say('bình 2');
    host.failNext(2, is('an 1'));
    fake.updates.release();
    await adapter.start(host);
    await host.next(is('an 2'));
    const order = host.events.map(textOf);
    expect(order.filter((t) => t.startsWith('an'))).toEqual(['an 1', 'an 2']);
    expect(order.filter((t) => t.startsWith('bình'))).toEqual(['bình 1', 'bình 2']);
    expect(host.calls.map(textOf).filter((t) => t === 'an 1')).toHaveLength(3);
    expect(pauses).toEqual([1000, 2000]);
    expect(host.lines.filter((l) => l.level === 'error')).toHaveLength(2);
    await fake.updates.settled();
  });

  it('hands a repeated update to the core again, under the same delivery', async () => {
    const { fake, host, adapter } = await setUp();
    await adapter.start(host);
    fake.user({ name: 'An' }).say('hai lần');
    const first = await host.next();
    await fake.updates.settled();
    fake.updates.duplicate();
    expect(await host.next()).toEqual(first);
  });

  it('puts updates that come in the wrong order right within a batch', async () => {
    const { fake, host, adapter } = await setUp();
    const an = fake.user({ name: 'An' });
    fake.updates.hold();
    for (const text of ['1', '2', '3']) an.say(text);
    fake.updates.release('reversed');
    await adapter.start(host);
    await host.next(is('3'));
    expect(host.events.map(textOf)).toEqual(['1', '2', '3']);
  });

  it('passes over what it does not understand', async () => {
    const { fake, host, adapter } = await setUp();
    fake.updates.push('message', { chat: 'nonsense' });
    fake.updates.push('message_reaction', {});
    await adapter.start(host);
    fake.user({ name: 'An' }).say('sau đó');
    await host.next(is('sau đó'));
    expect(host.lines.filter((l) => l.text === 'update ignored').map((l) => l.level)).toEqual([
      'debug',
      'debug',
    ]);
  });
});

describe('different people', () => {
  it('do not wait for each other', async () => {
    const { fake, host, adapter } = await setUp();
    const an = fake.user({ name: 'An' });
    const binh = fake.user({ name: 'Bình' });
    let free = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      free = resolve;
    });
    const receive = host.receive;
    host.receive = async (event) => {
      if (is('chậm')(event)) await slow;
      return receive(event);
    };
    fake.updates.hold();
    an.say('chậm');
    binh.say('nhanh');
    fake.updates.release();
    await adapter.start(host);
    await host.next(is('nhanh'));
    free();
    await host.next(is('chậm'));
  });
});

describe('outages', () => {
  it('tells of one outage once, waits longer each time, and goes on', async () => {
    const { fake, host, adapter, pauses } = await setUp();
    fake.failNext('getUpdates', { kind: 'reset' }, 2);
    fake.failNext('getUpdates', { kind: 'garbage' }, 2);
    await adapter.start(host);
    fake.user({ name: 'An' }).say('còn đây');
    await host.next(is('còn đây'));
    const lines = host.lines.filter((l) => l.level !== 'debug' && !/menu/.test(l.text));
    expect(lines.map((l) => l.level)).toEqual(['warn', 'info']);
    expect(pauses).toEqual([1000, 2000, 4000, 8000]);
  });

  it('waits as long as Telegram asks', async () => {
    const { fake, host, adapter, pauses } = await setUp();
    const description = 'Too Many Requests: retry after 9';
    fake.failNext('getUpdates', { kind: 'status', code: 429, description, retryAfter: 9 });
    await adapter.start(host);
    fake.user({ name: 'An' }).say('a');
    await host.next();
    expect(pauses).toEqual([9000]);
  });

  it('says that another program polls with the same token', async () => {
    const { fake, host, adapter } = await setUp();
    const other = telegramOn(fake);
    onTestFinished(() => other.stop());
    const otherHost = createRecordingHost();
    await adapter.start(host);
    await fake.called('getUpdates');
    // Whichever of the two is thrown out first says so.
    const told = new Promise<string>((resolve) => {
      for (const { log } of [host, otherHost]) {
        log.warn = (_fields, text) => resolve(text);
      }
    });
    await other.start(otherHost);
    expect(await told).toMatch(/another program polls with the same token/);
  });
});

describe('a token that is refused while running', () => {
  it('ends the intake, says what to do, and shows it', async () => {
    const { fake, host, adapter } = await setUp();
    await adapter.start(host);
    await fake.called('getUpdates');
    fake.revokeToken();
    fake.user({ name: 'An' }).say('đánh thức');
    await expect(adapter.ended).rejects.toThrow(/TELEGRAM_BOT_TOKEN/);
    expect(adapter.intake()).toMatchObject({ state: 'refused' });
    expect(host.lines.filter((l) => l.level === 'error')).toHaveLength(1);
    await adapter.stop();
    expect(adapter.intake()).toMatchObject({ state: 'refused' });
  });
});

describe('state', () => {
  it('follows start and stop', async () => {
    const { adapter, host } = await setUp();
    expect(adapter.intake()).toEqual({ state: 'stopped' });
    await adapter.start(host);
    expect(adapter.intake()).toEqual({ state: 'receiving' });
    await adapter.stop();
    expect(adapter.intake()).toEqual({ state: 'stopped' });
    await expect(adapter.ended).resolves.toBeUndefined();
  });

  it('polls under a lease of its own bot', async () => {
    const { adapter, host, fake } = await setUp();
    const names: string[] = [];
    host.exclusive = (name, work, signal) => {
      names.push(name);
      return work(signal);
    };
    await adapter.start(host);
    expect(names).toEqual([`telegram:poll:${fake.botId}`]);
  });
});
