/** Boards and digests to draw, of invented figures and the real names of units. */
import { z } from 'zod';
import { addWeeks } from '../../src/campaign/calendar.ts';
import type { Digest, DigestUnit, TrendPoint } from '../../src/digests/types.ts';
import { digestDrawing } from '../../src/messages/digest-picture.ts';
import type { Drawing } from '../../src/messages/drawing.ts';
import { groupDrawing, unitBoardDrawing } from '../../src/messages/pictures.ts';
import type { Say } from '../../src/messages/say.ts';
import shipped from '../../src/people/units.json' with { type: 'json' };
import { UnitRow } from '../../src/people/units.ts';
import { groupTable, unitBoard, weekTable } from '../../src/standings/board.ts';
import { computeWeek, groupKeyOf } from '../../src/standings/score.ts';
import type { CountedReport, UnitOfWeek, UnitStanding } from '../../src/standings/types.ts';
import { campaign, report, unit, week } from './standings-week.ts';

const FAMILY = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Đặng',
  'Đỗ',
  'Vũ',
  'Bùi',
  'Ngô',
  'Tôn Nữ',
];
const GIVEN = [
  'Thị Thùy Dương',
  'Quang Hưng',
  'Văn Ân',
  'Thị Ngọc Ánh',
  'Hữu Nghĩa',
  'Thị Thanh Hương',
  'Quốc Khánh',
  'Thị Hà Phương',
  'Minh Đức',
  'Xuân Trường',
  'Thị Mỹ Hạnh',
  'Bích Diệp',
  'Thế Sửu',
];
const nameOf = (id: number): string =>
  `${FAMILY[id % FAMILY.length]} ${GIVEN[(id * 3) % GIVEN.length]}`;

/** Every unit of the list, with as many people as its place in it suggests. */
export const realUnits: UnitOfWeek[] = z
  .array(UnitRow)
  .parse(shipped)
  .map((row, i) =>
    unit(i + 1, {
      code: row.code,
      nameVi: row.nameVi,
      nameEn: row.nameEn,
      kind: row.kind,
      bloc: row.bloc,
      headcount: i === 7 ? 3 : 20 + ((i * 37) % 90),
    }),
  );

/** Reports that make figures differ, and some of them agree. */
function reportsOf(units: readonly UnitOfWeek[], shift: number): CountedReport[] {
  return units.flatMap(({ unitId, headcount }) =>
    Array.from(
      { length: Math.floor((headcount * (((unitId * 13) % 7) + ((unitId * shift) % 4))) / 12) },
      (_, i) =>
        report(unitId * 1000 + i, {
          of: unitId,
          by: unitId * 1000 + Math.floor(i ** 1.5 / 3),
          item: ['talk', 'paper', 'help'][i % 3] ?? '',
        }),
    ),
  );
}

export interface Week {
  readonly units: readonly UnitOfWeek[];
  readonly standings: readonly UnitStanding[];
  readonly previous: readonly UnitStanding[];
  board(say: Say, unitId: number): Drawing;
  group(say: Say, unitId: number | null, of?: number): Drawing;
}

export function pictureWeek(
  units: readonly UnitOfWeek[],
  reports: readonly CountedReport[] = reportsOf(units, 3),
  before: readonly CountedReport[] = reportsOf(units, 0),
): Week {
  const of = (given: readonly CountedReport[]) => {
    const data = week([...units], [...given]);
    const names = Object.fromEntries(Object.keys(data.names).map((id) => [id, nameOf(Number(id))]));
    return { data: { ...data, names }, standings: computeWeek(data, campaign) };
  };
  const live = of(reports);
  const previous = of(before).standings.units;
  const table = weekTable(live, campaign);
  const { smallUnit, by } = campaign.comparison;
  const asOf = '10 giờ 00, 05/07/2024';
  return {
    units,
    standings: live.standings.units,
    previous,
    board(say, unitId) {
      const board = unitBoard(table, unitId, smallUnit, { previous });
      if (!board) throw new Error(`unit ${unitId} has no board`);
      return unitBoardDrawing(say, board, campaign, { asOf });
    },
    group(say, unitId, of = unitId ?? 1) {
      const member = units.find((one) => one.unitId === of);
      const group = member && groupTable(table, groupKeyOf(member, by), smallUnit, previous);
      if (!group) throw new Error(`unit ${of} is in no group`);
      return groupDrawing(say, group, campaign, unitId, { asOf });
    },
  };
}

