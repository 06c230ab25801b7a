/**
 * Generates a campaign of the real size, lives through its weeks with the real schedules, and writes
 * everything that was sent into a folder: boards, digests, pictures, workbooks.
 *
 *   npm run campaign:sample -- --out /tmp/sample [--scale 0.05] [--database URL] [--seed 1]
 */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { createApplication } from '../src/application.ts';
import { addDays } from '../src/campaign/calendar.ts';
import { loadCampaign } from '../src/campaign/load.ts';
import { openDatabase } from '../src/db/open.ts';
import { loadTexts } from '../src/messages/catalogue.ts';
import { systemTimers } from '../src/timers.ts';
import { startCluster } from '../tests/support/embedded.ts';
import { createFolderAdapter } from './campaign/folder-adapter.ts';
import { closeOf, loadPeople, loadWeek, type Pending, REAL_SIZE } from './campaign/load.ts';
import { createRandom } from './campaign/random.ts';

const FIRST_MONDAY = '2024-06-03';

const options = new Command('npm run campaign:sample --')
  .requiredOption('--out <folder>', 'folder for what was sent; made anew')
  .option('--scale <share>', 'share of the real size, 0.01 to 1', '1')
  .option('--seed <number>', 'the same number makes the same campaign', '1')
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

const cluster = options.database === undefined ? await startCluster(['fsync=off']) : null;
const database = await openDatabase({ url: options.database ?? cluster?.url('postgres') ?? '' });
const campaign = loadCampaign();
let now = Temporal.Instant.from(`${FIRST_MONDAY}T00:00:00Z`);
const zoned = (day: string, time: string): Temporal.Instant =>
  Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: campaign.zone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant();

try {
  await rm(options.out, { recursive: true, force: true });
  await mkdir(options.out, { recursive: true });
  const random = createRandom(Number(options.seed));
  const loaded = await loadPeople(database, campaign, size, FIRST_MONDAY, random);
  const adapter = createFolderAdapter(join(options.out, 'messages'));
  const faults: string[] = [];
  const fault = (fields: object, text: string): void => {
    faults.push(`${text} ${JSON.stringify(fields)}`);
  };
  const application = createApplication({
    database,
    campaign,
    texts: loadTexts(),
    adapters: [adapter],
    clock: { now: () => now },
    timers: systemTimers,
    log: { debug() {}, info() {}, warn() {}, error: fault },
    owner: randomUUID(),
    random: Math.random,
    uuid: randomUUID,
    elapsed: () => performance.now(),
  });
  now = zoned(FIRST_MONDAY, '07:00');
  await application.start();
  await application.scheduler.tick();

  const bar = new SingleBar({
    format: '{bar} {percentage} % | {value} of {total} reports | week {week} | {sent} messages',
    hideCursor: true,
  });
  bar.start(size.reports, 0, { week: 0, sent: 0 });
  const pending: Pending = { reports: [] };
  const seconds: { week: number; load: number; boards: number }[] = [];
  let reports = 0;
  for (const [i, monday] of loaded.weeks.entries()) {
    const began = performance.now();
    const close = closeOf(monday);
    const made = loaded.maker.week(monday, size.reports / size.weeks);
    reports += await loadWeek(database, campaign, made, pending, zoned(close, '08:00').toString());
    await database.query('analyze');
    const loadedAt = performance.now();
    // Monday's posts, then those of the days after.
    for (const day of [0, 1, 2]) {
      now = zoned(addDays(close, day), '10:00');
      await application.scheduler.tick();
      await application.settled();
    }
    const done = performance.now();
    seconds.push({
      week: i + 1,
      load: (loadedAt - began) / 1000,
      boards: (done - loadedAt) / 1000,
    });
    bar.setTotal(Math.max(size.reports, reports));
    bar.update(reports, { week: i + 1, sent: adapter.written });
  }
  bar.stop();
  await application.stop();
  const mean = (of: (each: (typeof seconds)[number]) => number): string =>
    (seconds.reduce((sum, each) => sum + of(each), 0) / seconds.length).toFixed(1);
  process.stdout.write(
    [
      `${loaded.people.people.length} people, ${reports} reports, ${adapter.written} messages in ${options.out}/messages`,
      `a week: ${mean(({ load }) => load)} s to load, ${mean(({ boards }) => boards)} s for everything posted`,
      ...faults.map((line) => `FAULT ${line}`),
      '',
    ].join('\n'),
  );
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await database.close();
  await cluster?.stop();
}
