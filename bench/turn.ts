/**
 * What a turn costs: turns a second of the real `receive`, once with a decision that is given and once
 * in the report flow, beside the same reads and writes as a transaction of single statements and as
 * one statement, all by hand, in turns within one run. Trust the ratios. `npm run bench:turn [-- ROUNDS]`; brings its own PostgreSQL.
 */
import { openDatabase } from '../src/db/open.ts';
import { reportFeature } from '../src/flows/report/feature.ts';
import { startCluster } from '../tests/support/embedded.ts';
import { type Baselines, createBaselines } from './baselines.ts';
import { longFlow } from './long-flow.ts';
import {
  type Client,
  createClient,
  createConstant,
  REPORT_SCRIPT,
  seedPeople,
} from './report-turns.ts';

const ROUNDS = Number(process.argv[2] ?? 7);
const PEOPLE = 64;
const TURNS = { 1: 400, 8: 1600 } as const;
const POOL = 8;

type Work = (user: string) => Promise<void>;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Turns a second. Every worker has people of its own, as one person's turns are serial. */
async function rate(work: Work, users: readonly string[], turns: number, width: number) {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: width }, async (_, worker) => {
      const own = users.filter((_, i) => i % width === worker);
      for (let n = 0; n < turns / width; n += 1) await work(own[n % own.length] ?? '');
    }),
  );
  return turns / ((performance.now() - began) / 1000);
}

const RECEIVE = 'receive, no flow';

async function compare(
  bare: Client,
  client: Client,
  users: readonly string[],
  by: Baselines,
  others: readonly string[],
) {
  // The baselines overwrite conversations, so they have people of their own.
  const works: [string, Work, readonly string[]][] = [
    [RECEIVE, bare.step, users.slice(0, PEOPLE / 2)],
    ['receive, report flow', client.step, users.slice(PEOPLE / 2)],
    ['sequential transaction', by.sequential, others],
    ['single statement', by.single, others],
  ];
  for (const width of [1, 8] as const) {
    const rates = new Map<string, number[]>(works.map(([name]) => [name, []]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, work, whose] of works) {
        rates.get(name)?.push(await rate(work, whose, TURNS[width], width));
      }
    }
    const of = (name: string) => rates.get(name) ?? [];
    const ratio = (name: string) =>
      median(of(RECEIVE).map((value, round) => value / (of(name)[round] ?? Number.NaN)));
    print(`\n${width} at once${' '.repeat(30)}"${RECEIVE}" as a multiple`);
    for (const [name] of works) {
      print(
        `  ${name.padEnd(24)} ${median(of(name)).toFixed(0).padStart(6)} turns/s   ${ratio(name).toFixed(2)}`,
      );
    }
  }
}

async function lengths(db: Parameters<typeof createClient>[0], users: readonly string[]) {
  const LENGTHS = [5, 20, 80];
  const clients = LENGTHS.map((length) => {
    const { feature, script } = longFlow(length);
    return createClient(db, [feature], script);
  });
  const costs = LENGTHS.map((): number[] => []);
  for (let round = 0; round < ROUNDS + 1; round += 1) {
    for (const [i, client] of clients.entries()) {
      // A person for each length, as the clients share the conversations.
      const perSecond = await rate(client.step, [users[i] ?? ''], 300, 1);
      if (round > 0) costs[i]?.push(1000 / perSecond);
    }
  }
  print('\na turn near the end of a flow, one at once');
  for (const [i, length] of LENGTHS.entries()) {
    const ratio = median((costs[i] ?? []).map((cost, round) => cost / (costs[0]?.[round] ?? 1)));
    print(
      `  ${String(length).padStart(3)} questions  ${median(costs[i] ?? []).toFixed(2)} ms  ${ratio.toFixed(2)} of ${LENGTHS[0]} questions`,
    );
  }
}

const cluster = await startCluster(['shared_buffers=256MB']);
try {
  const url = cluster.url('postgres');
  const db = await openDatabase({ url, poolSize: POOL });
  const everyone = await seedPeople(db, 2 * PEOPLE);
  const users = everyone.slice(0, PEOPLE);
  const others = everyone.slice(PEOPLE);
  const client = createClient(db, [reportFeature], REPORT_SCRIPT);
  // Everyone plays the script once: statements get prepared, and every row exists.
  for (const _ of REPORT_SCRIPT) await rate(client.step, everyone, 2 * PEOPLE, 8);
  const middle = createClient(db, [reportFeature], REPORT_SCRIPT);
  for (const _ of REPORT_SCRIPT.slice(0, 6)) await middle.step(others[0] ?? '');
  const decision = middle.last(others[0] ?? '');
  for (const _ of REPORT_SCRIPT.slice(6)) await middle.step(others[0] ?? '');
  const people = await db.query<{ user: string; key: string }>(
    `select "user", 'person:' || person_id as key from identity`,
  );
  const message = decision?.sends[0]?.message;
  if (!decision?.state || !message) throw new Error('The flow decided nothing to compare with');
  const constant = {
    state: decision.state,
    writes: [],
    sends: [{ to: { platform: 'bench', tenant: 't', chat: '' }, message }],
    ack: {},
  };
  const by = createBaselines(
    url,
    POOL,
    new Map(people.map(({ user, key }) => [user, key])),
    JSON.stringify(decision.state),
    JSON.stringify(message),
  );
  print(`node ${process.version}, ${ROUNDS} rounds, medians`);
  await compare(createConstant(db, constant), client, users, by, others);
  await by.close();
  await lengths(db, others.slice(-3));
  await db.close();
} finally {
  await cluster.stop();
}
process.exit(0);
