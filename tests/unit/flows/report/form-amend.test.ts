import { describe, expect, it } from 'vitest';
import type { Reads, ReportView } from '../../../../src/engine/reads.ts';
import { fieldsOf, startWithForms, valueIn } from '../../../support/report-form.ts';
import { reportView } from '../../../support/report-view.ts';

describe('amending in a form', () => {
  const photo = {
    id: 2,
    kind: 'media',
    text: null,
    mediaId: 'm-1',
    name: 'anh.jpg',
    mime: 'image/jpeg',
    sha256: null,
    failure: null,
  } as const;
  const returned = (values: Partial<ReportView> = {}) => {
    const plain = reportView();
    return reportView({
      status: 'returned',
      reason: 'Thiếu',
      sources: { title: 'test:t:c7:5', 'evidence:0': 'test:t:c7:6' },
      evidence: [...plain.evidence, photo],
      contributors: [{ personId: 40, name: 'Phạm Văn Dũng', unitId: 2, answer: 'confirmed' }],
      ...values,
    });
  };
  const amending = (first: ReportView = returned(), reads: Partial<Reads> = {}) => {
    let view = first;
    const chat = startWithForms({
      reads: {
        report: async () => view,
        copiesOf: async () => [],
        ...reads,
      },
    });
    return {
      chat,
      become: (next: ReportView) => {
        view = next;
      },
    };
  };

  it('shows everything so far, and keeps what is not changed', async () => {
    const { chat } = amending();
    await chat.pressAction('rep:12:amend');
    expect(chat.decision.sends).toEqual([]);
    expect(chat.form).toMatchObject({ id: 'report:12.3', title: 'Sửa báo cáo 12' });
    expect(valueIn(chat.form, 'title')).toBe('Biên soạn giáo trình');
    expect(valueIn(chat.form, 'evidence')).toBe('Quyết định 12');
    expect(fieldsOf(chat.form)['evidence-file-a']).toMatchObject({ label: 'Ảnh anh.jpg' });
    expect(valueIn(chat.form, 'contributors')).toBe('Phạm Văn Dũng');
    await chat.submit({ describe: 'Bổ sung số quyết định.' });
    expect(chat.last).toContain('Đã nhận lại báo cáo 12');
    expect(chat.changes('report')).toMatchObject([
      {
        where: { id: 12, version: 3 },
        set: {
          status: 'submitted',
          description: 'Bổ sung số quyết định.',
          sources: { title: 'test:t:c7:5', 'evidence:0': 'test:t:c7:6' },
        },
      },
    ]);
    expect(chat.rows('evidence')).toMatchObject([{ text: 'Quyết định 12' }, { mediaId: 'm-1' }]);
    expect(chat.rows('media')).toEqual([]);
    expect(chat.rows('contributor')).toEqual([]);
  });

  it('drops a file, a line and a person, and adds others', async () => {
    const { chat } = amending();
    await chat.pressAction('rep:12:amend');
    await chat.submit({
      title: 'Tên khác',
      evidence: 'Quyết định 13',
      'evidence-file-a': 'drop:m-1',
      contributors: 'Lê Văn Bính',
    });
    expect(chat.rows('evidence')).toMatchObject([{ text: 'Quyết định 13' }]);
    expect(chat.rows('contributor')).toMatchObject([{ personId: 31 }]);
    expect(chat.changes('report')).toMatchObject([{ set: { title: 'Tên khác', sources: {} } }]);
    expect(chat.decision.writes).toContainEqual({
      op: 'delete',
      table: 'contributor',
      where: { reportId: 12, personId: 40 },
    });
  });

  it('says first that a verification will be void', async () => {
    const { chat } = amending(returned({ status: 'verified', reason: null }));
    await chat.pressAction('rep:12:amend');
    expect(JSON.stringify(chat.form?.blocks)).toContain('xác nhận cũ hết hiệu lực');
  });

  it('is asked for in the chat when the evidence does not fit into a window', async () => {
    const long = Array.from({ length: 9 }, (_, n) => ({
      ...photo,
      id: n,
      kind: 'document' as const,
      mediaId: null,
      text: `${n} ${'a'.repeat(450)}`,
    }));
    const { chat } = amending(returned({ evidence: long }));
    await chat.pressAction('rep:12:amend');
    expect(chat.form).toBeNull();
    expect(chat.answer).toContain('Sửa báo cáo 12');
  });

  it('shows the summary instead when the report has changed meanwhile, and sends on a press', async () => {
    const { chat, become } = amending();
    await chat.pressAction('rep:12:amend');
    become(returned({ version: 4, description: 'Đã sửa bằng tin nhắn.' }));
    await chat.submit({ title: 'Tên khác' });
    expect(chat.changes('report')).toEqual([]);
    expect(chat.ack.toast).toContain('đã thay đổi từ khi');
    expect(chat.last).toContain('Tên việc: Tên khác');
    await chat.press('Gửi');
    expect(chat.changes('report')).toMatchObject([
      { where: { id: 12, version: 4 }, set: { title: 'Tên khác' } },
    ]);
  });

  it('is refused when the report is finished meanwhile, and keeps the words as a draft', async () => {
    const { chat, become } = amending();
    await chat.pressAction('rep:12:amend');
    become(returned({ version: 4, status: 'withdrawn' }));
    await chat.submit({ title: 'Tên khác' });
    expect(chat.changes('report')).toEqual([]);
    expect(chat.last).toContain('đã kết thúc xử lý');
    expect(chat.state.parked.map(({ answers }) => answers.title?.value)).toEqual(['Tên khác']);
  });

  it('shows a likely duplicate in the form, and stops only at one not shown there', async () => {
    const duplicate = (id: number) => ({
      id,
      item: 'cn.2',
      title: `Giáo trình ${id}`,
      doneOn: '2024-07-01',
      status: 'submitted' as const,
      submittedAt: '2024-07-01T00:00:00Z',
      authorName: 'Lê Bính',
      collective: null,
    });
    let found = [duplicate(9)];
    const { chat } = amending(returned(), { similarReports: async () => found });
    await chat.pressAction('rep:12:amend');
    expect(chat.form?.id).toBe('report:12.3.9');
    expect(JSON.stringify(chat.form?.blocks)).toContain('Số 9: Giáo trình 9');
    found = [duplicate(10), duplicate(9)];
    await chat.submit({ title: 'Tên khác' });
    expect(chat.changes('report')).toEqual([]);
    expect(chat.ack.toast).toContain('có thể trùng');
    expect(chat.last).toContain('Số 10: Giáo trình 10');
    found = [duplicate(9)];
    await chat.pressAction('rep:12:amend');
    await chat.submit({ title: 'Tên khác' });
    expect(chat.changes('report')).toHaveLength(1);
  });
});
