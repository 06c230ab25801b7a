/** Which commands there are for whom: the platforms' command menus, the greeting and the help. */
import type { PersonView } from '../engine/turn-context.ts';
import type { Say } from './say.ts';

/** What somebody is to the bot; `group` is a chat, where most commands do not belong. */
export type CommandRole = 'guest' | 'member' | 'head' | 'office' | 'group';

const MEMBER = [
  'baocao',
  'cuatoi',
  'tieptuc',
  'huy',
  'bangxephang',
  'taikhoan',
  'ngonngu',
  'trogiup',
] as const;
const LEADER = [
  'baocao',
  'choxacnhan',
  'cuatoi',
  'tieptuc',
  'huy',
  'bangxephang',
  'taikhoan',
  'ngonngu',
  'trogiup',
] as const;

const COMMANDS = {
  guest: ['start', 'ngonngu', 'trogiup'],
  member: MEMBER,
  head: LEADER,
  office: LEADER,
  group: ['bangxephang', 'lienket', 'trogiup'],
} as const satisfies Record<CommandRole, readonly string[]>;

/** The widest role a person has today; null is somebody not enrolled. */
export function roleOf(person: Pick<PersonView, 'grants'> | null): CommandRole {
  if (!person) return 'guest';
  if (person.grants.some(({ role }) => role === 'office')) return 'office';
  return person.grants.length > 0 ? 'head' : 'member';
}

export interface CommandEntry {
  /** Without the slash. */
  readonly command: string;
  readonly description: string;
}

/**
 * Commands of a role, most used first; a platform's general menu is that of a member with `start`.
 * Descriptions are at most 256 characters, Telegram's limit.
 */
export const commandMenu = (say: Say, role?: CommandRole): CommandEntry[] =>
  (role ? COMMANDS[role] : ['start', ...LEADER]).map((command) => ({
    command,
    description: say(`command-${command}`),
  }));
