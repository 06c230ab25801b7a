import { describe, expect, it } from 'vitest';
import { Form } from '../../../../src/chat/index.ts';
import type { ReportLine } from '../../../../src/engine/reads.ts';
import { campaign, personView } from '../../../support/conversation.ts';
import {
  attached,
  fieldsOf,
  startWithForms,
  VALID,
  valueIn,
} from '../../../support/report-form.ts';
import { reportView } from '../../../support/report-view.ts';

const similar: ReportLine = {
  id: 9,
  item: 'cn.2',
  title: 'Giáo trình',
  doneOn: '2024-07-01',
  status: 'submitted',
  submittedAt: '2024-07-01T00:00:00Z',
  authorName: 'Lê Bính',
  collective: null,
};

describe('the report form', () => {
  it('asks everything at once, and says nothing in the chat', async () => {
    const chat = startWithForms();
    await chat.slash('baocao');
    expect(chat.decision.sends).toEqual([]);
    expect(chat.state.active).toBeNull();
    expect(chat.form).toEqual(Form.parse(chat.form));
    expect(chat.form).toMatchObject({ id: 'report:-', title: 'Báo cáo thành tích', submit: 'Gửi' });
    expect(chat.form?.otherwise).toContain('gõ “báo cáo”');
    expect(Object.keys(fieldsOf(chat.form))).toEqual([
      'item',
      'title',
      'describe',
      'date',
      'evidence',
      'evidence-files',
      'contributors',
    ]);
    expect(fieldsOf(chat.form).describe?.hint).toBe('Không gửi nội dung mật.');
  });

  it('says labels in full that an option must shorten', async () => {
    const items = campaign.items
      .filter(({ audience, mode }) => audience === 'staff' && mode !== 'conduct')
      .map((item, at) =>
        at > 0 ? item : { ...item, label: { vi: 'Đổi mới '.repeat(20), en: 'x' } },
      );
    const chat = startWithForms({ campaign: { ...campaign, items } });
    await chat.slash('baocao');
    const field = fieldsOf(chat.form).item;
    const [option] = field?.kind === 'choice' ? field.options : [];
    expect(option?.label).toMatch(/^Đổi mới .*…$/);
    expect(JSON.stringify(chat.form?.blocks)).toContain('Đổi mới '.repeat(20));
  });

  it('becomes a report, a receipt in the chat and a request to the head', async () => {
    const chat = startWithForms();
    await chat.slash('baocao');
    await chat.submit({ ...VALID, 'evidence-files': [attached()], contributors: 'Lê Văn Bính' });
    expect(chat.ack).toEqual({});
    expect(chat.last).toContain('Đã nhận báo cáo 1234');
    expect(chat.last).toContain('Trần Thị Bình');
    expect(chat.rows('report')).toMatchObject([
      {
        id: 1234,
        item: 'cn.2',
        authorId: 7,
        title: VALID.title,
        description: VALID.describe,
        doneOn: '2024-07-04',
        status: 'submitted',
        sources: {},
      },
    ]);
    const [media] = chat.rows('media');
    expect(media).toMatchObject({ platform: 'test', attachment: { name: 'anh.jpg' } });
    expect(chat.rows('evidence')).toMatchObject([
      { kind: 'document', text: 'Quyết định 12/QĐ-HV' },
      { kind: 'link', text: 'https://hcma.vn/tin/1' },
      { kind: 'media', mediaId: media?.id },
    ]);
    expect(chat.rows('contributor')).toMatchObject([{ personId: 31, unitId: 2 }]);
    expect(chat.elsewhere().map(({ to }) => to.chat)).toEqual(['c20', 'c31']);
  });

  it('leaves what is under way in the chat alone, opened and sent', async () => {
    const chat = startWithForms();
    await chat.command('baocao', 'Việc khác');
    const before = chat.state;
    await chat.slash('baocao');
    expect(chat.state).toEqual(before);
    expect(chat.decision.sends).toEqual([]);
    await chat.submit(VALID);
    expect(chat.rows('report')).toHaveLength(1);
    expect(chat.state).toEqual(before);
  });

  it('opens only where it can: else the conversation asks', async () => {
    const typed = startWithForms();
    await typed.command('baocao');
    expect(typed.form).toBeNull();
    expect(typed.last).toContain('bước 1/6');
    const without = startWithForms({ abilities: { forms: false } });
    await without.event({ kind: 'command', name: 'baocao', args: '', canOpenForm: true });
    expect(without.form).toBeNull();
    expect(without.last).toContain('bước 1/6');
    const item = campaign.items.find(
      ({ audience, mode }) => audience === 'staff' && mode === 'count',
    );
    if (!item) throw new Error('the campaign has no item for staff');
    const items = Array.from({ length: 101 }, (_, n) => ({ ...item, id: `x.${n}` }));
    const many = startWithForms({ campaign: { ...campaign, items } });
    await many.slash('baocao');
    expect(many.form).toBeNull();
    expect(many.last).toContain('bước 1/6');
  });

  it('does not open when this person cannot report now', async () => {
    const early = startWithForms({ now: '2024-02-01T03:00:00Z' });
    await early.slash('baocao');
    expect(early.form).toBeNull();
    expect(early.answer).toContain('01/03/2024');
  });

  it('is in English for whoever reads English', async () => {
    const chat = startWithForms({ person: personView({ language: 'en' }) });
    await chat.slash('report');
    expect(chat.form).toMatchObject({ title: 'Achievement report', submit: 'Send' });
    await chat.submit({ ...VALID, title: null });
    expect(chat.ack.fieldErrors?.title).toContain('needs to be filled in');
  });
});

