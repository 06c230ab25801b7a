/** Reporting from Slack: by window, by message shortcut and by conversation. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser, Shown } from '../fakes/slack/index.ts';
import type { ReportSteps } from '../support/colleague.ts';
import {
  fillIn,
  has,
  opened,
  picture,
  press,
  report,
  send,
  toSummary,
  windowOf,
} from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';
const PHOTO = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 7, 8, 9]);
const SCAN = new Uint8Array([0x25, 0x50, 0x44, 0x46, 1, 2]);

let story: SlackStory;
let head: FakeUser;
let author: FakeUser;

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['B1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['B2', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['B3', 'Phạm Lan', 'vien-triet-hoc', ''],
      ['B4', 'Lê Sơn', 'vien-ktct', ''],
    ],
    at: '2024-07-10T09:00:00+07:00',
  });
  [head, author] = (await story.join('B1', 'B2', 'B3')) as [FakeUser, FakeUser, FakeUser];
});

afterAll(() => story?.close());

const steps = (title: string, more: Partial<ReportSteps> = {}): ReportSteps => ({
  item: TASK,
  title,
  description: 'Đã xong, đúng hạn.',
  date: '2024-07-05',
  evidence: [`https://hocvien.example/${title.length}`],
  ...more,
});

const numberIn = ({ text }: Shown): number => Number(/báo cáo (\d+)/.exec(text)?.[1]);

/** Names and bytes of a report's files, as they are stored. */
async function filesOf(id: number): Promise<[name: string, bytes: number[]][]> {
  await story.settled();
  const rows = await story.database.query<{ name: string; bytes: Uint8Array }>(
    `select m.attachment->>'name' as name, b.bytes from evidence e
     join media m on m.id = e.media_id join blob b on b.sha256 = m.sha256
     where e.report_id = $1::int order by e.id`,
    [id],
  );
  return rows.map(({ name, bytes }) => [name, [...bytes]]);
}

const reports = async (): Promise<number> =>
  (await story.database.query<{ n: number }>('select count(*)::int as n from report'))[0]?.n ?? -1;

