import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/chat/index.ts';
import { createOutbox } from '../../src/db/outbox.ts';
import type { Claimed, Outbox } from '../../src/engine/outbox.ts';
import { testDatabase } from '../support/database.ts';
import { count, deliver, elapse } from '../support/delivery.ts';
import { batches, emptyQueue, enqueueBatches, parkedPages } from '../support/delivery-batches.ts';
import { createFakeAdapter } from '../support/fake-adapter.ts';

const HOUR = 3_600_000;

type Mishap = 'ok' | 'chat' | 'bot' | 'lost' | 'lost though taken' | 'dies before' | 'dies after';

/** What happens to the next claims, and what the platform says to the next looks. */
const mishaps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Mishap>('ok') },
    {
      weight: 6,
      arbitrary: fc.constantFrom<Mishap>(
        'chat',
        'bot',
        'lost',
        'lost though taken',
        'dies before',
        'dies after',
      ),
    },
  ),
  { maxLength: 40 },
);
const answers = fc.array(fc.boolean(), { maxLength: 30 });

describe('deliverers of a platform that can be asked what it has', () => {
  /**
   * The outbox of a process that is killed now and then: before the call, or before it has recorded
   * it. `mishapOf` is asked several times about one claim.
   */
  function mortal(outbox: Outbox, mishapOf: (claim: Claimed) => Mishap): Outbox {
    return {
      ...outbox,
      async claim(request) {
        const result = await outbox.claim(request);
        const claimed = result.claimed.filter((claim) => mishapOf(claim) !== 'dies before');
        return { ...result, claimed };
      },
      settle: async (claim, verdict, how) =>
        mishapOf(claim) === 'dies after' ? 'lost' : outbox.settle(claim, verdict, how),
    };
  }

  it('post nothing twice, lose nothing and hold nothing while its answers can be had', async () => {
    const db = await testDatabase();
    await fc.assert(
      fc.asyncProperty(batches, mishaps, answers, async (plan, script, answered) => {
        await emptyQueue(db);
        const fates = new Map<string, Mishap>();
        /** What happens to the claim at work in each chat. */
        const current = new Map<string, Mishap>();
        const mishapOf = ({ id, attempts, lane }: Claimed): Mishap => {
          const claim = `${id} ${attempts}`;
          const fate = fates.get(claim) ?? script[fates.size] ?? 'ok';
          fates.set(claim, fate);
          current.set(lane.slice('test:t1:'.length), fate);
          return fate;
        };
        const adapter = createFakeAdapter({ looks: true, chat: { intervalMs: 1, burst: 2 } });
        adapter.script((call): Delivery | undefined => {
          const fate = current.get(call.chat);
          switch (fate) {
            case 'lost though taken':
              adapter.keep(call);
              return { outcome: 'uncertain', cause: fate };
            case 'lost':
              return { outcome: 'uncertain', cause: fate };
            case 'chat':
            case 'bot':
              return { outcome: 'retry', scope: fate, afterMs: HOUR, cause: fate };
            default:
              return undefined;
          }
        });
        adapter.scriptLook(({ nth }) =>
          (answered[nth - 1] ?? true) ? undefined : { unknown: 'busy', afterMs: HOUR },
        );
        const both = [2, 3].map((concurrency) => {
          const outbox = mortal(createOutbox(db, randomUUID()), mishapOf);
          return deliver(db, [adapter], { concurrency, outbox });
        });

        const wanted = await enqueueBatches(db, plan, (n) => ({
          onUncertain: n % 2 ? 'hold' : 'resend',
        }));
        do {
          await Promise.all(both.map((one) => one.drain()));
          await elapse(db, HOUR, { leases: true });
        } while ((await count(db, 'outbox')) > 0);
        await Promise.all(both.map((one) => one.stop()));

        // Whatever nobody would say eight times in a row is held; all else has arrived, once, in order.
        const given = await parkedPages(db);
        for (const [chat, texts] of wanted) {
          const arrived = adapter.taken(chat);
          expect(arrived).toEqual(texts.filter((text) => arrived.includes(text)));
          expect(texts.filter((text) => !given.has(text) && !arrived.includes(text))).toEqual([]);
        }
        const unanswered = answered.filter((each) => !each).length;
        const unknown = script.filter((each) => /lost|dies/.test(each)).length;
        if (unanswered + unknown <= 8) expect([...given]).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
