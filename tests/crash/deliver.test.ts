import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { enqueue } from '../../src/db/enqueue.ts';
import { openDatabase } from '../../src/db/open.ts';
import { type Child, startChild } from '../support/child.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { count, type Delivering, deliver, elapse, to } from '../support/delivery.ts';
import { type Platform, platformAdapter, startPlatform } from './platform.ts';

const HOUR = 3_600_000;
const POINTS = ['claimed', 'sent', 'recorded'] as const;
type Point = (typeof POINTS)[number] | 'none';

let platform: Platform;
let children: Child[] = [];
beforeEach(async () => {
  platform = await startPlatform();
});
afterEach(async () => {
  for (const child of children) child.process.kill('SIGKILL');
  await Promise.all(children.map((child) => child.ended));
  children = [];
  await platform.close();
});

const child = (file: string, args: readonly string[]): Child => {
  const one = startChild(new URL(file, import.meta.url), args);
  children.push(one);
  return one;
};
const delivering = (
  kind: 'url' | 'dataDir',
  where: string,
  point: Point,
  nth: number,
  looks = false,
): Child =>
  child('./deliver-child.ts', [
    kind,
    where,
    platform.url,
    point,
    String(nth),
    ...(looks ? ['looks'] : []),
  ]);

/** Delivers all that is left, as the next process would, once dead processes' leases are over. */
async function finish(db: Database, looks = false): Promise<Delivering> {
  await elapse(db, 60_000, { leases: true });
  const one = deliver(db, [platformAdapter(platform.url, { looks })]);
  do {
    await one.drain();
    await elapse(db, HOUR);
  } while ((await count(db, 'outbox')) > 0);
  await one.stop();
  return one;
}

/** How many of a chat's texts came again right after themselves; the rest must be `wanted`. */
function repeated(chat: string, wanted: readonly string[]): number {
  const taken = platform.taken(chat);
  const once = taken.filter((text, i) => text !== taken[i - 1]);
  expect(once).toEqual(wanted);
  return taken.length - once.length;
}

describe('a deliverer killed beside another one', () => {
  const CHATS = ['a', 'b', 'c'];

  it.each([
    ...POINTS.flatMap((point) => [1, 4].map((nth) => ({ point, nth, looks: false }))),
    ...[1, 4].map((nth) => ({ point: 'sent' as const, nth, looks: true })),
  ])(
    '$point, time $nth, able to look $looks: nothing lost, order kept, at most the message in hand repeated',
    async ({ point, nth, looks }) => {
      const db = await testDatabase();
      const dying = delivering('url', db.url, point, nth, looks);
      const living = delivering('url', db.url, 'none', 0, looks);
      await living.line('ready');
      await dying.line('ready');

      const wanted: string[] = [];
      let dead = false;
      const death = dying.ended.then(() => {
        dead = true;
      });
      for (let n = 1; !dead; n++) {
        wanted.push(`${n}.1`, `${n}.2`);
        await enqueue(
          db,
          CHATS.map((chat) => to(chat, `${n}.1|${n}.2`)),
        );
        await Promise.race([death, platform.until(wanted.length * CHATS.length)]);
      }
      living.process.kill('SIGTERM');
      expect(await living.ended).toBe(0);
      await finish(db, looks);

      const repetitions = CHATS.map((chat) => repeated(chat, wanted)).reduce((a, b) => a + b);
      expect(repetitions).toBe(point === 'sent' && !looks ? 1 : 0);
      expect(await count(db, 'dead_letter')).toBe(0);
    },
  );
});

describe('a deliverer killed alone', () => {
  const killed = async (db: TestDatabase, point: Point, looks = false): Promise<void> => {
    await delivering('url', db.url, point, 1, looks).ended;
  };

  it('is followed by another without anybody’s help', async () => {
    const db = await testDatabase();
    await enqueue(db, [to('a', '1'), to('a', '2')]);
    await killed(db, 'claimed');
    const next = deliver(db, [platformAdapter(platform.url)], { pollMs: 200 });
    await platform.until(2);
    await next.stop();
    expect(repeated('a', ['1', '2'])).toBe(0);
  });

  it.each([
    { point: 'claimed', times: 0 },
    { point: 'sent', times: 1 },
  ] as const)('$point: a message to be held is held, not doubled', async ({ point, times }) => {
    const db = await testDatabase();
    await enqueue(db, [to('a', 'board', { onUncertain: 'hold' }), to('a', 'next')]);
    await killed(db, point);
    const next = await finish(db);
    expect(platform.taken('a').filter((text) => text === 'board')).toHaveLength(times);
    expect(platform.taken('a').at(-1)).toBe('next');
    expect(
      await db.query("select reason, message ->> 'notice' as notice from dead_letter"),
    ).toEqual([{ reason: 'held', notice: 'board' }]);
    expect(next.counts).toEqual({ dead: 1, sent: 1 });
  });

  it.each(POINTS)(
    '%s: what can be looked for is there exactly once, held or not',
    async (point) => {
      const db = await testDatabase();
      await enqueue(db, [to('a', 'board', { onUncertain: 'hold' }), to('a', 'next')]);
      await killed(db, point, true);
      await finish(db, true);
      expect(platform.taken('a')).toEqual(['board', 'next']);
      expect(await count(db, 'dead_letter')).toBe(0);
    },
  );

  it('is followed at once in an embedded database, whose every lease was its own', async () => {
    const folder = join(tmpdir(), `emulation-crash-${randomUUID()}`);
    try {
      const before = await openDatabase({ dataDir: folder });
      await enqueue(before, [to('a', '1'), to('a', '2'), to('a', '3')]);
      await before.close();
      await delivering('dataDir', folder, 'sent', 2).ended;
      const after = await openDatabase({ dataDir: folder });
      const next = deliver(after, [platformAdapter(platform.url)]);
      await next.drain();
      await next.stop();
      await after.close();
      expect(repeated('a', ['1', '2', '3'])).toBe(1);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a turn killed', () => {
  it.each(['before', 'after'] as const)(
    '%s its commit: answered exactly once, whoever gets the event again',
    async (point) => {
      const db = await testDatabase();
      await child('./turn-child.ts', [db.url, 'event-1', point]).ended;
      expect(await count(db, 'outbox')).toBe(point === 'after' ? 1 : 0);
      // Not acknowledged, so the platform delivers it again.
      await child('./turn-child.ts', [db.url, 'event-1', 'none']).line('acknowledged');
      await finish(db);
      expect(platform.taken('an')).toEqual(['answer to event-1']);
      expect(await count(db, 'inbound_event')).toBe(1);
    },
  );
});
