import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, {
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type Response,
} from 'express';
import type { Registry } from 'prom-client';
import type { Health } from './health.ts';

/** An express router, or a handler of raw requests such as a webhook, whose body is left unread. */
export interface Mount {
  readonly path: string;
  readonly handler: (request: Request, response: Response, next: NextFunction) => unknown;
}

export interface HttpServerOptions {
  readonly health: () => Promise<Health>;
  readonly metrics: Registry;
  readonly mounts: readonly Mount[];
  readonly log: {
    info(fields: object, text: string): void;
    error(fields: object, text: string): void;
  };
}

export interface HttpServer {
  /**
   * @returns the address it listens on, with the real port when `port` is 0
   * @throws a plain sentence naming PORT or HOST when it cannot listen
   */
  start(host: string, port: number): Promise<string>;
  /** No new requests; waits for those in flight, at most `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

/** One server for health, numbers, webhooks and the playground. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const app = express();
  app.disable('x-powered-by');

  /** The process answers: a supervisor that only wants to know whether to restart it asks this. */
  app.get('/health/live', (_request, response) => {
    response.json({ live: true });
  });
  app.get('/health', async (_request, response) => {
    const health = await options.health();
    response.status(health.ready ? 200 : 503).json(health);
  });
  app.get('/metrics', async (_request, response) => {
    const text = await options.metrics.metrics();
    response.set('Content-Type', options.metrics.contentType).send(text);
  });
  for (const { path, handler } of options.mounts) app.use(path, handler);

  app.use((_request, response) => {
    response.status(404).json({ error: 'not found' });
  });
  const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
    const status = clientError(error);
    if (status === null)
      options.log.error(
        { method: request.method, path: request.path, cause: error },
        'an HTTP request failed',
      );
    if (response.headersSent) next(error);
    else response.status(status ?? 500).json({ error: status ? 'bad request' : 'internal error' });
  };
  app.use(failed);
  // Express prints the stack of errors it finishes itself, unless told that this is production.
  app.set('env', 'production');

  let server: Server | null = null;
  return {
    start: (host, port) =>
      new Promise((resolve, reject) => {
        const starting = createServer(app);
        starting.once('error', (error: NodeJS.ErrnoException) =>
          reject(new Error(cannotListen(error, host, port), { cause: error })),
        );
        starting.listen(port, host, () => {
          server = starting;
          const address = `http://${shown(host)}:${(starting.address() as AddressInfo).port}`;
          options.log.info({ address }, 'listening');
          resolve(address);
        });
      }),
    async stop(graceMs = 5000) {
      const stopping = server;
      if (!stopping) return;
      server = null;
      const closed = new Promise<void>((resolve) => stopping.close(() => resolve()));
      stopping.closeIdleConnections();
      const impatient = setTimeout(() => stopping.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(impatient);
    },
  };
}

/** The status of an error that is the caller's fault, as body parsers give it; null for ours. */
function clientError(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}

const shown = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `PORT=${port} is already in use on ${host}: stop the other program, or set PORT to a free one.`;
    case 'EACCES':
      return `PORT=${port} may not be opened by this user: ports below 1024 need rights, set PORT to a higher one.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST=${host} is not an address of this machine: set HOST to one that is, such as 127.0.0.1.`;
    default:
      return `Cannot listen on HOST=${host}, PORT=${port}: ${error.message}.`;
  }
}
