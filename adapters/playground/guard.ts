import type { RequestHandler } from 'express';

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Name in a Host header, without the port; `[::1]` keeps its brackets. */
const hostName = (host: string): string => host.replace(/:\d*$/, '').toLowerCase();

/** Everything the page loads is its own; nothing may frame it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The page lets anyone be anybody, so only this machine's own browser, on the page itself, may use
 * it: a foreign Host is a rebound DNS name, a foreign Origin another site's script.
 */
export const guard: RequestHandler = (request, response, next) => {
  response.set({
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
  });
  const host = request.headers.host ?? '';
  if (!LOCAL.has(hostName(host))) {
    response.status(403).json({ error: 'foreign-host' });
    return;
  }
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const own = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  const foreign = !own || site === 'cross-site' || site === 'same-site';
  // Following a link to the page is fine from anywhere.
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const navigates = reads && request.headers['sec-fetch-mode'] === 'navigate';
  if (foreign && !navigates) {
    response.status(403).json({ error: 'foreign-origin' });
    return;
  }
  next();
};
