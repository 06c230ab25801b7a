import { Temporal } from 'temporal-polyfill';
import { languageOf, runAdmin } from '../../src/admin/program.ts';
import type { Database } from '../../src/db/database.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';

const texts = loadTexts();

/** Runs commands at an instant, by default 5 July 2024, 23:30 in Hà Nội; the database stays open. */
export const adminOn =
  (database: () => Database, at = '2024-07-05T16:30:00Z') =>
  async (...args: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runAdmin(args, {
      env: {},
      say: texts[languageOf(args)],
      now: () => Temporal.Instant.from(at),
      open: async () => ({ ...database(), close: async () => {} }),
      out: (line) => out.push(line),
      err: (line) => err.push(line),
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
