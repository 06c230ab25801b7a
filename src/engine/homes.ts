/**
 * People's own pages (`Adapter.home`): published when they are looked at, and anew when something
 * on them changed.
 *
 * A platform takes few pages a minute, so only pages that have been opened are kept up to date, and
 * only for what concerns the person themselves: their reports, what waits for them, their account.
 * A unit's figures, which change with every decision on a colleague's report and for everybody when
 * a week is closed, are as of the time the page names, and so are counts of days; opening a page
 * always publishes it anew, so nobody has to rely on an old one.
 */
import type { Temporal } from 'temporal-polyfill';
import {
  type Adapter,
  type AdapterLog,
  botKey,
  type Identity,
  type Message,
  type Sender,
} from '../chat/index.ts';
import { allOf, type PageChanges, pageChanges } from './home-changes.ts';
import { TIMED_OUT, type Timers, within } from './timers.ts';
import type { TurnCommit } from './turn.ts';

/** The database, as pages need it. Every function throws when it is away. */
export interface HomeStore {
  /** Notes when these accounts looked at their pages; one that is not known leaves no trace. */
  remember(accounts: readonly Identity[], at: Temporal.Instant): Promise<void>;
  /** The page is no longer kept up to date. */
  forget(account: Identity): Promise<void>;
  /**
   * The accounts whose page was ever opened, among those of the people concerned: a person has
   * their page on every platform they use.
   */
  opened(changes: Omit<PageChanges, 'looking'>): Promise<Identity[]>;
}

export interface HomesOptions {
  /** By platform. */
  readonly adapters: ReadonlyMap<string, Adapter>;
  readonly store: HomeStore;
  /** What stands on the page now. */
  page(account: Identity, standing: Sender['standing']): Promise<Message>;
  readonly now: () => Temporal.Instant;
  readonly timers: Timers;
  readonly log: AdapterLog;
  /** Instead of the pace that platforms bear, for a test. */
  readonly pace?: HomePace;
}

export interface HomePace {
  /** Milliseconds in which changes are gathered. */
  readonly gatherMs: number;
  /** Milliseconds between two pages that nobody asked for. */
  readonly betweenMs: number;
}

export interface Homes {
  /**
   * Publishes at once; later changes are published as well. Resolves after the first attempt, also
   * when the platform asked to wait. Never throws.
   */
  opened(from: Sender): Promise<void>;
  /** Publishes the pages this turn changed, soon. Never throws. */
  committed(turn: TurnCommit): void;
  /** Waits for the publishing in progress. What was still to be refreshed is, once it is opened. */
  stop(): Promise<void>;
}

/**
 * What a person does in one go is published once. Of the pages Slack takes (`views.publish`: Tier 4,
 * 100 a minute), more than a third is left to those being opened.
 */
const PACE: HomePace = { gatherMs: 1_500, betweenMs: 1_000 };

/** After a failure that does not say how long to wait. */
const RETRY_MS = 5_000;

/** A page that failed so often waits until it is opened. */
const MOST_FAILURES = 5;

/** Milliseconds after which it is unknown whether a page was published. */
const CALL_MS = 15_000;

/** What to do after an attempt: nothing, or to try again after some milliseconds. */
type Attempt = { readonly again: null } | { readonly again: number; readonly failed: boolean };
const DONE: Attempt = { again: null };

/** An attempt asked for; until it begins it serves everyone who asks for the same page. */
interface Request {
  standing: Sender['standing'];
  begun: boolean;
  end: Promise<Attempt>;
}

/** The pages of one bot that are to be refreshed unasked, one after the other. */
interface Line {
  readonly waiting: Map<string, { readonly account: Identity; readonly failures: number }>;
  busy: boolean;
  cancel: () => void;
}

const keyOf = (account: Identity): string => `${botKey(account)}:${account.user}`;

