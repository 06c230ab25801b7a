import { follower, type Match } from './follow.ts';
import { mentionEvent, messageEvent, written } from './payloads.ts';
import type { FakeUser } from './people.ts';
import { type Shown, shown } from './shown.ts';
import type { Stage } from './stage.ts';
import { asTyped } from './typing.ts';
import type { Channel, Json, Stored } from './world.ts';

export interface FakeChannel {
  /** Changes with `changeId`. */
  readonly id: string;
  readonly name: string;
  addBot(by: FakeUser): void;
  removeBot(by: FakeUser): void;
  rename(by: FakeUser, name: string): void;
  archive(by: FakeUser): void;
  unarchive(by: FakeUser): void;
  /** From a public channel; the id stays. */
  convertToPrivate(by: FakeUser): void;
  /** As happens to a channel that is shared with another workspace. */
  changeId(): void;
  /** Deletes the channel. */
  remove(by: FakeUser): void;
  /** Whoever writes here joins. Returns the message's `ts`; `thread` is that of the message it answers. */
  say(by: FakeUser, text: string, thread?: string): string;
  /** "@bot text". */
  mention(by: FakeUser, text: string, thread?: string): string;
  /** The bot's messages as they look to everyone now, oldest first. */
  messages(): Shown[];
  /** The next message of the bot's written or changed since the last thing said here, or the last `reply`. */
  reply(match?: Match): Promise<Shown>;
}

export function createChannel(
  stage: Stage,
  what: { name: string; private?: boolean; shared?: boolean },
): FakeChannel {
  const { world } = stage;
  const channel: Channel = {
    id: world.id(what.private ? 'G' : 'C'),
    kind: what.private ? 'private' : 'public',
    name: what.name,
    archived: false,
    deleted: false,
    shared: what.shared ?? false,
    members: new Set(),
    user: null,
    opened: false,
  };
  world.channels.set(channel.id, channel);
  const news = follower(world, () => channel.id);

  function tell(event: Json): void {
    void stage.emit({ kind: 'event', event: { ...event, event_ts: world.ts() } });
  }

  /** Private channels have events of their own, with other fields. */
  function happened(what: string, fields: { public: Json; private: Json }): void {
    const kind = channel.kind === 'private' ? 'private' : 'public';
    const type = `${kind === 'private' ? 'group' : 'channel'}_${what}`;
    tell({ type, channel: channel.id, ...fields[kind] });
  }

  const membership = (type: string, by: FakeUser): void =>
    tell({
      type,
      user: world.botUserId,
      channel: channel.id,
      channel_type: channel.kind === 'private' ? 'G' : 'C',
      team: world.teamId,
      inviter: by.id,
    });

  function write(by: FakeUser, fields: Partial<Stored>): Stored {
    if (by.account.deleted) throw new Error(`${by.name} is deactivated`);
    if (channel.archived || channel.deleted) throw new Error('nobody can write here');
    channel.members.add(by.id);
    news.catchUp();
    return world.add({ ...fields, channel: channel.id, user: by.id });
  }

  function say(by: FakeUser, fields: Partial<Stored>): Stored {
    const message = write(by, fields);
    void stage.emit({ kind: 'event', event: messageEvent(world, channel, message) });
    return message;
  }

  return {
    get id() {
      return channel.id;
    },
    get name() {
      return channel.name;
    },
    addBot(by) {
      channel.members.add(by.id);
      channel.members.add(world.botUserId);
      membership('member_joined_channel', by);
    },
    removeBot(by) {
      // Told as its own leaving: what others do there it hears of no more.
      channel.members.delete(world.botUserId);
      const fields = { actor_id: by.id };
      happened('left', { public: fields, private: fields });
    },
    rename(by, name) {
      channel.members.add(by.id);
      channel.name = name;
      const created = Math.floor(world.now() / 1000);
      const kind = { is_channel: true, is_mpim: false };
      const fields = { channel: { id: channel.id, name, name_normalized: name, created, ...kind } };
      happened('rename', { public: fields, private: fields });
    },
    archive(by) {
      channel.archived = true;
      const fields = { user: by.id, is_moved: 0 };
      happened('archive', { public: fields, private: fields });
    },
    unarchive(by) {
      channel.archived = false;
      happened('unarchive', { public: { user: by.id }, private: { actor_id: by.id } });
    },
    convertToPrivate(by) {
      channel.kind = 'private';
      const ts = world.ts();
      tell({
        type: 'message',
        subtype: 'channel_convert_to_private',
        user: by.id,
        text: 'made this channel private.',
        channel: channel.id,
        channel_type: 'group',
        ts,
      });
    },
    changeId() {
      const old = channel.id;
      channel.id = world.id(old.charAt(0));
      world.channels.delete(old);
      world.channels.set(channel.id, channel);
      world.renumbered.set(old, channel.id);
      for (const message of world.messages) {
        if (message.channel === old) message.channel = channel.id;
      }
      tell({ type: 'channel_id_changed', old_channel_id: old, new_channel_id: channel.id });
    },
    remove(by) {
      channel.deleted = true;
      const date_deleted = Math.floor(world.now() / 1000);
      happened('deleted', { public: {}, private: { date_deleted, actor_id: by.id } });
    },
    say: (by, text, thread) =>
      say(by, { ...written(world, text, asTyped(text)), threadTs: thread ?? null }).ts,
    mention(by, text, thread) {
      const raw = `<@${world.botUserId}> ${asTyped(text)}`.trim();
      const typed = written(world, `@${world.botName} ${text}`, raw);
      const message = say(by, { ...typed, threadTs: thread ?? null });
      void stage.emit({ kind: 'event', event: mentionEvent(world, channel, message) });
      return message.ts;
    },
    messages: () => world.byBot(channel.id).map((m) => shown(world, m)),
    reply: (match) => news.next(match),
  };
}
