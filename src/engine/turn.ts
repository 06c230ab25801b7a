/**
 * A turn: load what is known, decide, commit everything at once, and only then acknowledge. Whoever
 * delivers an event again gets the stored answer; whoever was slower decides again on what is there
 * now.
 */
import type { Temporal } from 'temporal-polyfill';
import { campaignDay } from '../campaign/calendar.ts';
import {
  type Ack,
  type AdapterLog,
  type Identity,
  type Inbound,
  laneKey,
  type Message,
} from '../chat/index.ts';
import type { Decision } from './decision.ts';
import type { Handler, HandlerDeps } from './deps.ts';
import type { TurnContext } from './turn-context.ts';

export interface LoadedTurn {
  readonly context: Omit<TurnContext, 'now'>;
  /** The answer given when this delivery was handled before, or null when it is new. */
  readonly storedAck: Ack | null;
  /** The saved conversation no longer parses: the context has an empty one in its place. */
  readonly unreadable: boolean;
}

/** Everything that one commit writes, or nothing of it. */
export interface TurnCommit {
  readonly event: Inbound;
  readonly loaded: LoadedTurn;
  readonly decision: Decision;
  readonly now: Temporal.Instant;
}

/** The database, as a turn needs it. */
export interface TurnStore {
  /** `today`: ISO date in the campaign's zone. @throws when the database is away */
  load(event: Inbound, today: string): Promise<LoadedTurn>;
  /**
   * `conflict`: something the decision stood on has changed meanwhile. `duplicate`: this delivery
   * has been handled meanwhile. Nothing was written in both cases.
   * @throws when the database is away, or refuses what was decided
   */
  commit(turn: TurnCommit): Promise<'done' | 'conflict' | 'duplicate'>;
  /** Whether an error says that the database is away, so that the event should come again later. */
  isUnavailable(error: unknown): boolean;
}

export interface TurnOptions {
  readonly store: TurnStore;
  readonly handler: Handler;
  readonly deps: HandlerDeps;
  /** The campaign's clock. */
  readonly now: () => Temporal.Instant;
  /** IANA zone of the campaign, which decides what day it is. */
  readonly zone: string;
  /** Called after every commit that enqueued something. */
  readonly wake: () => void;
  /** Told of every turn that was committed, with what it decided; must not throw. */
  readonly committed?: (turn: TurnCommit) => void;
  readonly log: AdapterLog;
}

export interface Turns {
  /**
   * Handles one event. Events of one account are handled one after the other, of different accounts
   * side by side.
   * @throws when nothing was committed: the platform should deliver the event again
   */
  receive(event: Inbound): Promise<Ack>;
  /** Resolves when no turn is under way. */
  idle(): Promise<void>;
}

/** Over this many decisions on one event, others must be changing the same things without end. */
const MAX_ATTEMPTS = 8;

const identityKey = ({ platform, tenant, user }: Identity): string =>
  `${platform}:${tenant}:${user}`;

/** A guest's address is their own organisation's word, not the workspace's: it recognises nobody. */
const vouched = ({ from }: Inbound): Pick<TurnContext, 'email'> =>
  from?.email !== undefined && from.standing === undefined ? { email: from.email } : {};

const isEmpty = ({ state, writes, sends, moves, ack }: Decision): boolean =>
  state === undefined &&
  writes.length + sends.length + (moves?.length ?? 0) + Object.keys(ack).length === 0;

