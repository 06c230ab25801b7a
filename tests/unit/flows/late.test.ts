/** `/giahan`: who may give leave to report late, to whom, until when. */
import { describe, expect, it } from 'vitest';
import type { LateLeaveView } from '../../../src/engine/late-reads.ts';
import type { Reads } from '../../../src/engine/reads.ts';
import type { GrantView, PersonView } from '../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { lateFeature } from '../../../src/flows/late/feature.ts';
import { Conversation, personView, readable, unitView } from '../../support/conversation.ts';
import { recipient } from '../../support/report-chat.ts';

const handler = createDispatch([lateFeature]);
const CLOSED = '2025-01-13T03:00:00Z';
const history = unitView();
const school = unitView({ id: 2, code: 'tct-ben-tre', nameVi: 'Trường Bến Tre' });
const office = personView({ name: 'Lê Văn Phòng', grants: [{ role: 'office', unitId: null }] });
const binh = {
  id: 31,
  name: 'Lê Văn Bính',
  unit: school,
  exact: true,
  taken: false,
  conversation: 0,
};

const leave = (values: Partial<LateLeaveView> = {}): LateLeaveView => ({
  id: 5,
  unit: history,
  person: null,
  validTo: '2025-01-17',
  givenByName: 'Trần Bình',
  ...values,
});

function start(options: {
  person?: PersonView;
  now?: string;
  leaves?: LateLeaveView[];
  forms?: boolean;
  reads?: Partial<Reads>;
}) {
  const leaves = options.leaves ?? [];
  return new Conversation({
    handler,
    person: options.person ?? office,
    now: options.now ?? CLOSED,
    abilities: { forms: options.forms ?? false },
    reads: {
      lateLeaves: async () => leaves,
      lateLeave: async (id) => leaves.find((each) => each.id === id) ?? null,
      lateLeaveFor: async () => null,
      filersOf: async () => [recipient(20, 'Thủ trưởng'), recipient(21, 'Đầu mối', false)],
      recipients: async (ids) => ids.map((id) => recipient(id, 'Người')),
      unitByCode: async (code) => [history, school].find((unit) => unit.code === code) ?? null,
      personByCode: async (code) => (code === 'B7' ? binh : null),
      findUnits: async (query) => (/truong|trường/i.test(query) ? [school] : []),
      findPeople: async (query) => (/binh|bính/i.test(query) ? [binh] : []),
      units: async (ids) => [history, school].filter(({ id }) => ids.includes(id)),
      person: async (id) =>
        id === binh.id
          ? personView({ id, name: binh.name, membership: { unit: school, audience: 'staff' } })
          : null,
      ...options.reads,
    },
  });
}

describe('the list', () => {
  it('says that there is none, and offers to give leave', async () => {
    const chat = start({});
    await chat.command('giahan');
    expect(chat.last).toContain('Sau ngày 10/01/2025');
    expect(chat.last).toContain('không có đơn vị hoặc cá nhân nào');
    expect(chat.labels()).toEqual(['Gia hạn']);
  });

  it('names each with its last day and who gave it', async () => {
    const person = leave({
      id: 6,
      unit: null,
      person: { id: 31, name: 'Bính' },
      givenByName: null,
    });
    const chat = start({ leaves: [leave(), person] });
    await chat.command('extend');
    expect(chat.last).toContain('Viện Lịch sử Đảng: đến hết ngày 16/01/2025 (Trần Bình cho phép)');
    expect(chat.last).toContain('Bính: đến hết ngày 16/01/2025');
  });

  it('has pages', async () => {
    const many = Array.from({ length: 19 }, (_, i) =>
      leave({ id: i + 1, unit: unitView({ id: i + 1, nameVi: `Viện số ${i + 1}` }) }),
    );
    const chat = start({ leaves: many });
    await chat.command('giahan');
    expect(chat.last).toContain('Viện số 8:');
    expect(chat.last).not.toContain('Viện số 9:');
    await chat.press('Trang sau');
    await chat.press('Trang sau');
    expect(chat.last).toContain('Viện số 19:');
    expect(chat.labels()).not.toContain('Trang sau');
    await chat.press('Trang trước');
    expect(chat.last).toContain('Viện số 9:');
  });
});

