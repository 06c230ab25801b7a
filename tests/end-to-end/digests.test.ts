/** The weekly digests and digests on request, through Telegram on a real PostgreSQL. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeGroup, FakeUser, Shown } from '../fakes/telegram/index.ts';
import { count } from '../support/delivery.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press, report, verify } from '../support/telegram-steps.ts';
import { sheetsOf } from '../support/workbook.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';
const REFUSED = 'chưa được phân quyền';
const SCHOOL = 'tct-an-giang';

let story: Story;
let office: FakeUser;
let head: FakeUser;
let author: FakeUser;
let council: FakeUser;
let schools: FakeUser;
let students: FakeUser;
let mobiliser: FakeUser;
let schoolHead: FakeUser;
let teacher: FakeUser;
let leader: FakeUser;
let press1: FakeUser;
let group: FakeGroup;

const titled = (text: string) => (message: Shown) => message.text.startsWith(text);
const digests = (user: FakeUser | FakeGroup, week: number): Shown[] =>
  user
    .messages()
    .filter(titled(`Báo cáo tổng hợp tuần ${week} – `))
    .filter(({ photo }) => !photo);
const photos = (user: FakeUser | FakeGroup): Shown[] =>
  user.messages().filter(({ photo }) => photo !== null);
const books = (user: FakeUser | FakeGroup): Shown[] =>
  user.messages().filter(({ document }) => document !== null);
const bookOf = async (user: FakeUser | FakeGroup): Promise<string> => {
  const book = books(user).at(-1)?.document;
  if (!book) throw new Error('no workbook came');
  return [...(await sheetsOf(book.bytes)).values()].join('\n');
};

async function monday(date: string): Promise<void> {
  story.bot.at(`${date}T08:30:10+07:00`);
  await story.bot.application.scheduler.tick();
  await story.bot.application.settled();
}

async function done(who: FakeUser, by: FakeUser, title: string): Promise<void> {
  const id = await report(who, {
    item: TASK,
    title,
    description: 'Đã xong.',
    evidence: [`https://hocvien.example/${encodeURIComponent(title)}`],
  });
  await by.reply(has(`Báo cáo ${id} chờ`));
  await story.settled();
  await verify(by, id);
  await story.settled();
}

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['O1', 'Đoàn Hạnh', 'ban-tdkt', 'thường trực hội đồng'],
      ['H1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['A1', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['A2', 'Vũ Chưa Vào', 'vien-triet-hoc', ''],
      ['A3', 'Lý Chưa Vào', 'vien-triet-hoc', ''],
      ['A4', 'Hồ Chưa Vào', 'vien-triet-hoc', ''],
      ['K1', 'Ủy Viên', 'van-phong', 'hội đồng'],
      ['S1', 'Theo Dõi Trường', 'van-phong', 'theo dõi trường chính trị'],
      ['T1', 'Theo Dõi Học Viên', 'van-phong', 'theo dõi học viên'],
      ['D1', 'Vận Động', 'van-phong', 'đoàn thể'],
      ['G1', 'Hiệu Trưởng', SCHOOL, 'thủ trưởng'],
      ['G2', 'Lê Giảng Viên', SCHOOL, ''],
      ['L1', 'Lãnh Đạo', 'van-phong', 'lãnh đạo'],
      ['P1', 'Báo Chí', 'van-phong', 'báo chí'],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [
    office,
    head,
    author,
    council,
    schools,
    students,
    mobiliser,
    schoolHead,
    teacher,
    leader,
    press1,
  ] = (await story.join(
    'O1',
    'H1',
    'A1',
    'K1',
    'S1',
    'T1',
    'D1',
    'G1',
    'G2',
    'L1',
    'P1',
  )) as FakeUser[] as [
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
  ];
  await done(author, head, 'Bài giảng chuyên đề');
  await done(teacher, schoolHead, 'Giờ giảng mẫu ở trường');
});

afterAll(() => story?.close());

describe('on Monday', () => {
  beforeAll(() => monday('2024-09-09'));

  it('the council’s members and the office get the digest, its picture and its workbook', async () => {
    for (const reader of [council, office]) {
      const [text] = digests(reader, 28);
      expect(text?.text).toContain('Kính gửi Hội đồng Thi đua - Khen thưởng.');
      expect(text?.text).toContain('Người có báo cáo được xác nhận: 2/14 người (14,3%)');
      expect(text?.text).toContain('Đã xác nhận: 2');
      expect(text?.text).toContain('Viện Triết học');
      expect(photos(reader)).toHaveLength(1);
      expect([...(photos(reader)[0]?.photo?.slice(1, 4) ?? [])]).toEqual([...Buffer.from('PNG')]);
      const book = await bookOf(reader);
      expect(book).toContain('Bài giảng chuyên đề');
      expect(book).toContain('Nguyễn Hà');
      // The school has two people: what they did is listed, who did it is not.
      expect(book).toContain('Giờ giảng mẫu ở trường');
      expect(book).not.toContain('Lê Giảng Viên');
    }
  });

  it('an overseer of schools gets schools, one of students students, and nothing else', async () => {
    const [text] = digests(schools, 28);
    expect(text?.text).toContain('các trường chính trị');
    expect(text?.text).toContain('1/2 người (50%)');
    const all = `${text?.text}${await bookOf(schools)}`;
    expect(all).toContain('Giờ giảng mẫu ở trường');
    expect(all).not.toMatch(/Triết học|Bài giảng chuyên đề|Nguyễn Hà|Văn phòng/);

    const [ofStudents] = digests(students, 28);
    expect(ofStudents?.text).toContain('học viên, sinh viên');
    const book = `${ofStudents?.text}${await bookOf(students)}`;
    expect(book).not.toMatch(/Triết học|Bài giảng|Giờ giảng|Nguyễn Hà/);
  });

  it('a mobiliser gets counts and no report, name or points', async () => {
    const [text] = digests(mobiliser, 28);
    expect(text?.text).toContain('Viện Triết học: 1/5 (20%)');
    const all = `${text?.text}${await bookOf(mobiliser)}`;
    expect(all).not.toMatch(/Bài giảng|Giờ giảng mẫu|Nguyễn Hà|Lê Giảng Viên|[Đđ]iểm quy đổi/);
  });

  it('nobody else gets one, and nobody one twice, however often it is run', async () => {
    for (const id of ['council-digest', 'overseer-digest', 'mobiliser-digest'])
      await story.bot.application.scheduler.runNow(id);
    await story.bot.application.settled();
    for (const reader of [council, office, schools, students, mobiliser])
      expect([digests(reader, 28).length, photos(reader).length, books(reader).length]).toEqual([
        1, 1, 1,
      ]);
    for (const other of [head, author, leader, press1, schoolHead])
      expect([digests(other, 28), books(other)]).toEqual([[], []]);
    expect(await count(story.database, 'task')).toBe(0);
  });
});

describe('the council’s group', () => {
  it('is linked by the office, after which the digest goes there and not to the members', async () => {
    group = story.fake.group({ title: 'Nhóm Hội đồng' });
    group.add(office);
    await group.reply(has('đăng kết quả hưởng ứng'));
    expect(await council.press(/^Gắn với Hội đồng/, group).answered).toContain('Thường trực');
    await office.press(/^Gắn với Hội đồng/, group).answered;
    await group.reply(has('Báo cáo tổng hợp hằng tuần gửi Hội đồng'));
    await story.settled();
    await monday('2024-09-16');
    expect(digests(group, 29)).toHaveLength(1);
    expect(digests(group, 29)[0]?.text).toContain('0/14 người (0%) ▼\u00a014,3');
    expect([photos(group).length, books(group).length]).toEqual([1, 1]);
    expect(digests(office, 29)).toHaveLength(1);
    expect(digests(council, 29)).toEqual([]);
  });
});

describe('on request', () => {
  it('a member of the council chooses scope and period, reads at once and gets the files', async () => {
    council.say('/tonghop');
    await council.reply(has('chọn phạm vi'));
    await press(council, 'Các trường chính trị');
    await council.reply(has('chọn thời gian'));
    const before = books(council).length;
    await press(council, 'Toàn phong trào');
    await council.reply(has('Ảnh và tệp số liệu đang được chuẩn bị'));
    await story.settled();
    expect(books(council)).toHaveLength(before + 1);
    expect(await bookOf(council)).toContain('Giờ giảng mẫu ở trường');
    await press(council, 'Chọn thời gian khác');
    await council.reply(has('chọn thời gian'));
  });

  it('leadership too; a mobiliser only counts', async () => {
    leader.say('/digest');
    await leader.reply(has('chọn phạm vi'));
    await press(leader, 'Toàn phong trào');
    await leader.reply(has('chọn thời gian'));
    await press(leader, 'Tuần trước (tuần 29)');
    await leader.reply(has('Trong thời gian này chưa có báo cáo nào'));
    mobiliser.say('/tonghop');
    const periods = await mobiliser.reply(has('chọn thời gian'));
    expect(periods.text).toContain('số người tham gia theo đơn vị');
  });

  it('a head sees the own unit, and by name who has no report', async () => {
    head.say('/tonghop');
    const page = await head.reply(has('Tình hình của Viện Triết học'));
    expect(page.text).toContain('Tham gia từ đầu phong trào: 1/5 người (20%)');
    expect(page.text).toContain('Chưa có báo cáo từ đầu phong trào: 4 người');
    expect(page.text).not.toContain('Hồ Chưa Vào');
    await press(head, 'Ai chưa có báo cáo từ đầu phong trào');
    const names = await head.reply(has('4 người chưa có báo cáo'));
    expect(names.text).toMatch(/Hồ Chưa Vào/);
    expect(names.text).not.toContain('Nguyễn Hà');
  });

  it('is refused to everybody else, and a group learns nothing', async () => {
    for (const other of [author, press1]) {
      other.say('/tonghop');
      await other.reply(has(REFUSED));
    }
    group.say(office, '/tonghop');
    await group.reply(has('riêng'));
    await story.settled();
    expect(digests(group, 29)).toHaveLength(1);
    expect(story.bot.complaints.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
