import type { IncomingMessage, ServerResponse } from 'node:http';
import { SlackError } from './errors.ts';
import type { CallLog, Fault } from './faults.ts';
import { type Backstage, mayRead, need } from './methods/backstage.ts';
import { receiveUpload } from './methods/files.ts';
import { METHODS } from './methods/index.ts';
import { respond } from './methods/response-url.ts';
import type { Json } from './world.ts';

/** Which tokens are good, and for what. */
interface Tokens {
  readonly bot: string;
  readonly app: string;
  /** Scopes of the app-level token. */
  readonly appScopes: ReadonlySet<string>;
  /** Why the bot token is refused from now on, or null. */
  readonly refused: () => 'token_revoked' | 'account_inactive' | null;
}

/** Everything but Socket Mode: `/api/…`, uploads, downloads, `response_url`s. */
export interface Site {
  readonly stage: Backstage;
  readonly tokens: Tokens;
  readonly log: CallLog;
}

const MAX_BODY_BYTES = 60 * 1024 * 1024;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const json = (body: Json, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});

const plain = (body: string, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
});

const failure = ({ code, fields, retryAfter }: SlackError): Answer =>
  retryAfter === null
    ? json({ ok: false, error: code, ...fields })
    : json({ ok: false, error: code, ...fields }, 429, { 'retry-after': String(retryAfter) });

/** Answers one request. */
export async function serve(site: Site, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { pathname } = new URL(req.url ?? '/', 'http://x');
  const [, place = '', ...rest] = pathname.split('/');
  const body = await bodyOf(req);
  const { call, carryOut } = route(site, { req, place, rest, body });
  const fault = site.log.arrived(call);
  if (!fault) return send(res, carryOut());
  if (fault.after) carryOut();
  const answer = spoiled(req, fault);
  if (answer) send(res, answer);
}

function route(
  site: Site,
  it: { req: IncomingMessage; place: string; rest: readonly string[]; body: Buffer },
): { call: { method: string; params: Json }; carryOut: () => Answer } {
  const { req, place, rest, body } = it;
  const last = rest.at(-1) ?? '';
  const { world } = site.stage;
  switch (place) {
    case 'api': {
      const { token, params } = readCall(req, body);
      return { call: { method: last, params }, carryOut: () => run(site, last, token, params) };
    }
    case 'upload':
      return {
        call: { method: 'upload', params: { file: last, bytes: body.length } },
        carryOut: () => upload(site, last, req, body),
      };
    case 'files-pri': {
      const id = (rest[0] ?? '').replace(`${world.teamId}-`, '');
      return {
        call: { method: 'download', params: { file: id } },
        carryOut: () => download(site, id, bearer(req)),
      };
    }
    case 'response': {
      const params = JSON.parse(body.toString('utf8')) as Json;
      return {
        call: { method: 'response_url', params },
        carryOut: () => {
          try {
            respond(last, params, site.stage);
            return plain('ok');
          } catch (error) {
            if (!(error instanceof SlackError)) throw error;
            return json({ ok: false, error: error.code, ...error.fields }, 404);
          }
        },
      };
    }
    default:
      return { call: { method: place, params: {} }, carryOut: () => plain('not found', 404) };
  }
}

/** Who calls, and with what. @throws SlackError for an unreadable body. */
function readCall(req: IncomingMessage, body: Buffer): { token: string | null; params: Json } {
  const type = req.headers['content-type'] ?? '';
  const written = body.toString('utf8');
  if (type.startsWith('application/json')) {
    return { token: bearer(req), params: JSON.parse(written === '' ? '{}' : written) as Json };
  }
  const { token = null, ...params } = Object.fromEntries(new URLSearchParams(written));
  return { token: bearer(req) ?? token, params };
}

const bearer = (req: IncomingMessage): string | null =>
  /^Bearer (\S+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? null;

/** @throws as Slack does about a token, before it looks at anything else. */
function authorise({ tokens }: Site, token: string | null, forApp: boolean): void {
  if (token === null) throw new SlackError('not_authed');
  if (token !== tokens.bot && token !== tokens.app) throw new SlackError('invalid_auth');
  const refused = tokens.refused();
  if (token === tokens.bot && refused) throw new SlackError(refused);
  if ((token === tokens.app) !== forApp) throw new SlackError('not_allowed_token_type');
}

function run(site: Site, name: string, token: string | null, params: Json): Answer {
  const { stage, tokens } = site;
  const scopes = [...(token === tokens.app ? tokens.appScopes : stage.scopes)].join(',');
  try {
    const method = METHODS.get(name);
    if (!method) throw new SlackError('unknown_method', { req_method: name });
    authorise(site, token, method.app === true);
    // The limit of a message's channel is the method's own to take, once it is known.
    if (!name.startsWith('chat.')) stage.takeToken(name, null);
    const granted = method.app ? { ...stage, scopes: tokens.appScopes } : stage;
    if (method.scope !== undefined) need(granted, method.scope);
    const answer = method.run(params, stage);
    return json({ ok: true, ...answer }, 200, {
      'x-oauth-scopes': scopes,
      'x-accepted-oauth-scopes': method.scope ?? '',
    });
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return failure(error);
  }
}

/** The address carries its own right: a token has no business there. */
function upload({ stage }: Site, id: string, req: IncomingMessage, body: Buffer): Answer {
  if (bearer(req) !== null) return plain('no token here', 400);
  try {
    receiveUpload(stage.world, id, new Uint8Array(body));
    return plain(`OK - ${body.length}`);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return plain(error.message, 400);
  }
}

/** A private file; who may not see it is led to the page where one signs in. */
function download({ stage, tokens }: Site, id: string, token: string | null): Answer {
  const file = stage.world.files.get(id);
  const may =
    token === tokens.bot &&
    tokens.refused() === null &&
    stage.scopes.has('files:read') &&
    file?.state === 'complete' &&
    mayRead(stage.world, file);
  if (!may) {
    return {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: '<!DOCTYPE html><html><head><title>Sign in | Slack</title></head></html>',
    };
  }
  return { status: 200, headers: { 'content-type': file.mime }, body: file.bytes };
}

/** What comes instead of the answer; null: none ever does. */
function spoiled(req: IncomingMessage, fault: Fault): Answer | null {
  switch (fault.kind) {
    case 'error':
      return failure(new SlackError(fault.code, fault.fields));
    case 'limited':
      return failure(new SlackError('ratelimited', {}, fault.seconds));
    case 'status':
      return plain('something is wrong', fault.code);
    case 'garbage':
      return { ...plain('<html>Bad Gateway</html>'), headers: { 'content-type': 'text/html' } };
    case 'reset':
      req.socket.destroy();
      return null;
    case 'hang':
      return null;
  }
}

function send(res: ServerResponse, { status, headers, body }: Answer): void {
  if (res.destroyed || res.writableEnded) return;
  res.writeHead(status, { ...headers }).end(body);
}

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error('a body of more than 60 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