export function createTurns(options: TurnOptions): Turns {
  const { store, handler, deps, now, zone, wake, committed, log } = options;
  const last = new Map<string, Promise<unknown>>();

  const named = (event: Inbound) => ({
    platform: event.where.platform,
    delivery: event.delivery,
    kind: event.kind,
  });

  /** What the person is told when a turn failed through our fault; their conversation stays as it was. */
  function apology(event: Inbound, { context }: LoadedTurn): Decision {
    const text = deps.texts[context.language]('error');
    if (event.kind === 'press') return { writes: [], sends: [], ack: { toast: text } };
    if (event.kind === 'submit') {
      // Said at a field, so that the form stays open with everything that was typed into it.
      const [field] = Object.keys(event.values);
      const ack = field === undefined ? { toast: text } : { fieldErrors: { [field]: text } };
      return { writes: [], sends: [], ack };
    }
    const expectsAnswer =
      event.audience === 'private' ? event.kind !== 'blocked' : event.kind === 'command';
    const message: Message = { notice: text, blocks: [{ kind: 'text', text: [text] }] };
    return {
      writes: [],
      sends: expectsAnswer ? [{ to: event.where, message }] : [],
      ack: {},
    };
  }

  async function decide(event: Inbound, loaded: LoadedTurn, at: Temporal.Instant) {
    try {
      return await handler(event, { ...loaded.context, now: at, ...vouched(event) }, deps);
    } catch (error) {
      if (store.isUnavailable(error)) throw error;
      log.error({ ...named(event), err: error }, 'A turn failed; the person was told');
      return apology(event, loaded);
    }
  }

  async function commit(turn: TurnCommit) {
    try {
      return await store.commit(turn);
    } catch (error) {
      if (store.isUnavailable(error)) throw error;
      log.error(
        { ...named(turn.event), err: error },
        'The database refused what a turn decided; the person was told',
      );
      return store.commit({ ...turn, decision: apology(turn.event, turn.loaded) });
    }
  }

  /**
   * A decision that is refused again and again is our fault, not the platform's: the event counts as
   * handled and the person is told, for a redelivery would only repeat it and hold up everyone else.
   */
  async function giveUp(event: Inbound): Promise<Ack> {
    log.error(
      { ...named(event) },
      `A turn found other changes ${MAX_ATTEMPTS} times; the person was told`,
    );
    const at = now();
    const loaded = await store.load(event, campaignDay(at, zone));
    if (loaded.storedAck) return loaded.storedAck;
    const decision = apology(event, loaded);
    const turn: TurnCommit = { event, loaded, decision, now: at };
    const outcome = await store.commit(turn);
    if (outcome === 'conflict')
      throw new Error(`Event ${event.delivery} cannot even be answered: everything keeps changing`);
    wake();
    committed?.(turn);
    return decision.ack;
  }

  async function handle(event: Inbound): Promise<Ack> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const at = now();
      const loaded = await store.load(event, campaignDay(at, zone));
      if (loaded.storedAck) return loaded.storedAck;
      if (loaded.unreadable) {
        log.warn(
          { ...named(event), conversation: loaded.context.conversation.key },
          'A saved conversation does not parse; it is kept aside and a new one begins',
        );
      }
      const decision = await decide(event, loaded, at);
      // Talk in a group that is not meant for the bot leaves no trace, not even of who spoke.
      if (event.audience === 'group' && isEmpty(decision)) return decision.ack;
      const turn: TurnCommit = { event, loaded, decision, now: at };
      const outcome = await commit(turn);
      if (outcome === 'done') {
        if (decision.sends.length > 0 || decision.moves) wake();
        committed?.(turn);
        return decision.ack;
      }
      log.debug({ ...named(event), outcome, attempt }, 'A turn is decided again');
    }
    return giveUp(event);
  }

  return {
    receive(event) {
      const key = event.from ? identityKey(event.from.identity) : laneKey(event.where);
      const before = last.get(key) ?? Promise.resolve();
      const turn = before.then(() => handle(event));
      // The chain goes on after a failed turn: its failure is the caller's to handle.
      const settled = turn.then(
        () => {},
        () => {},
      );
      last.set(key, settled);
      void settled.then(() => {
        if (last.get(key) === settled) last.delete(key);
      });
      return turn;
    },
    async idle() {
      while (last.size > 0) await Promise.all(last.values());
    },
  };
}
