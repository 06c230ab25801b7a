import { describe, expect, it } from 'vitest';
import type { ReportLine, ReportStatus, ReportView } from '../../../../src/engine/reads.ts';
import { coauthorFeature } from '../../../../src/flows/co-author/feature.ts';
import { createDispatch } from '../../../../src/flows/dispatch.ts';
import { messageSource } from '../../../../src/flows/input.ts';
import { ownReportsFeature } from '../../../../src/flows/own-reports/feature.ts';
import { reportFeature } from '../../../../src/flows/report/feature.ts';
import { Conversation, personView, readable } from '../../../support/conversation.ts';
import { reportView } from '../../../support/report-view.ts';

const handler = createDispatch([reportFeature, ownReportsFeature, coauthorFeature]);

const decided = (status: ReportStatus, reason: string | null = null): Partial<ReportView> => ({
  status,
  reason,
  decidedBy: { id: 20, name: 'Trần Thị Bình' },
  decidedAt: '2024-07-03T03:00:00Z',
});

const address = (chat: string) => ({ platform: 'test', tenant: 't', chat });

const withReport = (values: Partial<ReportView> = {}, options: { personId?: number } = {}) =>
  new Conversation({
    handler,
    person: personView({ id: options.personId ?? 7 }),
    reads: {
      report: async (id) => (id === 12 ? reportView(values) : null),
      ownParts: async () => ({ unit: 0, for: 0, remarks: 0 }),
      verifiersOf: async () => [
        { personId: 20, name: 'Trần Thị Bình', language: 'vi', address: address('c20') },
      ],
      copiesOf: async (subject) =>
        subject === 'report:12'
          ? [
              { address: address('c20'), personId: 20 },
              { address: address('c21'), personId: 21 },
            ]
          : [
              { address: address('c31'), personId: 31 },
              { address: address('c32'), personId: 32 },
            ],
      recipients: async (ids) =>
        ids.map((personId) => ({
          personId,
          name: `Đồng chí ${personId}`,
          language: 'vi',
          address: address(`c${personId}`),
        })),
    },
  });

const sent = (chat: Conversation) =>
  chat.elsewhere().map(({ to, as = 'send', subject, message }) => ({
    to: to.chat,
    as,
    subject,
    buttons: message.buttons !== undefined,
    text: readable(message),
  }));

describe('own reports', () => {
  const line = (id: number): ReportLine => ({
    id,
    item: 'cn.2',
    title: `Việc ${id}`,
    doneOn: '2024-07-01',
    status: 'returned',
    submittedAt: '2024-07-02T03:00:00Z',
    authorName: 'Nguyễn Văn An',
    collective: null,
  });

  it('are listed with their status, page by page, in place', async () => {
    const all = Array.from({ length: 7 }, (_, n) => line(1000 + n));
    const chat = withReport();
    chat.reads.reportsOf = async (personId, { limit, offset }) => {
      expect(personId).toBe(7);
      return { total: all.length, lines: all.slice(offset, offset + limit) };
    };
    await chat.command('cuatoi');
    expect(chat.last).toContain('Số 1000: Việc 1000 (01/07/2024) – trả lại để bổ sung');
    expect(chat.last).toContain('Tổng số: 7');
    await chat.press('Trang sau');
    expect(chat.shown).toHaveLength(1);
    expect(chat.last).toContain('Việc 1006');
    expect(chat.labels()).not.toContain('Trang sau');
    await chat.press('Trang trước');
    expect(chat.last).toContain('Việc 1000');
  });

  it('may be none', async () => {
    const chat = withReport();
    chat.reads.reportsOf = async () => ({ total: 0, lines: [] });
    await chat.command('mine');
    expect(chat.last).toContain('chưa có báo cáo nào');
  });

  it.each<[ReportStatus, string[]]>([
    ['submitted', ['Sửa', 'Rút báo cáo']],
    ['returned', ['Sửa và gửi lại', 'Rút báo cáo']],
    ['verified', ['Sửa', 'Rút báo cáo']],
    ['rejected', []],
    ['withdrawn', []],
    ['revoked', []],
  ])('open with what can be done: %s', async (status, buttons) => {
    const chat = withReport(decided(status, 'Thiếu số văn bản'));
    await chat.command('cuatoi').catch(() => undefined);
    await chat.pressAction('rep:12:open');
    expect(chat.answer).toContain('Lý do: Thiếu số văn bản');
    const labels = chat.decision.sends.flatMap(({ message }) =>
      (message.buttons ?? []).flat().map(({ label }) => label),
    );
    expect(labels).toEqual([...buttons, 'Báo cáo của tôi']);
  });

  it.each(['open', 'amend', 'withdraw', 'gone:3'])(
    'of another person are not there: %s',
    async (verb) => {
      const chat = withReport({}, { personId: 8 });
      await chat.pressAction(`rep:12:${verb}`);
      expect(chat.ack.toast).toContain('Không tìm thấy');
      expect(chat.decision.writes).toEqual([]);
      await chat.pressAction(`rep:99:${verb}`);
      expect(chat.ack.toast).toContain('Không tìm thấy');
    },
  );

  it('refuse a forged button', async () => {
    const chat = withReport();
    for (const action of ['rep:', 'rep:x:open', 'rep:12:verify', 'rep:99999999999:open']) {
      await chat.pressAction(action);
      expect(chat.ack.toast).toContain('đã cũ');
    }
  });
});

