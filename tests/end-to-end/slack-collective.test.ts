/** Collective reports, reports for others and remarks in Slack's windows; signed beside Telegram. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser, Shown } from '../fakes/slack/index.ts';
import type { FakeUser as TelegramUser } from '../fakes/telegram/index.ts';
import { fillIn, has, opened, press, send } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';
import * as telegram from '../support/telegram-steps.ts';

const BOOK = 'Hoàn thiện giáo trình, chương trình đào tạo, bồi dưỡng';
const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: SlackStory;
let head: TelegramUser;
let deputy: FakeUser;
let reporter: FakeUser;
let member: FakeUser;
let otherReporter: FakeUser;
let officer: FakeUser;
let ids: Record<string, number>;

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C2', 'Lê Hương', 'vien-triet-hoc', 'cấp phó'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', 'đầu mối'],
      ['C4', 'Phạm Lan', 'vien-triet-hoc', ''],
      ['C5', 'Vũ Thế Già', 'vien-triet-hoc', ''],
      ['K2', 'Ngô Tâm', 'vien-ktct', 'đầu mối'],
      ['O1', 'Đỗ Thường', 'van-phong', 'thường trực'],
    ],
    at: '2024-09-04T09:00:00+07:00',
    beside: 'telegram',
  });
  [deputy, reporter, member, otherReporter, officer] = (await story.join(
    'C2',
    'C3',
    'C4',
    'K2',
    'O1',
  )) as [FakeUser, FakeUser, FakeUser, FakeUser, FakeUser];
  const invites = await story.bot.invite('C1');
  head = story.telegram.user({ name: 'Quang', language: 'vi' });
  await telegram.enrol(head, invites.C1 ?? '');
  const rows = await story.database.query<{ code: string; id: number }>(
    'select code, id from person',
  );
  ids = Object.fromEntries(rows.map(({ code, id }) => [code, id]));
});

afterAll(() => story?.close());

const numberIn = ({ text }: Shown): number => Number(/báo cáo (\d+)/.exec(text)?.[1]);

const copyOf = (user: FakeUser, text: string): Shown => {
  const found = user.messages().findLast(has(text));
  if (!found) throw new Error(`${user.name} has no message with ${text}`);
  return found;
};

async function file(title: string): Promise<number> {
  const modal = await opened(reporter, reporter.command('/tapthe'));
  expect(JSON.stringify(modal.shown)).toContain('Báo cáo tập thể của Viện Triết học.');
  fillIn(modal, {
    item: BOOK,
    title,
    description: 'Đã nghiệm thu.',
    date: '2024-09-03',
    evidence: [`Quyết định ${title.length}/QĐ-${title}`],
  });
  const id = numberIn(await send(reporter, modal, 'Đã nhận báo cáo'));
  await story.settled();
  return id;
}

describe('a collective report in Slack', () => {
  it('is filed in a window, signed on Telegram and verified in Slack', async () => {
    const id = await file('Giáo trình triết học');
    const request = copyOf(deputy, `Báo cáo tập thể ${id} chờ ký duyệt`);
    expect(request.buttons.flat()).toContain('Ký duyệt');
    const asked = await head.reply(telegram.has(`Báo cáo tập thể ${id} chờ ký duyệt`));
    expect(await head.pressOn(asked.id, 'Ký duyệt').answered).toContain('Đã ký duyệt');
    await story.settled();
    expect(copyOf(deputy, 'Đã ký duyệt bởi đồng chí Trần Quang').buttons.flat()).toEqual([]);
    await officer.press('Xác nhận', { on: copyOf(officer, `${id} chờ xác nhận`).ts }).answered;
    await reporter.reply(has(`đã xác nhận báo cáo ${id}`));
    await head.reply(telegram.has(`đã xác nhận báo cáo tập thể ${id}`));
  });

  it('is not for others to file, sign or verify', async () => {
    const id = await file('Chưa ai ký');
    expect(await member.command('/tapthe').answered).toBeNull();
    await member.reply(has('không lập được báo cáo tập thể'));
    const forge = (user: FakeUser, version: number, verb: string) =>
      user.forge(user.last().ts, `ver:${id}:${version}:${verb}`).answered;
    for (const user of [member, otherReporter])
      for (const verb of ['s', 'v', 'r', 'j'])
        expect(await forge(user, 1, verb)).toContain('không thuộc thẩm quyền');
    expect(await forge(reporter, 1, 's')).toContain('chính đồng chí');
    await deputy.press('Ký duyệt', { on: copyOf(deputy, `${id} chờ ký duyệt`).ts }).answered;
    await story.settled();
    expect(await forge(deputy, 2, 'v')).toContain('Đồng chí đã ký duyệt báo cáo này');
    const [row] = await story.database.query<{ status: string }>(
      'select status from report where id = $1::int',
      [id],
    );
    expect(row?.status).toBe('submitted');
  });

  it('is returned with a reason from a window, and changed in one', async () => {
    const id = await file('Thiếu số');
    const on = copyOf(deputy, `${id} chờ ký duyệt`).ts;
    const reason = await opened(deputy, deputy.press('Trả lại để bổ sung', { on }));
    reason.fill('reason', 'Đề nghị ghi số quyết định');
    expect(await reason.submit()).toBe('closed');
    const told = await reporter.reply(has('Lý do: Đề nghị ghi số quyết định'));
    const modal = await opened(reporter, reporter.press('Bổ sung và gửi lại', { on: told.ts }));
    modal.fill('title', 'Đã có số');
    await send(reporter, modal, `Đã nhận lại báo cáo ${id}`);
    await story.settled();
    expect(copyOf(deputy, 'Đã có số').buttons.flat()).toContain('Ký duyệt');
  });
});

describe('in Slack', () => {
  it('a report is entered for another in a window, with who confirmed it', async () => {
    await reporter.command('/baocaothay', 'Vũ Thế Già').answered;
    await reporter.reply(has('chọn đúng người'));
    const modal = await opened(reporter, reporter.press('Vũ Thế Già – Viện Triết học'));
    const steps = {
      item: TASK,
      title: 'Sổ tay nghiệp vụ',
      description: 'Đã xong.',
      date: '2024-09-03',
      evidence: ['https://hocvien.example/so-tay'],
    };
    fillIn(modal, steps);
    modal.fill('confirmer', 'Nguyễn Hà');
    expect(await modal.submit()).toBe('errors');
    expect(Object.values(modal.errors).join()).toContain('cần là người khác với người nhập');
    modal.fill('confirmer', 'Phạm Lan');
    const id = numberIn(await send(reporter, modal, 'Đã nhận báo cáo'));
    await story.settled();
    const request = copyOf(deputy, `Báo cáo ${id} chờ xác nhận`);
    expect(request.text).toContain('đầu mối Nguyễn Hà nhập thay');
    expect(request.text).toContain('Người xác nhận: Phạm Lan');
    await deputy.press('Xác nhận', { on: request.ts }).answered;
    await reporter.reply(has(`đã xác nhận báo cáo ${id} “Sổ tay nghiệp vụ” do đồng chí nhập thay`));
    await otherReporter.forge(otherReporter.last().ts, `for:${ids.C5}`).answered;
    await otherReporter.reply(has('không thuộc đơn vị đồng chí làm đầu mối'));
  });

  it('a remark is written in a window and told to the person alone', async () => {
    await deputy.command('/nhanxet', 'Phạm Lan').answered;
    await deputy.reply(has('chọn đúng người'));
    const modal = await opened(deputy, deputy.press('Phạm Lan – Viện Triết học'));
    const field = modal.shown.fields.find(({ options }) => options.length > 0);
    modal.pick('item', field?.options[0] ?? '');
    modal.fill('text', 'Gương mẫu.');
    expect(await modal.submit()).toBe('closed');
    await deputy.reply(has('Đã ghi nhận xét'));
    await member.reply(has('Lê Hương có nhận xét về đồng chí'));
    await member.command('/nhanxet').answered;
    await member.reply(has('Gương mẫu.'));
    expect(await member.forge(member.last().ts, `rmk:person:${ids.C3}`).answered).toContain(
      'thuộc thẩm quyền của thủ trưởng',
    );
    await press(deputy, 'Xem các nhận xét');
    await deputy.reply(has('Nhận xét của đơn vị'));
    expect(story.bot.complaints).toEqual([]);
  });
});
