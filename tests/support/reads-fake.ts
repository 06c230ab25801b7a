/** A scripted `Reads`: a test answers the questions it expects, and every other one is an error. */
import type { Reads } from '../../src/engine/reads.ts';

/** @throws from any function the script does not hold, naming it. */
export function fakeReads(script: Partial<Reads> = {}): Reads {
  return new Proxy(script, {
    get: (target, name) =>
      Reflect.get(target, name) ??
      (() => Promise.reject(new Error(`unexpected read: ${String(name)}`))),
  }) as Reads;
}
