import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { DatabaseUnavailable } from '../../src/db/errors.ts';
import { insert, nothing, upsert } from '../../src/engine/decision.ts';
import type { Handler } from '../../src/engine/deps.ts';
import { emptyConversation } from '../../src/flows/state.ts';
import { eachDatabase } from '../support/database.ts';
import { message, says, testTurns, toast } from '../support/turns.ts';

let counter = 0;
const unique = (prefix: string) => {
  counter += 1;
  return `${prefix}${counter}`;
};

eachDatabase((open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });
  const waiting = async (chat: string) =>
    (
      await db.query<{ text: string }>(
        `select message->>'notice' as text from outbox where lane = $1::text order by id`,
        [`test:t1:${chat}`],
      )
    ).map((row) => row.text);

  const echo: Handler = async (event) => ({
    ...nothing,
    sends: [{ to: event.where, message: message(event.kind === 'text' ? event.text : '') }],
    ack: toast(`ack ${event.delivery}`),
  });

  it('answers a redelivery as it did the first time, and does nothing more', async () => {
    const user = unique('u');
    let asked = 0;
    const turns = testTurns(db, (...args) => {
      asked += 1;
      return echo(...args);
    });
    const event = says(user, 'chào', unique('d'));
    const first = await turns.receive(event);
    expect(await turns.receive(event)).toEqual(first);
    expect(first).toEqual(toast(`ack ${event.delivery}`));
    expect(asked).toBe(1);
    expect(turns.woken()).toBe(1);
    expect(turns.committed).toEqual([event.delivery]);
    expect(await waiting(user)).toEqual(['chào']);
  });

  it('decides again when another process was faster, on what it wrote', async () => {
    const user = unique('u');
    const key = unique('setting');
    const rival = testTurns(db, async () => ({ ...nothing, state: emptyConversation }));
    const seen: number[] = [];
    const turns = testTurns(db, async (event, context) => {
      seen.push(context.conversation.version);
      if (seen.length === 1) await rival.receive(says(user, 'nhanh hơn', unique('d')));
      return { ...nothing, writes: [upsert('setting', { key, value: event.delivery })] };
    });
    const event = says(user, 'x', unique('d'));
    await turns.receive(event);
    expect(seen).toEqual([0, 1]);
    expect(turns.committed).toEqual([event.delivery]);
  });

  it('gives up when its decision is refused without end: told once, logged, not delivered again', async () => {
    const user = unique('u');
    const key = unique('setting');
    await db.query(`insert into setting (key, value) values ($1::text, '0')`, [key]);
    let decided = 0;
    const turns = testTurns(db, async () => {
      decided += 1;
      return {
        ...nothing,
        state: emptyConversation,
        writes: [insert('setting', { key, value: 1 })],
      };
    });
    const event = says(user, 'x', unique('d'));
    expect(await turns.receive(event)).toEqual({});
    expect(await turns.receive(event)).toEqual({});
    expect(decided).toBe(8);
    expect(turns.committed).toEqual([event.delivery]);
    expect(await waiting(user)).toEqual(['text:error']);
    expect(turns.log.lines.filter(({ level }) => level === 'error')).toMatchObject([
      { fields: { delivery: event.delivery } },
    ]);
  });

  describe('a failing handler', () => {
    it('is logged, the person is told once, and their conversation stays', async () => {
      const user = unique('u');
      const keeping = testTurns(db, async () => ({ ...nothing, state: emptyConversation }));
      await keeping.receive(says(user, 'x', unique('d')));
      const fault = new Error('a fault');
      const turns = testTurns(db, async () => {
        throw fault;
      });
      const event = says(user, 'x', unique('d'));
      expect(await turns.receive(event)).toEqual({});
      await turns.receive(event);
      expect(await waiting(user)).toEqual(['text:error']);
      expect(turns.log.lines).toMatchObject([
        { level: 'error', fields: { err: fault, delivery: event.delivery, kind: 'text' } },
      ]);
    });

    it('tells someone who pressed a button in the answer to the press', async () => {
      const turns = testTurns(db, async () => {
        throw new Error('a fault');
      });
      const { delivery, where, audience, from } = says(unique('u'), '', unique('d'));
      const press = { kind: 'press' as const, delivery, where, audience, from };
      const ack = await turns.receive({ ...press, action: 'q:x', message: { at: where, id: '1' } });
      expect(ack).toEqual(toast('text:error'));
    });

    it('says it at a field of a form, which stays open with what was typed into it', async () => {
      const turns = testTurns(db, async () => {
        throw new Error('a fault');
      });
      const submit = (values: Record<string, string>) => {
        const { delivery, where, audience, from } = says(unique('u'), '', unique('d'));
        const base = { kind: 'submit' as const, delivery, where, audience, from };
        return turns.receive({ ...base, form: 'f:1', values });
      };
      expect(await submit({ title: 'x', date: '' })).toEqual({
        fieldErrors: { title: 'text:error' },
      });
      expect(await submit({})).toEqual(toast('text:error'));
    });

    it('tells the person too when the database refuses what was decided', async () => {
      const user = unique('u');
      const turns = testTurns(db, async () => ({
        ...nothing,
        writes: [
          insert('membership', {
            personId: -1,
            unitId: -1,
            audience: 'staff',
            validFrom: '2024-01-01',
          }),
        ],
      }));
      await turns.receive(says(user, 'x', unique('d')));
      expect(await waiting(user)).toEqual(['text:error']);
      expect(turns.log.lines).toMatchObject([{ level: 'error' }]);
    });

    it('lets the platform deliver again when the database is away', async () => {
      const user = unique('u');
      const event = says(user, 'x', unique('d'));
      const away = new DatabaseUnavailable('away');
      const reading = testTurns(db, async () => {
        throw away;
      });
      await expect(reading.receive(event)).rejects.toBe(away);
      const committing = testTurns(db, echo, { commit: () => Promise.reject(away) });
      await expect(committing.receive(event)).rejects.toBe(away);
      expect(await waiting(user)).toEqual([]);
      await testTurns(db, echo).receive(event);
      expect(await waiting(user)).toEqual(['x']);
    });
  });

  it('leaves no trace of talk in a group that the handler ignores', async () => {
    const event = { ...says(unique('u'), 'x', unique('d')), audience: 'group' as const };
    const turns = testTurns(db, async () => nothing);
    expect(await turns.receive(event)).toEqual({});
    const rows = await db.query('select 1 from inbound_event where delivery = $1::text', [
      event.delivery,
    ]);
    expect(rows).toEqual([]);
  });

  it('handles one person’s events one after the other and different people’s side by side', async () => {
    const [a, b] = [unique('u'), unique('u')];
    const open = new Map<string, () => void>();
    const began: string[] = [];
    let beginning = () => {};
    const handler: Handler = async (event, ...rest) => {
      began.push(event.delivery);
      const may = new Promise<void>((resolve) => open.set(event.delivery, resolve));
      beginning();
      await may;
      return echo(event, ...rest);
    };
    const turns = testTurns(db, handler);
    const begun = async (n: number) => {
      while (began.length < n) {
        await new Promise<void>((resolve) => {
          beginning = resolve;
        });
      }
    };
    const all = [says(a, '1', `${a}-1`), says(a, '2', `${a}-2`), says(b, '3', `${b}-3`)].map((e) =>
      turns.receive(e),
    );
    await begun(2);
    expect(began.toSorted()).toEqual([`${a}-1`, `${b}-3`].toSorted());
    open.get(`${b}-3`)?.();
    await all[2];
    expect(began).toHaveLength(2);
    open.get(`${a}-1`)?.();
    await begun(3);
    open.get(`${a}-2`)?.();
    await turns.idle();
    expect(await waiting(a)).toEqual(['1', '2']);
    expect(await waiting(b)).toEqual(['3']);
  });
});
