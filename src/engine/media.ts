/** Fetches the files people sent, after the turn that received them. */
import { type Adapter, type AdapterLog, Attachment, botKey } from '../chat/index.ts';
import { createLoop } from './loop.ts';
import { TIMED_OUT, type Timers, within } from './timers.ts';

/** A file to be fetched. What came from a JSON column is unparsed. */
interface DueMedia {
  readonly id: string;
  readonly attachment: unknown;
  /** Tries so far, this one included: the fence that tells it from a later one. */
  readonly attempts: number;
}

export interface MediaStore {
  /** Takes files of these bots that are due; nobody else gets them for `busyMs`. */
  claim(
    bots: readonly string[],
    most: number,
    busyMs: number,
  ): Promise<(DueMedia & { bot: string })[]>;
  /** Keeps the bytes, once for the same content. */
  keep(media: DueMedia, bytes: Uint8Array, mime: string): Promise<void>;
  /** Try again after `ms`. */
  postpone(media: DueMedia, ms: number): Promise<void>;
  /** Never again, and why. */
  fail(media: DueMedia, why: string): Promise<void>;
}

export interface MediaFetcherOptions {
  readonly store: MediaStore;
  /** By platform; to be started before the fetcher is. */
  readonly adapters: ReadonlyMap<string, Adapter>;
  readonly log: AdapterLog;
  readonly timers: Timers;
  /** Between 0 and 1. */
  random(): number;
  /** Longest time between two looks, in milliseconds; 1,000 by default. */
  readonly pollMs?: number;
}

export interface MediaFetcher {
  start(): void;
  /** A file was received: look now. */
  wake(): void;
  /** Lets downloads in progress end. */
  stop(): Promise<void>;
  /** Resolves when nothing is due any more. */
  drain(): Promise<void>;
}

const AT_ONCE = 4;
const DOWNLOAD_MS = 60_000;
/** Longer than a download may take, so that nobody starts a second one meanwhile. */
const BUSY_MS = 90_000;
/** Milliseconds until the next try, by tries so far; after the last one the file is given up. */
const RETRY_MS = [5_000, 20_000, 80_000, 320_000, 1_280_000];

export function createMediaFetcher(options: MediaFetcherOptions): MediaFetcher {
  const { store, log, timers, random, pollMs = 1_000 } = options;
  /** Asked anew each time: an adapter may know its tenant only once it has started. */
  const byBot = () => new Map([...options.adapters.values()].map((a) => [botKey(a), a]));
  const idle: (() => void)[] = [];

  /** @throws with the reason why the file could not be had this time */
  const download = async (adapter: Adapter, file: Attachment): Promise<Uint8Array> => {
    const bytes = await within(timers, DOWNLOAD_MS, () => adapter.download(file));
    if (bytes === TIMED_OUT) throw new Error(`no file within ${DOWNLOAD_MS / 1000} s`);
    return bytes;
  };

  const fetch = async (adapter: Adapter, media: DueMedia): Promise<void> => {
    const parsed = Attachment.safeParse(media.attachment);
    if (!parsed.success) return store.fail(media, `stored attachment: ${parsed.error.message}`);
    const most = adapter.abilities.maxDownloadBytes;
    const tooLarge = `larger than ${most} bytes`;
    if ((parsed.data.size ?? 0) > most) return store.fail(media, tooLarge);
    let bytes: Uint8Array;
    try {
      bytes = await download(adapter, parsed.data);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      const wait = RETRY_MS[media.attempts - 1];
      const fields = { media: media.id, attempts: media.attempts, cause };
      if (wait === undefined) {
        log.error(fields, 'A file could not be fetched and is given up');
        return store.fail(media, cause);
      }
      log.warn({ ...fields, retryMs: wait }, 'A file could not be fetched yet');
      return store.postpone(media, wait);
    }
    if (bytes.byteLength > most) return store.fail(media, tooLarge);
    await store.keep(media, bytes, parsed.data.mime);
  };

  const loop = createLoop({
    name: 'media',
    timers,
    random,
    log,
    async step() {
      const asked = idle.length;
      const bots = byBot();
      const due = await store.claim([...bots.keys()], AT_ONCE, BUSY_MS);
      const results = await Promise.allSettled(
        due.map(async (media) => {
          const adapter = bots.get(media.bot);
          if (adapter) await fetch(adapter, media);
        }),
      );
      for (const result of results) if (result.status === 'rejected') throw result.reason;
      if (due.length > 0) return 0;
      for (const resolve of idle.splice(0, asked)) resolve();
      return pollMs;
    },
  });

  return {
    ...loop,
    drain: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        loop.wake();
      }),
  };
}
