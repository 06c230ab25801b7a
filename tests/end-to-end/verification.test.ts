import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser, Shown } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import { amend, has, press, refuse, report, requestOf, verify } from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';
const PHOTO = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 75, 20, 24]);

let story: Story;
let head: FakeUser;
let deputy: FakeUser;
let author: FakeUser;
let mate: FakeUser;
let otherHead: FakeUser;

const send = (
  user: FakeUser,
  title: string,
  evidence: readonly (string | Uint8Array)[] = [`https://hocvien.example/${title.length}/${title}`],
  coAuthors: string[] = [],
): Promise<number> =>
  report(user, { item: TASK, title, description: 'Đã xong.', evidence, coAuthors });

/** A message of this person as it looks now. */
const now = (user: FakeUser, { id }: Shown): Shown => {
  const found = user.messages().find((message) => message.id === id);
  if (!found) throw new Error(`${user.name} has no message ${id}`);
  return found;
};

async function stateOf(id: number): Promise<{ status: string; version: number }> {
  const [row] = await story.database.query<{ status: string; version: number }>(
    'select status, version from report where id = $1::int',
    [id],
  );
  if (!row) throw new Error(`no report ${id}`);
  return row;
}

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C2', 'Lê Hương', 'vien-triet-hoc', 'cấp phó'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['C4', 'Phạm Lan', 'vien-triet-hoc', ''],
      ['K1', 'Ngô Sơn', 'vien-ktct', 'thủ trưởng'],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [head, deputy, author, mate, otherHead] = (await story.join('C1', 'C2', 'C3', 'C4', 'K1')) as [
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
  ];
});

afterAll(() => story?.close());

describe('deciding', () => {
  it('the head looks at the evidence first: the photo is the one that was sent', async () => {
    const id = await send(author, 'Có ảnh', [PHOTO, 'Số 5/BB-HV, ngày 01/09/2024']);
    await head.reply(has(`Báo cáo ${id} chờ`));
    await story.settled();
    await head.pressOn(requestOf(head, id).id, 'Xem minh chứng').answered;
    const shown = await head.reply(({ photo }) => photo !== null);
    expect(shown.photo).toEqual(PHOTO);
    expect(head.messages().some(has('Số 5/BB-HV, ngày 01/09/2024'))).toBe(true);
    await verify(head, id);
    await author.reply(has(`Trần Quang đã xác nhận báo cáo ${id} “Có ảnh”. Trân trọng cảm ơn`));
    const copy = head.messages().findLast(has(`Báo cáo ${id}\n`));
    expect(copy?.text).toContain('Đã xác nhận bởi đồng chí Trần Quang, 09 giờ 00, 04/09/2024');
  });

  it('a report is returned with a reason, amended, and rejected with another', async () => {
    const id = await send(author, 'Chưa rõ');
    await head.reply(has(`Báo cáo ${id} chờ`));
    head.pressOn(requestOf(head, id).id, 'Trả lại để bổ sung');
    await head.reply(has('ghi rõ nội dung cần bổ sung'));
    head.say('?');
    await head.reply(has('Lý do cần từ 3 đến 300 ký tự'));
    head.sendSticker();
    await head.reply(has('chỉ nhận chữ'));
    head.say('Đề nghị ghi rõ số văn bản');
    await head.reply(has(`Đã trả lại báo cáo ${id}`));
    const returned = await author.reply(has('trả lại để bổ sung'));
    expect(returned.text).toContain('Lý do: Đề nghị ghi rõ số văn bản');
    await deputy.reply(has('Đã trả lại để bổ sung bởi đồng chí Trần Quang'));
    await amend(author, id, 'Đã rõ hơn');
    const again = await head.reply(
      (m) => m.text.includes('Đã rõ hơn') && m.buttons.flat().includes('Xác nhận'),
    );
    expect(again.text).toContain('Tác giả đã sửa và gửi lại báo cáo.');
    await refuse(head, id, 'Không xác nhận', 'Không thuộc nội dung thi đua này');
    const rejected = await author.reply(has('chưa được đồng chí Trần Quang xác nhận'));
    expect(rejected.text).toContain('Lý do: Không thuộc nội dung thi đua này');
    expect(rejected.text).toContain('Nếu có ý kiến khác');
    expect((await stateOf(id)).status).toBe('rejected');
  });

  it('head and deputy press at the same moment: one decides, the other is told kindly', async () => {
    const id = await send(author, 'Hai người cùng xem');
    const copies = await Promise.all(
      [head, deputy].map((leader) => leader.reply(has(`Báo cáo ${id} chờ`))),
    );
    story.fake.updates.hold();
    const presses = [head, deputy].map(
      (leader, i) => leader.pressOn(copies[i]?.id ?? 0, 'Xác nhận').answered,
    );
    story.fake.updates.release();
    const toasts = await Promise.all(presses);
    expect(toasts).toContain(`Đã xác nhận báo cáo ${id}.`);
    const kind = toasts.filter((toast) =>
      /^Đồng chí (Trần Quang|Lê Hương) đã xác nhận báo cáo này lúc 09 giờ 00, 04\/09\/2024\.$/.test(
        toast ?? '',
      ),
    );
    expect(kind).toHaveLength(1);
    await story.settled();
    for (const [i, leader] of [head, deputy].entries()) {
      const copy = now(leader, copies[i] as Shown);
      expect(copy.text).toContain('Đã xác nhận bởi đồng chí');
      expect(copy.buttons.flat()).not.toContain('Xác nhận');
    }
    expect(author.messages().filter(has(`đã xác nhận báo cáo ${id} `))).toHaveLength(1);
    expect(await stateOf(id)).toEqual({ status: 'verified', version: 2 });
  });
});

