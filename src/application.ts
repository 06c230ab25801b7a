/**
 * Composes the bot from its parts for given adapters, database and clock. Importing does nothing;
 * `main.ts` and the tests supply what belongs to a process.
 */
import type { Temporal } from 'temporal-polyfill';
import type { Campaign, JobName } from './campaign/types.ts';
import {
  type Adapter,
  type AdapterHost,
  type AdapterLog,
  type Inbound,
  PlatformAway,
} from './chat/index.ts';
import type { Clock } from './clock.ts';
import { createAnnouncementStore, createDueStore } from './db/announcements.ts';
import { createAuditStore } from './db/audit-sample.ts';
import type { Database, Queryable } from './db/database.ts';
import { createDigestStore } from './db/digest-store.ts';
import { createExportStore } from './db/export-store.ts';
import { createHomeStore } from './db/homes.ts';
import { newInviteCode } from './db/invites.ts';
import { createLeases } from './db/lease.ts';
import { forgetOldEvents } from './db/maintenance.ts';
import { createMediaStore, readMedia, storeBlob } from './db/media.ts';
import { createOutbox } from './db/outbox.ts';
import { createReads } from './db/reads/index.ts';
import { createScheduleStore, within } from './db/schedules.ts';
import { createStandingsStore } from './db/standings.ts';
import { createTaskStore } from './db/tasks.ts';
import { createEscalationStore } from './db/tickets.ts';
import { createTurnStore } from './db/turn-store.ts';
import { createDueAnnouncements } from './engine/announce-due.ts';
import { announcementTasks } from './engine/announce-tasks.ts';
import { auditSampleJob } from './engine/audit-sample.ts';
import { createDeliverer } from './engine/deliver.ts';
import type { HandlerDeps } from './engine/deps.ts';
import { DIGEST_TASK, digestFilesTask } from './engine/digest-files.ts';
import { digestJob } from './engine/digest-jobs.ts';
import { EXPORT_TASK } from './engine/export-task.ts';
import { createHomes, type HomePace } from './engine/homes.ts';
import { createExclusive } from './engine/lease.ts';
import { createLoop, type Loop } from './engine/loop.ts';
import { createMediaFetcher } from './engine/media.ts';
import type { DeliveryObserver } from './engine/outbox.ts';
import { type PictureStore, pictureTasks } from './engine/pictures.ts';
import { postTasks } from './engine/post-tasks.ts';
import { createScheduler, type Job, type Scheduler } from './engine/schedule.ts';
import { createTasks, type TaskHandler } from './engine/tasks.ts';
import { ticketEscalationJob } from './engine/ticket-escalation.ts';
import type { Timers } from './engine/timers.ts';
import { createTurns } from './engine/turn.ts';
import { unitLeaderboardJob } from './engine/unit-leaderboard.ts';
import { exportTask } from './exports/task.ts';
import { digestWorkbook } from './exports/workbook.ts';
import { accountsFeature } from './flows/accounts/feature.ts';
import { announceFeature } from './flows/announce/feature.ts';
import { coauthorFeature } from './flows/co-author/feature.ts';
import { digestFeature } from './flows/digest/feature.ts';
import { createDispatch } from './flows/dispatch.ts';
import { documentsFeature } from './flows/documents/feature.ts';
import { enrolFeature } from './flows/enrol/feature.ts';
import { exemplarsFeature } from './flows/exemplars/feature.ts';
import { helpFeature, languageFeature } from './flows/help.ts';
import { homePage } from './flows/home.ts';
import { lateFeature } from './flows/late/feature.ts';
import { leaderboard } from './flows/leaderboard/feature.ts';
import { officeFeature } from './flows/office/feature.ts';
import { ownReportsFeature } from './flows/own-reports/feature.ts';
import { pledgeFeature } from './flows/pledge/feature.ts';
import { remarkFeature } from './flows/remark/feature.ts';
import { reportFeature } from './flows/report/feature.ts';
import { reportForFeature } from './flows/report/for-feature.ts';
import { unitReportFeature } from './flows/report/unit-feature.ts';
import { rolesFeature } from './flows/roles/feature.ts';
import { roomsFeature } from './flows/rooms/feature.ts';
import { ticketsFeature } from './flows/tickets/feature.ts';
import { verifyFeature } from './flows/verify/feature.ts';
import { DEFAULT_LANGUAGE, type Language } from './messages/language.ts';
import { unitBoardDrawing } from './messages/pictures.ts';
import type { Say } from './messages/say.ts';
import { draw } from './pictures/index.ts';

