import type { Json } from './world.ts';

/** What goes wrong with one call: `after` it was carried out, or before. */
export type Fault = { readonly after?: boolean } & (
  | {
      readonly kind: 'error';
      /** Such as `fatal_error`. */
      readonly code: string;
      readonly fields?: Json;
    }
  | { readonly kind: 'limited'; readonly seconds: number }
  | { readonly kind: 'status'; readonly code: number }
  | { readonly kind: 'reset' }
  /** No answer, until the fake is closed. */
  | { readonly kind: 'hang' }
  /** A proxy's page instead of JSON. */
  | { readonly kind: 'garbage' }
);

interface Call {
  /**
   * A Web API method; also `upload`, `download` (params: the file's id) and `response_url` (params:
   * what was posted).
   */
  readonly method: string;
  /** As they came, without the token. */
  readonly params: Json;
}

export interface CallLog {
  readonly calls: readonly Call[];
  /** Notes a call. @returns what goes wrong with it, or null. */
  arrived(call: Call): Fault | null;
  /** The next `times` (1) calls of `method` ("*": of any) fail so. */
  failNext(method: string, fault: Fault, times?: number): void;
  /** Resolves once `method` was called `times` times altogether. */
  called(method: string, times?: number): Promise<void>;
}

export function createCallLog(): CallLog {
  const calls: Call[] = [];
  const watchers = new Set<() => void>();
  const faults: { method: string; fault: Fault; times: number }[] = [];
  return {
    calls,
    arrived(call) {
      calls.push(call);
      const entry = faults.find(
        (f) => f.times > 0 && (f.method === '*' || f.method === call.method),
      );
      if (entry) entry.times -= 1;
      for (const watcher of [...watchers]) watcher();
      return entry?.fault ?? null;
    },
    failNext(method, fault, times = 1) {
      faults.push({ method, fault, times });
    },
    called(method, times = 1) {
      return new Promise((resolve) => {
        const check = (): void => {
          if (calls.filter((c) => c.method === method).length < times) return;
          watchers.delete(check);
          resolve();
        };
        watchers.add(check);
        check();
      });
    },
  };
}
