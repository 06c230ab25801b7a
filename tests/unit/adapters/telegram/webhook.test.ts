import { describe, expect, it, onTestFinished } from 'vitest';
import { startFakeTelegram } from '../../../fakes/telegram/index.ts';
import { createRecordingHost } from '../../../support/recording-host.ts';
import { SECRET, telegramBehindWebhook } from '../../../support/telegram-harness.ts';

async function setUp() {
  const pauses: number[] = [];
  const fake = await startFakeTelegram({
    pause: (seconds) => {
      pauses.push(seconds);
      return Promise.resolve();
    },
  });
  const host = createRecordingHost();
  const { adapter, url, close } = await telegramBehindWebhook(fake);
  onTestFinished(async () => {
    await adapter.stop();
    await fake.close();
    await close();
  });
  const post = (body: string, headers: Record<string, string> = { [HEADER]: SECRET }) =>
    fetch(url, { method: 'POST', body, headers });
  return { fake, host, adapter, url, pauses, post };
}
const HEADER = 'x-telegram-bot-api-secret-token';

describe('the webhook', () => {
  it('is set with its secret and the kinds of updates wanted', async () => {
    const { fake, host, adapter, url } = await setUp();
    await adapter.start(host);
    expect(fake.updates.webhook()).toEqual({ url, secret: SECRET });
    expect(fake.calls.find((c) => c.method === 'setWebhook')?.params).toMatchObject({
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    });
  });

  it('answers 200 only after the commit, and 503 with Retry-After when there was none', async () => {
    const { fake, host, adapter, pauses } = await setUp();
    await adapter.start(host);
    host.failNext(2);
    fake.user({ name: 'An' }).say('xin chào');
    await host.next();
    await fake.updates.settled();
    expect(fake.updates.webhookAnswers.map((a) => a.status)).toEqual([503, 503, 200]);
    expect(pauses).toEqual([5, 5]);
    expect(host.events).toHaveLength(1);
  });

  it('confirms an update it does not know', async () => {
    const { fake, host, adapter } = await setUp();
    await adapter.start(host);
    fake.updates.push('message', { odd: true });
    await fake.updates.settled();
    expect(fake.updates.webhookAnswers.map((a) => a.status)).toEqual([200]);
    expect(host.calls).toEqual([]);
  });

  it.each([
    ['no secret', {}],
    ['a wrong secret', { [HEADER]: 'x'.repeat(SECRET.length) }],
    ['a secret of another length', { [HEADER]: 'x' }],
  ])('refuses a request with %s', async (_name, headers) => {
    const { host, adapter, post } = await setUp();
    await adapter.start(host);
    expect((await post('{"update_id":1}', headers)).status).toBe(401);
    expect(host.calls).toEqual([]);
  });

  it.each([
    ['not JSON', 'nonsense', 200],
    ['no update', '{}', 200],
    ['over a megabyte', ' '.repeat(1024 * 1024 + 1), 413],
  ])('survives a body that is %s', async (_name, body, status) => {
    const { host, adapter, post } = await setUp();
    await adapter.start(host);
    expect((await post(body)).status).toBe(status);
  });

  it('takes nothing but POST', async () => {
    const { host, adapter, url } = await setUp();
    await adapter.start(host);
    expect((await fetch(url)).status).toBe(405);
  });

  it('lets Telegram try again before the start and after the stop', async () => {
    const { host, adapter, post } = await setUp();
    expect((await post('{"update_id":1}')).status).toBe(503);
    await adapter.start(host);
    await adapter.stop();
    expect((await post('{"update_id":1}')).status).toBe(503);
  });
});
