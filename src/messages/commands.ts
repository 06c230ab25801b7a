/** Which commands there are for whom: the platforms' command menus, the greeting and the help. */
import type { Role } from '../db/schema.ts';
import type { PersonView } from '../engine/turn-context.ts';
import type { Say } from './say.ts';

/**
 * What somebody is to the bot. `guest`: not enrolled; `enrolled`: anybody who is; `member`: in a unit
 * today; `group`: a chat, where most commands do not belong; else a role of the roster.
 */
export type CommandRole = 'guest' | 'enrolled' | 'member' | 'group' | Role;

interface Command {
  readonly command: string;
  /** Its English name; null for the platform's own, which has none. */
  readonly alias: string | null;
  readonly for: readonly CommandRole[];
  /** Where it is a button of the menu: the row, counted from 1, and for whom when not for all. */
  readonly button?: { readonly row: number; readonly for?: readonly CommandRole[] };
}

const LEADERS = ['head', 'deputy'] as const;
const FILERS = ['head', 'deputy', 'reporter'] as const;
const READERS = ['office', 'council', 'leadership'] as const;

/**
 * Every command, most used first. Who sees one follows `may.ts`, which decides again whenever it is
 * used: this table only keeps away what a person could do nothing with.
 */
export const COMMANDS = [
  { command: 'start', alias: null, for: ['guest'], button: { row: 1 } },
  { command: 'baocao', alias: 'report', for: ['member'], button: { row: 1 } },
  {
    command: 'choxacnhan',
    alias: 'queue',
    for: [...LEADERS, 'office'],
    button: { row: 2 },
  },
  { command: 'tapthe', alias: 'unitreport', for: FILERS, button: { row: 3 } },
  { command: 'baocaothay', alias: 'reportfor', for: FILERS, button: { row: 3 } },
  { command: 'vanphong', alias: 'office', for: ['office'], button: { row: 4 } },
  { command: 'thongbao', alias: 'announce', for: ['office', 'council'], button: { row: 4 } },
  {
    command: 'tonghop',
    alias: 'digest',
    for: [...READERS, 'overseer', 'mobiliser', ...LEADERS],
    button: { row: 5 },
  },
  { command: 'cuatoi', alias: 'mine', for: ['member'], button: { row: 7 } },
  { command: 'tieptuc', alias: 'resume', for: ['enrolled'] },
  { command: 'huy', alias: 'cancel', for: ['enrolled'] },
  { command: 'bangxephang', alias: 'leaderboard', for: ['enrolled', 'group'], button: { row: 7 } },
  { command: 'lich', alias: 'calendar', for: ['enrolled'] },
  { command: 'nhanxet', alias: 'remark', for: ['member', ...LEADERS] },
  { command: 'dangky', alias: 'pledge', for: ['member', 'reporter', ...LEADERS, ...READERS] },
  {
    command: 'dienhinh',
    alias: 'exemplars',
    for: [...LEADERS, ...READERS, 'press', 'finance'],
    button: { row: 6, for: ['office', 'leadership', 'council', 'press', 'finance'] },
  },
  {
    command: 'tailieu',
    alias: 'documents',
    for: [...LEADERS, ...READERS],
    button: { row: 5, for: READERS },
  },
  { command: 'giahan', alias: 'extend', for: ['office'] },
  { command: 'phanquyen', alias: 'roles', for: ['office'], button: { row: 6 } },
  { command: 'uyquyen', alias: 'delegate', for: ['head'] },
  { command: 'phananh', alias: 'feedback', for: ['enrolled'] },
  { command: 'lienket', alias: 'link', for: ['group'] },
  { command: 'taikhoan', alias: 'account', for: ['enrolled'] },
  { command: 'ngonngu', alias: 'language', for: ['guest', 'enrolled'] },
  { command: 'trogiup', alias: 'help', for: ['guest', 'enrolled', 'group'] },
] as const satisfies readonly Command[];

/** Everything a person is today, for the menus; null is somebody not enrolled. */
export function commandRoles(
  person: Pick<PersonView, 'grants' | 'membership'> | null,
): readonly CommandRole[] {
  if (!person) return ['guest'];
  const held = new Set(person.grants.map(({ role }) => role));
  return ['enrolled', ...(person.membership ? (['member'] as const) : []), ...held];
}

const shared = (some: readonly CommandRole[], others: readonly CommandRole[]): boolean =>
  some.some((role) => others.includes(role));

const commandsFor = (roles: readonly CommandRole[]): readonly Command[] =>
  COMMANDS.filter((command: Command) => shared(command.for, roles));

/** The menu's rows of buttons for these roles together, as names of commands. */
export function menuRows(roles: readonly CommandRole[]): string[][] {
  const rows: string[][] = [];
  for (const { command, button, for: seers } of commandsFor(roles)) {
    if (!button || !shared(button.for ?? seers, roles)) continue;
    const row = rows[button.row] ?? [];
    rows[button.row] = [...row, command];
  }
  return rows.filter((row) => row.length > 0);
}

/** Names of all commands that are buttons of somebody's menu: their words are typed as well. */
export const MENU_COMMANDS: readonly string[] = COMMANDS.filter(
  (command: Command) => command.button && command.command !== 'start',
).map(({ command }) => command);

export interface CommandEntry {
  /** Without the slash. */
  readonly command: string;
  readonly description: string;
}

const entry = (say: Say, { command }: { readonly command: string }): CommandEntry => ({
  command,
  description: say(`command-${command}`),
});

/**
 * Commands of these roles together, most used first. Descriptions are at most 256 characters,
 * Telegram's limit.
 */
export const commandMenu = (say: Say, ...roles: readonly CommandRole[]): CommandEntry[] =>
  commandsFor(roles).map((command) => entry(say, command));

/**
 * A platform's menu that is the same for everybody: kept short, with what most people need. The
 * commands of a role are in the person's own menu and help.
 */
export const generalMenu = (say: Say): CommandEntry[] =>
  COMMANDS.filter(
    (command: Command) =>
      command.command === 'choxacnhan' || shared(command.for, ['guest', 'enrolled', 'member']),
  ).map((command) => entry(say, command));

/** Everything, for a platform that lets nobody use a command it was not told of. */
export const allCommands = (say: Say): CommandEntry[] =>
  COMMANDS.map((command) => entry(say, command));
