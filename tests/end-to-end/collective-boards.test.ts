/** Collective points on posted boards, against a calculation of their own from the rules. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FakeGroup, FakeUser } from '../fakes/telegram/index.ts';
import { boardsOnly } from '../support/bot.ts';
import { decideOn, fileCollective } from '../support/collective-steps.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, report, verify } from '../support/telegram-steps.ts';

const BOOK = { id: 'rt.3a', button: 'Hoàn thiện giáo trình, chương trình đào tạo, bồi dưỡng' };
const LECTURE = { id: 'rt.3c', button: '“Giờ giảng chất lượng tốt”, “Giờ giảng kiểu mẫu”' };
const TASK = { id: 'cn.2', button: 'Hoàn thành xuất sắc nhiệm vụ được giao' };
const UNITS = [
  { code: 'vien-triet-hoc', name: 'Viện Triết học', people: 3 },
  { code: 'vien-ktct', name: 'Viện Kinh tế chính trị học', people: 2 },
] as const;
type Unit = (typeof UNITS)[number]['code'];

interface Entry {
  readonly unit: Unit;
  readonly item: string;
  /** Null: the unit's. */
  readonly person: string | null;
  verified: boolean;
}

let story: Story;
let people: Record<string, FakeUser>;
const groups = new Map<Unit, FakeGroup>();
const ledger: Entry[] = [];

const user = (code: string): FakeUser => {
  const found = people[code];
  if (!found) throw new Error(code);
  return found;
};

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['A1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['A2', 'Nguyễn Hà', 'vien-triet-hoc', 'đầu mối'],
      ['A3', 'Phạm Lan', 'vien-triet-hoc', ''],
      ['K1', 'Ngô Sơn', 'vien-ktct', 'thủ trưởng'],
      ['K2', 'Đỗ Mai', 'vien-ktct', ''],
      ['O1', 'Đỗ Thường', 'van-phong', 'thường trực'],
    ],
    campaign: boardsOnly(),
    at: '2024-09-04T09:00:00+07:00',
  });
  const codes = ['A1', 'A2', 'A3', 'K1', 'K2', 'O1'];
  const joined = await story.join(...codes);
  people = Object.fromEntries(joined.map((person, i) => [codes[i], person]));
  for (const [code, head, name] of [
    ['vien-triet-hoc', 'A1', 'Viện Triết học'],
    ['vien-ktct', 'K1', 'Viện Kinh tế chính trị học'],
  ] as const) {
    const group = story.fake.group({ title: name });
    group.add(user(head));
    await group.reply((m) => m.buttons.flat().includes(`Gắn với ${name}`));
    user(head).press(`Gắn với ${name}`, group);
    await group.reply(has('Đã gắn nhóm này'));
    groups.set(code, group);
  }
});

afterAll(() => story?.close());

async function collective(
  by: string,
  unit: Unit,
  { id: item, button }: typeof BOOK,
  title: string,
  signer: string | null,
): Promise<{ id: number; entry: Entry }> {
  const id = await fileCollective(user(by), { item: button, title });
  const entry: Entry = { unit, item, person: null, verified: false };
  ledger.push(entry);
  await story.settled();
  if (signer) await decideOn(user(signer), id, 'Ký duyệt');
  await story.settled();
  return { id, entry };
}

async function verified(made: { id: number; entry: Entry }): Promise<void> {
  await decideOn(user('O1'), made.id, 'Xác nhận');
  made.entry.verified = true;
  await story.settled();
}

/** In hundredths, by plain loops: people's points and the unit's own. */
function pointsOf(unit: Unit, who: (entry: Entry) => boolean): number {
  const by = new Map<string, number>();
  for (const entry of ledger.filter((each) => each.unit === unit && each.verified && who(each))) {
    const item = story.bot.campaign.items.find(({ id }) => id === entry.item);
    const key = `${entry.person} ${entry.item}`;
    const sum = (by.get(key) ?? 0) + (item?.weight ?? 0);
    by.set(key, Math.min(sum, item?.weeklyCap ?? sum));
  }
  return [...by.values()].reduce((a, b) => a + b, 0);
}

const vietnamese = (value: number): string =>
  String(Math.round(value * 100) / 100).replace('.', ',');

