import type { Abilities, Address, Pace, Rate } from '../../src/chat/index.ts';

export const PLATFORM = 'slack';

/**
 * Slack's limits, in UTF-16 units where text is meant (Slack counts characters, which are never more).
 * Where they come from: docs.slack.dev/reference/block-kit and the pages of the methods named.
 */
export const LIMITS = {
  /**
   * Text of all blocks of one message. Slack says no figure; `msg_blocks_too_long` has been seen from
   * about 13,000 on (slackapi/bolt-js#2509), and cells of tables may have 10,000 together.
   */
  pageChars: 10_000,
  /** Blocks of a message (chat.postMessage) and of a modal or Home tab (views.*). */
  blocks: 50,
  viewBlocks: 100,
  /** A text object; the same is kept for one rich text block, for which Slack says nothing. */
  textChars: 3000,
  contextChars: 2000,
  headerChars: 150,
  /** The text that stands for a message with blocks; from 4,000 on Slack may split it. */
  noticeChars: 3000,
  /** Actions block and button. */
  buttonsPerRow: 25,
  buttonLabelChars: 75,
  /** Table block: rows with the header, columns, and tables in a message. */
  tableRows: 100,
  tableColumns: 20,
  tables: 1,
  /** Image block. */
  altChars: 2000,
  /** Anything longer is no address that a link element takes (button: 3,000). */
  urlChars: 3000,
  /** Modal: title, submit and close; input block: label and hint; plain-text input; error under a field. */
  modalTitleChars: 24,
  labelChars: 2000,
  inputChars: 3000,
  metadataChars: 3000,
  /** File input. */
  files: 10,
  /** Ours: what Telegram hands out, so that evidence of both is alike and fits in memory. */
  downloadBytes: 20 * 1024 * 1024,
  /**
   * Messages looked through for one that was perhaps sent: the newest of a channel, and of a thread all
   * up to a bound of ours, so many at once (both methods take up to 999).
   */
  lookUpMessages: 100,
  lookUpReplies: 999,
  lookUpThread: 10_000,
} as const;

/** The picture types an image block takes (slack file object). */
export const PICTURE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif'];

export function abilities(): Abilities {
  return {
    maxChars: LIMITS.pageChars,
    maxButtonsPerRow: LIMITS.buttonsPerRow,
    maxButtons: 100,
    maxDownloadBytes: LIMITS.downloadBytes,
    directMessage: 'always',
    contact: false,
    // A workspace has no address that opens a bot with a word of ours.
    deepLink: null,
    forms: true,
    threads: true,
  };
}

/** "One message a second in one channel, short bursts pass" (docs.slack.dev/apis/web-api/rate-limits). */
const CHANNEL: Rate = { intervalMs: 1000, burst: 3 };

/** "Several hundred a minute" over a workspace (same page): 300, so that it is never reached. */
export const PACE: Pace = {
  bot: { intervalMs: 200, burst: 20, reserve: 5 },
  chat: (_to: Address) => CHANNEL,
};
