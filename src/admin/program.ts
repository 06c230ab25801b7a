/** The administrator's command line: `npm run admin -- …`. */
import { Command, CommanderError } from 'commander';
import { CampaignError } from '../campaign/load.ts';
import { ConfigError } from '../config.ts';
import { isUnavailable } from '../db/errors.ts';
import { showDate } from '../messages/dates.ts';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '../messages/language.ts';
import { TextsError } from '../messages/overrides.ts';
import { Refusal } from '../people/problem.ts';
import { UnitsError } from '../people/units.ts';
import { accountCommands } from './account-commands.ts';
import { exportCommands } from './export-commands.ts';
import { lateCommands } from './late-commands.ts';
import { inviteCommands } from './people-commands.ts';
import { restructureCommands } from './restructure-commands.ts';
import { roleCommands } from './role-commands.ts';
import { rosterCommands, unitCommands } from './roster-commands.ts';
import { FileError } from './roster-file.ts';
import { campaignCommands, deadLetterCommands } from './service-commands.ts';
import type { Shell } from './shell.ts';
import { slackCommands } from './slack-commands.ts';
import { textCommands } from './text-commands.ts';

/** What the process ends with. */
export const EXIT = { done: 0, refused: 1, misused: 2 } as const;

/** The language asked for with `--lang`, known before anything is said. */
export function languageOf(args: readonly string[]): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const value = args[at]?.split('=')[1] ?? args[at + 1];
  return LANGUAGES.find((language) => at >= 0 && language === value) ?? DEFAULT_LANGUAGE;
}

/**
 * Runs one command. Everything a person can put right ends in a plain sentence and exit code 1, a
 * misused command in the right usage and 2; only our own faults are thrown.
 */
export async function runAdmin(args: readonly string[], shell: Shell): Promise<number> {
  const program = createProgram(shell);
  try {
    await program.parseAsync(args, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.misused;
    shell.err(sentence(error, shell));
    return EXIT.refused;
  }
}

function sentence(error: unknown, { say }: Shell): string {
  if (error instanceof Refusal) return say(error.key, shownValues(error.values, say));
  if (isUnavailable(error)) {
    return say('admin-database-away', { why: error instanceof Error ? error.message : '' });
  }
  const plain = [FileError, UnitsError, ConfigError, CampaignError, TextsError].some(
    (k) => error instanceof k,
  );
  if (plain && error instanceof Error) return error.message;
  throw error;
}

/** Days read as days. */
const shownValues = (values: Refusal['values'], say: Shell['say']): Refusal['values'] =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      /^\d{4}-\d\d-\d\d$/.test(String(value)) ? showDate(String(value), say.language) : value,
    ]),
  );

function createProgram(shell: Shell): Command {
  const { say } = shell;
  const program = new Command('npm run admin --')
    .description(say('admin'))
    .option('--lang <vi|en>', say('admin-opt-lang'))
    .showSuggestionAfterError(false);
  // Settings that commands made below inherit.
  program
    .exitOverride()
    .helpOption('-h, --help', say('admin-opt-help'))
    .configureHelp({ styleTitle: (title) => titles[title] ?? title })
    .configureOutput({
      writeOut: (text) => shell.out(text.trimEnd()),
      writeErr: (text) => shell.err(text.trimEnd()),
      outputError: (text, write) => write(usageFault(text, shell)),
    });
  const titles: Readonly<Record<string, string>> = {
    'Usage:': say('usage-title'),
    'Options:': say('usage-options'),
    'Arguments:': say('usage-arguments'),
    'Commands:': say('usage-commands'),
  };
  for (const add of [
    rosterCommands,
    unitCommands,
    inviteCommands,
    accountCommands,
    roleCommands,
    restructureCommands,
    lateCommands,
    deadLetterCommands,
    campaignCommands,
    textCommands,
    slackCommands,
    exportCommands,
  ]) {
    add(program, shell);
  }
  for (const command of [program, ...program.commands]) {
    if (command.commands.length > 0) {
      command.helpCommand('help [command]', say('admin-help-command'));
    }
  }
  return program;
}

/** Commander's complaint in the language asked for; the thing it complains of stands in quotes. */
function usageFault(text: string, { say }: Shell): string {
  const name = /'(.+?)'/.exec(text)?.[1] ?? '';
  if (text.includes('missing required argument')) return say('usage-argument-missing', { name });
  if (text.includes('required option')) return say('usage-argument-missing', { name });
  if (text.includes('argument missing')) return say('usage-value-missing', { name });
  if (text.includes('unknown option')) return say('usage-option-unknown', { name });
  if (text.includes('unknown command')) return say('usage-command-unknown', { name });
  if (text.includes('too many arguments')) return say('usage-too-many');
  return text;
}
