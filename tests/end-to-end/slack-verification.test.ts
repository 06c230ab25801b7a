/** Deciding in Slack: one report before a head on Telegram and a deputy in Slack, and who may not decide. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser, Shown } from '../fakes/slack/index.ts';
import type { FakeUser as TelegramUser } from '../fakes/telegram/index.ts';
import { amend, has, opened, refuse, report, requestOf, verify } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';
import * as telegram from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: SlackStory;
let head: TelegramUser;
let deputy: FakeUser;
let author: FakeUser;
let mate: FakeUser;
let otherHead: FakeUser;

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C2', 'Lê Hương', 'vien-triet-hoc', 'cấp phó'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['C4', 'Phạm Lan', 'vien-triet-hoc', ''],
      ['K1', 'Ngô Sơn', 'vien-ktct', 'thủ trưởng'],
    ],
    at: '2024-09-04T09:00:00+07:00',
    beside: 'telegram',
  });
  [deputy, author, mate, otherHead] = (await story.join('C2', 'C3', 'C4', 'K1')) as [
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
  ];
  const invites = await story.bot.invite('C1');
  head = story.telegram.user({ name: 'Quang', language: 'vi' });
  await telegram.enrol(head, invites.C1 ?? '');
});

afterAll(() => story?.close());

const send = (user: FakeUser, title: string, coAuthors: string[] = []): Promise<number> =>
  report(user, {
    item: TASK,
    title,
    description: 'Đã xong.',
    evidence: [`https://hocvien.example/${title.length}/${title}`],
    coAuthors,
  });

/** A report that both leaders have before them. */
async function waiting(title: string): Promise<{ id: number; copy: Shown }> {
  const id = await send(author, title);
  const copy = await deputy.reply(has(`Báo cáo ${id} chờ`));
  await head.reply(telegram.has(`Báo cáo ${id} chờ`));
  await story.settled();
  return { id, copy };
}

const now = (user: FakeUser, { ts }: Pick<Shown, 'ts'>): Shown => {
  const found = user.messages().find((message) => message.ts === ts);
  if (!found) throw new Error(`${user.name} has no message ${ts}`);
  return found;
};

async function stateOf(id: number): Promise<{ status: string; version: number } | undefined> {
  const [row] = await story.database.query<{ status: string; version: number }>(
    'select status, version from report where id = $1::int',
    [id],
  );
  return row;
}