/** Everything the bot can do. */
export const FEATURES = [
  enrolFeature,
  reportFeature,
  unitReportFeature,
  reportForFeature,
  ownReportsFeature,
  coauthorFeature,
  verifyFeature,
  remarkFeature,
  leaderboard,
  digestFeature,
  documentsFeature,
  roomsFeature,
  rolesFeature,
  announceFeature,
  officeFeature,
  lateFeature,
  pledgeFeature,
  exemplarsFeature,
  ticketsFeature,
  accountsFeature,
  languageFeature,
  helpFeature,
];

const FORGET_EVERY_MS = 3_600_000;
/** Until a loop that has nothing left to do looks again. */
const BEGUN_MS = 86_400_000;

/** Told of what happens, for metrics. */
interface ApplicationObserver {
  turn(kind: string, outcome: 'committed' | 'failed', seconds: number): void;
  readonly deliveries: DeliveryObserver;
}

export interface ApplicationParts {
  readonly database: Database;
  readonly campaign: Campaign;
  readonly texts: Readonly<Record<Language, Say>>;
  readonly adapters: readonly Adapter[];
  /** The campaign's clock. */
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: AdapterLog;
  /** This process's name, unique for each start. */
  readonly owner: string;
  random(): number;
  uuid(): string;
  /** Milliseconds of a clock that only rises, for measuring. */
  elapsed(): number;
  readonly observe?: ApplicationObserver;
  /** Instead of the pace that platforms bear, for a test. */
  readonly homePace?: HomePace;
}

export interface Application {
  /**
   * Starts the adapters side by side, and delivers for each from then on. One whose platform cannot be
   * reached is tried again and again while another one runs.
   * @throws when credentials are refused, or no platform can be reached
   */
  start(): Promise<void>;
  /** Intake ends, work in flight finishes, leases are given back. The database stays open. */
  stop(): Promise<void>;
  readonly scheduler: Scheduler;
  /** Resolves when no turn is under way, no file is to be fetched and nothing may be sent now. */
  settled(): Promise<void>;
}

