import { Api } from 'grammy';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type FakeTelegramOptions,
  startFakeTelegram,
  TELEGRAM_LIMITS,
} from '../../fakes/telegram/index.ts';

/** The fake is worth as much as what it refuses. */
async function setUp(options: FakeTelegramOptions = {}) {
  const fake = await startFakeTelegram(options);
  onTestFinished(() => fake.close());
  const api = new Api(fake.token, { apiRoot: fake.url });
  const an = fake.user({ name: 'An' });
  an.start();
  const call = async (method: string, params: object) => {
    const response = await fetch(`${fake.url}/bot${fake.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    });
    return (await response.json()) as { ok: boolean; error_code?: number; description?: string };
  };
  return { fake, api, an, call };
}

const keyboard = (rows: { text: string; callback_data: string }[][]) => ({
  reply_markup: { inline_keyboard: rows },
});
const key = (text: string, callback_data = 'x') => ({ text, callback_data });

describe('refuses', () => {
  it.each<[string, string, object, RegExp]>([
    ['an unknown method', 'sendTelegram', {}, /method not found/],
    ['an unknown parameter', 'sendMessage', { text: 'x', txet: 'y' }, /wrong parameter/],
    ['a missing parameter', 'sendMessage', {}, /wrong parameter text/],
    ['no text', 'sendMessage', { text: '' }, /text is empty/],
    ['blanks only', 'sendMessage', { text: ' \n\u200b' }, /text is empty/],
    ['blanks in tags', 'sendMessage', { text: '<b> </b>', parse_mode: 'HTML' }, /text is empty/],
    ['4,097 characters', 'sendMessage', { text: 'a'.repeat(4097) }, /message is too long/],
    ['an open tag', 'sendMessage', { text: '<b>x', parse_mode: 'HTML' }, /can't find end tag/],
    ['a stray end tag', 'sendMessage', { text: 'x</b>', parse_mode: 'HTML' }, /unexpected end tag/],
    ['crossed tags', 'sendMessage', { text: '<b><i>x</b></i>', parse_mode: 'HTML' }, /unmatched/],
    ['an unknown tag', 'sendMessage', { text: '<h1>x</h1>', parse_mode: 'HTML' }, /unsupported/],
    ['a bare <', 'sendMessage', { text: '1 < 2', parse_mode: 'HTML' }, /can't parse entities/],
    ['half a surrogate pair', 'sendMessage', { text: 'a\ud83d' }, /UTF-8/],
    [
      '65 bytes of an action',
      'sendMessage',
      { text: 'x', ...keyboard([[key('a', 'đ'.repeat(33))]]) },
      /BUTTON_DATA_INVALID/,
    ],
    [
      'no action',
      'sendMessage',
      { text: 'x', ...keyboard([[key('a', '')]]) },
      /BUTTON_DATA_INVALID/,
    ],
    ['an empty label', 'sendMessage', { text: 'x', ...keyboard([[key(' ')]]) }, /text is empty/],
    [
      '101 buttons',
      'sendMessage',
      { text: 'x', ...keyboard(Array.from({ length: 101 }, () => [key('a')])) },
      /too long/,
    ],
    [
      'nine in a row',
      'sendMessage',
      { text: 'x', ...keyboard([Array.from({ length: 9 }, () => key('a'))]) },
      /8 buttons/,
    ],
    [
      'a toast over 200',
      'answerCallbackQuery',
      { callback_query_id: 'q', text: 'a'.repeat(201) },
      /wrong parameter/,
    ],
    ['an unknown press', 'answerCallbackQuery', { callback_query_id: 'q' }, /query is too old/],
    [
      'a bad command',
      'setMyCommands',
      { commands: [{ command: 'Báo', description: 'x' }] },
      /BOT_COMMAND_INVALID/,
    ],
    ['a webhook without TLS', 'setWebhook', { url: 'http://example.org' }, /HTTPS/],
    ['an unknown file', 'getFile', { file_id: 'x' }, /wrong file_id/],
    ['an edit of nothing', 'editMessageText', { message_id: 999, text: 'x' }, /to edit not found/],
  ])('%s', async (_name, method, params, words) => {
    const { call, an } = await setUp();
    const chat = /^(send|edit)/.test(method) ? { chat_id: an.id } : {};
    const answer = await call(method, { ...chat, ...params });
    expect(answer).toMatchObject({ ok: false, description: expect.stringMatching(words) });
  });

  it('a wrong token', async () => {
    const { fake } = await setUp();
    const api = new Api('1:wrong', { apiRoot: fake.url });
    await expect(api.getMe()).rejects.toMatchObject({ error_code: 401 });
  });

  it('a number asked for in a group, and the edit of a message of somebody else', async () => {
    const { fake, api, an } = await setUp();
    const room = fake.group({ title: 'G' });
    room.add(an);
    const contact = { keyboard: [[{ text: 'Số', request_contact: true }]] };
    await expect(api.sendMessage(room.id, 'x', { reply_markup: contact })).rejects.toMatchObject({
      description: expect.stringMatching(/private chats only/),
    });
    const said = an.say('của tôi');
    await expect(api.editMessageText(an.id, said, 'x')).rejects.toMatchObject({
      description: "Bad Request: message can't be edited",
    });
  });

  it('an edit to the same, markup counted', async () => {
    const { api, an } = await setUp();
    const sent = await api.sendMessage(an.id, '<b>x</b>', { parse_mode: 'HTML' });
    await expect(
      api.editMessageText(an.id, sent.message_id, '<b>x</b>', { parse_mode: 'HTML' }),
    ).rejects.toMatchObject({ description: expect.stringMatching(/message is not modified/) });
    await api.editMessageText(an.id, sent.message_id, 'x');
    expect(an.last()).toMatchObject({ text: 'x', edited: true, entities: [] });
  });
});

describe('knows who may be written to', () => {
  it('a person: started, not blocked, alive', async () => {
    const { fake, api, an } = await setUp();
    const text = (id: number) =>
      api.sendMessage(id, 'x').then(
        () => 'sent',
        (e: { description: string }) => e.description,
      );
    expect(await text(fake.user({ name: 'Lạ' }).id)).toMatch(/can't initiate conversation/);
    expect(await text(5)).toBe('Bad Request: chat not found');
    an.block();
    expect(await text(an.id)).toMatch(/blocked by the user/);
    expect(() => an.say('x')).toThrow(/blocked/);
    an.unblock();
    expect(await text(an.id)).toBe('sent');
    an.deactivate();
    expect(await text(an.id)).toMatch(/deactivated/);
  });

  it('a group: a member, under its present id, in a topic there is', async () => {
    const { fake, api, an } = await setUp();
    const room = fake.group({ title: 'G' });
    await expect(api.sendMessage(room.id, 'x')).rejects.toMatchObject({ error_code: 403 });
    room.add(an);
    await api.sendMessage(room.id, 'x');
    const old = room.id;
    room.upgrade();
    await expect(api.sendMessage(old, 'x')).rejects.toMatchObject({
      parameters: { migrate_to_chat_id: room.id },
    });
    await api.sendMessage(room.id, 'x');
    await expect(api.sendMessage(room.id, 'x', { message_thread_id: 77 })).rejects.toMatchObject({
      description: 'Bad Request: message thread not found',
    });
    room.remove(an);
    await expect(api.sendMessage(room.id, 'x')).rejects.toMatchObject({
      description: 'Forbidden: bot was kicked from the supergroup chat',
    });
  });
});

describe('limits by its clock', () => {
  it('one a second in one chat after a burst, with the wait named', async () => {
    let now = 0;
    const { api, an } = await setUp({
      limits: { clock: () => now, chat: TELEGRAM_LIMITS.chat },
    });
    for (let i = 0; i < 5; i++) await api.sendMessage(an.id, 'x');
    await expect(api.sendMessage(an.id, 'x')).rejects.toMatchObject({
      error_code: 429,
      parameters: { retry_after: 1 },
    });
    now += 1000;
    await api.sendMessage(an.id, 'x');
  });

  it('twenty a minute in one group', async () => {
    let now = 0;
    const { fake, api, an } = await setUp({ limits: { clock: () => now, groupPerMinute: 20 } });
    const room = fake.group({ title: 'G' });
    room.add(an);
    for (let i = 0; i < 20; i++) await api.sendMessage(room.id, 'x');
    now += 30_000;
    await expect(api.sendMessage(room.id, 'x')).rejects.toMatchObject({
      parameters: { retry_after: 30 },
    });
    now += 30_000;
    await api.sendMessage(room.id, 'x');
  });

  it('thirty a second over all chats', async () => {
    const { fake, api } = await setUp({ limits: { clock: () => 0, bot: TELEGRAM_LIMITS.bot } });
    const sends = Array.from({ length: 31 }, () => {
      const user = fake.user({ name: 'X' });
      user.start();
      return api.sendMessage(user.id, 'x');
    });
    const results = await Promise.allSettled(sends);
    expect(results.filter((r) => r.status === 'rejected')).toHaveLength(1);
  });

  it('a press lives fifteen seconds and is answered once', async () => {
    let now = 0;
    const { fake, api, an } = await setUp({ clock: () => now });
    await api.sendMessage(an.id, 'x', keyboard([[key('A')]]));
    const idOf = () => (fake.updates.last().body.callback_query as { id: string }).id;
    const first = an.press('A');
    await api.answerCallbackQuery(idOf(), { text: 'xong' });
    expect(await first.answered).toBe('xong');
    await expect(api.answerCallbackQuery(idOf())).rejects.toMatchObject({ error_code: 400 });
    an.press(/A/);
    now += 15_001;
    await expect(api.answerCallbackQuery(idOf())).rejects.toMatchObject({ error_code: 400 });
  });
});

describe('updates', () => {
  it('stay until an offset confirms them', async () => {
    const { api, an } = await setUp();
    an.say('một');
    const first = await api.getUpdates();
    expect(await api.getUpdates()).toEqual(first);
    const next = (first.at(-1)?.update_id ?? 0) + 1;
    expect(await api.getUpdates({ offset: next })).toEqual([]);
    expect(await api.getUpdates()).toEqual([]);
  });

  it('wake a waiting poll, and only of the kinds asked for', async () => {
    const { api, an } = await setUp();
    const started = await api.getUpdates();
    const offset = (started.at(-1)?.update_id ?? 0) + 1;
    const waiting = api.getUpdates({ offset, timeout: 20, allowed_updates: ['message'] });
    const block = new Promise((resolve) => setImmediate(resolve));
    await block;
    an.block();
    an.unblock();
    an.say('xin chào');
    expect((await waiting).map((u) => u.message?.text ?? 'other')).toContain('xin chào');
  });

  it('go to one poller only, and to none while a webhook is set', async () => {
    const { fake, api } = await setUp();
    const offset = fake.updates.last().id + 1;
    const first = api.getUpdates({ offset, timeout: 20 }).catch((e: { description: string }) => e);
    await fake.called('getUpdates');
    const second = api.getUpdates({ offset, timeout: 20 }).catch((e: { description: string }) => e);
    expect(await first).toMatchObject({ error_code: 409, description: /terminated by other/ });
    await api.setWebhook('https://example.org/hook');
    expect(await second).toMatchObject({ error_code: 409 });
    await expect(api.getUpdates()).rejects.toMatchObject({ description: /webhook is active/ });
  });

  it('come twice or in reverse when told', async () => {
    const { fake, api, an } = await setUp();
    fake.updates.hold();
    an.say('hai');
    fake.updates.duplicate();
    fake.updates.release('reversed');
    const texts = (await api.getUpdates()).map((u) => u.message?.text);
    expect(texts).toEqual(['hai', '/start', 'hai']);
  });
});

describe('faults', () => {
  it('hit the next call only, before or after it is carried out', async () => {
    const { fake, api, an } = await setUp();
    fake.failNext('sendMessage', { kind: 'status', code: 502, description: 'Bad Gateway' });
    await expect(api.sendMessage(an.id, 'a')).rejects.toMatchObject({ error_code: 502 });
    fake.failNext('sendMessage', { kind: 'reset', after: true });
    await expect(api.sendMessage(an.id, 'b')).rejects.toThrow();
    await api.sendMessage(an.id, 'c');
    expect(an.messages().map((m) => m.text)).toEqual(['b', 'c']);
  });
});

describe('people', () => {
  it('see texts without markup, and wait for what comes after they acted', async () => {
    const { api, an } = await setUp();
    await api.sendMessage(an.id, 'trước');
    an.say('hỏi');
    const reply = an.reply((m) => m.text.startsWith('đáp'));
    await api.sendMessage(an.id, 'khác');
    await api.sendMessage(an.id, '<b>đáp</b> &lt;', { parse_mode: 'HTML' });
    expect(await reply).toMatchObject({ text: 'đáp <', entities: [{ type: 'bold', length: 3 }] });
  });

  it('write long texts in several messages, as clients do', async () => {
    const { api, an } = await setUp();
    an.say('a'.repeat(10_000));
    const updates = await api.getUpdates();
    expect(updates.slice(1).map((u) => u.message?.text?.length)).toEqual([4096, 4096, 1808]);
  });

  it('cannot press what is not shown', async () => {
    const { api, an } = await setUp();
    const sent = await api.sendMessage(an.id, 'x', keyboard([[key('Có')]]));
    await api.editMessageReplyMarkup(an.id, sent.message_id);
    expect(() => an.press('Có')).toThrow(/no button Có/);
  });
});
