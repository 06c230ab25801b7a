import type { Ack, AdapterHost, Inbound, Sender } from '../../src/chat/index.ts';

interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: object;
  readonly text: string;
}

/** An `AdapterHost` that keeps what it is given and answers as told. */
export interface RecordingHost extends AdapterHost {
  /** Events whose `receive` resolved, in the order of their commits. */
  readonly events: readonly Inbound[];
  /** How often `receive` was called, failures included. */
  readonly calls: readonly Inbound[];
  readonly lines: readonly LogLine[];
  /** Who opened their own page. */
  readonly homes: readonly Sender[];
  /** The first committed event that matches and that no earlier `next` returned; waits for it. */
  next(matches?: (event: Inbound) => boolean): Promise<Inbound>;
  /** Answers given to presses and everything else; `{}` until changed. */
  answer(ack: Ack): void;
  /** The next `times` calls of `receive` that match reject. */
  failNext(times: number, matches?: (event: Inbound) => boolean): void;
  /** Calls of `receive` wait until the returned function is called. */
  hold(): () => void;
  keep(sha256: string, bytes: Uint8Array): void;
}

/** `exclusive` always holds the lease: one process, one test. */
export function createRecordingHost(): RecordingHost {
  const events: Inbound[] = [];
  const calls: Inbound[] = [];
  const lines: LogLine[] = [];
  const homes: Sender[] = [];
  const taken = new Set<Inbound>();
  const media = new Map<string, Uint8Array>();
  let waiting: { matches: (e: Inbound) => boolean; resolve: (e: Inbound) => void }[] = [];
  let failing: { times: number; matches: (e: Inbound) => boolean } | null = null;
  let gate: Promise<void> = Promise.resolve();
  let ack: Ack = {};

  const arrived = (event: Inbound): void => {
    events.push(event);
    const waiter = waiting.find((w) => w.matches(event));
    if (!waiter) return;
    waiting = waiting.filter((w) => w !== waiter);
    taken.add(event);
    waiter.resolve(event);
  };
  const line =
    (level: LogLine['level']) =>
    (fields: object, text: string): void => {
      lines.push({ level, fields, text });
    };

  return {
    homes,
    async homeOpened(from) {
      homes.push(from);
    },
    events,
    calls,
    lines,
    next(matches = () => true) {
      const ready = events.find((e) => !taken.has(e) && matches(e));
      if (ready) {
        taken.add(ready);
        return Promise.resolve(ready);
      }
      return new Promise((resolve) => waiting.push({ matches, resolve }));
    },
    answer(next) {
      ack = next;
    },
    failNext(times, matches = () => true) {
      failing = { times, matches };
    },
    hold() {
      let open = (): void => undefined;
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return open;
    },
    keep(sha256, bytes) {
      media.set(sha256, bytes);
    },
    async receive(event) {
      calls.push(event);
      await gate;
      if (failing && failing.times > 0 && failing.matches(event)) {
        failing.times -= 1;
        throw new Error('the database is away');
      }
      arrived(event);
      return ack;
    },
    media(sha256) {
      const bytes = media.get(sha256);
      return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`no media ${sha256}`));
    },
    exclusive: (_name, work, signal) => work(signal),
    log: {
      debug: line('debug'),
      info: line('info'),
      warn: line('warn'),
      error: line('error'),
    },
  };
}