/** A council's digest of these units. */
export function sampleDigest(
  { units, standings, previous }: Week,
  change: Partial<Digest> = {},
): Digest {
  const by = campaign.comparison.by;
  const rows = standings.map((standing, i): DigestUnit => {
    const before = previous.find(({ unitId }) => unitId === standing.unitId);
    return {
      unit: units.find(({ unitId }) => unitId === standing.unitId) ?? unit(0),
      standing,
      moved: before?.rank && standing.rank ? before.rank - standing.rank : null,
      participantsBefore: before?.participants ?? null,
      submitted: standing.verified + (i % 4),
      returned: i % 3,
      waiting: i % 4,
      oldestDays: i % 4 === 0 ? null : 3 + (i % 9),
    };
  });
  const total = (key: 'headcount' | 'participants' | 'verified', of = standings): number =>
    of.reduce((sum, standing) => sum + standing[key], 0);
  const silent = rows.filter(({ standing }) => standing.verified === 0).map((row) => row.unit);
  const totals = (of: readonly UnitStanding[]) => ({
    units: of.length,
    headcount: total('headcount', of),
    participants: total('participants', of),
    silentUnits: of.filter(({ verified }) => verified === 0).length,
    reports: {
      submitted: total('verified', of) + 40,
      verified: total('verified', of),
      returned: 8,
    },
  });
  return {
    of: 'campaign',
    campaign,
    by,
    smallUnit: campaign.comparison.smallUnit,
    period: { kind: 'week', week: '2024-07-01', number: 19, running: false },
    asOf: '2024-07-08T01:00:00Z',
    totals: totals(standings),
    before: totals(previous),
    participation: rows.map(({ unit: of, standing, participantsBefore }) => ({
      unit: of,
      participants: standing.participants,
      before: participantsBefore,
    })),
    groups: [...new Set(standings.map(({ groupKey }) => groupKey))].sort().flatMap((groupKey) => {
      const of = rows
        .filter(({ standing }) => standing.groupKey === groupKey)
        .sort((a, b) => (a.standing.rank ?? rows.length) - (b.standing.rank ?? rows.length));
      const [first] = of;
      return first ? [{ groupKey, sample: first.unit, units: of }] : [];
    }),
    units: rows,
    cohorts: [],
    trend: trendOf(12, totals(standings)),
    silent,
    backlog: { waiting: 143, oldestDays: 11 },
    exemplars: [],
    audit: { drawn: 40, waiting: 6, sound: 32, doubtful: 2 },
    corrections: [],
    attention: [
      { kind: 'backlog', waiting: 37, oldestDays: 11, units: units.slice(10, 15) },
      { kind: 'silent', units: silent },
      { kind: 'tickets', overdue: 2 },
    ],
    ...change,
  };
}

/** Weeks up to one with these totals. */
export const trendOf = (
  weeks: number,
  { headcount, participants }: Pick<Digest['totals'], 'headcount' | 'participants'>,
): TrendPoint[] =>
  Array.from({ length: weeks }, (_, i) => {
    const back = weeks - 1 - i;
    const part = back === 0 ? 1 : 0.95 - 0.05 * back + 0.12 * Math.sin(back * 1.3);
    return {
      week: addWeeks('2024-07-01', -back),
      number: 19 - back,
      headcount,
      participants: Math.round(participants * part),
      verified: 600 + 30 * i,
    };
  });

/** Names as long as no unit's, in words and in one. */
const LONG = [
  'Trung tâm Bồi dưỡng, cập nhật kiến thức cho cán bộ lãnh đạo, quản lý các cấp của hệ thống chính trị thuộc Học viện Chính trị khu vực IV tại thành phố Cần Thơ và các tỉnh đồng bằng sông Cửu Long',
  'Viện'.repeat(60),
];

/** What is to be looked at, by name. */
export function samplePictures(say: Say): Record<string, Drawing> {
  const all = pictureWeek(realUnits);
  const three = pictureWeek(realUnits.slice(0, 3));
  const equal = [unit(1, { nameVi: 'Viện Triết học' }), unit(2, { nameVi: 'Viện Xã hội học' })];
  const ties = pictureWeek(
    [...equal, unit(3, { nameVi: 'Viện Kinh tế' })],
    [1, 2, 3, 4].map((id) => report(id, { by: id, of: id % 2 === 0 ? 2 : 1 })),
    [],
  );
  const long = pictureWeek(
    LONG.map((nameVi, i) => unit(i + 1, { nameVi, headcount: 40 })),
    [1, 2, 3].map((id) => report(id, { by: id, of: (id % 2) + 1 })),
  );
  const small = pictureWeek(
    [unit(1, { nameVi: 'Văn phòng Đảng ủy', headcount: 4 })],
    [report(1)],
    [],
  );
  const council = sampleDigest(all);
  const nothing = pictureWeek(realUnits, [], []);
  return {
    unit: all.board(say, 9),
    'unit-small': small.board(say, 1),
    'unit-empty': nothing.board(say, 1),
    group: all.group(say, 60),
    'group-three': three.group(say, 2),
    'group-ties': ties.group(say, 1),
    'group-long': long.group(say, 1),
    'group-empty': nothing.group(say, 1),
    digest: digestDrawing(say, council),
    'digest-three': digestDrawing(
      say,
      sampleDigest(three, { trend: trendOf(2, council.totals), attention: [] }),
    ),
    'digest-empty': digestDrawing(
      say,
      sampleDigest(nothing, {
        trend: [],
        before: null,
        attention: [{ kind: 'silent', units: realUnits }],
      }),
    ),
    'digest-participation': digestDrawing(
      say,
      sampleDigest(all, {
        of: 'participation',
        totals: { ...council.totals, reports: null },
        groups: [],
        backlog: null,
        attention: [],
      }),
    ),
  };
}
