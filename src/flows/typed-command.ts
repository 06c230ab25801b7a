/** Commands typed as words: what people write where a platform has no `/` of ours, such as "báo cáo". Pure. */
import { MENU_COMMANDS } from '../messages/commands.ts';
import type { Say } from '../messages/say.ts';
import { fold } from '../people/fold.ts';
import { afterCommandWords, wordKey } from './command-words.ts';
import { cleanText, lengthOf } from './input.ts';
import type { Registry } from './registry.ts';
import { TITLE_MAX } from './report/values.ts';

/** Commands of the engine itself. */
export const RESUME = ['tieptuc', 'resume'];
export const CANCEL = ['huy', 'cancel'];

/** Buttons of the menus, whose words people type as well. */
const MENU = [...MENU_COMMANDS, 'trogiup'];

/** How a sentence to somebody begins; folded. */
const ADDRESS =
  /^(?:dong chi|kinh (?:gui|thua|bao)|thu truong|lanh dao|hoi dong|thuong truc|dear)(?![\p{L}\p{N}])/u;

export interface TypedCommand {
  readonly name: string;
  readonly args: string;
}

/**
 * The command a text is, or null for an ordinary sentence. A whole text that is a command's name, with
 * or without marks and spaces, or a button of the menu, is that command. "báo cáo" with something after
 * it is one only when that can be nothing but a title: after a colon, or beginning with a capital
 * letter and not addressed to anybody; one line, no question.
 */
export function typedCommand(
  typed: string,
  registry: Pick<Registry, 'commands'>,
  say: Say,
): TypedCommand | null {
  const text = cleanText(typed);
  const whole = wordKey(text);
  const known = [...registry.commands.keys(), ...RESUME, ...CANCEL];
  if (known.includes(whole)) return { name: whole, args: '' };
  const button = MENU.find((name) => wordKey(say(`menu-${name}`)) === whole);
  if (button !== undefined && registry.commands.has(button)) return { name: button, args: '' };
  const title = registry.commands.has('baocao') ? titleIn(text) : null;
  return title === null ? null : { name: 'baocao', args: title };
}

/** What follows when it can be nothing but a title. */
function titleIn(text: string): string | null {
  const { rest, colon } = afterCommandWords(text) ?? { rest: '', colon: false };
  if (rest === '' || lengthOf(rest) > TITLE_MAX || rest.includes('?')) return null;
  const named = /^[“"«]?\p{Lu}/u.test(rest) && !ADDRESS.test(fold(rest));
  return colon || named ? rest : null;
}