describe('giving leave', () => {
  it('to a unit found by name: a row, a trace, and a word to who files for it', async () => {
    const chat = start({});
    await chat.command('giahan');
    await chat.press('Gia hạn');
    await chat.say('trường');
    await chat.press('Trường Bến Tre');
    await chat.press('20/01/2025');
    expect(chat.last).toContain('Đơn vị hoặc cá nhân: Trường Bến Tre');
    await chat.press('Gửi');
    expect(chat.last).toContain('Đã gia hạn cho Trường Bến Tre đến hết ngày 20/01/2025.');
    expect(chat.rows('lateLeave')).toEqual([
      {
        campaign: '75-nam',
        unitId: 2,
        personId: null,
        validTo: '2025-01-21',
        givenBy: 7,
        givenAt: '2025-01-13T03:00:00Z',
      },
    ]);
    expect(chat.rows('audit')).toMatchObject([
      { actorId: 7, action: 'late.allowed', subject: 'unit:2', details: { validTo: '2025-01-21' } },
    ]);
    expect(chat.elsewhere().map(({ personId }) => personId)).toEqual([20]);
    const told = readable(chat.elsewhere()[0]?.message ?? { notice: '', blocks: [] });
    expect(told).toContain('gia hạn cho Trường Bến Tre gửi báo cáo đến hết ngày 20/01/2025');
    expect(told).toContain('01/03/2024 – 31/12/2024');
  });

  it('to a person by code, who alone is told', async () => {
    const chat = start({});
    await chat.pressAction('gh:new');
    await chat.say('b7');
    await chat.press('Lê Văn Bính – Trường Bến Tre');
    await chat.say('16/1');
    await chat.press('Gửi');
    expect(chat.rows('lateLeave')).toMatchObject([
      { unitId: null, personId: 31, validTo: '2025-01-17' },
    ]);
    expect(chat.elsewhere().map(({ personId }) => personId)).toEqual([31]);
    expect(readable(chat.elsewhere()[0]?.message ?? { notice: '', blocks: [] })).toContain(
      'gia hạn cho đồng chí gửi báo cáo',
    );
  });

  it('again moves its end, guarded by the one there was', async () => {
    const chat = start({ reads: { lateLeaveFor: async () => leave() } });
    await chat.pressAction('gh:new');
    await chat.say('vien-lsd');
    await chat.press('Viện Lịch sử Đảng');
    await chat.say('30/1/2025');
    await chat.press('Gửi');
    expect(chat.changes('lateLeave')).toEqual([
      {
        where: { id: 5, validTo: '2025-01-17' },
        set: { validTo: '2025-01-31', givenBy: 7, givenAt: '2025-01-13T03:00:00Z' },
      },
    ]);
  });

  it.each([
    ['hôm nào đó', 'chưa đọc được ngày'],
    ['12/1/2025', 'đã qua'],
    ['1/12/2025', 'tối đa 90 ngày'],
  ])('until %s is refused', async (typed, why) => {
    const chat = start({});
    await chat.pressAction('gh:new');
    await chat.say('vien-lsd');
    await chat.press('Viện Lịch sử Đảng');
    await chat.say(typed);
    expect(chat.last).toContain(why);
    expect(chat.state.active?.asking).toBe('until');
  });

  it('until a day on which everybody may report is refused', async () => {
    const chat = start({ now: '2025-01-08T03:00:00Z' });
    await chat.pressAction('gh:new');
    await chat.say('vien-lsd');
    await chat.press('Viện Lịch sử Đảng');
    await chat.say('10/1');
    expect(chat.last).toContain('Đến hết ngày 10/01/2025 mọi đơn vị đều gửi được');
    await chat.press('13/01/2025');
    expect(chat.state.active?.asking).toBe('summary');
  });

  it('to nobody known is asked again', async () => {
    const chat = start({});
    await chat.pressAction('gh:new');
    await chat.say('Không Có Ai');
    expect(chat.last).toContain('Không tìm thấy đơn vị hoặc người này');
    await chat.file();
    expect(chat.last).toContain('gõ tên hoặc mã');
  });

  it('by window: a name that fits two is refused with both, a code goes through', async () => {
    const chat = start({
      forms: true,
      reads: { findUnits: async () => [school], findPeople: async () => [binh] },
    });
    await chat.command('giahan');
    await chat.press('Gia hạn');
    await chat.submit({ whom: 'be', until: '2025-01-20' });
    expect(chat.ack.fieldErrors?.whom).toContain(
      'Trường Bến Tre (tct-ben-tre); Lê Văn Bính – Trường Bến Tre',
    );
    await chat.submit({ whom: 'TCT-Ben-Tre', until: '2025-01-09' });
    expect(chat.ack.fieldErrors).toEqual({ until: expect.stringContaining('đã qua') });
    await chat.submit({ whom: 'TCT-Ben-Tre', until: '2025-01-20' });
    expect(chat.rows('lateLeave')).toMatchObject([{ unitId: 2 }]);
  });
});

