import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError } from './errors.ts';
import type { Json } from './json.ts';
import { createSendLimits, type SendLimits } from './limits.ts';
import { type Backstage, METHODS } from './methods.ts';
import { type Form, parseMultipart } from './multipart.ts';
import type { Request } from './params.ts';
import { createGroup, createUser, type FakeGroup, type FakeUser } from './people.ts';
import { createUpdateQueue, type QueuedUpdate, type UpdateQueue } from './updates.ts';
import { type Group, World } from './world.ts';

export { TELEGRAM_LIMITS } from './limits.ts';
export type { FakeGroup, FakeUser } from './people.ts';
export type { Shown } from './world.ts';

/** What goes wrong with one call: `after` it was carried out, or before. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly code: number;
      readonly description: string;
      readonly retryAfter?: number;
      readonly after?: boolean;
    }
  | { readonly kind: 'reset'; readonly after?: boolean }
  /** No answer, until the fake is closed. */
  | { readonly kind: 'hang'; readonly after?: boolean }
  /** A proxy's error page instead of JSON. */
  | { readonly kind: 'garbage'; readonly after?: boolean };

export interface FakeTelegramOptions {
  /** None by default, so that tests never wait. */
  readonly limits?: SendLimits;
  /** Milliseconds, for the age of presses; real time by default. */
  readonly clock?: () => number;
  /** Stands for the pause before a webhook is tried again; none by default. */
  readonly pause?: (seconds: number) => Promise<void>;
  /** As a self-hosted server in local mode: getFile answers with this path on disk. */
  readonly localPath?: (fileId: string) => string;
}

export interface FakeTelegram {
  /** The API root. */
  readonly url: string;
  readonly token: string;
  readonly botId: number;
  readonly username: string;
  user(who: { name: string; language?: string; phone?: string }): FakeUser;
  group(what: { title: string; forum?: boolean; supergroup?: boolean }): FakeGroup;
  /** The next `times` (1) calls of `method` ("*": of any) fail so. */
  failNext(method: string, fault: Fault, times?: number): void;
  /** Every call that arrived, oldest first; parameters as they came. */
  readonly calls: readonly { readonly method: string; readonly params: Json }[];
  /** Resolves once `method` was called `times` times altogether. */
  called(method: string, times?: number): Promise<void>;
  readonly menus: ReadonlyMap<string, readonly Json[]>;
  readonly updates: Pick<
    UpdateQueue,
    'hold' | 'release' | 'settled' | 'pending' | 'last' | 'webhook' | 'webhookAnswers'
  > & {
    /** Delivers an update a second time: the last one unless told. */
    duplicate(update?: QueuedUpdate): void;
    /** Queues any update, known to the Bot API or not. */
    push(kind: string, content: Json): QueuedUpdate;
  };
  /** Answers every call with 401 from now on. */
  revokeToken(): void;
  close(): Promise<void>;
}

const MAX_UPLOAD_BYTES = 51 * 1024 * 1024;

