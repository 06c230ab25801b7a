import { describe, expect, it } from 'vitest';
import { hands } from './hands.ts';

describe('a channel', () => {
  it.each([
    [false, 'C', 'channel'],
    [true, 'G', 'group'],
  ])('tells what becomes of it (private: %s)', (isPrivate, letter, kind) => {
    const slack = hands();
    const an = slack.user('An');
    const room = slack.channel('thi-dua', { private: isPrivate });
    const bot = slack.world.botUserId;
    room.addBot(an);
    expect(slack.event()).toMatchObject({
      type: 'member_joined_channel',
      user: bot,
      channel: room.id,
      channel_type: letter,
      inviter: an.id,
    });
    room.rename(an, 'thi-dua-moi');
    expect(slack.event()).toMatchObject({
      type: `${kind}_rename`,
      channel: { id: room.id, name: 'thi-dua-moi' },
    });
    expect(room.name).toBe('thi-dua-moi');
    room.archive(an);
    expect(slack.event()).toMatchObject({ type: `${kind}_archive`, channel: room.id, user: an.id });
    expect(() => room.say(an, 'x')).toThrow('nobody can write here');
    room.unarchive(an);
    expect(slack.event()).toMatchObject({ type: `${kind}_unarchive`, channel: room.id });
    expect(slack.event()).toHaveProperty(isPrivate ? 'actor_id' : 'user', an.id);
    room.removeBot(an);
    expect(slack.event()).toMatchObject({
      type: `${kind}_left`,
      channel: room.id,
      actor_id: an.id,
    });
    expect(slack.world.channels.get(room.id)?.members.has(bot)).toBe(false);
    room.remove(an);
    expect(slack.event()).toMatchObject({ type: `${kind}_deleted`, channel: room.id });
    expect(slack.told).toHaveLength(6);
  });

  it('is written in, and mentions the bot', () => {
    const slack = hands();
    const an = slack.user('An');
    const room = slack.channel('thi-dua');
    const first = room.say(an, 'chào & hỏi');
    expect(slack.event()).toMatchObject({
      type: 'message',
      channel: room.id,
      channel_type: 'channel',
      text: 'chào &amp; hỏi',
    });
    const ts = room.mention(an, 'bangxephang', first);
    expect(slack.told).toHaveLength(3);
    expect(slack.event()).toMatchObject({
      type: 'app_mention',
      user: an.id,
      text: `<@${slack.world.botUserId}> bangxephang`,
      ts,
      thread_ts: first,
      channel: room.id,
    });
    expect(slack.event()).not.toHaveProperty('channel_type');
    room.mention(slack.user('Máy', { bot: true }), 'bangxephang');
    expect(slack.event()).toHaveProperty('bot_id');
  });

  it('becomes private under its own id, and is told of as private from then on', () => {
    const slack = hands();
    const an = slack.user('An');
    const room = slack.channel('thi-dua');
    const { id } = room;
    room.addBot(an);
    room.convertToPrivate(an);
    expect(slack.event()).toMatchObject({
      type: 'message',
      subtype: 'channel_convert_to_private',
      channel: id,
      channel_type: 'group',
    });
    room.rename(an, 'kin');
    expect(slack.event()).toMatchObject({ type: 'group_rename', channel: { id } });
  });

  it('takes its messages along to another id', async () => {
    const slack = hands();
    const an = slack.user('An');
    const room = slack.channel('thi-dua');
    const old = room.id;
    slack.post(old, 'trước');
    room.changeId();
    expect(slack.event()).toMatchObject({
      type: 'channel_id_changed',
      old_channel_id: old,
      new_channel_id: room.id,
    });
    expect(room.id).not.toBe(old);
    expect(slack.world.channels.has(old)).toBe(false);
    expect(room.messages().map(({ text }) => text)).toEqual(['trước']);
    room.say(an, 'hỏi');
    slack.post(room.id, 'đáp');
    slack.post(room.id, 'riêng', { ephemeralFor: an.id });
    expect((await room.reply()).text).toBe('đáp');
    expect(room.messages()).toHaveLength(2);
    expect(an.whispers(room).map(({ text }) => text)).toEqual(['riêng']);
  });
});
