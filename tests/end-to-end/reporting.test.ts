import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser, Shown } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press, report, withdraw } from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';
const PHOTO = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 7, 8, 9]);

let story: Story;
let head: FakeUser;
let author: FakeUser;

/** Says it, and gives the answer. */
async function told(user: FakeUser, text: string, answer: string): Promise<Shown> {
  user.say(text);
  return user.reply(has(answer));
}

/** `/baocao title`, up to the question named. */
async function upTo(
  user: FakeUser,
  question: 'describe' | 'date' | 'evidence',
  title: string,
): Promise<Shown> {
  await told(user, `/baocao ${title}`, 'nội dung thi đua nào');
  await press(user, TASK);
  const describe = await user.reply(has('việc đã làm và kết quả'));
  if (question === 'describe') return describe;
  const date = await told(user, 'Đã xong, đúng hạn.', 'Thời gian hoàn thành');
  if (question === 'date') return date;
  user.press(/^Hôm nay/);
  return user.reply(has('Đề nghị gửi minh chứng'));
}

/** Skips what may be skipped after the evidence and sends. */
async function send(user: FakeUser): Promise<number> {
  await press(user, 'Xong');
  await user.reply(has('Ai cùng thực hiện'));
  await press(user, 'Bỏ qua');
  await user.reply(has('kiểm tra trước khi gửi'));
  await press(user, 'Gửi');
  const { text } = await user.reply(has('Đã nhận báo cáo'));
  return Number(/Đã nhận báo cáo (\d+)/.exec(text)?.[1]);
}

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['B1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['B2', 'Nguyễn Hà', 'vien-triet-hoc', ''],
    ],
    at: '2024-07-10T09:00:00+07:00',
  });
  [head, author] = (await story.join('B1', 'B2')) as [FakeUser, FakeUser];
});

afterAll(() => story?.close());

