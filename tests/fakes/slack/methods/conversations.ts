import { SlackError } from '../errors.ts';
import { channelJson, messageJson } from '../json.ts';
import { count, flag, read, text, ts } from '../params.ts';
import type { Channel, Json, Stored } from '../world.ts';
import { type Backstage, joined, known, type Method, need, scopeFor } from './backstage.ts';

const open: Method = {
  scope: 'im:write',
  run(params, { world }) {
    const p = read(
      { users: text.optional(), return_im: flag.optional(), prevent_creation: flag.optional() },
      params,
    );
    if (p.users === undefined || p.users === '') throw new SlackError('users_list_not_supplied');
    const user = world.users.get(p.users);
    if (!user) throw new SlackError('user_not_found');
    if (user.bot) throw new SlackError('cannot_dm_bot');
    if (user.deleted) throw new SlackError('user_disabled');
    const channel = world.direct(user.id);
    const alreadyOpen = channel.opened;
    if (!p.prevent_creation) channel.opened = true;
    return {
      ...(alreadyOpen ? { no_op: true, already_open: true } : {}),
      channel: p.return_im ? channelJson(world, channel) : { id: channel.id },
    };
  },
};

const info: Method = {
  run(params, stage) {
    const p = read(
      {
        channel: text,
        include_locale: flag.optional(),
        include_num_members: flag.optional(),
      },
      params,
    );
    const channel = known(p.channel, stage);
    need(stage, scopeFor(channel, 'read'));
    return {
      channel: {
        ...channelJson(stage.world, channel),
        ...(p.include_locale ? { locale: 'vi-VN' } : {}),
        ...(p.include_num_members ? { num_members: channel.members.size } : {}),
      },
    };
  },
};

const members: Method = {
  run(params, stage) {
    const p = read({ channel: text, limit: count(1, 1000).optional() }, params);
    const channel = known(p.channel, stage);
    need(stage, scopeFor(channel, 'read'));
    return {
      members: [...channel.members].slice(0, p.limit ?? 100),
      response_metadata: { next_cursor: '' },
    };
  },
};

const reading = {
  channel: text,
  limit: count(1, 999).optional(),
  cursor: text.optional(),
  oldest: text.optional(),
  latest: text.optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
};

/** Within `oldest` and `latest`, which are outside unless `inclusive`. */
function within(p: {
  oldest?: string | undefined;
  latest?: string | undefined;
  inclusive?: boolean | undefined;
}) {
  const oldest = Number(p.oldest ?? 0);
  const latest = Number(p.latest ?? Number.POSITIVE_INFINITY);
  return ({ ts: at }: Stored): boolean => {
    const time = Number(at);
    if (p.inclusive && (time === oldest || time === latest)) return true;
    return time > oldest && time < latest;
  };
}

/** What everyone in the conversation sees, oldest first. */
function everything(channel: Channel, { world }: Backstage): Stored[] {
  return world.messages.filter(
    (m) => m.channel === channel.id && !m.deleted && m.ephemeralFor === null,
  );
}

function page(
  messages: readonly Stored[],
  p: {
    limit?: number | undefined;
    cursor?: string | undefined;
    include_all_metadata?: boolean | undefined;
  },
  { world }: Backstage,
): Json {
  const from = messages.findIndex((m) => m.ts === p.cursor);
  if (p.cursor && from < 0) throw new SlackError('invalid_cursor');
  const rest = p.cursor ? messages.slice(from) : messages;
  const limit = p.limit ?? 100;
  return {
    messages: rest.slice(0, limit).map((m) => messageJson(world, m, p.include_all_metadata)),
    has_more: rest.length > limit,
    response_metadata: { next_cursor: rest[limit]?.ts ?? '' },
  };
}

/** The newest first, and of threads only what they hang on. */
const history: Method = {
  run(params, stage) {
    const p = read(reading, params);
    const channel = joined(p.channel, stage);
    need(stage, scopeFor(channel, 'history'));
    const found = everything(channel, stage).filter((m) => m.threadTs === null && within(p)(m));
    return page(found.reverse(), p, stage);
  },
};

/** The message a thread hangs on, then the thread's messages, the oldest first. */
const replies: Method = {
  run(params, stage) {
    const p = read({ ...reading, ts }, params);
    const channel = joined(p.channel, stage);
    need(stage, scopeFor(channel, 'history'));
    const parent = stage.world.find(channel.id, p.ts);
    if (!parent) throw new SlackError('thread_not_found');
    const found = everything(channel, stage).filter((m) => m.threadTs === p.ts && within(p)(m));
    return page([parent, ...found], p, stage);
  },
};

export const CONVERSATIONS: Readonly<Record<string, Method>> = {
  'conversations.open': open,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.history': history,
  'conversations.replies': replies,
};
