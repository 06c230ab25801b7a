/** Real turns: people answering the report flow, through `receive`, over the real tables. */
import { Temporal } from 'temporal-polyfill';
import { loadCampaign } from '../src/campaign/load.ts';
import type { Abilities, AdapterLog, Identity, Inbound } from '../src/chat/index.ts';
import type { Database } from '../src/db/database.ts';
import { newInviteCode } from '../src/db/invites.ts';
import { createReads } from '../src/db/reads/index.ts';
import { createTurnStore } from '../src/db/turn-store.ts';
import type { Decision } from '../src/engine/decision.ts';
import type { Handler } from '../src/engine/deps.ts';
import { createTurns } from '../src/engine/turn.ts';
import { createDispatch } from '../src/flows/dispatch.ts';
import type { Feature } from '../src/flows/feature.ts';
import { loadTexts } from '../src/messages/catalogue.ts';
import { seedPerson, seedUnit } from '../tests/support/seed.ts';

export const NOW = Temporal.Instant.from('2024-07-05T09:30:00Z');

const abilities: Abilities = {
  maxChars: 4096,
  maxButtonsPerRow: 8,
  maxButtons: 100,
  maxDownloadBytes: 20_000_000,
  directMessage: 'after-contact',
  contact: true,
  deepLink: null,
  forms: false,
  threads: false,
};

const silent: AdapterLog = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (fields, text) => {
    throw new Error(text, { cause: fields });
  },
};

const account = (user: string): Identity => ({ platform: 'bench', tenant: 't', user });

/** People to a unit; each unit has a head with an account. */
const UNIT = 8;

/** People in units with heads, each with an account; their user ids. */
export async function seedPeople(db: Database, count: number, prefix = 'u'): Promise<string[]> {
  const users = Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  let unitId = 0;
  for (const [i, user] of users.entries()) {
    if (i % UNIT === 0) {
      unitId = await seedUnit(db);
      await seedPerson(db, {
        unitId,
        roles: [{ role: 'head', unitId }],
        account: account(`head-${user}`),
      });
    }
    await seedPerson(db, { unitId, account: account(user) });
  }
  return users;
}

export interface Client {
  /** One turn of this person, the next of the script, on the campaign's clock. */
  step(user: string): Promise<void>;
  /** What the person's latest turn decided. */
  last(user: string): Decision | undefined;
}

type Act = { command: string } | { text: string } | { action: string };
/**
 * What a person does, turn by turn, given the buttons of the latest message; then from the start.
 * `play` differs whenever someone starts from the start.
 */
export type Script = readonly ((buttons: readonly string[], play: number) => Act)[];

/** The first button whose action matches. */
export const button = (pattern: RegExp) => (buttons: readonly string[]) => {
  const action = buttons.find((each) => pattern.test(each));
  if (action === undefined) throw new Error(`No button ${pattern} among ${buttons.join(' ')}`);
  return { action };
};

/** A report from the command to its being sent; nine turns. */
export const REPORT_SCRIPT: Script = [
  () => ({ command: 'baocao' }),
  (buttons, play) => {
    const items = buttons.filter((action) => /^q:\d+:c:[^>]/.test(action));
    return { action: items[play % items.length] ?? '' };
  },
  (_, play) => ({
    text: `Tổ chức tọa đàm khoa học “Bảo vệ nền tảng tư tưởng của Đảng trong tình hình mới” lần ${play}`,
  }),
  () => ({
    text: 'Chủ trì tọa đàm với 60 đại biểu, 12 tham luận; kỷ yếu đã được nghiệm thu và đưa vào thư viện số của Học viện. Kết quả được dùng trong ba bài giảng của khoa.',
  }),
  (_, play) => {
    const n = Math.floor(play / 8);
    return { text: `${1 + (n % 28)}/${4 + (n % 3)}/2024` };
  },
  (_, play) => ({ text: `https://hcma.vn/toa-dam-khoa-hoc/${play}` }),
  button(/^q:\d+:d/),
  button(/^q:\d+:s/),
  button(/^q:\d+:ok/),
];

/** A client of the real dispatch. */
export const createClient = (db: Database, features: readonly Feature[], script: Script): Client =>
  createScripted(db, createDispatch(features), script);

/** A client whose turns all decide the same, for what a turn costs without its flow. */
export const createConstant = (db: Database, { state, sends }: Decision): Client =>
  createScripted(
    db,
    async ({ where }) => ({
      ...(state && { state }),
      writes: [],
      sends: sends.map(({ message }) => ({ to: where, message })),
      ack: {},
    }),
    [() => ({ text: 'x' })],
  );

function createScripted(db: Database, handler: Handler, script: Script): Client {
  const decisions = new Map<string, Decision>();
  const positions = new Map<string, number>();
  const plays = new Map<string, number>();
  let started = 0;
  const run = crypto.randomUUID();
  let serial = 0;
  const remembering: Handler = async (event, context, deps) => {
    const decision = await handler(event, context, deps);
    decisions.set(event.where.chat, decision);
    return decision;
  };
  const turns = createTurns({
    store: createTurnStore(db),
    handler: remembering,
    deps: {
      campaign: loadCampaign(),
      texts: loadTexts(),
      reads: createReads(db),
      platforms: ['bench'],
      abilities: () => abilities,
      uuid: () => crypto.randomUUID(),
      inviteCode: newInviteCode,
    },
    now: () => NOW,
    zone: 'Asia/Ho_Chi_Minh',
    wake: () => {},
    log: silent,
  });

  function eventOf(user: string, act: Act): Inbound {
    serial += 1;
    const where = { platform: 'bench', tenant: 't', chat: user };
    const base = {
      delivery: `${run}-${serial}`,
      where,
      audience: 'private' as const,
      from: { identity: account(user), name: 'Nguyễn Văn An', language: 'vi' },
      message: { at: where, id: `${serial}` },
    };
    if ('command' in act) return { ...base, kind: 'command', name: act.command, args: '' };
    if ('action' in act) return { ...base, kind: 'press', action: act.action };
    return { ...base, kind: 'text', text: act.text, edited: false };
  }

  return {
    last: (user) => decisions.get(user),
    async step(user) {
      const position = positions.get(user) ?? 0;
      positions.set(user, (position + 1) % script.length);
      if (position === 0) {
        started += 1;
        plays.set(user, started);
      }
      const sends = decisions.get(user)?.sends ?? [];
      const buttons = sends[0]?.message.buttons?.flat() ?? [];
      const actions = buttons.map(({ action }) => action);
      const act = script[position]?.(actions, plays.get(user) ?? 0);
      if (act) await turns.receive(eventOf(user, act));
    },
  };
}