describe('moving through the questions', () => {
  it('takes the title with the command; Back, Skip and a change from the summary work', async () => {
    const describe = await upTo(author, 'describe', 'Bài giảng mới về kinh tế số');
    expect(describe.text).toContain('bước 3/6');
    await press(author, 'Quay lại');
    const title = await author.reply(has('ghi tên việc'));
    expect(title.text).toContain('Đã ghi: Bài giảng mới về kinh tế số');
    await press(author, 'Giữ nguyên');
    await author.reply(has('việc đã làm và kết quả'));
    await told(author, 'Soạn và giảng hai buổi.', 'Thời gian hoàn thành');
    await told(author, '5/7', 'Đề nghị gửi minh chứng');
    await told(author, 'Số 12/QĐ-HV, ngày 05/07/2024', 'Đã nhận minh chứng');
    await press(author, 'Xong');
    await author.reply(has('Ai cùng thực hiện'));
    await press(author, 'Bỏ qua');
    const summary = await author.reply(has('kiểm tra trước khi gửi'));
    expect(summary.text).toContain('Ngày hoàn thành: 05/07/2024');
    expect(summary.text).toContain('Người cùng thực hiện: Không có');
    await press(author, 'Sửa: Ngày hoàn thành');
    await author.reply(has('Thời gian hoàn thành'));
    const changed = await told(author, '04-07-2024', 'kiểm tra trước khi gửi');
    expect(changed.text).toContain('Ngày hoàn thành: 04/07/2024');
    await press(author, 'Gửi');
    const receipt = await author.reply(has('Đã nhận báo cáo'));
    expect(receipt.text).toContain('đã được gửi đến Trần Quang để xác nhận');
    const request = await head.reply(has('chờ xác nhận'));
    expect(request.text).toContain('Soạn và giảng hai buổi.');
  });

  it('saves a draft, resumes it, and forgets it when cancelled', async () => {
    await upTo(author, 'date', 'Việc để sau');
    await press(author, 'Lưu nháp');
    await author.reply(has('Đã lưu bản nháp'));
    await told(author, '/cuatoi', 'Báo cáo của đồng chí');
    await told(author, '/tieptuc', 'Thời gian hoàn thành');
    await press(author, 'Hủy');
    await author.reply(has('Không có dữ liệu nào được gửi'));
    await told(author, '/tieptuc', 'không có bản nháp nào');
    await upTo(author, 'describe', 'Việc bỏ dở');
    await told(author, '/huy', 'Đã hủy thao tác');
    await told(author, '/huy', 'không có thao tác nào');
  });

  it('keeps several drafts to choose from, the five latest, and says when one is dropped', async () => {
    for (let n = 1; n <= 6; n += 1) {
      await upTo(author, 'describe', `Bản nháp thứ ${n}`);
      await press(author, 'Lưu nháp');
      const saved = await author.reply(has('Đã lưu bản nháp'));
      expect(saved.text.includes('Bản nháp cũ nhất đã được bỏ')).toBe(n === 6);
    }
    const list = await told(author, '/tieptuc', 'muốn tiếp tục bản nháp nào');
    expect(list.buttons.flat()).toHaveLength(5);
    expect(list.buttons.flat().join()).not.toContain('Bản nháp thứ 1');
    await press(author, 'Báo cáo thành tích: Bản nháp thứ 3');
    const asked = await author.reply(has('việc đã làm và kết quả'));
    expect(await author.forge(asked.id, 'q:99999:cancel').answered).toContain('Nút này đã cũ');
    await told(author, '/huy', 'Đã hủy');
    // The others are left alone.
    const rest = await told(author, '/tieptuc', 'muốn tiếp tục bản nháp nào');
    for (let n = rest.buttons.flat().length; n > 0; n -= 1) {
      author.say('/tieptuc');
      const next = await author.reply();
      if (has('bản nháp nào')(next)) {
        author.press(/Bản nháp thứ/);
        await author.reply(has('việc đã làm'));
      }
      await told(author, '/huy', 'Đã hủy');
    }
    await told(author, '/tieptuc', 'không có bản nháp nào');
  });

  it('a command mid-flow puts the draft aside; old buttons no longer count', async () => {
    const describe = await upTo(author, 'describe', 'Đang nhập');
    const help = await told(author, '/trogiup', 'Hướng dẫn');
    expect(help.text).toContain('Bản nháp đang nhập đã được lưu');
    expect(await author.pressOn(describe.id, 'Hủy').answered).toContain('Nút này đã cũ');
    await told(author, '/tieptuc', 'việc đã làm và kết quả');
    expect(await author.pressOn(describe.id, 'Quay lại').answered).toContain('Nút này đã cũ');
    await told(author, '/huy', 'Đã hủy');
  });
});

describe('whatever a person sends', () => {
  it('gets one plain sentence, and the draft stays', async () => {
    const asks = 'Thời gian hoàn thành';
    await upTo(author, 'date', 'Thử mọi thứ');
    const refused = async (answer: string) =>
      expect((await author.reply(has(answer))).text).toContain(asks);
    for (const [typed, answer] of [
      ['11/7', 'Ngày này chưa tới'],
      ['29/02/2024', 'ngoài thời gian phong trào (01/03/2024 – 31/12/2024)'],
      ['31/6', 'chưa đọc được ngày'],
      ['😀', 'chưa đọc được ngày'],
      ['مرحبا', 'chưa đọc được ngày'],
    ] as const) {
      author.say(typed);
      await refused(answer);
    }
    author.sendPhoto(PHOTO);
    await refused('Câu hỏi này cần ngày hoàn thành');
    author.sendSticker();
    await refused('chỉ nhận chữ, ảnh và tệp');
    author.sendVoice();
    await refused('chỉ nhận chữ, ảnh và tệp');
    author.sendRaw({ location: { latitude: 21, longitude: 105 } });
    await refused('chỉ nhận chữ, ảnh và tệp');
    author.shareContact();
    await refused('chỉ nhận chữ, ảnh và tệp');
    await press(author, 'Hôm nay, 10/07/2024');
    await author.reply(has('Đề nghị gửi minh chứng'));
    await told(author, '/huy', 'Đã hủy');
  });

  it('too long is said with its length; emoji and right-to-left words are kept as typed', async () => {
    await upTo(author, 'describe', 'Hội thảo 🌏 مؤتمر');
    author.say('x'.repeat(10_000));
    // Telegram's clients cut 10,000 characters into three messages; each is answered.
    for (const length of ['4.096', '4.096', '1.808'])
      await author.reply(has(`dài ${length} ký tự`));
    await told(author, '👍', 'cần có chữ hoặc số');
    await told(author, 'Nói về ‮العالم‬ và 🌏.', 'Thời gian hoàn thành');
    await press(author, /^Hôm qua/);
    await author.reply(has('Đề nghị gửi minh chứng'));
    await told(author, 'https://hocvien.example/hoi-thao', 'Đã nhận minh chứng');
    const id = await send(author);
    const request = await head.reply(has(`Báo cáo ${id} chờ xác nhận`));
    expect(request.text).toContain('Tên việc: Hội thảo 🌏 مؤتمر\n');
    expect(request.text).toContain('Nói về العالم và 🌏.');
  });
});

