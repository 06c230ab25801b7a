/** `/dienhinh`: each step, and everybody who may not take it. */
import { describe, expect, it } from 'vitest';
import type { ExemplarView } from '../../../../src/engine/exemplar-reads.ts';
import type { ReportView } from '../../../../src/engine/reads.ts';
import type { GrantView, PersonView } from '../../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../../src/flows/dispatch.ts';
import { exemplarsFeature } from '../../../../src/flows/exemplars/feature.ts';
import { ownReportsFeature } from '../../../../src/flows/own-reports/feature.ts';
import { verifyFeature } from '../../../../src/flows/verify/feature.ts';
import { Conversation, personView, readable, unitView } from '../../../support/conversation.ts';
import { reportView } from '../../../support/report-view.ts';
import { held, holder, place } from '../../../support/ticket-view.ts';

const handler = createDispatch([exemplarsFeature, verifyFeature, ownReportsFeature]);
const CITATION = 'Biên soạn giáo trình trước hạn, được đánh giá cao.';
const author = { id: 20, name: 'Nguyễn Văn An' };
const me = (...grants: GrantView[]): PersonView =>
  personView({ id: 7, name: 'Trần Thị Bình', grants });
const head = me(held('head', 1));
const office = me(held('office'));
const self = personView({ id: 20, name: author.name });

const exemplarView = (values: Partial<ExemplarView> = {}): ExemplarView => ({
  id: 5,
  reportId: 12,
  kind: 'personal',
  title: 'Biên soạn giáo trình',
  author,
  unit: unitView(),
  filedBy: null,
  status: 'nominated',
  version: 2,
  citation: CITATION,
  nominatedBy: { id: 40, name: 'Người 40' },
  nominatedAt: '2024-07-05T02:00:00Z',
  consentedAt: null,
  evidence: false,
  decidedBy: null,
  decidedAt: null,
  withdrawnAt: null,
  reason: null,
  ...values,
});

function scene(
  person: PersonView,
  options: {
    exemplar?: Partial<ExemplarView>;
    report?: Partial<ReportView>;
    none?: boolean;
    unreachable?: boolean;
    leaders?: readonly number[];
    copies?: readonly number[];
    forms?: boolean;
  } = {},
) {
  const exemplar = options.none ? null : exemplarView(options.exemplar);
  const report = reportView({ author, status: 'verified', ...options.report });
  const chat = new Conversation({
    handler,
    person,
    abilities: { forms: options.forms ?? false },
    reads: {
      report: async (id) => (id === report.id ? report : null),
      exemplar: async (id) => (id === exemplar?.id ? exemplar : null),
      liveExemplar: async () => exemplar,
      nextExemplarNumber: async () => 6,
      exemplars: async () => ({ total: 0, lines: [] }),
      exemplarCounts: async () => ({ personal: 3, collective: 1 }),
      unitLeaders: async () => (options.leaders ?? [30]).map((id) => holder(id, held('head', 1))),
      holders: async (roles) =>
        [holder(50, held('office')), holder(60, held('press'))].filter(({ person: p }) =>
          p.grants.some(({ role }) => roles.includes(role)),
        ),
      person: async (id) =>
        ({
          7: person,
          20: self,
          30: holder(30, held('head', 1)).person,
          50: holder(50, held('office')).person,
          60: holder(60, held('press')).person,
        })[id] ?? personView({ id, grants: [] }),
      recipients: async (ids) =>
        ids.map((personId) => ({
          personId,
          name: personId === 20 ? author.name : `Người ${personId}`,
          language: 'vi' as const,
          address: options.unreachable ? null : place(`c${personId}`),
        })),
      copiesOf: async (subject) =>
        (subject === 'exemplar:5' ? (options.copies ?? []) : []).map((id) => ({
          address: place(`c${id}`),
          personId: id,
        })),
      postedAt: async () => null,
      verifiersOf: async () => [],
    },
  });
  return {
    chat,
    to: (id: number) =>
      chat.decision.sends
        .filter((send) => send.to.chat === `c${id}`)
        .map((send) => ({ as: send.as ?? 'send', text: readable(send.message) })),
  };
}

