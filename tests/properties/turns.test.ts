/** No answer lost or counted twice, whatever the platforms, processes and connections do. */
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { DatabaseUnavailable } from '../../src/db/errors.ts';
import { createTurnStore } from '../../src/db/turn-store.ts';
import { insert } from '../../src/engine/decision.ts';
import type { Handler } from '../../src/engine/deps.ts';
import type { TurnStore } from '../../src/engine/turn.ts';
import type { FlowState } from '../../src/flows/state.ts';
import { testDatabase } from '../support/database.ts';
import { message, NOW, says, testTurns, toast } from '../support/turns.ts';

/** Counts steps in the conversation, keeps every answer, writes a row and sends a message. */
const counting: Handler = async (event, context) => {
  const text = event.kind === 'text' ? event.text : '';
  const before = context.conversation.state.active;
  const step = (before?.step ?? 0) + 1;
  const active: FlowState = {
    flow: 'count',
    version: 1,
    asking: 'next',
    answers: { ...before?.answers, [event.delivery]: { value: text } },
    step,
    revising: false,
    subject: null,
    albums: [],
    savedAt: NOW.toString(),
  };
  const user = event.from?.identity.user ?? '';
  return {
    state: { active, parked: [] },
    writes: [
      insert('audit', { at: NOW.toString(), actor: user, action: `${step}`, subject: text }),
    ],
    sends: [{ to: event.where, message: message(`${step}`) }],
    ack: toast(`step ${step}`),
  };
};

/** One attempt of a platform to deliver an event to one of the processes. */
interface Attempt {
  readonly event: number;
  readonly process: 0 | 1;
  /** The connection breaks before the commit, or after it and before its answer. */
  readonly fault: 'none' | 'before' | 'after';
}

const attempts = (events: number) =>
  fc.array(
    fc.record<Attempt>({
      event: fc.nat(events - 1),
      process: fc.constantFrom(0, 1),
      fault: fc.constantFrom('none', 'none', 'none', 'before', 'after'),
    }),
    { maxLength: events * 3 },
  );

let db: Database;
let run = 0;
beforeAll(async () => {
  db = await testDatabase({ poolSize: 12 });
});

it('handles every event exactly once under duplicates, reordering, two processes and lost connections', async () => {
  const EVENTS = 10;
  const PEOPLE = 3;
  await fc.assert(
    fc.asyncProperty(attempts(EVENTS), fc.integer({ min: 1, max: 8 }), async (tries, width) => {
      run += 1;
      const events = Array.from({ length: EVENTS }, (_, i) =>
        says(`p${run}-${i % PEOPLE}`, `answer ${i}`, `e${run}-${i}`),
      );
      const faults = new Map<string, Attempt['fault'][]>();
      const store: Partial<TurnStore> = {
        async commit(turn) {
          const fault = faults.get(turn.event.delivery)?.shift() ?? 'none';
          if (fault === 'before') throw new DatabaseUnavailable('broken before the commit');
          const outcome = await createTurnStore(db).commit(turn);
          if (fault === 'after') throw new DatabaseUnavailable('broken after the commit');
          return outcome;
        },
      };
      const processes = [testTurns(db, counting, store), testTurns(db, counting, store)];
      // The platform delivers until it has an answer: every event once more at the end, without faults.
      const all: Attempt[] = [
        ...tries,
        ...events.map((_, event) => ({ event, process: 0 as const, fault: 'none' as const })),
      ];
      const acks = new Map<string, Set<string>>();
      let next = 0;
      const worker = async () => {
        for (let mine = next++; mine < all.length; mine = next++) {
          const attempt = all[mine];
          const event = attempt && events[attempt.event];
          if (!event) continue;
          if (attempt.fault !== 'none') {
            faults.set(event.delivery, [...(faults.get(event.delivery) ?? []), attempt.fault]);
          }
          const ack = await processes[attempt.process]?.receive(event).catch(() => null);
          if (ack?.toast) {
            acks.set(event.delivery, (acks.get(event.delivery) ?? new Set()).add(ack.toast));
          }
        }
      };
      await Promise.all(Array.from({ length: width }, worker));
      // A fault meant for one attempt may have met a later one of the same event.
      faults.clear();
      for (const event of events) {
        const ack = await processes[1]?.receive(event);
        acks.set(event.delivery, (acks.get(event.delivery) ?? new Set()).add(ack?.toast ?? ''));
      }

      for (const answers of acks.values()) expect(answers.size).toBe(1);
      for (let person = 0; person < PEOPLE; person += 1) {
        const user = `p${run}-${person}`;
        const own = events.filter((event) => event.where.chat === user);
        const [saved] = await db.query<{ state: { active: FlowState }; version: number }>(
          'select state, version from conversation where key = $1::text',
          [`identity:test:t1:${user}`],
        );
        expect(saved?.version).toBe(own.length);
        expect(saved?.state.active.step).toBe(own.length);
        expect(Object.keys(saved?.state.active.answers ?? {}).toSorted()).toEqual(
          own.map((event) => event.delivery).toSorted(),
        );
        // One message and one row a step, in the order of the steps.
        const steps = own.map((_, i) => `${i + 1}`);
        const sent = await db.query<{ text: string }>(
          `select message->>'notice' as text from outbox where lane = $1::text order by id`,
          [`test:t1:${user}`],
        );
        expect(sent.map((row) => row.text)).toEqual(steps);
        const rows = await db.query<{ action: string }>(
          'select action from audit where actor = $1::text order by id',
          [user],
        );
        expect(rows.map((row) => row.action)).toEqual(steps);
      }
    }),
    { numRuns: 60 },
  );
});
