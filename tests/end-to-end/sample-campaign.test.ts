/** A small campaign as the sample makes it: its figures agree with a calculation of their own, which notices a wrong one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkCampaign } from '../../bench/campaign/check.ts';
import { makeFiles } from '../../bench/campaign/files.ts';
import { type Lived, liveThrough, sampleCampaign } from '../../bench/campaign/live.ts';
import { createRandom } from '../../bench/campaign/random.ts';
import { loadCampaign } from '../../src/campaign/load.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const campaign = sampleCampaign(loadCampaign(), '2024-06-03', 2);
let database: TestDatabase;
let out: string;
let lived: Lived;

beforeAll(async () => {
  database = await testDatabase();
  out = await mkdtemp(join(tmpdir(), 'sample-'));
  const size = { staff: 300, students: 40, weeks: 2, reports: 100 };
  lived = await liveThrough({ database, campaign, size, random: createRandom(1), out });
  await makeFiles({ database, campaign, now: lived.now, out, units: [1] });
}, 180_000);
afterAll(() => rm(out, { recursive: true, force: true }));

const check = () => checkCampaign({ database, campaign, now: lived.now, out });

it('agrees, figure by figure', async () => {
  const { differences, sections } = await check();
  expect(lived.faults).toEqual([]);
  expect(differences).toEqual([]);
  for (const [section, { compared }] of sections)
    expect({ section, some: compared > 0 }).toEqual({ section, some: true });
  expect(sections.size).toBeGreaterThanOrEqual(6);
}, 120_000);

it('differs where one figure was changed', async () => {
  await database.query(
    `update unit_standing set points = points + 1
     where (week, unit_id) = (select week, unit_id from unit_standing order by week, unit_id limit 1)`,
  );
  const { differences } = await check();
  expect(differences.length).toBeGreaterThan(0);
  expect(differences.join()).toContain('points');
}, 120_000);
