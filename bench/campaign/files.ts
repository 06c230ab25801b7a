/** Every digest, group board, final document and workbook of a lived campaign, made by the product's code. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Temporal } from 'temporal-polyfill';
import { mondayOf, monthOf, weekOf, weekSpan } from '../../src/campaign/calendar.ts';
import type { Campaign } from '../../src/campaign/types.ts';
import type { Database } from '../../src/db/database.ts';
import { digestReads } from '../../src/db/digests.ts';
import { finalReads } from '../../src/db/final.ts';
import { standingReads } from '../../src/db/standings.ts';
import { type FixedPeriod, fixedSpans, prepareDigest } from '../../src/digests/prepare.ts';
import { loadSheets } from '../../src/digests/sheets.ts';
import { finalFiles } from '../../src/exports/files.ts';
import { forUnit } from '../../src/exports/final-compute.ts';
import { finalAt } from '../../src/exports/task.ts';
import { digestWorkbook } from '../../src/exports/workbook.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { digestMessage } from '../../src/messages/digest.ts';
import { digestDrawing } from '../../src/messages/digest-picture.ts';
import { groupTableMessage } from '../../src/messages/leaderboard.ts';
import { groupDrawing } from '../../src/messages/pictures.ts';
import { DIGEST_SCOPES } from '../../src/people/may.ts';
import { draw } from '../../src/pictures/index.ts';
import {
  groupKeys,
  groupTable,
  sumTable,
  type Table,
  weekTable,
} from '../../src/standings/board.ts';
import { computeWeek } from '../../src/standings/score.ts';
import { asText } from './folder-adapter.ts';

/** Seconds by what was made, and how many. */
export type Costs = Map<string, { n: number; seconds: number }>;

/** Names of the periods, as the folder has them. */
export const samplePeriods = (
  campaign: Campaign,
): readonly { readonly name: string; readonly period: FixedPeriod }[] => [
  { name: 'week', period: { kind: 'week', week: mondayOf(campaign.period.to) } },
  ...campaign.stages.map(({ id }) => ({
    name: id,
    period: { kind: 'stage' as const, stage: id },
  })),
  { name: 'campaign', period: { kind: 'stage', stage: null } },
];

export async function makeFiles(parts: {
  readonly database: Database;
  readonly campaign: Campaign;
  readonly now: Temporal.Instant;
  readonly out: string;
  /** Units whose documents are made, by id; null: all. */
  readonly units: readonly number[] | null;
  progress?(what: string): void;
}): Promise<Costs> {
  const { database, campaign, now, out } = parts;
  const say = loadTexts().vi;
  const costs: Costs = new Map();
  async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const made = await work();
    const { n, seconds } = costs.get(what) ?? { n: 0, seconds: 0 };
    costs.set(what, { n: n + 1, seconds: seconds + (performance.now() - began) / 1000 });
    parts.progress?.(what);
    return made;
  }
  const put = async (folder: string, name: string, bytes: Uint8Array | string): Promise<void> => {
    await mkdir(join(out, folder), { recursive: true });
    await writeFile(join(out, folder, name), bytes);
  };

  const source = { ...digestReads(database), unitWeek: standingReads(database).unitWeek };
  for (const { name, period } of samplePeriods(campaign)) {
    const spans = fixedSpans(campaign, period, weekOf(now, campaign.zone));
    if (!spans) throw new Error(`the campaign has no period ${name}`);
    for (const of of DIGEST_SCOPES) {
      const file = `${of}-${name}`;
      const { data, digest } = await timed('digest computed', () =>
        prepareDigest(source, campaign, of, spans, now),
      );
      const text = digestMessage(say, digest, { opening: 'council', following: false });
      await put('digests', `${file}.txt`, asText(text));
      const picture = await timed('digest picture', () => draw(digestDrawing(say, digest)));
      await put('digests', `${file}.png`, picture);
      const sheets = await timed('digest rows read', () =>
        loadSheets(source, data, digest, campaign),
      );
      const workbook = await timed('digest workbook', () => digestWorkbook(digest, sheets, say));
      await put('digests', `${file}.xlsx`, workbook);
    }
  }

  for (const { name, table } of await timed('boards computed', () => tables(database, campaign)))
    for (const key of groupKeys(table)) {
      const group = groupTable(table, key, campaign.comparison.smallUnit);
      if (!group) continue;
      const file = `${key.replace('/', '-')}-${name}`;
      await put('boards', `${file}.txt`, asText(groupTableMessage(say, group, campaign, null)));
      const drawing = groupDrawing(say, group, campaign, null);
      await put('boards', `${file}.png`, await timed('board picture', () => draw(drawing)));
    }

  for (const { name, period } of samplePeriods(campaign)) {
    if (period.kind === 'week') continue;
    const ask = { unitId: null, stage: period.stage };
    const data = await timed('final figures', () =>
      finalAt(finalReads(database), campaign, ask, now),
    );
    if (!data) throw new Error(`nothing was found of ${name}`);
    const wanted = data.units.filter(
      ({ unit }) => parts.units === null || parts.units.includes(unit.unitId),
    );
    const all = [data, ...wanted.flatMap(({ unit }) => forUnit(data, unit.unitId) ?? [])];
    for (const each of all) {
      const whose = each.of === null ? 'campaign' : 'unit';
      for (const kind of ['document', 'workbook'] as const) {
        if (kind === 'workbook' && each.of !== null) continue;
        const files = await timed(`${kind} of the ${whose}`, () => finalFiles(kind, each, say));
        for (const { name: file, bytes } of files) await put(`documents/${name}`, file, bytes);
      }
    }
  }
  return costs;
}

/** The last week, the month it ends in, and the whole campaign, as they are recorded. */
async function tables(
  db: Database,
  campaign: Campaign,
): Promise<{ readonly name: string; readonly table: Table }[]> {
  const reads = standingReads(db);
  const week = mondayOf(campaign.period.to);
  const data = await reads.unitWeek(week, campaign.code);
  const live = { data, standings: computeWeek(data, campaign) };
  const { month, first } = monthOf(week);
  const past = (from?: string) => reads.pastTotals(week, campaign.code, null, from);
  const span = { from: first, to: weekSpan(week).to };
  return [
    { name: 'week', table: weekTable(live, campaign) },
    {
      name: 'month',
      table: sumTable({ kind: 'month', month, ...span }, await past(first), [live], campaign),
    },
    { name: 'campaign', table: sumTable({ kind: 'campaign' }, await past(), [live], campaign) },
  ];
}
