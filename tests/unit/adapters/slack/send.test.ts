import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SlackPage } from '../../../../adapters/slack/page.ts';
import { paginate } from '../../../../adapters/slack/render.ts';
import { editPage, sendPage } from '../../../../adapters/slack/send.ts';
import type { Address, Block, Delivery, Message, MessageRef } from '../../../../src/chat/index.ts';
import type { Fault } from '../../../fakes/slack/faults.ts';
import { PNG, SHA, workspace } from './kit.ts';
import { anyMessage } from './messages.ts';

const text = (said: string): Block => ({ kind: 'text', text: [said] });
const media = { sha256: SHA, name: 'bao_cao *tuần 3*.png', mime: 'image/png' };
const picture: Block = { kind: 'image', media, alt: 'Bảng tuần 3' };
const file: Block = { kind: 'file', media };

function pageOf(...blocks: Block[]): SlackPage {
  const [page] = paginate({ notice: 'n <@U0AN00001>', blocks });
  if (!page) throw new Error('no page');
  return page;
}
const refOf = (delivery: Delivery): MessageRef => {
  if (delivery.outcome !== 'ok') throw new Error(JSON.stringify(delivery));
  return delivery.ref;
};

describe('sending', () => {
  it('is one message with its mark, and nothing typed comes alive', async () => {
    const { reach, room, seen, calls } = await workspace();
    const typed = '<!channel> *đậm* <@U0AN00001> https://hcma.vn :wave:';
    const sent = await sendPage(reach, room, pageOf(text(typed)), '7:0');
    const [message] = seen(room);
    expect(sent).toEqual({ outcome: 'ok', ref: { at: room, id: message?.ts } });
    expect(message).toMatchObject({
      text: typed,
      notice: 'n <@U0AN00001>',
      alerts: [],
      mentions: [],
      links: [],
      metadata: { event_type: 'thi_dua_message', event_payload: { mark: '7:0' } },
    });
    expect(calls('chat.postMessage')).toHaveLength(1);
    expect(calls('chat.postMessage')[0]?.params).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
    });
  });

  it('goes into its thread, and into the channel when the thread is gone', async () => {
    const { reach, room, seen, world } = await workspace();
    const first = refOf(await sendPage(reach, room, pageOf(text('bảng')), '1:0'));
    const thread: Address = { ...room, thread: first.id };
    const reply = await sendPage(reach, thread, pageOf(text('đính chính')), '2:0');
    expect(reply).toMatchObject({ outcome: 'ok', ref: { at: thread } });
    expect(seen(room)[1]).toMatchObject({ thread: first.id, text: 'đính chính' });
    const parent = world.find(room.chat, first.id);
    if (parent) parent.deleted = true;
    const late = await sendPage(reach, thread, pageOf(text('lần nữa')), '3:0');
    expect(late).toMatchObject({ outcome: 'ok', ref: { at: room } });
    expect(seen(room)[2]).toMatchObject({ thread: null, text: 'lần nữa' });
  });

  it('shows a picture once Slack is done with it, by its bytes, over the buttons', async () => {
    const { reach, room, seen, pauses, world } = await workspace({ picturePolls: 3 });
    const [page] = paginate({
      notice: 'n',
      blocks: [text('trước'), picture],
      buttons: [[{ label: 'Xem', action: 'lb:1' }]],
    });
    if (!page) throw new Error('no page');
    refOf(await sendPage(reach, room, page, '1:0'));
    const [message] = seen(room);
    expect(message?.pictures).toEqual([{ alt: 'Bảng tuần 3', bytes: PNG }]);
    expect(message?.buttons).toEqual([['Xem']]);
    expect(world.messages[0]?.blocks.map((b) => b.type)).toEqual(['rich_text', 'image', 'actions']);
    expect(pauses).toEqual([200, 300, 500]);
  });

  it('shares a file by a link that keeps its name and formats nothing', async () => {
    const { reach, room, seen } = await workspace();
    refOf(await sendPage(reach, room, pageOf(file), '1:0'));
    const [message] = seen(room);
    expect(message?.files).toEqual([{ name: media.name, bytes: PNG }]);
    expect(message?.text).toBe('bao_cao ∗tuần 3∗.png');
  });

  it('uploads a picture once, however many chats it goes to', async () => {
    const { reach, room, direct, calls, seen } = await workspace();
    const page = pageOf(picture);
    await Promise.all([sendPage(reach, room, page, '1:0'), sendPage(reach, direct, page, '2:0')]);
    refOf(await sendPage(reach, room, page, '3:0'));
    expect(calls('upload')).toHaveLength(1);
    expect([...seen(room), ...seen(direct)].map((m) => m.pictures.length)).toEqual([1, 1, 1]);
  });

  it('uploads a picture again that was deleted meanwhile', async () => {
    const { reach, room, world, seen } = await workspace();
    refOf(await sendPage(reach, room, pageOf(picture), '1:0'));
    for (const stored of world.files.values()) stored.state = 'deleted';
    refOf(await sendPage(reach, room, pageOf(picture), '2:0'));
    expect(seen(room)[1]?.pictures).toEqual([{ alt: 'Bảng tuần 3', bytes: PNG }]);
  });

  it('links to a picture that Slack cannot show', async () => {
    const { reach, room, host, seen } = await workspace();
    host.keep(SHA, new Uint8Array([1, 2, 3]));
    refOf(await sendPage(reach, room, pageOf(text('trước'), picture), '1:0'));
    const [message] = seen(room);
    expect(message?.text).toBe('trước\nBảng tuần 3');
    expect(message?.files.map((f) => f.name)).toEqual([media.name]);
  });

  it('waits its turn while Slack is not done with a picture, and then does not upload it again', async () => {
    const { reach, room, world, calls } = await workspace({ picturePolls: 1000 });
    expect(await sendPage(reach, room, pageOf(picture), '1:0')).toMatchObject({
      outcome: 'retry',
      scope: 'call',
    });
    expect(calls('chat.postMessage')).toHaveLength(0);
    for (const stored of world.files.values()) stored.polls = 0;
    expect(await sendPage(reach, room, pageOf(picture), '1:0')).toMatchObject({ outcome: 'ok' });
    expect(calls('upload')).toHaveLength(1);
  });

  it('is left to the next attempt after a long upload, so that a call counted as lost never posts', async () => {
    const { reach, room, time, seen, calls } = await workspace({ picturePolls: 6 });
    const slow = {
      ...reach,
      async wait(ms: number) {
        time.ms += ms;
      },
    };
    expect(await sendPage(slow, room, pageOf(picture), '1:0')).toEqual({
      outcome: 'retry',
      afterMs: 0,
      scope: 'call',
      cause: 'the upload took long',
    });
    expect(seen(room)).toEqual([]);
    expect(await sendPage(slow, room, pageOf(picture), '1:0')).toMatchObject({ outcome: 'ok' });
    expect(seen(room)).toHaveLength(1);
    expect(calls('upload')).toHaveLength(1);
  });

  it.each<[string, Fault]>([
    ['files.getUploadURLExternal', { kind: 'reset' }],
    ['upload', { kind: 'status', code: 503 }],
    ['upload', { kind: 'reset', after: true }],
    ['files.completeUploadExternal', { kind: 'error', code: 'fatal_error', after: true }],
    ['files.info', { kind: 'garbage' }],
  ])(
    'has certainly not happened when %s fails (%o), and works the next time',
    async (method, fault) => {
      const { reach, room, fake, seen } = await workspace();
      fake.failNext(method, fault);
      expect(await sendPage(reach, room, pageOf(picture), '1:0')).toMatchObject({
        outcome: 'retry',
      });
      expect(seen(room)).toEqual([]);
      expect(await sendPage(reach, room, pageOf(picture), '1:0')).toMatchObject({ outcome: 'ok' });
    },
  );

  it('is a fault of ours when the bytes are missing or a right is', async () => {
    const { reach, room } = await workspace({ scopes: ['chat:write'] });
    expect(await sendPage(reach, room, pageOf(picture), '1:0')).toEqual({
      outcome: 'bug',
      cause: 'upload: missing_scope; the right files:write is missing',
    });
    const unknown = { ...media, sha256: 'b'.repeat(64) };
    const page = pageOf({ kind: 'file', media: unknown });
    expect(await sendPage(reach, room, page, '1:0')).toMatchObject({ outcome: 'bug' });
  });
});

