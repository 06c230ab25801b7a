/**
 * Compares what the product computed, posted and wrote into files with figures calculated apart
 * (`reckon.ts`).
 */
import { join } from 'node:path';
import { addWeeks, campaignDay, mondayOf, weekOf } from '../../src/campaign/calendar.ts';
import type { Campaign } from '../../src/campaign/types.ts';
import type { Database } from '../../src/db/database.ts';
import { digestReads } from '../../src/db/digests.ts';
import { standingReads } from '../../src/db/standings.ts';
import { fixedSpans, prepareDigest } from '../../src/digests/prepare.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { DIGEST_SCOPES, type DigestScope } from '../../src/people/may.ts';
import { checkDocuments } from './check-documents.ts';
import { samplePeriods } from './files.ts';
import { numberIn, readWorkbook, type SheetRow, textIn } from './read-back.ts';
import { type Reckoning, type Span, type UnitFigures, withReckoning } from './reckon.ts';
import { createTally, type Tally } from './tally.ts';

/** Half of what two decimals show. */
const CENT = 0.005 + 1e-9;
const EXACT = 1e-9;

/** `now`: the moment at which the files were made. */
export async function checkCampaign(parts: {
  readonly database: Database;
  readonly campaign: Campaign;
  readonly now: Parameters<typeof campaignDay>[0];
  readonly out: string;
}): Promise<Tally> {
  const { database, campaign, now, out } = parts;
  const tally = createTally();
  const today = campaignDay(now, campaign.zone);
  await withReckoning(database, campaign, today, async (reckoning) => {
    await checkWeeks(database, campaign, reckoning, tally);
    for (const { name, period } of samplePeriods(campaign)) {
      const span = spanOf(campaign, name);
      const units = await reckoning.over(span);
      for (const of of DIGEST_SCOPES) {
        const spans = fixedSpans(campaign, period, weekOf(now, campaign.zone));
        if (!spans) throw new Error(`the campaign has no period ${name}`);
        const source = { ...digestReads(database), unitWeek: standingReads(database).unitWeek };
        const { digest } = await prepareDigest(source, campaign, of, spans, now);
        const at: Place = { of, name, span, units, reckoning, campaign, tally };
        await checkTotals(digest, at);
        await checkDigestWorkbook(join(out, 'digests', `${of}-${name}.xlsx`), at);
      }
      if (name !== 'week')
        await checkDocuments({ out, campaign, name, span, units, reckoning, tally, database });
    }
  });
  return tally;
}

interface Place {
  readonly of: DigestScope;
  readonly name: string;
  readonly span: Span;
  readonly units: readonly UnitFigures[];
  readonly reckoning: Reckoning;
  readonly campaign: Campaign;
  readonly tally: Tally;
}

/** By the rule of the plan's stages: a week belongs to the one its Monday lies in. */
function spanOf({ period, stages }: Campaign, name: string): Span {
  const first = mondayOf(period.from);
  const last = mondayOf(period.to);
  const [one] = stages;
  if (!one) throw new Error('a campaign has at least one stage');
  if (name === 'week') return { first: last, last };
  if (name === 'campaign') return { first, last };
  return name === one.id
    ? { first, last: mondayOf(one.to) }
    : { first: addWeeks(mondayOf(one.to), 1), last };
}

/** What was posted week by week, as last corrected. */
async function checkWeeks(
  db: Database,
  { code }: Campaign,
  reckoning: Reckoning,
  tally: Tally,
): Promise<void> {
  const latest = `(select week, max(revision) as revision from unit_standing
    where campaign = $1::text group by week) l`;
  const units = await db.query<UnitFigures & { points: number; posted: number }>(
    `select s.week::text as week, s.unit_id as "unitId", headcount, points,
       collective as posted, score, rank, group_size as "groupSize", participants, breadth, verified
     from ${latest} join unit_standing s
       on s.campaign = $1::text and s.week = l.week and s.revision = l.revision`,
    [code],
  );
  const found = new Map(units.map((row) => [`${row.week} ${row.unitId}`, row]));
  for (const row of await reckoning.weekly()) {
    const what = `units by week: ${row.week} ${row.code}`;
    const posted = found.get(`${row.week} ${row.unitId}`);
    tally.same(`${what} points`, row.cents / 100, posted?.points, EXACT);
    tally.same(`${what} collective points`, row.common / 100, posted?.posted, EXACT);
    tally.same(`${what} score`, row.score, posted?.score, EXACT);
    for (const key of ['headcount', 'rank', 'groupSize', ...TAKING] as const)
      tally.same(`${what} ${key}`, row[key], posted?.[key]);
  }
  const people = await db.query<{
    week: string;
    personId: number;
    unitId: number;
    points: number;
    verified: number;
  }>(
    `select s.week::text as week, person_id as "personId", unit_id as "unitId", points, verified
     from ${latest} join person_standing s
       on s.campaign = $1::text and s.week = l.week and s.revision = l.revision`,
    [code],
  );
  const key = (p: { week: string; personId: number; unitId: number }) =>
    `${p.week} ${p.personId} ${p.unitId}`;
  const recorded = new Map(people.map((row) => [key(row), row]));
  const calculated = await reckoning.people(null);
  tally.same('people by week: rows', calculated.length, people.length);
  for (const row of calculated) {
    const posted = recorded.get(key(row));
    tally.same(`people by week: ${key(row)} points`, row.cents / 100, posted?.points, EXACT);
    tally.same(`people by week: ${key(row)} reports`, row.verified, posted?.verified);
  }
}

