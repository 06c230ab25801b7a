/** What the commands are given: the world outside, so that tests can give another. */
import type { Temporal } from 'temporal-polyfill';
import { addDays, campaignDay } from '../campaign/calendar.ts';
import { loadCampaign } from '../campaign/load.ts';
import { parseConfig } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { OpenOptions } from '../db/open.ts';
import type { Say } from '../messages/say.ts';
import { Refusal } from '../people/problem.ts';
import { parseDay } from '../people/roster.ts';

export interface Shell {
  readonly env: NodeJS.ProcessEnv;
  readonly say: Say;
  now(): Temporal.Instant;
  open(options: OpenOptions): Promise<Database>;
  /** A line for whoever reads the result. */
  out(line: string): void;
  /** A line about what went wrong. */
  err(line: string): void;
  /** Shows how far a long work of so many steps is. Absent: nobody watches. */
  progress?(total: number, label: string): Progress;
}

interface Progress {
  advance(): void;
  end(): void;
}

export interface Work {
  readonly db: Database;
  /** The campaign day things take effect: today, or the one given with `--on`. */
  readonly on: string;
  /** The instant for the record. */
  readonly now: string;
}

/** Opens the configured database for one piece of work and closes it again, also after an error. */
export async function withDatabase(
  shell: Shell,
  on: string | undefined,
  work: (given: Work) => Promise<void>,
): Promise<void> {
  const config = parseConfig(shell.env);
  const { zone } = loadCampaign(config.campaignFile ?? undefined);
  const now = shell.now();
  const day = on === undefined ? campaignDay(now, zone) : dayOption(on);
  const db = await shell.open({
    url: config.databaseUrl ?? undefined,
    dataDir: config.databaseDir,
  });
  try {
    await work({ db, on: day, now: now.toString() });
  } finally {
    await db.close();
  }
}

/** A day given on the command line. @throws Refusal */
export function dayOption(text: string): string {
  const day = parseDay(text.trim());
  if (day === null) throw new Refusal('admin-day-wrong', { value: text });
  return day;
}

/** The last day something holds, given on the command line, as the first day after it; null when left out. */
export const untilOption = (text: string | undefined): string | null =>
  text === undefined ? null : addDays(dayOption(text), 1);
