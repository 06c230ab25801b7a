import { SocketModeReceiver } from '@slack/bolt';
import type { AdapterLog } from '../../src/chat/index.ts';
import { acknowledgeAfter, type Take } from './bolt.ts';
import { quietLogger } from './client.ts';
import { describeError, limitedFor } from './outcome.ts';
import { persist, refused } from './setup.ts';
import { backoffMs, type Wait, waitFor } from './wait.ts';

/** Socket Mode: Slack delivers over a connection that the bot opens. */
export interface SocketIntake {
  /**
   * Connects, and from then on keeps connected until `signal` aborts.
   * @throws a sentence that says what to correct.
   */
  connect(signal: AbortSignal): Promise<void>;
  /** Ends the connection; resolves when it is gone. */
  disconnect(): Promise<void>;
}

interface Connection {
  /** Resolves when it is no more. */
  readonly ended: Promise<void>;
}

export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly take: Take;
  readonly log: () => AdapterLog | null;
  readonly wait: Wait;
  /** Milliseconds that only rise. */
  readonly now: () => number;
  readonly timeoutMs: number;
  /** Whether Slack can deliver now. */
  readonly connected: (is: boolean) => void;
  /** Slack refuses the app-level token later on. */
  readonly refusedLater: (error: Error) => void;
}

const APP_TOKEN =
  'Slack does not accept the app token. Copy the App-Level Token with connections:write from the page Basic Information of the app into SLACK_APP_TOKEN, and switch Socket Mode on.';

/** A connection that ends sooner was none: the next attempt waits. Slack keeps one for hours. */
const STABLE_MS = 10_000;
/** Slack answers a closing connection at once; a dead one is left to itself. */
const CLOSING_MS = 2_000;

export function createSocket(options: SocketOptions): SocketIntake {
  const { appToken, apiUrl, take, log, wait, now, timeoutMs } = options;
  const logger = quietLogger(log);
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    // Its own way of connecting again waits five seconds each time, and ends the process when Slack
    // cannot be reached: the failure is nobody's to catch.
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        slackApiUrl: apiUrl,
        timeout: timeoutMs,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    },
    processEventErrorHandler: () => Promise.resolve(false),
  });
  acknowledgeAfter(receiver, take, { log, logger });
  const { client } = receiver;

  let lost = (): void => undefined;
  client.on('disconnected', () => lost());

  async function open(): Promise<Connection> {
    const ended = new Promise<void>((resolve) => {
      lost = resolve;
    });
    try {
      await client.start();
    } catch (error) {
      // Without an error: the connection was closed before Slack's greeting.
      throw error ?? new Error('the connection was closed at once');
    }
    return { ended };
  }

  async function keep(first: Connection, signal: AbortSignal): Promise<void> {
    let connection: Connection | null = first;
    let since = now();
    let failures = 0;
    while (connection && !signal.aborted) {
      options.connected(true);
      await connection.ended;
      if (signal.aborted) break;
      options.connected(false);
      log()?.debug({}, 'the connection to Slack ended; connecting anew');
      failures = now() - since < STABLE_MS ? failures + 1 : 0;
      if (failures > 1) await wait(backoffMs(failures - 1), signal);
      connection = await again(signal);
      since = now();
    }
  }

  /** Null when there is nothing to connect for any more. */
  async function again(signal: AbortSignal): Promise<Connection | null> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        const connection = await open();
        if (failures > 0) log()?.info({ attempts: failures }, 'connected to Slack again');
        // Stopped meanwhile: nobody else closes this one.
        if (signal.aborted) await client.disconnect();
        return connection;
      } catch (error) {
        if (signal.aborted) return null;
        const cause = describeError(error);
        if (refused(error)) {
          options.refusedLater(new Error(`${APP_TOKEN} (${cause})`));
          return null;
        }
        failures += 1;
        if (failures === 1) log()?.warn({ cause }, 'the connection to Slack is lost; trying again');
        await wait(limitedFor(error) ?? backoffMs(failures), signal);
      }
    }
    return null;
  }

  let keeping: Promise<void> = Promise.resolve();
  return {
    async connect(signal) {
      const given = log();
      if (!given) throw new Error('the adapter was not started');
      const connection = await persist(APP_TOKEN, { apiUrl, log: given, wait }, signal, open);
      keeping = keep(connection, signal);
    },
    async disconnect() {
      const closing = new AbortController();
      const closed = Promise.all([client.disconnect(), keeping]);
      await Promise.race([closed, waitFor(CLOSING_MS, closing.signal)]);
      closing.abort();
    },
  };
}
