/** The process: the only file that reads the environment, signals and the real clock. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import type { Slack } from '../adapters/slack/index.ts';
import { EVENTS_PATH } from '../adapters/slack/path.ts';
import type { Telegram } from '../adapters/telegram/index.ts';
import { campaignDay } from './campaign/calendar.ts';
import { CampaignError, loadCampaign, outsidePeriod } from './campaign/load.ts';
import type { Adapter } from './chat/index.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import type { Database } from './db/database.ts';
import { outboxState } from './db/outbox-state.ts';
import { ensureUnits } from './db/units.ts';
import { createHealth, RECEIVING } from './http/health.ts';
import { createMetrics } from './http/metrics.ts';
import { createHttpServer, type Mount } from './http/server.ts';
import { loadTexts } from './messages/catalogue.ts';
import { commandMenu, generalMenu } from './messages/commands.ts';
import { TextsError } from './messages/overrides.ts';
import { channelCommands, windowWords } from './messages/slack.ts';
import { startTrigger } from './schedule-trigger.ts';
import { systemTimers } from './timers.ts';

const WEBHOOK_PATH = '/telegram';

/** Says in plain words why the process cannot go on. */
function giveUp(error: unknown): never {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

async function telegramFor(
  config: Config,
  texts: ReturnType<typeof loadTexts>,
): Promise<Telegram | null> {
  if (!config.telegram) return null;
  const { createTelegram } = await import('../adapters/telegram/index.ts');
  const { token, apiRoot, receive } = config.telegram;
  return createTelegram({
    token,
    apiRoot,
    mode:
      receive.mode === 'polling'
        ? 'polling'
        : { webhook: { url: `${receive.publicUrl}${WEBHOOK_PATH}`, secret: receive.secret } },
    menus: {
      fallback: 'vi',
      private: { vi: generalMenu(texts.vi), en: generalMenu(texts.en) },
      group: { vi: commandMenu(texts.vi, 'group'), en: commandMenu(texts.en, 'group') },
    },
  });
}

async function slackFor(
  config: Config,
  texts: ReturnType<typeof loadTexts>,
): Promise<Slack | null> {
  if (!config.slack) return null;
  const { createSlack } = await import('../adapters/slack/index.ts');
  const { botToken, apiUrl, receive } = config.slack;
  return createSlack({
    botToken,
    apiUrl,
    mode:
      receive.mode === 'socket'
        ? { socket: { appToken: receive.appToken } }
        : { http: { signingSecret: receive.signingSecret } },
    menus: { group: channelCommands(texts.vi) },
    words: windowWords(texts),
  });
}

/** @throws a sentence naming DATABASE_URL, without its password, when the server cannot be used */
async function openConfigured(config: Config, log: Logger): Promise<Database> {
  const { databaseUrl, databaseDir } = config;
  const { openDatabase } = await import('./db/open.ts');
  try {
    return await openDatabase({ url: databaseUrl ?? undefined, dataDir: databaseDir, log });
  } catch (cause) {
    if (databaseUrl === null) throw cause;
    const { host, pathname } = new URL(databaseUrl);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `DATABASE_URL: the database ${host}${pathname} cannot be used: ${why}. Check that the server runs and that address, user and password are right.`,
      { cause },
    );
  }
}