describe('a report before two leaders on two platforms', () => {
  it('decided in Slack, changes in place on both, and the author is told once', async () => {
    const { id, copy } = await waiting('Quyết ở Slack');
    expect(await deputy.press('Xác nhận', { on: copy.ts }).answered).toBe(
      `Đã xác nhận báo cáo ${id}.`,
    );
    await story.settled();
    const after = now(deputy, copy);
    expect(after.text).toContain('Đã xác nhận bởi đồng chí Lê Hương, 09 giờ 00, 04/09/2024');
    expect(after.edited).toBe(true);
    expect(after.buttons.flat()).not.toContain('Xác nhận');
    const there = head.messages().findLast(telegram.has(`Báo cáo ${id}\n`));
    expect(there?.text).toContain('Đã xác nhận bởi đồng chí Lê Hương');
    expect(there?.buttons.flat()).not.toContain('Xác nhận');
    expect(author.messages().filter(has(`đã xác nhận báo cáo ${id} `))).toHaveLength(1);
  });

  it('decided on Telegram, is told to the deputy who pressed meanwhile', async () => {
    const { id, copy } = await waiting('Quyết ở Telegram');
    story.fake.updates.hold();
    const late = deputy.press('Xác nhận', { on: copy.ts });
    await telegram.verify(head, id);
    await head.reply(telegram.has('Đã xác nhận bởi đồng chí Trần Quang'));
    story.fake.updates.release();
    expect(await late.answered).toBe(
      'Đồng chí Trần Quang đã xác nhận báo cáo này lúc 09 giờ 00, 04/09/2024.',
    );
    await story.settled();
    expect(now(deputy, copy).text).toContain('Đã xác nhận bởi đồng chí Trần Quang');
    expect(await stateOf(id)).toEqual({ status: 'verified', version: 2 });
    expect(author.messages().filter(has(`đã xác nhận báo cáo ${id} `))).toHaveLength(1);
  });

  it('returned by a window with a reason, amended by one, and rejected on Telegram', async () => {
    const { id, copy } = await waiting('Chưa rõ');
    const modal = await opened(deputy, deputy.press('Trả lại để bổ sung', { on: copy.ts }));
    expect(modal.shown.text).toContain(`Báo cáo ${id} của đồng chí Nguyễn Hà: Chưa rõ`);
    modal.fill('reason', '?');
    expect(await modal.submit()).toBe('errors');
    expect(modal.errors.reason).toContain('từ 3 đến 300 ký tự');
    expect((await stateOf(id))?.status).toBe('submitted');
    modal.fill('reason', 'Đề nghị ghi rõ số văn bản');
    expect(await modal.submit()).toBe('closed');
    await deputy.reply(has(`Đã trả lại báo cáo ${id}`));
    const told = await author.reply(has('trả lại để bổ sung'));
    expect(told.text).toContain('Lý do: Đề nghị ghi rõ số văn bản');

    await amend(author, id, 'Đã rõ hơn');
    const again = await deputy.reply(
      (m) => has('Đã rõ hơn')(m) && m.buttons.flat().includes('Xác nhận'),
    );
    expect(again.text).toContain('Tác giả đã sửa và gửi lại báo cáo.');
    await story.settled();
    await telegram.refuse(head, id, 'Không xác nhận', 'Không thuộc nội dung thi đua này');
    await author.reply(has('chưa được đồng chí Trần Quang xác nhận'));
    await story.settled();
    expect(now(deputy, again).text).toContain('Không xác nhận, bởi đồng chí Trần Quang');
  });

  it('is not returned by a window that somebody was quicker than', async () => {
    const { id, copy } = await waiting('Cửa sổ mở lâu');
    const modal = await opened(deputy, deputy.press('Không xác nhận', { on: copy.ts }));
    await telegram.verify(head, id);
    await head.reply(telegram.has('Đã xác nhận bởi đồng chí Trần Quang'));
    modal.fill('reason', 'Không thuộc nội dung này');
    await modal.submit();
    await deputy.reply(has('Đồng chí Trần Quang đã xác nhận báo cáo này lúc'));
    expect(await stateOf(id)).toEqual({ status: 'verified', version: 2 });
  });

  it('is taken back by whoever verified it, with a reason, and by nobody else', async () => {
    const { id } = await waiting('Xác nhận nhầm');
    await telegram.verify(head, id);
    await head.reply(telegram.has('Đã xác nhận bởi đồng chí Trần Quang'));
    await story.settled();
    const refused = await deputy.forge(deputy.last().ts, `ver:${id}:2:k`).answered;
    expect(refused).toContain('Chỉ người đã xác nhận mới thu hồi được');
    expect(deputy.modal()).toBeNull();
    expect((await stateOf(id))?.status).toBe('verified');
  });
});

