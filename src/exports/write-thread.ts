/** The other thread of `write.ts`: writes the one file it was given, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { type FilePlan, writeHere } from './write.ts';

// Given by `write.ts` and nobody else.
const bytes = await writeHere(workerData as FilePlan);
// Copied into a buffer of its own: what a library returned may be a part of a shared one.
const own = Uint8Array.from(bytes);
parentPort?.postMessage(own, [own.buffer]);
