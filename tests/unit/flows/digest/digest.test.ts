import { describe, expect, it } from 'vitest';
import type { GrantView, PersonView } from '../../../../src/engine/turn-context.ts';
import { parseDigestAction } from '../../../../src/flows/digest/action.ts';
import { digestFeature } from '../../../../src/flows/digest/feature.ts';
import { createDispatch } from '../../../../src/flows/dispatch.ts';
import {
  buttonsOf,
  Conversation,
  type ConversationOptions,
  personView,
  unitView,
} from '../../../support/conversation.ts';
import { LAST_WEEK, recordedWeeks, sourceOf } from '../../../support/digest-data.ts';
import { campaign, report } from '../../../support/standings-week.ts';

const recorded = recordedWeeks({
  [LAST_WEEK]: [report(1, { by: 10 }), report(2, { by: 40, of: 4 })],
});
const UNIT = unitView({ id: 1, nameVi: 'Viện Triết học' });

const holding = (...grants: GrantView[]): PersonView => personView({ grants });
const role = (name: GrantView['role']): GrantView => ({ role: name, unitId: null });
const overseer = (scope: 'political_schools' | 'students'): GrantView => ({
  ...role('overseer'),
  scope,
});
const HEAD: GrantView = { role: 'head', unitId: 1 };

const people = {
  member: holding(),
  reporter: holding({ role: 'reporter', unitId: 1 }),
  head: holding(HEAD),
  deputy: holding({ role: 'deputy', unitId: 1 }),
  otherHead: holding({ role: 'head', unitId: 2 }),
  office: holding(role('office')),
  council: holding(role('council')),
  leadership: holding(role('leadership')),
  schools: holding(overseer('political_schools')),
  students: holding(overseer('students')),
  mobiliser: holding(role('mobiliser')),
  press: holding(role('press')),
  finance: holding(role('finance')),
};
type Who = keyof typeof people;

function talk(person: PersonView, options: Partial<ConversationOptions> = {}) {
  const source = sourceOf({ recorded });
  return new Conversation({
    handler: createDispatch([digestFeature]),
    campaign,
    person,
    now: '2024-07-08T01:30:00Z',
    reads: {
      ...source,
      units: async (ids) => (ids.includes(1) ? [UNIT] : []),
      unitOverview: async () => ({
        headcount: 20,
        waiting: 3,
        oldest: '2024-07-05T02:00:00Z',
        week: { participants: 2, unreported: 15 },
        campaign: { participants: 9, unreported: 0 },
        items: [{ item: 'talk', sent: 5, verified: 4 }],
      }),
      unreportedIn: async () => ({ total: 2, names: ['Trần Văn Bình', 'Lê Thị Cúc'] }),
    },
    ...options,
  });
}
const labels = (chat: Conversation) =>
  buttonsOf(chat.decision.sends[0]?.message).map(({ label }) => label);
const actions = (chat: Conversation) =>
  buttonsOf(chat.decision.sends[0]?.message).map(({ action }) => action);

describe('/tonghop', () => {
  it('lets those with one scope choose the period, the likeliest first', async () => {
    const chat = talk(people.mobiliser);
    await chat.command('tonghop');
    expect(labels(chat)).toEqual([
      'Tuần trước (tuần 19)',
      'Tuần này đến nay (tuần 20)',
      'Cả đợt',
      'Toàn phong trào',
    ]);
  });

  it('lets those with several choose the scope first, and go back to it', async () => {
    const chat = talk(people.council);
    await chat.command('digest');
    expect(actions(chat)).toEqual(['dg:c', 'dg:p', 'dg:s', 'dg:m']);
    await chat.pressAction('dg:p');
    expect(labels(chat).at(-1)).toBe('Chọn phạm vi khác');
    await chat.pressAction('dg:p:last');
    expect(chat.answer).toContain('Báo cáo tổng hợp tuần 19 – các trường chính trị');
    expect(labels(chat)).toEqual(['Chọn thời gian khác', 'Chọn phạm vi khác']);
  });

  it('says the text at once and writes the task of picture and workbook', async () => {
    const chat = talk(people.council);
    await chat.pressAction('dg:c:last');
    expect(chat.answer).toContain('Người có báo cáo được xác nhận: 2/39 người (5,1%)');
    expect(chat.answer).toContain('Ảnh và tệp số liệu đang được chuẩn bị');
    expect(chat.rows('task')).toMatchObject([
      {
        kind: 'digest',
        askedBy: 7,
        payload: {
          of: 'campaign',
          period: { kind: 'week', week: LAST_WEEK },
          to: [{ personId: 7, language: 'vi', address: { chat: 'c7' } }],
        },
      },
    ]);
    await chat.pressAction('dg:c:all');
    expect(chat.answer).toContain('Báo cáo tổng hợp Thử – toàn phong trào');
    await chat.pressAction('dg:c:now');
    expect(chat.answer).toContain('Số liệu tuần 20 tính đến nay');
  });

  it('before the campaign says so, and an old button changes nothing', async () => {
    const chat = talk(people.council, { now: '2024-02-01T01:00:00Z' });
    await chat.pressAction('dg:c');
    expect(chat.answer).toContain('Phong trào chưa bắt đầu');
    await chat.pressAction('dg:c:last');
    expect(chat.ack.toast).toContain('Nút này đã cũ');
    expect(chat.rows('task')).toEqual([]);
  });

  it('speaks English', async () => {
    const chat = talk(people.council, { language: 'en' });
    await chat.pressAction('dg:c:last');
    expect(chat.answer).toContain('Summary for week 19 – the whole campaign');
  });

  it('stays in private: a group learns nothing by command or button', async () => {
    const chat = talk(people.council);
    await chat.event({ kind: 'command', name: 'tonghop', args: '' }, 'group');
    expect(chat.answer).toContain('riêng');
    await chat.event(
      {
        kind: 'press',
        action: 'dg:c:last',
        message: { at: { platform: 'test', tenant: 't', chat: 'g' }, id: '1' },
      },
      'group',
    );
    expect(chat.ack.toast).toContain('Nút này đã cũ');
    expect(chat.writes).toEqual([]);
  });
});

