import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endRole, giveRole } from '../../src/db/grants.ts';
import type { FakeUser } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import {
  has,
  press,
  report,
  requestOf,
  toSummary,
  verify,
  withdraw,
} from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: Story;
let head: FakeUser;
let author: FakeUser;
let office: FakeUser;
let lone: FakeUser;
let below: FakeUser;
let above: FakeUser;
let student: FakeUser;

const at = { on: '2024-09-04', now: '2024-09-04T02:00:00Z' };

const steps = (title: string, item = TASK) => ({
  item,
  title,
  description: 'Đã xong.',
  evidence: [`https://hocvien.example/${encodeURIComponent(title)}`],
});

const send = (user: FakeUser, title: string): Promise<number> => report(user, steps(title));

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['H1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['H2', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['H3', 'Đỗ Văn', 'van-phong', 'thường trực hội đồng'],
      ['H4', 'Lý Không', 'vien-cnxhkh', ''],
      ['H5', 'Mai Dưới', 'hv-bctt-khoa-xdd', ''],
      ['H6', 'Phan Trên', 'hv-bctt', 'thủ trưởng'],
      ['H7', 'Sinh Viên', 'vien-triet-hoc', '', '', 'học viên'],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [head, author, office, lone, below, above, student] = (await story.join(
    'H1',
    'H2',
    'H3',
    'H4',
    'H5',
    'H6',
    'H7',
  )) as [FakeUser, FakeUser, FakeUser, FakeUser, FakeUser, FakeUser, FakeUser];
});

afterAll(() => story?.close());

describe('what changes while somebody is in the middle', () => {
  it('the author withdraws while the head writes why it is returned', async () => {
    const id = await send(author, 'Rút đúng lúc');
    await head.reply(has(`Báo cáo ${id} chờ`));
    head.pressOn(requestOf(head, id).id, 'Trả lại để bổ sung');
    await head.reply(has('ghi rõ nội dung cần bổ sung'));
    await withdraw(author, id);
    head.say('Đề nghị ghi rõ hơn');
    await head.reply(has('Tác giả đã rút báo cáo này'));
  });

  it('the author changes it while the head writes why it is rejected', async () => {
    const described = await toSummary(author, steps('Sửa đúng lúc'));
    await press(author, 'Gửi');
    await author.reply(has('Đã nhận báo cáo'));
    const request = await head.reply(has('Sửa đúng lúc'));
    head.pressOn(request.id, 'Không xác nhận');
    await head.reply(has('lý do không xác nhận'));
    author.edit(described, 'Đã đủ.');
    await author.reply(has('Đã sửa Việc đã làm'));
    head.say('Chưa đủ nội dung');
    await head.reply(has('Báo cáo đã thay đổi'));
    await head.pressOn(request.id, 'Xác nhận').answered;
    await author.reply(has('đã xác nhận báo cáo'));
  });

  it('the head writes a report when a request arrives: a button keeps the draft', async () => {
    head.say('/baocao Việc của thủ trưởng');
    await head.reply(has('nội dung thi đua nào'));
    const id = await send(author, 'Đến giữa chừng');
    await head.reply(has(`Báo cáo ${id} chờ`));
    head.pressOn(requestOf(head, id).id, 'Trả lại để bổ sung');
    const asked = await head.reply(has('ghi rõ nội dung cần bổ sung'));
    expect(asked.text).toContain('Bản nháp đang nhập đã được lưu');
    head.say('Đề nghị ghi rõ hơn');
    await head.reply(has(`Đã trả lại báo cáo ${id}`));
    head.say('/tieptuc');
    await head.reply(has('nội dung thi đua nào'));
    head.say('/huy');
    await head.reply(has('Đã hủy'));
    await withdraw(author, id);
  });

  it('a role that ended decides nothing any more; whoever has it now does', async () => {
    const id = await send(author, 'Đổi người ký');
    const old = await head.reply(has(`Báo cáo ${id} chờ`));
    const unit = { unitCode: null };
    await endRole(story.database, { role: 'head', personCode: 'H1', ...unit }, at);
    expect(await head.pressOn(old.id, 'Xác nhận').answered).toContain('không thuộc thẩm quyền');
    head.say('/choxacnhan');
    await head.reply(has('chưa được phân quyền'));
    office.say('/choxacnhan');
    await office.reply(has('Đổi người ký'));
    await giveRole(story.database, { role: 'head', personCode: 'H1', ...unit }, null, at);
    await verify(head, id);
    await author.reply(has(`đã xác nhận báo cáo ${id}`));
  });
});

describe('who stands in', () => {
  it('the office for a unit without head and deputy; its queue has the report', async () => {
    const id = await send(lone, 'Không có thủ trưởng');
    const asked = await office.reply(has(`Báo cáo ${id} chờ xác nhận`));
    expect(asked.text).toContain('Viện Chủ nghĩa xã hội khoa học');
    await office.pressOn(asked.id, 'Xác nhận').answered;
    await lone.reply(has(`Đỗ Văn đã xác nhận báo cáo ${id}`));
  });

  it('the head of the unit above, before the office', async () => {
    const id = await send(below, 'Đơn vị trực thuộc');
    const asked = await above.reply(has(`Báo cáo ${id} chờ xác nhận`));
    await story.settled();
    expect(office.messages().some(has(`Báo cáo ${id} `))).toBe(false);
    await above.pressOn(asked.id, 'Xác nhận').answered;
    await below.reply(has(`Phan Trên đã xác nhận báo cáo ${id}`));
  });
});

describe('audiences and the end of the campaign', () => {
  it('a student is offered what students do, and an item of status once', async () => {
    student.say('/baocao');
    const asked = await student.reply(has('nội dung thi đua nào'));
    const offered = asked.buttons.flat();
    expect(offered).toContain('Kỷ cương lớp học, quy chế đào tạo');
    expect(offered).not.toContain(TASK);
    const item = 'Kỷ cương lớp học, quy chế đào tạo';
    const id = await report(student, steps('Chấp hành quy chế', item));
    await toSummary(student, steps('Lần nữa', item));
    await press(student, 'Gửi');
    const again = await student.reply(has(`đã có báo cáo ${id}`));
    expect(again.text).toContain('Đồng chí báo cáo theo nội dung thi đua nào?');
    student.say('/huy');
    await student.reply(has('Đã hủy'));
  });

  it('a draft outlives the campaign, but is no longer received', async () => {
    await toSummary(author, steps('Muộn một ngày'));
    story.bot.at('2025-01-11T00:00:00+07:00');
    await press(author, 'Gửi');
    await author.reply(has('đã kết thúc nhận báo cáo từ sau ngày 10/01/2025'));
    author.say('/baocao');
    await author.reply(has('đã kết thúc nhận báo cáo'));
    story.bot.at('2025-01-13T09:00:00+07:00');
    author.say('/bangxephang');
    await author.reply(has('từ đầu phong trào'));
    expect(story.bot.complaints).toEqual([]);
  });
});