/** What each unit's board has to say. */
function expected(unit: Unit): string[] {
  const k = story.bot.campaign.comparison.shrinkage;
  const factor = story.bot.campaign.comparison.collectiveFactor;
  const own = (code: Unit) => pointsOf(code, ({ person }) => person !== null);
  const common = (code: Unit) => pointsOf(code, ({ person }) => person === null);
  const heads = UNITS.reduce((sum, each) => sum + each.people, 0);
  const mean = UNITS.reduce((sum, { code }) => sum + own(code), 0) / heads;
  const scores = UNITS.map(({ code, people: n }) => ({
    code,
    score: (own(code) + k * mean) / (n + k) + factor * common(code),
  }));
  const mine = scores.find(({ code }) => code === unit)?.score ?? 0;
  const place = 1 + scores.filter(({ score }) => score > mine + 1e-9).length;
  return [
    `Tổng điểm: ${vietnamese(own(unit))}`,
    ...(common(unit) > 0 ? [`Điểm tập thể: ${vietnamese(common(unit))}`] : []),
    `Điểm quy đổi trên 100 người: ${vietnamese(mine * 100)}`,
    `Vị trí trong nhóm: ${place}/2`,
  ];
}

/** The words of the newest board in the unit's group; its picture stands below. */
const board = (unit: Unit): string =>
  groups
    .get(unit)
    ?.messages()
    .findLast(({ photo, text }) => photo === null && text.includes('Kết quả hưởng ứng tuần'))
    ?.text ?? '';

it('a week’s boards equal the rules, and a later revocation corrects them', async () => {
  const books = [];
  for (const title of ['Giáo trình một', 'Giáo trình hai', 'Giáo trình ba'])
    books.push(await collective('A1', 'vien-triet-hoc', BOOK, title, null));
  const lecture = await collective('A2', 'vien-triet-hoc', LECTURE, 'Giờ giảng tốt', 'A1');
  const rival = await collective('K1', 'vien-ktct', BOOK, 'Giáo trình kinh tế', null);
  // All three books: the unit's cap of the item takes the third.
  for (const made of [...books, lecture, rival]) await verified(made);
  const steps = { item: TASK.button, description: 'Đã xong.' };
  for (const [code, head, unit] of [
    ['A3', 'A1', 'vien-triet-hoc'],
    ['K2', 'K1', 'vien-ktct'],
  ] as const) {
    const evidence = [`https://hocvien.example/${code}`];
    const id = await report(user(code), { ...steps, title: `Việc của ${code}`, evidence });
    await story.settled();
    await verify(user(head), id);
    ledger.push({ unit, item: TASK.id, person: code, verified: true });
  }
  await story.settled();
  expect(pointsOf('vien-triet-hoc', ({ person }) => person === null)).toBe(50);

  story.bot.at('2024-09-09T08:00:30+07:00');
  await story.bot.application.scheduler.tick();
  await story.settled();
  for (const { code } of UNITS)
    for (const line of expected(code)) expect(board(code)).toContain(line);
  const [participants] = await story.database.query<{ n: number }>(
    `select participants as n from unit_standing s join unit u on u.id = s.unit_id
     where u.code = 'vien-triet-hoc' order by s.revision desc limit 1`,
  );
  expect(participants?.n).toBe(1);

  const officer = user('O1');
  story.bot.at('2024-09-11T09:00:00+07:00');
  const copy = officer
    .messages()
    .findLast(
      (m) => m.text.includes('Giáo trình kinh tế') && m.buttons.flat().includes('Thu hồi xác nhận'),
    );
  officer.pressOn(copy?.id ?? 0, 'Thu hồi xác nhận');
  await officer.reply(has('lý do thu hồi'));
  officer.say('Chưa đủ hồ sơ nghiệm thu');
  await officer.reply(has('Đã thu hồi xác nhận'));
  rival.entry.verified = false;
  await story.settled();

  story.bot.at('2024-09-16T08:00:30+07:00');
  await story.bot.application.scheduler.tick();
  await story.settled();
  expect(board('vien-ktct')).toContain('Tuần 28: điểm tập thể từ 20 thành 0.');
  expect(board('vien-triet-hoc')).not.toContain('điểm tập thể từ');
  const [row] = await story.database.query<{ score: number; collective: number }>(
    `select s.score, s.collective from unit_standing s join unit u on u.id = s.unit_id
     where u.code = 'vien-ktct' and s.week = '2024-09-02' order by s.revision desc limit 1`,
  );
  expect(row?.collective).toBe(0);
  const [, score] = expected('vien-ktct');
  expect(score).toBe(`Điểm quy đổi trên 100 người: ${vietnamese((row?.score ?? 0) * 100)}`);
  expect(story.bot.complaints).toEqual([]);
}, 120_000);
