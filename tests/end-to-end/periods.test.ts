/** The campaign's dates in Telegram: pledges, stages, the close, and leave to report after it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeGroup, FakeUser } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press, report, toSummary, verify } from '../support/telegram-steps.ts';

const UNIT = 'Viện Triết học';
const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';
const ONCE = 'Kỷ cương lớp học, quy chế đào tạo';

let story: Story;
let head: FakeUser;
let deputy: FakeUser;
let member: FakeUser;
let student: FakeUser;
let office: FakeUser;
let stranger: FakeUser;
let group: FakeGroup;

const at = (time: string): void => story.bot.at(`${time}+07:00`);

async function monday(date: string): Promise<void> {
  at(`${date}T08:00:10`);
  await story.bot.application.scheduler.tick();
  await story.settled();
}

const steps = (title: string, date: string, item = TASK) => ({
  item,
  title,
  description: 'Đã xong.',
  date,
  evidence: [`https://hocvien.example/${encodeURIComponent(title)}`],
});

async function verified(id: number): Promise<void> {
  await head.reply(has(`Báo cáo ${id} chờ`));
  await verify(head, id);
}

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['P1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['P2', 'Phạm Lan', 'vien-triet-hoc', 'cấp phó'],
      ['P3', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['P4', 'Sinh Viên', 'vien-triet-hoc', '', '', 'học viên'],
      ['P5', 'Đỗ Văn', 'van-phong', 'thường trực hội đồng'],
      ['P6', 'Lê Sơn', 'vien-ktct', ''],
    ],
    at: '2024-04-10T09:00:00+07:00',
  });
  [head, deputy, member, student, office, stranger] = (await story.join(
    'P1',
    'P2',
    'P3',
    'P4',
    'P5',
    'P6',
  )) as [FakeUser, FakeUser, FakeUser, FakeUser, FakeUser, FakeUser];
  group = story.fake.group({ title: 'Nhóm Viện Triết học' });
  group.add(head);
  await group.reply(has('đăng kết quả hưởng ứng'));
  group.say(head, '/lienket');
  await group.reply(has(`Đã gắn nhóm này với ${UNIT}`));
});

afterAll(() => story?.close());

describe('a unit’s pledge', () => {
  it('is registered by the head, told to the deputy and posted in the unit’s group', async () => {
    head.say('/dangky');
    await head.reply(has('chưa đăng ký thi đua. Thời hạn đăng ký: đến hết ngày 15/04/2024'));
    await press(head, 'Đăng ký');
    await head.reply(has('Đơn vị đăng ký đạt kết quả gì'));
    head.say('Hoàn thành ba giáo trình, một đề tài.');
    await head.reply(has('Đề nghị ghi số thứ tự và chỉ tiêu'));
    head.say('10: 2');
    await head.reply(has('Đã ghi chỉ tiêu'));
    await press(head, 'Xong');
    await head.reply(has(`${TASK}: 2`));
    await press(head, 'Gửi');
    await head.reply(has(`Đã ghi đăng ký thi đua của ${UNIT}`));
    await deputy.reply(has(`Đồng chí Trần Quang đã đăng ký thi đua cho ${UNIT}`));
    const post = await group.reply(has(`${UNIT} đã đăng ký thi đua`));
    expect(post.text).toContain('Hoàn thành ba giáo trình, một đề tài.');
  });

  it('is changed by the deputy; the group hears of it once only', async () => {
    await press(deputy, 'Xem đăng ký');
    await deputy.reply(has('Trần Quang đăng ký ngày 10/04/2024'));
    await press(deputy, 'Sửa đăng ký');
    await deputy.reply(has('kiểm tra trước khi gửi'));
    await press(deputy, 'Sửa: Chỉ tiêu');
    await deputy.reply(has('Đề nghị ghi số thứ tự và chỉ tiêu'));
    deputy.say('10: 4');
    await deputy.reply(has('Đã ghi chỉ tiêu'));
    await press(deputy, 'Xong');
    await deputy.reply(has(`${TASK}: 4`));
    await press(deputy, 'Gửi');
    await head.reply(has('Đồng chí Phạm Lan đã sửa đăng ký thi đua'));
    await story.settled();
    expect(group.messages().filter(has('đã đăng ký thi đua'))).toHaveLength(1);
  });

  it('is read by the unit’s people with how far it is, and by nobody of another unit', async () => {
    const id = await report(member, steps('Bài giảng mới', '05/04/2024'));
    await verified(id);
    member.say('/dangky');
    const shown = await member.reply(has(`Đăng ký thi đua – ${UNIT}`));
    expect(shown.text).toContain('25%');
    expect(shown.buttons).toEqual([]);
    stranger.say('/dangky viện triết học');
    await stranger.reply(has('chưa được phân quyền'));
  });

  it('the office sees which units have registered, and looks at one', async () => {
    office.say('/dangky');
    const all = await office.reply(has('Đăng ký thi đua: 1/102 đơn vị'));
    expect(all.text).not.toContain(`– ${UNIT}`);
    office.say('/dangky vien-triet-hoc');
    const one = await office.reply(has(`Đăng ký thi đua – ${UNIT}`));
    expect(one.buttons.flat()).not.toContain('Sửa đăng ký');
  });

  it('is only read after the last day', async () => {
    at('2024-04-16T09:00:00');
    head.say('/dangky');
    const shown = await head.reply(has('chỉ còn để xem'));
    expect(shown.buttons.flat()).not.toContain('Sửa đăng ký');
  });
});

describe('stages', () => {
  it('an item of status is reported once in each, by the day of the work', async () => {
    at('2024-08-02T09:00:00');
    const first = await report(student, steps('Chuyên cần', '30/07/2024', ONCE));
    await toSummary(student, steps('Chuyên cần nữa', '31/07/2024', ONCE));
    await press(student, 'Gửi');
    await student.reply(has(`Giai đoạn 1 (sơ kết) đã có báo cáo ${first}`));
    student.say('/huy');
    await student.reply(has('Đã hủy'));
    const second = await report(student, steps('Chuyên cần', '01/08/2024', ONCE));
    expect(second).toBeGreaterThan(first);
  });

  it('the greeting says which it is and its last day', async () => {
    member.say('/start');
    await member.reply(has('Giai đoạn 2 (tổng kết): đến hết ngày 31/12/2024.'));
    at('2024-12-28T09:00:00');
    member.say('/start');
    await member.reply(has('Giai đoạn 2 (tổng kết) còn 3 ngày'));
  });
});

describe('the end of the campaign', () => {
  it('reports are taken some days more, count in the last week, and correct its board', async () => {
    const before = await report(member, steps('Trước khi kết thúc', '27/12/2024'));
    await verified(before);
    at('2024-12-30T09:00:00');
    const last = await report(member, steps('Tuần cuối', '30/12/2024'));
    await verified(last);
    await monday('2025-01-06');
    await group.reply(has(`Kết quả hưởng ứng tuần 45 – ${UNIT}`));

    at('2025-01-08T09:00:00');
    const late = await report(deputy, steps('Nghiệm thu cuối năm', '31/12/2024'));
    await verified(late);
    await monday('2025-01-13');
    const correction = await group.reply(has(`Điều chỉnh kết quả tuần 45 – ${UNIT}`));
    expect(correction.text).toMatch(/tổng điểm từ \d+ thành \d+/);
    await monday('2025-01-20');
    expect(group.messages().filter(has('Điều chỉnh kết quả tuần 45'))).toHaveLength(1);
    expect(group.messages().filter(has('tuần 46'))).toEqual([]);
  });

  it('after the close /baocao says who may give leave; nobody but the office does', async () => {
    at('2025-01-13T09:00:00');
    member.say('/baocao');
    const closed = await member.reply(has('kết thúc nhận báo cáo từ sau ngày 10/01/2025'));
    expect(closed.text).toContain('Thường trực Hội đồng');
    for (const someone of [member, head, deputy, student]) {
      someone.say('/giahan');
      await someone.reply(has('chưa được phân quyền'));
    }
  });

  it('the office lets a unit report; its leaders hear of it, and its people can', async () => {
    office.say('/giahan');
    await office.reply(has('không có đơn vị hoặc cá nhân nào'));
    await press(office, 'Gia hạn');
    await office.reply(has('gõ tên hoặc mã'));
    office.say('viện triết học');
    await office.reply(has('chọn'));
    await press(office, UNIT);
    await office.reply(has('đến hết ngày nào'));
    await press(office, '16/01/2025');
    await office.reply(has('kiểm tra trước khi gửi'));
    await press(office, 'Gửi');
    await office.reply(has(`Đã gia hạn cho ${UNIT} đến hết ngày 16/01/2025`));
    for (const leader of [head, deputy])
      await leader.reply(has(`gia hạn cho ${UNIT} gửi báo cáo đến hết ngày 16/01/2025`));

    const id = await report(member, steps('Được gia hạn', '20/12/2024'));
    const [row] = await story.database.query(
      `select week, to_char(submitted_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as day
       from report where id = $1::int`,
      [id],
    );
    expect(row).toEqual({ week: '2024-12-30', day: '2025-01-13' });
    stranger.say('/baocao');
    await stranger.reply(has('kết thúc nhận báo cáo'));
  });

  it('ended early, what is being written is kept and not received', async () => {
    await toSummary(member, steps('Chưa kịp gửi', '20/12/2024'));
    office.say('/giahan');
    await office.reply(has(`${UNIT}: đến hết ngày 16/01/2025 (Đỗ Văn cho phép)`));
    await press(office, `Kết thúc: ${UNIT}`);
    await office.reply(has('muốn kết thúc việc gia hạn'));
    await press(office, 'Kết thúc gia hạn');
    await office.reply(has(`Đã kết thúc việc gia hạn cho ${UNIT}`));
    await head.reply(has(`kết thúc việc gia hạn cho ${UNIT}`));
    await press(member, 'Gửi');
    const refused = await member.reply(has('kết thúc nhận báo cáo'));
    expect(refused.text).toContain('Chưa kịp gửi');
    expect(story.bot.complaints.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
