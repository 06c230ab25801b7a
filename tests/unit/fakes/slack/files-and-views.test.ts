import { describe, expect, it } from 'vitest';
import { fileJson } from '../../../fakes/slack/json.ts';
import { channel, codeOf, direct, person, setUp, without } from './support.ts';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);

type Setting = Awaited<ReturnType<typeof setUp>>;

async function put({ client }: Setting, name: string, bytes: Uint8Array<ArrayBuffer>) {
  const { upload_url: url = '', file_id: id = '' } = await client.files.getUploadURLExternal({
    filename: name,
    length: bytes.length,
  });
  const post = (body: Uint8Array<ArrayBuffer>) => fetch(url, { method: 'POST', body });
  return { id, post };
}

async function uploaded(setting: Setting, name: string, bytes: Uint8Array<ArrayBuffer>) {
  const { id, post } = await put(setting, name, bytes);
  expect((await post(bytes)).status).toBe(200);
  await setting.client.files.completeUploadExternal({ files: [{ id, title: name }] });
  return id;
}

const showing = (id: string) => ({
  text: 'x',
  blocks: [{ type: 'image' as const, alt_text: 'a', slack_file: { id } }],
});

describe('files', () => {
  it('are uploaded in three steps, none of which can be left out', async () => {
    const setting = await setUp();
    const { client, world } = setting;
    const { dm } = direct(world);
    const { id, post } = await put(setting, 'bảng.png', PNG);
    const complete = () => client.files.completeUploadExternal({ files: [{ id }] });
    const show = () => client.chat.postMessage({ channel: dm.id, ...showing(id) });
    expect(await codeOf(complete())).toBe('invalid_arguments');
    expect((await post(new Uint8Array([1]))).status).toBe(400);
    expect((await post(PNG)).status).toBe(200);
    expect((await post(PNG)).status).toBe(400);
    expect(await codeOf(show())).toBe('invalid_blocks');
    await complete();
    expect(await codeOf(show())).toBeNull();
    expect(await codeOf(complete())).toBe('invalid_arguments');
  });

  it('are not handed out without the right to read files', async () => {
    const { world, fake } = await setUp(without('files:read'));
    const { user, dm } = direct(world);
    const file = world.keepFile(user.id, 'ảnh.jpg', 'image/jpeg', PNG);
    world.add({ channel: dm.id, user: user.id, files: [file] });
    const url = String(fileJson(world, file).url_private_download);
    const answer = await fetch(url, { headers: { authorization: `Bearer ${fake.botToken}` } });
    expect(answer.headers.get('content-type')).toMatch('text/html');
  });

  it('are uploaded without the token', async () => {
    const { client, fake } = await setUp();
    const { upload_url: url = '' } = await client.files.getUploadURLExternal({
      filename: 'a.png',
      length: PNG.length,
    });
    const headers = { authorization: `Bearer ${fake.botToken}` };
    expect((await fetch(url, { method: 'POST', body: PNG, headers })).status).toBe(400);
  });

  it('of a picture are looked at before a block may show them', async () => {
    const setting = await setUp({ picturePolls: 2 });
    const { client, world } = setting;
    const { dm } = direct(world);
    const id = await uploaded(setting, 'bảng.png', PNG);
    const type = async () => (await client.files.info({ file: id })).file?.mimetype;
    expect(await type()).toBe('');
    const show = () => client.chat.postMessage({ channel: dm.id, ...showing(id) });
    expect(await codeOf(show())).toBe('invalid_blocks');
    expect(await type()).toBe('');
    expect(await type()).toBe('image/png');
    expect(await codeOf(show())).toBeNull();
  });

  it('that are no pictures appear by their address, not in a block', async () => {
    const setting = await setUp();
    const { client, world } = setting;
    const { dm } = direct(world);
    const id = await uploaded(setting, 'số liệu.xlsx', new Uint8Array([1, 2]));
    const post = (content: { text: string; blocks?: never }) =>
      client.chat.postMessage({ channel: dm.id, ...content });
    const picture = client.chat.postMessage({ channel: dm.id, ...showing(id) });
    expect(await codeOf(picture)).toBe('invalid_blocks');
    const { file } = await client.files.info({ file: id });
    await post({ text: `Xem <${file?.permalink}|tệp>` });
    expect(
      world
        .byBot(dm.id)
        .at(-1)
        ?.files.map((f) => f.name),
    ).toEqual(['số liệu.xlsx']);
  });

  it('are handed out to the bot where it may see them, else the page to sign in', async () => {
    const { client, world, fake } = await setUp();
    const { user, dm } = direct(world);
    const file = world.keepFile(user.id, 'ảnh.jpg', 'image/jpeg', PNG);
    expect(await codeOf(client.files.info({ file: file.id }))).toBe('file_not_found');
    world.add({ channel: dm.id, user: user.id, files: [file] });
    const { file: seen } = await client.files.info({ file: file.id });
    const get = (token: string | null) =>
      fetch(seen?.url_private_download ?? '', {
        headers: token === null ? {} : { authorization: `Bearer ${token}` },
      });
    const mine = await get(fake.botToken);
    expect(new Uint8Array(await mine.arrayBuffer())).toEqual(PNG);
    for (const token of [null, 'xoxb-another']) {
      const other = await get(token);
      expect(other.status).toBe(200);
      expect(other.headers.get('content-type')).toMatch('text/html');
    }
    file.state = 'deleted';
    expect(await codeOf(client.files.info({ file: file.id }))).toBe('file_deleted');
  });
});