describe('withdrawing', () => {
  it('is asked once, then every copy shows it', async () => {
    const chat = withReport({
      contributors: [{ personId: 31, name: 'Bính', unitId: 1, answer: 'confirmed' }],
    });
    await chat.pressAction('rep:12:withdraw');
    expect(chat.answer).toContain('muốn rút báo cáo 12');
    expect(chat.decision.writes).toEqual([]);
    await chat.pressAction('rep:12:gone:3');
    expect(chat.answer).toContain('Đã rút báo cáo 12');
    expect(chat.changes('report')).toMatchObject([
      { where: { id: 12, version: 3 }, set: { status: 'withdrawn', version: 4 } },
    ]);
    expect(chat.rows('reportEvent')).toMatchObject([{ event: 'withdrawn' }]);
    expect(sent(chat)).toMatchObject([
      { to: 'c32', as: 'update' },
      { to: 'c20', as: 'update', subject: 'report:12', buttons: false },
      { to: 'c21', as: 'update', subject: 'report:12', buttons: false },
      { to: 'c31', as: 'update', subject: 'report:12:co', buttons: false },
    ]);
  });

  it('is not done on a report that changed since it was asked, or that has ended', async () => {
    const chat = withReport();
    await chat.pressAction('rep:12:gone:2');
    expect(chat.ack.toast).toContain('đã cũ');
    expect(chat.decision.writes).toEqual([]);
    const ended = withReport(decided('rejected', 'Không đúng'));
    await ended.pressAction('rep:12:gone:3');
    expect(ended.ack.toast).toContain('không rút được');
    expect(ended.decision.writes).toEqual([]);
  });
});