const TAKING = ['participants', 'breadth', 'verified'] as const;

const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

const inScope = (of: DigestScope, bloc: string): boolean =>
  of === 'political_schools'
    ? bloc === 'political_school'
    : of !== 'students' || bloc === 'academy';

async function checkTotals(
  digest: Awaited<ReturnType<typeof prepareDigest>>['digest'],
  { of, name, span, units, reckoning, campaign, tally }: Place,
): Promise<void> {
  const what = `digest totals: ${of} ${name}`;
  const { totals } = digest;
  const items =
    of === 'students'
      ? campaign.items.flatMap(({ id, audience }) => (audience === 'student' ? id : []))
      : null;
  const scoped = units.filter(({ bloc }) => inScope(of, bloc));
  const ids = new Set(scoped.map(({ unitId }) => unitId));
  const students = await reckoning.students(span, items ?? []);
  const heads = of === 'students' ? students.heads : sum(scoped, (row) => row.headcount);
  const took = of === 'students' ? students.took : sum(scoped, (row) => row.participants);
  tally.same(`${what} people`, heads, totals.headcount);
  tally.same(`${what} participants`, took, totals.participants);
  if (of !== 'students') tally.same(`${what} units`, scoped.length, totals.units);
  if (of === 'participation') {
    tally.same(`${what} reports`, null, totals.reports && 'counted');
    return;
  }
  const counts = (await reckoning.counts(span, items)).filter(({ unitId }) => ids.has(unitId));
  for (const key of ['submitted', 'verified', 'returned'] as const)
    tally.same(
      `${what} ${key}`,
      sum(counts, (row) => row[key]),
      totals.reports?.[key],
    );
  const waiting = (await reckoning.waiting(items)).filter(({ bloc }) => inScope(of, bloc));
  tally.same(
    `${what} waiting`,
    sum(waiting, (row) => row.waiting),
    digest.backlog?.waiting,
  );
  if (of !== 'campaign') return;
  const { from, to } =
    name === 'week' ? { from: span.first, to: campaign.period.to } : daysOf(campaign, name);
  const voices = await reckoning.voices({ from, to });
  tally.same(`${what} exemplars`, voices.exemplars, digest.exemplars.length);
  tally.same(`${what} audit drawn`, voices.drawn, digest.audit?.drawn);
  tally.same(`${what} audit sound`, voices.sound, digest.audit?.sound);
  tally.same(`${what} audit doubtful`, voices.doubtful, digest.audit?.doubtful);
  tally.same(`${what} audit waiting`, voices.unseen, digest.audit?.waiting);
}

function daysOf({ period, stages }: Campaign, name: string): { from: string; to: string } {
  const [one] = stages;
  if (!one || name === 'campaign') return period;
  return name === one.id
    ? { from: period.from, to: one.to }
    : { from: addWeeks(mondayOf(one.to), 1), to: period.to };
}

const COLUMNS = [
  ...['code', 'place', 'of-units', 'score', 'personal-points', 'collective-points', 'headcount'],
  ...['participants', 'breadth', 'submitted', 'verified', 'returned'],
];

async function checkDigestWorkbook(file: string, place: Place): Promise<void> {
  const { of, name, span, units, reckoning, tally } = place;
  const book = await readWorkbook(file, loadTexts().vi);
  const what = `digest workbooks: ${of} ${name}`;
  const scoped = units.filter(({ bloc }) => inScope(of, bloc));
  // Students' own points are calculated nowhere else: their totals are compared above.
  if (of === 'students') return;
  const rows = byCode(
    book.rows(
      'xl-sheet-units',
      of === 'participation' ? ['code', 'headcount', 'participants'] : COLUMNS,
    ),
  );
  const counts = new Map((await reckoning.counts(span, null)).map((row) => [row.unitId, row]));
  tally.same(`${what} rows`, scoped.length, rows.size);
  for (const unit of scoped) {
    const row = rows.get(unit.code);
    const compare = (column: string, expected: number | null, slack = 0): void =>
      tally.same(`${what} ${unit.code} ${column}`, expected, numberIn(row, column), slack);
    compare('headcount', unit.headcount);
    compare('participants', unit.participants);
    if (of === 'participation') continue;
    compare('place', unit.cents + unit.common > 0 ? unit.rank : null);
    compare('of-units', unit.groupSize);
    compare('score', unit.score * 100, 1e-6);
    compare('personal-points', unit.cents / 100, CENT);
    compare('collective-points', unit.common / 100, CENT);
    compare('breadth', unit.breadth);
    compare('verified', unit.verified);
    compare('submitted', counts.get(unit.unitId)?.submitted ?? 0);
    compare('returned', counts.get(unit.unitId)?.returned ?? 0);
  }
  if (of !== 'campaign') return;
  const ids = await reckoning.reports(span);
  const listed = book.rows('xl-sheet-reports', ['number']).map((row) => numberIn(row, 'number'));
  tally.same(`${what} reports`, ids.join(' '), listed.join(' '));
}

const byCode = (rows: readonly SheetRow[]): Map<string, SheetRow> =>
  new Map(rows.map((row) => [textIn(row, 'code'), row]));
