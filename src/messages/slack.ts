/** What Slack itself shows of the bot: its name, commands and shortcuts, and the words of its windows. */
import { allCommands, type CommandEntry, commandMenu } from './commands.ts';
import type { Language } from './language.ts';
import type { Say } from './say.ts';

/** The words of windows over the chat; title and close button have at most 24 characters. */
export const windowWords = (
  texts: Readonly<Record<Language, Say>>,
): Record<Language, { title: string; close: string }> => {
  const words = (say: Say) => ({ title: say('slack-name'), close: say('slack-close') });
  return { vi: words(texts.vi), en: words(texts.en) };
};

/** Names of the commands that belong to a channel. */
export const channelCommands = (say: Say): string[] =>
  commandMenu(say, 'group').map(({ command }) => command);

/**
 * Slash commands, which a workspace shares among all its apps: `start` is not for one of them, so
 * people begin with `batdau`.
 */
export const slashCommands = (say: Say): CommandEntry[] =>
  allCommands(say).map((entry) =>
    entry.command === 'start' ? { ...entry, command: 'batdau' } : entry,
  );

/** Letters without marks only: nothing else is allowed there. */
const HANDLE = 'thidua';

/** What the app's manifest says of it. */
export const appWords = (say: Say) => ({
  name: say('slack-name'),
  handle: HANDLE,
  description: say('slack-about'),
  commands: slashCommands(say),
  shortcuts: {
    message: {
      name: say('slack-shortcut-message'),
      description: say('slack-shortcut-message-about'),
    },
    global: { name: say('slack-shortcut-new'), description: say('slack-shortcut-new-about') },
  },
});
