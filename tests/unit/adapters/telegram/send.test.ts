import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Telegram } from '../../../../adapters/telegram/index.ts';
import { PACE } from '../../../../adapters/telegram/limits.ts';
import type { Address, Block, Message } from '../../../../src/chat/index.ts';
import { PNG } from '../../../contract/adapter-suite.ts';
import { type Fault, startFakeTelegram } from '../../../fakes/telegram/index.ts';
import { createRecordingHost } from '../../../support/recording-host.ts';
import { telegramOn } from '../../../support/telegram-harness.ts';

async function setUp() {
  const fake = await startFakeTelegram();
  const host = createRecordingHost();
  const adapter = telegramOn(fake, { timeouts: { call: 0.2 } });
  await adapter.start(host);
  onTestFinished(async () => {
    await adapter.stop();
    await fake.close();
  });
  const an = fake.user({ name: 'An' });
  an.start();
  const at = (chat: number, thread?: number): Address => ({
    platform: 'telegram',
    tenant: String(fake.botId),
    chat: String(chat),
    ...(thread === undefined ? {} : { thread: String(thread) }),
  });
  return { fake, host, adapter, an, at };
}

const say = (text: string, blocks: Block[] = []): Message => ({
  notice: 'n',
  blocks: [{ kind: 'text', text: [text] }, ...blocks],
});
const one = (adapter: Telegram, message: Message) => {
  const [page] = adapter.paginate(message);
  if (!page) throw new Error('no page');
  return page;
};
const status = (code: number, description: string): Fault => ({
  kind: 'status',
  code,
  description,
});

describe('outcomes of a send', () => {
  it.each<[string, Fault, object]>([
    [
      'a flood',
      { ...status(429, 'Too Many Requests: retry after 3'), retryAfter: 3 } as Fault,
      { outcome: 'retry', afterMs: 3000, scope: 'chat' },
    ],
    ['a fault of the server', status(500, 'Internal Server Error'), { outcome: 'uncertain' }],
    ['an error page of a proxy', { kind: 'garbage' }, { outcome: 'uncertain' }],
    [
      'a reset',
      { kind: 'reset' },
      { outcome: 'uncertain', cause: expect.stringMatching(/ECONNRESET/) },
    ],
    [
      'no answer',
      { kind: 'hang' },
      { outcome: 'uncertain', cause: expect.stringMatching(/timed out/) },
    ],
    ['a refused token', status(401, 'Unauthorized'), { outcome: 'retry', scope: 'bot' }],
    [
      'a blocked bot',
      status(403, 'Forbidden: bot was blocked by the user'),
      { outcome: 'gone', cause: 'blocked' },
    ],
    [
      'a deleted account',
      status(403, 'Forbidden: user is deactivated'),
      { outcome: 'gone', cause: 'deactivated' },
    ],
    [
      'a stranger',
      status(403, "Forbidden: bot can't initiate conversation with a user"),
      { outcome: 'gone', cause: 'not-started' },
    ],
    [
      'an unknown chat',
      status(400, 'Bad Request: chat not found'),
      { outcome: 'gone', cause: 'not-found' },
    ],
    [
      'a dissolved group',
      status(403, 'Forbidden: the group chat was deleted'),
      { outcome: 'gone', cause: 'removed' },
    ],
    [
      'a new kind of 403',
      status(403, 'Forbidden: something new'),
      { outcome: 'gone', cause: 'blocked' },
    ],
    [
      'a fault of ours',
      status(400, 'Bad Request: message is too long'),
      { outcome: 'bug', cause: '400 Bad Request: message is too long' },
    ],
  ])('%s', async (_name, fault, expected) => {
    const { fake, adapter, an, at } = await setUp();
    fake.failNext('sendMessage', fault);
    const outcome = await adapter.send(at(an.id), one(adapter, say('x')), '1:0');
    expect(outcome).toMatchObject(expected);
    expect(JSON.stringify(outcome)).not.toContain('fake-token');
  });

  it('is certain that nothing was sent where nobody listens', async () => {
    const { fake, adapter, an, at } = await setUp();
    const elsewhere = telegramOn(await gone(), {});
    expect(await elsewhere.send(at(an.id), one(adapter, say('x')), '1:0')).toMatchObject({
      outcome: 'retry',
      scope: 'bot',
    });
    expect(fake.calls.some((c) => c.method === 'sendMessage')).toBe(false);
  });

  it('counts a message taken without an answer as perhaps sent', async () => {
    const { fake, adapter, an, at } = await setUp();
    fake.failNext('sendMessage', { kind: 'reset', after: true });
    const outcome = await adapter.send(at(an.id), one(adapter, say('đã đến')), '1:0');
    expect(outcome.outcome).toBe('uncertain');
    expect(an.last().text).toBe('đã đến');
  });
});

/** A fake that has been closed: its port refuses connections. */
async function gone() {
  const fake = await startFakeTelegram();
  await fake.close();
  return fake;
}

