import { describe, expect, it } from 'vitest';
import { inboundPart } from './adapter/inbound.ts';
import { createKit } from './adapter/kit.ts';
import { lifePart } from './adapter/life.ts';
import { outboundPart } from './adapter/outbound.ts';
import { windowsPart } from './adapter/windows.ts';
import type { AdapterUnderTest } from './adapter-harness.ts';

export { PNG } from './adapter/kit.ts';
export type {
  AdapterHarness,
  AdapterUnderTest,
  HarnessGroup,
  HarnessPerson,
  Seen,
} from './adapter-harness.ts';

/**
 * What every adapter must do, run against its fake platform. A feature the platform lacks is skipped
 * and listed by a test of its own, so that no skip goes unnoticed.
 */
export function adapterSuite(under: AdapterUnderTest): void {
  describe(`adapter contract: ${under.name}`, () => {
    for (const [feature, reason] of Object.entries(under.lacks)) {
      it(`skips ${feature}: ${reason}`, () => expect(reason).not.toBe(''));
    }
    const kit = createKit(under);
    inboundPart(kit);
    outboundPart(kit);
    windowsPart(kit);
    lifePart(kit);
  });
}