export function createApplication(parts: ApplicationParts): Application {
  const { database, campaign, texts, clock, timers, log, owner, random, observe } = parts;
  const adapters = new Map(parts.adapters.map((adapter) => [adapter.platform, adapter]));
  const now = (): Temporal.Instant => clock.now();
  const common = { adapters, log, timers, random: () => random() };

  const deliverer = createDeliverer({
    ...common,
    outbox: createOutbox(database, owner),
    ...(observe && { observe: observe.deliveries }),
  });
  const media = createMediaFetcher({ ...common, store: createMediaStore(database) });
  const forget = createLoop({
    ...common,
    name: 'maintenance',
    async step() {
      await forgetOldEvents(database);
      return FORGET_EVERY_MS;
    },
  });

  const deps: HandlerDeps = {
    campaign,
    texts,
    reads: createReads(database),
    platforms: [...adapters.keys()],
    abilities(platform) {
      const adapter = adapters.get(platform);
      if (!adapter) throw new Error(`No adapter serves the platform "${platform}"`);
      return adapter.abilities;
    },
    uuid: () => parts.uuid(),
    inviteCode: newInviteCode,
  };
  const homes = createHomes({
    ...common,
    store: createHomeStore(database),
    page: (account, standing) => homePage(account, standing, now(), deps),
    now,
    ...(parts.homePace && { pace: parts.homePace }),
  });
  const digestFiles = digestFilesTask({ campaign, texts, draw, workbook: digestWorkbook });
  const { picture: pictures } = pictureTasks({ draw, log });
  const keeping = (tx: Queryable): PictureStore => ({
    keep: (bytes, mime) => storeBlob(tx, bytes, mime),
  });
  const exported = exportTask({ campaign, texts });
  const handlers: Readonly<Record<string, TaskHandler<Queryable>>> = {
    [EXPORT_TASK]: {
      run: (payload, tx, at) => exported.run(payload, createExportStore(tx), at),
      failed: (payload, tx, at) => exported.failed(payload, createExportStore(tx), at),
    },
    [DIGEST_TASK]: {
      run: (payload, tx, at) => digestFiles.run(payload, createDigestStore(tx), at),
      failed: (payload, tx, at) => digestFiles.failed(payload, createDigestStore(tx), at),
    },
    picture: {
      run: (payload, tx, at) => pictures.run(payload, keeping(tx), at),
      failed: (payload, tx, at) => pictures.failed(payload, keeping(tx), at),
    },
    ...postTasks<Queryable>({ scheduler: (tx) => schedulerOn(within(tx)), texts }),
    ...announcementTasks<Queryable>({ campaign, texts, store: createAnnouncementStore }),
  };
  const tasks = createTasks({
    ...common,
    store: createTaskStore(database, (tx) => tx),
    handlers,
    now,
    wake: deliverer.wake,
  });
  const turns = createTurns({
    store: createTurnStore(database),
    handler: createDispatch(FEATURES),
    deps,
    now,
    zone: campaign.zone,
    wake: deliverer.wake,
    committed(turn) {
      homes.committed(turn);
      if (turn.decision.writes.some(({ table }) => table === 'task')) tasks.wake();
    },
    log,
  });

  async function receive(event: Inbound) {
    const began = parts.elapsed();
    const observed = (outcome: 'committed' | 'failed') =>
      observe?.turn(event.kind, outcome, (parts.elapsed() - began) / 1000);
    try {
      const ack = await turns.receive(event);
      observed('committed');
      if (event.kind === 'attachment' || event.kind === 'submit') media.wake();
      return ack;
    } catch (error) {
      observed('failed');
      throw error;
    }
  }

  const host: AdapterHost = {
    receive,
    media: (sha256) => readMedia(database, sha256),
    exclusive: createExclusive({
      leases: createLeases(database),
      owner,
      timers,
      random: () => random(),
      log,
    }),
    homeOpened: homes.opened,
    log,
  };

  const unitLeaderboard = unitLeaderboardJob({
    campaign,
    texts,
    drawing: (board) => unitBoardDrawing(texts[DEFAULT_LANGUAGE], board, campaign),
    threads: (platform) => adapters.get(platform)?.abilities.threads ?? false,
  });
  const auditSample = auditSampleJob({ campaign, texts });
  const ticketEscalation = ticketEscalationJob({ campaign, texts });
  const digestTo = (to: 'council' | 'overseers' | 'mobilisers'): Job<Queryable> => {
    const job = digestJob({ campaign, texts, to });
    return (occurrence, tx, at) => job(occurrence, createDigestStore(tx), at);
  };
  const jobs: Readonly<Partial<Record<JobName, Job<Queryable>>>> = {
    'council-digest': digestTo('council'),
    'overseer-digest': digestTo('overseers'),
    'mobiliser-digest': digestTo('mobilisers'),
    'audit-sample': (occurrence, tx, at) =>
      auditSample(occurrence, createAuditStore(tx, campaign.code), at),
    'ticket-escalation': (occurrence, tx, at) =>
      ticketEscalation(occurrence, createEscalationStore(tx, campaign.code), at),
    'unit-leaderboard': (occurrence, tx, at) =>
      unitLeaderboard(occurrence, createStandingsStore(tx, campaign.code), at),
  };
  const dueAnnouncements = createDueAnnouncements({
    store: createDueStore(database, campaign.code),
    now,
    wake: tasks.wake,
    log,
  });
  const schedulerOn = (db: Pick<Database, 'query' | 'transaction'>): Scheduler =>
    createScheduler({
      schedules: campaign.schedules,
      zone: campaign.zone,
      jobs,
      store: createScheduleStore(db, (tx) => tx),
      now,
      log,
    });
  const schedules = schedulerOn(database);
  const scheduler: Scheduler = {
    ...schedules,
    async tick() {
      await schedules.tick();
      await dueAnnouncements();
    },
  };

  const running = new Set<Adapter>();
  const latecomers: Loop[] = [];
  async function stop() {
    await Promise.all(latecomers.map((loop) => loop.stop()));
    await Promise.all([...running].map((adapter) => adapter.stop()));
    running.clear();
    await turns.idle();
    await Promise.all([tasks.stop(), deliverer.stop(), media.stop(), forget.stop(), homes.stop()]);
  }

  async function begin(adapter: Adapter): Promise<void> {
    running.add(adapter);
    await adapter.start(host);
    deliverer.serve(adapter.platform);
  }

  /** Goes on trying, while the other platforms are served. */
  function beginLater(adapter: Adapter): void {
    let begun = false;
    const loop = createLoop({
      ...common,
      name: `start of ${adapter.platform}`,
      async step() {
        if (!begun) await begin(adapter);
        begun = true;
        return BEGUN_MS;
      },
    });
    latecomers.push(loop);
    loop.start();
  }

  return {
    scheduler,
    async start() {
      const all = [...adapters.values()];
      const began = await Promise.allSettled(all.map(begin));
      const failures = began.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
      const refusal = failures.find((error) => !(error instanceof PlatformAway));
      if (refusal || (failures.length > 0 && failures.length === all.length)) {
        await Promise.allSettled([...running].map((adapter) => adapter.stop()));
        running.clear();
        await deliverer.stop();
        throw refusal ?? failures[0];
      }
      all.filter((_, i) => began[i]?.status === 'rejected').forEach(beginLater);
      media.start();
      tasks.start();
      forget.start();
    },
    stop,
    async settled() {
      await turns.idle();
      await media.drain();
      await tasks.drain();
      await deliverer.drain();
    },
  };
}
