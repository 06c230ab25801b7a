import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDeliveries, type Deliveries } from './delivery.ts';
import { type CallLog, createCallLog } from './faults.ts';
import { createHttpDelivery, type HttpDelivery } from './http-delivery.ts';
import { createRateLimits, type RateLimits } from './limits.ts';
import type { Backstage } from './methods/backstage.ts';
import { type Site, serve } from './server.ts';
import { createSocketDelivery, type SocketDelivery } from './socket.ts';
import type { Stage } from './stage.ts';
import { isHeard } from './subscriptions.ts';
import { type Envelope, type Json, World } from './world.ts';

export interface FakeSlackOptions {
  /** Granted to the bot token. */
  readonly scopes: readonly string[];
  /** Subscribed to, by the names of the manifest: `message.im`, `app_mention` … */
  readonly events: readonly string[];
  /** Slash commands of the manifest, with the slash; any by default. */
  readonly commands?: readonly string[];
  /** Callback ids of shortcuts; any by default. */
  readonly shortcuts?: readonly string[];
  /** Of the app-level token; what Socket Mode needs by default. */
  readonly appScopes?: readonly string[];
  /** None by default, so that tests never wait. */
  readonly limits?: RateLimits;
  /**
   * Milliseconds: dates of messages and the deadlines of 3 seconds and 30 minutes. By default real
   * time, and no deadline ever passes.
   */
  readonly clock?: () => number;
  /** Resolves when an undelivered event is tried again (`attempt` 1 to 3); at once by default. */
  readonly redelivery?: (attempt: number) => Promise<void>;
  /**
   * Socket Mode: real milliseconds after which what was not acknowledged counts as late. By default
   * only `updates.timeOut()` says so.
   */
  readonly ackMs?: number;
  /** By default one of another shape than Slack's, which is easily found in a log. */
  readonly signingSecret?: string;
  /** How many `files.info` a new picture needs before a block may show it; 0 by default. */
  readonly picturePolls?: number;
}

export interface Workspace {
  /** Ends in `/api/`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly world: World;
  /** For people's hands. */
  readonly stage: Stage;
  /** Events go to this address from now on, by signed POSTs; until then over Socket Mode. */
  deliverTo(url: string): void;
  /** Of the address given to `deliverTo`. */
  readonly http: Pick<HttpDelivery, 'verify' | 'forge'>;
  readonly socket: Pick<SocketDelivery, 'connections' | 'connected' | 'disconnect' | 'cut'>;
  /** Every call that arrived, oldest first. */
  readonly calls: CallLog['calls'];
  readonly called: CallLog['called'];
  readonly failNext: CallLog['failNext'];
  readonly updates: Omit<Deliveries, 'emit' | 'echo' | 'pending'> & { readonly pending: number };
  /** The bot token is refused from now on; the app is told, as far as it subscribed. */
  revokeToken(): void;
  /** The app is removed from the workspace; it is told, as far as it subscribed. */
  uninstall(): void;
  close(): Promise<void>;
}