describe('the window of /baocao', () => {
  it('keeps what was written when something is wrong, says it at the field, and takes it corrected', async () => {
    const modal = await opened(author, author.command('/baocao', 'Bài giảng về kinh tế số'));
    const value = (id: string) => modal.shown.fields.find((field) => field.id === id)?.value;
    expect(value('title')).toBe('Bài giảng về kinh tế số');
    expect(modal.shown.text).toContain('từ 01/03/2024 đến 31/12/2024');
    // Slack itself asks for what is missing.
    expect(await modal.submit()).toBe('incomplete');
    expect(await reports()).toBe(0);

    fillIn(modal, { item: TASK, description: 'Soạn và giảng hai buổi.', date: '2024-07-11' });
    modal.fill('contributors', 'Phạm Lan\nKhông Có Ai');
    expect(await modal.submit()).toBe('errors');
    expect(Object.keys(modal.errors).sort()).toEqual(['contributors', 'date', 'evidence']);
    expect(modal.errors.date).toContain('Ngày này chưa tới');
    expect(modal.errors.contributors).toContain('“Không Có Ai”: không tìm thấy');
    expect(modal.errors.contributors).not.toContain('Phạm Lan');
    expect(modal.errors.evidence).toContain('cần minh chứng');
    expect(value('describe')).toBe('Soạn và giảng hai buổi.');
    expect(value('contributors')).toBe('Phạm Lan\nKhông Có Ai');
    expect(await reports()).toBe(0);

    fillIn(modal, { date: '2024-07-05', coAuthors: ['Phạm Lan'], evidence: ['Số 12/QĐ-HV'] });
    expect(await modal.submit()).toBe('closed');
    const receipt = await author.reply(has('Đã nhận báo cáo'));
    expect(receipt.text).toContain('đã được gửi đến Trần Quang để xác nhận');
    const request = await head.reply(has('chờ xác nhận'));
    expect(request.text).toContain('Soạn và giảng hai buổi.');
    expect(request.text).toContain('Phạm Lan');
    expect(request.text).toContain('05/07/2024');
    expect(await reports()).toBe(1);
  });

  it('takes files, and their bytes are stored', async () => {
    const modal = await opened(author, author.command('/baocao'));
    fillIn(modal, steps('Có tệp kèm theo', { evidence: [PHOTO] }));
    modal.attach('evidence-files', { bytes: SCAN, name: 'Biên bản.pdf', mime: 'application/pdf' });
    const id = numberIn(await send(author, modal, 'Đã nhận báo cáo'));
    expect(await filesOf(id)).toEqual([
      ['anh.jpg', [...PHOTO]],
      ['Biên bản.pdf', [...SCAN]],
    ]);
  });

  it('writes nothing when it is closed, and says what else to do when it cannot open', async () => {
    const before = await reports();
    const modal = await opened(author, author.command('/baocao', 'Đóng lại'));
    modal.close();
    expect(author.modal()).toBeNull();
    story.fake.failNext('views.open', { kind: 'error', code: 'expired_trigger_id' });
    const said = await author.command('/baocao', 'Chậm mất rồi').answered;
    expect(said).toContain('Cửa sổ chưa mở được');
    expect(said).toContain('gõ “báo cáo”');
    expect(author.modal()).toBeNull();
    expect(story.bot.complaints.splice(0)).toMatchObject([{ text: /form could not be opened/ }]);
    expect(await reports()).toBe(before);
  });

  it('of a report like another one asks again in the conversation, where it is sent or not', async () => {
    const evidence = ['https://hocvien.example/bai-bao-so-7'];
    const first = await report(author, steps('Bài báo số 7', { evidence, date: '5/7' }));
    const modal = await opened(author, author.command('/baocao'));
    fillIn(modal, steps('Bài báo số 7', { evidence }));
    expect(await modal.submit()).toBe('updated');
    expect(windowOf(author).shown.text).toContain('chưa được gửi vì có thể trùng');
    windowOf(author).close();
    const summary = await author.reply(has('có thể trùng với báo cáo dưới đây'));
    expect(summary.text).toContain(`Số ${first}: Bài báo số 7`);
    expect(await reports()).toBe(first);
    await press(author, 'Gửi');
    const id = numberIn(await author.reply(has('Đã nhận báo cáo')));
    const request = await head.reply(has(`Báo cáo ${id} chờ xác nhận`));
    expect(request.text).toContain('Báo cáo có thể trùng với:');
  });

  it('is not for whoever has no right to report, and opens for them no window', async () => {
    const guest = story.someone('Người mới');
    guest.command('/baocao', 'Thử');
    await guest.reply(has('Đồng chí có đồng ý không?'));
    expect(guest.modal()).toBeNull();
  });

  it('speaks English to whoever reads English', async () => {
    const invites = await story.bot.invite('B4');
    const son = story.someone('Le Son', { locale: 'en-GB' });
    son.command('/batdau', invites.B4 ?? '');
    await son.reply(has('Đồng chí có đồng ý không?'));
    await press(son, 'English');
    await son.reply(has('Do you consent?'));
    await press(son, 'I agree');
    await son.reply(has('Is that right?'));
    await press(son, 'Yes');
    await son.reply(has('Registered'));
    const modal = await opened(son, son.command('/baocao'));
    const labels = modal.shown.fields.map(({ label }) => label).join(' ');
    expect(labels).not.toMatch(/[ăđơư]/i);
    modal.fill('title', 'A lecture');
    modal.fill('describe', 'Two lectures on the digital economy.');
    modal.fill('date', '2024-07-05');
    modal.fill('evidence', 'https://hocvien.example/lecture');
    modal.pick('item', modal.shown.fields[0]?.options[0] ?? '');
    expect(await modal.submit()).toBe('closed');
    await son.reply(has('received'));
  });
});

