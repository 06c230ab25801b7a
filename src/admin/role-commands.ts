/** Roles from the command line: given, ended, listed; all dated and in the audit. */
import type { Command } from 'commander';
import { addDays } from '../campaign/calendar.ts';
import {
  endRole,
  giveRole,
  type HeldRole,
  listRoles,
  type RoleChange,
  type RoleRequest,
} from '../db/grants.ts';
import { showDate } from '../messages/dates.ts';
import { roleTitle } from '../messages/roles.ts';
import { Refusal } from '../people/problem.ts';
import { ROLE_NAMES, type RoleName } from '../people/roles.ts';
import { rolesOf } from '../people/roster-columns.ts';
import { type Shell, untilOption, withDatabase } from './shell.ts';

interface RoleOptions {
  readonly unit?: string;
  readonly scope?: string;
  readonly until?: string;
  readonly on?: string;
}

export function roleCommands(program: Command, shell: Shell): void {
  const { say, out } = shell;

  const said = (
    key: 'admin-role-given' | 'admin-role-ended',
    role: RoleName,
    { name, unit }: RoleChange,
  ) => out(say(key, { role: roleTitle(say, role), name, unit: unit ?? 'none' }));

  const command = (name: string, about: string) =>
    program
      .command(name)
      .description(about)
      .argument('<role>', say('admin-arg-role', { roles: ROLES_TYPED }))
      .argument('<person>', say('admin-arg-person'))
      .option('--unit <code>', say('admin-opt-role-unit'))
      .option('--scope <scope>', say('admin-opt-role-scope'))
      .option('--on <date>', say('admin-opt-on'));

  command('grant', say('admin-grant'))
    .option('--until <date>', say('admin-opt-role-until'))
    .action(async (role: string, person: string, options: RoleOptions) => {
      const request = requestOf(role, person, options);
      await withDatabase(shell, options.on, async (work) => {
        const change = await giveRole(work.db, request, untilOption(options.until), work);
        said('admin-role-given', request.role, change);
      });
    });

  command('revoke', say('admin-revoke')).action(
    async (role: string, person: string, options: RoleOptions) => {
      const request = requestOf(role, person, options);
      await withDatabase(shell, options.on, async (work) => {
        said('admin-role-ended', request.role, await endRole(work.db, request, work));
      });
    },
  );

  program
    .command('roles')
    .description(say('admin-roles'))
    .argument('[role]', say('admin-arg-role', { roles: ROLES_TYPED }))
    .option('--on <date>', say('admin-opt-on'))
    .action(async (word: string | undefined, { on }: RoleOptions) => {
      const role = word === undefined ? null : roleOf(word, undefined);
      await withDatabase(shell, on, async (work) => {
        const held = await listRoles(work.db, role, work.on);
        for (const each of held) out(lineOf(shell, each));
        out(say('admin-roles-shown', { n: held.length }));
      });
    });
}

const ROLES_TYPED = [...new Set(ROLE_NAMES.map((name) => name.split(':')[0]))].join(', ');

function lineOf(
  { say }: Shell,
  { role, name, code, unit, from, to, origin, by }: HeldRole,
): string {
  return say('admin-role-line', {
    role: roleTitle(say, role),
    name,
    code,
    unit: unit ?? 'none',
    from: showDate(from, say.language),
    to: to === null ? 'open' : showDate(addDays(to, -1), say.language),
    origin,
    by: by ?? '',
  });
}

/** @throws Refusal `role-word-wrong`, `role-scope-needed` */
function roleOf(word: string, scope: string | undefined): RoleName {
  if (word === 'overseer' && scope === undefined) throw new Refusal('role-scope-needed');
  const [role, ...more] = rolesOf(scope === undefined ? word : `${word}:${scope}`) ?? [];
  if (role === undefined || more.length > 0)
    throw new Refusal('role-word-wrong', {
      value: scope === undefined ? word : `${word} ${scope}`,
      roles: ROLES_TYPED,
    });
  return role;
}

const requestOf = (
  word: string,
  personCode: string,
  { unit, scope }: RoleOptions,
): RoleRequest => ({
  role: roleOf(word, scope),
  personCode,
  unitCode: unit ?? null,
});
