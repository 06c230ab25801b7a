import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Router } from 'express';
import type { Adapter, AdapterHost, Delivery } from '../../src/chat/index.ts';
import { createActions } from './actions.ts';
import { createDirectory } from './directory.ts';
import { forgetful, type Journal, openJournal, readJournal } from './journal.ts';
import { abilities, PACE, PLATFORM, TENANT } from './limits.ts';
import { createLive } from './live.ts';
import { address } from './parse.ts';
import { Refusal } from './refusal.ts';
import { paginate } from './render.ts';
import { createRouter, type World } from './router.ts';
import { createTranscript } from './transcript.ts';
import { createTurns, type Turns } from './turns.ts';
import type { PlaygroundOptions, PlaygroundPage } from './types.ts';
import { createUploads } from './uploads.ts';

export type {
  PlaygroundOptions,
  PlaygroundPerson,
  PlaygroundRole,
  PlaygroundRoom,
} from './types.ts';

export interface Playground extends Adapter<PlaygroundPage> {
  /** The page; mount it on a server that listens on this machine only. */
  readonly router: Router;
}

/**
 * A chat platform that is one page in a browser: anyone of the roster, new accounts and groups, with
 * a clock that can be moved. It honours the same contract as the real platforms.
 */
export function createPlayground(options: PlaygroundOptions): Playground {
  const live = createLive(() => options.clock.now());
  let world: World | null = null;
  let turns: Turns | null = null;
  let journal: Journal = forgetful;

  const started = (): World => {
    if (!world) throw new Refusal(503, 'not-started');
    return world;
  };

  async function open(host: AdapterHost): Promise<Omit<World, 'actions' | 'host'>> {
    if (world) return world;
    const { folder } = options;
    const uploads = createUploads(folder === null ? null : join(folder, 'files'));
    const path = folder === null ? null : join(folder, 'transcript.jsonl');
    const transcript = createTranscript(
      path === null ? [] : await readJournal(path, host.log),
      (entry) => live.push('entry', entry),
      (ref) => uploads.drop(ref),
    );
    if (path !== null) {
      journal = await openJournal(path, transcript.lines(), host.log);
      transcript.writeTo(journal);
    }
    return { transcript, uploads, directory: createDirectory(options, transcript) };
  }

  /** Why nobody would read a message there, or null. */
  async function unreadable(chat: string): Promise<Delivery | null> {
    const { directory } = started();
    const account = await directory.account(chat);
    if (account) return account.blocked ? { outcome: 'gone', cause: 'blocked' } : null;
    const room = await directory.room(chat);
    if (!room) return { outcome: 'gone', cause: 'not-found' };
    return room.member ? null : { outcome: 'gone', cause: 'removed' };
  }

  /** Nothing here can be lost on the way: a failure means that nothing was written. */
  const attempt = async (work: () => Promise<Delivery>): Promise<Delivery> => {
    try {
      return await work();
    } catch (error) {
      return { outcome: 'retry', afterMs: 1000, scope: 'bot', cause: String(error) };
    }
  };

  return {
    platform: PLATFORM,
    tenant: TENANT,
    abilities: abilities(options.pageUrl),
    pace: PACE,
    router: createRouter(options, live, started),
    async start(host) {
      const parts = await open(host);
      turns = createTurns(host, parts.transcript);
      const now = (): string => options.clock.now();
      world = { ...parts, host, actions: createActions({ ...parts, turns, now }) };
    },
    async stop() {
      await turns?.close();
      live.close();
      await journal.settled();
    },
    paginate: (message) => paginate(message),
    // Its sends are never uncertain, and it shows no page of a person's own.
    lookUp: null,
    home: null,
    send: (to, page) =>
      attempt(async () => {
        const lost = await unreadable(to.chat);
        if (lost) return lost;
        const { id } = started().transcript.add({
          chat: to.chat,
          at: options.clock.now(),
          from: null,
          body: { kind: 'page', page },
          delivery: null,
        });
        return { outcome: 'ok', ref: { at: to, id } };
      }),
    edit: (ref, page) =>
      attempt(async () => {
        const lost = await unreadable(ref.at.chat);
        if (lost) return lost;
        const { transcript } = started();
        const entry = transcript.entry(ref.id);
        if (entry?.body.kind !== 'page') return { outcome: 'gone', cause: 'not-found' };
        if (!isDeepStrictEqual(entry.body.page, page))
          transcript.change(ref.id, { body: { kind: 'page', page }, edited: true });
        return { outcome: 'ok', ref };
      }),
    openDirect: (identity) => Promise.resolve(address(identity.user)),
    download: async (file) => started().uploads.read(file.ref),
  };
}
