import { fileURLToPath } from 'node:url';
import express, { type ErrorRequestHandler, type Response, type Router } from 'express';
import { ZodError } from 'zod';
import type { AdapterHost } from '../../src/chat/index.ts';
import type { Actions } from './actions.ts';
import { pictureType, sendBytes } from './bytes.ts';
import type { Directory } from './directory.ts';
import { guard } from './guard.ts';
import { LIMITS } from './limits.ts';
import type { Live } from './live.ts';
import { Action, ClockMove, NewAccount, NewRoom, UploadQuery } from './parse.ts';
import { Refusal } from './refusal.ts';
import type { Transcript } from './transcript.ts';
import type { PlaygroundOptions } from './types.ts';
import type { Uploads } from './uploads.ts';

/** What exists between the adapter's start and the end of the process. */
export interface World {
  readonly host: AdapterHost;
  readonly transcript: Transcript;
  readonly directory: Directory;
  readonly uploads: Uploads;
  readonly actions: Actions;
}

const PAGE = fileURLToPath(new URL('./page/', import.meta.url));

/** The page and what it asks for. `world` throws a Refusal before the adapter has started. */
export function createRouter(options: PlaygroundOptions, live: Live, world: () => World): Router {
  const router = express.Router();
  const json = express.json({ limit: LIMITS.requestBytes });
  const raw = express.raw({ type: () => true, limit: LIMITS.uploadBytes });
  router.use(guard);

  router.get('/', (request, response, next) => {
    // The page's own addresses are relative to it.
    const [path = '', query] = request.originalUrl.split('?');
    if (path.endsWith('/')) next();
    else response.redirect(308, `${path}/${query === undefined ? '' : `?${query}`}`);
  });
  router.use(express.static(PAGE, { cacheControl: false }));

  router.get('/api/state', async (_request, response) => {
    const { directory, transcript } = world();
    const [accounts, rooms] = await Promise.all([directory.accounts(), directory.rooms()]);
    fresh(response).json({
      title: options.title,
      commands: options.commands,
      now: options.clock.now(),
      movable: options.clock.moveTo !== null,
      accounts,
      rooms,
      chats: Object.fromEntries(
        transcript.chats().map((chat) => {
          const entries = transcript.chat(chat);
          const fromBot = entries.filter((e) => e.from === null).map((e) => e.seq);
          return [chat, { last: entries.at(-1) ?? null, fromBot: fromBot.slice(-100) }];
        }),
      ),
    });
  });

  router.get('/api/chats/:chat', (request, response) => {
    fresh(response).json(world().transcript.chat(request.params.chat));
  });

  router.get('/api/live', (_request, response) => {
    world();
    live.attach(response);
  });

  router.post('/api/events', json, async (request, response) => {
    const action = Action.parse(request.body);
    const ack = await world().actions.act(action);
    if (action.kind !== 'text' && action.kind !== 'press') live.push('people', {});
    response.json(ack);
  });

  router.post('/api/files', raw, async (request, response) => {
    const query = UploadQuery.parse(request.query);
    const bytes: unknown = request.body;
    if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw new Refusal(400, 'empty-file');
    const picture = pictureType(bytes);
    if (query.as === 'photo' && !picture) throw new Refusal(415, 'not-a-picture');
    const told = request.headers['content-type'] ?? '';
    const mime = picture ?? (/^[\w.+-]+\/[\w.+-]+/.exec(told)?.[0] || 'application/octet-stream');
    response.json(await world().actions.upload(query, mime, bytes));
  });

  router.post('/api/accounts', json, async (request, response) => {
    const { name, phone } = NewAccount.parse(request.body);
    const user = await world().actions.makeAccount(name, phone);
    live.push('people', {});
    response.status(201).json({ user });
  });

  router.post('/api/rooms', json, async (request, response) => {
    const { title, ...by } = NewRoom.parse(request.body);
    const chat = await world().actions.makeRoom(by, title);
    live.push('people', {});
    response.status(201).json({ chat });
  });

  router.post('/api/clock', json, async (request, response) => {
    const { to } = ClockMove.parse(request.body);
    const { moveTo } = options.clock;
    if (!moveTo) throw new Refusal(409, 'not-movable');
    const now = options.clock.now();
    const zone = /\[[^\]]+\]$/.exec(now)?.[0] ?? '';
    // Both are wall-clock times of one zone, so their letters compare as they do.
    if (to <= now.slice(0, to.length)) throw new Refusal(409, 'backwards');
    await moveTo(`${to}${zone}`);
    live.push('clock', { now: options.clock.now() });
    response.json({ now: options.clock.now() });
  });

  router.get('/media/:sha256', async (request, response) => {
    const { sha256 } = request.params;
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Refusal(404, 'no-file');
    const bytes = await world()
      .host.media(sha256)
      .catch(() => {
        throw new Refusal(404, 'no-file');
      });
    sendBytes(response, bytes, nameIn(request.query.name));
  });

  router.get('/files/:ref', async (request, response) => {
    const bytes = await world()
      .uploads.read(request.params.ref)
      .catch(() => {
        throw new Refusal(404, 'no-file');
      });
    sendBytes(response, bytes, nameIn(request.query.name));
  });

  router.use('/api', (_request, response) => {
    response.status(404).json({ error: 'not-found' });
  });
  router.use(failed(world));
  return router;
}

const fresh = (response: Response): Response => response.set('Cache-Control', 'no-store');
const nameIn = (query: unknown): string =>
  typeof query === 'string' && query !== '' ? query.slice(0, 200) : 'tep';

/** Codes for the page; the cause of a fault goes to the log and never to the browser. */
function failed(world: () => World): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const [status, code] = answerTo(error);
    if (status === 500)
      world().host.log.error({ cause: String(error) }, 'playground request failed');
    response.status(status).json({ error: code });
  };
}

function answerTo(error: unknown): [number, string] {
  if (error instanceof Refusal) return [error.status, error.code];
  if (error instanceof ZodError) return [400, 'bad-request'];
  const status = error instanceof Error && 'status' in error ? error.status : 500;
  if (status === 413) return [413, 'too-large'];
  if (typeof status === 'number' && status >= 400 && status < 500) return [status, 'bad-request'];
  return [500, 'fault'];
}
