import { SlackError } from '../errors.ts';
import { messageJson } from '../json.ts';
import { blocks, flag, json, object, read, text, ts } from '../params.ts';
import type { Channel, Json, Stored, World } from '../world.ts';
import { type Backstage, joined, known, type Method } from './backstage.ts';
import { checkContent, checkMetadata, linkedFiles, threadParent } from './content.ts';

const content = { text: text.optional(), blocks: blocks.optional() };
const metadata = { metadata: json(object).optional() };

/** A conversation the bot may post to. */
function writable(id: string, stage: Backstage): Channel {
  const channel = known(id, stage);
  const inside = channel.members.has(stage.world.botUserId);
  if (!inside && !(channel.kind === 'public' && stage.scopes.has('chat:write.public'))) {
    throw new SlackError('not_in_channel');
  }
  if (channel.archived) throw new SlackError('is_archived');
  if (channel.user !== null && stage.world.users.get(channel.user)?.deleted) {
    throw new SlackError('account_inactive');
  }
  return channel;
}

export const channelType = (channel: Channel): 'channel' | 'group' | 'im' =>
  ({ public: 'channel', private: 'group', im: 'im' })[channel.kind] as 'channel' | 'group' | 'im';

/** The app receives its own messages as events, as everybody in the conversation does. */
function echo(stage: Backstage, channel: Channel, event: Json): void {
  const full = { ...event, channel: channel.id, channel_type: channelType(channel) };
  void stage.echo({ kind: 'event', event: full });
}

function changed(world: World, before: Json, message: Stored): Json {
  const at = world.ts();
  return {
    type: 'message',
    subtype: 'message_changed',
    message: messageJson(world, message),
    previous_message: before,
    hidden: true,
    ts: at,
    event_ts: at,
  };
}

const postMessage: Method = {
  scope: 'chat:write',
  run(params, stage) {
    const { world } = stage;
    const p = read(
      {
        channel: text,
        ...content,
        ...metadata,
        thread_ts: ts.optional(),
        reply_broadcast: flag.optional(),
        unfurl_links: flag.optional(),
        unfurl_media: flag.optional(),
        mrkdwn: flag.optional(),
        parse: text.optional(),
      },
      params,
    );
    const channel = writable(p.channel, stage);
    checkContent(p, stage);
    if (p.thread_ts !== undefined) threadParent(world, channel, p.thread_ts);
    const mark = checkMetadata(p.metadata);
    stage.takeToken('chat.postMessage', channel.id);
    const written = { text: p.text ?? '', blocks: p.blocks ?? [] };
    const message = world.add({
      ...written,
      channel: channel.id,
      user: world.botUserId,
      mrkdwn: p.mrkdwn !== false,
      metadata: mark,
      threadTs: p.thread_ts ?? null,
      files: linkedFiles(world, written),
      unfurl: p.unfurl_links !== false || p.unfurl_media !== false,
    });
    const shown = messageJson(world, message);
    echo(stage, channel, { ...shown, event_ts: message.ts });
    return { channel: channel.id, ts: message.ts, message: shown };
  },
};

const update: Method = {
  scope: 'chat:write',
  run(params, stage) {
    const { world } = stage;
    const p = read({ channel: text, ts, ...content, ...metadata, parse: text.optional() }, params);
    const channel = joined(p.channel, stage);
    // "The message cannot be edited within a frozen, archived or deleted channel."
    if (channel.archived) throw new SlackError('is_inactive');
    const message = world.find(channel.id, p.ts);
    if (!message) throw new SlackError('message_not_found');
    if (message.user !== world.botUserId) throw new SlackError('cant_update_message');
    // What is not given stays as it was.
    checkContent({ text: p.text ?? message.text, blocks: p.blocks ?? message.blocks }, stage);
    const mark = checkMetadata(p.metadata);
    stage.takeToken('chat.update', channel.id);
    const before = messageJson(world, message);
    if (p.text !== undefined) message.text = p.text;
    if (p.blocks !== undefined) message.blocks = world.named(p.blocks);
    if (p.metadata !== undefined) message.metadata = mark;
    message.edited = { user: world.botUserId, ts: world.ts() };
    world.announce({ kind: 'message', message });
    echo(stage, channel, changed(world, before, message));
    return {
      channel: channel.id,
      ts: message.ts,
      text: message.text,
      message: messageJson(world, message),
    };
  },
};

const postEphemeral: Method = {
  scope: 'chat:write',
  run(params, stage) {
    const { world } = stage;
    const p = read({ channel: text, user: text, ...content, thread_ts: ts.optional() }, params);
    const channel = writable(p.channel, stage);
    if (!channel.members.has(p.user)) throw new SlackError('user_not_in_channel');
    checkContent(p, stage);
    if (p.thread_ts !== undefined) threadParent(world, channel, p.thread_ts);
    stage.takeToken('chat.postEphemeral', channel.id);
    const message = world.add({
      channel: channel.id,
      user: world.botUserId,
      text: p.text ?? '',
      blocks: p.blocks ?? [],
      threadTs: p.thread_ts ?? null,
      ephemeralFor: p.user,
    });
    return { message_ts: message.ts };
  },
};

const getPermalink: Method = {
  run(params, stage) {
    const p = read({ channel: text, message_ts: ts }, params);
    const channel = known(p.channel, stage);
    const message = stage.world.find(channel.id, p.message_ts);
    if (!message) throw new SlackError('message_not_found');
    return { channel: channel.id, permalink: permalink(message) };
  },
};

/** The address of a message; in a thread it names the thread too. */
function permalink(message: Stored): string {
  const page = `https://hocvien.slack.com/archives/${message.channel}/p${message.ts.replace('.', '')}`;
  return message.threadTs === null
    ? page
    : `${page}?thread_ts=${message.threadTs}&cid=${message.channel}`;
}

export const CHAT: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
};