describe('the shortcut of a message', () => {
  it('makes of it a report, with its address as evidence', async () => {
    const channel = story.fake.channel({ name: 'thong-bao' });
    const ts = channel.say(head, 'Đề tài cấp bộ đã nghiệm thu\nĐạt loại xuất sắc & đúng hạn.');
    const modal = await opened(author, author.shortcut('bao_cao', { ts, in: channel }));
    const value = (id: string) => modal.shown.fields.find((field) => field.id === id)?.value;
    expect(value('title')).toBe('Đề tài cấp bộ đã nghiệm thu');
    expect(value('describe')).toContain('Đạt loại xuất sắc & đúng hạn.');
    const link = value('evidence') ?? '';
    expect(link).toContain(`/archives/${channel.id}/p${ts.replace('.', '')}`);
    fillIn(modal, { item: TASK, date: '2024-07-09' });
    const id = numberIn(await send(author, modal, 'Đã nhận báo cáo'));
    const request = await head.reply(has(`Báo cáo ${id} chờ xác nhận`));
    expect(request.text).toContain(link);
    await press(head, 'Xem minh chứng', { on: request.ts });
    const shown = await head.reply(has(`Minh chứng của báo cáo ${id}`));
    expect(shown.links).toEqual([link]);
    // Nothing is said to the others in that channel.
    expect(channel.messages()).toEqual([]);
  });

  it('from the composer opens an empty report', async () => {
    const modal = await opened(author, author.shortcut('bao_cao_moi'));
    expect(modal.shown.fields.find(({ id }) => id === 'title')?.value).toBe('');
    modal.close();
  });
});

describe('the conversation', () => {
  it('takes several files at once and stores each', async () => {
    author.say('Báo cáo: Hội thảo ba ngày');
    await author.reply(has('nội dung thi đua nào'));
    await press(author, TASK);
    await author.reply(has('việc đã làm và kết quả'));
    author.say('Tổ chức ba phiên.');
    await author.reply(has('Thời gian hoàn thành'));
    await press(author, /^Hôm nay/);
    await author.reply(has('Đề nghị gửi minh chứng'));
    author.sendFiles([
      picture(PHOTO),
      { bytes: SCAN, name: 'Kỷ yếu.pdf', mime: 'application/pdf' },
    ]);
    await author.reply(has('Đã nhận minh chứng'));
    await story.settled();
    await press(author, 'Xong');
    await author.reply(has('Ai cùng thực hiện'));
    await press(author, 'Bỏ qua');
    await author.reply(has('kiểm tra trước khi gửi'));
    await press(author, 'Gửi');
    const id = numberIn(await author.reply(has('Đã nhận báo cáo')));
    expect(await filesOf(id)).toEqual([
      ['anh.jpg', [...PHOTO]],
      ['Kỷ yếu.pdf', [...SCAN]],
    ]);
    await head.reply(has(`Báo cáo ${id} chờ xác nhận`));
    await press(head, 'Xem minh chứng');
    const shown = await head.reply(({ pictures }) => pictures.length > 0);
    expect(shown.pictures[0]?.bytes).toEqual(PHOTO);
    await story.settled();
    const files = head.messages().flatMap((message) => message.files);
    expect(files.map(({ bytes }) => bytes)).toContainEqual(SCAN);
  });

  it('takes a report back that was changed in the message it came from', async () => {
    await toSummary(author, steps('Tên gõ sai', { date: '5/7' }));
    await press(author, 'Gửi');
    const id = numberIn(await author.reply(has('Đã nhận báo cáo')));
    const typed = story.fake.world.messages.findLast(
      ({ user, text }) => user === author.id && text === 'Tên gõ sai',
    );
    author.unfurl(typed?.ts ?? '');
    author.edit(typed?.ts ?? '', 'Tên gõ đúng');
    await author.reply(has('Đã sửa Tên việc: Tên gõ đúng'));
    await head.reply((m) => has(`Báo cáo ${id}`)(m) && has('Tên gõ đúng')(m));
  });

  it('leaves nothing to complain of', () => {
    expect(story.bot.complaints).toEqual([]);
  });
});
