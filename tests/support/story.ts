/** What a file of stories needs: one bot in Telegram on a real PostgreSQL, and people already enrolled. */
import type { TelegramOptions } from '../../adapters/telegram/index.ts';
import type { Campaign } from '../../src/campaign/types.ts';
import type { Adapter } from '../../src/chat/index.ts';
import type { Database } from '../../src/db/database.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { commandMenu, generalMenu } from '../../src/messages/commands.ts';
import {
  type FakeTelegram,
  type FakeTelegramOptions,
  type FakeUser,
  startFakeTelegram,
} from '../fakes/telegram/index.ts';
import { type RosterLine, startBot, type TestBot, UNHURRIED } from './bot.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { telegramOn } from './telegram-harness.ts';
import { enrol } from './telegram-steps.ts';

export interface Story {
  readonly database: TestDatabase;
  readonly fake: FakeTelegram;
  readonly bot: TestBot;
  /** Enrols these people of the roster by their personal links, all at once. */
  join(...codes: string[]): Promise<FakeUser[]>;
  /** Everything people have done is handled and everything that follows is sent. */
  settled(): Promise<void>;
  /** @throws when the bot ever said what no person can read, such as `undefined` */
  close(): Promise<void>;
}

/** Words of programs, which no text for people has. */
export const UNREADABLE =
  /\b(undefined|null|NaN|submitted|resubmitted|amended|returned|revoked)\b|\[object/;

/** The menus of the real process. */
export function realMenus(): TelegramOptions['menus'] {
  const { vi, en } = loadTexts();
  return {
    fallback: 'vi',
    private: { vi: generalMenu(vi), en: generalMenu(en) },
    group: { vi: commandMenu(vi, 'group'), en: commandMenu(en, 'group') },
  };
}

export async function openStory(parts: {
  readonly roster: readonly RosterLine[];
  readonly at: string;
  readonly campaign?: Campaign;
  /** Called before the roster is imported. */
  readonly prepare?: (database: TestDatabase) => Promise<unknown>;
  readonly telegram?: FakeTelegramOptions;
  /** Instead of one that polls. */
  readonly adapter?: (fake: FakeTelegram) => Promise<Adapter>;
  /** What the bot is given instead of the database itself. */
  readonly faulty?: (database: Database) => Database;
}): Promise<Story> {
  const database = await testDatabase();
  await parts.prepare?.(database);
  const fake = await startFakeTelegram(parts.telegram);
  const adapter =
    (await parts.adapter?.(fake)) ?? telegramOn(fake, { pace: UNHURRIED, menus: realMenus() });
  const bot = await startBot({
    database: parts.faulty?.(database) ?? database,
    adapters: [adapter],
    roster: parts.roster,
    at: parts.at,
    ...(parts.campaign && { campaign: parts.campaign }),
  });
  // The first tick of an installation says that it owes no boards for the weeks before.
  await bot.application.scheduler.tick();
  bot.complaints.splice(0);
  return {
    database,
    fake,
    bot,
    async join(...codes) {
      const invites = await bot.invite(...codes);
      return Promise.all(
        codes.map(async (code) => {
          const line = parts.roster.find((each) => each[0] === code);
          if (!line) throw new Error(`nobody has the code ${code}`);
          const person = fake.user({ name: line[1], language: 'vi' });
          await enrol(person, invites[code] ?? '');
          return person;
        }),
      );
    },
    async settled() {
      await fake.updates.settled();
      await bot.application.settled();
    },
    async close() {
      await bot.application.stop();
      await fake.close();
      const said = fake.calls.map(({ params }) => String(params.text ?? params.caption ?? ''));
      const unreadable = said.filter((text) => UNREADABLE.test(text));
      if (unreadable.length > 0) throw new Error(`the bot said: ${unreadable.join('\n---\n')}`);
    },
  };
}
