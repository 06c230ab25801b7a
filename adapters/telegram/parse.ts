import type { Address, Attachment, Inbound, Sender } from '../../src/chat/index.ts';
import { LIMITS, PLATFORM } from './limits.ts';
import {
  type CallbackQuery,
  type Chat,
  type ChatMemberUpdated,
  type Document,
  Envelope,
  type PhotoSize,
  type TelegramMessage,
  Update,
  type User,
} from './updates.ts';

/** The bot that updates are addressed to. */
export interface Me {
  readonly tenant: string;
  readonly username: string;
}

export interface Parsed {
  /** Telegram's number of the update, which confirms it. */
  readonly id: number;
  /** Null when there is nothing in it for the bot; `why` says so for the log. */
  readonly event: Inbound | null;
  readonly why: string;
  /** The callback query that waits for an answer, or null. */
  readonly query: string | null;
  /** Updates that share a key are handled one after another: its chat, and who acted. */
  readonly keys: readonly string[];
}

/**
 * Reads one update. Never throws: what is unknown has a null `event`.
 * @returns null when it has not even an update number.
 */
export function parseUpdate(raw: unknown, me: Me): Parsed | null {
  const envelope = Envelope.safeParse(raw);
  if (!envelope.success) return null;
  const id = envelope.data.update_id;
  const query = envelope.data.callback_query?.id ?? null;
  const update = Update.safeParse(raw);
  if (!update.success) {
    const issue = update.error.issues[0];
    const why = `unknown shape at ${issue?.path.join('.')}: ${issue?.message}`;
    return { id, event: null, why, query, keys: [] };
  }
  const read = readUpdate(update.data, me);
  const event = typeof read === 'string' ? null : read;
  const keys = event
    ? [`chat:${event.where.chat}`, ...(event.from ? [`user:${event.from.identity.user}`] : [])]
    : [];
  return { id, event, why: typeof read === 'string' ? read : '', query, keys };
}

/** An event, or the reason why there is none. */
type Read = Inbound | string;

function readUpdate(update: Update, me: Me): Read {
  const delivery = String(update.update_id);
  if (update.message) return readMessage(update.message, delivery, me);
  if (update.edited_message) return readEdit(update.edited_message, delivery, me);
  if (update.callback_query) return readPress(update.callback_query, delivery, me);
  if (update.my_chat_member) return readMembership(update.my_chat_member, delivery, me);
  return 'an update of a kind not asked for';
}

const audienceOf = (chat: Chat): 'private' | 'group' =>
  chat.type === 'private' ? 'private' : 'group';

function addressOf(
  at: {
    chat: Chat;
    message_thread_id?: number | undefined;
    is_topic_message?: boolean | undefined;
  },
  me: Me,
): Address {
  // Outside forums Telegram numbers reply threads too, but one cannot post into those.
  const thread = at.is_topic_message ? at.message_thread_id : undefined;
  return {
    platform: PLATFORM,
    tenant: me.tenant,
    chat: String(at.chat.id),
    ...(thread === undefined ? {} : { thread: String(thread) }),
  };
}

const senderOf = (user: User, me: Me): Sender => ({
  identity: { platform: PLATFORM, tenant: me.tenant, user: String(user.id) },
  name: [user.first_name, user.last_name].filter(Boolean).join(' '),
  language: user.language_code ?? null,
});

/** What all events of a message have in common, or the reason to ignore it. */
function envelope(message: TelegramMessage, delivery: string, me: Me) {
  if (message.chat.type === 'channel') return 'a channel post';
  if (message.is_automatic_forward) return "a channel's post copied into its discussion group";
  // Anonymous administrators and channels act under the name of a bot of Telegram's own.
  const hidden = message.sender_chat !== undefined || message.from?.is_bot;
  const where = addressOf(message, me);
  return {
    common: {
      delivery,
      where,
      audience: audienceOf(message.chat),
      from: hidden || !message.from ? null : senderOf(message.from, me),
    },
    message: { at: where, id: String(message.message_id) },
  };
}

const isBot = (m: TelegramMessage): boolean =>
  m.from?.is_bot === true && m.sender_chat === undefined;

function readMessage(m: TelegramMessage, delivery: string, me: Me): Read {
  const read = envelope(m, delivery, me);
  if (typeof read === 'string') return read;
  const { common, message } = read;
  if (m.migrate_to_chat_id !== undefined) {
    const to = { platform: PLATFORM, tenant: me.tenant, chat: String(m.migrate_to_chat_id) };
    return { ...common, kind: 'moved', to };
  }
  if (m.new_chat_title !== undefined)
    return { ...common, kind: 'renamed', title: m.new_chat_title };
  if (isBot(m)) return 'written by a bot';
  if (m.text !== undefined) {
    const command = readCommand(m.text, me);
    if (command === 'other-bot') return 'a command for another bot';
    if (command) return { ...common, kind: 'command', ...command, message };
    return { ...common, kind: 'text', text: m.text, message, edited: false };
  }
  if (m.contact) {
    const { phone_number: phone, user_id } = m.contact;
    const own = user_id !== undefined && common.from?.identity.user === String(user_id);
    return { ...common, kind: 'contact', phone, own, message };
  }
  const file = readFile(m);
  if (file) {
    const album = m.media_group_id ?? null;
    return { ...common, kind: 'attachment', file, caption: m.caption ?? '', album, message };
  }
  const what = unsupported(m);
  return what ? { ...common, kind: 'unsupported', what, message } : 'a service message';
}

