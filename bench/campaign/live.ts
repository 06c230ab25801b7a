/** Lives through a generated campaign: people, weeks of reports, and whatever the schedules post. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { createApplication } from '../../src/application.ts';
import { addDays, addWeeks, weekSpan } from '../../src/campaign/calendar.ts';
import type { Campaign } from '../../src/campaign/types.ts';
import type { Database } from '../../src/db/database.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { systemTimers } from '../../src/timers.ts';
import { createFolderAdapter } from './folder-adapter.ts';
import { createLife } from './life.ts';
import { closeOf, loadPeople, loadWeek, type Pending, type SampleSize } from './load.ts';
import type { Random } from './random.ts';
import type { SampleReport } from './reports.ts';

/** When a week is closed: boards and digests are due by then. */
const CLOSE = '08:30';
/** The week's posts, then those of the two days after. */
const DAYS = [0, 1, 2];

/** The campaign with the weeks of the sample as its period, in two stages. */
export function sampleCampaign(campaign: Campaign, firstMonday: string, weeks: number): Campaign {
  const last = weekSpan(addWeeks(firstMonday, weeks - 1)).to;
  const [first, second] = campaign.stages;
  if (!first || !second) throw new Error('the shipped campaign has two stages');
  return {
    ...campaign,
    period: { from: firstMonday, to: last },
    stages: [
      { ...first, to: weekSpan(addWeeks(firstMonday, Math.ceil(weeks / 2) - 1)).to },
      { ...second, to: last },
    ],
    pledgesUntil: weekSpan(firstMonday).to,
    reportingUntil: weekSpan(addDays(last, 1)).to,
  };
}

interface WeekTimes {
  readonly week: number;
  /** Seconds: to put the reports into the database, and until Monday's posts had all been sent. */
  readonly load: number;
  readonly monday: number;
}

export interface Lived {
  /** The moment at which everything was closed. */
  readonly now: Temporal.Instant;
  readonly people: number;
  readonly reports: number;
  readonly messages: number;
  readonly times: readonly WeekTimes[];
  /** What was logged as an error. */
  readonly faults: readonly string[];
}

export async function liveThrough(parts: {
  readonly database: Database;
  /** As of `sampleCampaign`. */
  readonly campaign: Campaign;
  readonly size: SampleSize;
  readonly random: Random;
  /** What is sent goes into its subfolder `messages`. */
  readonly out: string;
  progress?(done: { readonly reports: number; readonly week: number; readonly sent: number }): void;
}): Promise<Lived> {
  const { database, campaign, size, random, out } = parts;
  const firstMonday = campaign.period.from;
  const zoned = (day: string, time: string): Temporal.Instant =>
    Temporal.PlainDate.from(day)
      .toZonedDateTime({ timeZone: campaign.zone, plainTime: Temporal.PlainTime.from(time) })
      .toInstant();
  let now = zoned(firstMonday, '06:00');

  const { people, maker, weeks } = await loadPeople(database, campaign, size, firstMonday, random);
  const life = createLife(database, campaign, people, random);
  const adapter = createFolderAdapter(join(out, 'messages'));
  const faults: string[] = [];
  const application = createApplication({
    database,
    campaign,
    texts: loadTexts(),
    adapters: [adapter],
    clock: { now: () => now },
    timers: systemTimers,
    log: {
      debug() {},
      info() {},
      warn() {},
      error: (fields, text) => faults.push(`${text} ${JSON.stringify(fields)}`),
    },
    owner: randomUUID(),
    random: Math.random,
    uuid: randomUUID,
    elapsed: () => performance.now(),
  });

  const pending: Pending = { reports: [] };
  const times: WeekTimes[] = [];
  let reports = 0;

  const postsOf = async (day: string): Promise<void> => {
    now = zoned(day, CLOSE);
    await application.scheduler.tick();
    await application.settled();
  };

  /** The reports of a week, and what follows from it. */
  async function pass(monday: string, made: readonly SampleReport[]): Promise<void> {
    const began = performance.now();
    const close = closeOf(monday);
    reports += await loadWeek(database, campaign, made, pending, zoned(close, CLOSE).toString());
    await life.week(monday);
    await database.query('analyze');
    const loaded = performance.now();
    let closed = loaded;
    for (const day of DAYS) {
      await postsOf(addDays(close, day));
      if (day === 0) closed = performance.now();
      if (day === 1) await life.audit(addDays(close, day));
    }
    times.push({
      week: times.length + 1,
      load: (loaded - began) / 1000,
      monday: (closed - loaded) / 1000,
    });
    parts.progress?.({ reports, week: times.length, sent: adapter.written });
  }

  await life.beginning(firstMonday);
  await application.start();
  try {
    await postsOf(firstMonday);
    for (const [i, monday] of weeks.entries()) {
      if (i === Math.floor(weeks.length / 2)) await life.seminar(addDays(monday, 1));
      await pass(monday, maker.week(monday, size.reports / weeks.length));
    }
    // What is still reported of the campaign's time, then by leave alone; then only decisions come.
    const after = addDays(campaign.period.to, 1);
    await pass(after, maker.after(after, size.reports / weeks.length / 20, null));
    const closed = addWeeks(after, 1);
    const leave = await life.late(closed);
    await pass(closed, maker.after(closed, size.reports / weeks.length, leave));
    await pass(addWeeks(closed, 1), []);
  } finally {
    await application.stop();
  }
  return {
    now,
    people: people.people.length,
    reports,
    messages: adapter.written,
    times: times.slice(0, weeks.length),
    faults,
  };
}