describe('rights', () => {
  const everything = {
    'dg:c:last': ['office', 'council', 'leadership'],
    'dg:p:last': ['office', 'council', 'leadership', 'schools'],
    'dg:s:last': ['office', 'council', 'leadership', 'students'],
    'dg:m:last': ['office', 'council', 'leadership', 'mobiliser'],
    'dg:c': ['office', 'council', 'leadership'],
    'dg:u:1': ['head', 'deputy'],
    'dg:n:1:w': ['head', 'deputy'],
    'dg:n:1:c': ['head', 'deputy'],
  } satisfies Record<string, Who[]>;

  describe.each(Object.entries(everything))('%s', (action, allowed) => {
    it.each(Object.keys(people) as Who[])('%s', async (who) => {
      const chat = talk(people[who]);
      await chat.pressAction(action);
      const may = (allowed as Who[]).includes(who);
      expect(chat.ack.toast?.includes('chưa được phân quyền') ?? false).toBe(!may);
      expect(chat.decision.sends).toHaveLength(may ? 1 : 0);
      expect(chat.rows('task')).toHaveLength(may && action.endsWith('last') ? 1 : 0);
    });
  });

  it.each(['member', 'reporter', 'press', 'finance'] as const)(
    'the command is refused to %s',
    async (who) => {
      const chat = talk(people[who]);
      await chat.command('tonghop');
      expect(chat.answer).toContain('chưa được phân quyền');
    },
  );

  it('reads nothing from what is no button of its own', () => {
    for (const action of ['dg:', 'dg:x', 'dg:c:s123', 'dg:c:last:1', 'dg:u:', 'dg:n:1', 'dg:n:1:x'])
      expect(parseDigestAction(action)).toBeNull();
  });
});

describe('a head', () => {
  it('sees the unit’s counts, and names only by asking, in private', async () => {
    const chat = talk(people.head);
    await chat.command('tonghop');
    const text = chat.answer;
    expect(text).toContain('Tình hình của Viện Triết học');
    expect(text).toContain('Chờ xác nhận: 3 báo cáo, lâu nhất 3 ngày');
    expect(text).toContain('Tham gia trong tuần này: 2/20 người (10%)');
    expect(text).toContain('Chưa có báo cáo trong tuần này: 15 người');
    expect(text).toContain('talk: 4/5');
    expect(text).not.toContain('Trần Văn Bình');
    // Everybody has reported since the beginning: there is nobody to name.
    expect(actions(chat)).toEqual(['cmd:choxacnhan', 'dg:n:1:w']);
    await chat.pressAction('dg:n:1:w');
    expect(chat.answer).toContain('2 người chưa có báo cáo trong tuần này');
    expect(chat.answer).toContain('Trần Văn Bình\nLê Thị Cúc');
    expect(chat.answer).toContain('không đăng trong nhóm');
  });

  it('who is of the council too chooses between the digests and the unit', async () => {
    const chat = talk(holding(HEAD, role('council')));
    await chat.command('tonghop');
    expect(actions(chat)).toEqual(['dg:c', 'dg:p', 'dg:s', 'dg:m', 'dg:u:1']);
    await chat.pressAction('dg:u:1');
    expect(labels(chat).at(-1)).toBe('Chọn phạm vi khác');
  });

  it('of an empty unit, and of one where everybody reported, is told so', async () => {
    const chat = talk(people.head);
    chat.reads.unreportedIn = async () => ({ total: 0, names: [] });
    await chat.pressAction('dg:n:1:c');
    expect(chat.answer).toContain('mọi người đều đã có báo cáo');
    const span = { participants: 0, unreported: 0 };
    chat.reads.unitOverview = async () => ({
      headcount: 0,
      waiting: 0,
      oldest: null,
      week: span,
      campaign: span,
      items: [],
    });
    await chat.pressAction('dg:u:1');
    expect(chat.answer).toContain('chưa có ai trong danh sách');
  });
});
