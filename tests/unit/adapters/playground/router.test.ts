import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../../adapters/playground/types.ts';
import { PNG } from '../../../contract/adapter-suite.ts';
import { type ServedPlayground, servePlayground } from '../../../support/playground-harness.ts';
import { createRecordingHost, type RecordingHost } from '../../../support/recording-host.ts';

let served: ServedPlayground;
let host: RecordingHost;
beforeEach(async () => {
  served = await servePlayground();
  served.people.push(
    { id: 1, name: 'Nguyễn Văn An', unit: 'Viện Triết học', role: 'staff', phone: '0912345678' },
    { id: 2, name: 'Trần Thị Bình', unit: 'Viện Triết học', role: 'head' },
  );
  served.rooms.push({ chat: 'unit-1', title: 'Viện Triết học' });
  host = createRecordingHost();
  await served.playground.start(host);
});
afterEach(async () => {
  await served.playground.stop();
  await served.close();
});

/** A request with headers that `fetch` would not let through. */
function raw(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {} } = options;
    const sending = request(`${served.url}${path}`, { method, headers }, (response) => {
      let text = '';
      response.on('data', (part) => {
        text += String(part);
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sending.on('error', reject);
    sending.end(options.body);
  });
}

async function post(path: string, body: unknown): Promise<{ status: number; answer: unknown }> {
  const headers = { 'content-type': 'application/json' };
  const { status, text } = await raw(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status, answer: JSON.parse(text) };
}
const act = (action: Record<string, unknown>) =>
  post('api/events', {
    delivery: randomUUID(),
    language: 'vi',
    user: 'p1',
    chat: 'p1',
    kind: 'text',
    text: 'xin chào',
    ...action,
  });
const upload = (bytes: Uint8Array, about: Record<string, string> = {}, type = 'image/png') => {
  const query = new URLSearchParams({
    delivery: randomUUID(),
    language: 'vi',
    user: 'p1',
    chat: 'p1',
    as: 'photo',
    name: 'anh.png',
    ...about,
  });
  const headers = { 'content-type': type };
  return fetch(`${served.url}api/files?${query}`, {
    method: 'POST',
    headers,
    body: Buffer.from(bytes),
  });
};
const chat = async (id: string): Promise<Entry[]> =>
  (await (await fetch(`${served.url}api/chats/${id}`)).json()) as Entry[];

describe('who may use the page', () => {
  it.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST'])(
    'answers the host %s',
    async (name) => {
      expect((await raw('api/state', { headers: { host: name } })).status).toBe(200);
    },
  );

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:3000', '10.0.0.1'])(
    'refuses the host %s, as a rebound name would give',
    async (name) => {
      const { status, text } = await raw('api/state', { headers: { host: name } });
      expect([status, text]).toEqual([403, '{"error":"foreign-host"}']);
    },
  );

  it('refuses requests made by other sites, and makes nothing of them', async () => {
    const body = JSON.stringify({ name: 'Kẻ lạ', phone: null });
    const foreign: Record<string, string>[] = [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:1' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const { status } = await raw('api/accounts', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      expect([headers, status]).toEqual([headers, 403]);
    }
    expect((await raw('api/state')).text).not.toContain('Kẻ lạ');
  });

  it('takes requests of its own page, and links to it from anywhere', async () => {
    const origin = new URL(served.url).origin;
    const own = await raw('api/accounts', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ name: 'Lê Chi', phone: null }),
    });
    expect(own.status).toBe(201);
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await raw('', { headers: link })).status).toBe(200);
  });

  it('lets the page load and run only what is its own', async () => {
    const { headers, text } = await raw('');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(text).not.toMatch(/<script(?![^>]*src=)|\son\w+=|\sstyle=/);
  });

  it('leads to the address with the slash, query kept', async () => {
    const { status, headers } = await raw('../playground?start=abc');
    expect([status, headers.location]).toEqual([308, '/playground/?start=abc']);
  });
});

