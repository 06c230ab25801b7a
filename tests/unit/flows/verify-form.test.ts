import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../../src/engine/reads.ts';
import type { PersonView } from '../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { verifyFeature } from '../../../src/flows/verify/feature.ts';
import { Conversation, personView, readable } from '../../support/conversation.ts';
import { recipient } from '../../support/report-chat.ts';
import { reportView } from '../../support/report-view.ts';

const handler = createDispatch([verifyFeature]);
const place = (chat: string) => ({ platform: 'test', tenant: 't', chat });
const head = personView({ id: 7, name: 'Trần Thị Bình', grants: [{ role: 'head', unitId: 1 }] });
const author = { id: 20, name: 'Nguyễn Văn An' };

function scene({ person = head, report = {} }: { person?: PersonView; report?: object } = {}) {
  let view = reportView({ author, ...report });
  let verifiers = [7, 8];
  const chat = new Conversation({
    handler,
    person,
    abilities: { forms: true },
    reads: {
      report: async (id) => (id === view.id ? view : null),
      verifiersOf: async () => verifiers.map((id) => recipient(id, `Người ${id}`)),
      recipients: async (ids) => ids.map((id) => recipient(id, `Người ${id}`)),
      copiesOf: async () => [7, 8].map((id) => ({ address: place(`c${id}`), personId: id })),
    },
  });
  return {
    chat,
    become: (values: Partial<ReportView>) => {
      view = { ...view, ...values };
    },
    /** The person is no longer one who may decide it. */
    retire: () => {
      verifiers = [8];
    },
    press: (verb: string) => chat.pressAction(`ver:12:3:${verb}`, '900'),
  };
}

describe('the reason in a form', () => {
  it.each([
    ['r', 'returned', 'Trả lại báo cáo 12 để bổ sung'],
    ['j', 'rejected', 'Không xác nhận báo cáo 12'],
  ])(
    '%s: the report is %s, its request changed in place, its author told',
    async (verb, status, title) => {
      const { chat, press } = scene();
      await press(verb);
      expect(chat.decision).toMatchObject({ writes: [], sends: [] });
      expect(chat.form).toMatchObject({ title, fields: [{ id: 'reason', maxChars: 300 }] });
      expect(JSON.stringify(chat.form?.blocks)).toContain('đồng chí Nguyễn Văn An: Biên soạn');
      await chat.submit({ reason: ' Đề nghị bổ sung số quyết định. ' });
      expect(chat.ack).toEqual({});
      expect(chat.changes('report')).toMatchObject([
        {
          where: { id: 12, version: 3 },
          set: { status, reason: 'Đề nghị bổ sung số quyết định.', decidedBy: 7 },
        },
      ]);
      const copies = chat.decision.sends.filter(({ as }) => as === 'update');
      expect(copies.map(({ to, subject }) => [to.chat, subject])).toEqual([
        ['c7', 'report:12'],
        ['c8', 'report:12'],
      ]);
      const toAuthor = chat.decision.sends.find(({ to }) => to.chat === 'c20');
      expect(toAuthor && readable(toAuthor.message)).toContain('Đề nghị bổ sung số quyết định.');
      expect(chat.last).toContain('Tác giả được thông báo kèm lý do');
      expect(chat.decision.state).toBeUndefined();
    },
  );

  it('revokes what the person has verified', async () => {
    const decided = { id: 7, name: head.name };
    const { chat, press } = scene({ report: { status: 'verified', decidedBy: decided } });
    await press('k');
    await chat.submit({ reason: 'Xác nhận nhầm.' });
    expect(chat.changes('report')).toMatchObject([{ set: { status: 'revoked' } }]);
  });

  it.each([
    [null, /cần được điền/],
    ['ok', /từ 3 đến 300 ký tự/],
    ['a'.repeat(301), /301 ký tự/],
  ])('refuses %s at the field, and takes it put right', async (reason, words) => {
    const { chat, press } = scene();
    await press('r');
    await chat.submit({ reason });
    expect(chat.ack.fieldErrors?.reason).toMatch(words);
    expect(chat.decision).toMatchObject({ writes: [], sends: [] });
    await chat.submit({ reason: 'Thiếu số quyết định' });
    expect(chat.changes('report')).toHaveLength(1);
  });

  it('changes nothing when somebody else has decided meanwhile, and says who', async () => {
    const { chat, press, become } = scene();
    await press('r');
    become({
      status: 'verified',
      version: 4,
      decidedBy: { id: 8, name: 'Hoàng Văn Em' },
      decidedAt: '2024-07-05T02:30:00Z',
    });
    await chat.submit({ reason: 'Thiếu số quyết định' });
    expect(chat.writes).toEqual([]);
    expect(chat.ack.fieldErrors).toBeUndefined();
    expect(chat.last).toContain('Đồng chí Hoàng Văn Em đã xác nhận báo cáo này');
  });

  it('changes nothing when the right has gone, or for a name that was forged', async () => {
    const { chat, press, retire } = scene();
    await press('r');
    retire();
    await chat.submit({ reason: 'Thiếu số quyết định' });
    expect(chat.writes).toEqual([]);
    expect(chat.last).toContain('không thuộc thẩm quyền');

    const stranger = scene({ person: personView({ id: 9 }) });
    await stranger.chat.submitAs('verify-reason:return:12:3', { reason: 'Thiếu' });
    expect(stranger.chat.writes).toEqual([]);
    for (const key of ['verify:12:3', 'return:12', 'return:12:3:4', '-']) {
      await chat.submitAs(`verify-reason:${key}`, { reason: 'Thiếu' });
      expect(chat.ack.fieldErrors?.reason).toContain('Biểu mẫu này đã cũ');
    }
    await chat.submitAs('verify-reason:return:99:1', { reason: 'Thiếu' });
    expect(chat.writes).toEqual([]);
  });

  it('leaves a reason asked for in the chat as it is', async () => {
    const { chat, press } = scene();
    await chat.event({
      kind: 'press',
      action: 'ver:12:3:j',
      message: { at: place('c7'), id: '900' },
    });
    expect(chat.last).toContain('lý do không xác nhận');
    const asked = chat.state;
    await press('r');
    expect(chat.state).toEqual(asked);
    await chat.submit({ reason: 'Thiếu số quyết định' });
    expect(chat.state).toEqual(asked);
  });
});
