import { beforeAll, describe, expect, it } from 'vitest';
import type { Form, Inbound } from '../../src/chat/index.ts';
import { commitTurn } from '../../src/db/commit.ts';
import type { Database } from '../../src/db/database.ts';
import { isUniqueViolation } from '../../src/db/errors.ts';
import { loadTurn } from '../../src/db/load.ts';
import {
  type Decision,
  insert,
  nothing,
  remove,
  update,
  upsert,
} from '../../src/engine/decision.ts';
import type { ConversationState } from '../../src/flows/state.ts';
import { eachDatabase } from '../support/database.ts';
import { seedPerson, seedRoom, seedUnit } from '../support/seed.ts';
import { account, message, NOW, says } from '../support/turns.ts';

const TODAY = '2024-07-05';
const asking = (asking: string): ConversationState => ({
  active: {
    flow: 'report',
    version: 1,
    asking,
    answers: { title: { value: 'Dự giờ “Xây dựng Đảng”' } },
    step: 1,
    revising: false,
    subject: null,
    albums: [],
    savedAt: '2024-07-05T09:30:00Z',
  },
  parked: [],
});

let counter = 0;
const unique = (prefix: string) => {
  counter += 1;
  return `${prefix}${counter}`;
};

eachDatabase((open) => {
  let db: Database;
  let unitId: number;
  beforeAll(async () => {
    db = await open();
    unitId = await seedUnit(db, { code: 'hv-bctt', nameVi: 'Học viện Báo chí' });
  });

  const load = (event: Inbound, today = TODAY) => loadTurn(db, event, today);
  async function turn(event: Inbound, decision: Partial<Decision>) {
    return commitTurn(db, {
      event,
      loaded: await load(event),
      decision: { ...nothing, ...decision },
      now: NOW,
    });
  }
  const count = async (table: string, where: string) =>
    (await db.query<{ n: number }>(`select count(*) as n from ${table} where ${where}`))[0]?.n;

  describe('load', () => {
    it('knows nobody at first contact', async () => {
      const user = unique('u');
      const { context, storedAck, unreadable } = await load(says(user, 'chào', 'd1'));
      expect(storedAck).toBeNull();
      expect(unreadable).toBe(false);
      expect(context).toEqual({
        identity: account(user),
        account: null,
        person: null,
        language: 'vi',
        conversation: {
          key: `identity:test:t1:${user}`,
          version: 0,
          state: { active: null, parked: [] },
        },
        room: null,
      });
    });

    it('gives person, membership, roles and room as of the day', async () => {
      const user = unique('u');
      const personId = await seedPerson(db, {
        name: 'Trần Thị Hoà',
        language: 'en',
        unitId,
        roles: [{ role: 'deputy', unitId }, { role: 'office' }],
        account: account(user),
        since: '2024-07-01',
      });
      const at = { platform: 'test', tenant: 't1', chat: unique('g') };
      await seedRoom(db, at, { unitId, title: 'Khoa' });
      const event: Inbound = { ...says(user, 'x', 'd'), where: at, audience: 'group' };
      const { context } = await load(event);
      expect(context.person).toMatchObject({
        id: personId,
        name: 'Trần Thị Hoà',
        language: 'en',
        membership: { unit: { id: unitId, code: 'hv-bctt', cluster: null }, audience: 'staff' },
        grants: [
          { role: 'deputy', unitId },
          { role: 'office', unitId: null },
        ],
      });
      expect(context.conversation.key).toBe(`person:${personId}`);
      expect(context.account).toMatchObject({
        consentedAt: '2024-01-01T00:00:00+00:00',
        unreachable: false,
      });
      expect(context.room).toMatchObject({ title: 'Khoa', left: false, unit: { id: unitId } });

      const before = await load(event, '2024-06-30');
      expect(before.context.person).toMatchObject({ membership: null, grants: [] });
    });

    it('uses the chat as the conversation when the sender is hidden', async () => {
      const event: Inbound = { ...says('g1', 'x', 'd'), audience: 'group', from: null };
      const { context } = await load(event);
      expect(context.identity).toBeNull();
      expect(context.conversation.key).toBe('chat:test:t1:g1');
    });

    it('comes back empty for a state that does not parse, and the commit keeps the original', async () => {
      const user = unique('u');
      const key = `identity:test:t1:${user}`;
      const broken = `{"active":{"words":"Đã viết 300 chữ"}}`;
      await db.query(
        `insert into conversation (key, version, state, updated_at) values ($1::text, 4, $2::jsonb, now())`,
        [key, broken],
      );
      const event = says(user, 'x', unique('d'));
      const { context, unreadable } = await load(event);
      expect(unreadable).toBe(true);
      expect(context.conversation).toEqual({
        key,
        version: 4,
        state: { active: null, parked: [] },
      });
      expect(await turn(event, {})).toBe('done');
      expect(
        await count('conversation', `key = 'unreadable:${key}:4' and state = '${broken}'`),
      ).toBe(1);
      expect((await load(says(user, 'y', unique('d')))).unreadable).toBe(false);
    });
  });

  describe('commit', () => {
    it('writes state, rows, messages, the account and the delivery together', async () => {
      const user = unique('u');
      const delivery = unique('d');
      const event = says(user, 'x', delivery);
      const outcome = await turn(event, {
        state: asking('title'),
        writes: [
          insert('media', {
            id: unique('m'),
            platform: 'test',
            tenant: 't1',
            attachment: { a: 1 },
          }),
          insert('audit', { at: NOW.toString(), actor: user, action: 'a', subject: 's1' }),
          insert('audit', { at: NOW.toString(), actor: user, action: 'b', subject: 's1' }),
        ],
        sends: [
          { to: event.where, message: message('một') },
          { to: event.where, message: message('hai') },
        ],
        ack: { toast: 'xong' },
      });
      expect(outcome).toBe('done');
      const again = await load(event);
      expect(again.storedAck).toEqual({ toast: 'xong' });
      expect(again.context.conversation).toMatchObject({ version: 1, state: asking('title') });
      expect(again.context.account).toEqual({
        language: null,
        consentedAt: null,
        directChat: user,
        unreachable: false,
      });
      const sent = await db.query<{ text: string }>(
        `select message->>'notice' as text from outbox where lane = $1::text order by id`,
        [`test:t1:${user}`],
      );
      expect(sent).toEqual([{ text: 'một' }, { text: 'hai' }]);
      expect(
        await count('lane', `key = 'test:t1:${user}' and ready_at <= now() and bot = 'test:t1'`),
      ).toBe(1);
      expect(await count('audit', `actor = '${user}'`)).toBe(2);
    });

    it('writes nothing for a delivery that was handled meanwhile', async () => {
      const user = unique('u');
      const event = says(user, 'x', unique('d'));
      const loaded = await load(event);
      expect(await turn(event, { ack: { toast: 'first' } })).toBe('done');
      const other = unique('other');
      const later = {
        event,
        loaded: {
          ...loaded,
          context: {
            ...loaded.context,
            conversation: { ...loaded.context.conversation, key: other },
          },
        },
        decision: { ...nothing, sends: [{ to: event.where, message: message('x') }] },
        now: NOW,
      };
      expect(await commitTurn(db, later)).toBe('duplicate');
      expect(await count('conversation', `key = '${other}'`)).toBe(0);
      expect(await count('outbox', `lane = 'test:t1:${user}'`)).toBe(0);
    });

    it('keeps what was answered, but no form: it holds what people wrote', async () => {
      const user = unique('u');
      const typed = says(user, 'x', unique('d'));
      const form: Form = {
        id: 'report:-',
        title: 'Báo cáo',
        blocks: [],
        fields: [
          {
            kind: 'text',
            id: 'title',
            label: 'Tên việc',
            optional: false,
            multiline: false,
            maxChars: 120,
            value: 'Lời của người khác',
          },
        ],
        submit: 'Gửi',
        cancel: 'Hủy',
        otherwise: 'Chưa mở được.',
      };
      expect(await turn(typed, { ack: { form, toast: 'mở' } })).toBe('done');
      expect((await load(typed)).storedAck).toEqual({ toast: 'mở' });
      const { delivery, where, audience, from } = says(user, 'x', unique('d'));
      const sent: Inbound = {
        kind: 'submit',
        delivery,
        where,
        audience,
        from,
        form: form.id,
        values: {},
      };
      const ack = { fieldErrors: { title: 'Cần được điền.' } };
      expect(await turn(sent, { ack })).toBe('done');
      expect((await load(sent)).storedAck).toEqual(ack);
    });

    it('is a conflict when the conversation moved on, from nothing and from a version', async () => {
      const user = unique('u');
      const first = says(user, 'x', unique('d'));
      const second = says(user, 'y', unique('d'));
      const loaded = await load(first);
      const late = {
        event: second,
        loaded,
        decision: { ...nothing, state: asking('late') },
        now: NOW,
      };
      expect(await turn(first, { state: asking('title') })).toBe('done');
      expect(await commitTurn(db, late)).toBe('conflict');
      const atOne = await load(second);
      expect(await turn(second, { state: asking('date') })).toBe('done');
      expect(
        await commitTurn(db, { ...late, event: says(user, 'z', unique('d')), loaded: atOne }),
      ).toBe('conflict');
      const now = (await load(says(user, 'w', 'none'))).context.conversation;
      expect(now).toMatchObject({ version: 2, state: asking('date') });
    });

    it('leaves the state alone but raises the version when the decision has none', async () => {
      const user = unique('u');
      await turn(says(user, 'x', unique('d')), { state: asking('title') });
      await turn(says(user, 'x', unique('d')), {});
      const { conversation } = (await load(says(user, 'x', 'none'))).context;
      expect(conversation).toMatchObject({ version: 2, state: asking('title') });
    });

    it('fails an update that finds no row, or more than one, as a conflict', async () => {
      const user = unique('u');
      const key = unique('setting');
      const event = () => says(user, 'x', unique('d'));
      await turn(event(), { writes: [upsert('setting', { key, value: { v: 1 } })] });
      const state = asking('never');
      const missing = update('setting', { key: 'no such key' }, { value: { v: 2 } });
      expect(await turn(event(), { state, writes: [missing] })).toBe('conflict');
      await turn(event(), {
        writes: [1, 2].map((n) =>
          insert('audit', { at: NOW.toString(), actor: key, action: `${n}`, subject: 's' }),
        ),
      });
      const both = update('audit', { actor: key }, { subject: 'x' });
      expect(await turn(event(), { state, writes: [both] })).toBe('conflict');
      expect(await count('audit', `actor = '${key}' and subject = 'x'`)).toBe(0);
      expect((await load(event())).context.conversation.state).toEqual({
        active: null,
        parked: [],
      });
      expect(
        await turn(event(), { writes: [update('setting', { key }, { value: { v: 2 } })] }),
      ).toBe('done');
      expect(await count('setting', `key = '${key}' and value = '{"v":2}'`)).toBe(1);
    });

    it('is a conflict when an inserted row is there already; an upsert overwrites it', async () => {
      const user = unique('u');
      const key = unique('setting');
      const event = () => says(user, 'x', unique('d'));
      const row = (v: unknown) => ({ key, value: { v } });
      expect(await turn(event(), { writes: [insert('setting', row(1))] })).toBe('done');
      expect(await turn(event(), { writes: [insert('setting', row(2))] })).toBe('conflict');
      expect(await turn(event(), { writes: [upsert('setting', row(3))] })).toBe('done');
      expect(await count('setting', `key = '${key}' and value = '{"v":3}'`)).toBe(1);
    });

    it('deletes before it inserts, so a row can be replaced', async () => {
      const user = unique('u');
      const key = unique('setting');
      const event = () => says(user, 'x', unique('d'));
      await turn(event(), { writes: [insert('setting', { key, value: 1 })] });
      const replaced = await turn(event(), {
        writes: [insert('setting', { key, value: 2 }), remove('setting', { key })],
      });
      expect(replaced).toBe('done');
      expect(await count('setting', `key = '${key}' and value = '2'`)).toBe(1);
    });

    it('throws what the database refuses, and writes nothing', async () => {
      const user = unique('u');
      const event = says(user, 'x', unique('d'));
      const refused = turn(event, {
        writes: [
          insert('report', {
            id: 900_001,
            campaign: 'c',
            item: 'i',
            authorId: 999_999,
            unitId,
            title: 't',
            description: '',
            doneOn: TODAY,
            status: 'submitted',
            version: 1,
            week: '2024-07-01',
            submittedAt: NOW.toString(),
            sources: {},
            changedAt: NOW.toString(),
          }),
        ],
      });
      await expect(refused).rejects.toMatchObject({
        name: 'DatabaseError',
        code: '23503',
        table: 'report',
      });
      expect((await load(event)).storedAck).toBeNull();
    });

    it('accepts whatever a person typed', async () => {
      const user = unique('u');
      const odd = 'a\u0000b \ud83d\ude00 \ud83d \udc00 "\\u0000" \\ \u202e ngược';
      const event = says(user, odd, unique('d'));
      const state = asking('title');
      const outcome = await turn(event, {
        state: {
          ...state,
          parked: [{ ...asking('x').active, answers: { t: { value: odd } } } as never],
        },
        writes: [upsert('setting', { key: user, value: odd })],
        sends: [{ to: event.where, message: message(odd) }],
      });
      expect(outcome).toBe('done');
      const { conversation } = (await load(event)).context;
      expect(conversation.state.parked[0]?.answers.t?.value).toBe(
        'ab \ud83d\ude00 \ufffd \ufffd "\\u0000" \\ \u202e ngược',
      );
    });
  });

  it('names the constraint of a unique violation', async () => {
    const key = unique('setting');
    const put = () => db.query(`insert into setting (key, value) values ($1::text, '1')`, [key]);
    await put();
    const error = await put().then(
      () => null,
      (e: unknown) => e,
    );
    expect(isUniqueViolation(error)).toBe('setting_pkey');
    expect(isUniqueViolation(new Error('x', { cause: error }))).toBe('setting_pkey');
    expect(isUniqueViolation(new Error('x'))).toBeNull();
  });
});
