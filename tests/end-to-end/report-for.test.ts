/** Through Telegram: reports entered for people on no platform, and remarks on conduct. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser, Shown } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press } from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: Story;
let head: FakeUser;
let deputy: FakeUser;
let reporter: FakeUser;
let member: FakeUser;
let otherReporter: FakeUser;
let ids: Record<string, number>;

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C2', 'Lê Hương', 'vien-triet-hoc', 'cấp phó'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', 'đầu mối'],
      ['C4', 'Phạm Lan', 'vien-triet-hoc', ''],
      ['C5', 'Vũ Thế Già', 'vien-triet-hoc', ''],
      ['K1', 'Vũ Văn Khác', 'vien-ktct', ''],
      ['K2', 'Ngô Tâm', 'vien-ktct', 'đầu mối'],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [head, deputy, reporter, member, otherReporter] = (await story.join(
    'C1',
    'C2',
    'C3',
    'C4',
    'K2',
  )) as [FakeUser, FakeUser, FakeUser, FakeUser, FakeUser];
  const rows = await story.database.query<{ code: string; id: number }>(
    'select code, id from person',
  );
  ids = Object.fromEntries(rows.map(({ code, id }) => [code, id]));
});

afterAll(() => story?.close());

const copyOf = (user: FakeUser, text: string): Shown => {
  const found = user.messages().findLast(has(text));
  if (!found) throw new Error(`${user.name} has no message with ${text}`);
  return found;
};

/** From choosing the person to the receipt. @returns the report's number */
async function enter(user: FakeUser, title: string, confirmer: string | RegExp): Promise<number> {
  user.say('/baocaothay vu the gia');
  await user.reply(has('chọn đúng người'));
  await press(user, 'Vũ Thế Già – Viện Triết học');
  const asked = await user.reply(has('Đồng chí báo cáo theo nội dung thi đua nào?'));
  expect(asked.text).toContain('Nhập thay đồng chí Vũ Thế Già, Viện Triết học.');
  await press(user, TASK);
  await user.reply(has('ghi tên việc'));
  user.say(title);
  await user.reply(has('việc đã làm và kết quả'));
  user.say('Đã xong.');
  await user.reply(has('Thời gian hoàn thành'));
  await press(user, /^Hôm nay/);
  await user.reply(has('gửi minh chứng'));
  user.say(`https://hocvien.example/${title.length}`);
  await user.reply(has('Đã nhận minh chứng'));
  await press(user, 'Xong');
  await user.reply(has('Ai xác nhận kết quả này?'));
  if (typeof confirmer === 'string') user.say(confirmer);
  else await press(user, confirmer);
  await user.reply(has('Ai cùng thực hiện'));
  await press(user, 'Bỏ qua');
  const summary = await user.reply(has('kiểm tra trước khi gửi'));
  expect(summary.text).toContain('Nhập thay đồng chí Vũ Thế Già');
  await press(user, 'Gửi');
  const receipt = await user.reply(has('Đã nhận báo cáo'));
  await story.settled();
  return Number(/Đã nhận báo cáo (\d+)/.exec(receipt.text)?.[1]);
}

