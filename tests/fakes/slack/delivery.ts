import type { DeliveryResult, Emit, Envelope, Json, World } from './world.ts';
import { ACK_SECONDS } from './world.ts';

/** One thing on its way to the app. */
export interface Parcel {
  readonly kind: Envelope['kind'];
  /** Whole, as Slack writes it. */
  readonly body: Json;
  /** 0 the first time, then `X-Slack-Retry-Num`. */
  readonly attempt: number;
  readonly reason: RetryReason | null;
}

type RetryReason = 'http_error' | 'http_timeout' | 'connection_failed';

export type Outcome =
  | { readonly kind: 'acknowledged'; readonly body: Json | null }
  | {
      readonly kind: 'failed';
      readonly reason: RetryReason;
      /** The app asked not to be told again. */
      readonly final?: boolean;
    };

/** HTTP or Socket Mode. */
export interface Transport {
  /** Parcels with the same lane wait for each other; null: nothing waits. */
  lane(parcel: Parcel): string | null;
  send(parcel: Parcel): Promise<Outcome>;
  /** Three seconds are over for all that is on its way. */
  timeOut(): void;
}

export interface Deliveries {
  readonly emit: Emit;
  /** As `emit`, for what the bot itself caused: `duplicate` looks past it. */
  readonly echo: Emit;
  /** Delivers what nobody subscribed to, and what Slack does not know. */
  push(envelope: Envelope): Promise<DeliveryResult>;
  /** Nothing is delivered until `release`; `reversed` delivers the newest first. */
  hold(): void;
  release(order?: 'reversed'): void;
  /** Delivers the last event once more, as a retry after a timeout. */
  duplicate(): Promise<DeliveryResult>;
  /** What is on its way and not acknowledged is late from now on. */
  timeOut(): void;
  /** Resolves when nothing waits to be delivered or acknowledged. */
  settled(): Promise<void>;
  pending(): number;
  /** Events that were given up. */
  readonly lost: readonly Json[];
}

/** Slack tries an event again at once, after a minute and after five. */
const RETRIES = 3;

interface Waiting {
  parcel: Parcel;
  readonly done: (result: DeliveryResult) => void;
}

export function createDeliveries(options: {
  readonly world: World;
  readonly transport: () => Transport;
  /** Fills in the outer fields. */
  readonly wrap: (envelope: Envelope) => Json;
  readonly isHeard: (envelope: Envelope) => boolean;
  /** Resolves when an event is tried again; `attempt` is 1, 2 or 3. */
  readonly redelivery: (attempt: number) => Promise<void>;
}): Deliveries {
  const { world, transport, redelivery } = options;
  const lost: Json[] = [];
  const busy = new Set<string>();
  const watchers = new Set<() => void>();
  let waiting: Waiting[] = [];
  let underway = 0;
  let held = false;
  let latest: Parcel | null = null;

  const pending = (): number => waiting.length + underway;
  const changed = (): void => {
    for (const watcher of [...watchers]) watcher();
  };

  function pump(): void {
    if (held) return;
    for (const item of [...waiting]) {
      const lane = transport().lane(item.parcel);
      if (lane !== null && busy.has(lane)) continue;
      waiting = waiting.filter((w) => w !== item);
      if (lane !== null) busy.add(lane);
      underway += 1;
      void attempt(item).finally(() => {
        if (lane !== null) busy.delete(lane);
        underway -= 1;
        pump();
        changed();
      });
    }
  }

  async function attempt({ parcel, done }: Waiting): Promise<void> {
    const at = world.now();
    const outcome = await transport().send(parcel);
    const late = world.past(at, ACK_SECONDS);
    if (outcome.kind === 'acknowledged' && !late) {
      done({ acknowledged: true, body: outcome.body });
      return;
    }
    const reason = outcome.kind === 'failed' ? outcome.reason : 'http_timeout';
    const final = outcome.kind === 'failed' && outcome.final === true;
    if (parcel.kind !== 'event' || final || parcel.attempt >= RETRIES) {
      if (parcel.kind === 'event') lost.push(parcel.body);
      done({ acknowledged: false, reason: reason === 'http_timeout' ? 'timeout' : 'refused' });
      return;
    }
    retry({ parcel: { ...parcel, attempt: parcel.attempt + 1, reason }, done });
  }

  /** Later events of the lane go ahead meanwhile, as with Slack. */
  function retry(item: Waiting): void {
    underway += 1;
    void redelivery(item.parcel.attempt).then(() => {
      underway -= 1;
      waiting.push(item);
      pump();
    });
  }

  function put(parcel: Parcel): Promise<DeliveryResult> {
    return new Promise((done) => {
      waiting.push({ parcel, done });
      pump();
    });
  }

  const fresh = (envelope: Envelope): Parcel => ({
    kind: envelope.kind,
    body: options.wrap(envelope),
    attempt: 0,
    reason: null,
  });

  async function deliver(envelope: Envelope, mine: boolean): Promise<DeliveryResult> {
    if (!options.isHeard(envelope)) return { acknowledged: false, reason: 'not-delivered' };
    const parcel = fresh(envelope);
    if (!mine && parcel.kind === 'event') latest = parcel;
    return put(parcel);
  }

  return {
    lost,
    pending,
    emit: (envelope) => deliver(envelope, false),
    echo: (envelope) => deliver(envelope, true),
    push: (envelope) => put(fresh(envelope)),
    hold() {
      held = true;
    },
    release(order) {
      held = false;
      if (order === 'reversed') waiting.reverse();
      pump();
    },
    async duplicate() {
      if (!latest) throw new Error('no event yet');
      return put({ ...latest, attempt: 1, reason: 'http_timeout' });
    },
    timeOut: () => transport().timeOut(),
    settled() {
      return new Promise((resolve) => {
        const check = (): void => {
          if (pending() > 0) return;
          watchers.delete(check);
          resolve();
        };
        watchers.add(check);
        check();
      });
    },
  };
}
