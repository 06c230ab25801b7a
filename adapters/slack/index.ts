import type { Router } from 'express';
import { type Adapter, type AdapterHost, deferred, type Pace } from '../../src/chat/index.ts';
import { createAnswerer, type Words } from './answer.ts';
import { NotTaking } from './bolt.ts';
import { createClient } from './client.ts';
import { createDirects, type Directs } from './direct.ts';
import { downloadFile } from './download.ts';
import { publishHome } from './home.ts';
import { createHttp } from './http.ts';
import { createIntake, type Intake } from './intake.ts';
import { createLanes } from './lanes.ts';
import { abilities, PACE, PLATFORM } from './limits.ts';
import { lookUp } from './look-up.ts';
import type { SlackPage } from './page.ts';
import { createReach } from './reach.ts';
import { paginate } from './render.ts';
import { editPage, sendPage } from './send.ts';
import { checkToken, identify, type Workspace } from './setup.ts';
import { createSocket } from './socket.ts';
import { createUsers } from './users.ts';
import { type Wait, waitFor } from './wait.ts';

export type { Words } from './answer.ts';
export { EVENTS_PATH } from './path.ts';

export interface SlackOptions {
  /** From the page OAuth & Permissions of the app: `xoxb-…`. */
  readonly botToken: string;
  /** A Slack API server of one's own; Slack's by default. */
  readonly apiUrl?: string;
  readonly mode:
    | { readonly socket: { readonly appToken: string } }
    | { readonly http: { readonly signingSecret: string } };
  readonly menus: {
    /** Names of the commands that belong to a channel. */
    readonly group: readonly string[];
  };
  readonly words: Words;
  /** Instead of Slack's own limits, for a test. */
  readonly pace?: Pace;
  /** Instead of real pauses between attempts, for a test. */
  readonly wait?: Wait;
  /**
   * Milliseconds until a call counts as unanswered (12,000), one that an acknowledgement waits for
   * (1,500), and until a payload is acknowledged although its answer is not through (2,500).
   */
  readonly timeouts?: {
    readonly call?: number;
    readonly lookUp?: number;
    readonly answer?: number;
  };
}

/** How the intake fares, for the health check. */
type IntakeState =
  /** `starting` also while a lost connection is made anew. */
  | { readonly state: 'stopped' | 'starting' | 'receiving' }
  /** Slack refuses the app while it runs; nothing comes in any more. */
  | { readonly state: 'refused'; readonly cause: string };

export interface Slack extends Adapter<SlackPage> {
  /** Takes Slack's requests; to be mounted at `EVENTS_PATH`. Present in HTTP mode only. */
  readonly router?: Router;
  /** Asks whether the bot token holds, before anything is started. @throws a plain sentence when not */
  check(): Promise<void>;
  intake(): IntakeState;
  /** Resolves after `stop`; rejects with a plain sentence when Slack refuses the app later on. */
  readonly ended: Promise<void>;
}

const CALL_MS = 12_000;
const LOOK_UP_MS = 1_500;
const ANSWER_MS = 2_500;
/** After this a form can no longer be opened (docs.slack.dev/interactivity/handling-user-interaction). */
const TRIGGER_MS = 3_000;

export function createSlack(options: SlackOptions): Slack {
  const { botToken, mode, menus, words } = options;
  const wait = options.wait ?? waitFor;
  const callMs = options.timeouts?.call ?? CALL_MS;
  const lookUpMs = options.timeouts?.lookUp ?? LOOK_UP_MS;
  const answerMs = options.timeouts?.answer ?? ANSWER_MS;
  const triggerMs = Math.min(callMs, TRIGGER_MS);
  const now = () => performance.now();

  let host: AdapterHost | null = null;
  let workspace: Workspace | null = null;
  let intake: Intake | null = null;
  let state: IntakeState = { state: 'stopped' };
  let stopping = new AbortController();
  const end = deferred();

  const log = () => host?.log ?? null;
  const reach = createReach({
    token: botToken,
    ...(options.apiUrl === undefined ? {} : { apiUrl: options.apiUrl }),
    host: () => host,
    wait,
    now,
    timeoutMs: callMs,
  });
  const { apiUrl } = reach;
  const clientFor = (timeoutMs: number) =>
    createClient({ token: botToken, apiUrl, log, timeoutMs });
  const quick = clientFor(lookUpMs);
  const directs: Directs = createDirects(quick);

  const take = async (body: unknown): Promise<object | undefined> => {
    if (!intake) throw new NotTaking();
    return intake.take(body);
  };
  const http = 'http' in mode ? createHttp({ ...mode.http, take, log }) : null;
  const socket =
    'socket' in mode
      ? createSocket({
          ...mode.socket,
          apiUrl,
          take,
          log,
          wait,
          now,
          timeoutMs: callMs,
          connected(is) {
            if (state.state !== 'refused') state = { state: is ? 'receiving' : 'starting' };
          },
          refusedLater: (error) => refuse(error.message),
        })
      : null;

  function refuse(text: string): void {
    if (state.state === 'refused') return;
    state = { state: 'refused', cause: text };
    log()?.error({}, text);
    stopping.abort();
    end.reject(new Error(text));
  }

  function intakeFor(given: AdapterHost, { tenant, botUser, url }: Workspace): Intake {
    const users = createUsers({ client: quick, tenant, now, log: given.log });
    return createIntake({
      host: given,
      me: { tenant, botUser, groupCommands: menus.group },
      lookups: { client: quick, users, directs, tenant, workspaceUrl: url },
      answerer: createAnswerer({
        client: clientFor(triggerMs),
        directs,
        words,
        log: given.log,
        timeoutMs: triggerMs,
      }),
      lanes: createLanes(),
      words,
      answerMs,
      now,
      ended: (why) =>
        refuse(
          `Slack no longer lets this app in: ${why}. Install it to the workspace again and copy the new Bot User OAuth Token into SLACK_BOT_TOKEN.`,
        ),
    });
  }

  return {
    platform: PLATFORM,
    get tenant() {
      return workspace?.tenant ?? '';
    },
    abilities: abilities(),
    pace: options.pace ?? PACE,
    ended: end.promise,
    check: () => checkToken(reach.client),
    intake: () => state,

    async start(given) {
      stopping = new AbortController();
      const { signal } = stopping;
      state = { state: 'starting' };
      host = given;
      workspace = await identify(reach.client, { apiUrl, log: given.log, wait }, signal);
      intake = intakeFor(given, workspace);
      await socket?.connect(signal);
      if (state.state === 'starting') state = { state: 'receiving' };
    },

    async stop() {
      stopping.abort();
      const taking = intake;
      // What comes from now on is left to Slack to deliver again; what is under way is acknowledged.
      intake = null;
      await taking?.settle();
      await socket?.disconnect();
      if (state.state !== 'refused') state = { state: 'stopped' };
      if (workspace) end.resolve();
    },

    paginate,
    send: (to, page, mark) => sendPage(reach, to, page, mark),
    lookUp: (to, mark) => lookUp(reach, to, mark),
    home: { publish: (identity, page) => publishHome(reach, identity, page) },
    edit: (ref, page) => editPage(reach, ref, page),
    async openDirect({ platform, tenant, user }) {
      return { platform, tenant, chat: await directs.of(user) };
    },
    download: (file) => downloadFile(reach, file),

    ...(http === null ? {} : { router: http }),
  };
}
