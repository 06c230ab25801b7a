/** The whole bot in this process, on a real PostgreSQL and a Bot API server of our own. */
import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { type Application, createApplication } from '../../src/application.ts';
import { loadCampaign } from '../../src/campaign/load.ts';
import type { Campaign } from '../../src/campaign/types.ts';
import type { Adapter, AdapterLog, Pace } from '../../src/chat/index.ts';
import type { Database } from '../../src/db/database.ts';
import { createInvites } from '../../src/db/invites.ts';
import { importRoster } from '../../src/db/roster.ts';
import { ensureUnits } from '../../src/db/units.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { systemTimers } from '../../src/timers.ts';

/** No waiting: tests of limits have their own pace. */
export const UNHURRIED: Pace = {
  bot: { intervalMs: 0.01, burst: 10_000, reserve: 0 },
  chat: () => ({ intervalMs: 0.01, burst: 10_000 }),
};

/** A line of the roster: code, name, unit's code, role. */
export type RosterLine = readonly [
  code: string,
  name: string,
  unit: string,
  role: string,
  phone?: string,
  /** "cán bộ" by default. */
  audience?: string,
];

export interface TestBot {
  readonly application: Application;
  readonly campaign: Campaign;
  /** What was logged at warn and above. */
  readonly complaints: { level: string; text: string; fields: object }[];
  /** Resolves when a complaint from now on matches. */
  complains(of: RegExp): Promise<void>;
  /** Sets the campaign's clock, e.g. `2024-09-04T09:00:00+07:00`. */
  at(time: string): void;
  /** Personal codes by person code. */
  invite(...personCodes: string[]): Promise<Record<string, string>>;
  /** The code that everyone of the unit may use. */
  inviteUnit(unitCode: string): Promise<string>;
}

/** The shipped campaign with the weekly boards as its only schedule, for stories of nothing else. */
export function boardsOnly(): Campaign {
  const campaign = loadCampaign();
  return {
    ...campaign,
    schedules: campaign.schedules.filter(({ job }) => job === 'unit-leaderboard'),
  };
}

export async function startBot(parts: {
  readonly database: Database;
  readonly adapters: readonly Adapter[];
  readonly roster: readonly RosterLine[];
  readonly at: string;
  readonly campaign?: Campaign;
}): Promise<TestBot> {
  const { database } = parts;
  const campaign = parts.campaign ?? loadCampaign();
  let now = Temporal.Instant.from(parts.at);
  const moment = () => ({
    on: now.toZonedDateTimeISO(campaign.zone).toPlainDate().toString(),
    now: now.toString(),
  });
  await ensureUnits(database);
  const outcome = await importRoster(
    database,
    [
      ['Mã cán bộ', 'Họ và tên', 'Đơn vị', 'Đối tượng', 'Chức vụ', 'Điện thoại', 'Từ ngày'],
      ...parts.roster.map(([code, name, unit, role, phone = '', audience = 'cán bộ']) => [
        code,
        name,
        unit,
        audience,
        role,
        phone,
        '01/01/2024',
      ]),
    ],
    moment(),
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));

  const complaints: TestBot['complaints'] = [];
  const watchers = new Set<(text: string) => void>();
  const keep = (level: string) => (fields: object, text: string) => {
    complaints.push({ level, text, fields });
    for (const watcher of watchers) watcher(text);
  };
  const log: AdapterLog = {
    debug: () => undefined,
    info: () => undefined,
    warn: keep('warn'),
    error: keep('error'),
  };
  const application = createApplication({
    database,
    campaign,
    texts: loadTexts(),
    adapters: parts.adapters,
    clock: { now: () => now },
    timers: systemTimers,
    log,
    owner: randomUUID(),
    random: Math.random,
    uuid: randomUUID,
    elapsed: () => performance.now(),
    homePace: { gatherMs: 10, betweenMs: 0 },
  });
  await application.start();
  return {
    application,
    campaign,
    complaints,
    complains: (of) =>
      new Promise((resolve) => {
        watchers.add((text) => {
          if (of.test(text)) resolve();
        });
      }),
    at(time) {
      now = Temporal.Instant.from(time);
    },
    async invite(...personCodes) {
      const made = await createInvites(database, { personCodes }, { ...moment(), until: null });
      return Object.fromEntries(made.map(({ person, code }) => [person?.code ?? '', code]));
    },
    async inviteUnit(unitCode) {
      const [made] = await createInvites(database, { unitCode }, { ...moment(), until: null });
      if (!made) throw new Error(`no unit ${unitCode}`);
      return made.code;
    },
  };
}