describe('who may decide', () => {
  it('never oneself: a head’s report goes to the deputy, also against a forged press', async () => {
    const id = await send(head, 'Việc của thủ trưởng');
    const request = await deputy.reply(has(`Báo cáo ${id} chờ`));
    await story.settled();
    expect(head.messages().some(has(`Báo cáo ${id} chờ`))).toBe(false);
    for (const verb of ['v', 'r', 'j', 'o'])
      expect(await head.forge(head.last().id, `ver:${id}:1:${verb}`).answered).toContain(
        'do chính đồng chí gửi cần được người khác xác nhận',
      );
    expect((await stateOf(id)).status).toBe('submitted');
    await deputy.pressOn(request.id, 'Xác nhận').answered;
    await head.reply(has(`Lê Hương đã xác nhận báo cáo ${id}`));
  });

  it('not a colleague, not a co-author, not another unit’s head', async () => {
    const id = await send(author, 'Việc không của họ', undefined, ['Phạm Lan']);
    await mate.reply(has(`trong báo cáo ${id}`));
    for (const user of [mate, otherHead])
      for (const verb of ['v', 'r', 'j', 'k', 'o'])
        expect(await user.forge(user.last().id, `ver:${id}:1:${verb}`).answered).toContain(
          'không thuộc thẩm quyền xác nhận của đồng chí',
        );
    const guest = story.fake.user({ name: 'Người lạ', language: 'vi' });
    guest.start();
    await guest.reply(has('có đồng ý không'));
    expect(await guest.forge(guest.last().id, `ver:${id}:1:v`).answered).toContain(
      'chưa được phân quyền',
    );
    expect(await stateOf(id)).toEqual({ status: 'submitted', version: 1 });
    // A button of an earlier version decides nothing either.
    expect(await head.forge(requestOf(head, id).id, `ver:${id}:7:v`).answered).toContain(
      'Báo cáo đã thay đổi',
    );
    await verify(head, id);
  });
});