describe('nominating', () => {
  it('asks the author with the exact words; the row is guarded by the report’s version', async () => {
    const { chat, to } = scene(head, { none: true });
    await chat.pressAction('dh:n:12');
    await chat.say(CITATION);
    await chat.press('Gửi');
    expect(chat.answer).toContain('Hệ thống đang hỏi ý kiến: Nguyễn Văn An');
    expect(chat.rows('exemplar')).toEqual([
      expect.objectContaining({ id: 6, reportId: 12, citation: CITATION, status: 'nominated' }),
    ]);
    expect(chat.changes('report')).toEqual([
      { where: { id: 12, version: 3, status: 'verified' }, set: { version: 3 } },
    ]);
    expect(to(20)[0]?.text).toContain(CITATION);
    expect(to(20)[0]?.text).toContain('được gửi đến bộ phận báo chí và Cổng thông tin điện tử');
    expect(JSON.stringify(chat.rows('audit'))).not.toContain('giáo trình');
  });

  it.each<[string, PersonView, Parameters<typeof scene>[1], string]>([
    ['one’s own', personView({ id: 20, grants: [held('head', 1)] }), {}, 'được người khác đề cử'],
    [
      'one entered for somebody',
      head,
      { report: { filedBy: { id: 7, name: 'x' } } },
      'được người khác đề cử',
    ],
    ['another unit’s', me(held('head', 2)), {}, 'Không có báo cáo này'],
    ['any, as a reporter', me(held('reporter', 1)), {}, 'Không có báo cáo này'],
    ['any, as the press', me(held('press')), {}, 'Không có báo cáo này'],
    ['any, as the council', me(held('council')), {}, 'Không có báo cáo này'],
    ['one that is not verified', head, { report: { status: 'submitted' } }, 'chưa được xác nhận'],
    ['one whose author uses no platform', head, { unreachable: true }, 'chưa dùng hệ thống này'],
    ['one that is nominated', head, { none: false }, 'đã được đề cử'],
  ])('%s is refused', async (_what, person, options, why) => {
    const { chat } = scene(person, { none: true, ...options });
    await chat.pressAction('dh:n:12');
    expect(chat.ack.toast).toContain(why);
    expect(chat.decision.writes).toEqual([]);
    expect(chat.state.active).toBeNull();
  });

  it('of a unit’s work asks the unit’s head', async () => {
    const { chat, to } = scene(office, { none: true, report: { kind: 'collective' } });
    await chat.pressAction('dh:n:12');
    await chat.say(CITATION);
    await chat.press('Gửi');
    expect(to(30)[0]?.text).toContain('thay mặt đơn vị');
    expect(to(20)).toEqual([]);
  });
});

describe('consent', () => {
  it('goes to the office with what was chosen about the evidence, and to who nominated it', async () => {
    const { chat, to } = scene(self, { copies: [20] });
    await chat.pressAction('dh:5:y:2');
    expect(chat.changes('exemplar')).toEqual([
      {
        where: { id: 5, version: 2 },
        set: {
          status: 'consented',
          consentedAt: '2024-07-05T03:00:00Z',
          consentedBy: 20,
          evidence: true,
          version: 3,
        },
      },
    ]);
    expect(to(50)[0]?.text).toContain('Minh chứng: được gửi kèm');
    expect(to(40)[0]?.text).toContain(`${author.name} đã đồng ý`);
    expect(to(60)).toEqual([]);
    await chat.pressAction('dh:5:t:2');
    expect(chat.changes('exemplar')[0]?.set).toMatchObject({ evidence: false });
  });

  it('declined ends it, and only who nominated it is told', async () => {
    const { chat, to } = scene(self);
    await chat.pressAction('dh:5:d:2');
    expect(chat.changes('exemplar')[0]?.set).toMatchObject({ status: 'declined' });
    expect(to(40)[0]?.text).toContain('không đồng ý');
    expect(to(50)).toEqual([]);
  });

  it('to other words than these is no consent', async () => {
    const { chat } = scene(self);
    await chat.pressAction('dh:5:y:1');
    expect(chat.ack.toast).toContain('đã thay đổi');
    expect(chat.decision.writes).toEqual([]);
    expect(chat.answer).toContain(CITATION);
  });

  it('to a report that is no longer verified is not taken', async () => {
    const { chat } = scene(self, { report: { status: 'submitted' } });
    await chat.pressAction('dh:5:y:2');
    expect(chat.ack.toast).toContain('không còn được xác nhận');
    expect(chat.decision.writes).toEqual([]);
  });

  it('of a unit is its head’s, not the reporter’s who wrote it', async () => {
    const unit = { exemplar: { kind: 'collective' as const }, leaders: [7] };
    const byReporter = scene(self, unit).chat;
    await byReporter.pressAction('dh:5:t:2');
    expect(byReporter.decision.writes).toEqual([]);
    const byHead = scene(head, unit).chat;
    await byHead.pressAction('dh:5:t:2');
    expect(byHead.changes('exemplar')[0]?.set).toMatchObject({ status: 'consented' });
  });
});

