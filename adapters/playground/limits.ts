import type { Abilities, Pace } from '../../src/chat/index.ts';

export const PLATFORM = 'playground';
export const TENANT = 'local';

/** The page's own limits, close to Telegram's, so that what is tried here behaves as it will there. */
export const LIMITS = {
  /** UTF-16 units of one message. */
  textChars: 4096,
  buttonsPerRow: 8,
  buttons: 100,
  /** Bytes of one uploaded photo or file. */
  uploadBytes: 20 * 1024 * 1024,
  /** Bytes of any other request. */
  requestBytes: 64 * 1024,
  /** Messages kept per chat, in memory and on disk; older ones are forgotten with their files. */
  kept: 500,
  /** Events remembered so that a repeated request is recognised as the same one. */
  deliveries: 1000,
} as const;

export function abilities(pageUrl: string | null): Abilities {
  return {
    maxChars: LIMITS.textChars,
    maxButtonsPerRow: LIMITS.buttonsPerRow,
    maxButtons: LIMITS.buttons,
    maxDownloadBytes: LIMITS.uploadBytes,
    directMessage: 'always',
    contact: true,
    deepLink: pageUrl === null ? null : (code) => `${pageUrl}?start=${encodeURIComponent(code)}`,
    forms: false,
    threads: false,
  };
}

/** Nothing to protect but this process. */
export const PACE: Pace = {
  bot: { intervalMs: 2, burst: 200, reserve: 20 },
  chat: () => ({ intervalMs: 20, burst: 20 }),
};