describe('the outcome of a send', () => {
  const page = pageOf(text('x'));

  it.each<[string, Fault, Partial<Delivery>]>([
    [
      'a limit',
      { kind: 'limited', seconds: 7 },
      { outcome: 'retry', afterMs: 7000, scope: 'chat' },
    ],
    [
      'a fault of Slack',
      { kind: 'error', code: 'internal_error', after: true },
      { outcome: 'uncertain' },
    ],
    ['a status', { kind: 'status', code: 502 }, { outcome: 'uncertain' }],
    ['a lost answer', { kind: 'reset', after: true }, { outcome: 'uncertain' }],
    ['no answer', { kind: 'hang' }, { outcome: 'uncertain' }],
    ['an answer of a proxy', { kind: 'garbage' }, { outcome: 'uncertain' }],
  ])('after %s', async (_, fault, expected) => {
    const { reach, room, fake, calls } = await workspace({}, fault.kind === 'hang' ? 50 : 20_000);
    fake.failNext('chat.postMessage', fault);
    expect(await sendPage(reach, room, page, '1:0')).toMatchObject(expected);
    // The client repeats nothing behind our back.
    expect(calls('chat.postMessage')).toHaveLength(1);
  });

  it('when Slack cannot be reached', async () => {
    const { reach, room, fake } = await workspace();
    await fake.close();
    expect(await sendPage(reach, room, page, '1:0')).toMatchObject({
      outcome: 'retry',
      scope: 'bot',
    });
  });

  it('where the bot is not, or nobody writes any more', async () => {
    const { reach, room, channel, world } = await workspace();
    channel.archived = true;
    const gone = (cause: string) => ({ outcome: 'gone', cause });
    expect(await sendPage(reach, room, page, '1:0')).toEqual(gone('removed'));
    channel.archived = false;
    channel.members.delete(world.botUserId);
    expect(await sendPage(reach, room, page, '1:0')).toEqual(gone('removed'));
    const nowhere = { ...room, chat: 'C0NIRGEND' };
    expect(await sendPage(reach, nowhere, page, '1:0')).toEqual(gone('not-found'));
  });

  it('tells a deactivated person from a deactivated bot', async () => {
    const { reach, direct, an, fake } = await workspace();
    an.deleted = true;
    expect(await sendPage(reach, direct, page, '1:0')).toEqual({
      outcome: 'gone',
      cause: 'deactivated',
    });
    await fake.uninstall();
    expect(await sendPage(reach, direct, page, '1:0')).toMatchObject({
      outcome: 'retry',
      scope: 'bot',
    });
  });

  it('never has a token in it or in the log', async () => {
    const { reach, room, fake, host } = await workspace();
    await fake.revokeToken();
    const outcome = await sendPage(reach, room, page, '1:0');
    expect(outcome).toMatchObject({ outcome: 'retry', scope: 'bot', cause: 'token_revoked' });
    await fake.close();
    const lost = await sendPage(reach, room, page, '1:0');
    expect(JSON.stringify([outcome, lost, host.lines])).not.toMatch(/xoxb|must-not-be-logged/);
  });
});