describe('edits', () => {
  it.each([
    ['deleted by its reader', 'message to edit not found'],
    ['too old', "message can't be edited"],
  ])('of a message %s end quietly', async (_name, words) => {
    const { fake, adapter, an, at } = await setUp();
    const sent = await adapter.send(at(an.id), one(adapter, say('x')), '1:0');
    if (sent.outcome !== 'ok') throw new Error('not sent');
    fake.failNext('editMessageText', status(400, `Bad Request: ${words}`));
    expect(await adapter.edit(sent.ref, one(adapter, say('y')))).toEqual({
      outcome: 'gone',
      cause: 'not-found',
    });
  });

  it('change the caption and buttons of a picture', async () => {
    const { host, adapter, an, at } = await setUp();
    const sha256 = 'b'.repeat(64);
    host.keep(sha256, PNG);
    const picture = (alt: string): Message => ({
      notice: 'n',
      blocks: [{ kind: 'image', media: { sha256, name: 'a.png', mime: 'image/png' }, alt }],
      buttons: [[{ label: 'Xem', action: 'lb:x' }]],
    });
    const sent = await adapter.send(at(an.id), one(adapter, picture('cũ')), '1:0');
    if (sent.outcome !== 'ok') throw new Error('not sent');
    await adapter.edit(sent.ref, one(adapter, { ...picture('mới'), buttons: [] }));
    expect(an.last()).toMatchObject({ text: 'mới', buttons: [], edited: true });
  });
});

describe('pictures and files', () => {
  const media = { sha256: 'c'.repeat(64), name: 'Báo cáo; "tuần".png', mime: 'image/png' };
  const image: Message = { notice: 'n', blocks: [{ kind: 'image', media, alt: 'Bảng' }] };

  it('go as a file when Telegram cannot show them', async () => {
    const { host, adapter, an, at } = await setUp();
    host.keep(media.sha256, new TextEncoder().encode('no picture at all'));
    expect((await adapter.send(at(an.id), one(adapter, image), '1:0')).outcome).toBe('ok');
    expect(an.last()).toMatchObject({ text: 'Bảng', photo: null });
    expect(an.last().document?.name).toMatch(/^Báo cáo.*tuần.*png$/);
  });

  it('are a fault of ours when the bytes are unknown', async () => {
    const { fake, adapter, an, at } = await setUp();
    expect(await adapter.send(at(an.id), one(adapter, image), '1:0')).toMatchObject({
      outcome: 'bug',
    });
    expect(fake.calls.some((c) => c.method === 'sendPhoto')).toBe(false);
  });
});

describe('groups', () => {
  it('get messages in the topic asked for, or in the general one when it is deleted', async () => {
    const { fake, adapter, an, at } = await setUp();
    const room = fake.group({ title: 'Khoa', forum: true });
    room.add(an);
    const topic = room.topic();
    const page = one(adapter, say('bảng'));
    await adapter.send(at(room.id, topic), page, '1:0');
    room.deleteTopic(topic);
    const second = await adapter.send(at(room.id, topic), page, '1:0');
    expect(room.messages().map((m) => m.topic)).toEqual([topic, null]);
    expect(second).toMatchObject({ outcome: 'ok', ref: { at: at(room.id) } });
  });

  it('are told apart from people by the pace, which never allows 21 messages a minute', () => {
    const rate = PACE.chat({ platform: 'telegram', tenant: '1', chat: '-5' });
    expect(rate.burst + Math.ceil(60_000 / rate.intervalMs)).toBeLessThanOrEqual(20);
    const person = PACE.chat({ platform: 'telegram', tenant: '1', chat: '5' });
    expect(person.intervalMs).toBe(1000);
  });
});

describe('downloads', () => {
  it('refuse what is too large before asking', async () => {
    const { fake, adapter } = await setUp();
    const file = {
      ref: 'x',
      kind: 'file',
      name: 'x',
      mime: 'x/y',
      size: 21 * 1024 * 1024,
    } as const;
    await expect(adapter.download(file)).rejects.toThrow(/larger than/);
    expect(fake.calls.some((c) => c.method === 'getFile')).toBe(false);
  });

  it('read the disk of a self-hosted server in local mode', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'telegram-local-'));
    const path = join(folder, 'anh.jpg');
    await writeFile(path, PNG);
    const fake = await startFakeTelegram({ localPath: () => path });
    const adapter = telegramOn(fake);
    const host = createRecordingHost();
    onTestFinished(async () => {
      await adapter.stop();
      await fake.close();
      await rm(folder, { recursive: true });
    });
    await adapter.start(host);
    fake.user({ name: 'An' }).sendPhoto(PNG);
    const event = await host.next();
    if (event.kind !== 'attachment') throw new Error('no photo');
    expect(Buffer.from(await adapter.download(event.file))).toEqual(Buffer.from(PNG));
  });

  it('do not give the token away when the network fails', async () => {
    const { fake, host, adapter, an } = await setUp();
    an.sendPhoto(PNG);
    const event = await host.next((e) => e.kind === 'attachment');
    if (event.kind !== 'attachment') throw new Error('no photo');
    fake.failNext('getFile', { kind: 'reset' });
    const error = await adapter.download(event.file).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Error);
    const { message, cause } = error as Error;
    expect(`${message} ${JSON.stringify(cause)}`).not.toContain('fake-token');
  });
});

describe('presses', () => {
  it('too old to be answered are handled all the same', async () => {
    const { fake, host, adapter, an, at } = await setUp();
    const buttons = [[{ label: 'Xong', action: 'q:x' }]];
    await adapter.send(at(an.id), one(adapter, { ...say('x'), buttons }), '1:0');
    const description = 'Bad Request: query is too old and response timeout expired';
    fake.failNext('answerCallbackQuery', status(400, description));
    an.press('Xong');
    await host.next((e) => e.kind === 'press');
    await fake.called('answerCallbackQuery');
    await fake.updates.settled();
    expect(host.lines.filter((l) => l.level === 'warn' || l.level === 'error')).toEqual([]);
  });
});