describe('a report entered for somebody who uses no platform', () => {
  it('is that person’s, says who entered it and who confirmed it, and is verified by the head', async () => {
    const id = await enter(reporter, 'Sổ tay nghiệp vụ', 'Trần Quang');
    const [row] = await story.database.query<{ author: number; filed: number }>(
      'select author_id as author, filed_by as filed from report where id = $1::int',
      [id],
    );
    expect(row).toEqual({ author: ids.C5, filed: ids.C3 });
    const request = copyOf(head, `Báo cáo ${id} chờ xác nhận`);
    expect(request.text).toContain('Vũ Thế Già');
    expect(request.text).toContain('đầu mối Nguyễn Hà nhập thay');
    expect(request.text).toContain('Người xác nhận: Trần Quang');
    for (const verb of ['v', 'r', 'j', 'k'])
      expect(await reporter.forge(reporter.last().id, `ver:${id}:1:${verb}`).answered).toContain(
        'Báo cáo do chính đồng chí gửi',
      );
    await head.pressOn(request.id, 'Xác nhận').answered;
    await reporter.reply(has(`đã xác nhận báo cáo ${id} “Sổ tay nghiệp vụ” do đồng chí nhập thay`));
  });

  it('entered by the head goes to the deputy alone', async () => {
    const id = await enter(head, 'Do thủ trưởng nhập', /^Chính đồng chí Vũ Thế Già$/);
    expect(head.messages().some(has(`Báo cáo ${id} chờ xác nhận`))).toBe(false);
    copyOf(deputy, `Báo cáo ${id} chờ xác nhận`);
    expect(await head.forge(head.last().id, `ver:${id}:1:v`).answered).toContain('chính đồng chí');
  });

  it('is refused for who uses the system, for oneself and for another unit’s people', async () => {
    reporter.say('/baocaothay');
    await reporter.reply(has('Đồng chí nhập báo cáo thay cho ai?'));
    reporter.say('Phạm Lan');
    await reporter.reply(has('Phạm Lan đã sử dụng hệ thống nên tự báo cáo'));
    reporter.say('Vũ Văn Khác');
    await reporter.reply(has('Không tìm thấy người này trong đơn vị của đồng chí'));
    reporter.say('Nguyễn Hà');
    await reporter.reply(has('báo cáo kết quả của chính đồng chí'));
    member.say('/baocaothay');
    await member.reply(has('không nhập báo cáo thay được'));
    for (const [user, code, why] of [
      [member, 'C5', 'không thuộc đơn vị đồng chí làm đầu mối'],
      [otherReporter, 'C5', 'không thuộc đơn vị đồng chí làm đầu mối'],
      [reporter, 'C4', 'đã sử dụng hệ thống'],
      [reporter, 'C3', 'gõ /baocao'],
      [reporter, 'K1', 'không thuộc đơn vị đồng chí làm đầu mối'],
    ] as const) {
      await user.forge(user.last().id, `for:${ids[code]}`).answered;
      await user.reply(has(why));
    }
  });

  it('is in the hands of who entered it, and of its author from the day they enrol', async () => {
    const id = await enter(reporter, 'Việc sẽ rút', 'Lê Hương');
    const [author] = (await story.join('C5')) as [FakeUser];
    author.say('/cuatoi');
    const mine = await author.reply(has('Báo cáo của đồng chí'));
    expect(mine.text).toContain('Việc sẽ rút');
    expect(mine.text).toContain('Sổ tay nghiệp vụ');
    member.say('/cuatoi');
    await member.reply(has('chưa có báo cáo nào'));
    expect(await member.forge(member.last().id, `rep:${id}:withdraw`).answered).toContain(
      'Không tìm thấy báo cáo này',
    );
    reporter.say('/cuatoi');
    await reporter.reply(has('Đồng chí chưa có báo cáo nào'));
    await press(reporter, /^Báo cáo nhập thay \(2\)$/);
    const entered = await reporter.reply(has('Báo cáo đồng chí đã nhập thay'));
    expect(entered.text).toContain('(Vũ Thế Già)');
    await press(reporter, new RegExp(`^Số ${id}: `));
    await reporter.reply(has('Người xác nhận: Lê Hương'));
    await press(reporter, 'Sửa');
    await reporter.reply(has('kiểm tra trước khi gửi'));
    await press(reporter, 'Sửa: Người xác nhận kết quả');
    await reporter.reply(has('Ai xác nhận kết quả này?'));
    reporter.say('Nguyễn Hà');
    await reporter.reply(has('cần là người khác với người nhập'));
    reporter.say('Phạm Lan');
    await reporter.reply(has('kiểm tra trước khi gửi'));
    await press(reporter, 'Gửi');
    await reporter.reply(has(`Đã nhận lại báo cáo ${id}`));
    await story.settled();
    expect(copyOf(head, 'Người xác nhận: Phạm Lan').text).toContain('Tác giả đã sửa báo cáo.');
    reporter.forge(reporter.last().id, `rep:${id}:withdraw`);
    await reporter.reply(has('muốn rút báo cáo'));
    await press(reporter, 'Rút báo cáo');
    await reporter.reply(has(`Đã rút báo cáo ${id}`));
    await author.reply(has(`Nguyễn Hà đã rút báo cáo ${id} “Việc sẽ rút” nhập thay`));
    // From now on the author reports in person.
    reporter.forge(reporter.last().id, `for:${ids.C5}`);
    await reporter.reply(has('Người này đã sử dụng hệ thống'));
  });
});