describe('amending', () => {
  it('starts at the summary with every answer, and sends the report again', async () => {
    const chat = withReport(decided('returned', 'Thiếu ngày'));
    await chat.command('cuatoi').catch(() => undefined);
    await chat.pressAction('rep:12:amend');
    expect(chat.answer).toContain('Sửa báo cáo 12');
    expect(chat.answer).toContain('Văn bản Quyết định 12');
    const step = chat.state.active?.step ?? 0;
    await chat.pressAction(`q:${step}:e:describe`);
    await chat.say('Hoàn thành bản thảo ngày 01/07.');
    await chat.press('Gửi');
    expect(chat.last).toContain('Đã nhận lại báo cáo 12');
    expect(chat.changes('report')).toMatchObject([
      {
        where: { id: 12, version: 3 },
        set: {
          status: 'submitted',
          version: 4,
          decidedBy: null,
          reason: null,
          description: 'Hoàn thành bản thảo ngày 01/07.',
        },
      },
    ]);
    expect(chat.rows('report')).toEqual([]);
    expect(sent(chat)).toMatchObject([
      { to: 'c31', as: 'update' },
      { to: 'c32', as: 'update' },
      { to: 'c20', as: 'update', buttons: false },
      { to: 'c20', as: 'send', subject: 'report:12', buttons: true },
      { to: 'c21', as: 'update', buttons: false },
    ]);
  });

  it('warns that it voids a verification', async () => {
    const chat = withReport(decided('verified'));
    await chat.pressAction('rep:12:amend');
    expect(chat.answer).toContain('xác nhận cũ hết hiệu lực');
  });

  it('is refused once the report has ended, even when the flow began before', async () => {
    const chat = withReport(decided('rejected', 'Không đúng'));
    await chat.pressAction('rep:12:amend');
    expect(chat.ack.toast).toContain('không sửa được');
    const other = withReport();
    await other.pressAction('rep:12:amend');
    other.reads.report = async () => reportView(decided('rejected', 'Không đúng'));
    await other.pressAction(`q:${other.state.active?.step}:ok`);
    expect(other.answer).toContain('không sửa được');
    expect(other.decision.writes).toEqual([]);
    expect(other.state.active).not.toBeNull();
  });

  it('keeps the answers of co-authors who stay, asks new ones, tells removed ones', async () => {
    const chat = withReport({
      contributors: [
        { personId: 31, name: 'Bính', unitId: 1, answer: 'confirmed' },
        { personId: 32, name: 'Cúc', unitId: 1, answer: 'waiting' },
      ],
    });
    chat.reads.person = async (id) => personView({ id, name: 'Đào' });
    await chat.pressAction('rep:12:amend');
    await chat.pressAction(`q:${chat.state.active?.step}:e:contributors`);
    await chat.pressAction(`q:${chat.state.active?.step}:c:-32`);
    await chat.pressAction(`q:${chat.state.active?.step}:c:33`);
    await chat.pressAction(`q:${chat.state.active?.step}:d`);
    await chat.pressAction(`q:${chat.state.active?.step}:ok`);
    const shares = chat.decision.writes.filter(({ table }) => table === 'contributor');
    expect(shares).toMatchObject([
      { op: 'delete', where: { reportId: 12, personId: 32 } },
      { op: 'insert', row: { personId: 33, answer: 'waiting' } },
    ]);
    const about = sent(chat).filter(({ subject }) => subject === 'report:12:co');
    expect(about).toMatchObject([
      { to: 'c32', as: 'update', buttons: false },
      { to: 'c31', as: 'update', buttons: true },
      { to: 'c33', as: 'send', buttons: true },
    ]);
    expect(about[0]?.text).toContain('đã bỏ tên');
  });
});

describe('changing the message an answer came from', () => {
  const message = { at: address('c7'), id: '55' };
  const source = messageSource(message);
  const changed = async (
    values: Partial<ReportView>,
    text: string,
    answer = 'title',
  ): Promise<Conversation> => {
    const chat = withReport();
    chat.reads.reportBySource = async (author, id) =>
      author === 7 && id === source
        ? { report: reportView({ ...values, sources: { [answer]: source } }), answer }
        : null;
    await chat.change(message, text);
    return chat;
  };

  it('changes a report that waits, and its verifiers’ copies in silence', async () => {
    const chat = await changed({}, 'Tên mới');
    expect(chat.answer).toBe('Đã sửa Tên việc: Tên mới');
    expect(chat.changes('report')).toMatchObject([
      { where: { id: 12, version: 3 }, set: { title: 'Tên mới', status: 'submitted', version: 4 } },
    ]);
    const copies = sent(chat).filter(({ subject }) => subject === 'report:12');
    expect(copies).toMatchObject([
      { to: 'c20', as: 'update', buttons: true },
      { to: 'c21', as: 'update', buttons: true },
    ]);
    expect(copies[0]?.text).toContain('Tên mới');
  });

  it('changes the one piece of evidence it gave', async () => {
    const chat = await changed({}, 'Quyết định 13', 'evidence:0');
    expect(chat.rows('evidence')).toMatchObject([{ kind: 'document', text: 'Quyết định 13' }]);
    expect(chat.changes('report')).toMatchObject([{ set: { sources: { 'evidence:0': source } } }]);
  });

  it('leaves a returned report returned, and says how to send it', async () => {
    const chat = await changed(decided('returned', 'Thiếu'), 'Tên mới');
    expect(chat.answer).toContain('vẫn đang được trả lại');
    expect(chat.changes('report')).toMatchObject([
      { set: { status: 'returned', title: 'Tên mới', decidedBy: 20, reason: 'Thiếu' } },
    ]);
  });

  it('changes nothing of a verified or ended report, and says what to do', async () => {
    const verified = await changed(decided('verified'), 'Tên mới');
    expect(verified.answer).toContain('đã được xác nhận');
    expect(verified.labels()).toEqual(['Sửa']);
    const ended = await changed({ status: 'withdrawn' }, 'Tên mới');
    expect(ended.answer).toContain('không sửa được');
    for (const chat of [verified, ended]) expect(chat.decision.writes).toEqual([]);
  });

  it('is refused like any other answer', async () => {
    const chat = await changed({}, 'a'.repeat(200));
    expect(chat.answer).toContain('200 ký tự');
    expect(chat.answer).toContain('giữ nguyên');
    expect(chat.decision.writes).toEqual([]);
  });

  it('of no report is passed over in silence', async () => {
    const chat = withReport();
    await chat.change(message, 'gì đó');
    expect(chat.decision.sends).toEqual([]);
  });
});

