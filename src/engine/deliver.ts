/**
 * Delivers the outbox: claims what may be sent now, calls the platform, records what became of it.
 * A platform's refusals, lost answers and outages end as a `Verdict`; nothing is dropped silently.
 */
import { type Adapter, type AdapterLog, Address, botKey } from '../chat/index.ts';
import { type Called, callFor } from './call.ts';
import { reportDelivery } from './delivery-report.ts';
import { createLoop } from './loop.ts';
import type { Claimed, DeliveryObserver, Outbox, Settled } from './outbox.ts';
import { backoff, pause, type Timers } from './timers.ts';

export interface DelivererOptions {
  readonly outbox: Outbox;
  /** By platform; already started, so that their tenants are known. */
  readonly adapters: ReadonlyMap<string, Adapter>;
  readonly log: AdapterLog;
  readonly observe?: DeliveryObserver;
  readonly timers: Timers;
  /** Between 0 and 1. */
  random(): number;
  /** Calls at once to one bot's platform; 16 by default. */
  readonly concurrency?: number;
  /** Longest time between two looks at the queue, in milliseconds; 500 by default. */
  readonly pollMs?: number;
}

export interface Deliverer {
  /** Delivers for every adapter. */
  start(): void;
  /** Delivers for the adapter of this platform, which has been started. */
  serve(platform: string): void;
  /** Something was enqueued: look now. */
  wake(): void;
  /** Lets calls in flight end and be recorded, then gives the leases back. */
  stop(): Promise<void>;
  /** Resolves when nothing is in flight here and nothing may be sent at this moment. */
  drain(): Promise<void>;
}

/** How often the leases of what is in hand are extended; they outlive it by `LEASE_MS` (see `db/outbox.ts`). */
const BEAT_MS = 1_000;
/** How long other processes' leases are left alone after an outage: their owners may be back as well. */
const GRACE_MS = 4_000;
/** Attempts at recording an outcome once the process is stopping. */
const LAST_ATTEMPTS = 5;

const quiet: DeliveryObserver = {
  sent() {},
  retried() {},
  uncertain() {},
  gone() {},
  dead() {},
  expired() {},
};

export function createDeliverer(options: DelivererOptions): Deliverer {
  const { outbox, log, timers, random, observe = quiet, concurrency = 16, pollMs = 500 } = options;
  const adapters = [...options.adapters.values()];
  /** Asked anew each time: an adapter may know its tenant only once it has started. */
  const bots = () => adapters.map(botKey);
  const inHand = new Map<string, Promise<void>>();
  let stopping = false;
  let settledCount = 0;
  let unlisten: (() => Promise<void>) | null = null;

  /** False for a while after the database was away. */
  let trusted = true;
  let endGrace = () => {};
  const lostDatabase = (): void => {
    trusted = false;
    endGrace();
    endGrace = timers.after(GRACE_MS, () => {
      trusted = true;
    });
  };

  /** Tries for as long as it takes: what was sent must not be sent again. */
  const record = async (adapter: Adapter, claim: Claimed, called: Called): Promise<Settled> => {
    const address = Address.safeParse(claim.address);
    const chatRate = address.success ? adapter.pace.chat(address.data) : null;
    let last = LAST_ATTEMPTS;
    for (let failures = 1; ; failures++) {
      try {
        return await outbox.settle(claim, called.verdict, { chatRate, bots: bots() });
      } catch (error) {
        lostDatabase();
        if (Number.isInteger(Math.log10(failures))) {
          const fields = { err: error, message: claim.id, failures };
          log.error(fields, 'An outcome could not be recorded, retrying');
        }
        if (stopping) last -= 1;
        if (last === 0) return 'lost';
        await pause(timers, backoff(failures, random));
      }
    }
  };

  const handle = async (adapter: Adapter, claim: Claimed): Promise<void> => {
    const called = await callFor(claim, adapter, { timers, log });
    const settled = await record(adapter, claim, called);
    settledCount += 1;
    reportDelivery(claim, called, settled, { log, observe });
  };

  let endBeat: (() => void) | null = null;
  const beat = (): void => {
    endBeat ??= timers.after(BEAT_MS, async () => {
      try {
        await outbox.extend([...inHand.keys()]);
      } catch {
        // Whoever records the outcomes says that the database is away.
        lostDatabase();
      }
      endBeat = null;
      if (inHand.size > 0) beat();
    });
  };

  const worker = (adapter: Adapter) => {
    let calls = 0;
    const idle: (() => void)[] = [];

    const take = (claim: Claimed): void => {
      calls += 1;
      const work = handle(adapter, claim)
        .catch((error) => log.error({ err: error, message: claim.id }, 'Delivering failed'))
        .then(() => {
          calls -= 1;
          inHand.delete(claim.lane);
          wakeAll();
        });
      inHand.set(claim.lane, work);
      beat();
    };

    const loop = createLoop({
      name: `delivery ${adapter.platform}`,
      timers,
      random,
      log,
      onFailure: lostDatabase,
      async step() {
        const asked = idle.length;
        const slots = concurrency - calls;
        const { claimed, waitMs } =
          slots > 0
            ? await outbox.claim({
                bot: botKey(adapter),
                rate: adapter.pace.bot,
                chatRate: (to) => adapter.pace.chat(to),
                canLook: adapter.lookUp !== null,
                slots,
                takeover: trusted,
                inHand: [...inHand.keys()],
              })
            : { claimed: [], waitMs: null };
        for (const claim of claimed) take(claim);
        if (calls === 0) for (const resolve of idle.splice(0, asked)) resolve();
        return Math.min(pollMs, waitMs ?? pollMs);
      },
    });
    const untilIdle = () =>
      new Promise<void>((resolve) => {
        idle.push(resolve);
        loop.wake();
      });
    return { ...loop, untilIdle };
  };

  const workers = new Map<string, ReturnType<typeof worker>>();
  const wakeAll = (): void => {
    for (const each of workers.values()) each.wake();
  };

  function listen(): void {
    outbox.listen(wakeAll).then(
      async (end) => {
        if (stopping) return end();
        unlisten = end;
        // What was enqueued before has not been heard.
        wakeAll();
      },
      (error) => log.warn({ err: error }, 'No notifications: the outbox is only polled'),
    );
  }

  function serve(platform: string): void {
    const adapter = options.adapters.get(platform);
    if (!adapter || workers.has(platform) || stopping) return;
    if (workers.size === 0) listen();
    const started = worker(adapter);
    workers.set(platform, started);
    started.start();
  }

  return {
    start() {
      for (const platform of options.adapters.keys()) serve(platform);
    },
    serve,
    wake: wakeAll,
    async drain() {
      for (let before = -1; before !== settledCount; ) {
        before = settledCount;
        await Promise.all([...workers.values()].map((each) => each.untilIdle()));
      }
    },
    async stop() {
      stopping = true;
      await Promise.all([...workers.values()].map((each) => each.stop()));
      await Promise.all(inHand.values());
      endBeat?.();
      endGrace();
      try {
        await unlisten?.();
        await outbox.release();
      } catch (error) {
        log.warn({ err: error }, 'Leases could not be given back: they run out by themselves');
      }
    },
  };
}
