/** Help and the menu, by role. */
import type { Campaign } from '../campaign/types.ts';
import type { Block, Button, Message } from '../chat/index.ts';
import { type CommandRole, commandMenu, menuRows } from './commands.ts';
import type { Say } from './say.ts';

const press = (say: Say, command: string, tone?: Button['tone']): Button => ({
  label: say(`menu-${command}`),
  action: `cmd:${command}`,
  ...(tone && { tone }),
});

/** The things somebody with these roles does most, as buttons; a guest's is to enrol. Groups have none. */
export const menuButtons = (say: Say, roles: readonly CommandRole[]): Button[][] =>
  roles.includes('group')
    ? []
    : menuRows(roles).map((row, at) =>
        row.map((command) => press(say, command, at === 0 ? 'primary' : undefined)),
      );

/** `/start` is Telegram's own; its other name is a command wherever there are any. */
const typedName = (command: string): string => (command === 'start' ? 'batdau' : command);

export const commandList = (say: Say, roles: readonly CommandRole[]): Block => ({
  kind: 'list',
  items: commandMenu(say, ...roles).map(({ command, description }) => [
    `/${typedName(command)} – ${description}`,
  ]),
});

/** `forms`: the platform opens forms; what can be done without them is then said too. */
export function helpMessage(
  say: Say,
  roles: readonly CommandRole[],
  campaign: Campaign,
  { forms }: { readonly forms: boolean },
): Message {
  const group = roles.includes('group');
  const heading = say('help-title', { campaign: campaign.name[say.language] });
  const buttons = menuButtons(say, roles);
  return {
    notice: heading,
    blocks: [
      { kind: 'heading', text: heading },
      ...roles.map((role): Block => ({ kind: 'text', text: [say(`help-${role}`)] })),
      commandList(say, roles),
      ...(forms && roles.includes('enrolled')
        ? [{ kind: 'note' as const, text: [say('form-help')] }]
        : []),
      ...(group ? [] : [{ kind: 'note' as const, text: [say('help-note')] }]),
    ],
    ...(buttons.length > 0 && { buttons }),
  };
}

/** What `/start` shows to someone enrolled. */
export const menuMessage = (
  say: Say,
  who: {
    readonly name: string;
    readonly unit: string | null;
    readonly roles: readonly CommandRole[];
    /** Where the campaign stands, in one line. */
    readonly stage: string;
  },
): Message => {
  const line = who.unit
    ? say('menu-greeting', { name: who.name, unit: who.unit })
    : say('menu-greeting-no-unit', { name: who.name });
  return {
    notice: line,
    blocks: [
      { kind: 'text', text: [line] },
      { kind: 'note', text: [who.stage] },
      { kind: 'text', text: [say('menu-choose')] },
    ],
    buttons: [
      ...menuButtons(say, who.roles),
      [{ label: say('menu-trogiup'), action: 'cmd:trogiup' }],
    ],
  };
};

/** The languages to choose from, each named in itself. */
export const languageMessage = (say: Say): Message => ({
  notice: say('language-ask'),
  blocks: [{ kind: 'text', text: [say('language-ask')] }],
  buttons: [
    [
      { label: say('language-vi'), action: 'lang:vi' },
      { label: say('language-en'), action: 'lang:en' },
    ],
  ],
});
