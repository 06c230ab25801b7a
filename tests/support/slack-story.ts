/** What a file of stories in Slack needs: one bot on a real PostgreSQL, beside Telegram where wanted. */
import type { Slack, SlackOptions } from '../../adapters/slack/index.ts';
import { GLOBAL_SHORTCUT, MESSAGE_SHORTCUT } from '../../adapters/slack/parse.ts';
import type { Campaign } from '../../src/campaign/types.ts';
import type { Database } from '../../src/db/database.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { channelCommands, slashCommands, windowWords } from '../../src/messages/slack.ts';
import { jsons } from '../fakes/slack/checks.ts';
import type { FakeSlack, FakeSlackOptions, FakeUser } from '../fakes/slack/index.ts';
import { shown, shownBlocks } from '../fakes/slack/shown.ts';
import { type FakeTelegram, startFakeTelegram } from '../fakes/telegram/index.ts';
import { type RosterLine, startBot, type TestBot, UNHURRIED } from './bot.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { PATIENT, type SlackMode, slackIn, startSlackWorkspace } from './slack-adapter.ts';
import { enrol } from './slack-steps.ts';
import { realMenus, UNREADABLE } from './story.ts';
import { telegramOn } from './telegram-harness.ts';

export interface SlackStory {
  readonly database: TestDatabase;
  readonly fake: FakeSlack;
  readonly adapter: Slack;
  readonly telegram: FakeTelegram;
  readonly bot: TestBot;
  /** Somebody of the workspace whom the bot does not know yet. */
  someone(name: string, more?: Partial<Parameters<FakeSlack['user']>[0]>): FakeUser;
  /** Enrols these people of the roster in Slack by their personal codes, all at once. */
  join(...codes: string[]): Promise<FakeUser[]>;
  /** Everything people have done is handled and everything that follows is sent. */
  settled(): Promise<void>;
  /** Resolves with the person's own page once it says this, or no longer says `not`. */
  sees(user: FakeUser, what: string | { readonly not: string }): Promise<string>;
  /** @throws when the bot ever said what no person can read, or rang at a whole channel */
  close(): Promise<void>;
}

/** What the real process gives the adapter. */
function realWords(): Pick<SlackOptions, 'menus' | 'words'> {
  const texts = loadTexts();
  return { menus: { group: channelCommands(texts.vi) }, words: windowWords(texts) };
}

/** The app as its manifest describes it. */
const realApp = (): Partial<FakeSlackOptions> => ({
  commands: slashCommands(loadTexts().vi).map(({ command }) => `/${command}`),
  shortcuts: [MESSAGE_SHORTCUT, GLOBAL_SHORTCUT],
});

export async function openSlackStory(parts: {
  readonly roster: readonly RosterLine[];
  readonly at: string;
  /** E-mail addresses in the roster, by code. */
  readonly emails?: Readonly<Record<string, string>>;
  readonly campaign?: Campaign;
  /** Socket Mode by default. */
  readonly mode?: SlackMode;
  readonly workspace?: Partial<FakeSlackOptions>;
  readonly options?: Partial<SlackOptions>;
  /** What the bot is given instead of the database itself. */
  readonly faulty?: (database: Database) => Database;
  /** A bot in Telegram too. */
  readonly beside?: 'telegram';
}): Promise<SlackStory> {
  const database = await testDatabase();
  const fake = await startSlackWorkspace({ ...realApp(), ...parts.workspace });
  const telegram = await startFakeTelegram();
  const behind = await slackIn(parts.mode ?? 'socket', fake, {
    pace: UNHURRIED,
    timeouts: PATIENT,
    ...realWords(),
    ...parts.options,
  });
  const bot = await startBot({
    database: parts.faulty?.(database) ?? database,
    adapters: [
      behind.adapter,
      ...(parts.beside ? [telegramOn(telegram, { pace: UNHURRIED, menus: realMenus() })] : []),
    ],
    roster: parts.roster,
    at: parts.at,
    ...(parts.campaign && { campaign: parts.campaign }),
  });
  for (const [code, email] of Object.entries(parts.emails ?? {})) {
    await database.query('update person set email = $2::text where code = $1::text', [code, email]);
  }
  // The first tick of an installation says that it owes no boards for the weeks before.
  await bot.application.scheduler.tick();
  bot.complaints.splice(0);
  const { world } = fake;

  return {
    database,
    fake,
    adapter: behind.adapter,
    telegram,
    bot,
    someone: (name, more = {}) => fake.user({ name, ...more }),
    async join(...codes) {
      const invites = await bot.invite(...codes);
      return Promise.all(
        codes.map(async (code) => {
          const line = parts.roster.find((each) => each[0] === code);
          if (!line) throw new Error(`nobody has the code ${code}`);
          const person = fake.user({ name: line[1] });
          await enrol(person, invites[code] ?? '');
          return person;
        }),
      );
    },
    async settled() {
      await Promise.all([fake.updates.settled(), telegram.updates.settled()]);
      await bot.application.settled();
    },
    sees(user, what) {
      const fits = (page: string): boolean =>
        typeof what === 'string' ? page.includes(what) : !page.includes(what.not);
      return new Promise((resolve) => {
        const look = (): void => {
          const page = user.home()?.text ?? '';
          if (!fits(page)) return;
          stop();
          resolve(page);
        };
        const stop = world.listen(look);
        look();
      });
    },
    async close() {
      await bot.application.stop();
      await fake.close();
      await behind.close();
      await telegram.close();
      const said = [
        ...world.messages.filter((m) => m.user === world.botUserId).map((m) => shown(world, m)),
        ...[...world.modals, ...world.homes.values()].map(({ view }) =>
          shownBlocks(world, jsons(view.blocks)),
        ),
      ];
      const unreadable = said.filter(({ text }) => UNREADABLE.test(text)).map(({ text }) => text);
      if (unreadable.length > 0) throw new Error(`the bot said: ${unreadable.join('\n---\n')}`);
      if (fake.alerts().length > 0) throw new Error(`the bot rang at ${fake.alerts()}`);
    },
  };
}