describe('who may decide', () => {
  it('never oneself: the deputy’s own report goes to the head, and no press of theirs counts', async () => {
    const id = await send(deputy, 'Việc của cấp phó');
    await head.reply(telegram.has(`Báo cáo ${id} chờ`));
    await story.settled();
    expect(deputy.messages().some(has(`Báo cáo ${id} chờ`))).toBe(false);
    for (const verb of ['v', 'r', 'j', 'o']) {
      const said = await deputy.forge(deputy.last().ts, `ver:${id}:1:${verb}`).answered;
      expect(said).toContain('do chính đồng chí gửi cần được người khác xác nhận');
      expect(deputy.modal()?.shown.submit ?? null).toBeNull();
    }
    expect(await stateOf(id)).toEqual({ status: 'submitted', version: 1 });
  });

  it('not a colleague, a co-author, another unit’s head, a guest or a stranger, whatever they press', async () => {
    const id = await send(author, 'Việc không của họ', ['Phạm Lan']);
    await mate.reply(has(`trong báo cáo ${id}`));
    const guest = story.someone('Người lạ');
    guest.say('Chào');
    await guest.reply(has('có đồng ý không'));
    const stranger = story.someone('Người ngoài', { stranger: true });
    stranger.say('Chào');
    await stranger.reply(has('chỉ dành cho cán bộ, học viên'));
    await deputy.reply(has(`Báo cáo ${id} chờ`));
    await story.settled();
    for (const [user, answer] of [
      [author, 'người khác xác nhận'],
      [mate, 'không thuộc thẩm quyền xác nhận của đồng chí'],
      [otherHead, 'không thuộc thẩm quyền xác nhận của đồng chí'],
      [guest, 'chưa được phân quyền'],
      [stranger, 'chỉ dành cho cán bộ, học viên'],
    ] as const) {
      for (const verb of ['v', 'r', 'j', 'k', 'o']) {
        expect(await user.forge(user.last().ts, `ver:${id}:1:${verb}`).answered).toContain(answer);
      }
      // Nor does anyone but the co-author take part.
      if (user === mate) continue;
      expect(await user.forge(user.last().ts, `co:${id}:y`).answered).not.toBeNull();
    }
    expect(await stateOf(id)).toEqual({ status: 'submitted', version: 1 });
    // A button of an earlier version decides nothing either.
    const old = requestOf(deputy, id);
    expect(await deputy.forge(old.ts, `ver:${id}:7:v`).answered).toContain('Báo cáo đã thay đổi');
    await refuse(deputy, id, 'Trả lại để bổ sung', 'Đề nghị ghi rõ hơn');
  });

  it('nor whoever sends a window that was never theirs', async () => {
    const { id, copy } = await waiting('Cửa sổ của người khác');
    const real = await opened(deputy, deputy.press('Không xác nhận', { on: copy.ts }));
    const { view } = story.fake.world.modals.at(-1) ?? { view: {} };
    const guest = story.someone('Khách');
    for (const user of [author, mate, otherHead, guest]) {
      const metadata = { ...JSON.parse(real.privateMetadata), direct: user.direct };
      const copied = { ...view, private_metadata: JSON.stringify(metadata) };
      story.fake.world.openModal(user.id, copied);
      user.modal()?.fill('reason', 'Không phải việc của tôi');
      await user.modal()?.submit();
      await story.settled();
      expect(await stateOf(id)).toEqual({ status: 'submitted', version: 1 });
    }
    // A window that is no form of ours is thrown away.
    const strange = {
      ...view,
      private_metadata: JSON.stringify({ form: 'x', direct: mate.direct }),
    };
    story.fake.world.openModal(mate.id, strange);
    mate.modal()?.fill('reason', 'Thử');
    await mate.modal()?.submit();
    real.fill('reason', 'Không thuộc nội dung này');
    expect(await real.submit()).toBe('closed');
    await deputy.reply(has('Đã ghi nhận không xác nhận'));
    await author.reply(has('chưa được đồng chí Lê Hương xác nhận'));
  });

  it('sees by /choxacnhan what waits, and nothing when it is decided', async () => {
    const { id } = await waiting('Trong danh sách');
    deputy.command('/choxacnhan');
    await deputy.reply(has('Việc chờ đồng chí xác nhận'));
    author.command('/choxacnhan');
    await author.reply(has('chưa được phân quyền'));
    await verify(deputy, id);
    await author.reply(has(`đã xác nhận báo cáo ${id}`));
    expect(story.bot.complaints).toEqual([]);
  });
});
