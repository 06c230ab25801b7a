/** The people of a generated campaign: units of very different sizes, with everybody the plan names. */
import type { OverseerScope, Role } from '../../src/db/schema.ts';
import type { Random } from './random.ts';

const FAMILY = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Vũ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Ngô',
  'Dương',
  'Lý',
];
const MIDDLE = [
  'Văn',
  'Thị',
  'Đức',
  'Thanh',
  'Minh',
  'Ngọc',
  'Quang',
  'Thu',
  'Hữu',
  'Xuân',
  'Bảo',
  'Kim',
];
const GIVEN = [
  'An',
  'Ánh',
  'Bình',
  'Châu',
  'Chiến',
  'Cường',
  'Dung',
  'Duyên',
  'Đạt',
  'Giang',
  'Hà',
  'Hải',
  'Hằng',
  'Hiền',
  'Hòa',
  'Huệ',
  'Hùng',
  'Hương',
  'Khánh',
  'Lan',
  'Linh',
  'Long',
  'Mai',
  'Nam',
  'Nga',
  'Ngân',
  'Nhung',
  'Oanh',
  'Phúc',
  'Phương',
  'Quân',
  'Quỳnh',
  'Sơn',
  'Tâm',
  'Thảo',
  'Thắng',
  'Thủy',
  'Trang',
  'Tuấn',
  'Tùng',
  'Uyên',
  'Vân',
  'Việt',
  'Yến',
];

export interface SampleUnit {
  readonly id: number;
  readonly code: string;
  readonly kind: 'research_teaching' | 'support';
  readonly bloc: 'academy' | 'political_school';
}

export interface SamplePerson {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly unit: SampleUnit;
  readonly audience: 'staff' | 'student';
  readonly cohort: string | null;
  /** How readily the person reports: 0 never, 1 on average. */
  readonly zeal: number;
  /** Cannot be written to: no account, or one that blocks the bot. */
  readonly reach: 'reached' | 'never' | 'blocked';
}

interface SampleGrant {
  readonly personId: number;
  readonly role: Role;
  readonly unitId: number | null;
  readonly scope: OverseerScope | null;
}

export interface People {
  readonly people: readonly SamplePerson[];
  readonly grants: readonly SampleGrant[];
  /** Head and deputy, in this order, by unit. */
  readonly leaders: ReadonlyMap<number, readonly [number, number]>;
  readonly reporters: ReadonlyMap<number, number>;
  readonly office: readonly number[];
  readonly council: readonly number[];
}

/** Shares of the staff, by what kind of unit it is: the regional academies are large, bureaus small. */
function weightOf({ code, bloc }: SampleUnit): number {
  if (bloc === 'political_school') return 3;
  if (/^hv-(khu-vuc-\d|bctt)$/.test(code)) return 14;
  if (code === 'vp-bcd35') return 0.4;
  return 4;
}

const STUDENT_UNITS = /^hv-(khu-vuc-\d|bctt|bctt-khoa-\w+)$/;

export function makePeople(
  units: readonly SampleUnit[],
  size: { readonly staff: number; readonly students: number },
  random: Random,
): People {
  const people: SamplePerson[] = [];
  const grants: SampleGrant[] = [];
  const leaders = new Map<number, readonly [number, number]>();
  const reporters = new Map<number, number>();

  const add = (unit: SampleUnit, audience: 'staff' | 'student', cohort: string | null): number => {
    const id = people.length + 1;
    people.push({
      id,
      code: `${audience === 'staff' ? 'CB' : 'HV'}${String(id).padStart(5, '0')}`,
      name: `${random.pick(FAMILY)} ${random.pick(MIDDLE)} ${random.pick(GIVEN)}`,
      unit,
      audience,
      cohort,
      zeal: random.chance(0.15) ? 0 : 0.2 + 1.6 * random.next(),
      reach: random.weighted({ reached: 93, never: 5, blocked: 2 }),
    });
    return id;
  };
  const give = (
    personId: number,
    role: Role,
    unitId: number | null = null,
    scope: OverseerScope | null = null,
  ): void => {
    grants.push({ personId, role, unitId, scope });
  };

  const all = units.reduce((sum, unit) => sum + weightOf(unit), 0);
  for (const unit of units) {
    // A very small unit shows that no individual figures are shown there.
    const count = Math.max(4, Math.round((size.staff * weightOf(unit)) / all));
    const staff = Array.from({ length: count }, () => add(unit, 'staff', null));
    const [head = 0, deputy = 0, reporter = 0] = staff;
    give(head, 'head', unit.id);
    give(deputy, 'deputy', unit.id);
    give(reporter, 'reporter', unit.id);
    leaders.set(unit.id, [head, deputy]);
    reporters.set(unit.id, reporter);
  }

  const teaching = units.filter(({ code }) => STUDENT_UNITS.test(code));
  for (let i = 0; i < size.students; i += 1) {
    const unit = teaching[i % teaching.length];
    if (unit)
      add(
        unit,
        'student',
        `K${74 + (Math.floor(i / teaching.length) % 3)}.${unit.id}-${1 + (i % 4)}`,
      );
  }

  const staffOf = (code: string, from: number, count: number): number[] =>
    people
      .filter(({ unit }) => unit.code === code)
      .slice(from, from + count)
      .map(({ id }) => id);
  const giveAll = (ids: readonly number[], role: Role, scope: OverseerScope | null = null) => {
    for (const id of ids) give(id, role, null, scope);
  };
  const office = [...staffOf('ban-tdkt', 3, 2), ...staffOf('vu-tccb', 3, 3)];
  const council = units.slice(0, 9).flatMap(({ code }) => staffOf(code, 0, 1));
  giveAll(office, 'office');
  giveAll(council, 'council');
  giveAll(staffOf('van-phong', 3, 3), 'leadership');
  giveAll(staffOf('vu-cac-tct', 3, 2), 'overseer', 'political_schools');
  giveAll(staffOf('vu-qldt', 3, 2), 'overseer', 'students');
  giveAll(staffOf('vp-dang-doan-the', 3, 3), 'mobiliser');
  giveAll(staffOf('cong-ttdt', 3, 1), 'press');
  giveAll(staffOf('vu-khtc', 3, 1), 'finance');
  return { people, grants, leaders, reporters, office, council };
}