describe('co-authors', () => {
  const shared = (answer: 'waiting' | 'confirmed' | 'declined', personId = 31, status = {}) =>
    withReport(
      {
        ...status,
        contributors: [{ personId: 31, name: 'Lê Bính', unitId: 1, answer }],
      },
      { personId },
    );

  it('confirm: recorded, the verifiers’ copies follow, nobody is disturbed', async () => {
    const chat = shared('waiting');
    await chat.pressAction('co:12:y');
    expect(chat.changes('contributor')).toMatchObject([
      { where: { reportId: 12, personId: 31, answer: 'waiting' }, set: { answer: 'confirmed' } },
    ]);
    expect(chat.changes('report')).toMatchObject([{ where: { id: 12, version: 3 } }]);
    expect(chat.answer).toContain('đã xác nhận tham gia');
    expect(sent(chat).filter(({ as }) => as === 'send')).toEqual([]);
    expect(sent(chat).filter(({ to }) => to === 'c20')[0]?.text).toContain('Lê Bính (đã xác nhận)');
  });

  it('open the request anew from their own page, below what the chat has, and answer it there', async () => {
    const chat = shared('waiting');
    await chat.event({ kind: 'press', action: 'co:12:o' });
    expect(chat.decision.writes).toEqual([]);
    expect(chat.decision.sends).toMatchObject([{ as: 'send', subject: 'report:12:co' }]);
    expect(chat.labels()).toEqual(['Xác nhận tham gia', 'Không tham gia']);
    expect(chat.ack.toast).toContain('trong cuộc trò chuyện riêng');
    await chat.press('Xác nhận tham gia');
    expect(chat.last).toContain('đã xác nhận tham gia');
    const other = shared('waiting', 8);
    await other.event({ kind: 'press', action: 'co:12:o' });
    expect(other.ack.toast).toContain('không cần');
    expect(other.decision.sends).toEqual([]);
  });

  it('decline: the author is told', async () => {
    const chat = shared('confirmed');
    await chat.pressAction('co:12:n');
    const told = chat.decision.sends.filter(({ personId }) => personId === 7);
    expect(told.map(({ message }) => readable(message)).join()).toContain(
      'Lê Bính cho biết không tham gia',
    );
  });

  it('cannot answer for another, twice the same, or for a report that has ended', async () => {
    const other = shared('waiting', 8);
    await other.pressAction('co:12:y');
    expect(other.ack.toast).toContain('không cần');
    const again = shared('confirmed');
    await again.pressAction('co:12:y');
    expect(again.ack.toast).toContain('đã được ghi');
    const ended = shared('waiting', 31, { status: 'withdrawn' });
    await ended.pressAction('co:12:y');
    expect(ended.ack.toast).toContain('không cần');
    const forged = shared('waiting');
    await forged.pressAction('co:12:maybe');
    expect(forged.ack.toast).toContain('đã cũ');
    for (const chat of [other, again, ended, forged]) expect(chat.decision.writes).toEqual([]);
  });
});
