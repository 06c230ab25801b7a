import type { webApi } from '@slack/bolt';
import type { Address, Inbound, Sender } from '../../src/chat/index.ts';
import type { Directs } from './direct.ts';
import type { About, Content, Draft, Place } from './draft.ts';
import { PLATFORM } from './limits.ts';
import { describeError, slackError } from './outcome.ts';
import { mentionedIn, plainText } from './plain.ts';
import type { Users } from './users.ts';

/** What only Slack can tell about a draft. */
export interface Lookups {
  /** Gives up within the time that an acknowledgement has. */
  readonly client: webApi.WebClient;
  readonly users: Users;
  readonly directs: Directs;
  readonly tenant: string;
  /** Of the workspace, such as `https://example.slack.com/`; for a permalink Slack does not give. */
  readonly workspaceUrl: string;
}

/**
 * The event of a draft, or the reason why there is none.
 * @throws when Slack cannot be asked now for what the event cannot do without.
 */
export async function complete(given: Draft, lookups: Lookups): Promise<Inbound | string> {
  const draft = await answerable(given, lookups);
  const { actor, content, delivery } = draft;
  const needsActor = !ROOM_KINDS.includes(content.kind);
  const [from, where] = await Promise.all([
    actor ? lookups.users.sender(actor) : null,
    placeAddress(draft, lookups),
  ]);
  if (typeof where === 'string') return where;
  if (needsActor && !from) return 'done by an app or a deactivated account';
  const audience = draft.place === 'direct' ? 'private' : draft.place.audience;
  return withContent({ delivery, where, audience, from }, content, lookups);
}

/** Events of a channel itself, which count whoever brought them about. */
const ROOM_KINDS: readonly Content['kind'][] = ['joined', 'left', 'renamed', 'moved'];

/**
 * Slash commands work also in channels that the bot is not in, and cannot write to; one given there is
 * answered in the direct conversation.
 */
async function answerable(draft: Draft, lookups: Lookups): Promise<Draft> {
  const { content, place } = draft;
  const slash = content.kind === 'command' && content.canOpenForm;
  if (!slash || place === 'direct' || place.audience === 'private') return draft;
  const room = await roomOf(place.channel, lookups);
  return room?.member === false ? { ...draft, place: 'direct' } : draft;
}

interface Base {
  readonly delivery: string;
  readonly where: Address;
  readonly audience: 'private' | 'group';
  readonly from: Sender | null;
}

async function placeAddress(draft: Draft, lookups: Lookups): Promise<Address | string> {
  const { platform, tenant } = { platform: PLATFORM, tenant: lookups.tenant };
  const place: Exclude<Place, 'direct'> | null = draft.place === 'direct' ? null : draft.place;
  if (place) {
    const thread = place.thread === undefined ? {} : { thread: place.thread };
    return { platform, tenant, chat: place.channel, ...thread };
  }
  if (!draft.actor) return 'done by nobody';
  try {
    return { platform, tenant, chat: await lookups.directs.of(draft.actor.id) };
  } catch (error) {
    // Somebody whom the bot can never answer: an app, an account of another workspace.
    const word = slackError(error);
    if (word !== null && UNREACHABLE.has(word)) return `no direct conversation: ${word}`;
    throw new Error(`the direct conversation could not be opened: ${describeError(error)}`);
  }
}

const UNREACHABLE = new Set([
  'cannot_dm_bot',
  'user_disabled',
  'user_not_found',
  'user_not_visible',
  'users_not_found',
]);

async function withContent(
  base: Base,
  content: Content,
  lookups: Lookups,
): Promise<Inbound | string> {
  const messageOf = (ts: string) => ({ at: base.where, id: ts });
  const optional = (ts: string | null) => (ts === null ? {} : { message: messageOf(ts) });
  const typed = (text: string) => typedText(text, lookups.users);
  switch (content.kind) {
    case 'text': {
      const { kind, edited, ts } = content;
      return { ...base, kind, text: await typed(content.text), message: messageOf(ts), edited };
    }
    case 'command': {
      const { kind, name, ts, about, canOpenForm, givenIn } = content;
      const elsewhere = ts === null && base.audience === 'private' && givenIn !== base.where.chat;
      const [args, told] = await Promise.all([
        typed(content.args),
        about ? toldAbout(about, lookups) : null,
      ]);
      return {
        ...base,
        kind,
        name,
        args,
        ...optional(ts),
        ...(told ? { about: told } : {}),
        ...(canOpenForm ? { canOpenForm } : {}),
        ...(elsewhere ? { elsewhere } : {}),
      };
    }
    case 'press': {
      const { kind, action, ts } = content;
      return { ...base, kind, action, ...optional(ts), canOpenForm: true };
    }
    case 'submit':
      return { ...base, ...content };
    case 'attachment': {
      const { kind, file, album, ts } = content;
      const caption = await typed(content.caption);
      return { ...base, kind, file, caption, album, message: messageOf(ts) };
    }
    case 'unsupported':
      return { ...base, kind: 'unsupported', what: content.what, message: messageOf(content.ts) };
    case 'joined': {
      const room = await roomOf(base.where.chat, lookups);
      // Any public channel that comes back from the archive is told to the bot.
      if (content.back && room?.member !== true) return 'a channel without the bot';
      return { ...base, kind: 'joined', title: room?.title ?? '' };
    }
    case 'renamed': {
      const room = await roomOf(base.where.chat, lookups);
      if (room?.member === false) return 'a channel without the bot';
      return { ...base, ...content };
    }
    case 'left':
      return { ...base, kind: 'left' };
    case 'moved':
      return { ...base, kind: 'moved', to: { ...base.where, chat: content.to } };
  }
}

/** Mentions become names, so that a name means the same however it was typed. */
async function typedText(text: string, users: Users): Promise<string> {
  const ids = mentionedIn(text);
  const names = new Map(
    await Promise.all(ids.map(async (id) => [id, await users.name(id)] as const)),
  );
  return plainText(text, (id) => names.get(id) ?? null);
}

async function toldAbout(
  { text, channel, ts, threadTs }: About,
  lookups: Lookups,
): Promise<{ text: string; link: string | null }> {
  const [plain, link] = await Promise.all([
    typedText(text, lookups.users),
    permalink(channel, ts, threadTs, lookups),
  ]);
  return { text: plain, link };
}

/** Slack gives permalinks only of conversations the bot is in, but they all have the same form. */
async function permalink(
  channel: string,
  ts: string,
  threadTs: string | null,
  { client, workspaceUrl }: Lookups,
): Promise<string | null> {
  try {
    const { permalink: link } = await client.chat.getPermalink({ channel, message_ts: ts });
    if (link && URL.canParse(link)) return link;
  } catch {
    // The form below serves as well.
  }
  const base = `archives/${channel}/p${ts.replace('.', '')}`;
  const thread = threadTs && threadTs !== ts ? `?thread_ts=${threadTs}&cid=${channel}` : '';
  const path = `${base}${thread}`;
  return URL.canParse(path, workspaceUrl) ? new URL(path, workspaceUrl).href : null;
}

/** Null when Slack does not tell now: a room without a title is better than none. */
async function roomOf(
  channel: string,
  { client }: Lookups,
): Promise<{ title: string; member: boolean | undefined } | null> {
  try {
    const { channel: room } = await client.conversations.info({ channel });
    return { title: room?.name ?? '', member: room?.is_member };
  } catch (error) {
    const word = slackError(error);
    return word === 'channel_not_found' ? { title: '', member: false } : null;
  }
}
