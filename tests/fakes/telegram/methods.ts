import { z } from 'zod';
import { ApiError, badRequest, forbidden } from './errors.ts';
import type { Entity } from './html.ts';
import { botJson, chatJson, type Json, messageJson, userJson } from './json.ts';
import {
  Command,
  editing,
  empty,
  flag,
  id,
  json,
  linkPreview,
  menuKey,
  menuTarget,
  parseMode,
  type Request,
  read,
  readContactButton,
  readKeyboard,
  readText,
  sending,
} from './params.ts';
import type { UpdateQueue } from './updates.ts';
import type { InlineButton, Stored, World } from './world.ts';

/** A press waiting for its answer. */
interface OpenQuery {
  readonly at: number;
  resolve(toast: string | null): void;
}

export interface Backstage {
  readonly world: World;
  readonly updates: UpdateQueue;
  readonly queries: Map<string, OpenQuery>;
  readonly menus: Map<string, readonly Json[]>;
  readonly clock: () => number;
  readonly takeToken: (chat: number) => void;
  /** Whether getFile answers with a path on disk, as a self-hosted server in local mode. */
  readonly localPath: ((fileId: string) => string) | null;
}

type Method = (request: Request, stage: Backstage) => unknown;

/** Seconds after which a press can no longer be answered: where people report it (15 to 20). */
const QUERY_SECONDS = 15;
const DOWNLOAD_BYTES = 20 * 1024 * 1024;

/** Whether the bot may write there, in the server's order of refusals. */
function reach(chat: number, thread: number | undefined, { world }: Backstage): void {
  const migrated = world.migrated.get(chat);
  if (migrated !== undefined) {
    throw new ApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: migrated,
    });
  }
  const group = world.groups.get(chat);
  if (group) {
    const kind = group.type === 'group' ? 'group' : 'supergroup';
    if (group.deleted) throw forbidden('the group chat was deleted');
    if (group.bot === 'kicked') throw forbidden(`bot was kicked from the ${kind} chat`);
    if (group.bot !== 'member') throw forbidden(`bot is not a member of the ${kind} chat`);
    if (thread !== undefined && !group.topics.has(thread)) {
      throw badRequest('message thread not found');
    }
    return;
  }
  const account = world.accounts.get(chat);
  if (!account) throw badRequest('chat not found');
  if (account.deactivated) throw forbidden('user is deactivated');
  if (!account.started) throw forbidden("bot can't initiate conversation with a user");
  if (account.blocked) throw forbidden('bot was blocked by the user');
  if (thread !== undefined) throw badRequest('message thread not found');
}

function ownMessage(chat: number, message: number, stage: Backstage): Stored {
  reach(chat, undefined, stage);
  const found = stage.world.find(chat, message);
  if (!found) throw badRequest('message to edit not found');
  if (found.author !== null) throw badRequest("message can't be edited");
  return found;
}

function change(
  stage: Backstage,
  message: Stored,
  next: { text: string; entities: readonly Entity[]; keyboard: InlineButton[][] },
): Json {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  if (
    message.text === next.text &&
    same(message.entities, next.entities) &&
    same(message.keyboard, next.keyboard)
  ) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  Object.assign(message, next, { edited: true });
  stage.world.announce(message);
  return messageJson(stage.world, message);
}

function sendMedia(request: Request, stage: Backstage, as: 'photo' | 'document'): Json {
  const p = read({ ...sending, caption: z.string().optional(), [as]: z.string() }, request);
  reach(p.chat_id, p.message_thread_id, stage);
  const reference = String((p as Record<string, unknown>)[as]).replace('attach://', '');
  const upload = request.files[reference];
  if (!upload) throw badRequest('wrong file identifier/HTTP URL specified');
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty');
  const mime = sniff(upload.bytes);
  if (as === 'photo' && mime === 'application/octet-stream')
    throw badRequest('IMAGE_PROCESS_FAILED');
  const caption = readText(p.caption ?? '', p.parse_mode, 1024);
  const keyboard = readKeyboard(p.reply_markup);
  const contactButton = readContactButton(p.reply_markup, p.chat_id);
  stage.takeToken(p.chat_id);
  const file = stage.world.keepFile(upload.name, mime, upload.bytes);
  const message = stage.world.add({
    chat: p.chat_id,
    thread: p.message_thread_id ?? null,
    author: null,
    ...caption,
    photo: as === 'photo' ? file : null,
    document: as === 'document' ? file : null,
    keyboard,
    contactButton,
    extra: {},
  });
  return messageJson(stage.world, message);
}

/** PNG and JPEG by their first bytes. */
function sniff(bytes: Uint8Array): string {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg';
  return 'application/octet-stream';
}

