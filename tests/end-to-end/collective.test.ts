/** Collective reports through Telegram: filed, signed, verified, with everyone's refusals. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser, Shown } from '../fakes/telegram/index.ts';
import { fileCollective } from '../support/collective-steps.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press } from '../support/telegram-steps.ts';

const BOOK = 'Hoàn thiện giáo trình, chương trình đào tạo, bồi dưỡng';
const TASK = 'Hoàn thành nhiệm vụ chính trị chất lượng cao, đúng tiến độ';

let story: Story;
let head: FakeUser;
let deputy: FakeUser;
let reporter: FakeUser;
let member: FakeUser;
let otherReporter: FakeUser;
let officer: FakeUser;

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C2', 'Lê Hương', 'vien-triet-hoc', 'cấp phó'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', 'đầu mối'],
      ['C4', 'Phạm Lan', 'vien-triet-hoc', ''],
      ['K2', 'Ngô Tâm', 'vien-ktct', 'đầu mối'],
      ['O1', 'Đỗ Thường', 'van-phong', 'thường trực'],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [head, deputy, reporter, member, otherReporter, officer] = (await story.join(
    'C1',
    'C2',
    'C3',
    'C4',
    'K2',
    'O1',
  )) as [FakeUser, FakeUser, FakeUser, FakeUser, FakeUser, FakeUser];
});

afterAll(() => story?.close());

async function file(user: FakeUser, title: string, item = BOOK): Promise<number> {
  const looked: Shown[] = [];
  const id = await fileCollective(user, { item, title, look: (shown) => looked.push(shown) });
  for (const { text } of looked) {
    expect(text).toContain('Báo cáo tập thể của Viện Triết học.');
    expect(text).not.toContain('Người cùng thực hiện');
  }
  await story.settled();
  return id;
}

const stateOf = async (id: number) => {
  const [row] = await story.database.query<Record<string, unknown>>(
    `select kind, status, version, signed_by is not null as signed from report where id = $1::int`,
    [id],
  );
  return row;
};

const copyOf = (user: FakeUser, text: string): Shown => {
  const found = user.messages().findLast(has(text));
  if (!found) throw new Error(`${user.name} has no message with ${text}`);
  return found;
};

describe('a collective report', () => {
  it('is filed by the reporter, signed by the head and verified by the office', async () => {
    const id = await file(reporter, 'Giáo trình triết học');
    expect(reporter.last().text).toContain('để ký duyệt, sau đó được chuyển lên cấp xác nhận');
    expect(await stateOf(id)).toEqual({
      kind: 'collective',
      status: 'submitted',
      version: 1,
      signed: false,
    });
    const request = copyOf(head, `Báo cáo tập thể ${id} chờ ký duyệt`);
    expect(request.buttons.flat()).toEqual(['Ký duyệt', 'Trả lại để bổ sung', 'Xem minh chứng']);
    copyOf(deputy, `Báo cáo tập thể ${id} chờ ký duyệt`);
    expect(officer.messages().some(has(`Báo cáo tập thể ${id}`))).toBe(false);

    head.say('/choxacnhan');
    const queue = await head.reply(has('Việc chờ đồng chí xác nhận'));
    expect(queue.text).toContain('Có 1 báo cáo tập thể chờ ký duyệt');
    expect(queue.text).toContain(`Chờ ký duyệt: báo cáo tập thể ${id} – Viện Triết học`);

    expect(await head.pressOn(request.id, 'Ký duyệt').answered).toContain('Đã ký duyệt báo cáo');
    await story.settled();
    expect(await stateOf(id)).toMatchObject({ status: 'submitted', version: 2, signed: true });
    copyOf(reporter, `đã ký duyệt báo cáo tập thể ${id} “Giáo trình triết học”`);
    const deputys = copyOf(deputy, 'Đã ký duyệt bởi đồng chí Trần Quang');
    expect(deputys.buttons.flat()).not.toContain('Ký duyệt');

    officer.say('/choxacnhan');
    const waits = await officer.reply(has('Việc chờ đồng chí xác nhận'));
    expect(waits.text).toContain(`Chờ xác nhận: báo cáo tập thể ${id}`);
    const asked = copyOf(officer, `Báo cáo tập thể ${id} chờ xác nhận`);
    await officer.pressOn(asked.id, 'Xác nhận').answered;
    await story.settled();
    expect(await stateOf(id)).toMatchObject({ status: 'verified' });
    copyOf(reporter, `đã xác nhận báo cáo ${id}`);
    copyOf(head, `đã xác nhận báo cáo tập thể ${id}`);
  });

  it('is nobody’s to sign or verify but who may: each tries', async () => {
    const id = await file(reporter, 'Chưa ai ký');
    const forge = (user: FakeUser, version: number, verb: string) =>
      user.forge(user.last().id, `ver:${id}:${version}:${verb}`).answered;
    for (const user of [member, otherReporter, officer])
      for (const verb of ['s', 'v', 'r', 'j', 'o'])
        expect(await forge(user, 1, verb)).toContain('không thuộc thẩm quyền xác nhận');
    for (const verb of ['s', 'v', 'r'])
      expect(await forge(reporter, 1, verb)).toContain('do chính đồng chí gửi');
    // Who signs does not verify: neither before nor after.
    expect(await forge(deputy, 1, 'v')).toContain('chưa được ký duyệt');
    await deputy.pressOn(copyOf(deputy, `Báo cáo tập thể ${id} chờ`).id, 'Ký duyệt').answered;
    await story.settled();
    for (const verb of ['v', 'j', 'k'])
      expect(await forge(deputy, 2, verb)).toContain('Đồng chí đã ký duyệt báo cáo này');
    expect(await forge(head, 1, 's')).toContain('Lê Hương đã ký duyệt báo cáo này lúc');
    expect(await forge(head, 2, 'v')).toContain('không thuộc thẩm quyền');
    expect(await stateOf(id)).toMatchObject({ status: 'submitted', version: 2, signed: true });
  });

  it('is filed only by who files for the unit', async () => {
    member.say('/tapthe');
    await member.reply(has('không lập được báo cáo tập thể'));
    const [unit] = await story.database.query<{ id: number }>(
      `select id from unit where code = 'vien-triet-hoc'`,
    );
    for (const user of [member, otherReporter]) {
      await user.forge(user.last().id, `col:${unit?.id}`).answered;
      await user.reply(has('không được phân công lập báo cáo tập thể của đơn vị này'));
    }
  });

  it('is signed by filing where the head files it, and goes to the office at once', async () => {
    const id = await file(head, 'Do thủ trưởng lập');
    expect(await stateOf(id)).toMatchObject({ version: 1, signed: true });
    expect(deputy.messages().some(has(`Báo cáo tập thể ${id}`))).toBe(false);
    copyOf(officer, `Báo cáo tập thể ${id} chờ xác nhận`);
    expect(await head.forge(head.last().id, `ver:${id}:1:v`).answered).toContain('đã ký duyệt');
  });

  it('shows its evidence and what it may duplicate; who verified it may revoke it with a reason', async () => {
    const id = await file(deputy, 'Giáo trình triết học');
    const request = copyOf(officer, `Báo cáo tập thể ${id} chờ xác nhận`);
    expect(request.text).toContain('Báo cáo có thể trùng với');
    officer.pressOn(request.id, 'Xem minh chứng');
    await officer.reply(has('Quyết định 20/QĐ-Giáo trình triết học'));
    await officer.pressOn(request.id, 'Xác nhận').answered;
    await story.settled();
    expect(await deputy.forge(deputy.last().id, `ver:${id}:2:k`).answered).toContain(
      'Đồng chí đã ký duyệt báo cáo này',
    );
    expect(await head.forge(head.last().id, `ver:${id}:2:k`).answered).toContain(
      'không thuộc thẩm quyền',
    );
    officer.pressOn(request.id, 'Thu hồi xác nhận');
    await officer.reply(has('lý do thu hồi'));
    officer.say('Đã tính ở báo cáo trước');
    await officer.reply(has(`Đã thu hồi xác nhận báo cáo ${id}`));
    const told = await deputy.reply(has('đã thu hồi xác nhận báo cáo'));
    expect(told.text).toContain('Lý do: Đã tính ở báo cáo trước');
    expect(await stateOf(id)).toMatchObject({ status: 'revoked', signed: true });
  });

  it('is returned by who should sign it; changed and signed, it asks for a signature again', async () => {
    const id = await file(reporter, 'Thiếu số');
    await deputy.pressOn(copyOf(deputy, `Báo cáo tập thể ${id} chờ`).id, 'Trả lại để bổ sung')
      .answered;
    await deputy.reply(has('ghi rõ nội dung cần bổ sung'));
    deputy.say('Đề nghị ghi số quyết định');
    await deputy.reply(has(`Đã trả lại báo cáo ${id}`));
    const told = await reporter.reply(has('trả lại để bổ sung'));
    expect(told.text).toContain('Lý do: Đề nghị ghi số quyết định');

    const resend = async (title: string) => {
      await reporter.reply(has('kiểm tra trước khi gửi'));
      await press(reporter, 'Sửa: Tên việc');
      await reporter.reply(has('ghi tên việc'));
      reporter.say(title);
      await reporter.reply(has('kiểm tra trước khi gửi'));
      await press(reporter, 'Gửi');
      await reporter.reply(has(`Đã nhận lại báo cáo ${id}`));
      await story.settled();
    };
    reporter.pressOn(told.id, 'Bổ sung và gửi lại');
    await resend('Đã có số');
    const again = copyOf(head, 'Đã có số');
    expect(again.buttons.flat()).toContain('Ký duyệt');
    await head.pressOn(again.id, 'Ký duyệt').answered;
    await story.settled();
    copyOf(officer, 'Đã có số');

    reporter.say('/cuatoi');
    await reporter.reply(has('Đồng chí chưa có báo cáo nào'));
    await press(reporter, /^Báo cáo tập thể \(\d+\)$/);
    const list = await reporter.reply(has('Báo cáo tập thể đồng chí đã lập'));
    expect(list.text).toContain('Đã có số');
    await press(reporter, new RegExp(`^Số ${id}: `));
    await reporter.reply(has('Người ký duyệt'));
    await press(reporter, 'Sửa');
    expect((await reporter.reply(has('kiểm tra trước khi gửi'))).text).toContain(
      'chữ ký duyệt cũ hết hiệu lực',
    );
    await press(reporter, 'Sửa: Tên việc');
    await reporter.reply(has('ghi tên việc'));
    reporter.say('Đổi sau khi ký');
    await reporter.reply(has('kiểm tra trước khi gửi'));
    await press(reporter, 'Gửi');
    await reporter.reply(has(`Đã nhận lại báo cáo ${id}`));
    await story.settled();
    expect(await stateOf(id)).toMatchObject({ status: 'submitted', signed: false });
    expect(copyOf(head, 'Đổi sau khi ký').buttons.flat()).toContain('Ký duyệt');
    // The office is asked no more: its copy says that the report was sent again.
    expect(
      officer
        .messages()
        .some((m) => m.text.includes('Đổi sau khi ký') && m.buttons.flat().includes('Xác nhận')),
    ).toBe(false);
  });

  it('of a status item is filed once in a stage, by whoever of the unit', async () => {
    const id = await file(reporter, 'Hoàn thành sớm', TASK);
    head.say('/unitreport');
    await head.reply(has('Đồng chí báo cáo theo nội dung thi đua nào?'));
    await press(head, TASK);
    await head.reply(has('ghi tên việc'));
    head.say('Hoàn thành lần hai');
    await head.reply(has('việc đã làm và kết quả'));
    head.say('Như trên.');
    await head.reply(has('Thời gian hoàn thành'));
    await press(head, /^Hôm nay/);
    await head.reply(has('gửi minh chứng'));
    head.say('Biên bản 9');
    await head.reply(has('Đã nhận minh chứng'));
    await press(head, 'Xong');
    await head.reply(has('kiểm tra trước khi gửi'));
    await press(head, 'Gửi');
    const refused = await head.reply(has('một lần trong mỗi giai đoạn'));
    expect(refused.text).toContain(`báo cáo ${id}`);
    head.say('/huy');
    await head.reply(has('Đã hủy'));
  });

  it('counts for the unit and for nobody, and stands on its board', async () => {
    story.bot.at('2024-09-09T09:00:00+07:00');
    head.say('/bangxephang');
    await head.reply(has('Viện Triết học'));
    await head.press(/^Tuần trước/).answered;
    const board = await head.reply(has('Điểm tập thể'));
    // One verified report of the item with the weight of 20.
    expect(board.text).toMatch(/Điểm tập thể: 20\n/);
    expect(board.text).toMatch(/Tổng điểm: 0\n/);
    expect(story.bot.complaints).toEqual([]);
  });
});
