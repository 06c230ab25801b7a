/**
 * The columns of a roster file: headings are recognised without regard to marks, capitals and
 * spaces, in Vietnamese or English, in any order; other columns are ignored.
 */
import { fold } from './fold.ts';
import type { RoleName } from './roles.ts';

export type ColumnId =
  | 'code'
  | 'name'
  | 'unit'
  | 'audience'
  | 'role'
  | 'cohort'
  | 'email'
  | 'phone'
  | 'from'
  | 'to';

export interface Column {
  readonly id: ColumnId;
  /** The heading in the template. */
  readonly vi: string;
  readonly en: string;
  /** Other headings that mean it. */
  readonly also: readonly string[];
  /** The file must have it, and every row a value. */
  readonly required: boolean;
}

export const COLUMNS: readonly Column[] = [
  {
    id: 'code',
    vi: 'Mã cán bộ',
    en: 'Code',
    also: ['mã', 'mã học viên', 'mã cán bộ, học viên', 'staff code', 'person code'],
    required: true,
  },
  { id: 'name', vi: 'Họ và tên', en: 'Full name', also: ['họ tên', 'name'], required: true },
  {
    id: 'unit',
    vi: 'Đơn vị',
    en: 'Unit',
    also: ['mã đơn vị', 'tên đơn vị', 'unit code', 'unit name'],
    required: true,
  },
  { id: 'audience', vi: 'Đối tượng', en: 'Audience', also: ['type'], required: true },
  { id: 'role', vi: 'Chức vụ', en: 'Role', also: ['vai trò'], required: false },
  {
    id: 'cohort',
    vi: 'Lớp',
    en: 'Class',
    also: ['khóa', 'khóa học', 'lớp học', 'lớp, khóa', 'cohort', 'course'],
    required: false,
  },
  { id: 'email', vi: 'Email', en: 'E-mail', also: ['thư điện tử', 'mail'], required: false },
  {
    id: 'phone',
    vi: 'Điện thoại',
    en: 'Phone',
    also: ['số điện thoại', 'di động', 'telephone', 'mobile'],
    required: false,
  },
  { id: 'from', vi: 'Từ ngày', en: 'From', also: ['from date', 'start'], required: false },
  { id: 'to', vi: 'Đến ngày', en: 'To', also: ['to date', 'until', 'end'], required: false },
];

const byHeading = new Map<string, Column>(
  COLUMNS.flatMap((column) =>
    [column.vi, column.en, ...column.also].map((heading) => [fold(heading), column] as const),
  ),
);

/** Without marks it is another word as well: a faculty. */
const AMBIGUOUS = /^khoa$/i;

/** The column a heading stands for, or null. A note in brackets after it does not matter. */
export function columnOf(heading: string): Column | null {
  const bare = heading.replace(/\(.*\)|[*:]/gsu, ' ').trim();
  return AMBIGUOUS.test(bare) ? null : (byHeading.get(fold(bare)) ?? null);
}

const AUDIENCES: Readonly<Record<string, 'staff' | 'student'>> = {
  'can bo': 'staff',
  'giang vien': 'staff',
  'cong chuc': 'staff',
  'vien chuc': 'staff',
  'nguoi lao dong': 'staff',
  staff: 'staff',
  'hoc vien': 'student',
  'sinh vien': 'student',
  'hoc vien, sinh vien': 'student',
  student: 'student',
};

/** Null for a word that is neither. */
export const audienceOf = (text: string): 'staff' | 'student' | null =>
  AUDIENCES[fold(text)] ?? null;

const ROLES: Readonly<Record<string, RoleName>> = {
  'thu truong': 'head',
  head: 'head',
  'cap pho': 'deputy',
  'pho thu truong': 'deputy',
  deputy: 'deputy',
  'dau moi': 'reporter',
  reporter: 'reporter',
  'thuong truc hoi dong': 'office',
  'thuong truc': 'office',
  office: 'office',
  'hoi dong': 'council',
  'thanh vien hoi dong': 'council',
  'uy vien hoi dong': 'council',
  council: 'council',
  'lanh dao': 'leadership',
  'ban giam doc': 'leadership',
  'dang uy': 'leadership',
  leadership: 'leadership',
  'theo doi truong chinh tri': 'overseer:political_schools',
  'theo doi cac truong chinh tri': 'overseer:political_schools',
  'overseer political_schools': 'overseer:political_schools',
  'overseer:political_schools': 'overseer:political_schools',
  'theo doi hoc vien': 'overseer:students',
  'theo doi hoc vien sinh vien': 'overseer:students',
  'overseer students': 'overseer:students',
  'overseer:students': 'overseer:students',
  'van dong': 'mobiliser',
  'doan the': 'mobiliser',
  'cong doan': 'mobiliser',
  'doan thanh nien': 'mobiliser',
  'hoi cuu chien binh': 'mobiliser',
  mobiliser: 'mobiliser',
  'bao chi': 'press',
  'cong thong tin': 'press',
  press: 'press',
  'tai chinh': 'finance',
  'kinh phi': 'finance',
  finance: 'finance',
};

/** The roles of a cell, several parted by comma, semicolon or plus; null if a word is none. */
export function rolesOf(text: string): RoleName[] | null {
  const roles = new Set<RoleName>();
  for (const word of text.split(/[,;+]/)) {
    if (fold(word) === '') continue;
    const role = ROLES[fold(word)];
    if (role === undefined) return null;
    roles.add(role);
  }
  return [...roles];
}
