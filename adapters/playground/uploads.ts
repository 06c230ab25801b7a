import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files people sent, until their message is forgotten. */
export interface Uploads {
  keep(bytes: Uint8Array): Promise<string>;
  /** @throws when nobody sent it or it is gone. */
  read(ref: string): Promise<Uint8Array>;
  drop(ref: string): void;
}

/** Our own references only: nothing else may become part of a path. */
const REF = /^[0-9a-f-]{36}$/;
const unknown = (): Error => new Error('the playground has no such file');

/** Kept in `folder`, or in memory when that is null. */
export function createUploads(folder: string | null): Uploads {
  const memory = new Map<string, Uint8Array>();
  if (folder === null)
    return {
      keep: (bytes) => {
        const ref = randomUUID();
        memory.set(ref, bytes);
        return Promise.resolve(ref);
      },
      read: async (ref) => {
        const bytes = memory.get(ref);
        if (!bytes) throw unknown();
        return bytes;
      },
      drop: (ref) => {
        memory.delete(ref);
      },
    };
  return {
    async keep(bytes) {
      const ref = randomUUID();
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, ref), bytes);
      return ref;
    },
    async read(ref) {
      if (!REF.test(ref)) throw unknown();
      return readFile(join(folder, ref)).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? unknown() : error;
      });
    },
    drop(ref) {
      // Left behind at worst; it is then only a file that nothing points at.
      if (REF.test(ref)) rm(join(folder, ref), { force: true }).catch(() => undefined);
    },
  };
}
