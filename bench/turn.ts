/**
 * What a turn costs: turns a second of the real `receive`, in the whole report flow and with a
 * decision that is given, beside the same writes as a transaction of single statements (with the
 * reads) and as one statement (without any), by hand. All take turns within one run, after enough
 * turns to be warm. Trust the ratios. `npm run bench:turn [-- ROUNDS]`; brings its own PostgreSQL.
 */
import type { Database } from '../src/db/database.ts';
import { openDatabase } from '../src/db/open.ts';
import type { Decision } from '../src/engine/decision.ts';
import { reportFeature } from '../src/flows/report/feature.ts';
import { startCluster } from '../tests/support/embedded.ts';
import { createBaselines } from './baselines.ts';
import { longFlow } from './long-flow.ts';
import { type Raw, rawPostgres } from './raw.ts';
import { createClient, createConstant, REPORT_SCRIPT, seedPeople } from './report-turns.ts';

const ROUNDS = Number(process.argv[2] ?? 7);
const PEOPLE = 64;
const POOL = 8;
/** Turns of each kind before the first that is measured. */
const WARM = 8000;
/** Turns of each kind in a round, by how many are under way at once. */
const TURNS = { 1: 1500, 8: 4000 } as const;

type Work = (user: string) => Promise<void>;
interface Kind {
  readonly name: string;
  readonly work: Work;
  readonly users: readonly string[];
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Turns a second. Every worker has people of its own, as one person's turns are serial. */
async function rate({ work, users }: Kind, turns: number, width: number) {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: width }, async (_, worker) => {
      const own = users.filter((_, i) => i % width === worker);
      for (let n = 0; n < turns / width; n += 1) await work(own[n % own.length] ?? '');
    }),
  );
  return turns / ((performance.now() - began) / 1000);
}

/** Turns a second of each kind, round by round. */
async function alternate(kinds: readonly Kind[], turns: number, width: number) {
  const rates = kinds.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [i, kind] of kinds.entries()) rates[i]?.push(await rate(kind, turns, width));
  }
  return rates;
}

const medianRatio = (of: readonly number[] = [], by: readonly number[] = []): number =>
  median(of.map((value, round) => value / (by[round] ?? Number.NaN)));

/** One report from the command to its being sent, and what was decided on the way. */
async function playOnce(db: Database, user: string): Promise<Decision[]> {
  const client = createClient(db, [reportFeature], REPORT_SCRIPT);
  const play: Decision[] = [];
  for (const _ of REPORT_SCRIPT) {
    await client.step(user);
    const decision = client.last(user);
    if (decision) play.push(decision);
  }
  return play;
}

async function compare(db: Database, raw: Raw, everyone: readonly string[]) {
  const quarter = (n: number) => everyone.slice(n * PEOPLE, (n + 1) * PEOPLE);
  const play = await playOnce(db, everyone[0] ?? '');
  const middle = play[Math.floor(play.length / 2)];
  if (!middle) throw new Error('The flow decided nothing');
  const by = await createBaselines(raw, play);
  const flow = createClient(db, [reportFeature], REPORT_SCRIPT);
  // Everyone plays the script once, so that every row exists for the baselines to write to.
  const report = { name: 'receive, report flow', work: flow.step };
  await rate({ ...report, users: everyone }, everyone.length * REPORT_SCRIPT.length, POOL);
  const kinds: Kind[] = [
    { ...report, users: quarter(0) },
    { name: 'receive, decision given', work: createConstant(db, middle).step, users: quarter(1) },
    { name: 'sequential transaction', work: by.sequential, users: quarter(2) },
    { name: 'single statement', work: by.single, users: quarter(3) },
  ];
  for (const kind of kinds) await rate(kind, WARM, POOL);
  for (const width of [1, 8] as const) {
    const rates = await alternate(kinds, TURNS[width], width);
    print(`\n${width} at once`);
    for (const [i, { name }] of kinds.entries()) {
      print(
        `  ${name.padEnd(26)} ${median(rates[i] ?? [])
          .toFixed(0)
          .padStart(6)} turns/s`,
      );
    }
    print('  receive (report flow) as a multiple of');
    for (const [i, aim] of [
      [2, width === 8 ? '   aim: at least 1.50' : ''],
      [3, width === 8 ? '   aim: at least 0.55' : ''],
    ] as const) {
      const ratio = medianRatio(rates[0], rates[i]).toFixed(2);
      print(`    ${(kinds[i]?.name ?? '').padEnd(24)} ${ratio.padStart(6)}${aim}`);
    }
  }
}

async function lengths(db: Database, users: readonly string[]) {
  const LENGTHS = [5, 20, 80];
  const kinds = LENGTHS.map((length, i): Kind => {
    const { feature, script } = longFlow(length);
    // People for each length, as the clients share the conversations.
    return {
      name: `${length} questions`,
      work: createClient(db, [feature], script).step,
      users: users.slice(8 * i, 8 * (i + 1)),
    };
  });
  for (const kind of kinds) await rate(kind, WARM / 2, POOL);
  for (const width of [1, 8] as const) {
    const rates = await alternate(kinds, TURNS[width], width);
    print(`\na turn near the end of a flow, ${width} at once   aim: at most 1.20`);
    for (const [i, { name }] of kinds.entries()) {
      const cost = (1000 / median(rates[i] ?? [])).toFixed(2);
      const ratio = medianRatio(rates[0], rates[i]).toFixed(2);
      print(`  ${name.padStart(14)}  ${cost} ms  ${ratio} of ${LENGTHS[0]} questions`);
    }
  }
}

const cluster = await startCluster(['shared_buffers=256MB']);
try {
  const db = await openDatabase({ url: cluster.url('postgres'), poolSize: POOL });
  print(`node ${process.version}, ${ROUNDS} rounds, medians`);
  const raw = rawPostgres(cluster.url('postgres'), POOL);
  await compare(db, raw, await seedPeople(db, 4 * PEOPLE));
  await raw.close();
  await lengths(db, await seedPeople(db, 24, 'long'));
  await db.close();
} finally {
  await cluster.stop();
}
process.exit(0);
