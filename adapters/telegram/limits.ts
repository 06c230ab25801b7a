import type { Abilities, Address, Pace, Rate } from '../../src/chat/index.ts';

export const PLATFORM = 'telegram';

/** Telegram's limits. Where they come from: core.telegram.org/bots/api and /bots/faq. */
export const LIMITS = {
  /** UTF-16 units of a message's text after its entities are parsed (sendMessage). */
  textChars: 4096,
  /** The same of a photo's or document's caption (sendPhoto, sendDocument). */
  captionChars: 1024,
  /** Formatted runs in one message; the server silently drops those beyond. */
  entities: 100,
  /** Inline keyboards larger than this are refused or cut (grammY and server behaviour). */
  buttons: 100,
  buttonsPerRow: 8,
  /** getFile refuses larger files, except on a self-hosted server, where we keep the same limit. */
  downloadBytes: 20 * 1024 * 1024,
  /** sendPhoto refuses larger ones; they go as documents. */
  photoBytes: 10 * 1024 * 1024,
  /** answerCallbackQuery. */
  toastChars: 200,
} as const;

/** Columns of fixed-width text that a phone shows without wrapping; from the look of common phones. */
export const PHONE_COLUMNS = 34;

/** What the bot wants to be told of; group membership is not in Telegram's default set. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
] as const;

export function abilities(username: () => string): Abilities {
  return {
    maxChars: LIMITS.textChars,
    maxButtonsPerRow: LIMITS.buttonsPerRow,
    maxButtons: LIMITS.buttons,
    maxDownloadBytes: LIMITS.downloadBytes,
    directMessage: 'after-contact',
    contact: true,
    deepLink: (code) => `https://t.me/${username()}?start=${code}`,
    forms: false,
    threads: false,
  };
}

/** "About one message a second in one chat, short bursts pass" (bot FAQ). */
const PRIVATE: Rate = { intervalMs: 1000, burst: 5 };
/** At most 20 a minute in one group: five at once, then one every four seconds, never reaches 21. */
const GROUP: Rate = { intervalMs: 4000, burst: 5 };

/** Group ids are negative, those of people positive (Bot API, Chat). */
export const isGroup = (chat: string): boolean => chat.startsWith('-');

/** 25 of the about 30 messages a second over all chats, so that a shared address never trips it. */
export const PACE: Pace = {
  bot: { intervalMs: 40, burst: 25, reserve: 5 },
  chat: (to: Address) => (isGroup(to.chat) ? GROUP : PRIVATE),
};
