import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { createInvites, type Invite, type InviteRequest } from '../db/invites.ts';
import { Refusal } from '../people/problem.ts';
import { toCsv } from './csv.ts';
import { type Shell, untilOption, withDatabase } from './shell.ts';

interface InviteOptions {
  readonly all?: true;
  readonly bot?: string;
  readonly out?: string;
  readonly until?: string;
  readonly on?: string;
}

export function inviteCommands(program: Command, shell: Shell): void {
  const { say, out } = shell;
  const invite = program.command('invite').description(say('admin-invite'));

  const make = async (request: InviteRequest, { on, until, out: file, bot }: InviteOptions) => {
    const link = linker(bot);
    await withDatabase(shell, on, async (work) => {
      const invites = await createInvites(work.db, request, { ...work, until: untilOption(until) });
      if (file === undefined) {
        for (const made of invites) out(lineOf(shell, made, link));
      } else {
        await writeInvites(shell, file, invites, link);
      }
      out(say('admin-invites-made', { n: invites.length }));
    });
  };

  invite
    .command('person')
    .description(say('admin-invite-person'))
    .argument('[codes...]', say('admin-arg-person-codes'))
    .option('--all', say('admin-opt-all'))
    .option('--bot <username>', say('admin-opt-bot'))
    .option('--out <file>', say('admin-opt-out'))
    .option('--until <date>', say('admin-opt-until'))
    .option('--on <date>', say('admin-opt-on'))
    .action(async (personCodes: string[], options: InviteOptions) => {
      if (personCodes.length > 0 === (options.all ?? false)) throw new Refusal('invite-whom');
      await make(options.all ? { everyone: true } : { personCodes }, options);
    });

  invite
    .command('unit')
    .description(say('admin-invite-unit'))
    .argument('<code>', say('admin-arg-unit-code'))
    .option('--bot <username>', say('admin-opt-bot'))
    .option('--until <date>', say('admin-opt-until'))
    .option('--on <date>', say('admin-opt-on'))
    .action((unitCode: string, options: InviteOptions) => make({ unitCode }, options));
}

type Link = ((code: string) => string) | null;

/**
 * Makes the Telegram link of a code (https://core.telegram.org/bots/features#deep-linking).
 * @throws Refusal when it is no bot's user name
 */
function linker(bot: string | undefined): Link {
  if (bot === undefined) return null;
  const name = /^@?([a-z]\w{3,31})$/i.exec(bot)?.[1];
  if (name === undefined) throw new Refusal('invite-bot-wrong', { value: bot });
  return (code) => `https://t.me/${name}?start=${code}`;
}

const lineOf = ({ say }: Shell, { code, person, unit }: Invite, link: Link): string =>
  say('admin-invite-line', {
    code: link?.(code) ?? code,
    name: person?.name ?? '',
    unit: unit?.name ?? '',
  });

async function writeInvites(
  shell: Shell,
  file: string,
  invites: readonly Invite[],
  link: Link,
): Promise<void> {
  const { say } = shell;
  const columns = ['person-code', 'name', 'unit', 'code', ...(link ? ['link'] : [])];
  const headings = columns.map((id) => say(`invite-column-${id}`));
  const rows = invites.map(({ code, person, unit }) => [
    person?.code ?? '',
    person?.name ?? '',
    unit?.name ?? '',
    code,
    ...(link ? [link(code)] : []),
  ]);
  try {
    // Codes are keys: only the one who runs the command may read the file.
    await writeFile(file, toCsv([headings, ...rows]), { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    const why = cause instanceof Error ? cause.message : '';
    throw new Refusal(exists ? 'file-exists' : 'file-unwritable', { file, why });
  }
}
