import type { Ack, AdapterHost, Inbound } from '../../src/chat/index.ts';
import { type Answerer, submitBody, type Words, wordsFor } from './answer.ts';
import { complete, type Lookups } from './complete.ts';
import type { Draft, Me, Parsed } from './draft.ts';
import type { Lanes } from './lanes.ts';
import { parsePayload } from './parse.ts';
import { waitFor } from './wait.ts';

/** Takes payloads, from either way they come in. */
export interface Intake {
  /**
   * One payload: a turn for each of its events.
   * @returns the body of the acknowledgement
   * @throws when a turn was not committed and has to be delivered again
   */
  take(body: unknown): Promise<object | undefined>;
  /** Waits for the turns, and the answers to people, that are under way. */
  settle(): Promise<void>;
}

export function createIntake({
  host,
  me,
  lookups,
  answerer,
  lanes,
  words,
  answerMs,
  now,
  ended,
}: {
  readonly host: AdapterHost;
  readonly me: Me;
  readonly lookups: Lookups;
  readonly answerer: Answerer;
  readonly lanes: Lanes;
  readonly words: Words;
  /** Milliseconds after its arrival when a payload is acknowledged although its answer is not through. */
  readonly answerMs: number;
  readonly now: () => number;
  /** The workspace has removed the app. */
  readonly ended: (why: string) => void;
}): Intake {
  const { log } = host;
  const running = new Set<Promise<unknown>>();

  function track<T>(work: Promise<T>): Promise<T> {
    const entry = work.catch(() => undefined).finally(() => running.delete(entry));
    running.add(entry);
    return work;
  }

  async function receive(draft: Draft): Promise<Turn | null> {
    const event = await complete(draft, lookups);
    if (typeof event === 'string') {
      log.debug({ delivery: draft.delivery, why: event }, 'event ignored');
      return null;
    }
    return { event, ack: await host.receive(event) };
  }

  async function take(body: unknown): Promise<object | undefined> {
    const arrived = now();
    const parsed = parsePayload(body, me);
    switch (parsed.kind) {
      case 'ignored':
        log.debug({ id: parsed.id, why: parsed.why }, 'payload ignored');
        return undefined;
      case 'ended':
        ended(parsed.why);
        return undefined;
      case 'home':
        // Nothing is committed for a look at a page, so nothing is to be waited for.
        void track(openHome(parsed));
        return undefined;
      case 'events':
        return takeEvents(parsed, arrived);
    }
  }

  async function openHome({ actor, direct }: Extract<Parsed, { kind: 'home' }>): Promise<void> {
    lookups.directs.learn(actor.id, direct);
    const sender = await lookups.users.sender(actor);
    if (sender) await host.homeOpened(sender);
  }

  async function takeEvents(
    { drafts, reply }: Extract<Parsed, { kind: 'events' }>,
    arrived: number,
  ): Promise<object | undefined> {
    const turns = async (): Promise<Turn | null> => {
      let turn: Turn | null = null;
      for (const draft of drafts) turn = await receive(draft);
      return turn;
    };
    for (const draft of drafts) learn(draft);
    const last = await lanes([...new Set(drafts.flatMap(keysOf))], turns);
    if (!reply || !last) return undefined;
    const { event, ack } = last;
    if (reply.to === 'submit') {
      const own = wordsFor(words, event.from?.language ?? null);
      return submitBody(ack, event.where.chat, own);
    }
    const answering = track(answerer.answer(reply, ack, event));
    await within(Math.max(0, arrived + answerMs - now()), answering);
    return undefined;
  }

  function learn({ actor, place }: Draft): void {
    if (actor && place !== 'direct' && place.audience === 'private') {
      lookups.directs.learn(actor.id, place.channel);
    }
  }

  return {
    take: (body) => track(take(body)),
    async settle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

interface Turn {
  readonly event: Inbound;
  readonly ack: Ack;
}

/** What must not overtake each other: events of a channel, and of one person. */
const keysOf = ({ actor, place }: Draft): string[] => [
  ...(place === 'direct' ? [] : [`chat:${place.channel}`]),
  ...(actor ? [`user:${actor.id}`] : []),
];

async function within(ms: number, work: Promise<void>): Promise<void> {
  const patience = new AbortController();
  await Promise.race([work, waitFor(ms, patience.signal)]);
  patience.abort();
}