describe('what the form is begun with', () => {
  it('the words after the command are the title', async () => {
    const chat = startWithForms();
    await chat.slash('baocao', '  Giờ giảng   tốt ');
    expect(valueIn(chat.form, 'title')).toBe('Giờ giảng tốt');
    await chat.submit({ ...VALID, title: 'Giờ giảng tốt' });
    expect(chat.rows('report')).toMatchObject([{ title: 'Giờ giảng tốt' }]);
  });

  it('words too long for a title are the description, and that is said', async () => {
    const chat = startWithForms();
    const words = 'Biên soạn giáo trình '.repeat(10).trim();
    await chat.slash('baocao', words);
    expect(valueIn(chat.form, 'title')).toBeUndefined();
    expect(valueIn(chat.form, 'describe')).toBe(words);
    expect(JSON.stringify(chat.form?.blocks)).toContain('dài quá 120 ký tự');
  });

  it('a message is the description, its first line the title, its address evidence', async () => {
    const chat = startWithForms();
    const text = 'Đã nghiệm thu đề tài cấp bộ\nXếp loại xuất sắc, 12/7.';
    const link = 'https://hv.slack.com/archives/C1/p1';
    await chat.slash('baocao', '', { text, link });
    expect(valueIn(chat.form, 'title')).toBe('Đã nghiệm thu đề tài cấp bộ');
    expect(valueIn(chat.form, 'describe')).toBe(text);
    expect(valueIn(chat.form, 'evidence')).toBe(link);
    await chat.submit({ item: 'cn.2', date: '2024-07-04' });
    expect(chat.rows('evidence')).toMatchObject([{ kind: 'link', text: link }]);
  });

  it('of a long message the beginning is taken, and that is said', async () => {
    const chat = startWithForms();
    await chat.slash('baocao', '', {
      text: `${'a'.repeat(130)} ${'b c '.repeat(200)}`,
      link: null,
    });
    expect(valueIn(chat.form, 'title')).toBeUndefined();
    expect(String(valueIn(chat.form, 'describe')).length).toBeLessThanOrEqual(500);
    expect(JSON.stringify(chat.form?.blocks)).toContain('chỉ phần đầu');
    expect(valueIn(chat.form, 'evidence')).toBeUndefined();
  });

  it('a message without words, such as one with a picture only, leaves the fields empty', async () => {
    const chat = startWithForms();
    await chat.slash('baocao', '', { text: ' \n🎉', link: 'https://hv.slack.com/archives/C1/p1' });
    expect(valueIn(chat.form, 'title')).toBeUndefined();
    expect(valueIn(chat.form, 'describe')).toBeUndefined();
  });
});

