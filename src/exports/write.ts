/**
 * Writes planned files. A large one takes seconds of pure computation, in which the process would
 * answer nobody and platforms' deadlines would pass: it is written in a thread of its own.
 */
import { Worker } from 'node:worker_threads';
import type { DocPart, DocPlan } from './docx-parts.ts';
import { writeDocument } from './docx-write.ts';
import { type SheetPlan, writeSheets } from './sheet.ts';

export type FilePlan =
  | { readonly kind: 'document'; readonly plan: DocPlan }
  | { readonly kind: 'workbook'; readonly plan: readonly SheetPlan[] };

/** Rows of tables from which starting a thread costs less than waiting. */
const APART_FROM = 300;

const rowsOf = (file: FilePlan): number =>
  file.kind === 'workbook'
    ? file.plan.reduce((sum, { rows }) => sum + rows.length, 0)
    : file.plan.sections
        .flatMap(({ children }): readonly DocPart[] => children)
        .reduce((sum, part) => sum + (part.kind === 'grid' ? part.rows.length : 0), 0);

/** In this thread. */
export const writeHere = (file: FilePlan): Promise<Uint8Array> =>
  file.kind === 'workbook' ? writeSheets(file.plan) : writeDocument(file.plan);

/** @throws what went wrong in the other thread */
export const writeFile = (file: FilePlan): Promise<Uint8Array> =>
  rowsOf(file) < APART_FROM ? writeHere(file) : writeApart(file);

const writeApart = (file: FilePlan): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const thread = new URL('./thread.mjs', import.meta.url);
    // Nothing of how this process was started: the thread loads what it needs itself.
    const worker = new Worker(thread, { workerData: file, execArgv: [] });
    worker.once('message', (bytes: Uint8Array) => resolve(bytes));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`writing a file ended with ${code}`)));
  });
