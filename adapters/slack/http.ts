import { ExpressReceiver } from '@slack/bolt';
import { Router } from 'express';
import type { AdapterLog } from '../../src/chat/index.ts';
import { acknowledgeAfter, type Take } from './bolt.ts';
import { quietLogger } from './client.ts';

/**
 * Takes Slack's requests: 200 once the turn is committed, 401 when the signature is wrong or older than
 * five minutes, 503 when the turn failed. To be mounted at `EVENTS_PATH`, its body unread.
 */
export function createHttp({
  signingSecret,
  take,
  log,
}: {
  readonly signingSecret: string;
  readonly take: Take;
  readonly log: () => AdapterLog | null;
}): Router {
  const logger = quietLogger(log);
  const router = Router();
  let warned = false;
  router.use((_request, response, next) => {
    response.on('finish', () => {
      if (response.statusCode !== 401) return;
      const level = warned ? 'debug' : 'warn';
      warned = true;
      log()?.[level]({}, UNSIGNED);
    });
    next();
  });
  const receiver = new ExpressReceiver({
    signingSecret,
    logger,
    router,
    endpoints: '/',
    processBeforeResponse: true,
    async processEventErrorHandler({ response }) {
      if (!response.headersSent) response.writeHead(503).end();
      return false;
    },
    // Bolt would answer 404 after three seconds, when Slack has given up; a late 200 does no harm.
    unhandledRequestHandler: () => undefined,
  });
  acknowledgeAfter(receiver, take, { log, logger });
  return router;
}

const UNSIGNED =
  'a request to the events address was refused: it was not signed with SLACK_SIGNING_SECRET, or is older than five minutes. If Slack delivers nothing, copy the Signing Secret again from the page Basic Information of the app, and check the clock.';
