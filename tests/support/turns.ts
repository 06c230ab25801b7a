/** Events and messages for tests of turns, and turns over a real database. */
import { Temporal } from 'temporal-polyfill';
import type { Ack, AdapterLog, Identity, Inbound, Message } from '../../src/chat/index.ts';
import type { Database } from '../../src/db/database.ts';
import { createTurnStore } from '../../src/db/turn-store.ts';
import type { Handler, HandlerDeps } from '../../src/engine/deps.ts';
import { createTurns, type TurnStore, type Turns } from '../../src/engine/turn.ts';
import type { Say } from '../../src/messages/say.ts';

export const NOW = Temporal.Instant.from('2024-07-05T09:30:00Z');
export const ZONE = 'Asia/Ho_Chi_Minh';

export const account = (user: string): Identity => ({ platform: 'test', tenant: 't1', user });

/** A private text of an account. */
export const says = (user: string, text: string, delivery: string): Inbound => ({
  kind: 'text',
  delivery,
  where: { platform: 'test', tenant: 't1', chat: user },
  audience: 'private',
  from: { identity: account(user), name: `Account ${user}`, language: null },
  text,
  message: { at: { platform: 'test', tenant: 't1', chat: user }, id: delivery },
  edited: false,
});

export const message = (text: string): Message => ({
  notice: text,
  blocks: [{ kind: 'text', text: [text] }],
});

export interface LogLine {
  readonly level: keyof AdapterLog;
  readonly fields: object;
  readonly text: string;
}

export function recordingLog(): AdapterLog & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: keyof AdapterLog) => (fields: object, text: string) => {
    lines.push({ level, fields, text });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

const keyAsText: Say = Object.assign((key: string) => `text:${key}`, { language: 'vi' as const });

/** Dependencies of which a handler under test uses only the texts; anything else throws. */
const bareDeps = new Proxy({ texts: { vi: keyAsText, en: keyAsText } } as HandlerDeps, {
  get(target, name) {
    if (name in target) return Reflect.get(target, name);
    throw new Error(`This test gives handlers no ${String(name)}`);
  },
});

export interface TestTurns extends Turns {
  readonly log: ReturnType<typeof recordingLog>;
  woken(): number;
  /** Deliveries of the turns that were said to be committed. */
  readonly committed: string[];
}

export function testTurns(
  db: Database,
  handler: Handler,
  store: Partial<TurnStore> = {},
): TestTurns {
  const log = recordingLog();
  let woken = 0;
  const committed: string[] = [];
  const turns = createTurns({
    store: { ...createTurnStore(db), ...store },
    handler,
    deps: bareDeps,
    now: () => NOW,
    zone: ZONE,
    wake: () => {
      woken += 1;
    },
    committed: ({ event }) => committed.push(event.delivery),
    log,
  });
  return { ...turns, log, woken: () => woken, committed };
}

export const toast = (text: string): Ack => ({ toast: text });
