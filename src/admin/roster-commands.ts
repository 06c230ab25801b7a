import type { Command } from 'commander';
import { importRoster } from '../db/roster.ts';
import { ensureUnits, importUnits, listUnits, SHIPPED_UNITS } from '../db/units.ts';
import { showDate } from '../messages/dates.ts';
import type { Say } from '../messages/say.ts';
import { type Problem, Refusal } from '../people/problem.ts';
import { parseUnits } from '../people/units.ts';
import { readRosterFile, readText, writeTemplate } from './roster-file.ts';
import { type Shell, withDatabase } from './shell.ts';

export function rosterCommands(program: Command, shell: Shell): void {
  const { say, out, err } = shell;
  const roster = program.command('roster').description(say('admin-roster'));

  roster
    .command('template')
    .description(say('admin-roster-template'))
    .argument('<file>', say('admin-arg-template-file'))
    .action(async (file: string) => {
      const units = parseUnits(await readText(SHIPPED_UNITS, say), SHIPPED_UNITS.pathname);
      await writeTemplate(file, say, units);
      out(say('admin-template-written', { file }));
    });

  roster
    .command('import')
    .description(say('admin-roster-import'))
    .argument('<file>', say('admin-arg-roster-file'))
    .option('--on <date>', say('admin-opt-on'))
    .action(async (file: string, { on }: { on?: string }) => {
      const sheet = await readRosterFile(file, say);
      await withDatabase(shell, on, async (work) => {
        await ensureUnits(work.db);
        const outcome = await importRoster(work.db, sheet, work);
        if (!outcome.ok) {
          for (const problem of outcome.problems) err(sayProblem(say, problem));
          throw new Refusal('admin-roster-refused', { n: outcome.problems.length });
        }
        const { ignored, ...counts } = outcome.summary;
        out(say('admin-roster-done', { ...counts }));
        if (ignored.length > 0) out(say('admin-roster-ignored', { columns: ignored.join(', ') }));
      });
    });
}

/** Row numbers and codes stay as they are written; days read as days. */
function sayProblem(say: Say, { row, key, values }: Problem): string {
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    name === 'date' ? showDate(String(value), say.language) : String(value),
  ]);
  return say(key, { row: String(row), ...Object.fromEntries(shown) });
}

export function unitCommands(program: Command, shell: Shell): void {
  const { say, out } = shell;
  const units = program.command('units').description(say('admin-units'));

  units
    .command('import')
    .description(say('admin-units-import'))
    .argument('[file]', say('admin-arg-units-file'))
    .option('--on <date>', say('admin-opt-units-on'))
    .action(async (file: string | undefined, { on }: { on?: string }) => {
      const source = file ?? SHIPPED_UNITS;
      const rows = parseUnits(await readText(source, say), file ?? SHIPPED_UNITS.pathname);
      await withDatabase(shell, on, async (work) => {
        const { added, changed } = await importUnits(work.db, rows, work.on);
        out(say('admin-units-done', { total: rows.length, added, changed }));
      });
    });

  units
    .command('list')
    .description(say('admin-units-list'))
    .action(() =>
      withDatabase(shell, undefined, async ({ db }) => {
        for (const unit of await listUnits(db)) {
          const name = say.language === 'vi' ? unit.nameVi : unit.nameEn;
          out(say('admin-units-line', { code: unit.code, name, people: unit.people }));
        }
      }),
    );
}