describe('evidence', () => {
  it('is required where the item says so', async () => {
    const asked = await upTo(author, 'evidence', 'Chưa có minh chứng');
    expect(asked.text).toContain('cần minh chứng mới được tính');
    expect(asked.buttons.flat()).not.toContain('Bỏ qua');
    await told(author, 'xong', 'cần được trả lời');
    await told(author, '/huy', 'Đã hủy');
  });

  it('takes an album with one acknowledgement, files, links and numbers', async () => {
    await upTo(author, 'evidence', 'Nhiều minh chứng');
    author.sendAlbum([PHOTO, new Uint8Array([...PHOTO, 1]), new Uint8Array([...PHOTO, 2])]);
    await author.reply(has('Đã nhận minh chứng'));
    await story.settled();
    const sinceAsked = author.messages().slice(author.messages().findLastIndex(has('Đề nghị gửi')));
    expect(sinceAsked.filter(has('Đã nhận minh chứng'))).toHaveLength(1);
    author.sendDocument(new Uint8Array([1, 2, 3]), 'Biên bản nghiệm thu.pdf', 'application/pdf');
    await author.reply(has('Biên bản nghiệm thu.pdf'));
    await told(author, 'https://hocvien.example/anh', 'Đã nhận minh chứng');
    await told(author, 'HTTPS://hocvien.example/anh', 'đã có trong báo cáo');
    await press(author, /^Bỏ: Đường dẫn/);
    await author.reply(has('Đã bỏ minh chứng'));
    const id = await send(author);
    const { text } = await head.reply(has(`Báo cáo ${id} chờ xác nhận`));
    expect(text.match(/Ảnh photo-/g)).toHaveLength(3);
    expect(text).toContain('Tệp Biên bản nghiệm thu.pdf');
    expect(text).not.toContain('hocvien.example/anh');
  });
});

describe('likely duplicates', () => {
  it('are shown to the author before sending and to the head', async () => {
    const evidence = 'https://hocvien.example/bai-bao-so-7';
    const first = await report(author, {
      item: TASK,
      title: 'Bài báo về chuyển đổi số',
      description: 'Đã xong.',
      evidence: [evidence],
    });
    await told(author, '/baocao Bài báo về chuyển đổi số', 'nội dung thi đua nào');
    await press(author, TASK);
    await author.reply(has('việc đã làm'));
    await told(author, 'Đã đăng.', 'Thời gian');
    author.press(/^Hôm nay/);
    await author.reply(has('minh chứng'));
    await told(author, evidence, 'Đã nhận minh chứng');
    await press(author, 'Xong');
    await author.reply(has('Ai cùng thực hiện'));
    await press(author, 'Bỏ qua');
    const summary = await author.reply(has('có thể trùng với báo cáo dưới đây'));
    expect(summary.text).toContain(`Số ${first}: Bài báo về chuyển đổi số`);
    await press(author, 'Gửi');
    const id = Number(/báo cáo (\d+)/.exec((await author.reply(has('Đã nhận báo cáo'))).text)?.[1]);
    const request = await head.reply(has(`Báo cáo ${id} chờ xác nhận`));
    expect(request.text).toContain('Báo cáo có thể trùng với:');
    await withdraw(author, id);
    await head.reply(has('Tác giả đã rút báo cáo'));
    expect(story.bot.complaints).toEqual([]);
  });
});
