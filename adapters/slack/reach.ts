import type { webApi } from '@slack/bolt';
import type { AdapterHost } from '../../src/chat/index.ts';
import { createClient } from './client.ts';
import { type Wait, waitFor } from './wait.ts';

/** What the outbound functions need to reach Slack, and what this process remembers of it. */
export interface Reach {
  readonly client: webApi.WebClient;
  /** Null until the adapter was started. */
  readonly host: () => AdapterHost | null;
  readonly token: string;
  /** Ends in `/api/`. */
  readonly apiUrl: string;
  readonly wait: Wait;
  /** Milliseconds that only rise. */
  readonly now: () => number;
  readonly memory: Memory;
}

/** Nothing in it has to outlive the process: it saves calls. */
interface Memory {
  /** By method: when it may be called again, in the milliseconds of `now`. */
  readonly pausedUntil: Map<string, number>;
  /** By content and name: the id of the file that it was or is being uploaded to. */
  readonly uploads: Map<string, Promise<string>>;
  /** The same, once Slack is done with them. */
  readonly files: Map<string, Uploaded>;
  /** By user: the hash of the Home tab last published. */
  readonly homes: Map<string, string>;
}

export interface Uploaded {
  readonly id: string;
  readonly permalink: string;
}

const DEFAULT_API_URL = 'https://slack.com/api/';

export function createReach(options: {
  readonly token: string;
  readonly apiUrl?: string;
  readonly host: () => AdapterHost | null;
  readonly wait?: Wait;
  readonly now?: () => number;
  /** Milliseconds until a call counts as unanswered. */
  readonly timeoutMs?: number;
}): Reach {
  const { token, host } = options;
  const apiUrl = `${(options.apiUrl ?? DEFAULT_API_URL).replace(/\/+$/, '')}/`;
  return {
    client: createClient({
      token,
      apiUrl,
      log: () => host()?.log ?? null,
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    }),
    host,
    token,
    apiUrl,
    wait: options.wait ?? waitFor,
    now: options.now ?? (() => performance.now()),
    memory: { pausedUntil: new Map(), uploads: new Map(), files: new Map(), homes: new Map() },
  };
}

/** Remembers at most `most` entries; the oldest is forgotten first. */
export function remember<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}
