/** The command line's composition root: reads the process, opens the database, ends with a code. */
import { existsSync } from 'node:fs';
import { SingleBar } from 'cli-progress';
import { Temporal } from 'temporal-polyfill';
import { openDatabase } from '../db/open.ts';
import { loadTexts } from '../messages/catalogue.ts';
import { languageOf, runAdmin } from './program.ts';

if (existsSync('.env')) process.loadEnvFile();
const args = process.argv.slice(2);
process.exitCode = await runAdmin(args, {
  env: process.env,
  say: loadTexts()[languageOf(args)],
  now: () => Temporal.Now.instant(),
  open: openDatabase,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  progress(total, label) {
    const bar = new SingleBar({ format: `${label} [{bar}] {value}/{total}`, noTTYOutput: false });
    bar.start(total, 0);
    return { advance: () => bar.increment(), end: () => bar.stop() };
  },
});