describe('what is posted', () => {
  it.each([
    { kind: 'dance' },
    { text: '' },
    { delivery: 'x' },
    { language: 'fr' },
    { extra: 1 },
    { text: 'x'.repeat(20_001) },
  ])('is refused when it is not an action: %o', async (change) => {
    expect(await act(change)).toEqual({ status: 400, answer: { error: 'bad-request' } });
    expect(host.calls).toEqual([]);
  });

  it('is refused when it is too large or no JSON', async () => {
    expect((await act({ text: 'x'.repeat(70_000) })).answer).toEqual({ error: 'too-large' });
    const headers = { 'content-type': 'application/json' };
    expect((await raw('api/events', { method: 'POST', headers, body: '{' })).status).toBe(400);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await raw('api/events', { method: 'POST', headers: form, body: 'a=1' })).status).toBe(
      400,
    );
  });

  it('is refused for accounts, chats and messages that are not there or not theirs', async () => {
    expect((await act({ user: 'p9', chat: 'p9' })).answer).toEqual({ error: 'no-account' });
    expect((await act({ chat: 'unit-9' })).answer).toEqual({ error: 'no-chat' });
    expect((await act({ chat: 'p2' })).answer).toEqual({ error: 'no-chat' });
    await act({});
    const [entry] = await chat('p1');
    const theirs = { user: 'p2', chat: 'p2', message: entry?.id, text: 'sửa' };
    expect((await act({ ...theirs, kind: 'edit' })).answer).toEqual({ error: 'no-message' });
    expect((await chat('p1'))[0]?.body).toEqual({ kind: 'text', text: 'xin chào' });
  });

  it('is the same event when it is repeated, shown once', async () => {
    const delivery = randomUUID();
    host.answer({ toast: 'một lần' });
    const first = await act({ delivery });
    const second = await act({ delivery });
    expect(second).toEqual(first);
    expect(host.calls[1]).toEqual(host.calls[0]);
    expect(await chat('p1')).toHaveLength(1);
  });

  it('is marked as not taken until a repetition is', async () => {
    const delivery = randomUUID();
    host.failNext(1);
    expect(await act({ delivery })).toEqual({ status: 503, answer: { error: 'not-taken' } });
    expect(await chat('p1')).toMatchObject([{ failed: true, delivery }]);
    expect((await act({ delivery })).status).toBe(200);
    expect(await chat('p1')).toMatchObject([{ failed: false }]);
  });

  it('is refused where the bot is blocked or was removed, until it is back', async () => {
    await act({ kind: 'block', text: undefined });
    expect((await act({})).answer).toEqual({ error: 'blocked' });
    await act({ kind: 'unblock', text: undefined });
    expect((await act({})).status).toBe(200);
    await act({ kind: 'remove-bot', chat: 'unit-1', text: undefined });
    expect((await act({ chat: 'unit-1' })).answer).toEqual({ error: 'bot-removed' });
    await act({ kind: 'add-bot', chat: 'unit-1', text: undefined });
    expect((await act({ chat: 'unit-1' })).status).toBe(200);
  });

  it('is refused once the adapter has stopped', async () => {
    await served.playground.stop();
    expect(await act({})).toEqual({ status: 503, answer: { error: 'stopping' } });
  });
});

