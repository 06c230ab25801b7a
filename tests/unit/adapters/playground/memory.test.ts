import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../adapters/playground/limits.ts';
import type { Entry } from '../../../../adapters/playground/types.ts';
import { PNG } from '../../../contract/adapter-suite.ts';
import { type ServedPlayground, servePlayground } from '../../../support/playground-harness.ts';
import { createRecordingHost } from '../../../support/recording-host.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** One run of the process with this folder. */
async function run<T>(
  work: (served: ServedPlayground, host: ReturnType<typeof createRecordingHost>) => Promise<T>,
): Promise<T> {
  const served = await servePlayground(folder);
  served.people.push({ id: 1, name: 'An', unit: null, role: 'staff' });
  const host = createRecordingHost();
  await served.playground.start(host);
  try {
    return await work(served, host);
  } finally {
    await served.playground.stop();
    await served.close();
  }
}
const post = (url: string, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const say = ({ url }: ServedPlayground, text: string) =>
  post(`${url}api/events`, {
    delivery: crypto.randomUUID(),
    language: 'vi',
    user: 'p1',
    chat: 'p1',
    kind: 'text',
    text,
  });
const chat = async ({ url }: ServedPlayground): Promise<Entry[]> =>
  (await (await fetch(`${url}api/chats/p1`)).json()) as Entry[];
const journal = () => join(folder, 'transcript.jsonl');
const to = { platform: 'playground', tenant: 'local', chat: 'p1' };

describe('a restart', () => {
  it('keeps chats, edits, accounts, groups and uploads', async () => {
    const before = await run(async (served) => {
      await say(served, 'trước khi khởi động lại');
      const [page] = served.playground.paginate({ notice: 'a', blocks: [] });
      const [changed] = served.playground.paginate({ notice: 'b', blocks: [] });
      if (!page || !changed) throw new Error('no page');
      const sent = await served.playground.send(to, page, '1:0');
      if (sent.outcome !== 'ok') throw new Error('not sent');
      await served.playground.edit(sent.ref, changed);
      await post(`${served.url}api/accounts`, { name: 'Chi', phone: '0912345678' });
      const query = new URLSearchParams({
        delivery: crypto.randomUUID(),
        language: 'vi',
        user: 'p1',
        chat: 'p1',
        as: 'photo',
        name: 'anh.png',
      });
      await fetch(`${served.url}api/files?${query}`, { method: 'POST', body: Buffer.from(PNG) });
      return { chat: await chat(served), ref: sent.ref };
    });
    await run(async (served, host) => {
      expect(await chat(served)).toEqual(before.chat);
      expect(before.chat).toHaveLength(3);
      const file = before.chat[2]?.body;
      if (file?.kind !== 'file') throw new Error('no file');
      const { ref, as: kind, name, mime, size } = file;
      const bytes = await served.playground.download({ ref, kind, name, mime, size });
      expect(new Uint8Array(bytes)).toEqual(PNG);
      const state = await (await fetch(`${served.url}api/state`)).json();
      expect(state).toMatchObject({ accounts: [{ user: 'n1', name: 'Chi' }, { user: 'p1' }] });
      const [page] = served.playground.paginate({ notice: 'c', blocks: [] });
      if (!page) throw new Error('no page');
      expect((await served.playground.edit(before.ref, page)).outcome).toBe('ok');
      await say(served, 'sau');
      const seqs = (await chat(served)).map((entry) => entry.seq);
      expect(new Set(seqs).size).toBe(4);
      expect(host.lines.filter((line) => line.level === 'warn')).toEqual([]);
    });
  });

  it('survives a line that was cut short', async () => {
    await run((served) => say(served, 'nguyên vẹn'));
    await appendFile(journal(), '{"kind":"entry","entry":{"id":"m9"');
    await run(async (served, host) => {
      expect(await chat(served)).toMatchObject([{ body: { text: 'nguyên vẹn' } }]);
      expect(host.lines).toMatchObject([{ level: 'warn', fields: { unreadable: 1 } }]);
    });
    expect(await readFile(journal(), 'utf8')).not.toContain('m9');
  });

  it('writes anew only what is still needed', async () => {
    await run(async (served) => {
      const [page] = served.playground.paginate({ notice: 'a', blocks: [] });
      if (!page) throw new Error('no page');
      const sent = await served.playground.send(to, page, '1:0');
      if (sent.outcome !== 'ok') throw new Error('not sent');
      for (let i = 0; i < 10; i++)
        await served.playground.edit(sent.ref, { ...page, notice: `lần ${i}` });
    });
    const lines = async () => (await readFile(journal(), 'utf8')).trim().split('\n').length;
    expect(await lines()).toBe(11);
    await run(() => Promise.resolve());
    expect(await lines()).toBe(1);
  });
});

describe('room', () => {
  it('is kept by forgetting the oldest messages of a chat, with their files', async () => {
    await run(async (served) => {
      const query = new URLSearchParams({
        delivery: crypto.randomUUID(),
        language: 'vi',
        user: 'p1',
        chat: 'p1',
        as: 'file',
        name: 'cũ.txt',
      });
      await fetch(`${served.url}api/files?${query}`, { method: 'POST', body: 'x' });
      const [page] = served.playground.paginate({ notice: 'a', blocks: [] });
      if (!page) throw new Error('no page');
      const sent = await served.playground.send(to, page, '1:0');
      for (let i = 0; i < LIMITS.kept; i++) await served.playground.send(to, page, '1:0');
      expect(await chat(served)).toHaveLength(LIMITS.kept);
      if (sent.outcome !== 'ok') throw new Error('not sent');
      expect(await served.playground.edit(sent.ref, page)).toEqual({
        outcome: 'gone',
        cause: 'not-found',
      });
      while ((await readdir(join(folder, 'files'))).length > 0) await new Promise(setImmediate);
    });
  });

  it('that has run out is said once, and the chats go on', async () => {
    await writeFile(join(folder, 'transcript.jsonl'), '');
    await run(async (served, host) => {
      await rm(folder, { recursive: true });
      await say(served, 'một');
      await say(served, 'hai');
      expect(await chat(served)).toHaveLength(2);
      await served.playground.stop();
      const warnings = host.lines.filter((line) => line.level === 'warn');
      expect(warnings).toMatchObject([{ text: expect.stringContaining('cannot be saved') }]);
    });
  });
});
