/** Announcements in a story: a crowd of recipients, a platform that says "too many", real time passing. */
import type { FakeTelegramOptions, FakeUser, Shown } from '../fakes/telegram/index.ts';
import type { RosterLine } from './bot.ts';
import type { Story } from './story.ts';
import { has, press } from './telegram-steps.ts';

/** One person of every role that may not write announcements, and the two that may first. */
export const ROLES: readonly RosterLine[] = [
  ['V1', 'Lê Thường Trực', 'ban-tdkt', 'thường trực hội đồng'],
  ['V2', 'Phạm Hội Đồng', 'ban-tdkt', 'hội đồng'],
  ['V3', 'Đỗ Lãnh Đạo', 'ban-tdkt', 'lãnh đạo'],
  ['V4', 'Hà Tài Chính', 'ban-tdkt', 'tài chính'],
  ['V5', 'Vũ Báo Chí', 'ban-tdkt', 'báo chí'],
  ['V6', 'Mai Đoàn Thể', 'ban-tdkt', 'đoàn thể'],
  ['V7', 'Bùi Theo Dõi', 'ban-tdkt', 'theo dõi học viên'],
];

/** `size` people of a unit: its head, its deputy, its reporter, and members. */
export const unitOf = (unit: string, letter: string, size: number): RosterLine[] =>
  Array.from(
    { length: size },
    (_, i): RosterLine => [
      `${letter}${i}`,
      `Nguyễn ${letter} ${i}`,
      unit,
      ['thủ trưởng', 'cấp phó', 'đầu mối'][i] ?? '',
    ],
  );

/** Telegram takes as many messages as it is told, and from then on says "too many requests". */
export function limitedTelegram() {
  const free = { perSecond: 1e9, burst: 1e9 };
  let rate = free;
  let ms = 0;
  const options: FakeTelegramOptions = {
    limits: {
      clock: () => {
        ms += 1;
        return ms;
      },
      bot: {
        get perSecond() {
          return rate.perSecond;
        },
        get burst() {
          return rate.burst;
        },
      },
    },
  };
  return {
    options,
    /** So many messages more, until `free`. */
    allow(messages: number): void {
      rate = { perSecond: 1e-3, burst: messages };
    },
    free(): void {
      rate = free;
    },
  };
}

export async function go(user: FakeUser, label: string | RegExp, shows: string): Promise<Shown> {
  await press(user, label);
  return user.reply(has(shows));
}

/** Time of the clock on the wall has passed until the next look at how far everything is. */
export async function look(story: Pick<Story, 'database' | 'bot'>): Promise<void> {
  await story.database.query(`update task set due_at = now() - interval '1 second'`);
  await story.bot.application.settled();
}

/** The campaign's clock is put forward, as a process that runs would see it. */
export async function clock(story: Pick<Story, 'bot'>, time: string): Promise<void> {
  story.bot.at(time);
  await story.bot.application.scheduler.tick();
  await story.bot.application.settled();
}

/** Writes a notice up to its summary. `to` and `when` are buttons, or are typed. */
export async function writeNotice(
  user: FakeUser,
  words: {
    readonly title: string;
    readonly body: string;
    readonly to: string | RegExp;
    readonly when: string | RegExp;
  },
): Promise<Shown> {
  user.say('/thongbao');
  await user.reply(has('Thông báo'));
  await go(user, 'Soạn thông báo', 'ghi tiêu đề');
  user.say(words.title);
  await user.reply(has('ghi nội dung'));
  user.say(words.body);
  await user.reply(has('Gửi đến ai'));
  await go(user, words.to, 'Gửi lúc nào');
  if (words.when instanceof RegExp) await press(user, words.when);
  else user.say(words.when);
  return user.reply(has('Người nhận sẽ thấy'));
}

/** How many of them have a message with this in it. */
export const heard = (users: readonly FakeUser[], text: string): number =>
  users.filter((user) => user.messages().some(has(text))).length;

/** How many messages with this they have, all together. */
export const copies = (users: readonly FakeUser[], text: string): number =>
  users.reduce((n, user) => n + user.messages().filter(has(text)).length, 0);
