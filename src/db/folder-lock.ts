/**
 * A lock file beside the embedded database's folder: two processes in one folder would destroy it,
 * and the embedded engine takes no lock itself.
 */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** The holder touches its file this often; from another machine (or container) that is its only sign of life. */
const TOUCH_MS = 5_000;
const DEAD_AFTER_MS = 30_000;

const held = new Set<string>();

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** When the process began, as the kernel counts: tells a process from a later one with its number. Empty where /proc is missing. */
async function beginning(pid: number): Promise<string> {
  try {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Whether the process that wrote the file still lives. */
async function alive(file: string, content: string): Promise<boolean> {
  const [pidText = '', host = '', began = ''] = content.split('\n');
  const pid = Number(pidText);
  if (host !== hostname() || !Number.isInteger(pid) || pid <= 0) {
    const { mtimeMs } = await stat(file);
    return Date.now() - mtimeMs < DEAD_AFTER_MS;
  }
  if (pid === process.pid) return held.has(file);
  return exists(pid) && (began === '' || began === (await beginning(pid)));
}

/**
 * Takes the lock of `folder`, also over from a process that died holding it.
 * @returns a function that gives it back
 * @throws a plain sentence when another process holds it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = `${folder}.lock`;
  const own = `${process.pid}\n${hostname()}\n${await beginning(process.pid)}\n${randomUUID()}\n`;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      await writeFile(file, own, { flag: 'wx' });
      held.add(file);
      const touching = setInterval(() => {
        const now = new Date();
        // The folder may have been removed by hand: nothing is left to protect then.
        utimes(file, now, now).catch(() => {});
      }, TOUCH_MS);
      touching.unref();
      return async () => {
        clearInterval(touching);
        held.delete(file);
        await rm(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const content = await readFile(file, 'utf8').catch(() => null);
    if (content === null) continue;
    if (await alive(file, content).catch(() => false)) {
      throw new Error(
        `The data folder ${folder} is in use by process ${content.split('\n')[0]}. Stop that process first, or set DATA_DIR to another folder.`,
      );
    }
    // Aside rather than away: if someone else took the lock over meanwhile, theirs is put back.
    const aside = `${file}.${randomUUID()}`;
    await rename(file, aside).catch(() => {});
    const moved = await readFile(aside, 'utf8').catch(() => null);
    if (moved !== null && moved !== content) await rename(aside, file);
    else await rm(aside, { force: true });
  }
  throw new Error(`The lock ${folder}.lock could not be taken: other processes keep taking it.`);
}
