import { randomUUID } from 'node:crypto';
import type { Adapter, AdapterLog, Address, Message } from '../../src/chat/index.ts';
import type { Database } from '../../src/db/database.ts';
import { createOutbox } from '../../src/db/outbox.ts';
import type { Outgoing } from '../../src/engine/decision.ts';
import { createDeliverer, type Deliverer } from '../../src/engine/deliver.ts';
import type { DeliveryObserver, Outbox } from '../../src/engine/outbox.ts';
import { systemTimers } from '../../src/timers.ts';

export interface Lines extends AdapterLog {
  readonly lines: { level: string; fields: object; text: string }[];
  texts(level: string): string[];
}

export function recordLog(): Lines {
  const lines: Lines['lines'] = [];
  const write = (level: string) => (fields: object, text: string) =>
    void lines.push({ level, fields, text });
  return {
    lines,
    texts: (level) => lines.filter((line) => line.level === level).map((line) => line.text),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}

/** Counts what a deliverer reports, as `gone` or `retried`. */
export function countDeliveries(): DeliveryObserver & { counts: Record<string, number> } {
  const counts: Record<string, number> = {};
  const count = (what: string) => () => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  return {
    counts,
    sent: count('sent'),
    retried: count('retried'),
    uncertain: count('uncertain'),
    gone: count('gone'),
    dead: count('dead'),
    expired: count('expired'),
  };
}

export interface Delivering extends Deliverer {
  readonly log: Lines;
  readonly counts: Record<string, number>;
}

/** A started deliverer over `adapters`. Polling is slow: tests wake it through `drain`. */
export function deliver(
  db: Database,
  adapters: readonly Adapter[],
  options: { outbox?: Outbox; concurrency?: number; pollMs?: number } = {},
): Delivering {
  const log = recordLog();
  const observe = countDeliveries();
  const deliverer = createDeliverer({
    outbox: options.outbox ?? createOutbox(db, randomUUID()),
    adapters: new Map(adapters.map((adapter) => [adapter.platform, adapter])),
    log,
    observe,
    timers: systemTimers,
    random: Math.random,
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    pollMs: options.pollMs ?? 60_000,
  });
  deliverer.start();
  return { ...deliverer, log, counts: observe.counts };
}

export const chatOf = (chat: string, platform = 'test', tenant = 't1'): Address => ({
  platform,
  tenant,
  chat,
});

export const says = (notice: string): Message => ({ notice, blocks: [] });

export const to = (chat: string, notice: string, more: Partial<Outgoing> = {}): Outgoing => ({
  to: chatOf(chat),
  message: says(notice),
  ...more,
});

/**
 * Lets `ms` pass for everything that waits in the database, instead of waiting. Leases go on only
 * when asked, for what is in flight does not take hours.
 */
export async function elapse(
  db: Database,
  ms: number,
  more: { leases?: boolean } = {},
): Promise<void> {
  const shift = (...columns: string[]) =>
    columns.map((c) => `${c} = ${c} - $1::float8 * interval '1 millisecond'`).join(', ');
  // All at once: a deliverer that looked in between would find chats that are due and yesterday's tokens.
  await db.transaction(async (tx) => {
    await tx.query(`update lane set ${shift('ready_at', 'open_at')}`, [ms]);
    await tx.query(`update outbox set ${shift('not_before', 'expires_at')}`, [ms]);
    await tx.query(`update bucket set ${shift('refilled_at', 'blocked_until')}`, [ms]);
    await tx.query(`update media set ${shift('next_attempt_at')}`, [ms]);
    if (more.leases) {
      await tx.query(`update lane set ${shift('lease_until')}`, [ms]);
      await tx.query(`update lease set ${shift('until')}`, [ms]);
    }
  });
}

/** How many rows there are, for what must be empty or not. */
export async function count(db: Database, from: string): Promise<number> {
  const [row] = await db.query<{ n: number }>(`select count(*) as n from ${from}`);
  return row?.n ?? 0;
}
