import { z } from 'zod';

/**
 * The parts of Telegram's updates that the adapter reads (core.telegram.org/bots/api#update). Objects
 * are loose on purpose: Telegram adds fields at any time, and a new one must not lose an answer.
 */
const User = z.object({
  id: z.number().int(),
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  language_code: z.string().optional(),
});
export type User = z.infer<typeof User>;

const Chat = z.object({
  id: z.number().int(),
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
  title: z.string().optional(),
});
export type Chat = z.infer<typeof Chat>;

const file = {
  file_id: z.string().min(1),
  file_unique_id: z.string().min(1),
  file_size: z.number().int().nonnegative().optional(),
};
const PhotoSize = z.object({ ...file, width: z.number(), height: z.number() });
export type PhotoSize = z.infer<typeof PhotoSize>;
const Document = z.object({
  ...file,
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
});
export type Document = z.infer<typeof Document>;

/** Anything whose presence alone matters. */
const present = z.unknown().optional();

const Message = z.object({
  message_id: z.number().int(),
  chat: Chat,
  from: User.optional(),
  sender_chat: z.object({ id: z.number().int() }).optional(),
  is_automatic_forward: z.boolean().optional(),
  message_thread_id: z.number().int().optional(),
  is_topic_message: z.boolean().optional(),
  media_group_id: z.string().optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  photo: z.array(PhotoSize).optional(),
  document: Document.optional(),
  contact: z.object({ phone_number: z.string(), user_id: z.number().int().optional() }).optional(),
  new_chat_title: z.string().optional(),
  migrate_to_chat_id: z.number().int().optional(),
  sticker: present,
  voice: present,
  audio: present,
  video: present,
  video_note: present,
  animation: present,
  location: present,
  venue: present,
  poll: present,
  dice: present,
  game: present,
  story: present,
  paid_media: present,
  checklist: present,
});
export type TelegramMessage = z.infer<typeof Message>;

const CallbackQuery = z.object({
  id: z.string().min(1),
  from: User,
  data: z.string().optional(),
  /** Without date and text when the message is too old to be shown to bots. */
  message: z
    .object({
      message_id: z.number().int(),
      chat: Chat,
      message_thread_id: z.number().int().optional(),
      is_topic_message: z.boolean().optional(),
    })
    .optional(),
});
export type CallbackQuery = z.infer<typeof CallbackQuery>;

const ChatMember = z.object({ status: z.string(), is_member: z.boolean().optional() });
const ChatMemberUpdated = z.object({
  chat: Chat,
  from: User,
  old_chat_member: ChatMember,
  new_chat_member: ChatMember,
});
export type ChatMemberUpdated = z.infer<typeof ChatMemberUpdated>;

export const Update = z.object({
  update_id: z.number().int(),
  message: Message.optional(),
  edited_message: Message.optional(),
  callback_query: CallbackQuery.optional(),
  my_chat_member: ChatMemberUpdated.optional(),
});
export type Update = z.infer<typeof Update>;

/** Enough to confirm or answer an update whose content is beyond us. */
export const Envelope = z.object({
  update_id: z.number().int(),
  callback_query: z.object({ id: z.string().min(1) }).optional(),
});