async function run(config: Config, log: Logger): Promise<void> {
  for (const warning of config.warnings) log.warn(warning);
  const campaign = loadCampaign(config.campaignFile ?? undefined);
  const texts = loadTexts(config.textsDir ?? undefined);
  const [telegram, slack] = await Promise.all([
    telegramFor(config, texts),
    slackFor(config, texts),
  ]);
  // Whoever mistyped a token hears it at once: before a database is made and the rest is loaded.
  await Promise.all([telegram?.check(), slack?.check()]);
  const { createApplication } = await import('./application.ts');
  const page = config.playground ? await import('./playground.ts') : null;
  const database = await openConfigured(config, log);
  await ensureUnits(database);

  // While people really report, the time is what it is.
  const movable =
    page && !telegram && !slack ? await page.createPlaygroundClock(database, campaign) : null;
  const clock: Clock & { moveTo?: NonNullable<typeof movable>['moveTo'] } = movable ?? systemClock;
  const moment = () => ({
    on: campaignDay(clock.now(), campaign.zone),
    now: clock.now().toString(),
  });
  const warning = outsidePeriod(campaign, moment().on, config.campaignFile ?? undefined);
  if (warning) log.warn(warning);
  if (page && movable && (await page.hasNobody(database)))
    await page.seedPlayground(database, texts.vi, moment());

  const pageUrl = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}/`;
  const playground = page
    ? page.composePlayground({
        database,
        campaign,
        texts,
        clock,
        pageUrl,
        folder: join(config.dataDir, 'playground'),
        moved: () => application.scheduler.tick(),
      })
    : null;

  const adapters: Adapter[] = [telegram, slack, playground].filter((adapter) => adapter !== null);
  const metrics = createMetrics(() => outboxState(database));
  const application = createApplication({
    database,
    campaign,
    texts,
    adapters,
    clock,
    timers: systemTimers,
    log,
    owner: randomUUID(),
    random: Math.random,
    uuid: randomUUID,
    elapsed: () => performance.now(),
    observe: metrics,
  });

  const mounts: Mount[] = [];
  if (telegram?.webhook) mounts.push({ path: WEBHOOK_PATH, handler: telegram.webhook });
  if (slack?.router) mounts.push({ path: EVENTS_PATH, handler: slack.router });
  if (playground) mounts.push({ path: '/', handler: playground.router });
  const server = createHttpServer({
    health: createHealth({
      outboxOldestSeconds: async () => (await outboxState(database)).oldestSeconds,
      adapters: () => ({
        ...(telegram && { telegram: telegram.intake().state }),
        ...(slack && { slack: slack.intake().state }),
        ...(playground && { playground: RECEIVING }),
      }),
    }),
    metrics: metrics.registry,
    mounts,
    log,
  });

  let stopping: Promise<void> | null = null;
  let stopTrigger = async () => {};
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      await stopTrigger();
      await application.stop();
      await server.stop();
      await database.close();
    })();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A second signal means: now.
      if (stopping) process.exit(130);
      log.info({ signal }, 'Stopping: work in flight is finished first');
      stop().then(
        () => process.exit(0),
        (err: unknown) => {
          log.error({ err }, 'Stopping failed');
          process.exit(1);
        },
      );
    });
  }

  try {
    await server.start(config.host, config.port);
    await application.start();
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
  stopTrigger = startTrigger(() => application.scheduler.tick());
  let left = adapters.length;
  for (const platform of [telegram, slack]) {
    platform?.ended.catch(async (err: unknown) => {
      left -= 1;
      if (left > 0) {
        log.error({ err }, 'A platform no longer accepts this bot; the others go on');
        return;
      }
      log.fatal({ err }, 'A platform no longer accepts this bot');
      await stop().catch(() => {});
      process.exit(1);
    });
  }

  log.info({ campaign: campaign.code, platforms: adapters.map((a) => a.platform) }, 'Running');
  if (playground) {
    const invites = page && movable ? await page.playgroundInvites(database, moment()) : [];
    process.stdout.write(welcome(pageUrl, invites));
  }
}

/** For whoever started it in a terminal. */
const welcome = (
  pageUrl: string,
  invites: readonly { readonly name: string; readonly code: string }[],
): string =>
  [
    '',
    `Playground: open ${pageUrl}`,
    ...invites.map(({ name, code }) => `  To enrol there as ${name}: ${pageUrl}?start=${code}`),
    '',
    '',
  ].join('\n');

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  const log = pino({ level: config.logLevel, base: null });
  process.on('uncaughtException', (err) => {
    log.fatal(
      { err },
      'A fault nobody handled: the process ends, and a supervisor starts it again',
    );
    process.exit(1);
  });
  await run(config, log).catch((error: unknown) => {
    const plain = [ConfigError, CampaignError, TextsError];
    if (plain.some((kind) => error instanceof kind)) giveUp(error);
    log.fatal({ err: error }, 'The bot could not start');
    giveUp(error);
  });
} catch (error) {
  giveUp(error);
}
