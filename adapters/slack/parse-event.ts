import { attachmentOf } from './attachment.ts';
import { type Actor, type Content, type Draft, type Me, placeOf, type Read } from './draft.ts';
import type { Event, EventCallback, Mention, Message, MessageEvent } from './payloads.ts';
import { withoutMention } from './plain.ts';

/** Slack itself writes to a bot under this name, and users.info calls it a person. */
const SLACKBOT = 'USLACKBOT';

/** What an event of the Events API is to the bot. */
export function parseEvent({ event, event_id: delivery }: EventCallback, me: Me): Read {
  switch (event.type) {
    case 'message':
      return readMessage(event, delivery, me);
    case 'app_mention':
      return readMention(event, delivery, me);
    case 'app_home_opened':
      if (event.tab !== 'home') return 'another tab than the own page';
      return { kind: 'home', actor: { id: event.user, team: null }, direct: event.channel };
    case 'app_uninstalled':
      return { kind: 'ended', why: 'the app was removed from the workspace' };
    case 'tokens_revoked':
      if (!event.tokens.bot?.includes(me.botUser)) return "somebody else's token";
      return { kind: 'ended', why: "the bot's token was revoked" };
    default:
      return readRoom(event, delivery, me);
  }
}

const events = (drafts: readonly Draft[]): Read => ({ kind: 'events', drafts, reply: null });

const writerOf = (message: Message): Actor | null =>
  message.user ? { id: message.user, team: message.user_team ?? message.team ?? null } : null;

/** Subtypes of messages that people write; the others report what happened. */
const WRITTEN = [undefined, null, 'file_share', 'me_message', 'thread_broadcast'];

function ignoredWriter(message: Message, me: Me): string | null {
  if (message.bot_id || !message.user) return 'written by an app';
  if (message.user === me.botUser) return 'written by the bot itself';
  return message.user === SLACKBOT ? 'written by Slack' : null;
}

function readMessage(event: MessageEvent, delivery: string, me: Me): Read {
  if (event.channel_type !== 'im') return 'a message in a channel that is not for the bot';
  if (event.subtype === 'message_changed') return readEdit(event, delivery, me);
  if (!WRITTEN.includes(event.subtype)) return `a message of the subtype ${event.subtype}`;
  const ignored = ignoredWriter(event, me);
  if (ignored) return ignored;
  const base = { actor: writerOf(event), place: placeOf(event.channel) };
  return events(
    contentsOf(event, me).map(({ key, content }) => ({
      ...base,
      delivery: key === '' ? delivery : `${delivery}:${key}`,
      content,
    })),
  );
}

/** A message's text and files, each with what tells it from the others of the message. */
function contentsOf(message: Message, me: Me): { key: string; content: Content }[] {
  const { ts } = message;
  const text = textOf(message, me);
  const files = message.files ?? [];
  const usable = files.filter(downloadable).flatMap((file) => attachmentOf(file) ?? []);
  const album = usable.length > 1 ? ts : null;
  const attachments = usable.map((file, i) => {
    const caption = i === 0 ? text : '';
    return {
      key: file.ref,
      content: { kind: 'attachment', file, caption, album, ts },
    } as const;
  });
  const rest = files.filter((file) => !downloadable(file));
  const useless: { key: string; content: Content }[] = rest.slice(0, 1).map((file) => ({
    key: 'other',
    content: { kind: 'unsupported', what: whatOf(file), ts },
  }));
  if (usable.length > 0) return [...attachments, ...useless];
  if (text !== '') return [{ key: '', content: written(text, ts) }, ...useless];
  if (useless.length > 0) return useless;
  return [{ key: '', content: { kind: 'unsupported', what: 'other', ts } }];
}

/** With what was forwarded, which is all there is of many a forwarded message; without "@bot" before it. */
function textOf(message: Message, me: Me): string {
  const shared = (message.attachments ?? []).filter((a) => a.is_share).map((a) => a.text);
  const own = withoutMention(message.text, me.botUser) ?? message.text;
  return [own, ...shared].filter((text) => text.trim() !== '').join('\n\n');
}

/**
 * Slack sends no message that begins with "/" but from a thread or after a blank; such a one is meant
 * as a command too.
 */
const TYPED = /^\s*\/([a-z0-9_]{1,32})(?:\s+|$)/i;