describe('a form that no field can put right', () => {
  it('is kept at the summary in the chat when it may repeat a report', async () => {
    const chat = startWithForms({ reads: { similarReports: async () => [similar] } });
    await chat.slash('baocao');
    await chat.submit({ ...VALID, 'evidence-files': [attached()], contributors: 'Lê Văn Bính' });
    expect(chat.ack.toast).toContain('Báo cáo chưa được gửi');
    expect(chat.rows('report')).toEqual([]);
    expect(chat.rows('media')).toHaveLength(1);
    expect(chat.last).toContain('Số 9: Giáo trình');
    expect(chat.last).toContain('Lê Văn Bính');
    await chat.press('Sửa: Tên việc');
    await chat.say('Giáo trình khác');
    await chat.press('Gửi');
    expect(chat.rows('report')).toMatchObject([{ title: 'Giáo trình khác', doneOn: VALID.date }]);
    expect(chat.rows('evidence')).toHaveLength(3);
    expect(chat.rows('contributor')).toHaveLength(1);
  });

  it('puts the draft that was under way aside for that, and says so', async () => {
    const chat = startWithForms({ reads: { similarReports: async () => [similar] } });
    await chat.command('baocao', 'Việc khác');
    await chat.slash('baocao');
    await chat.submit(VALID);
    expect(chat.state.active?.answers.title?.value).toBe(VALID.title);
    expect(chat.state.parked.map(({ answers }) => answers.title?.value)).toEqual(['Việc khác']);
    expect(chat.last).toContain('Bản nháp đang nhập đã được lưu');
  });

  it('becomes a draft when the campaign has ended meanwhile', async () => {
    const chat = startWithForms();
    await chat.slash('baocao');
    chat.now = '2025-01-11T03:00:00Z';
    await chat.submit({ ...VALID, 'evidence-files': [attached()] });
    expect(chat.rows('report')).toEqual([]);
    expect(chat.ack.toast).toContain('kết thúc nhận báo cáo');
    expect(chat.last).toContain('kết thúc nhận báo cáo');
    expect(chat.last).toContain('Đã lưu bản nháp');
    expect(chat.rows('media')).toHaveLength(1);
    expect(chat.state).toMatchObject({ active: null, parked: [{ flow: 'report' }] });
    chat.now = '2024-07-05T03:00:00Z';
    await chat.press('Tiếp tục bản nháp');
    await chat.press('Gửi');
    expect(chat.rows('report')).toMatchObject([{ title: VALID.title }]);
  });

  it('is a draft among others that its title tells apart', async () => {
    const chat = startWithForms();
    chat.now = '2025-01-11T03:00:00Z';
    for (const title of ['Việc thứ nhất', 'Việc thứ hai'])
      await chat.submitAs('report:-', { ...VALID, title });
    await chat.slash('tieptuc');
    expect(chat.labels()).toEqual([
      'Báo cáo thành tích: Việc thứ hai',
      'Báo cáo thành tích: Việc thứ nhất',
    ]);
  });

  it('with a forged or foreign name does nothing', async () => {
    const chat = startWithForms({
      reads: { report: async () => reportView({ author: { id: 8, name: 'X' } }) },
    });
    for (const id of [
      'report:12.3',
      'report:12',
      'report:x',
      'report',
      'khong-co:-',
      'constructor:-',
      '::',
    ]) {
      await chat.submitAs(id, VALID);
      // At a field, so that what was typed can still be copied.
      expect(Object.values(chat.ack.fieldErrors ?? {})).toEqual([
        expect.stringContaining('Biểu mẫu này đã cũ'),
      ]);
      expect(chat.decision).toMatchObject({ writes: [], sends: [] });
    }
    const stranger = startWithForms({ person: null });
    await stranger.submitAs('report:-', VALID);
    expect(Object.values(stranger.ack.fieldErrors ?? {})).toEqual([
      expect.stringContaining('chưa được phân quyền'),
    ]);
    await stranger.submitAs('report:-', {});
    expect(stranger.ack.toast).toContain('chưa được phân quyền');
    expect(stranger.decision).toMatchObject({ writes: [], sends: [] });
    await chat.event({ kind: 'submit', form: 'report:-', values: VALID }, 'group');
    expect(chat.decision).toMatchObject({ writes: [], sends: [] });
  });
});