/** A Bot API server on this machine, as strict as Telegram's and stricter: unknown parameters fail. */
export async function startFakeTelegram(options: FakeTelegramOptions = {}): Promise<FakeTelegram> {
  const botId = 987_654_321;
  const token = `${botId}:fake-token-that-must-not-be-logged`;
  const world = new World(botId, 'thidua_bot');
  const updates = createUpdateQueue(options.pause ?? (() => Promise.resolve()));
  const calls: { method: string; params: Json }[] = [];
  const watchers = new Set<() => void>();
  const faults: { method: string; fault: Fault; times: number }[] = [];
  const menus = new Map<string, readonly Json[]>();
  let revoked = false;
  const stage: Backstage = {
    world,
    updates,
    queries: new Map(),
    menus,
    clock: options.clock ?? Date.now,
    takeToken: createSendLimits(options.limits),
    localPath: options.localPath ?? null,
  };

  function faultFor(method: string): Fault | null {
    const entry = faults.find((f) => f.times > 0 && (f.method === '*' || f.method === method));
    if (!entry) return null;
    entry.times -= 1;
    return entry.fault;
  }

  async function run(method: string, request: Request): Promise<Json> {
    try {
      const handler = METHODS[method];
      if (!handler) throw new ApiError(404, 'Not Found: method not found');
      return { ok: true, result: await handler(request, stage) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return failure(error);
    }
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = decodeURIComponent(new URL(req.url ?? '/', 'http://x').pathname);
    if (path.startsWith(`/file/bot${token}/`)) {
      const file = [...world.files.values()].find((f) => path === `/file/bot${token}/${f.path}`);
      if (!file) return answer(res, failure(new ApiError(404, 'Not Found')));
      res.writeHead(200, { 'content-type': file.mime }).end(file.bytes);
      return;
    }
    const [, given, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? [];
    if (given !== token || revoked) return answer(res, failure(new ApiError(401, 'Unauthorized')));
    const form = await readForm(req);
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    calls.push({ method, params: form.params });
    const fault = faultFor(method);
    for (const watcher of [...watchers]) watcher();
    const request = { ...form, gone: gone.signal };
    if (!fault) return answer(res, await run(method, request));
    if (fault.after) await run(method, request);
    spoil(req, res, fault);
  }

  const server = createServer((req, res) => {
    serve(req, res).catch((error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      answer(res, failure(new ApiError(500, `the fake failed: ${text}`)));
    });
  });
  // A connection that rests is not closed under a client that is about to use it again.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    token,
    botId,
    username: world.botUsername,
    calls,
    menus,
    user({ name, language, phone }) {
      const [firstName = name, ...rest] = name.split(' ');
      const id = 1000 + world.number();
      const account = {
        id,
        firstName,
        lastName: rest.length > 0 ? rest.join(' ') : null,
        language: language ?? null,
        phone: phone ?? `84912${String(id).padStart(6, '0')}`,
        started: false,
        blocked: false,
        deactivated: false,
      };
      world.accounts.set(id, account);
      return createUser(stage, account);
    },
    group({ title, forum = false, supergroup = forum }) {
      const id = supergroup ? -1_000_000_000_000 - world.number() : -1000 - world.number();
      const type = supergroup ? 'supergroup' : 'group';
      const group: Group = {
        id,
        type,
        title,
        forum,
        bot: 'never',
        deleted: false,
        topics: new Set(),
      };
      world.groups.set(id, group);
      return createGroup(stage, group);
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
    updates: {
      hold: updates.hold,
      release: updates.release,
      settled: updates.settled,
      pending: updates.pending,
      last: updates.last,
      webhook: updates.webhook,
      webhookAnswers: updates.webhookAnswers,
      duplicate: (update = updates.last()) => updates.duplicate(update),
      push: (kind, content) => updates.push(kind, 'raw', content),
    },
    revokeToken() {
      revoked = true;
    },
    async close() {
      updates.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const failure = ({ code, message, parameters }: ApiError): Json => ({
  ok: false,
  error_code: code,
  description: message,
  ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
});

function answer(res: ServerResponse, body: Json): void {
  if (res.destroyed || res.writableEnded) return;
  const status = body.ok === true ? 200 : Number(body.error_code);
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function spoil(req: IncomingMessage, res: ServerResponse, fault: Fault): void {
  switch (fault.kind) {
    case 'status': {
      const parameters = fault.retryAfter === undefined ? {} : { retry_after: fault.retryAfter };
      answer(res, failure(new ApiError(fault.code, fault.description, parameters)));
      return;
    }
    case 'reset':
      req.socket.destroy();
      return;
    case 'garbage':
      res.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>');
      return;
    case 'hang':
      return;
  }
}

async function readForm(req: IncomingMessage): Promise<{ params: Json; files: Form['files'] }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_UPLOAD_BYTES) throw new ApiError(413, 'Request Entity Too Large');
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const type = req.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) {
    const { fields, files } = parseMultipart(body, type);
    return { params: fields, files };
  }
  return {
    params: body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Json),
    files: {},
  };
}
