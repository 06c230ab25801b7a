/** Exemplars through Telegram: nominated, agreed to, approved, published, taken back; each role at its own step. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press, report, verify } from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';
const CITATION =
  'Hoàn thành giáo trình trước hạn hai tháng, được hội đồng nghiệm thu đánh giá cao.';
const UNKNOWN = 'Không có điển hình này';
const USE_NOT = 'đã rút, đề nghị không sử dụng';

let story: Story;
let office: FakeUser;
let head: FakeUser;
let author: FakeUser;
let paper: FakeUser;
let finance: FakeUser;
let stranger: FakeUser;

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['V1', 'Lê Thường Trực', 'ban-tdkt', 'thường trực hội đồng'],
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['B1', 'Mai Báo Chí', 'ban-tdkt', 'báo chí'],
      ['F1', 'Đỗ Văn Phòng', 'ban-tdkt', 'tài chính'],
      ['K1', 'Ngô Sơn', 'vien-ktct', 'thủ trưởng'],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [office, head, author, paper, finance, stranger] = (await story.join(
    'V1',
    'C1',
    'C3',
    'B1',
    'F1',
    'K1',
  )) as [FakeUser, FakeUser, FakeUser, FakeUser, FakeUser, FakeUser];
});
afterAll(() => story?.close());

/** A report of the author, verified by the head. */
async function verified(title: string): Promise<number> {
  const evidence = [`https://hv.example/${encodeURIComponent(title)}`];
  const id = await report(author, { item: TASK, title, description: 'Đã xong.', evidence });
  await head.reply(has(`Báo cáo ${id} chờ`));
  await story.settled();
  await verify(head, id);
  await story.settled();
  return id;
}

/** From the button under the outcome to the receipt; the author has then been asked. @returns the exemplar's number */
async function nominated(title: string): Promise<number> {
  await verified(title);
  await press(head, 'Đề cử điển hình');
  await head.reply(has('viết lời giới thiệu'));
  head.say('ngắn quá');
  await head.reply(has('đồng chí đã viết 8 ký tự'));
  head.say(CITATION);
  await head.reply(has('kiểm tra trước khi gửi'));
  await press(head, 'Gửi');
  await head.reply(has('Đã gửi đề cử'));
  const asked = await author.reply(has('được đề cử làm điển hình tiên tiến'));
  expect(asked.text).toContain(CITATION);
  expect(asked.text).toContain('bộ phận báo chí và Cổng thông tin điện tử');
  await story.settled();
  return Number(/Điển hình (\d+)/.exec(asked.text)?.[1]);
}

describe('an exemplar', () => {
  let id: number;

  it('is asked of its author with the exact words and who will read them', async () => {
    id = await nominated('Biên soạn giáo trình');
    expect(paper.messages().filter(has('giáo trình'))).toEqual([]);
  });

  it('shows itself to nobody who does not work on it', async () => {
    for (const user of [paper, finance, stranger]) {
      user.say(`/dienhinh ${id}`);
      await user.reply(has(UNKNOWN));
      const under = user.messages().at(-1)?.id ?? 0;
      for (const verb of ['o', 'v', 'y', 't', 'd', 'a', 'j', 'e', 'w', 'g'])
        expect(await user.forge(under, `dh:${id}:${verb}:1`).answered).toContain(UNKNOWN);
    }
    // The head nominates, and neither agrees nor approves.
    const under = head.messages().at(-1)?.id ?? 0;
    for (const verb of ['y', 't', 'd', 'a', 'j', 'g'])
      expect(await head.forge(under, `dh:${id}:${verb}:1`).answered).toContain('đã thay đổi');
    const [row] = await story.database.query('select status, version from exemplar');
    expect(row).toEqual({ status: 'nominated', version: 1 });
  });

  it('goes to the office once agreed, from its queue to the press once approved', async () => {
    expect(await author.press('Đồng ý, kèm minh chứng').answered).toContain(
      'Đã ghi nhận sự đồng ý',
    );
    await office.reply(has(`Điển hình ${id}`));
    await head.reply(has(`đã đồng ý nêu điển hình ${id}`));
    office.say('/choxacnhan');
    const queue = await office.reply(has('Có 1 điển hình chờ duyệt'));
    expect(queue.text).toContain('Nguyễn Hà');
    await press(office, `Mở điển hình ${id}`);
    await office.reply(has('chờ Thường trực Hội đồng duyệt'));
    await press(office, 'Duyệt');
    const published = await paper.reply(has('Điển hình tiên tiến: Nguyễn Hà'));
    expect(published.text).toContain(CITATION);
    expect(published.text).toContain('https://hv.example/');
    expect(published.text).not.toContain('Người đề cử');
    await author.reply(has('đã được Thường trực Hội đồng duyệt'));
    await story.settled();
  });

  it('is listed for the press; the finance office reads the number only', async () => {
    paper.say('/dienhinh');
    const list = await paper.reply(has('Điển hình tiên tiến'));
    expect(list.text).toContain('Nguyễn Hà');
    finance.say('/dienhinh');
    const counts = await finance.reply(has('Đã duyệt 1 điển hình cá nhân và 0 điển hình tập thể'));
    expect(counts.text).not.toContain('Nguyễn Hà');
    expect(counts.buttons).toEqual([]);
    stranger.say('/dienhinh');
    const none = await stranger.reply(has('chưa có điển hình nào'));
    expect(none.text).not.toContain('Nguyễn Hà');
  });

  it('is taken back by its author: the press reads not to use it', async () => {
    author.say('/dienhinh');
    await author.reply(has('đã duyệt'));
    await press(author, `Mở điển hình ${id}`);
    await author.reply(has(CITATION));
    await press(author, 'Rút điển hình');
    await author.reply(has('muốn rút điển hình'));
    await press(author, 'Rút điển hình');
    await story.settled();
    const texts = paper.messages().map(({ text }) => text);
    expect(texts.filter((text) => text.includes(USE_NOT))).toHaveLength(2);
    expect(texts.some((text) => text.includes(CITATION))).toBe(false);
    await office.reply(has(`Điển hình ${id} (Nguyễn Hà) đã được rút`));
    const details = await story.database.query(
      `select action, details from audit where action like 'exemplar.%' order by id`,
    );
    expect(details.map(({ action }: { action?: string }) => action)).toEqual([
      'exemplar.nominated',
      'exemplar.consented',
      'exemplar.approved',
      'exemplar.withdrawn',
    ]);
    expect(JSON.stringify(details)).not.toContain('giáo trình');
  });
});

describe('an exemplar whose report goes', () => {
  it('goes with it when the head revokes the verification', async () => {
    const id = await nominated('Bài giảng mới');
    await author.press('Đồng ý, không kèm minh chứng').answered;
    await office.reply(has(`Điển hình ${id}`));
    await press(office, 'Duyệt');
    const published = await paper.reply(has('Điển hình tiên tiến: Nguyễn Hà'));
    expect(published.text).not.toContain('https://hv.example/');
    await story.settled();
    await press(head, 'Thu hồi xác nhận');
    await head.reply(has('lý do thu hồi'));
    head.say('Chưa đủ căn cứ');
    await head.reply(has('Đã thu hồi xác nhận'));
    await author.reply(has('vì báo cáo không còn được xác nhận'));
    await story.settled();
    expect(paper.messages().some(has(CITATION))).toBe(false);
    expect(paper.messages().filter(has(`Điển hình ${id} ${USE_NOT}`))).toHaveLength(2);
    const rows = await story.database.query('select status from exemplar where id = $1::int', [id]);
    expect(rows).toEqual([{ status: 'withdrawn' }]);
  });
});