describe('ending it', () => {
  it('asks first, then ends it today and tells', async () => {
    const chat = start({ leaves: [leave()] });
    await chat.command('giahan');
    await chat.press('Kết thúc: Viện Lịch sử Đảng');
    expect(chat.decision.writes).toEqual([]);
    await chat.press('Kết thúc gia hạn');
    expect(chat.changes('lateLeave')).toEqual([
      { where: { id: 5, validTo: '2025-01-17' }, set: { validTo: '2025-01-13' } },
    ]);
    expect(chat.rows('audit')).toMatchObject([{ action: 'late.ended', subject: 'unit:1' }]);
    expect(readable(chat.elsewhere()[0]?.message ?? { notice: '', blocks: [] })).toContain(
      'kết thúc việc gia hạn cho Viện Lịch sử Đảng',
    );
    expect(chat.last).toContain('không có đơn vị hoặc cá nhân nào');
  });

  it('does nothing once its end was moved, or it is over', async () => {
    const chat = start({ leaves: [leave()] });
    await chat.pressAction('gh:end:5:2025-01-14');
    expect(chat.ack.toast).toBeDefined();
    expect(chat.decision.writes).toEqual([]);
    const over = start({ leaves: [leave({ validTo: '2025-01-13' })] });
    await over.pressAction('gh:end:5:2025-01-13');
    expect(over.decision.writes).toEqual([]);
    await over.pressAction('gh:ask:99');
    expect(over.decision.writes).toEqual([]);
  });
});

describe('nobody else', () => {
  const others: GrantView[][] = [
    [],
    [{ role: 'head', unitId: 1 }],
    [{ role: 'deputy', unitId: 1 }],
    [{ role: 'reporter', unitId: 1 }],
    [{ role: 'council', unitId: null }],
    [{ role: 'leadership', unitId: null }],
    [{ role: 'overseer', unitId: null, scope: 'students' }],
    [{ role: 'mobiliser', unitId: null }],
    [{ role: 'press', unitId: null }],
    [{ role: 'finance', unitId: null }],
  ];

  it.each(
    others.map((grants) => [grants.map(({ role }) => role).join() || 'member', grants] as const),
  )('sees, gives or ends a leave: %s', async (_name, grants) => {
    const chat = start({ person: personView({ grants }), leaves: [leave()] });
    await chat.command('giahan');
    expect(chat.last).toContain('chưa được phân quyền');
    for (const action of ['gh:new', 'gh:list:0', 'gh:ask:5', 'gh:end:5:2025-01-17']) {
      await chat.pressAction(action);
      expect(chat.ack.toast).toContain('chưa được phân quyền');
      expect(chat.decision).toMatchObject({ writes: [], sends: [] });
    }
    await chat.submitAs('late-leave:-', { whom: 'vien-lsd', until: '2025-01-20' });
    expect(chat.decision.writes).toEqual([]);
  });

  it('whoever lost the right while answering is refused at the end', async () => {
    const chat = start({});
    await chat.pressAction('gh:new');
    await chat.say('vien-lsd');
    await chat.press('Viện Lịch sử Đảng');
    await chat.say('20/1');
    chat.person = personView();
    await chat.press('Gửi');
    expect(chat.last).toContain('chưa được phân quyền');
    expect(chat.decision.writes).toEqual([]);
  });
});
