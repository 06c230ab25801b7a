/** Commands typed as words: what people write where a platform has no `/` of ours, such as "báo cáo". Pure. */
import type { Say } from '../messages/say.ts';
import { fold } from '../people/fold.ts';
import { cleanText, lengthOf } from './input.ts';
import type { Registry } from './registry.ts';

/** Commands of the engine itself. */
export const RESUME = ['tieptuc', 'resume'];
export const CANCEL = ['huy', 'cancel'];

/** Buttons of the menu, whose words people type as well. */
const MENU = ['baocao', 'choxacnhan', 'cuatoi', 'bangxephang', 'trogiup'] as const;

/** The words of the command that a title may follow, in its two languages. */
const REPORT = ['baocao', 'report'];
const FOLLOWED = [
  /^(?<words>\/?\p{L}+\s+\p{L}+)(?<gap>\s*:\s*|\s+)(?<rest>\S.*)$/u,
  /^(?<words>\/?\p{L}+)(?<gap>\s*:\s*|\s+)(?<rest>\S.*)$/u,
];
/** Characters beyond which what follows is a story, not a title. */
const TITLE_MAX = 120;
/** How a sentence to somebody begins; folded. */
const ADDRESS =
  /^(?:dong chi|kinh (?:gui|thua|bao)|thu truong|lanh dao|hoi dong|thuong truc|dear)(?![\p{L}\p{N}])/u;

/** Letters and figures of a text, folded: "Báo  cáo." and "/baocao" are the same. */
const key = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '');

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
  const whole = key(text);
  const known = [...registry.commands.keys(), ...RESUME, ...CANCEL];
  if (known.includes(whole)) return { name: whole, args: '' };
  const button = MENU.find((name) => key(say(`menu-${name}`)) === whole);
  if (button !== undefined && registry.commands.has(button)) return { name: button, args: '' };
  const title = registry.commands.has('baocao') ? titleIn(text) : null;
  return title === null ? null : { name: 'baocao', args: title };
}

function titleIn(text: string): string | null {
  for (const shape of FOLLOWED) {
    const { words = '', gap = '', rest = '' } = shape.exec(text)?.groups ?? {};
    if (!REPORT.includes(key(words))) continue;
    const title = rest.trim();
    if (lengthOf(title) > TITLE_MAX || /\?/.test(title)) return null;
    const named = /^[“"«]?\p{Lu}/u.test(title) && !ADDRESS.test(fold(title));
    return gap.includes(':') || named ? title : null;
  }
  return null;
}