describe('any message', () => {
  it('is taken by Slack in all of its pages, with nothing in it alive but its links', async () => {
    const { reach, room, seen } = await workspace();
    await fc.assert(
      fc.asyncProperty(anyMessage, async (message) => {
        const before = seen(room).length;
        for (const page of paginate(message)) refOf(await sendPage(reach, room, page, '1:0'));
        const pages = seen(room).slice(before);
        expect(pages.flatMap(({ alerts, mentions }) => [...alerts, ...mentions])).toEqual([]);
        const urls = JSON.stringify(message);
        for (const link of pages.flatMap(({ links }) => links)) expect(urls).toContain(link);
        expect(pages.flatMap(({ actions }) => actions.flat().map(({ value }) => value))).toEqual(
          message.buttons.flat().map(({ action }) => action),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('changing', () => {
  const buttons = [[{ label: 'Xác nhận', action: 'v:1' }]];
  const asked: Message = { notice: 'n', blocks: [text('chờ')], buttons };

  it('replaces text and buttons and keeps the mark', async () => {
    const { reach, room, seen } = await workspace();
    const [page] = paginate(asked);
    const ref = refOf(await sendPage(reach, room, page ?? pageOf(), '1:0'));
    expect(await editPage(reach, ref, pageOf(text('Đã xác nhận')))).toEqual({ outcome: 'ok', ref });
    expect(seen(room)).toMatchObject([
      {
        text: 'Đã xác nhận',
        buttons: [],
        edited: true,
        metadata: { event_payload: { mark: '1:0' } },
      },
    ]);
  });

  it('keeps the picture, and the file', async () => {
    const { reach, room, seen, calls } = await workspace();
    const shown = refOf(await sendPage(reach, room, pageOf(text('chờ'), picture), '1:0'));
    const shared = refOf(await sendPage(reach, room, pageOf(file), '2:0'));
    expect(await editPage(reach, shown, pageOf(text('xong'), picture))).toMatchObject({
      outcome: 'ok',
    });
    expect(await editPage(reach, shared, pageOf(file))).toMatchObject({ outcome: 'ok' });
    expect(seen(room)).toMatchObject([
      { text: 'xong', pictures: [{ alt: 'Bảng tuần 3', bytes: PNG }] },
      { files: [{ name: media.name }] },
    ]);
    expect(calls('upload')).toHaveLength(1);
  });

  it('finds nothing to change in a message that was deleted, or a channel that was archived', async () => {
    const { reach, room, world, channel } = await workspace();
    const ref = refOf(await sendPage(reach, room, pageOf(text('x')), '1:0'));
    const gone = { outcome: 'gone', cause: 'not-found' };
    channel.archived = true;
    expect(await editPage(reach, ref, pageOf(text('y')))).toEqual(gone);
    channel.archived = false;
    for (const message of world.messages) message.deleted = true;
    expect(await editPage(reach, ref, pageOf(text('y')))).toEqual(gone);
  });

  it('leaves the method alone for as long as Slack said, whichever message is meant', async () => {
    const { reach, room, fake, time, calls } = await workspace();
    const ref = refOf(await sendPage(reach, room, pageOf(text('x')), '1:0'));
    const other = refOf(await sendPage(reach, room, pageOf(text('y')), '2:0'));
    fake.failNext('chat.update', { kind: 'limited', seconds: 10 });
    const changed = pageOf(text('z'));
    expect(await editPage(reach, ref, changed)).toMatchObject({
      outcome: 'retry',
      afterMs: 10_000,
      scope: 'call',
    });
    time.ms += 4_000;
    expect(await editPage(reach, other, changed)).toMatchObject({
      outcome: 'retry',
      afterMs: 6_000,
      scope: 'call',
    });
    expect(calls('chat.update')).toHaveLength(1);
    time.ms += 6_000;
    expect(await editPage(reach, other, changed)).toMatchObject({ outcome: 'ok' });
  });
});
