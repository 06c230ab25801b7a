import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLanes } from '../../../../adapters/slack/lanes.ts';

describe('lanes', () => {
  it('run what shares a key in the order of the calls, one at a time', async () => {
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 });
    const works = fc.array(fc.record({ keys, fails: fc.boolean() }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(works, fc.scheduler(), async (list, scheduler) => {
        const lanes = createLanes();
        const steps: { at: number; what: 'begin' | 'end' }[] = [];
        const all = list.map(({ keys: own, fails }, at) =>
          lanes(own, async () => {
            steps.push({ at, what: 'begin' });
            await scheduler.schedule(Promise.resolve());
            steps.push({ at, what: 'end' });
            if (fails) throw new Error(`work ${at}`);
            return at;
          }),
        );
        const settled = Promise.allSettled(all);
        await scheduler.waitFor(settled);
        expect((await settled).map((r) => r.status)).toEqual(
          list.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')),
        );
        for (const key of ['a', 'b', 'c', 'd'] as const) {
          const mine = list.flatMap((work, at) => (work.keys.includes(key) ? [at] : []));
          const order = steps.filter(({ at }) => mine.includes(at));
          expect(order).toEqual(
            mine.flatMap((at) => [
              { at, what: 'begin' },
              { at, what: 'end' },
            ]),
          );
        }
      }),
    );
  });

  it('let go at once what shares nothing', async () => {
    const lanes = createLanes();
    const never = lanes(['a'], () => new Promise(() => undefined));
    expect(await lanes(['b'], async () => 'through')).toBe('through');
    void never;
  });
});
