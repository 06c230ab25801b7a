import { describe, expect, it } from 'vitest';
import { lookUp } from '../../../../adapters/slack/look-up.ts';
import { paginate } from '../../../../adapters/slack/render.ts';
import { sendPage } from '../../../../adapters/slack/send.ts';
import { workspace } from './kit.ts';

const [page] = paginate({ notice: 'n', blocks: [{ kind: 'text', text: ['bảng'] }] });
if (!page) throw new Error('no page');

describe('looking for a message that was perhaps sent', () => {
  it('finds it by its mark after the answer was lost, and not another', async () => {
    const { reach, room, fake, seen } = await workspace();
    fake.failNext('chat.postMessage', { kind: 'reset', after: true });
    expect(await sendPage(reach, room, page, '7:1')).toMatchObject({ outcome: 'uncertain' });
    await sendPage(reach, room, page, '7:2');
    const id = seen(room)[0]?.ts;
    expect(await lookUp(reach, room, '7:1')).toEqual({ found: { at: room, id } });
    expect(await lookUp(reach, room, '7:3')).toEqual({ found: null });
  });

  it('takes nothing for it that carries no mark of ours', async () => {
    const { reach, room, world, an } = await workspace();
    world.add({ channel: room.chat, user: an.id, text: '7:1' });
    world.add({
      channel: room.chat,
      user: an.id,
      text: 'x',
      metadata: { event_type: 'another_app', event_payload: { mark: '7:1' } },
    });
    expect(await lookUp(reach, room, '7:1')).toEqual({ found: null });
  });

  it('looks in the thread, and in the channel when the thread is gone', async () => {
    const { reach, room, world } = await workspace();
    const first = await sendPage(reach, room, page, '1:0');
    if (first.outcome !== 'ok') throw new Error('not sent');
    const thread = { ...room, thread: first.ref.id };
    for (let i = 0; i < 120; i += 1)
      world.add({ channel: room.chat, user: world.botUserId, text: 'x', threadTs: first.ref.id });
    const reply = await sendPage(reach, thread, page, '2:0');
    expect(await lookUp(reach, thread, '2:0')).toEqual({
      found: reply.outcome === 'ok' ? reply.ref : null,
    });
    expect(await lookUp(reach, room, '2:0')).toEqual({ found: null });
    for (const message of world.messages) message.deleted = true;
    const late = await sendPage(reach, thread, page, '3:0');
    expect(await lookUp(reach, thread, '3:0')).toEqual({
      found: late.outcome === 'ok' ? late.ref : null,
    });
  });

  it('looks through all pages of a long thread, where the newest comes last', async () => {
    const { reach, room, world, calls } = await workspace();
    const first = await sendPage(reach, room, page, '1:0');
    if (first.outcome !== 'ok') throw new Error('not sent');
    const thread = { ...room, thread: first.ref.id };
    for (let i = 0; i < 1_000; i += 1)
      world.add({ channel: room.chat, user: world.botUserId, text: 'x', threadTs: first.ref.id });
    const reply = await sendPage(reach, thread, page, '2:0');
    expect(await lookUp(reach, thread, '2:0')).toEqual({
      found: reply.outcome === 'ok' ? reply.ref : null,
    });
    expect(calls('conversations.replies')).toHaveLength(2);
    expect(await lookUp(reach, thread, '3:0')).toEqual({ found: null });
  });

  it('says when it may be asked again', async () => {
    const { reach, room, fake } = await workspace();
    fake.failNext('conversations.history', { kind: 'limited', seconds: 30 });
    expect(await lookUp(reach, room, '1:0')).toEqual({
      unknown: 'HTTP 429, 30 s',
      afterMs: 30_000,
    });
    fake.failNext('conversations.history', { kind: 'garbage' });
    expect(await lookUp(reach, room, '1:0')).toMatchObject({ afterMs: 10_000 });
  });

  it('does not wait for ever', async () => {
    const { reach, room, fake } = await workspace({}, 50);
    fake.failNext('conversations.history', { kind: 'hang' });
    expect(await lookUp(reach, room, '1:0')).toMatchObject({ afterMs: 10_000 });
  });

  it('has found nothing where the bot is no longer', async () => {
    const { reach, room, channel, world } = await workspace();
    channel.members.delete(world.botUserId);
    expect(await lookUp(reach, room, '1:0')).toEqual({ found: null });
  });

  it('asks once for the newest of a channel, however many there are', async () => {
    const { reach, room, world, calls } = await workspace();
    for (let i = 0; i < 120; i += 1)
      world.add({ channel: room.chat, user: world.botUserId, text: 'x' });
    await lookUp(reach, room, '1:0');
    expect(calls('conversations.history')).toHaveLength(1);
    expect(calls('conversations.history')[0]?.params).toMatchObject({ limit: '100' });
  });
});
