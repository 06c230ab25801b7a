import express from 'express';
import type { PlaygroundPerson, PlaygroundRoom } from '../../adapters/playground/index.ts';
import { createPlayground, type Playground } from '../../adapters/playground/index.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { createHttpServer } from '../../src/http/server.ts';

export interface ServedPlayground {
  readonly playground: Playground;
  readonly people: PlaygroundPerson[];
  readonly rooms: PlaygroundRoom[];
  /** The page, with its slash. */
  readonly url: string;
  /** Wall-clock times asked for. */
  readonly moves: string[];
  setNow(now: string): void;
  close(): Promise<void>;
}

const COMMANDS = {
  vi: [
    { command: 'baocao', description: 'Báo cáo thành tích' },
    { command: 'bangxephang', description: 'Bảng xếp hạng tuần' },
    { command: 'cuatoi', description: 'Báo cáo của tôi' },
    { command: 'trogiup', description: 'Hướng dẫn' },
  ],
  en: [{ command: 'report', description: 'Report an achievement' }],
};

/** A playground on a real server of this machine, not started, with a clock that stands. */
export async function servePlayground(
  folder: string | null = null,
  movable = true,
): Promise<ServedPlayground> {
  const people: PlaygroundPerson[] = [];
  const rooms: PlaygroundRoom[] = [];
  const moves: string[] = [];
  let now = '2024-03-07T09:15:00+07:00[Asia/Ho_Chi_Minh]';
  const playground = createPlayground({
    people: () => Promise.resolve(people),
    rooms: () => Promise.resolve(rooms),
    clock: {
      now: () => now,
      moveTo: movable
        ? (time) => {
            moves.push(time);
            now = `${time.slice(0, 19)}+07:00[Asia/Ho_Chi_Minh]`;
            return Promise.resolve();
          }
        : null,
    },
    commands: COMMANDS,
    title: {
      vi: 'Thi đua chào mừng 75 năm truyền thống Học viện',
      en: "Emulation movement for the Academy's 75th anniversary",
    },
    pageUrl: 'http://127.0.0.1/playground/',
    folder,
  });
  const quiet = { info: () => undefined, error: () => undefined };
  const server = createHttpServer({
    health: () =>
      Promise.resolve({ ready: true, database: 'ok', outboxOldestSeconds: 0, adapters: {} }),
    metrics: createMetrics(() => Promise.resolve({ depth: 0, oldestSeconds: 0 })).registry,
    mounts: [{ path: '/playground', handler: express.Router().use(playground.router) }],
    log: quiet,
  });
  const address = await server.start('127.0.0.1', 0);
  return {
    playground,
    people,
    rooms,
    url: `${address}/playground/`,
    moves,
    setNow(next) {
      now = next;
    },
    close: () => server.stop(0),
  };
}
