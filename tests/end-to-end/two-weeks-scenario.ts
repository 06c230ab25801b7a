/** Two weeks of 40 people of three units, on whatever platforms the cast is on. */
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boardsOnly, type RosterLine, startBot, type TestBot } from '../support/bot.ts';
import type { Cast, Colleague, UnitRoom } from '../support/colleague.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type Entry, expectedBoard, type Ledger } from './two-weeks-ledger.ts';

/** 40 people of three real units: two are compared with each other, the third stands alone. */
const UNITS = [
  { code: 'vien-triet-hoc', name: 'Viện Triết học', people: 16 },
  { code: 'vien-ktct', name: 'Viện Kinh tế chính trị học', people: 14 },
  { code: 'van-phong', name: 'Văn phòng Học viện', people: 10 },
] as const;

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Đặng', 'Hoàng', 'Đỗ', 'Vũ', 'Bùi', 'Ngô'];
const GIVEN = [
  'An',
  'Bình',
  'Châu',
  'Dũng',
  'Giang',
  'Hạnh',
  'Khôi',
  'Liên',
  'Mai',
  'Nghĩa',
  'Oanh',
  'Phúc',
  'Quỳnh',
  'Sơn',
  'Thủy',
  'Ước',
  'Vân',
  'Xuân',
  'Yến',
  'Đức',
];

const nameOf = (i: number): string =>
  `${FAMILY[i % FAMILY.length]} ${GIVEN[(i * 7) % GIVEN.length]} ${GIVEN[(i * 3 + Math.floor(i / 10)) % GIVEN.length]}`;

const ROSTER: RosterLine[] = UNITS.flatMap((unit, u) =>
  Array.from({ length: unit.people }, (_, n): RosterLine => {
    const at = UNITS.slice(0, u).reduce((sum, each) => sum + each.people, 0) + n;
    const role = n === 0 ? 'thủ trưởng' : n === 1 ? 'cấp phó' : '';
    return [`CB${String(at + 1).padStart(2, '0')}`, nameOf(at), unit.code, role];
  }),
);

const ITEMS = [
  { id: 'cn.2', button: 'Hoàn thành xuất sắc nhiệm vụ được giao' },
  { id: 'cn.5', button: 'Phong trào do Thủ tướng, Giám đốc phát động' },
  { id: 'cn.6', button: 'Phối hợp hiệu quả với đồng nghiệp, đơn vị' },
] as const;

/** The last of each unit takes no part: nobody may read their names in a group. */
const SILENT = ROSTER.filter((line, i) => line[2] !== ROSTER[i + 1]?.[2]);
const REPORTERS = ROSTER.filter((line) => !SILENT.includes(line));