const modal = (title = 'Báo cáo') => ({
  type: 'modal' as const,
  title: { type: 'plain_text' as const, text: title },
  blocks: [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'x' } }],
});
const home = { type: 'home' as const, blocks: modal().blocks };

describe('modals', () => {
  it('are opened once, within three seconds of a click', async () => {
    let now = 1_700_000_000_000;
    const { client, world } = await setUp({ clock: () => now });
    const an = person(world, 'An');
    const open = (trigger_id: string) => client.views.open({ trigger_id, view: modal() });
    expect(await codeOf(open('1.2.3'))).toBe('invalid_trigger_id');
    const used = world.trigger(an.id);
    await open(used);
    expect(await codeOf(open(used))).toBe('exchanged_trigger_id');
    const old = world.trigger(an.id);
    now += 3001;
    expect(await codeOf(open(old))).toBe('expired_trigger_id');
    expect(world.openModals(an.id)).toHaveLength(1);
  });

  it('are refused for what Slack refuses, and the click stays good', async () => {
    const { client, world } = await setUp();
    const an = person(world, 'An');
    const trigger_id = world.trigger(an.id);
    const open = (view: object) => client.apiCall('views.open', { trigger_id, view });
    expect(await codeOf(open(modal('a'.repeat(25))))).toBe('invalid_arguments');
    expect(await codeOf(open(home))).toBe('invalid_arguments');
    expect(await codeOf(open({ ...modal(), private_metadata: 'a'.repeat(3001) }))).toBe(
      'invalid_arguments',
    );
    expect(await codeOf(open(modal()))).toBeNull();
  });

  it('are replaced by their id, unless another change came between', async () => {
    const { client, world } = await setUp();
    const an = person(world, 'An');
    const trigger_id = world.trigger(an.id);
    const { view } = await client.views.open({ trigger_id, view: modal() });
    const update = (view_id: string, hash?: string) =>
      client.views.update({
        view_id,
        view: modal('Đã ghi'),
        ...(hash === undefined ? {} : { hash }),
      });
    const id = view?.id ?? '';
    expect(await codeOf(update('V404'))).toBe('not_found');
    await update(id, view?.hash);
    expect(await codeOf(update(id, view?.hash))).toBe('hash_conflict');
    expect(world.openModals(an.id)[0]?.view.title).toMatchObject({ text: 'Đã ghi' });
    for (const open of world.openModals(an.id)) open.closed = true;
    expect(await codeOf(update(id))).toBe('not_found');
  });

  it('are stacked three high', async () => {
    const { client, world } = await setUp();
    const an = person(world, 'An');
    const push = () => client.views.push({ trigger_id: world.trigger(an.id), view: modal('Thêm') });
    expect(await codeOf(push())).toBe('not_found');
    await client.views.open({ trigger_id: world.trigger(an.id), view: modal() });
    await push();
    await push();
    expect(await codeOf(push())).toBe('push_limit_reached');
    expect(world.openModals(an.id)).toHaveLength(3);
  });
});

describe("a person's own page", () => {
  it('is published with the hash of the last one, or without', async () => {
    const { client, world, fake } = await setUp();
    const an = person(world, 'An');
    const publish = (user_id: string, hash?: string) =>
      client.views.publish({ user_id, view: home, ...(hash === undefined ? {} : { hash }) });
    const { view } = await publish(an.id);
    await publish(an.id, view?.hash);
    expect(await codeOf(publish(an.id, view?.hash))).toBe('hash_conflict');
    expect(await codeOf(publish(an.id))).toBeNull();
    expect(await codeOf(publish(fake.botUserId))).toBe('user_not_found');
  });
});

describe('a response_url', () => {
  it('is good five times in thirty minutes', async () => {
    let now = 1_700_000_000_000;
    const { world } = await setUp({ clock: () => now });
    const an = person(world, 'An');
    const { id } = channel(world);
    const post = async (url: string, body: object) => {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
      return response.status === 200 ? 'ok' : ((await response.json()) as { error: string }).error;
    };
    const url = world.responseUrl(id, an.id);
    for (let i = 0; i < 5; i++) expect(await post(url, { text: 'x' })).toBe('ok');
    expect(await post(url, { text: 'x' })).toBe('used_url');
    expect(world.byBot(id, an.id)).toHaveLength(5);
    expect(world.byBot(id)).toEqual([]);
    const other = world.responseUrl(id, an.id);
    expect(await post(other, {})).toBe('no_text');
    expect(await post(other, { text: 'x', txet: 'y' })).toBe('invalid_arguments');
    expect(await post(other, { text: 'x', replace_original: true })).toBe('message_not_found');
    now += 30 * 60_000 + 1;
    expect(await post(other, { text: 'x' })).toBe('expired_url');
  });

  it('replaces the message that was pressed', async () => {
    const { client, world } = await setUp();
    const { user, dm } = direct(world);
    const { ts = '' } = await client.chat.postMessage({ channel: dm.id, text: 'cũ' });
    const url = world.responseUrl(dm.id, user.id, world.find(dm.id, ts) ?? null);
    const post = (body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body) });
    await post({ text: 'mới', replace_original: true });
    expect(world.find(dm.id, ts)?.text).toBe('mới');
    await post({ delete_original: true });
    expect(world.find(dm.id, ts)).toBeUndefined();
  });
});
