/** People move, units merge. */
import type { Command } from 'commander';
import { campaignDay } from '../campaign/calendar.ts';
import { loadCampaign } from '../campaign/load.ts';
import { parseConfig } from '../config.ts';
import { mergeUnits } from '../db/mergers.ts';
import { movePerson } from '../db/moves.ts';
import { loadTexts } from '../messages/catalogue.ts';
import { showDate } from '../messages/dates.ts';
import { unitName } from '../messages/report.ts';
import { Refusal } from '../people/problem.ts';
import { type Shell, withDatabase } from './shell.ts';

interface MergeOptions {
  readonly into?: string;
  readonly name?: string;
  readonly nameEn?: string;
  readonly roles?: string;
  readonly on?: string;
}

/** `people move`, and `units merge` beside the other commands of units. */
export function restructureCommands(program: Command, shell: Shell): void {
  const { say, out, env } = shell;
  const texts = () => loadTexts(parseConfig(env).textsDir ?? undefined);

  program
    .command('people')
    .description(say('admin-people'))
    .command('move')
    .description(say('admin-people-move'))
    .argument('<person>', say('admin-arg-person'))
    .requiredOption('--to <unit>', say('admin-opt-move-to'))
    .option('--on <date>', say('admin-opt-move-on'))
    .action((personCode: string, { to, on }: { to: string; on?: string }) =>
      withDatabase(shell, on, async ({ db, ...at }) => {
        const moved = await movePerson(db, { personCode, unitCode: to }, texts(), at);
        out(
          say('admin-moved', {
            name: moved.name,
            from: unitName(say, moved.from),
            to: unitName(say, moved.to),
            date: showDate(at.on, say.language),
            roles: moved.ended,
          }),
        );
      }),
    );

  program.commands
    .find((command) => command.name() === 'units')
    ?.command('merge')
    .description(say('admin-units-merge'))
    .argument('<codes...>', say('admin-arg-merge-codes'))
    .requiredOption('--into <code>', say('admin-opt-merge-into'))
    .option('--name <name>', say('admin-opt-merge-name'))
    .option('--name-en <name>', say('admin-opt-merge-name-en'))
    .option('--roles <end|go>', say('admin-opt-merge-roles'), 'end')
    .option('--on <date>', say('admin-opt-merge-on'))
    .action(async (from: string[], { into = '', name, nameEn, roles, on }: MergeOptions) => {
      if (roles !== 'end' && roles !== 'go')
        throw new Refusal('merge-roles-wrong', { value: roles ?? '' });
      const { zone } = loadCampaign(parseConfig(env).campaignFile ?? undefined);
      const named = name === undefined ? null : { vi: name, en: nameEn ?? name };
      const today = campaignDay(shell.now(), zone);
      await withDatabase(shell, on, async ({ db, ...at }) => {
        const done = await mergeUnits(db, { from, into, named, roles, today }, texts(), at);
        const { people, rooms, reports } = done;
        const date = showDate(at.on, say.language);
        out(say('admin-merged', { into: unitName(say, done.into), date, people, rooms, reports }));
      });
    });
}
