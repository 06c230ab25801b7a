import type { ExportStore } from '../exports/task.ts';
import type { Queryable } from './database.ts';
import { finalReads } from './final.ts';
import { storeBlob } from './media.ts';
import { peopleReads } from './reads/people.ts';

/** Documents that were asked for, within the transaction of their task. */
export const createExportStore = (tx: Queryable): ExportStore => ({
  ...finalReads(tx),
  person: peopleReads(tx).person,
  keep: (bytes, mime) => storeBlob(tx, bytes, mime),
});
