/** Accounts through whole turns on a real database: who is stored, who is linked, and who is faster. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Inbound, Sender } from '../../src/chat/index.ts';
import { unlinkAccount } from '../../src/db/accounts.ts';
import type { Database } from '../../src/db/database.ts';
import { newInviteCode } from '../../src/db/invites.ts';
import { createReads } from '../../src/db/reads/index.ts';
import { invite } from '../../src/db/schema.ts';
import { createTurnStore } from '../../src/db/turn-store.ts';
import type { Handler } from '../../src/engine/deps.ts';
import { createTurns } from '../../src/engine/turn.ts';
import { accountsFeature } from '../../src/flows/accounts/feature.ts';
import { createDispatch } from '../../src/flows/dispatch.ts';
import { enrolFeature } from '../../src/flows/enrol/feature.ts';
import { campaign, texts } from '../support/conversation.ts';
import { eachDatabase } from '../support/database.ts';
import { seedAccount, seedPerson, seedUnit } from '../support/seed.ts';
import { NOW, recordingLog, ZONE } from '../support/turns.ts';

const dispatch = createDispatch([enrolFeature, accountsFeature]);
const AT = NOW.toString();

eachDatabase((open) => {
  let db: Database;
  let unitId: number;
  let serial = 0;
  const unique = (prefix: string): string => {
    serial += 1;
    return `${prefix}${serial}`;
  };

  beforeAll(async () => {
    db = await open();
    unitId = await seedUnit(db);
  });

  /** A process of its own, with this handler in place of the bot's. */
  function processOf(handler: Handler = dispatch) {
    const log = recordingLog();
    const turns = createTurns({
      store: createTurnStore(db),
      handler,
      deps: {
        campaign,
        texts,
        reads: createReads(db),
        platforms: ['telegram', 'slack'],
        abilities: () => ({
          maxChars: 4096,
          maxButtonsPerRow: 8,
          maxButtons: 100,
          maxDownloadBytes: 1000,
          directMessage: 'after-contact',
          contact: false,
          deepLink: null,
          forms: false,
          threads: false,
        }),
        uuid: () => unique('media-'),
        inviteCode: newInviteCode,
      },
      now: () => NOW,
      zone: ZONE,
      wake: () => undefined,
      log,
    });
    return async (event: Inbound) => {
      const ack = await turns.receive(event);
      expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
      return ack;
    };
  }

  const sender = (platform: string, user: string, more: Partial<Sender> = {}): Sender => ({
    identity: { platform, tenant: 'T1', user },
    name: `Tên ${user}`,
    language: 'vi',
    ...more,
  });
  const base = (from: Sender) => ({
    delivery: unique('d'),
    where: { platform: from.identity.platform, tenant: 'T1', chat: `D${from.identity.user}` },
    audience: 'private' as const,
    from,
  });
  const says = (from: Sender, text: string): Inbound => {
    const { where, ...rest } = base(from);
    const message = { at: where, id: unique('m') };
    return { ...rest, where, kind: 'text', text, message, edited: false };
  };
  const presses = (from: Sender, action: string): Inbound => ({
    ...base(from),
    kind: 'press',
    action,
  });
  /** Presses the button of the question under way. */
  async function answers(from: Sender, value: string): Promise<Inbound> {
    const { platform, tenant, user } = from.identity;
    const [row] = await db.query<{ step: number }>(
      `select (state -> 'active' ->> 'step')::int as step from conversation where key = $1::text`,
      [`identity:${platform}:${tenant}:${user}`],
    );
    return presses(from, `q:${row?.step}:c:${value}`);
  }

  const rowOf = async ({ identity }: Sender) => {
    const [row] = await db.query<{ person: number | null; name: string; consented: boolean }>(
      `select person_id as person, display_name as name, consented_at is not null as consented
       from identity where platform = $1::text and tenant = $2::text and "user" = $3::text`,
      [identity.platform, identity.tenant, identity.user],
    );
    return row;
  };
  const accountsOf = async (personId: number) =>
    (await createReads(db).accountsOf(personId)).accounts.map(({ identity }) => identity.platform);
  const personalCode = async (personId: number, values: object = {}): Promise<string> => {
    const code = newInviteCode();
    await db.drizzle.insert(invite).values({ code, personId, createdAt: AT, ...values });
    return code;
  };

  describe('what is stored', () => {
    it('of somebody of another organisation is nothing, though each event is answered once', async () => {
      const receive = processOf();
      const personId = await seedPerson(db, { unitId, email: 'la@hcma.vn' });
      const code = await personalCode(personId);
      const stranger = sender('slack', unique('U'), { standing: 'outsider', email: 'la@hcma.vn' });
      const greeting = says(stranger, 'xin chào');
      await receive(greeting);
      await receive(greeting);
      await receive(says(stranger, code));
      const ack = await receive(presses(stranger, `con:yes:${code}`));
      expect(ack.toast).toContain('chỉ dành cho cán bộ, học viên');
      expect(await rowOf(stranger)).toBeUndefined();
      const { user } = stranger.identity;
      expect(
        await db.query('select 1 from conversation where key like $1::text', [`%${user}%`]),
      ).toEqual([]);
      expect(
        await db.query('select 1 from audit where actor like $1::text', [`%${user}%`]),
      ).toEqual([]);
      const sent = await db.query(`select 1 from outbox where lane = $1::text`, [
        `slack:T1:D${user}`,
      ]);
      expect(sent).toHaveLength(2);
      expect(await accountsOf(personId)).toEqual([]);
    });

    it('of who refuses, or takes their consent back, is no name', async () => {
      const receive = processOf();
      const from = sender('slack', unique('U'));
      await receive(says(from, 'xin chào'));
      await receive(presses(from, 'con:no'));
      expect(await rowOf(from)).toEqual({ person: null, name: '', consented: false });
      await receive(presses(from, 'con:yes'));
      expect(await rowOf(from)).toMatchObject({ name: from.name, consented: true });
      await receive(presses(from, 'con:no'));
      expect(await rowOf(from)).toEqual({ person: null, name: '', consented: false });
      await receive(says(from, 'thôi'));
      expect(await rowOf(from)).toMatchObject({ name: '' });
    });

    it('of an e-mail is nothing at all, neither before the account is linked nor after', async () => {
      const receive = processOf();
      const email = `${unique('thu')}@hcma.vn`;
      const personId = await seedPerson(db, { unitId, email });
      const from = sender('slack', unique('U'), { email });
      await receive(says(from, 'xin chào'));
      await receive(presses(from, 'con:yes'));
      await receive(await answers(from, 'yes'));
      expect(await rowOf(from)).toMatchObject({ person: personId });
      for (const table of ['conversation', 'identity', 'audit', 'inbound_event', 'outbox']) {
        const found = await db.query(
          `select 1 from ${table} t where row_to_json(t)::text like $1::text`,
          [`%${email}%`],
        );
        expect({ table, found }).toEqual({ table, found: [] });
      }
    });
  });

  describe('two at once', () => {
    /** Decides, then waits until `others` have decided too: both stood on what was there before. */
    function together(count: number) {
      let missing = count;
      let release = (): void => {};
      const all = new Promise<void>((resolve) => {
        release = resolve;
      });
      const seen = new Set<string>();
      const handler: Handler = async (event, context, deps) => {
        const decision = await dispatch(event, context, deps);
        if (!seen.has(event.delivery)) {
          seen.add(event.delivery);
          missing -= 1;
          if (missing === 0) release();
          await all;
        }
        return decision;
      };
      return handler;
    }

    it('that become the same person by e-mail and by code: one does, the other is led there', async () => {
      const email = `${unique('thu')}@hcma.vn`;
      const personId = await seedPerson(db, { unitId, email });
      const code = await personalCode(personId);
      const slack = sender('slack', unique('U'), { email });
      const telegram = sender('telegram', unique('7'));
      const receive = processOf();
      for (const [from, action] of [
        [slack, 'con:yes'],
        [telegram, `con:yes:${code}`],
      ] as const) {
        await receive(says(from, 'xin chào'));
        await receive(presses(from, action));
      }
      const events = [await answers(slack, 'yes'), await answers(telegram, 'yes')];
      const both = processOf(together(2));
      await Promise.all(events.map((event) => both(event)));
      const linked = await accountsOf(personId);
      expect(linked).toHaveLength(1);
      const loser = linked[0] === 'slack' ? telegram : slack;
      expect(await rowOf(loser)).toMatchObject({ person: null });
      const [told] = await db.query<{ text: string }>(
        `select message::text as text from outbox where lane like $1::text order by id desc limit 1`,
        [`%:D${loser.identity.user}`],
      );
      expect(told?.text).toContain('gõ /taikhoan');
    });

    it('that use one person’s own code: one is added', async () => {
      const first = { platform: 'telegram', tenant: 'T1', user: unique('7') };
      const personId = await seedPerson(db, { unitId, account: first });
      const code = await personalCode(personId, {
        issuedBy: personId,
        expiresAt: NOW.add({ minutes: 15 }).toString(),
      });
      const receive = processOf();
      const others = [sender('slack', unique('U')), sender('slack', unique('U'))];
      for (const from of others) {
        await receive(says(from, code));
        await receive(presses(from, `con:yes:${code}`));
      }
      const events = await Promise.all(others.map((from) => answers(from, 'yes')));
      const both = processOf(together(2));
      await Promise.all(events.map((event) => both(event)));
      expect((await accountsOf(personId)).sort()).toEqual(['slack', 'telegram']);
    });

    it('the office that unlinks an account and its own turn: the turn is a stranger’s', async () => {
      const from = sender('telegram', unique('7'));
      const personId = await seedPerson(db, { unitId, preferredPlatform: 'telegram' });
      await seedAccount(db, from.identity, { personId, directChat: `D${from.identity.user}` });
      const before = await personalCode(personId, {
        issuedBy: personId,
        expiresAt: NOW.add({ minutes: 15 }).toString(),
      });
      // The first turn makes the conversation, whose version the next one stands on.
      await processOf()(presses(from, 'acc:last'));
      let decided = 0;
      const late = processOf(async (event, context, deps) => {
        const decision = await dispatch(event, context, deps);
        decided += 1;
        if (decided === 1) {
          const { platform, tenant, user } = from.identity;
          await unlinkAccount(db, `${platform}:${tenant}:${user}`, { now: AT });
        }
        return decision;
      });
      const ack = await late(presses(from, 'acc:add'));
      expect(decided).toBe(2);
      expect(ack.toast).toContain('chưa được phân quyền');
      expect(await rowOf(from)).toEqual({ person: null, name: '', consented: false });
      const codes = await db.query<{ code: string }>(
        'select code from invite where person_id = $1::int',
        [personId],
      );
      expect(codes.map(({ code }) => code)).not.toContain(before);
      expect(codes).toEqual([]);
      expect(await createReads(db).accountsOf(personId)).toEqual({ preferred: null, accounts: [] });
    });
  });
});