describe('files', () => {
  it('are kept to the byte, pictures shown, the rest only ever saved', async () => {
    const page = new TextEncoder().encode('<script>alert(1)</script>');
    expect((await upload(PNG)).status).toBe(200);
    expect((await upload(page, { as: 'file', name: 'trang.html' }, 'text/html')).status).toBe(200);
    const refs = (await chat('p1')).map((e) => (e.body.kind === 'file' ? e.body : null));
    expect(refs).toMatchObject([{ mime: 'image/png' }, { mime: 'text/html', name: 'trang.html' }]);
    const picture = await fetch(`${served.url}files/${refs[0]?.ref}?name=anh.png`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(PNG);
    const html = await fetch(`${served.url}files/${refs[1]?.ref}?name=trang.html`);
    expect(html.headers.get('content-type')).toBe('application/octet-stream');
    expect(html.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(html.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('are refused when too large, empty, or a photo that is none', async () => {
    const error = async (response: Response) => [response.status, await response.json()];
    const large = new Uint8Array(20 * 1024 * 1024 + 1);
    expect(await error(await upload(large))).toEqual([413, { error: 'too-large' }]);
    expect(await error(await upload(new Uint8Array()))).toEqual([400, { error: 'empty-file' }]);
    const text = new TextEncoder().encode('không phải ảnh');
    expect(await error(await upload(text))).toEqual([415, { error: 'not-a-picture' }]);
    expect(host.calls).toEqual([]);
  });

  it('are found by their reference only', async () => {
    const paths = [
      'files/nope',
      'files/..%2Ftranscript.jsonl',
      `media/${'a'.repeat(64)}`,
      'media/x',
    ];
    for (const path of paths) expect([path, (await raw(path)).status]).toEqual([path, 404]);
  });
});

describe('accounts, groups and the clock', () => {
  it('makes an account that keeps the first number it shares as its own', async () => {
    const made = await post('api/accounts', { name: '  Lê Chi  ', phone: null });
    expect(made).toEqual({ status: 201, answer: { user: 'n1' } });
    const share = (phone: string) =>
      act({ user: 'n1', chat: 'n1', kind: 'contact', phone, text: undefined });
    await share('0987 654 321');
    await share('0911 111 111');
    await share('0987654321');
    expect(host.events).toMatchObject([{ own: true }, { own: false }, { own: true }]);
    expect(host.events[0]).toMatchObject({ from: { name: 'Lê Chi' } });
  });

  it('makes a group with the bot in it', async () => {
    const by = { delivery: randomUUID(), user: 'p2', language: 'vi' };
    expect((await post('api/rooms', { ...by, title: 'Khoa mới' })).answer).toEqual({ chat: 'g1' });
    expect(host.events).toMatchObject([
      { kind: 'joined', title: 'Khoa mới', where: { chat: 'g1' }, audience: 'group' },
    ]);
  });

  it('moves the clock in its zone, forward only', async () => {
    const moved = await post('api/clock', { to: '2024-03-11T08:00:00' });
    expect(moved.answer).toEqual({ now: '2024-03-11T08:00:00+07:00[Asia/Ho_Chi_Minh]' });
    expect(served.moves).toEqual(['2024-03-11T08:00:00[Asia/Ho_Chi_Minh]']);
    for (const to of ['2024-03-11T08:00:00', '2024-03-11T07:59', '2023-12-31T23:00:00'])
      expect(await post('api/clock', { to })).toEqual({
        status: 409,
        answer: { error: 'backwards' },
      });
    expect((await post('api/clock', { to: 'mai' })).status).toBe(400);
    expect(served.moves).toHaveLength(1);
  });
});

describe('real time', () => {
  it('is shown and not moved', async () => {
    const real = await servePlayground(null, false);
    await real.playground.start(createRecordingHost());
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ to: '2030-01-01T08:00:00' });
    const response = await fetch(`${real.url}api/clock`, { method: 'POST', headers, body });
    expect([response.status, await response.json()]).toEqual([409, { error: 'not-movable' }]);
    const state = await (await fetch(`${real.url}api/state`)).json();
    expect(state).toMatchObject({ movable: false });
    await real.playground.stop();
    await real.close();
  });
});

describe('live', () => {
  it('tells every open page what is said, changed and moved, and ends with the adapter', async () => {
    const response = await fetch(`${served.url}api/live`);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (wanted: RegExp): Promise<void> => {
      while (!wanted.test(text)) {
        const part = await reader?.read();
        if (!part || part.done) throw new Error(`ended before ${wanted}: ${text}`);
        text += part.value;
      }
    };
    await until(/event: clock\ndata: \{"now":"2024-03-07T09:15/);
    await act({ text: 'một\ndòng hai' });
    await until(/event: entry\ndata: .*một\\ndòng hai/);
    const page = served.playground.paginate({ notice: 'Kính chào', blocks: [] })[0];
    if (!page) throw new Error('no page');
    const to = { platform: 'playground', tenant: 'local', chat: 'p1' };
    await served.playground.send(to, page, '1:0');
    await until(/event: entry\ndata: .*Kính chào/);
    await post('api/accounts', { name: 'Lê Chi', phone: null });
    await until(/event: people/);
    await post('api/clock', { to: '2024-03-08T08:00:00' });
    await until(/event: clock\ndata: \{"now":"2024-03-08T08:00/);
    await served.playground.stop();
    await expect(until(/never/)).rejects.toThrow(/ended/);
  });
});
