/** A week's reports of a generated campaign, each with how it will be decided and when. */
import { Temporal } from 'temporal-polyfill';
import { addDays, mondayOf } from '../../src/campaign/calendar.ts';
import type { Campaign, ContentItem } from '../../src/campaign/types.ts';
import type { People, SamplePerson } from './people.ts';
import type { Random } from './random.ts';

type Outcome = 'submitted' | 'verified' | 'returned' | 'rejected' | 'withdrawn';

export interface SampleReport {
  readonly id: number;
  readonly kind: 'personal' | 'collective';
  readonly item: string;
  readonly authorId: number;
  readonly unitId: number;
  readonly signedBy: number | null;
  readonly title: string;
  readonly doneOn: string;
  readonly week: string;
  readonly submittedAt: string;
  /** What becomes of it in the end, when, and by whom. */
  readonly outcome: Outcome;
  readonly decidedAt: string;
  readonly decidedBy: number;
  readonly evidence: readonly { readonly kind: 'document' | 'link'; readonly text: string }[];
  readonly contributors: readonly {
    readonly personId: number;
    readonly unitId: number;
    readonly answer: 'confirmed' | 'waiting' | 'declined';
  }[];
}

const notAfter = (day: string, last: string): string => (day <= last ? day : last);

/** How many reports of a week come on which day, Monday first. */
const WEEKDAYS = { 0: 18, 1: 20, 2: 20, 3: 19, 4: 17, 5: 4, 6: 2 };

const TITLES = [
  'Biên soạn chuyên đề mới',
  'Bài đăng tạp chí khoa học',
  'Giờ giảng được dự giờ, đánh giá tốt',
  'Hướng dẫn đề tài cấp cơ sở',
  'Tham gia hội thảo khoa học quốc gia',
  'Số hóa hồ sơ của đơn vị',
  'Cải tiến quy trình tiếp nhận văn bản',
  'Tổ chức tọa đàm học tập nghị quyết',
  'Hoàn thành khóa tự học trực tuyến',
  'Phản biện bài viết sai trái trên mạng xã hội',
];

export interface Maker {
  /** Reports of the week that begins on this Monday, in order of submission. */
  week(monday: string, wanted: number): SampleReport[];
  /** After the campaign's last day: work of its time, counted in its last week. `only`: these units. */
  after(monday: string, wanted: number, only: ReadonlySet<number> | null): SampleReport[];
}

