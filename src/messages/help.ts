/** Help and the menu, by role. */
import type { Campaign } from '../campaign/types.ts';
import type { Block, Button, Message } from '../chat/index.ts';
import { type CommandRole, commandMenu } from './commands.ts';
import type { Say } from './say.ts';

const press = (say: Say, command: string, tone?: Button['tone']): Button => ({
  label: say(`menu-${command}`),
  action: `cmd:${command}`,
  ...(tone && { tone }),
});

/** The things a person does most, as buttons; a guest's is to enrol. Groups have none. */
export function menuButtons(say: Say, role: CommandRole): Button[][] {
  if (role === 'group') return [];
  if (role === 'guest') return [[press(say, 'start', 'primary')]];
  return [
    [press(say, 'baocao', 'primary')],
    ...(role === 'member' ? [] : [[press(say, 'choxacnhan')]]),
    [press(say, 'cuatoi'), press(say, 'bangxephang')],
  ];
}

/** `/start` is Telegram's own; its other name is a command wherever there are any. */
const typedName = (command: string): string => (command === 'start' ? 'batdau' : command);

export const commandList = (say: Say, role: CommandRole): Block => ({
  kind: 'list',
  items: commandMenu(say, role).map(({ command, description }) => [
    `/${typedName(command)} – ${description}`,
  ]),
});

/** `forms`: the platform opens forms; what can be done without them is then said too. */
export function helpMessage(
  say: Say,
  role: CommandRole,
  campaign: Campaign,
  { forms }: { readonly forms: boolean },
): Message {
  const enrolled = role !== 'group' && role !== 'guest';
  const heading = say('help-title', { campaign: campaign.name[say.language] });
  const buttons = menuButtons(say, role);
  return {
    notice: heading,
    blocks: [
      { kind: 'heading', text: heading },
      { kind: 'text', text: [say(`help-${role}`)] },
      commandList(say, role),
      ...(forms && enrolled ? [{ kind: 'note' as const, text: [say('form-help')] }] : []),
      ...(role === 'group' ? [] : [{ kind: 'note' as const, text: [say('help-note')] }]),
    ],
    ...(buttons.length > 0 && { buttons }),
  };
}

/** What `/start` shows to someone enrolled. */
export const menuMessage = (
  say: Say,
  who: { readonly name: string; readonly unit: string | null; readonly role: CommandRole },
): Message => {
  const line = who.unit
    ? say('menu-greeting', { name: who.name, unit: who.unit })
    : say('menu-greeting-no-unit', { name: who.name });
  return {
    notice: line,
    blocks: [
      { kind: 'text', text: [line] },
      { kind: 'text', text: [say('menu-choose')] },
    ],
    buttons: [
      ...menuButtons(say, who.role),
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