/** A Slack workspace on this machine, as strict as Slack and stricter: unknown parameters fail. */
export async function startWorkspace(options: FakeSlackOptions): Promise<Workspace> {
  const botToken = 'xoxb-111-222-that-must-not-be-logged';
  const appToken = 'xapp-1-A0THIDUA1-333-that-must-not-be-logged';
  const signingSecret = options.signingSecret ?? 'signing-secret-that-must-not-be-logged';
  const world = new World({ clock: options.clock ?? null });
  world.picturePolls = options.picturePolls ?? 0;
  const scopes = new Set(options.scopes);
  const events = new Set(options.events);
  const log = createCallLog();
  const socket = createSocketDelivery(world, options.ackMs ?? null);
  let http: HttpDelivery | null = null;
  let refused: 'token_revoked' | 'account_inactive' | null = null;

  const deliveries = createDeliveries({
    world,
    transport: () => http ?? socket,
    wrap: (envelope) => wrap(world, envelope),
    isHeard: (envelope) => {
      if (envelope.kind === 'event') return isHeard(envelope.event, { world, events, scopes });
      return envelope.kind === 'interactive' || scopes.has('commands');
    },
    redelivery: options.redelivery ?? (() => Promise.resolve()),
  });
  const { emit, echo, push, hold, release, duplicate, timeOut, settled, lost } = deliveries;

  const backstage: Backstage = {
    world,
    scopes,
    takeToken: createRateLimits(options.limits),
    echo,
    socketUrl: socket.url,
  };
  const appScopes = new Set(options.appScopes ?? ['connections:write']);
  const tokens = { bot: botToken, app: appToken, appScopes, refused: () => refused };
  const site: Site = { stage: backstage, tokens, log };

  const server = createServer((req, res) => {
    serve(site, req, res).catch((error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      res.writeHead(500, { 'content-type': 'text/plain' }).end(`the fake failed: ${text}`);
    });
  });
  server.on('upgrade', socket.upgrade);
  // A connection that rests is not closed under a client that is about to use it again.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  world.baseUrl = `http://127.0.0.1:${port}`;

  const receiver = (): HttpDelivery => {
    if (!http) throw new Error('the fake was not told where to deliver to');
    return http;
  };
  const revoked: Json = { type: 'tokens_revoked', tokens: { bot: [world.botUserId] } };

  return {
    apiUrl: `${world.baseUrl}/api/`,
    botToken,
    appToken,
    signingSecret,
    teamId: world.teamId,
    appId: world.appId,
    botId: world.botId,
    botUserId: world.botUserId,
    world,
    stage: {
      world,
      emit,
      commands: options.commands ?? null,
      shortcuts: options.shortcuts ?? null,
    },
    deliverTo(url) {
      http = createHttpDelivery(url, signingSecret);
    },
    http: {
      verify: () => receiver().verify(),
      forge: (event, how) => receiver().forge(event, how),
    },
    socket,
    calls: log.calls,
    called: log.called,
    failNext: log.failNext,
    updates: {
      push,
      hold,
      release,
      duplicate,
      timeOut,
      settled,
      lost,
      get pending() {
        return deliveries.pending();
      },
    },
    revokeToken() {
      refused = 'token_revoked';
      void emit({ kind: 'event', event: revoked });
    },
    uninstall() {
      refused = 'account_inactive';
      void emit({ kind: 'event', event: { type: 'app_uninstalled' } });
      void emit({ kind: 'event', event: revoked });
    },
    async close() {
      timeOut();
      socket.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The outer fields of what Slack sends (docs.slack.dev, "The Events API", "Slash commands" …). */
function wrap(world: World, envelope: Envelope): Json {
  const { teamId, appId, botUserId } = world;
  const token = 'legacy-verification-token';
  switch (envelope.kind) {
    case 'event':
      return {
        token,
        team_id: teamId,
        context_team_id: teamId,
        context_enterprise_id: null,
        api_app_id: appId,
        event: { event_ts: world.ts(), ...envelope.event },
        type: 'event_callback',
        event_id: world.id('Ev'),
        event_time: Math.floor(world.now() / 1000),
        authorizations: [
          {
            enterprise_id: null,
            team_id: teamId,
            user_id: botUserId,
            is_bot: true,
            is_enterprise_install: false,
          },
        ],
        is_ext_shared_channel: false,
      };
    case 'command':
      return {
        token,
        team_id: teamId,
        team_domain: 'hocvien',
        api_app_id: appId,
        is_enterprise_install: 'false',
        ...envelope.fields,
      };
    case 'interactive':
      return {
        token,
        api_app_id: appId,
        team: { id: teamId, domain: 'hocvien' },
        enterprise: null,
        is_enterprise_install: false,
        ...envelope.payload,
      };
  }
}
