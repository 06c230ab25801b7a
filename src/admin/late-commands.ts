import type { Command } from 'commander';
import { addDays } from '../campaign/calendar.ts';
import { loadCampaign } from '../campaign/load.ts';
import { parseConfig } from '../config.ts';
import { allowLate, endLate, type LateParts } from '../db/late.ts';
import { lateReads } from '../db/reads/late.ts';
import { loadTexts } from '../messages/catalogue.ts';
import { showDate } from '../messages/dates.ts';
import { type LateWhom, lateLine, whomName } from '../messages/late.ts';
import { Refusal } from '../people/problem.ts';
import { type Shell, untilOption, withDatabase } from './shell.ts';

/** Leave to send reports after the close. */
export function lateCommands(program: Command, shell: Shell): void {
  const { say, out, env } = shell;
  const late = program.command('late').description(say('admin-late'));
  const named = (whom: LateWhom): string => whomName(say, whom);

  const parts = (): LateParts & { readonly reportingUntil: string } => {
    const config = parseConfig(env);
    const campaign = loadCampaign(config.campaignFile ?? undefined);
    const texts = loadTexts(config.textsDir ?? undefined);
    return { campaign, texts, reportingUntil: campaign.reportingUntil };
  };

  late
    .command('allow')
    .description(say('admin-late-allow'))
    .argument('<code>', say('admin-arg-late-code'))
    .option('--until <date>', say('admin-opt-late-until'))
    .action(async (code: string, { until }: { until?: string }) => {
      const { reportingUntil, ...given } = parts();
      const validTo = untilOption(until);
      if (validTo === null) throw new Refusal('usage-value-missing', { name: '--until' });
      const date = showDate(reportingUntil, say.language);
      if (validTo <= addDays(reportingUntil, 1)) throw new Refusal('late-until-anyway', { date });
      await withDatabase(shell, undefined, async ({ db, ...at }) => {
        const whom = await allowLate(db, code, validTo, at, given);
        const last = showDate(addDays(validTo, -1), say.language);
        out(say('late-given', { name: named(whom), date: last }));
      });
    });

  late
    .command('list')
    .description(say('admin-late-list'))
    .action(() =>
      withDatabase(shell, undefined, async ({ db, on }) => {
        const leaves = await lateReads(db).lateLeaves(parts().campaign.code, on);
        for (const leave of leaves) out(lateLine(say, leave));
        if (leaves.length === 0) out(say('late-none'));
      }),
    );

  late
    .command('end')
    .description(say('admin-late-end'))
    .argument('<code>', say('admin-arg-late-code'))
    .action((code: string) =>
      withDatabase(shell, undefined, async ({ db, ...at }) => {
        out(say('late-ended', { name: named(await endLate(db, code, at, parts(), named)) }));
      }),
    );
}
