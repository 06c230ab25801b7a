import type { Account, Group, Stored, World } from './world.ts';

/** Objects as the Bot API writes them. */
export type Json = Readonly<Record<string, unknown>>;

export const userJson = (a: Account): Json => ({
  id: a.id,
  is_bot: false,
  first_name: a.firstName,
  ...(a.lastName === null ? {} : { last_name: a.lastName }),
  ...(a.language === null ? {} : { language_code: a.language }),
});

export const botJson = (world: World): Json => ({
  id: world.botId,
  is_bot: true,
  first_name: 'Thi đua',
  username: world.botUsername,
});

export function chatJson(world: World, chat: number): Json {
  const group = world.groups.get(chat);
  if (group) {
    const { id, type, title } = group;
    return { id, type, title, ...(group.forum ? { is_forum: true } : {}) };
  }
  const account = world.accounts.get(chat);
  return { id: chat, type: 'private', first_name: account?.firstName ?? '' };
}

export function messageJson(world: World, m: Stored): Json {
  const files = m.photo
    ? { photo: photoSizes(m.photo.id, m.photo.bytes.length) }
    : m.document
      ? {
          document: {
            file_id: m.document.id,
            file_unique_id: `u${m.document.id}`,
            file_name: m.document.name,
            mime_type: m.document.mime,
            file_size: m.document.bytes.length,
          },
        }
      : {};
  const text = m.text === '' ? {} : m.photo || m.document ? { caption: m.text } : { text: m.text };
  return {
    message_id: m.id,
    from: m.author ? userJson(m.author) : botJson(world),
    chat: chatJson(world, m.chat),
    date: 1_720_000_000,
    ...(m.thread === null ? {} : { message_thread_id: m.thread, is_topic_message: true }),
    ...text,
    ...files,
    ...(m.keyboard.length > 0 ? { reply_markup: { inline_keyboard: m.keyboard } } : {}),
    ...m.extra,
  };
}

/** A photo comes in several sizes; the last and largest is the one that was sent. */
const photoSizes = (id: string, size: number): Json[] => [
  { file_id: `${id}-small`, file_unique_id: `us${id}`, width: 90, height: 60, file_size: 1 },
  { file_id: id, file_unique_id: `u${id}`, width: 1280, height: 853, file_size: size },
];

export function membershipJson(
  world: World,
  {
    chat,
    by,
    before,
    after,
  }: { chat: Group | Account; by: Account; before: string; after: string },
): Json {
  const member = (status: string): Json => ({ user: botJson(world), status });
  return {
    chat: chatJson(world, chat.id),
    from: userJson(by),
    date: 1_720_000_000,
    old_chat_member: member(before),
    new_chat_member: member(after),
  };
}
