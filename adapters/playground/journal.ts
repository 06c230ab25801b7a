import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { AdapterLog } from '../../src/chat/index.ts';
import { Account, Entry, Room } from './types.ts';

/** One line of the file; a later line about the same thing replaces an earlier one. */
export const JournalLine = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('entry'), entry: Entry }),
  z.strictObject({ kind: z.literal('account'), account: Account }),
  z.strictObject({ kind: z.literal('room'), room: Room }),
]);
export type JournalLine = z.infer<typeof JournalLine>;

export interface Journal {
  /** Never throws: the page goes on without its memory, and the log says so once. */
  append(line: JournalLine): void;
  /** Resolves when everything appended so far is written. */
  settled(): Promise<void>;
}

export const forgetful: Journal = { append: () => undefined, settled: () => Promise.resolve() };

/** Lines of the file in order; a line cut short by a crash or of an older layout is left out. */
export async function readJournal(path: string, log: AdapterLog): Promise<JournalLine[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new Error(`The playground's chats cannot be read from ${path}: ${error.message}`, {
      cause: error,
    });
  });
  let unreadable = 0;
  const lines = text.split('\n').flatMap((line) => {
    if (line === '') return [];
    const parsed = JournalLine.safeParse(jsonOf(line));
    if (!parsed.success) unreadable += 1;
    return parsed.success ? [parsed.data] : [];
  });
  if (unreadable > 0) log.warn({ path, unreadable }, 'some playground messages were unreadable');
  return lines;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Replaces the file by `lines`, then appends to it. */
export async function openJournal(
  path: string,
  lines: readonly JournalLine[],
  log: AdapterLog,
): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.new`;
  await writeFile(fresh, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await rename(fresh, path);
  let writing = Promise.resolve();
  let failing = false;
  return {
    append(line) {
      writing = writing.then(async () => {
        try {
          await appendFile(path, `${JSON.stringify(line)}\n`);
          failing = false;
        } catch (error) {
          if (!failing)
            log.warn(
              { path, cause: String(error) },
              'playground chats cannot be saved and will be gone after a restart',
            );
          failing = true;
        }
      });
    },
    settled: () => writing,
  };
}