/** The same numbers in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

const PHOTO = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

/** @param where the platforms, for the test's name */
export function twoWeeks(where: string, makeCast: () => Promise<Cast>): void {
  let database: TestDatabase;
  let cast: Cast;
  let bot: TestBot;
  const users = new Map<string, Colleague>();
  const rooms = new Map<string, UnitRoom>();
  const ledger: Ledger = {
    people: ROSTER.map(([code, name, unit]) => ({ code, name, unit })),
    entries: [],
  };

  const user = (code: string): Colleague => {
    const found = users.get(code);
    if (!found) throw new Error(`nobody has the code ${code}`);
    return found;
  };
  const unitOf = (code: string): string => ROSTER.find((line) => line[0] === code)?.[2] ?? '';
  const leaders = (unit: string): [head: string, deputy: string] => {
    const [head, deputy] = ROSTER.filter((line) => line[2] === unit);
    return [head?.[0] ?? '', deputy?.[0] ?? ''];
  };
  /** Who verifies: the head; for the head's own report, the deputy. */
  const verifierOf = (author: string): string => {
    const [head, deputy] = leaders(unitOf(author));
    return author === head ? deputy : head;
  };

  /** One person's week: their reports, one after the other. */
  async function week(
    number: 1 | 2,
    code: string,
    throwDice: (sides: number) => number,
  ): Promise<void> {
    const author = user(code);
    const count = throwDice(4);
    for (let n = 0; n < count; n += 1) {
      const item = ITEMS[throwDice(ITEMS.length)] ?? ITEMS[0];
      const shared = throwDice(4) === 0;
      const mates = REPORTERS.filter((line) => line[0] !== code);
      const coAuthor = shared ? mates[throwDice(mates.length)] : undefined;
      let duplicates = 0;
      const id = await author.report(
        {
          item: item.button,
          title: `Việc ${n + 1} tuần ${number} của ${author.name}`,
          description: 'Đã hoàn thành đúng hạn, được nghiệm thu <tốt> & đưa vào sử dụng.',
          today: number === 1 ? '2024-09-04' : '2024-09-11',
          evidence:
            throwDice(2) === 0
              ? [`https://hocvien.example/${code}/${number}/${n}`]
              : [`Số ${n + 1}${code}/QĐ-HV, ngày 03/09/2024`, PHOTO],
          ...(coAuthor && { coAuthors: [coAuthor[1]] }),
        },
        (step) => {
          // Each person's first report has one update delivered twice: a typed answer or the very Send.
          if (
            number === 1 &&
            n === 0 &&
            step === (Number(code.slice(2)) % 2 ? 'title' : 'send') &&
            duplicates === 0
          ) {
            duplicates += 1;
            author.redeliverLast();
          }
        },
      );
      ledger.entries.push({
        id,
        week: number,
        item: item.id,
        author: code,
        coAuthor: coAuthor ? { code: coAuthor[0], answer: 'waiting' } : null,
        status: 'submitted',
      });
    }
  }

  /** Co-authors answer, then verifiers decide what waits for them, each in their own order. */
  async function decisions(
    of: (entry: Entry) => boolean,
    throwDice: (sides: number) => number,
  ): Promise<void> {
    const waiting = ledger.entries.filter((entry) => entry.status === 'submitted' && of(entry));
    for (const entry of waiting) {
      const { coAuthor } = entry;
      if (coAuthor?.answer !== 'waiting') continue;
      const roll = throwDice(4);
      if (roll === 3) continue;
      coAuthor.answer = roll === 2 ? 'declined' : 'confirmed';
      const person = user(coAuthor.code);
      await person.answerShare(entry.id, coAuthor.answer);
    }
    await bot.application.settled();
    const fates = new Map(waiting.map((entry) => [entry, throwDice(10)]));
    const verifiers = new Set(waiting.map((entry) => verifierOf(entry.author)));
    await Promise.all(
      [...verifiers].map(async (code) => {
        for (const entry of waiting.filter((each) => verifierOf(each.author) === code)) {
          const fate = fates.get(entry) ?? 0;
          if (fate < 6) {
            await user(code).verify(entry.id);
            entry.status = 'verified';
          } else if (fate === 6) {
            await user(code).refuse(
              entry.id,
              'Trả lại để bổ sung',
              'Đề nghị ghi rõ cấp nghiệm thu',
            );
            entry.status = 'returned';
          } else if (fate === 7) {
            await user(code).refuse(entry.id, 'Không xác nhận', 'Không thuộc nội dung thi đua này');
            entry.status = 'rejected';
          }
        }
      }),
    );
    await bot.application.settled();
    for (const entry of waiting.filter((each) => fates.get(each) === 8)) {
      await user(entry.author).withdraw(entry.id);
      entry.status = 'withdrawn';
    }
    await bot.application.settled();
  }

  /** What this week's tick posts in each unit's room: one board, and what belongs to it. */
  async function boards(weekNumber: 1 | 2): Promise<Map<string, string>> {
    const before = new Map([...rooms].map(([code, room]) => [code, room.posts().length]));
    await bot.application.scheduler.tick();
    await bot.application.settled();
    const title = `Kết quả hưởng ứng tuần ${weekNumber === 1 ? 28 : 29}`;
    return new Map(
      [...rooms].map(([code, room]) => {
        const posts = room.posts().slice(before.get(code));
        expect(posts.filter((text) => text.includes(title))).toHaveLength(1);
        return [code, posts.join('\n')];
      }),
    );
  }

  beforeAll(async () => {
    database = await testDatabase();
    cast = await makeCast();
    bot = await startBot({
      database,
      adapters: cast.adapters,
      roster: ROSTER,
      campaign: boardsOnly(),
      at: '2024-09-02T08:30:00+07:00',
    });
    // A new installation owes no boards for the weeks before it.
    await bot.application.scheduler.tick();
    expect(bot.complaints.splice(0)).toMatchObject([{ text: /begins with its next occurrence/ }]);
  }, 60_000);

  afterAll(async () => {
    await bot?.application.stop();
    await cast?.close();
  });

  describe(`two weeks of three units ${where}`, () => {
    it('everyone enrols by their link, and heads link their unit’s group', async () => {
      const codes = await bot.invite(...ROSTER.map(([code]) => code));
      await Promise.all(
        ROSTER.map(async ([code, name]) => {
          const person = cast.colleague(name);
          users.set(code, person);
          await person.enrol(codes[code] ?? '');
        }),
      );
      for (const { code, name } of UNITS) {
        rooms.set(code, await cast.room(name, user(leaders(code)[0])));
      }
      await cast.taken();
    });

    it('week 1: people report side by side, with redeliveries; the boards equal the rules', async () => {
      bot.at('2024-09-04T09:00:00+07:00');
      const rolls = new Map(REPORTERS.map(([code], i) => [code, dice(i + 1)]));
      await Promise.all(REPORTERS.map(([code]) => week(1, code, rolls.get(code) ?? dice(0))));
      await bot.application.settled();
      expect(ledger.entries.length).toBeGreaterThan(40);

      bot.at('2024-09-06T15:00:00+07:00');
      await decisions(() => true, dice(75));
      bot.at('2024-09-09T08:00:30+07:00');
      const posted = await boards(1);
      for (const unit of UNITS) {
        const board = expectedBoard(ledger, bot.campaign, UNITS, unit.code, 1, null);
        for (const line of board) expect(posted.get(unit.code)).toContain(line);
      }
    }, 180_000);

    it('week 2: late decisions correct week 1, and stand beside the new week', async () => {
      const before = structuredClone(ledger);
      bot.at('2024-09-11T10:00:00+07:00');
      for (const entry of ledger.entries.filter(({ status }) => status === 'returned')) {
        await user(entry.author).amend(entry.id, `Việc đã bổ sung của ${user(entry.author).name}`);
        entry.status = 'submitted';
      }
      const rolls = new Map(REPORTERS.map(([code], i) => [code, dice(i + 101)]));
      await Promise.all(REPORTERS.map(([code]) => week(2, code, rolls.get(code) ?? dice(0))));
      await bot.application.settled();
      bot.at('2024-09-13T15:00:00+07:00');
      await decisions(() => true, dice(1949));

      bot.at('2024-09-16T08:00:30+07:00');
      const posted = await boards(2);
      for (const unit of UNITS) {
        const board = expectedBoard(ledger, bot.campaign, UNITS, unit.code, 2, before);
        for (const line of board) expect(posted.get(unit.code)).toContain(line);
      }
      expect(
        [...posted.values()].some((text) => text.includes('Điều chỉnh số liệu các tuần trước')),
      ).toBe(true);
    }, 180_000);

    it('nothing was lost or doubled on the way', async () => {
      const [row] = await database.query<{ reports: number; waiting: number; dead: number }>(
        `select (select count(*) from report) as reports, (select count(*) from outbox) as waiting,
         (select count(*) from dead_letter) as dead`,
      );
      expect(row).toEqual({ reports: ledger.entries.length, waiting: 0, dead: 0 });
      // As text, so that a failure shows the cause inside an error as well.
      expect(bot.complaints.map((line) => inspect(line, { depth: 6 }))).toEqual([]);
      const stored = await database.query<{ id: number; status: string }>(
        'select id, status from report order by id',
      );
      expect(stored).toEqual(
        ledger.entries.map(({ id, status }) => ({ id, status })).sort((a, b) => a.id - b.id),
      );
    });

    it('never names who has nothing verified', () => {
      const unnamed = ledger.people.filter(
        ({ code }) =>
          !ledger.entries.some(
            (entry) =>
              entry.status === 'verified' &&
              (entry.author === code || entry.coAuthor?.code === code),
          ),
      );
      expect(unnamed.map(({ code }) => code)).toEqual(
        expect.arrayContaining(SILENT.map(([code]) => code)),
      );
      for (const room of rooms.values())
        for (const text of room.posts())
          for (const { name } of unnamed) expect(text).not.toContain(name);
    });
  });
}