export function createHomes(options: HomesOptions): Homes {
  const { adapters, store, now, timers, log } = options;
  const { gatherMs, betweenMs } = options.pace ?? PACE;
  const served = [...adapters.values()].some(({ home }) => home !== null);
  const latest = new Map<string, Request>();
  const lines = new Map<string, Line>();
  const underWay = new Set<Promise<unknown>>();
  let gathered: PageChanges[] = [];
  let cancelGathering: (() => void) | null = null;
  let stopping = false;

  function track(work: Promise<unknown>): void {
    const settled = work.finally(() => underWay.delete(settled));
    underWay.add(settled);
  }

  const homeOf = ({ platform, tenant }: Identity) => {
    const adapter = adapters.get(platform);
    return adapter?.tenant === tenant ? adapter.home : null;
  };

  async function attempt(account: Identity, standing: Sender['standing']): Promise<Attempt> {
    const home = homeOf(account);
    if (!home) return DONE;
    try {
      const page = await options.page(account, standing);
      const result = await within(timers, CALL_MS, () => home.publish(account, page));
      if (result === TIMED_OUT) throw new Error(`no answer within ${CALL_MS / 1000} s`);
      switch (result.outcome) {
        case 'published':
          return DONE;
        case 'retry':
          log.info({ account, ...result }, 'A page has to wait before it is published');
          return { again: result.afterMs, failed: false };
        case 'gone':
          log.info({ account, cause: result.cause }, 'A page is no longer kept up to date');
          await store.forget(account);
          return DONE;
        case 'uncertain':
          log.warn({ account, cause: result.cause }, 'A page was perhaps not published');
          return { again: RETRY_MS, failed: true };
        default:
          log.error({ account, ...result }, 'The platform refuses a page');
          return DONE;
      }
    } catch (error) {
      log.warn({ account, err: error }, 'A page was not published');
      return { again: RETRY_MS, failed: true };
    }
  }

  /** One page at a time for each account, so that an older one never replaces a newer one. */
  function publish(account: Identity, standing?: Sender['standing']): Promise<Attempt> {
    const key = keyOf(account);
    const before = latest.get(key);
    if (before && !before.begun) {
      before.standing ??= standing;
      return before.end;
    }
    const request: Request = { standing, begun: false, end: Promise.resolve(DONE) };
    request.end = (before?.end ?? Promise.resolve()).then(async () => {
      request.begun = true;
      const result = await attempt(account, request.standing);
      if (latest.get(key) === request) latest.delete(key);
      return result;
    });
    latest.set(key, request);
    track(request.end);
    return request.end;
  }

  function lineOf(account: Identity): Line {
    const key = botKey(account);
    const line = lines.get(key) ?? { waiting: new Map(), busy: false, cancel: () => {} };
    lines.set(key, line);
    return line;
  }

  /** Puts a page off; one that was asked for meanwhile comes anyway. */
  function later(account: Identity, result: Attempt, failures: number): void {
    if (result.again === null) return;
    const count = failures + Number(result.failed);
    if (count >= MOST_FAILURES) {
      log.error({ account, failures: count }, 'A page stays as it is until it is opened');
      return;
    }
    const { waiting } = lineOf(account);
    const key = keyOf(account);
    if (!waiting.has(key)) waiting.set(key, { account, failures: count });
  }

  function rest(line: Line, ms: number): void {
    if (stopping) return;
    line.busy = true;
    line.cancel = timers.after(ms, () => {
      line.busy = false;
      next(line);
    });
  }

  function next(line: Line): void {
    const [first] = line.waiting;
    if (line.busy || stopping || !first) return;
    const [key, { account, failures }] = first;
    line.waiting.delete(key);
    line.busy = true;
    track(
      publish(account).then((result) => {
        later(account, result, failures);
        rest(line, Math.max(betweenMs, result.again ?? 0));
      }),
    );
  }

  function gather(changes: PageChanges, ms: number): void {
    if (stopping) return;
    gathered.push(changes);
    cancelGathering ??= timers.after(ms, () => {
      cancelGathering = null;
      track(refresh());
    });
  }

  async function refresh(): Promise<void> {
    const changes = allOf(gathered);
    gathered = [];
    try {
      if (changes.looking.length > 0) await store.remember(changes.looking, now());
      for (const account of await store.opened(changes)) {
        const line = lineOf(account);
        line.waiting.set(keyOf(account), { account, failures: 0 });
        next(line);
      }
    } catch (error) {
      log.warn({ err: error }, 'Which pages changed could not be found out; tried again');
      gather(changes, RETRY_MS);
    }
  }

  return {
    async opened(from) {
      const account = from.identity;
      if (stopping || !homeOf(account)) return;
      // An outsider's page never changes.
      if (from.standing !== 'outsider')
        track(
          store.remember([account], now()).catch((error: unknown) => {
            log.warn({ account, err: error }, 'That a page was opened could not be noted');
          }),
        );
      const result = await publish(account, from.standing);
      if (result.again === null) return;
      later(account, result, 0);
      const line = lineOf(account);
      if (!line.busy) rest(line, result.again);
    },
    committed(turn) {
      const changes = served ? pageChanges(turn) : null;
      if (changes) gather(changes, gatherMs);
    },
    async stop() {
      stopping = true;
      cancelGathering?.();
      for (const line of lines.values()) line.cancel();
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
