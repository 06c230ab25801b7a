/** Final documents and digests' workbooks into files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { mondayOf, weekOf } from '../campaign/calendar.ts';
import { loadCampaign } from '../campaign/load.ts';
import type { Campaign } from '../campaign/types.ts';
import { parseConfig } from '../config.ts';
import type { Database } from '../db/database.ts';
import { digestReads } from '../db/digests.ts';
import { finalReads } from '../db/final.ts';
import { standingReads } from '../db/standings.ts';
import { prepareDigest } from '../digests/prepare.ts';
import { loadSheets } from '../digests/sheets.ts';
import { isCampaignWeek, weekSpans } from '../digests/spans.ts';
import { type ExportFile, finalFiles } from '../exports/files.ts';
import { forUnit } from '../exports/final-compute.ts';
import type { FinalData } from '../exports/final-data.ts';
import { finalAt } from '../exports/task.ts';
import { digestWorkbook } from '../exports/workbook.ts';
import { loadTexts } from '../messages/catalogue.ts';
import { showWeek } from '../messages/dates.ts';
import type { Say } from '../messages/say.ts';
import { DIGEST_SCOPES, type DigestScope } from '../people/may.ts';
import { Refusal } from '../people/problem.ts';
import { FileError } from './roster-file.ts';
import { dayOption, type Shell, withDatabase } from './shell.ts';

interface FinalOptions {
  readonly out: string;
  readonly unit?: string;
  readonly stage?: string;
}

interface DigestOptions {
  readonly out: string;
  readonly week?: string;
  readonly scope: string;
}

export function exportCommands(program: Command, shell: Shell): void {
  const { say } = shell;
  const exported = program.command('export').description(say('admin-export'));

  exported
    .command('final')
    .description(say('admin-export-final'))
    .requiredOption('--out <folder>', say('admin-opt-export-folder'))
    .option('--unit <code>', say('admin-opt-export-unit'))
    .option('--stage <id>', say('admin-opt-export-stage'))
    .action((options: FinalOptions) =>
      withDatabase(shell, undefined, ({ db }) => writeFinal(db, options, shell)),
    );

  exported
    .command('digest')
    .description(say('admin-export-digest'))
    .requiredOption('--out <file>', say('admin-opt-export-file'))
    .option('--week <date>', say('admin-opt-export-week'))
    .option('--scope <scope>', say('admin-opt-export-scope'), 'campaign')
    .action((options: DigestOptions) =>
      withDatabase(shell, undefined, ({ db }) => writeDigest(db, options, shell)),
    );
}

/** The campaign and the office's own words, as the running bot has them. */
function configured({ env, say }: Shell): { campaign: Campaign; words: Say } {
  const config = parseConfig(env);
  return {
    campaign: loadCampaign(config.campaignFile ?? undefined),
    words: loadTexts(config.textsDir ?? undefined)[say.language],
  };
}

async function writeFinal(db: Database, options: FinalOptions, shell: Shell): Promise<void> {
  const { say, out } = shell;
  const { campaign, words } = configured(shell);
  const stage = options.stage ?? null;
  if (stage !== null && !campaign.stages.some(({ id }) => id === stage)) {
    const known = campaign.stages.map(({ id }) => id).join(', ');
    throw new Refusal('export-stage-unknown', { stage, known });
  }
  const unitId = await unitIdOf(db, options.unit);
  const data = await finalAt(finalReads(db), campaign, { unitId, stage }, shell.now());
  if (!data) throw new Refusal('admin-export-nothing');
  const all: FinalData[] =
    unitId === null
      ? [data, ...data.units.flatMap(({ unit }) => forUnit(data, unit.unitId) ?? [])]
      : [data];
  const progress = shell.progress?.(all.length, say('admin-export-progress'));
  let written = 0;
  try {
    for (const each of all) {
      // The campaign's ranking is a document of its own; a unit's goes with it where it is needed.
      const kinds =
        each.of === null ? (['document', 'workbook'] as const) : (['document'] as const);
      const files = new Map<string, ExportFile>();
      for (const kind of kinds)
        for (const file of await finalFiles(kind, each, words)) files.set(file.name, file);
      for (const { name, bytes } of files.values()) await put(join(options.out, name), bytes, say);
      written += files.size;
      progress?.advance();
    }
  } finally {
    progress?.end();
  }
  out(say('admin-export-done', { n: written, folder: options.out }));
}

/** Units that no longer exist have documents too. */
async function unitIdOf(db: Database, code: string | undefined): Promise<number | null> {
  if (code === undefined) return null;
  const [row] = await db.query<{ id: number }>('select id from unit where code = $1::text', [
    code.trim().toLowerCase(),
  ]);
  if (!row) throw new Refusal('role-unit-unknown', { code });
  return row.id;
}

async function writeDigest(db: Database, options: DigestOptions, shell: Shell): Promise<void> {
  const { say, out } = shell;
  const { campaign, words } = configured(shell);
  const scope = DIGEST_SCOPES.find((each): each is DigestScope => each === options.scope);
  if (!scope)
    throw new Refusal('export-scope-unknown', {
      scope: options.scope,
      known: DIGEST_SCOPES.join(', '),
    });
  const now = shell.now();
  const thisWeek = weekOf(now, campaign.zone);
  const week = options.week === undefined ? thisWeek : mondayOf(dayOption(options.week));
  if (!isCampaignWeek(week, campaign) || week > thisWeek)
    throw new Refusal('export-week-outside', { week: showWeek(week, say.language) });
  const source = { ...digestReads(db), unitWeek: standingReads(db).unitWeek };
  const spans = weekSpans(campaign, week, thisWeek);
  const { data, digest } = await prepareDigest(source, campaign, scope, spans, now);
  const sheets = await loadSheets(source, data, digest, campaign);
  await put(options.out, await digestWorkbook(digest, sheets, words), say);
  out(say('admin-export-written', { file: options.out }));
}

/** @throws FileError */
async function put(file: string, bytes: Uint8Array, say: Say): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : '';
    throw new FileError(say('file-unwritable', { file, why }), { cause });
  }
}