describe('the office', () => {
  const agreed = { status: 'consented' as const, evidence: true };

  it('approves: the press gets the text, with the evidence its author agreed to', async () => {
    const { chat, to } = scene(office, { exemplar: agreed });
    await chat.pressAction('dh:5:a:2');
    expect(chat.changes('exemplar')[0]?.set).toMatchObject({ status: 'approved', decidedBy: 7 });
    expect(to(60)[0]?.text).toContain('Điển hình tiên tiến: Nguyễn Văn An');
    expect(to(60)[0]?.text).toContain('Quyết định 12');
    expect(to(20)[0]?.text).toContain('đã được Thường trực Hội đồng duyệt');
    const bare = scene(office, { exemplar: { ...agreed, evidence: false } });
    await bare.chat.pressAction('dh:5:a:2');
    expect(bare.to(60)[0]?.text).not.toContain('Quyết định 12');
  });

  it.each<[string, PersonView, Partial<ExemplarView>]>([
    ['its own work', personView({ id: 20, grants: [held('office')] }), agreed],
    ['what it entered for somebody', office, { ...agreed, filedBy: { id: 7 } }],
    ['what is not agreed to', office, { status: 'nominated' }],
    ['what is approved', office, { status: 'approved' }],
  ])('does not approve %s', async (_what, person, exemplar) => {
    const { chat } = scene(person, { exemplar });
    await chat.pressAction('dh:5:a:2');
    expect(chat.decision.writes).toEqual([]);
    await chat.pressAction('dh:5:j:2');
    expect(chat.state.active).toBeNull();
  });

  it('does not approve for a unit it leads', async () => {
    const exemplar = { ...agreed, kind: 'collective' as const };
    const both = me(held('office'), held('head', 1));
    const { chat } = scene(both, { exemplar, leaders: [7] });
    await chat.pressAction('dh:5:a:2');
    expect(chat.decision.writes).toEqual([]);
  });

  it('refuses with a reason that is recorded nowhere else', async () => {
    const { chat, to } = scene(office, { exemplar: agreed });
    await chat.pressAction('dh:5:j:2');
    await chat.say('Cần thêm số liệu');
    expect(chat.changes('exemplar')[0]?.set).toMatchObject({
      status: 'refused',
      reason: 'Cần thêm số liệu',
    });
    expect(to(40)[0]?.text).toContain('Cần thêm số liệu');
    expect(JSON.stringify(chat.rows('audit'))).not.toContain('số liệu');
  });
});

