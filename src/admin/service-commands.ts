import type { Command } from 'commander';
import { campaignDay } from '../campaign/calendar.ts';
import { loadCampaign, outsidePeriod, SHIPPED_CAMPAIGN } from '../campaign/load.ts';
import { stageSpan } from '../campaign/stages.ts';
import { parseConfig } from '../config.ts';
import { dropDeadLetter, listDeadLetters, resendDeadLetter } from '../db/dead-letters.ts';
import { showDate } from '../messages/dates.ts';
import { Refusal } from '../people/problem.ts';
import { type Shell, withDatabase } from './shell.ts';

/** Letters shown by one `list`: the latest ones. */
const LETTERS_SHOWN = 50;

export function deadLetterCommands(program: Command, shell: Shell): void {
  const { say, out } = shell;
  const letters = program.command('dead-letters').description(say('admin-letters'));

  letters
    .command('list')
    .description(say('admin-letters-list'))
    .action(() =>
      withDatabase(shell, undefined, async ({ db }) => {
        const found = await listDeadLetters(db, LETTERS_SHOWN);
        for (const { id, at, lane, reason, cause, notice } of found) {
          const values = {
            id: String(id),
            at,
            lane,
            reason: say(`letter-${reason}`),
            cause,
            notice,
          };
          out(say('admin-letter-line', values));
        }
        out(say('admin-letters-shown', { n: found.length }));
      }),
    );

  const act = (
    name: 'resend' | 'drop',
    act: typeof resendDeadLetter,
    texts: { readonly about: string; readonly done: string },
  ) =>
    letters
      .command(name)
      .description(texts.about)
      .argument('<id>', say('admin-arg-letter'))
      .action(async (text: string) => {
        const id = /^\d{1,15}$/.test(text) ? Number(text) : 0;
        await withDatabase(shell, undefined, async ({ db }) => {
          if (!(await act(db, id))) throw new Refusal('letter-unknown', { id: text });
          out(texts.done);
        });
      });
  act('resend', resendDeadLetter, {
    about: say('admin-letters-resend'),
    done: say('admin-letter-resent'),
  });
  act('drop', dropDeadLetter, {
    about: say('admin-letters-drop'),
    done: say('admin-letter-dropped'),
  });
}

export function campaignCommands(program: Command, shell: Shell): void {
  const { say, out } = shell;
  program
    .command('campaign')
    .description(say('admin-campaign'))
    .command('check')
    .description(say('admin-campaign-check'))
    .argument('[file]', say('admin-arg-campaign-file'))
    .action((file: string | undefined) => {
      const path = file ?? parseConfig(shell.env).campaignFile ?? SHIPPED_CAMPAIGN;
      const campaign = loadCampaign(path);
      const { from, to } = campaign.period;
      out(
        say('admin-campaign-good', {
          name: campaign.name[say.language],
          from: showDate(from, say.language),
          to: showDate(to, say.language),
          items: campaign.items.length,
          schedules: campaign.schedules.length,
        }),
      );
      const date = (day: string): string => showDate(day, say.language);
      for (const stage of campaign.stages) {
        const span = stageSpan(campaign, stage);
        const name = stage.name[say.language];
        out(say('admin-campaign-stage', { name, from: date(span.from), to: date(span.to) }));
      }
      out(
        say('admin-campaign-dates', {
          reports: date(campaign.reportingUntil),
          pledges: date(campaign.pledgesUntil),
        }),
      );
      const warning = outsidePeriod(campaign, campaignDay(shell.now(), campaign.zone), path);
      if (warning) out(warning);
    });
}