/**
 * Telegram marks a command up to the first character outside `[A-Za-z0-9_]`; one followed by a letter
 * with a Vietnamese mark is no command of ours, so it stays text.
 */
const COMMAND = /^\/([a-z0-9_]{1,32})(?:@([a-z0-9_]+))?(?:\s+|$)/i;

function readCommand(text: string, me: Me): { name: string; args: string } | 'other-bot' | null {
  const match = COMMAND.exec(text);
  if (!match) return null;
  const [whole, name = '', bot] = match;
  if (bot !== undefined && bot.toLowerCase() !== me.username.toLowerCase()) return 'other-bot';
  return { name: name.toLowerCase(), args: text.slice(whole.length) };
}

function readEdit(m: TelegramMessage, delivery: string, me: Me): Read {
  const read = envelope(m, delivery, me);
  if (typeof read === 'string') return read;
  if (isBot(m)) return 'written by a bot';
  // A caption's edit is a change of text of the same message; the file itself stays as it was sent.
  const text = m.text ?? m.caption;
  if (text === undefined) return 'an edit without text';
  return { ...read.common, kind: 'text', text, message: read.message, edited: true };
}

/** A GIF carries `animation` beside `document` and is no document to anyone. */
function readFile(m: TelegramMessage): Attachment | null {
  if (m.photo) return photoFile(m.photo);
  return m.document && m.animation === undefined ? documentFile(m.document) : null;
}

/** The largest size that can be downloaded. */
function photoFile(sizes: readonly PhotoSize[]): Attachment | null {
  const area = (s: PhotoSize): number => s.width * s.height;
  const fitting = sizes.filter((s) => (s.file_size ?? 0) <= LIMITS.downloadBytes);
  const best = [...fitting].sort((a, b) => area(b) - area(a))[0];
  if (!best) return null;
  return {
    ref: best.file_id,
    kind: 'photo',
    name: `photo-${best.file_unique_id}.jpg`,
    // Telegram re-encodes every photo as JPEG.
    mime: 'image/jpeg',
    size: best.file_size ?? null,
  };
}

const documentFile = (d: Document): Attachment => ({
  ref: d.file_id,
  kind: 'file',
  name: d.file_name || d.file_unique_id,
  mime: d.mime_type || 'application/octet-stream',
  size: d.file_size ?? null,
});

type What = Extract<Inbound, { kind: 'unsupported' }>['what'];

function unsupported(m: TelegramMessage): What | null {
  const has = (...values: unknown[]): boolean => values.some((v) => v !== undefined);
  if (has(m.sticker)) return 'sticker';
  if (has(m.voice, m.audio)) return 'voice';
  if (has(m.video, m.video_note, m.animation)) return 'video';
  if (has(m.location, m.venue)) return 'location';
  if (has(m.poll)) return 'poll';
  if (has(m.photo, m.dice, m.game, m.story, m.paid_media, m.checklist)) return 'other';
  return null;
}

function readPress(query: CallbackQuery, delivery: string, me: Me): Read {
  const { message, data, from } = query;
  if (!message) return 'a press on a message that is not in a chat of the bot';
  if (!data) return 'a press without an action';
  const where = addressOf(message, me);
  return {
    kind: 'press',
    delivery,
    where,
    audience: audienceOf(message.chat),
    from: senderOf(from, me),
    action: data,
    message: { at: where, id: String(message.message_id) },
  };
}

function readMembership(change: ChatMemberUpdated, delivery: string, me: Me): Read {
  if (change.chat.type === 'channel') return 'membership of a channel';
  const inside = ({ status, is_member }: { status: string; is_member?: boolean | undefined }) =>
    ['member', 'administrator', 'creator'].includes(status) ||
    (status === 'restricted' && is_member === true);
  const before = inside(change.old_chat_member);
  const after = inside(change.new_chat_member);
  if (before === after) return 'a change of rights, not of membership';
  const common = {
    delivery,
    where: addressOf(change, me),
    audience: audienceOf(change.chat),
    // An anonymous administrator acts as a bot that stands for the group.
    from: change.from.is_bot ? null : senderOf(change.from, me),
  };
  if (change.chat.type === 'private') return { ...common, kind: after ? 'unblocked' : 'blocked' };
  return after
    ? { ...common, kind: 'joined', title: change.chat.title ?? '' }
    : { ...common, kind: 'left' };
}
