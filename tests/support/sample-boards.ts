/** Weekly results and own pages, with the figures of a week of ours. */
import type { Message } from '../../src/chat/index.ts';
import type { AwaitedView } from '../../src/engine/reads.ts';
import { createDispatch } from '../../src/flows/dispatch.ts';
import { leaderboard } from '../../src/flows/leaderboard/feature.ts';
import { type HomeView, homeMessage } from '../../src/messages/home.ts';
import { unitBoardMessage } from '../../src/messages/leaderboard.ts';
import type { Say } from '../../src/messages/say.ts';
import { unitBoard, weekTable } from '../../src/standings/board.ts';
import { compareRevisions, computeWeek } from '../../src/standings/score.ts';
import type { CountedReport, UnitWeek } from '../../src/standings/types.ts';
import { Conversation, campaign, personView, texts } from './conversation.ts';
import { AWKWARD, reportLine } from './sample-reports.ts';
import { report, unit, week } from './standings-week.ts';

const { vi, en } = texts;

const UNITS = [
  ['Viện Lịch sử Đảng', 'Institute of Party History', 42],
  ['Viện Triết học', 'Institute of Philosophy', 38],
  ['Viện Chủ nghĩa xã hội khoa học', 'Institute of Scientific Socialism', 31],
  ['Viện Hồ Chí Minh và các lãnh tụ của Đảng', 'Institute of Ho Chi Minh Studies', 29],
  ['Học viện Chính trị khu vực I', 'Regional Academy of Politics I', 210],
  ['Học viện Báo chí và Tuyên truyền', 'Academy of Journalism and Communication', 405],
  ['Viện Kinh tế', 'Institute of Economics', 33],
] as const;
const PEOPLE = [
  'Nguyễn Văn An',
  'Trần Thị Bình',
  'Lê Văn Bính',
  'Nguyễn Thị Thùy Dương',
  'Hoàng Minh Đức',
  'Phạm Thị Thanh Hương',
  'Đặng Thị Hà Phương',
  'Vũ Quốc Khánh',
  'Đỗ Văn Ân',
  'Bùi Thị Ngọc Ánh',
  'Ngô Xuân Trường',
  'Lý Thị Mỹ Hạnh',
];
const units = UNITS.map(([nameVi, nameEn, headcount], i) =>
  unit(i + 1, { nameVi, nameEn, headcount }),
);

/** Reports of the first unit's people, each with the items named, and some of the other units. */
function weekOf(monday: string, own: readonly (readonly string[])[], others: number): UnitWeek {
  let id = 0;
  const one = (by: number, of: number, item: string): CountedReport => {
    id += 1;
    return report(id, { by, of, item });
  };
  const reports = [
    ...own.flatMap((items, person) => items.map((item) => one(person + 1, 1, item))),
    ...units
      .slice(1)
      .flatMap(({ unitId, headcount }) =>
        Array.from({ length: Math.ceil((headcount * others) / (10 * unitId)) }, (_, i) =>
          one(unitId * 1000 + i, unitId, 'cn.2'),
        ),
      ),
  ];
  const names = Object.fromEntries(PEOPLE.map((name, i) => [i + 1, name]));
  return { ...week(units, reports), week: monday, names };
}

const many = ['cn.2', 'cn.2', 'cn.6'];
const before = weekOf('2024-06-24', [['cn.2'], ['cn.2']], 3);
const later = weekOf('2024-06-24', [['cn.2', 'cn.2'], ['cn.2'], ['cn.6']], 3);
const now = weekOf(
  '2024-07-01',
  [many, many, ['cn.2', 'cn.5'], ['cn.2'], ['cn.2'], ['cn.2'], ['cn.2'], ['cn.5'], ['cn.5']].concat(
    [['cn.6'], ['cn.6'], ['cn.6']],
  ),
  2,
);

/** The board posted for a week: with a table, the change of place, and a correction of the week before. */
function posted(say: Say): Message {
  const earlier = computeWeek(before, campaign);
  const corrections = compareRevisions(earlier, computeWeek(later, campaign));
  const table = weekTable({ data: now, standings: computeWeek(now, campaign) }, campaign);
  const board = unitBoard(table, 1, campaign.comparison.smallUnit, {
    previous: earlier.units,
    corrections,
  });
  if (!board) throw new Error('the unit has no board');
  return unitBoardMessage(say, board, campaign);
}

/** Boards as somebody who may see every group is shown them. */
async function asked(): Promise<Record<'board-own' | 'board-group', Message>> {
  const chat = new Conversation({
    handler: createDispatch([leaderboard]),
    person: personView({ id: 1, grants: [{ role: 'office', unitId: null }] }),
    reads: {
      unitWeek: async (monday) => (monday === now.week ? now : later),
      recordedWeek: async () => [...computeWeek(before, campaign).units],
    },
  });
  await chat.command('bangxephang');
  const own = chat.shown.at(-1)?.message;
  await chat.press(vi('lb-show-group'));
  const group = chat.shown.at(-1)?.message;
  if (!own || !group) throw new Error('no board was shown');
  return { 'board-own': own, 'board-group': group };
}

const NOTHING: AwaitedView = {
  returned: { total: 0, lines: [] },
  shares: { total: 0, lines: [] },
};

type Own = Extract<HomeView, { kind: 'person' }>;

function own(values: Partial<Own>, asOf = '10 giờ 00, 05/07/2024'): Own {
  const standing = (data: UnitWeek) => computeWeek(data, campaign).units[0] ?? null;
  return {
    kind: 'person',
    leave: null,
    person: personView(),
    today: '2024-07-05',
    reports: {
      total: 8,
      lines: [
        reportLine(1234, 'Biên soạn giáo trình Lịch sử Đảng Cộng sản Việt Nam'),
        reportLine(1201, 'Bài đăng Tạp chí Lịch sử Đảng số 6/2024', { status: 'verified' }),
        reportLine(1180, 'Tọa đàm khoa học', { status: 'returned', doneOn: '2024-06-20' }),
        reportLine(1177, 'Giờ giảng kiểu mẫu về xây dựng Đảng', { status: 'verified' }),
        reportLine(1102, 'Hướng dẫn đoàn nghiên cứu thực tế tại Tuyên Quang', {
          status: 'withdrawn',
        }),
      ],
    },
    awaited: {
      returned: {
        total: 1,
        lines: [{ id: 1180, title: 'Tọa đàm khoa học', reason: 'Thiếu số và ngày của kế hoạch.' }],
      },
      shares: {
        total: 1,
        lines: [{ id: 1192, title: AWKWARD, authorName: 'Lê Văn Bính' }],
      },
    },
    queue: null,
    unit: {
      asOf,
      closed: { week: later.week, standing: standing(later) },
      current: { week: now.week, standing: standing(now) },
    },
    ...values,
  };
}

const head = own({
  person: personView({ id: 2, name: 'Trần Thị Bình', grants: [{ role: 'head', unitId: 1 }] }),
  reports: { total: 0, lines: [] },
  awaited: NOTHING,
  queue: { reports: 7, oldestDays: 3, enrolments: 1 },
});

export async function boardSamples() {
  return {
    messages: { board: posted(vi), 'board-english': posted(en), ...(await asked()) },
    pages: {
      home: homeMessage(vi, own({}), campaign),
      'home-head': homeMessage(vi, head, campaign),
      'home-english': homeMessage(en, own({}, '10:00, 5 July 2024'), campaign),
      'home-guest': homeMessage(vi, { kind: 'guest', request: null }, campaign),
    },
  };
}
