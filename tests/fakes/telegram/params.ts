import { z } from 'zod';
import { badRequest } from './errors.ts';
import { type Entity, normalise, parseHtml } from './html.ts';
import type { UploadedFile } from './multipart.ts';
import type { InlineButton } from './world.ts';

/** Parameters of the methods, checked as Telegram checks them. */
export interface Request {
  readonly params: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, UploadedFile>>;
  /** Aborts when the client hangs up. */
  readonly gone: AbortSignal;
}

export const id = z.coerce.number().int();
export const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform((v) => v === 'true'),
]);
export const json = <T extends z.ZodType>(schema: T) =>
  z.preprocess((v) => {
    if (typeof v !== 'string') return v;
    try {
      return JSON.parse(v);
    } catch {
      return v;
    }
  }, schema);

const InlineMarkup = z.strictObject({
  inline_keyboard: z.array(
    z.array(
      z.strictObject({
        text: z.string(),
        callback_data: z.string(),
        style: z.enum(['danger', 'success', 'primary']).optional(),
      }),
    ),
  ),
});
const ReplyMarkup = z.union([
  InlineMarkup,
  z.strictObject({
    keyboard: z.array(
      z.array(z.strictObject({ text: z.string(), request_contact: z.boolean().optional() })),
    ),
    one_time_keyboard: z.boolean().optional(),
    resize_keyboard: z.boolean().optional(),
  }),
  z.strictObject({ remove_keyboard: z.literal(true) }),
]);
type ReplyMarkup = z.infer<typeof ReplyMarkup>;

export const parseMode = z.enum(['HTML']).optional();
export const linkPreview = json(z.strictObject({ is_disabled: z.boolean().optional() })).optional();
export const sending = {
  chat_id: id,
  message_thread_id: id.optional(),
  parse_mode: parseMode,
  disable_notification: flag.optional(),
  reply_markup: json(ReplyMarkup).optional(),
};
export const editing = { chat_id: id, message_id: id, reply_markup: json(InlineMarkup).optional() };

/** Unknown parameters are a caller's fault here, though Telegram lets them pass. */
export function read<T extends z.ZodRawShape>(
  shape: T,
  { params }: Request,
): z.output<z.ZodObject<T>> {
  const result = z.strictObject(shape).safeParse(params);
  if (result.success) return result.data as z.output<z.ZodObject<T>>;
  const issue = result.error.issues[0];
  throw badRequest(`wrong parameter ${issue?.path.join('.')}: ${issue?.message}`);
}

export function readText(
  text: string,
  mode: 'HTML' | undefined,
  limit: number,
): { text: string; entities: readonly Entity[] } {
  if (/\p{Surrogate}/u.test(text)) throw badRequest('strings must be encoded in UTF-8');
  const parsed = normalise(mode === 'HTML' ? parseHtml(text) : { text, entities: [] });
  if (parsed.text.length > limit) {
    throw badRequest(limit === 1024 ? 'message caption is too long' : 'message is too long');
  }
  return parsed;
}

export const empty = (text: string): boolean => /^[\s\p{Cf}\u2800\u3164]*$/u.test(text);

export function readKeyboard(markup: ReplyMarkup | undefined): InlineButton[][] {
  if (!markup || !('inline_keyboard' in markup)) return [];
  const rows = markup.inline_keyboard;
  if (rows.flat().length > 100) throw badRequest('reply markup is too long');
  for (const row of rows) if (row.length > 8) throw badRequest('more than 8 buttons in a row');
  for (const { text, callback_data } of rows.flat()) {
    const bytes = Buffer.byteLength(callback_data);
    if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID');
    if (empty(text)) throw badRequest('inline keyboard button text is empty');
  }
  return rows.filter((row) => row.length > 0);
}

export function readContactButton(markup: ReplyMarkup | undefined, chat: number): string | null {
  if (!markup || !('keyboard' in markup)) return null;
  const button = markup.keyboard.flat().find((b) => b.request_contact);
  if (!button) return null;
  if (chat < 0) throw badRequest('phone number can be requested in private chats only');
  if (empty(button.text)) throw badRequest('keyboard button text is empty');
  return button.text;
}

export const Command = z.strictObject({
  command: z.string().regex(/^[a-z0-9_]{1,32}$/, 'BOT_COMMAND_INVALID'),
  description: z.string().min(1).max(256),
});
export const menuTarget = {
  scope: json(
    z.strictObject({ type: z.enum(['default', 'all_private_chats', 'all_group_chats']) }),
  ).optional(),
  language_code: z
    .string()
    .regex(/^[a-z]{2}$/)
    .optional(),
};
export const menuKey = (p: {
  scope?: { type: string } | undefined;
  language_code?: string | undefined;
}) => `${p.scope?.type ?? 'default'}:${p.language_code ?? ''}`;
