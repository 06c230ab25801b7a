import type { IncomingMessage, ServerResponse } from 'node:http';
import { Api, GrammyError } from 'grammy';
import { type Adapter, type AdapterHost, deferred, type Pace } from '../../src/chat/index.ts';
import { downloadFile } from './download.ts';
import { createIntake, type Intake } from './intake.ts';
import { abilities, PACE, PLATFORM } from './limits.ts';
import { describeError } from './outcome.ts';
import { poll } from './poll.ts';
import { paginate, type TelegramPage } from './render.ts';
import { editPage, sendPage } from './send.ts';
import { checkToken, identify, type Menus, syncMenus, usePolling, useWebhook } from './setup.ts';
import { type Wait, waitFor } from './wait.ts';
import { serveWebhook } from './webhook.ts';

export interface TelegramOptions {
  /** From @BotFather: `<bot id>:<secret>`. */
  readonly token: string;
  /** A Bot API server of one's own; Telegram's by default. */
  readonly apiRoot?: string;
  /** `secret`: 1–256 of `A-Za-z0-9_-`, sent back by Telegram with every request. */
  readonly mode:
    | 'polling'
    | { readonly webhook: { readonly url: string; readonly secret: string } };
  readonly menus: Menus;
  /** Instead of Telegram's own limits, for a test. */
  readonly pace?: Pace;
  /** Instead of real pauses, for a test. */
  readonly wait?: Wait;
  /** Seconds until a call counts as unanswered (15) and an empty poll is closed (30). */
  readonly timeouts?: { readonly call?: number; readonly poll?: number };
}

/** How the intake fares, for the health check. */
type IntakeState =
  | { readonly state: 'stopped' | 'starting' | 'receiving' }
  /** Telegram refused the token while running; nothing comes in any more. */
  | { readonly state: 'refused'; readonly cause: string };

export interface Telegram extends Adapter<TelegramPage> {
  /** Without "@"; known once `start` has resolved. */
  readonly username: string;
  /** Serves Telegram's requests. Never throws. Present in webhook mode only. */
  readonly webhook?: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** Asks whether the token holds, before anything is started. @throws a plain sentence when not */
  check(): Promise<void>;
  intake(): IntakeState;
  /** Resolves after `stop`; rejects with a plain sentence when Telegram refuses the token later on. */
  readonly ended: Promise<void>;
}

const DEFAULT_ROOT = 'https://api.telegram.org';

export function createTelegram(options: TelegramOptions): Telegram {
  const { token, mode, menus } = options;
  const root = (options.apiRoot ?? DEFAULT_ROOT).replace(/\/+$/, '');
  const wait = options.wait ?? waitFor;
  const callSeconds = options.timeouts?.call ?? 15;
  const pollSeconds = options.timeouts?.poll ?? 30;
  const api = new Api(token, { apiRoot: root, timeoutSeconds: callSeconds });
  const pollApi = new Api(token, { apiRoot: root, timeoutSeconds: pollSeconds + callSeconds });
  const tenant = token.split(':', 1)[0] ?? '';

  let username = '';
  let host: AdapterHost | null = null;
  let intake: Intake | null = null;
  let state: IntakeState = { state: 'stopped' };
  let stopping = new AbortController();
  let polling: Promise<void> = Promise.resolve();
  const end = deferred();

  const reach = { api, host: () => host };

  function refused(given: AdapterHost, error: unknown): void {
    const text = `Telegram no longer accepts the bot token (${describeError(error)}). Copy it again from @BotFather into TELEGRAM_BOT_TOKEN and start again.`;
    state = { state: 'refused', cause: text };
    given.log.error({}, text);
    stopping.abort();
    end.reject(new Error(text));
  }

  async function pollUnder(given: AdapterHost, taking: Intake): Promise<void> {
    const settings = {
      api: pollApi,
      intake: taking,
      log: given.log,
      wait,
      timeoutSeconds: pollSeconds,
    };
    await given.exclusive(
      `telegram:poll:${tenant}`,
      async (signal) => {
        try {
          await poll(settings, signal);
        } catch (error) {
          if (!(error instanceof GrammyError)) throw error;
          refused(given, error);
        }
      },
      stopping.signal,
    );
  }

  return {
    platform: PLATFORM,
    tenant,
    get username() {
      return username;
    },
    abilities: abilities(() => username),
    pace: options.pace ?? PACE,
    ended: end.promise,
    check: () => checkToken(api),
    intake: () => state,

    async start(given) {
      const { log } = given;
      stopping = new AbortController();
      const { signal } = stopping;
      state = { state: 'starting' };
      const me = await identify(api, { root, log, wait }, signal);
      username = me.username;
      await syncMenus(api, menus, log);
      host = given;
      intake = createIntake(api, given, { tenant, username });
      if (mode === 'polling') {
        await usePolling(api, { log, wait }, signal);
        polling = pollUnder(given, intake).catch((error: unknown) => {
          log.error({ err: error }, 'polling Telegram ended by a fault');
          state = { state: 'refused', cause: 'polling ended by a fault, see the log' };
          end.reject(error);
        });
      } else {
        await useWebhook(api, mode.webhook, { log, wait }, signal);
      }
      if (state.state === 'starting') state = { state: 'receiving' };
    },

    async stop() {
      stopping.abort();
      await polling;
      const taking = intake;
      intake = null;
      await taking?.settle();
      if (state.state !== 'refused') state = { state: 'stopped' };
      if (host) end.resolve();
    },

    paginate,
    // Telegram lists no past messages to a bot, and has no page of a person's own.
    lookUp: null,
    home: null,
    send: (to, page) => sendPage(reach, to, page),
    edit: (ref, page) => editPage(reach, ref, page),
    // A private chat has the number of the person; it exists once they have started the bot.
    openDirect: async ({ platform, tenant: bot, user }) => ({ platform, tenant: bot, chat: user }),
    download: (file) => downloadFile({ api, root, token }, file),

    ...(mode === 'polling'
      ? {}
      : {
          webhook: (req: IncomingMessage, res: ServerResponse) =>
            serveWebhook(req, res, { intake, secret: mode.webhook.secret, log: host?.log ?? null }),
        }),
  };
}