export const METHODS: Readonly<Record<string, Method>> = {
  getMe: (request, { world }) => {
    read({}, request);
    return botJson(world);
  },

  getUpdates: (request, { updates }) => {
    const p = read(
      {
        offset: id.optional(),
        limit: z.coerce.number().int().min(1).max(100).optional(),
        timeout: z.coerce.number().int().min(0).max(50).optional(),
        allowed_updates: json(z.array(z.string())).optional(),
      },
      request,
    );
    updates.allow(p.allowed_updates);
    return updates.poll(p.offset, p.limit ?? 100, p.timeout ?? 0, request.gone);
  },

  setWebhook: (request, { updates }) => {
    const p = read(
      {
        url: z.string(),
        secret_token: z
          .string()
          .regex(/^[A-Za-z0-9_-]{1,256}$/)
          .optional(),
        allowed_updates: json(z.array(z.string())).optional(),
        max_connections: z.coerce.number().int().min(1).max(100).optional(),
      },
      request,
    );
    // The real server wants HTTPS on 443, 80, 88 or 8443; tests stay on this machine.
    if (p.url !== '' && !/^(https:\/\/|http:\/\/127\.0\.0\.1:)/.test(p.url)) {
      throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
    }
    updates.allow(p.allowed_updates);
    updates.setWebhook(p.url === '' ? null : { url: p.url, secret: p.secret_token ?? null });
    return true;
  },

  deleteWebhook: (request, { updates }) => {
    read({ drop_pending_updates: flag.optional() }, request);
    updates.setWebhook(null);
    return true;
  },

  getWebhookInfo: (request, { updates }) => {
    read({}, request);
    return {
      url: updates.webhook()?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: updates.pending(),
    };
  },

  setMyCommands: (request, { menus }) => {
    const p = read({ commands: json(z.array(Command).max(100)), ...menuTarget }, request);
    menus.set(menuKey(p), p.commands);
    return true;
  },

  getMyCommands: (request, { menus }) => menus.get(menuKey(read(menuTarget, request))) ?? [],

  sendMessage: (request, stage) => {
    const p = read({ ...sending, text: z.string(), link_preview_options: linkPreview }, request);
    reach(p.chat_id, p.message_thread_id, stage);
    const content = readText(p.text, p.parse_mode, 4096);
    if (empty(content.text)) throw badRequest('message text is empty');
    const keyboard = readKeyboard(p.reply_markup);
    const contactButton = readContactButton(p.reply_markup, p.chat_id);
    stage.takeToken(p.chat_id);
    const message = stage.world.add({
      chat: p.chat_id,
      thread: p.message_thread_id ?? null,
      author: null,
      ...content,
      photo: null,
      document: null,
      keyboard,
      contactButton,
      extra: {},
    });
    return messageJson(stage.world, message);
  },

  sendPhoto: (request, stage) => sendMedia(request, stage, 'photo'),
  sendDocument: (request, stage) => sendMedia(request, stage, 'document'),

  editMessageText: (request, stage) => {
    const p = read(
      { ...editing, text: z.string(), parse_mode: parseMode, link_preview_options: linkPreview },
      request,
    );
    const message = ownMessage(p.chat_id, p.message_id, stage);
    if (message.photo || message.document)
      throw badRequest('there is no text in the message to edit');
    const content = readText(p.text, p.parse_mode, 4096);
    if (empty(content.text)) throw badRequest('message text is empty');
    return change(stage, message, { ...content, keyboard: readKeyboard(p.reply_markup) });
  },

  editMessageCaption: (request, stage) => {
    const p = read({ ...editing, caption: z.string().optional(), parse_mode: parseMode }, request);
    const message = ownMessage(p.chat_id, p.message_id, stage);
    if (!message.photo && !message.document) {
      throw badRequest('there is no caption in the message to edit');
    }
    const content = readText(p.caption ?? '', p.parse_mode, 1024);
    return change(stage, message, { ...content, keyboard: readKeyboard(p.reply_markup) });
  },

  editMessageReplyMarkup: (request, stage) => {
    const p = read(editing, request);
    const message = ownMessage(p.chat_id, p.message_id, stage);
    const { text, entities } = message;
    return change(stage, message, { text, entities, keyboard: readKeyboard(p.reply_markup) });
  },

  deleteMessage: (request, stage) => {
    const p = read({ chat_id: id, message_id: id }, request);
    const message = stage.world.find(p.chat_id, p.message_id);
    if (!message) throw badRequest('message to delete not found');
    message.deleted = true;
    return true;
  },

  answerCallbackQuery: (request, { queries, clock }) => {
    const p = read(
      {
        callback_query_id: z.string(),
        text: z.string().max(200).optional(),
        show_alert: flag.optional(),
      },
      request,
    );
    const query = queries.get(p.callback_query_id);
    if (!query || clock() - query.at > QUERY_SECONDS * 1000) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    queries.delete(p.callback_query_id);
    query.resolve(p.text ?? null);
    return true;
  },

  getFile: (request, { world, localPath }) => {
    const p = read({ file_id: z.string() }, request);
    const file = world.files.get(p.file_id.replace(/-small$/, ''));
    if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
    if (file.bytes.length > DOWNLOAD_BYTES && !localPath) throw badRequest('file is too big');
    return {
      file_id: file.id,
      file_unique_id: `u${file.id}`,
      file_size: file.bytes.length,
      file_path: localPath?.(file.id) ?? file.path,
    };
  },

  getChat: (request, stage) => {
    const p = read({ chat_id: id }, request);
    if (!stage.world.groups.has(p.chat_id) && !stage.world.accounts.has(p.chat_id)) {
      throw badRequest('chat not found');
    }
    return chatJson(stage.world, p.chat_id);
  },

  getChatMember: (request, { world }) => {
    const p = read({ chat_id: id, user_id: id }, request);
    const account = world.accounts.get(p.user_id);
    if (!world.groups.has(p.chat_id) || !account) throw badRequest('member not found');
    return { user: userJson(account), status: 'member' };
  },

  leaveChat: (request, { world }) => {
    const p = read({ chat_id: id }, request);
    const group = world.groups.get(p.chat_id);
    if (!group) throw badRequest('chat not found');
    group.bot = 'left';
    return true;
  },

  sendChatAction: (request, stage) => {
    const p = read(
      { chat_id: id, action: z.enum(['typing', 'upload_photo', 'upload_document']) },
      request,
    );
    reach(p.chat_id, undefined, stage);
    return true;
  },
};
