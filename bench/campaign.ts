/**
 * Generates a campaign of the real size, lives through its weeks with the real schedules, makes every
 * digest, board, workbook and document of it, and compares their figures with a calculation of its own:
 *
 *   npm run campaign:sample -- --out DIR [--scale 0.05] [--seed 1] [--database URL]
 *
 * `messages` holds what was sent, by chat; `digests`, `boards` and `documents` what was made at the end.
 * Ends with 1 when a figure differs or something failed.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { loadCampaign } from '../src/campaign/load.ts';
import { openDatabase } from '../src/db/open.ts';
import { startCluster } from '../tests/support/embedded.ts';
import { checkCampaign } from './campaign/check.ts';
import { makeFiles } from './campaign/files.ts';
import { liveThrough, sampleCampaign } from './campaign/live.ts';
import { REAL_SIZE } from './campaign/load.ts';
import { createRandom } from './campaign/random.ts';
import { tallyLines } from './campaign/tally.ts';

const FIRST_MONDAY = '2024-06-03';

const options = new Command('npm run campaign:sample --')
  .requiredOption('--out <folder>', 'folder for everything that is made; made anew')
  .option('--scale <share>', 'share of the real size, 0.01 to 1', '1')
  .option('--seed <number>', 'the same number makes the same people and reports', '1')
  .option('--database <url>', 'an empty database to keep it in; without it one is made and removed')
  .parse()
  .opts<{ out: string; scale: string; seed: string; database?: string }>();

const scale = Number(options.scale);
if (!(scale >= 0.01 && scale <= 1)) throw new Error(`--scale ${options.scale}: write 0.01 to 1`);
const size = {
  weeks: REAL_SIZE.weeks,
  staff: Math.round(REAL_SIZE.staff * scale),
  students: Math.round(REAL_SIZE.students * scale),
  reports: Math.round(REAL_SIZE.reports * scale),
};
const { out } = options;
const campaign = sampleCampaign(loadCampaign(), FIRST_MONDAY, size.weeks);

const inSeconds = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const began = performance.now();
  return [await work(), (performance.now() - began) / 1000];
};
const line = (what: string, n: number | null, seconds: number): string =>
  `${what.padEnd(28)} ${(n === null ? '' : String(n)).padStart(6)} ${seconds.toFixed(1).padStart(8)} s${
    n === null || n === 0 ? '' : ` ${((1000 * seconds) / n).toFixed(0).padStart(7)} ms each`
  }`;

const cluster = options.database === undefined ? await startCluster(['fsync=off']) : null;
const database = await openDatabase({ url: options.database ?? cluster?.url('postgres') ?? '' });
try {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const bar = new SingleBar({
    format: '{bar} {percentage} % | {value} of {total} reports | week {week} | {sent} messages',
    hideCursor: true,
  });
  bar.start(size.reports, 0, { week: 0, sent: 0 });
  const [lived, living] = await inSeconds(() =>
    liveThrough({
      database,
      campaign,
      size,
      random: createRandom(Number(options.seed)),
      out,
      progress({ reports, week, sent }) {
        bar.setTotal(Math.max(size.reports, reports));
        bar.update(reports, { week, sent });
      },
    }),
  );
  bar.stop();

  const made = new SingleBar({ format: '{value} made | {what}', hideCursor: true });
  made.start(0, 0, { what: '' });
  const { now } = lived;
  const [costs] = await inSeconds(() =>
    makeFiles({
      database,
      campaign,
      now,
      out,
      units: null,
      progress: (what) => made.increment(1, { what }),
    }),
  );
  made.stop();
  const [tally, checking] = await inSeconds(() => checkCampaign({ database, campaign, now, out }));

  const { times } = lived;
  const total = (of: (each: (typeof times)[number]) => number): number =>
    times.reduce((sum, each) => sum + of(each), 0);
  const lines = [
    `${lived.people} people, ${lived.reports} reports, ${lived.messages} messages; ${cpus().length} cores`,
    '',
    line('whole campaign', null, living),
    line(
      'a week loaded',
      times.length,
      total(({ load }) => load),
    ),
    line(
      "a Monday's posts",
      times.length,
      total(({ monday }) => monday),
    ),
    line('the last Monday', null, times.at(-1)?.monday ?? 0),
    ...[...costs].map(([what, { n, seconds }]) => line(what, n, seconds)),
    line('figures compared', null, checking),
    '',
    ...tallyLines(tally),
    ...lived.faults.map((fault) => `FAULT ${fault}`),
    '',
  ];
  const text = lines.join('\n');
  process.stdout.write(text);
  await writeFile(join(out, 'result.txt'), text);
  process.exitCode = tally.differences.length + lived.faults.length > 0 ? 1 : 0;
} finally {
  await database.close();
  await cluster?.stop();
}