function written(text: string, ts: string): Content {
  const match = TYPED.exec(text);
  if (!match) return { kind: 'text', text, edited: false, ts };
  const [whole, name = ''] = match;
  return {
    kind: 'command',
    name: name.toLowerCase(),
    args: text.slice(whole.length).trimEnd(),
    ts,
    about: null,
    canOpenForm: false,
    givenIn: null,
  };
}

type SlackFile = NonNullable<Message['files']>[number];

/** Files elsewhere, canvases and lists have no bytes to fetch; neither have those deleted or too old. */
const downloadable = ({ mode, subtype }: SlackFile): boolean =>
  (mode === undefined || mode === null || mode === 'hosted' || mode === 'snippet') &&
  subtype !== 'slack_audio' &&
  subtype !== 'slack_video';

function whatOf({ subtype }: SlackFile): Extract<Content, { kind: 'unsupported' }>['what'] {
  if (subtype === 'slack_audio') return 'voice';
  return subtype === 'slack_video' ? 'video' : 'other';
}

/** Slack also reports previews, replies and the like as changes of a message. */
function readEdit(event: MessageEvent, delivery: string, me: Me): Read {
  const { message, previous_message: before } = event;
  if (!message?.edited) return 'a change that is no edit';
  const ignored = ignoredWriter(message, me);
  if (ignored) return ignored;
  if (message.edited.user !== message.user) return 'an edit by somebody else';
  const text = textOf(message, me);
  if (before && textOf(before, me) === text) return 'a change that leaves the text as it was';
  if (text === '') return 'an edit without text';
  const content = { kind: 'text', text, edited: true, ts: message.ts } as const;
  return events([{ delivery, actor: writerOf(message), place: placeOf(event.channel), content }]);
}

/** "@bot bangxephang": outside private chats only the commands of a channel are for the bot. */
function readMention(event: Mention, delivery: string, me: Me): Read {
  if (event.channel.startsWith('D')) return 'a mention in a direct conversation';
  const ignored = ignoredWriter(event, me);
  if (ignored) return ignored;
  if (event.edited) return 'a mention changed later';
  const said = withoutMention(event.text, me.botUser);
  const command = said === null ? null : groupCommand(said, me.groupCommands);
  if (!command) return 'a mention without a command';
  const content = {
    kind: 'command',
    ...command,
    ts: event.ts,
    about: null,
    canOpenForm: false,
    givenIn: null,
  } as const;
  return events([{ delivery, actor: writerOf(event), place: placeOf(event.channel), content }]);
}

/** Letters without their marks, as command names are written. */
const folded = (text: string): string =>
  text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');

/** The command that the text begins with, as a name or as the words that the name is made of. */
function groupCommand(
  text: string,
  names: readonly string[],
): { name: string; args: string } | null {
  const words = text.trim().replace(/^\//, '').split(/\s+/);
  for (let count = 1; count <= words.length && count <= 5; count += 1) {
    const name = folded(words.slice(0, count).join(''));
    if (names.includes(name)) return { name, args: words.slice(count).join(' ') };
  }
  return null;
}

type RoomEvent = Exclude<
  Event,
  { type: 'message' | 'app_mention' | 'app_home_opened' | 'app_uninstalled' | 'tokens_revoked' }
>;

/** Channels coming, going and changing. */
function readRoom(event: RoomEvent, delivery: string, me: Me): Read {
  const room = (channel: string, content: Content, by?: string | null): Read =>
    events([
      {
        delivery,
        actor: by ? { id: by, team: null } : null,
        place: { channel, audience: 'group' },
        content,
      },
    ]);
  switch (event.type) {
    case 'member_joined_channel':
      if (event.user !== me.botUser) return 'somebody else joined';
      return room(event.channel, { kind: 'joined', back: false }, event.inviter);
    case 'member_left_channel':
      if (event.user !== me.botUser) return 'somebody else left';
      return room(event.channel, { kind: 'left' });
    case 'channel_unarchive':
    case 'group_unarchive':
      return room(event.channel, { kind: 'joined', back: true }, event.user ?? event.actor_id);
    case 'channel_rename':
    case 'group_rename':
      return room(event.channel.id, { kind: 'renamed', title: event.channel.name });
    case 'channel_id_changed':
      return room(event.old_channel_id, { kind: 'moved', to: event.new_channel_id });
    default:
      return room(event.channel, { kind: 'left' });
  }
}
