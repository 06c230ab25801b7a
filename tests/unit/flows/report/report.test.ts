import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Conversation,
  campaign,
  personView,
  readable,
  unitView,
} from '../../../support/conversation.ts';
import {
  BINH,
  recipient,
  startReporting as start,
  untilEvidence,
  untilSummary,
} from '../../../support/report-chat.ts';

describe('reporting', () => {
  let chat: Conversation;
  beforeEach(() => {
    chat = start();
  });

  it('goes from six answers to a report, a receipt and a request to the head', async () => {
    await chat.command('baocao');
    expect(chat.last).toContain('bước 1/6');
    expect(chat.labels()).toEqual(expect.arrayContaining(['Lưu nháp', 'Hủy']));
    expect(chat.labels().join()).not.toMatch(/Văn hóa công sở|Đề tài, đề án/);
    await chat.press('Hoàn thành xuất sắc');
    expect(chat.last).toContain('bước 2/6');
    await chat.say('  Biên soạn\n giáo trình ');
    expect(chat.last).toContain('Không gửi nội dung mật');
    await chat.say('Hoàn thành bản thảo 120 trang, được nghiệm thu.');
    await chat.say('4/7');
    expect(chat.last).toContain('cần minh chứng');
    expect(chat.labels()).not.toContain('Bỏ qua');
    await chat.say('https://hcma.vn/tin/1');
    await chat.file();
    expect(chat.rows('media')).toMatchObject([{ platform: 'test', tenant: 't' }]);
    await chat.press('Xong');
    await chat.say('bính');
    await chat.press('Lê Văn Bính');
    expect(chat.last).toContain('Đã thêm đồng chí Lê Văn Bính');
    await chat.press('Xong');
    expect(chat.last).toContain('Ngày hoàn thành: 04/07/2024');
    expect(chat.last).toContain('Biên soạn giáo trình');
    await chat.press('Gửi');

    expect(chat.last).toContain('Đã nhận báo cáo 1234');
    expect(chat.last).toContain('Trần Thị Bình');
    expect(chat.rows('report')).toMatchObject([
      {
        id: 1234,
        item: 'cn.2',
        authorId: 7,
        unitId: 1,
        title: 'Biên soạn giáo trình',
        doneOn: '2024-07-04',
        status: 'submitted',
        version: 1,
        week: '2024-07-01',
        submittedAt: '2024-07-05T03:00:00Z',
      },
    ]);
    expect(chat.rows('evidence')).toMatchObject([
      { kind: 'link', text: 'https://hcma.vn/tin/1' },
      { kind: 'media', text: null },
    ]);
    expect(chat.rows('contributor')).toMatchObject([
      { personId: 31, unitId: 2, answer: 'waiting' },
    ]);
    expect(chat.rows('reportEvent')).toMatchObject([{ event: 'submitted', actorId: 7 }]);
    expect(JSON.stringify(chat.rows('audit'))).not.toContain('Biên soạn');
    expect(
      chat.elsewhere().map(({ to, subject, personId }) => [to.chat, subject, personId]),
    ).toEqual([
      ['c20', 'report:1234', 20],
      ['c31', 'report:1234:co', 31],
    ]);
    expect(chat.state).toEqual({ active: null, parked: [] });
  });

  it('takes the media of the row that was stored when the file came', async () => {
    await untilEvidence(chat);
    await chat.file();
    const [media] = chat.rows('media');
    await chat.press('Xong');
    await chat.press('Bỏ qua');
    await chat.press('Gửi');
    expect(chat.rows('evidence')).toMatchObject([{ mediaId: media?.id }]);
  });

  it('edits the question in place after a button, and answers a text with a new message', async () => {
    await chat.command('baocao');
    const before = chat.shown.length;
    await chat.press('Hoàn thành xuất sắc');
    expect(chat.shown).toHaveLength(before);
    await chat.say('Tên việc');
    expect(chat.shown).toHaveLength(before + 1);
  });

  it('starts with the title when it was typed after the command', async () => {
    await chat.command('baocao', 'Giờ giảng tốt');
    await chat.press('Hoàn thành xuất sắc');
    expect(chat.last).toContain('Đề nghị mô tả');
    await chat.press('Quay lại');
    expect(chat.last).toContain('Đã ghi: Giờ giảng tốt');
    await chat.press('Giữ nguyên');
    expect(chat.last).toContain('Đề nghị mô tả');
  });

  it('changes that title when the command is changed', async () => {
    const command = await chat.command('baocao', 'Giờ giảng tốt');
    await chat.change(command, '/baocao@bot Giờ giảng kiểu mẫu');
    expect(chat.answer).toBe('Đã sửa Tên việc: Giờ giảng kiểu mẫu');
    expect(chat.state.active?.asking).toBe('item');
  });

  it('says so when the title typed after the command is too long', async () => {
    await chat.command('baocao', 'a'.repeat(121));
    expect(chat.last).toContain('dài quá 120 ký tự');
    await chat.press('Hoàn thành xuất sắc');
    expect(chat.last).toContain('bước 2/6');
  });

  it('offers the head their own items, not the collective’s', async () => {
    chat = start({ person: personView({ grants: [{ role: 'head', unitId: 1 }] }) });
    await chat.command('baocao');
    expect(chat.labels()).toContain('Hoàn thành xuất sắc nhiệm vụ được giao');
    expect(chat.labels().filter((label) => label.includes('Nghiên cứu tốt'))).toEqual([]);
  });

  it('shows many items page by page', async () => {
    const [item] = campaign.items.filter(
      ({ audience, mode }) => audience === 'staff' && mode === 'count',
    );
    if (!item) throw new Error('the campaign has no item for staff');
    const items = Array.from({ length: 20 }, (_, n) => ({
      ...item,
      id: `x.${n}`,
      label: { vi: `Nội dung số ${n}`, en: `Item ${n}` },
    }));
    chat = start({ campaign: { ...campaign, items } });
    await chat.command('baocao');
    const first = chat.labels();
    expect(first).not.toContain('Nội dung số 19');
    await chat.press('Trang sau');
    expect(chat.labels()).not.toEqual(first);
    while (!chat.labels().includes('Nội dung số 19')) await chat.press('Trang sau');
    await chat.press('Nội dung số 19');
    expect(chat.state.active?.answers.item?.value).toBe('x.19');
  });

  it('offers students their own items', async () => {
    chat = start({
      person: personView({ membership: { unit: unitView(), audience: 'student' } }),
    });
    await chat.command('baocao');
    expect(chat.labels().filter((label) => label.includes('Hoàn thành'))).toEqual([]);
    expect(chat.labels().length).toBeGreaterThan(3);
  });

  it('takes an item of status once, and keeps the draft of a second report', async () => {
    const asked: unknown[] = [];
    let standing: number | null = 77;
    chat = start({
      person: personView({ membership: { unit: unitView(), audience: 'student' } }),
      reads: {
        standingReport: async (...args) => {
          asked.push(args);
          return standing;
        },
      },
    });
    await chat.command('baocao');
    await chat.press('Kỷ cương lớp học');
    await chat.say('Không vắng buổi nào');
    await chat.say('Dự đủ 30 buổi của học kỳ.');
    await chat.press('Hôm nay');
    await chat.say('Lớp trưởng xác nhận, sổ theo dõi số 3');
    await chat.press('Xong');
    await chat.press('Bỏ qua');
    await chat.press('Gửi');
    expect(chat.last).toContain('Giai đoạn 1 (sơ kết) đã có báo cáo 77');
    expect(asked).toEqual([[7, 'hv.2', { from: '2024-03-01', to: '2024-07-31' }, null]]);
    expect(chat.state.active?.answers.title?.value).toBe('Không vắng buổi nào');
    standing = null;
    await chat.press('Kỷ cương lớp học');
    await chat.press('Gửi');
    expect(chat.last).toContain('Đã nhận báo cáo');
  });

  it('changes one answer from the summary and comes back to it', async () => {
    await untilSummary(chat);
    await chat.press('Sửa: Tên việc');
    expect(chat.last).toContain('Đã ghi: Biên soạn giáo trình');
    await chat.say('Tên khác');
    expect(chat.last).toContain('Tên việc: Tên khác');
    expect(chat.labels()[0]).toBe('Gửi');
  });

  it('shows likely duplicates before sending, and to the head', async () => {
    const line = {
      id: 9,
      item: 'cn.2',
      title: 'Giáo trình',
      doneOn: '2024-07-01',
      status: 'submitted' as const,
      submittedAt: '2024-07-01T00:00:00Z',
      authorName: 'Lê Bính',
      collective: null,
    };
    chat = start({ reads: { similarReports: async () => [line] } });
    await untilSummary(chat);
    expect(chat.last).toContain('có thể trùng');
    expect(chat.last).toContain('Số 9: Giáo trình (Lê Bính, 01/07/2024)');
    await chat.press('Gửi');
    expect(chat.elsewhere().map(({ message }) => readable(message))[0]).toContain('Giáo trình');
  });

  it('asks for missing evidence before it sends, when the item changed', async () => {
    await untilSummary(chat);
    await chat.press('Sửa: Minh chứng');
    await chat.press('Bỏ: Văn bản');
    await chat.say('Xong');
    expect(chat.last).toContain('cần được trả lời');
    await chat.press('Quay lại');
    await chat.press('Gửi');
    expect(chat.state.active?.asking).toBe('evidence');
    expect(chat.rows('report')).toEqual([]);
  });

  it('says honestly when nobody can verify, or nobody can be reached', async () => {
    chat = start({ reads: { verifiersOf: async () => [] } });
    await untilSummary(chat);
    await chat.press('Gửi');
    expect(chat.last).toContain('danh sách chờ của Thường trực Hội đồng');
    chat = start({ reads: { verifiersOf: async () => [recipient(20, 'Trần Thị Bình', false)] } });
    await untilSummary(chat);
    await chat.press('Gửi');
    expect(chat.last).toContain('chưa kết nối');
    expect(chat.elsewhere()).toEqual([]);
  });

  it('is refused in one sentence with the date when the campaign is not open', async () => {
    chat = start({ now: '2024-02-01T03:00:00Z' });
    await chat.command('baocao');
    expect(chat.answer).toContain('01/03/2024');
    chat = start({ now: '2025-01-11T03:00:00Z' });
    await chat.command('baocao');
    expect(chat.answer).toContain('10/01/2025');
    chat = start({ person: personView({ membership: null }) });
    await chat.command('baocao');
    expect(chat.answer).toContain('chưa thuộc đơn vị');
    expect(chat.state.active).toBeNull();
  });

  it('keeps a draft over the end of the campaign without sending it', async () => {
    await untilSummary(chat);
    chat.now = '2025-01-11T03:00:00Z';
    await chat.press('Gửi');
    expect(chat.last).toContain('kết thúc nhận báo cáo');
    expect(chat.rows('report')).toEqual([]);
    expect(chat.state.active?.asking).toBe('summary');
  });

  it('works in English', async () => {
    chat = start({ person: personView({ language: 'en' }) });
    await chat.command('report');
    expect(chat.last).toContain('step 1/6');
    expect(chat.labels()).toContain('Save draft');
  });
});

