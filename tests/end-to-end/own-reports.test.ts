import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser, Shown } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press, report, verify, withdraw } from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: Story;
let head: FakeUser;
let author: FakeUser;
let mate: FakeUser;

/** Says it, and gives the answer. */
async function told(user: FakeUser, text: string, answer: string): Promise<Shown> {
  user.say(text);
  return user.reply(has(answer));
}

const simple = (title: string, coAuthors: string[] = []) =>
  report(author, {
    item: TASK,
    title,
    description: 'Đã xong.',
    evidence: [`https://hocvien.example/${encodeURIComponent(title)}`],
    ...(coAuthors.length > 0 && { coAuthors }),
  });

/** How the newest message of this beginning looks now. */
const copyOf = (user: FakeUser, text: string): string =>
  user.messages().findLast(has(text))?.text ?? '';

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['B1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['B2', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['B3', 'Phạm Lan', 'vien-ktct', ''],
    ],
    at: '2024-07-10T09:00:00+07:00',
  });
  [head, author, mate] = (await story.join('B1', 'B2', 'B3')) as [FakeUser, FakeUser, FakeUser];
});

afterAll(() => story?.close());

describe('editing the Telegram message an answer came from', () => {
  it('changes the answer before sending, and the head’s copy after it; not once verified', async () => {
    const titled = author.say('/baocao Tên gõ vội');
    await author.reply(has('nội dung thi đua nào'));
    await press(author, TASK);
    await author.reply(has('việc đã làm'));
    author.edit(titled, '/baocao Tên đã sửa');
    await author.reply(has('Đã sửa Tên việc: Tên đã sửa'));
    const described = author.say('Mô tả đầu.');
    await author.reply(has('Thời gian'));
    author.press(/^Hôm nay/);
    await author.reply(has('minh chứng'));
    await told(author, 'https://hocvien.example/sua', 'Đã nhận minh chứng');
    await press(author, 'Xong');
    await author.reply(has('Ai cùng thực hiện'));
    await press(author, 'Bỏ qua');
    expect((await author.reply(has('kiểm tra'))).text).toContain('Tên việc: Tên đã sửa');
    await press(author, 'Gửi');
    const id = Number(/báo cáo (\d+)/.exec((await author.reply(has('Đã nhận báo cáo'))).text)?.[1]);
    const request = await head.reply(has(`Báo cáo ${id} chờ xác nhận`));

    author.edit(described, 'Mô tả đã sửa sau khi gửi.');
    await author.reply(has('Đã sửa Việc đã làm và kết quả: Mô tả đã sửa sau khi gửi.'));
    const copy = await head.reply(has('Mô tả đã sửa sau khi gửi.'));
    expect(copy).toMatchObject({ id: request.id, edited: true });
    author.edit(described, 'x'.repeat(600));
    await author.reply(has('Nội dung cũ được giữ nguyên'));

    await verify(head, id);
    await author.reply(has('đã xác nhận báo cáo'));
    author.edit(described, 'Sửa khi đã muộn.');
    const polite = await author.reply(has('nội dung sửa trong tin nhắn chưa được ghi'));
    expect(polite.buttons).toEqual([['Sửa']]);
    await story.settled();
    expect(copyOf(head, `Báo cáo ${id}`)).not.toContain('Sửa khi đã muộn');
  });
});

describe('editing evidence', () => {
  it('changes the link in the report and in the head’s copy; a photo’s caption changes nothing', async () => {
    const titled = author.say('/baocao Có đường dẫn sai');
    await author.reply(has('nội dung thi đua nào'));
    await press(author, TASK);
    await author.reply(has('việc đã làm'));
    await told(author, 'Đã đăng bài.', 'Thời gian');
    author.press(/^Hôm nay/);
    await author.reply(has('Đề nghị gửi minh chứng'));
    const linked = author.say('https://hocvien.example/sai');
    await author.reply(has('Đã nhận minh chứng'));
    const photo = author.sendPhoto(new Uint8Array([0xff, 0xd8, 0xff, 1]), { caption: 'Ảnh chụp' });
    await author.reply(has('Đã nhận minh chứng'));
    author.edit(photo, 'Ảnh chụp màn hình');
    await author.reply(has('Chú thích của ảnh và tệp không được ghi'));
    author.edit(linked, 'https://hocvien.example/gan-dung');
    await author.reply(has('https://hocvien.example/gan-dung'));
    await press(author, 'Xong');
    await author.reply(has('Ai cùng thực hiện'));
    await press(author, 'Bỏ qua');
    const summary = await author.reply(has('kiểm tra'));
    expect(summary.text).toContain('https://hocvien.example/gan-dung');
    expect(summary.text).not.toContain('/sai');
    await press(author, 'Gửi');
    await author.reply(has('Đã nhận báo cáo'));
    const request = await head.reply(has('Có đường dẫn sai'));
    author.edit(linked, 'https://hocvien.example/dung');
    await author.reply(has('Đã sửa Minh chứng'));
    expect(await head.reply(has('https://hocvien.example/dung'))).toMatchObject({ id: request.id });
    author.edit(titled, '/baocao Có đường dẫn đúng');
    await author.reply(has('Đã sửa Tên việc: Có đường dẫn đúng'));
    const copy = await head.reply(has('Có đường dẫn đúng'));
    expect(copy.text).toContain('Tác giả đã sửa báo cáo.');
    author.edit(photo, 'Chú thích khác');
    const kept = await author.reply(has('Chú thích của ảnh và tệp không được ghi'));
    expect(kept.text).toContain('Nội dung cũ được giữ nguyên');
    await story.settled();
    const after = head.messages().find(({ id }) => id === copy.id);
    expect(after?.text).toContain('Ảnh photo-');
    expect(after?.text).toContain('https://hocvien.example/dung');
    expect(after?.text).not.toContain('Chú thích khác');
    const id = Number(/Báo cáo (\d+)/.exec(copy.text)?.[1]);
    await verify(head, id);
    await author.reply(has('đã xác nhận báo cáo'));
  });
});

