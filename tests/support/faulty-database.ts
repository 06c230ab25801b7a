import type { Database } from '../../src/db/database.ts';
import { DatabaseUnavailable } from '../../src/db/errors.ts';

export interface FaultyDatabase {
  readonly database: Database;
  /**
   * The connection is lost from now on. `answer`: the next statement that `matches` is carried out and
   * only its answer is lost, and everything after it.
   */
  lose(answer?: { readonly matches: RegExp }): void;
  restore(): void;
}

/** A database whose connection a test takes away and gives back. */
export function faultyDatabase(inner: Database): FaultyDatabase {
  let lost = false;
  let last: RegExp | null = null;
  const away = (): DatabaseUnavailable => new DatabaseUnavailable('The database is not available');

  return {
    lose(answer) {
      lost = answer === undefined;
      last = answer?.matches ?? null;
    },
    restore() {
      lost = false;
      last = null;
    },
    database: {
      ...inner,
      async query(text, params) {
        if (lost) throw away();
        const rows = await inner.query<never>(text, params);
        if (!last?.test(text)) return rows;
        last = null;
        lost = true;
        throw away();
      },
      async transaction(work) {
        if (lost) throw away();
        return inner.transaction(work);
      },
    },
  };
}