/** `zone`: times of day are the campaign's. */
export function makeReports(campaign: Campaign, people: People, random: Random): Maker {
  const itemsOf = (audience: ContentItem['audience']): ContentItem[] =>
    campaign.items.filter((item) => item.audience === audience && item.mode !== 'conduct');
  const items = {
    staff: itemsOf('staff').filter(({ mode }) => mode === 'count'),
    student: itemsOf('student').filter(({ mode }) => mode === 'count'),
    research_teaching: itemsOf('collective_research_teaching'),
    support: itemsOf('collective_support'),
  };
  const zealous = people.people.filter(({ zeal }) => zeal > 0);
  const totalZeal = zealous.reduce((sum, { zeal }) => sum + zeal, 0);
  const byUnit = new Map<number, SamplePerson[]>();
  for (const person of people.people)
    byUnit.set(person.unit.id, [...(byUnit.get(person.unit.id) ?? []), person]);
  let id = 0;
  let document = 0;

  const instant = (day: string, hour: number, minute: number): string =>
    Temporal.PlainDate.from(day)
      .toZonedDateTime({ timeZone: campaign.zone, plainTime: { hour, minute } })
      .toInstant()
      .toString();

  const evidenceOf = (item: ContentItem): SampleReport['evidence'] => {
    if (!item.evidence.required && random.chance(0.3)) return [];
    document += 1;
    // Now and then the same paper is handed in twice.
    const n = random.chance(0.01) ? Math.max(1, document - random.int(1, 40)) : document;
    return item.evidence.kinds.includes('E2')
      ? [{ kind: 'link', text: `https://tapchi.example/bai-${n}` }]
      : [{ kind: 'document', text: `Số ${n}/QĐ-HV` }];
  };

  const contributorsOf = (author: SamplePerson): SampleReport['contributors'] => {
    if (!random.chance(0.12)) return [];
    const mates = (byUnit.get(author.unit.id) ?? []).filter(
      ({ id: other, audience }) => other !== author.id && audience === author.audience,
    );
    if (mates.length === 0) return [];
    const mate = random.chance(0.2)
      ? random.pick(zealous.filter(({ id: other }) => other !== author.id))
      : random.pick(mates);
    const answer = random.weighted({ confirmed: 85, waiting: 10, declined: 5 });
    return [{ personId: mate.id, unitId: mate.unit.id, answer }];
  };

  const timing = (monday: string) => {
    const day = addDays(monday, Number(random.weighted(WEEKDAYS)));
    const submittedAt = instant(day, random.int(7, 21), random.int(0, 59));
    const slow = random.chance(0.12) ? random.int(7, 16) : random.int(0, 5);
    const decidedAt = Temporal.Instant.from(submittedAt)
      .add({ hours: 24 * slow + random.int(1, 9) })
      .toString();
    return { day, submittedAt, decidedAt };
  };
  const outcome = (): Outcome =>
    random.weighted({ verified: 86, submitted: 4, returned: 4, rejected: 3, withdrawn: 3 });

  const personal = (author: SamplePerson, monday: string): SampleReport => {
    id += 1;
    const item = random.pick(items[author.audience]);
    const { day, submittedAt, decidedAt } = timing(monday);
    const [head, deputy] = people.leaders.get(author.unit.id) ?? [0, 0];
    return {
      id,
      kind: 'personal',
      item: item.id,
      authorId: author.id,
      unitId: author.unit.id,
      signedBy: null,
      title: `${random.pick(TITLES)} (${id})`,
      doneOn: addDays(day, -random.int(0, 3)),
      week: monday,
      submittedAt,
      outcome: outcome(),
      decidedAt,
      decidedBy: author.id === head ? deputy : head,
      evidence: evidenceOf(item),
      contributors: contributorsOf(author),
    };
  };

  const collective = (unit: SamplePerson['unit'], monday: string): SampleReport => {
    id += 1;
    const item = random.pick(items[unit.kind].filter(({ mode }) => mode === 'count'));
    const { day, submittedAt, decidedAt } = timing(monday);
    const [head] = people.leaders.get(unit.id) ?? [0];
    const outside = people.office.filter((each) => each !== head);
    return {
      id,
      kind: 'collective',
      item: item.id,
      authorId: people.reporters.get(unit.id) ?? 0,
      unitId: unit.id,
      signedBy: head,
      title: `${random.pick(TITLES)} của đơn vị (${id})`,
      doneOn: addDays(day, -random.int(0, 3)),
      week: monday,
      submittedAt,
      outcome: outcome(),
      decidedAt,
      decidedBy: random.pick(outside.filter((each) => each !== people.reporters.get(unit.id))),
      evidence: evidenceOf(item),
      contributors: [],
    };
  };

  const maker: Maker = {
    after(monday, wanted, only) {
      const { to } = campaign.period;
      return maker
        .week(monday, wanted)
        .filter(({ unitId, kind }) => (only ? only.has(unitId) : kind === 'personal'))
        .map((report) => ({
          ...report,
          week: mondayOf(to),
          doneOn: notAfter(report.doneOn, to),
        }));
    },
    week(monday, wanted) {
      const reports: SampleReport[] = [];
      for (const person of zealous) {
        const mean = (wanted * person.zeal) / totalZeal;
        const count = Math.floor(mean) + Number(random.chance(mean - Math.floor(mean)));
        for (let i = 0; i < count; i += 1) reports.push(personal(person, monday));
      }
      for (const [unitId, members] of byUnit) {
        const unit = members[0]?.unit;
        // A few units stay silent for a week.
        if (unit?.id === unitId && random.chance(0.4)) reports.push(collective(unit, monday));
      }
      return reports.sort((a, b) => (a.submittedAt < b.submittedAt ? -1 : 1));
    },
  };
  return maker;
}
