import { ApiError } from './errors.ts';
import type { Json } from './json.ts';

export interface QueuedUpdate {
  readonly id: number;
  readonly kind: string;
  /** Webhook deliveries of one lane wait for each other; presses have a lane of their own. */
  readonly lane: string;
  readonly body: Json;
}

interface Webhook {
  readonly url: string;
  readonly secret: string | null;
}

export interface UpdateQueue {
  push(kind: string, lane: string, content: Json): QueuedUpdate;
  poll(
    offset: number | undefined,
    limit: number,
    seconds: number,
    gone: AbortSignal,
  ): Promise<Json[]>;
  setWebhook(webhook: Webhook | null): void;
  webhook(): Webhook | null;
  allow(kinds: readonly string[] | undefined): void;
  /** Nothing is handed out until `release`; `reversed` hands out the newest first. */
  hold(): void;
  release(order?: 'reversed'): void;
  /** Hands the update out once more, whether it was confirmed or not. */
  duplicate(update: QueuedUpdate): void;
  last(): QueuedUpdate;
  pending(): number;
  /** Resolves when no update waits to be confirmed. */
  settled(): Promise<void>;
  /** Every answer of the webhook, with its status and the pause the bot asked for. */
  readonly webhookAnswers: readonly {
    readonly id: number;
    readonly status: number;
    readonly retryAfter: number | null;
  }[];
  close(): void;
}

/** `pause` stands for the server's wait before it tries a webhook again. */
export function createUpdateQueue(pause: (seconds: number) => Promise<void>): UpdateQueue {
  let next = 10_000;
  let queue: QueuedUpdate[] = [];
  let again: QueuedUpdate[] = [];
  let held = false;
  let order: 'reversed' | null = null;
  let webhook: Webhook | null = null;
  let allowed: readonly string[] | null = null;
  let poller: { wake: () => void; refuse: (error: ApiError) => void } | null = null;
  let latest: QueuedUpdate | null = null;
  let closed = false;
  const lanes = new Set<string>();
  const watchers = new Set<() => void>();
  const webhookAnswers: { id: number; status: number; retryAfter: number | null }[] = [];

  function changed(): void {
    poller?.wake();
    for (const watcher of [...watchers]) watcher();
    if (webhook && !held) for (const { lane } of [...queue, ...again]) void pump(lane);
  }

  async function pump(lane: string): Promise<void> {
    if (lanes.has(lane)) return;
    lanes.add(lane);
    try {
      while (webhook && !held && !closed) {
        const update = again.find((u) => u.lane === lane) ?? queue.find((u) => u.lane === lane);
        if (!update) return;
        const { status, retryAfter } = await post(webhook, update);
        webhookAnswers.push({ id: update.id, status, retryAfter });
        if (status >= 200 && status < 300) {
          if (again.includes(update)) again = again.filter((u) => u !== update);
          else queue = queue.filter((u) => u !== update);
          for (const watcher of [...watchers]) watcher();
        } else {
          await pause(retryAfter ?? 1);
        }
      }
    } finally {
      lanes.delete(lane);
    }
  }

  async function post({ url, secret }: Webhook, update: QueuedUpdate) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }),
        },
        body: JSON.stringify(update.body),
      });
      await response.arrayBuffer();
      const retryAfter = response.headers.get('retry-after');
      return {
        status: response.status,
        retryAfter: retryAfter === null ? null : Number(retryAfter),
      };
    } catch {
      return { status: 0, retryAfter: null };
    }
  }

  function take(limit: number): Json[] {
    const ready = [...again, ...queue].slice(0, limit);
    again = again.slice(limit);
    const taken = order === 'reversed' ? ready.reverse() : ready;
    if (taken.length > 0) order = null;
    return taken.map((u) => u.body);
  }

  return {
    webhookAnswers,
    push(kind, lane, content) {
      const id = next++;
      const update = { id, kind, lane, body: { update_id: id, [kind]: content } };
      latest = update;
      if (allowed && !allowed.includes(kind)) return update;
      queue.push(update);
      changed();
      return update;
    },
    async poll(offset, limit, seconds, gone) {
      if (webhook) {
        throw new ApiError(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      }
      poller?.refuse(
        new ApiError(
          409,
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        ),
      );
      if (offset !== undefined) queue = queue.filter((u) => u.id >= offset);
      for (const watcher of [...watchers]) watcher();
      const available = (): boolean => !held && queue.length + again.length > 0;
      if (available() || seconds === 0) return take(limit);
      let timer: NodeJS.Timeout | undefined;
      let mine: typeof poller = null;
      try {
        await new Promise<void>((resolve, reject) => {
          mine = poller = { wake: () => available() && resolve(), refuse: reject };
          timer = setTimeout(resolve, seconds * 1000);
          gone.addEventListener('abort', () => resolve(), { once: true });
        });
      } finally {
        clearTimeout(timer);
        if (poller === mine) poller = null;
      }
      return gone.aborted || held ? [] : take(limit);
    },
    setWebhook(value) {
      webhook = value;
      if (value) {
        poller?.refuse(new ApiError(409, 'Conflict: terminated by setWebhook request'));
      }
      changed();
    },
    webhook: () => webhook,
    allow(kinds) {
      if (kinds) allowed = kinds.length > 0 ? kinds : null;
    },
    hold() {
      held = true;
    },
    release(how) {
      held = false;
      order = how ?? null;
      changed();
    },
    duplicate(update) {
      again.push(update);
      changed();
    },
    last() {
      if (!latest) throw new Error('no update yet');
      return latest;
    },
    pending: () => queue.length + again.length,
    settled() {
      return new Promise((resolve) => {
        const check = (): void => {
          if (queue.length + again.length > 0) return;
          watchers.delete(check);
          resolve();
        };
        watchers.add(check);
        check();
      });
    },
    close() {
      closed = true;
      poller?.wake();
      poller?.refuse(new ApiError(500, 'Internal Server Error: closing'));
    },
  };
}
