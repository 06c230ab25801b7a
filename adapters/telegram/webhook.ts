import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdapterLog } from '../../src/chat/index.ts';
import type { Intake } from './intake.ts';

/** Telegram's updates are a few kilobytes; more is not from Telegram. */
const MAX_BODY_BYTES = 1024 * 1024;
/** After this Telegram tries again; it honours the header (up to an hour). */
const RETRY_AFTER_SECONDS = 5;
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/**
 * Answers Telegram's requests: 200 only once the turn is committed, 503 when it was not. Never
 * throws. grammY's own handler leaves the request open when a handler fails, hence this one.
 */
export async function serveWebhook(
  req: IncomingMessage,
  res: ServerResponse,
  { intake, secret, log }: { intake: Intake | null; secret: string; log: AdapterLog | null },
): Promise<void> {
  if (req.method !== 'POST') return reply(res, 405, { allow: 'POST' });
  if (!sameSecret(req.headers[SECRET_HEADER], secret)) return reply(res, 401);
  if (!intake) return unavailable(res);
  const body = await readBody(req);
  if (body === 'too-large') return reply(res, 413, { connection: 'close' });
  if (body === 'broken') return;
  const update = intake.parse(parseJson(body));
  if (!update) {
    log?.warn({ bytes: body.length }, 'a webhook request without an update in it');
    return reply(res, 200);
  }
  try {
    await intake.take(update);
  } catch (error) {
    log?.error({ update: update.id, err: error }, 'a turn failed; Telegram will deliver it again');
    return unavailable(res);
  }
  reply(res, 200);
}

function sameSecret(given: string | string[] | undefined, secret: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function readBody(req: IncomingMessage): Promise<Buffer | 'too-large' | 'broken'> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of req as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) return 'too-large';
      chunks.push(chunk);
    }
  } catch {
    return 'broken';
  }
  return Buffer.concat(chunks);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

const unavailable = (res: ServerResponse): void =>
  reply(res, 503, { 'retry-after': String(RETRY_AFTER_SECONDS) });

function reply(res: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  res.writeHead(status, headers).end();
}