describe('taking it back', () => {
  const approved = { status: 'approved' as const, decidedBy: { id: 50, name: 'Người 50' } };
  const NOT_USED = 'Điển hình 5 đã rút, đề nghị không sử dụng.';

  it.each([
    ['the author', self],
    ['the office', office],
  ])('%s may at any time: the press’s copies change, and it is told', async (_who, person) => {
    const { chat, to } = scene(person, { exemplar: approved, copies: [60] });
    await chat.pressAction('dh:5:w:2');
    expect(chat.decision.writes).toEqual([]);
    await chat.press('Rút điển hình');
    expect(chat.changes('exemplar')[0]?.set).toMatchObject({ status: 'withdrawn' });
    expect(to(60)).toEqual([
      { as: 'update', text: NOT_USED },
      { as: 'send', text: NOT_USED },
    ]);
  });

  it('follows when the author withdraws the report', async () => {
    const { chat, to } = scene(self, { exemplar: approved, copies: [60] });
    await chat.pressAction('rep:12:gone:3');
    expect(chat.changes('report')[0]?.set).toMatchObject({ status: 'withdrawn' });
    expect(chat.changes('exemplar')[0]).toMatchObject({
      where: { id: 5, version: 2 },
      set: { status: 'withdrawn', withdrawnBy: 20 },
    });
    expect(to(60)[0]?.text).toBe(NOT_USED);
    expect(to(40)[0]?.text).toContain('vì báo cáo không còn được xác nhận');
  });

  it('follows when the office revokes the verification', async () => {
    const { chat, to } = scene(office, { exemplar: approved, copies: [60] });
    await chat.pressAction('ver:12:3:k');
    await chat.say('Minh chứng không đúng');
    expect(chat.changes('exemplar')[0]?.set).toMatchObject({ status: 'withdrawn' });
    expect(to(60)[0]?.text).toBe(NOT_USED);
  });

  it('in part: other words make the press’s copies void, and ask the author again', async () => {
    const { chat, to } = scene(head, { exemplar: approved, copies: [60] });
    await chat.pressAction('dh:5:e:2');
    await chat.press('Sửa: Lời giới thiệu');
    await chat.say('Biên soạn giáo trình xuất sắc, trước hạn hai tháng.');
    await chat.press('Gửi');
    expect(chat.changes('exemplar')[0]?.set).toMatchObject({
      status: 'nominated',
      consentedAt: null,
      consentedBy: null,
      evidence: false,
    });
    expect(to(60)[0]?.text).toBe(NOT_USED);
    expect(to(20)[0]?.text).toContain('trước hạn hai tháng');
  });
});

describe('everybody else', () => {
  const roles: readonly [string, PersonView][] = [
    ['a colleague', me()],
    ['the head of another unit', me(held('head', 2))],
    ['the reporter', me(held('reporter', 1))],
    ['the press', me(held('press'))],
    ['the council', me(held('council'))],
    ['the leadership', me(held('leadership'))],
    ['the finance office', me(held('finance'))],
    ['a mobiliser', me(held('mobiliser'))],
    ['an overseer', me({ role: 'overseer', unitId: null, scope: 'students' })],
  ];

  it.each(roles)('%s sees none before it is approved, by number or button', async (_, person) => {
    const { chat } = scene(person);
    for (const verb of ['o', 'v', 'y', 't', 'd', 'a', 'j', 'e', 'w', 'g']) {
      await chat.pressAction(`dh:5:${verb}:2`);
      expect(chat.ack.toast).toContain('Không có điển hình này');
      expect(chat.decision.sends).toEqual([]);
    }
    await chat.command('dienhinh', '5');
    expect(chat.answer).toContain('Không có điển hình này');
    expect(chat.writes).toEqual([]);
  });

  it('the press sees an approved one as it is published, and only agreed evidence', async () => {
    const { chat } = scene(me(held('press')), { exemplar: { status: 'approved' } });
    await chat.pressAction('dh:5:o:2');
    expect(chat.answer).toContain('Điển hình tiên tiến: Nguyễn Văn An');
    expect(chat.answer).not.toContain('Người đề cử');
    await chat.pressAction('dh:5:v:2');
    expect(chat.ack.toast).toContain('chưa đồng ý gửi kèm minh chứng');
    for (const verb of ['e', 'w', 'g', 'a']) {
      await chat.pressAction(`dh:5:${verb}:2`);
      expect(chat.decision.writes).toEqual([]);
    }
  });

  it('the finance office reads numbers, and not an approved one either', async () => {
    const { chat } = scene(me(held('finance')), { exemplar: { status: 'approved' } });
    await chat.command('dienhinh');
    expect(chat.last).toContain('Đã duyệt 3 điển hình cá nhân và 1 điển hình tập thể');
    await chat.pressAction('dh:5:o:2');
    expect(chat.ack.toast).toContain('Không có điển hình này');
  });
});