describe('co-authors', () => {
  it('confirm or decline; the author hears of a refusal, the head sees either', async () => {
    const id = await simple('Việc chung', ['Phạm Lan']);
    const request = await mate.reply(has(`cùng thực hiện trong báo cáo ${id}`));
    await head.reply(has(`Báo cáo ${id} chờ`));
    expect(await mate.pressOn(request.id, 'Xác nhận tham gia').answered).toBe('Đã ghi nhận.');
    await head.reply(has('Phạm Lan (đã xác nhận)'));
    expect(copyOf(mate, `báo cáo ${id}`)).toContain('đã xác nhận tham gia');
    expect(await mate.pressOn(request.id, 'Không tham gia').answered).toBe('Đã ghi nhận.');
    await author.reply(has(`Phạm Lan cho biết không tham gia báo cáo ${id}`));
    await head.reply(has('Phạm Lan (không tham gia)'));
    await verify(head, id);
    await story.settled();
    // Whoever declined is not told of the decision.
    expect(mate.messages().some(has('có sự tham gia của đồng chí'))).toBe(false);
  });

  it('cannot be forged into somebody else’s report', async () => {
    const id = await simple('Việc một mình');
    const [first] = mate.messages();
    const toast = await mate.forge(first?.id ?? 0, `co:${id}:y`).answered;
    expect(toast).toContain('không cần đồng chí xác nhận');
  });
});

describe('/cuatoi', () => {
  it('lists own reports page by page, opens them and withdraws what is not decided', async () => {
    for (let n = 1; n <= 3; n += 1) await simple(`Việc dài ngày số ${n}`);
    const list = await told(author, '/cuatoi', 'Báo cáo của đồng chí');
    expect(list.text).toContain('Tổng số: 7');
    expect(list.text).toContain('chờ xác nhận');
    await press(author, 'Trang sau');
    const older = await author.reply(has('Báo cáo của đồng chí'));
    expect(older.text).toContain('đã xác nhận');
    await press(author, 'Trang trước');
    await author.reply(has('Việc dài ngày số 3'));
    const id = Number(/Số (\d+): Việc dài ngày số 3/.exec(list.text)?.[1]);
    await withdraw(author, id);
    await head.reply(has('Tác giả đã rút báo cáo'));
    const [request] = head
      .messages()
      .filter(has(`Báo cáo ${id}`))
      .slice(-1);
    expect(request?.buttons).toEqual([]);
    const after = await told(author, '/mine', 'Báo cáo của đồng chí');
    expect(after.text).toMatch(new RegExp(`Số ${id}: .*đã rút`));
  });

  it('shows, changes and withdraws nobody else’s report, whatever button is forged', async () => {
    const id = await simple('Việc của riêng Hà');
    await told(mate, '/cuatoi', 'chưa có báo cáo nào');
    const { id: below } = mate.last();
    const before = mate.messages().length;
    for (const verb of ['open', 'amend', 'withdraw', 'gone:1'])
      expect(await mate.forge(below, `rep:${id}:${verb}`).answered).toContain(
        'Không tìm thấy báo cáo này',
      );
    expect(await mate.forge(below, 'rep:999999:open').answered).toContain('Không tìm thấy');
    expect(await mate.forge(below, 'rep:list:x').answered).toContain('Nút này đã cũ');
    expect(await mate.forge(below, `rep:${id}:open;drop`).answered).toContain('Nút này đã cũ');
    expect(await mate.forge(below, `ver:${id}:1:e`).answered).toContain('thẩm quyền');
    await story.settled();
    expect(mate.messages()).toHaveLength(before);
    const [row] = await story.database.query(
      'select status, version from report where id = $1::int',
      [id],
    );
    expect(row).toEqual({ status: 'submitted', version: 1 });
    expect(story.bot.complaints).toEqual([]);
  });
});