describe('a remark', () => {
  it('is written by the head on a person, who is told, sees it, and hears when it is withdrawn', async () => {
    head.say('/nhanxet');
    await head.reply(has('Đơn vị chưa có nhận xét nào'));
    await press(head, 'Nhận xét một người');
    await head.reply(has('Đồng chí nhận xét về ai?'));
    head.say('Trần Quang');
    await head.reply(has('không tự nhận xét về bản thân'));
    head.say('Phạm Lan');
    await head.reply(has('chọn đúng người'));
    await press(head, 'Phạm Lan – Viện Triết học');
    const asked = await head.reply(has('Đồng chí nhận xét theo nội dung nào?'));
    const [item = ''] = asked.buttons.flat();
    await press(head, item);
    await head.reply(has('ghi nhận xét (từ 3 đến 500 ký tự)'));
    head.say('Gương mẫu, giúp đỡ đồng nghiệp.');
    await head.reply(has('kiểm tra trước khi gửi'));
    await press(head, 'Gửi');
    await head.reply(has('Đã ghi nhận xét'));
    const told = await member.reply(has('Trần Quang có nhận xét về đồng chí'));
    expect(told.text).toContain('Gương mẫu, giúp đỡ đồng nghiệp.');
    expect(told.text).toContain('không tính điểm');
    member.say('/cuatoi');
    await member.reply(has('chưa có báo cáo nào'));
    await press(member, 'Nhận xét về đồng chí (1)');
    await member.reply(has('Gương mẫu, giúp đỡ đồng nghiệp.'));

    const [remark] = await story.database.query<{ id: number }>('select id from remark');
    for (const user of [member, reporter, otherReporter])
      expect(await user.forge(user.last().id, `rmk:yes:${remark?.id}`).answered).toContain(
        'Không tìm thấy nhận xét này',
      );
    deputy.say('/nhanxet');
    await deputy.reply(has('Gương mẫu'));
    await press(deputy, `Rút nhận xét ${remark?.id}`);
    await deputy.reply(has('muốn rút nhận xét'));
    await press(deputy, `Rút nhận xét ${remark?.id}`);
    await deputy.reply(has('Đã rút nhận xét'));
    await member.reply(has('đã rút nhận xét về đồng chí'));
    member.say('/nhanxet');
    await member.reply(has('Chưa có nhận xét nào về đồng chí'));
  });

  it('on the unit is told to whoever else leads it, and to nobody without the right', async () => {
    const [unit] = await story.database.query<{ id: number }>(
      `select id from unit where code = 'vien-triet-hoc'`,
    );
    for (const user of [member, reporter, otherReporter])
      for (const of of [`unit:${unit?.id}`, `person:${ids.C4}`])
        expect(await user.forge(user.last().id, `rmk:${of}`).answered).toContain(
          'thuộc thẩm quyền của thủ trưởng và cấp phó',
        );
    expect(await head.forge(head.last().id, `rmk:person:${ids.C1}`).answered).toContain(
      'thuộc thẩm quyền',
    );
    deputy.say('/nhanxet');
    await deputy.reply(has('Đơn vị chưa có nhận xét nào'));
    await press(deputy, 'Nhận xét tập thể Viện Triết học');
    const asked = await deputy.reply(has('Nhận xét về tập thể Viện Triết học.'));
    await press(deputy, asked.buttons.flat()[0] ?? '');
    await deputy.reply(has('ghi nhận xét'));
    deputy.say('Tập thể đoàn kết.');
    await deputy.reply(has('kiểm tra trước khi gửi'));
    await press(deputy, 'Gửi');
    await deputy.reply(has('Đã ghi nhận xét'));
    await head.reply(has('Lê Hương có nhận xét về tập thể Viện Triết học'));
    await story.settled();
    expect(member.messages().some(has('Tập thể đoàn kết.'))).toBe(false);
    const audit = await story.database.query<{ action: string; details: unknown }>(
      `select action, details from audit where subject like 'remark:%' order by id`,
    );
    expect(audit.map(({ action }) => action)).toEqual([
      'remark.written',
      'remark.withdrawn',
      'remark.written',
    ]);
    expect(JSON.stringify(audit)).not.toContain('đoàn kết');
    expect(story.bot.complaints).toEqual([]);
  });
});