describe('after the decision', () => {
  it('amending a verified report voids the verification and asks again', async () => {
    const id = await send(author, 'Sẽ sửa lại');
    await head.reply(has(`Báo cáo ${id} chờ`));
    await verify(head, id);
    await author.reply(has(`đã xác nhận báo cáo ${id}`));
    author.say('/cuatoi');
    await author.reply(has('Báo cáo của đồng chí'));
    await press(author, `Số ${id}: Sẽ sửa lại`);
    await author.reply(has(`Báo cáo ${id}`));
    await press(author, 'Sửa');
    await author.reply(has('xác nhận cũ hết hiệu lực'));
    await press(author, 'Sửa: Tên việc');
    await author.reply(has('ghi tên việc'));
    author.say('Đã sửa lại');
    await author.reply(has('kiểm tra trước khi gửi'));
    await press(author, 'Gửi');
    await author.reply(has(`Đã nhận lại báo cáo ${id}`));
    expect((await stateOf(id)).status).toBe('submitted');
    const again = await head.reply(
      (m) => m.text.includes('Đã sửa lại') && m.buttons.flat().includes('Xác nhận'),
    );
    await head.pressOn(again.id, 'Xác nhận').answered;
    await author.reply(has(`đã xác nhận báo cáo ${id} “Đã sửa lại”`));
  });

  it('whoever verified may revoke it, with a reason; the deputy may not', async () => {
    const id = await send(author, 'Xác nhận nhầm');
    const copy = await head.reply(has(`Báo cáo ${id} chờ`));
    await verify(head, id);
    await head.reply(has('Đã xác nhận bởi'));
    expect(await deputy.forge(deputy.last().id, `ver:${id}:2:k`).answered).toContain(
      'Chỉ người đã xác nhận mới thu hồi được',
    );
    head.pressOn(copy.id, 'Thu hồi xác nhận');
    await head.reply(has('lý do thu hồi'));
    head.say('Nhầm báo cáo khác');
    await head.reply(has(`Đã thu hồi xác nhận báo cáo ${id}`));
    const told = await author.reply(has('đã thu hồi xác nhận báo cáo'));
    expect(told.text).toContain('Lý do: Nhầm báo cáo khác');
    expect((await stateOf(id)).status).toBe('revoked');
  });
});

describe('/choxacnhan', () => {
  it('lists what waits, opens it, and is empty when all is decided', async () => {
    head.say('/choxacnhan');
    await head.reply(has('không có nội dung nào chờ'));
    author.say('/choxacnhan');
    await author.reply(has('chưa được phân quyền'));
    const ids = [];
    for (let n = 1; n <= 6; n += 1) ids.push(await send(author, `Việc chờ thứ ${n}`));
    story.bot.at('2024-09-06T09:00:00+07:00');
    deputy.say('/queue');
    const queue = await deputy.reply(has('Việc chờ đồng chí xác nhận'));
    expect(queue.text).toContain('Có 6 báo cáo chờ xác nhận, lâu nhất 2 ngày.');
    expect(queue.buttons).toHaveLength(5);
    const [first = 0] = ids;
    const asked = requestOf(deputy, first);
    await press(deputy, `Mở báo cáo ${first} – Nguyễn Hà`);
    const opened = await deputy.reply(has(`Báo cáo ${first} chờ xác nhận`));
    expect(opened.id).not.toBe(asked.id);
    await deputy.pressOn(opened.id, 'Xác nhận').answered;
    await story.settled();
    expect(now(deputy, opened).text).toContain('Đã xác nhận bởi đồng chí Lê Hương');
    // The earlier copy, if its buttons are still there, says what has happened.
    if (now(deputy, asked).buttons.flat().includes('Xác nhận')) {
      expect(await deputy.pressOn(asked.id, 'Xác nhận').answered).toContain('Lê Hương đã xác nhận');
      await deputy.reply(has('Đã xác nhận bởi đồng chí Lê Hương'));
    }
    for (const id of ids.slice(1)) await verify(head, id);
    head.say('/choxacnhan');
    await head.reply(has('không có nội dung nào chờ'));
    expect(story.bot.complaints).toEqual([]);
  });
});