describe('evidence and co-contributors', () => {
  it('acknowledges an album once and keeps every file', async () => {
    const chat = start();
    await untilEvidence(chat);
    const before = chat.shown.length;
    for (let n = 0; n < 4; n += 1) {
      await chat.file({ album: 'a1' });
      expect(chat.rows('media')).toHaveLength(1);
    }
    expect(chat.shown).toHaveLength(before + 1);
    await chat.file();
    expect(chat.shown).toHaveLength(before + 2);
    expect(chat.state.active?.answers.evidence?.value).toHaveLength(5);
  });

  it('keeps every file of one message, and none for its changed text', async () => {
    const chat = start();
    await untilEvidence(chat);
    const of = chat.ref();
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) await chat.file({ album: of.id, of, name });
    const kept = ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => expect.objectContaining({ name }));
    expect(chat.state.active?.answers.evidence?.value).toEqual(kept);
    await chat.change(of, 'Một chú thích khác');
    expect(chat.state.active?.answers.evidence?.value).toEqual(kept);
    expect(chat.answer).toContain('Chú thích của ảnh và tệp không được ghi');
  });

  it('takes the word on the button for the button', async () => {
    const chat = start();
    await untilEvidence(chat);
    await chat.say('xong');
    expect(chat.last).toContain('cần được trả lời');
    await chat.say('Biên bản số 3');
    await chat.say('XONG');
    expect(chat.last).toContain('Ai cùng thực hiện');
  });

  it('refuses the same text twice, an eleventh piece, an empty one, and a file that is too big', async () => {
    const chat = start();
    await untilEvidence(chat);
    await chat.say('Biên bản số 3');
    await chat.say('biên bản  số 3');
    expect(chat.answer).toContain('đã có');
    await chat.say('???');
    expect(chat.answer).toContain('số văn bản');
    await chat.file({ size: 20_000_001 });
    expect(chat.answer).toContain('20 MB');
    expect(chat.rows('media')).toEqual([]);
    for (let n = 0; n < 9; n += 1) await chat.file();
    await chat.file();
    expect(chat.answer).toContain('tối đa 10');
    expect(chat.rows('media')).toEqual([]);
  });

  it('finds nobody, oneself, and a person added already', async () => {
    const self = { ...BINH, id: 7 };
    const chat = start();
    await untilEvidence(chat);
    await chat.say('số 1');
    await chat.press('Xong');
    chat.reads.findPeople = async () => [];
    await chat.say('không ai');
    expect(chat.answer).toContain('Không tìm thấy');
    chat.reads.findPeople = async () => [self];
    await chat.say('an');
    expect(chat.answer).toContain('người báo cáo');
    chat.reads.findPeople = async () => [BINH];
    await chat.say('bính');
    await chat.press('Lê Văn Bính');
    await chat.say('bính');
    expect(chat.answer).toContain('Không tìm thấy');
    await chat.press('Bỏ: Lê Văn Bính');
    await chat.press('Bỏ qua');
    expect(chat.state.active?.asking).toBe('summary');
    expect(chat.last).toContain('Người cùng thực hiện: Không có');
  });

  it('refuses a person who left the roster, or who was never offered', async () => {
    const chat = start();
    await untilEvidence(chat);
    await chat.say('số 1');
    await chat.press('Xong');
    const step = chat.state.active?.step ?? 0;
    await chat.pressAction(`q:${step}:c:99`);
    expect(chat.answer).toContain('Không còn thấy');
    await chat.pressAction(`q:${step}:c:-99`);
    expect(chat.answer).toContain('Không còn thấy');
    await chat.pressAction(`q:${step}:c:x`);
    expect(chat.answer).toContain('Không còn thấy');
  });
});
