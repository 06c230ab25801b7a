/** `/dangky`: what a unit registers, who may, until when, and who sees it. */
import { describe, expect, it } from 'vitest';
import type { PledgeView } from '../../../src/engine/pledge-reads.ts';
import type { Reads } from '../../../src/engine/reads.ts';
import type { GrantView, PersonView } from '../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { pledgeFeature } from '../../../src/flows/pledge/feature.ts';
import { pledgeFlow } from '../../../src/flows/pledge/flow.ts';
import {
  Conversation,
  campaign,
  personView,
  readable,
  unitView,
} from '../../support/conversation.ts';
import { recipient } from '../../support/report-chat.ts';

const handler = createDispatch([pledgeFeature]);
const OPEN = '2024-04-10T03:00:00Z';
const OVER = '2024-04-16T03:00:00Z';
const history = unitView();
const school = unitView({
  id: 2,
  code: 'tct-ben-tre',
  nameVi: 'Trường Bến Tre',
  bloc: 'political_school',
});
const with_ = (...grants: GrantView[]): PersonView => personView({ grants });
const head = with_({ role: 'head', unitId: 1 });
const office = personView({ membership: null, grants: [{ role: 'office', unitId: null }] });
const room = { platform: 'test', tenant: 't', chat: 'g1' };

const pledged = (values: Partial<PledgeView> = {}): PledgeView => ({
  unitId: 1,
  version: 1,
  text: 'Hoàn thành ba giáo trình.',
  targets: { 'rt.3a': 8, 'cn.2': 40 },
  byName: 'Trần Thị Bình',
  registeredAt: '2024-04-05T03:00:00Z',
  changedAt: '2024-04-05T03:00:00Z',
  ...values,
});

function start(options: {
  person?: PersonView;
  now?: string;
  pledge?: PledgeView | null;
  forms?: boolean;
  reads?: Partial<Reads>;
}) {
  return new Conversation({
    handler,
    person: options.person ?? head,
    now: options.now ?? OPEN,
    abilities: { forms: options.forms ?? false },
    reads: {
      pledge: async () => options.pledge ?? null,
      verifiedByItem: async () => ({ 'rt.3a': 1, 'cn.5': 2 }),
      units: async (ids) => [history, school].filter(({ id }) => ids.includes(id)),
      unitByCode: async (code) => [history, school].find((unit) => unit.code === code) ?? null,
      findUnits: async (query) => (/trường/i.test(query) ? [school] : []),
      filersOf: async () => [recipient(7, 'Chính mình'), recipient(20, 'Cấp phó')],
      roomsOf: async () => [room],
      unitsPledging: async () => [
        { unit: school, registered: false },
        { unit: history, registered: true },
      ],
      ...options.reads,
    },
  });
}

/** Up to the summary, with these lines as targets. */
async function fill(chat: Conversation, ...targets: string[]): Promise<void> {
  await chat.command('dangky');
  await chat.press('Đăng ký');
  await chat.say('Hoàn thành ba giáo trình.');
  for (const line of targets) await chat.say(line);
  await chat.press(targets.length > 0 ? 'Xong' : 'Bỏ qua');
}

describe('registering', () => {
  it('is a text and targets: rows, a word to the others, one post in the unit’s group', async () => {
    const chat = start({});
    await fill(chat, '3: 8', '10 40');
    expect(chat.last).toContain('Nội dung đăng ký: Hoàn thành ba giáo trình.');
    await chat.press('Gửi');
    expect(chat.last).toContain('Đã ghi đăng ký thi đua của Viện Lịch sử Đảng.');
    expect(chat.rows('pledge')).toEqual([
      {
        campaign: '75-nam',
        unitId: 1,
        version: 1,
        text: 'Hoàn thành ba giáo trình.',
        targets: { 'rt.3b': 8, 'cn.2': 40 },
        registeredBy: 7,
        registeredAt: OPEN,
        changedAt: OPEN,
      },
    ]);
    expect(chat.rows('audit')).toMatchObject([
      { action: 'pledge.registered', subject: 'unit:1', details: { version: 1 } },
    ]);
    const [notice, post, ...more] = chat.elsewhere();
    expect(more).toEqual([]);
    expect(notice).toMatchObject({ personId: 20 });
    expect(post).toMatchObject({ to: room, dedupe: 'pledge:75-nam:1:test:t:g1' });
    const said = post ? readable(post.message) : '';
    expect(said).toContain('Viện Lịch sử Đảng đã đăng ký thi đua');
    expect(said).toContain('Hoàn thành xuất sắc nhiệm vụ được giao: 40');
  });

  it('offers the items of the unit’s own audiences, without conduct', async () => {
    const numbered = async (unitId: number) => {
      const chat = start({ person: with_({ role: 'reporter', unitId }) });
      await chat.pressAction(`pl:w:${unitId}`);
      await chat.say('Phấn đấu.');
      const list = chat.shown.at(-1)?.message.blocks.find((block) => block.kind === 'list');
      return list?.kind === 'list' ? list.items.length : 0;
    };
    // Nine of research and teaching, three of staff; at the academy three of students.
    expect(await numbered(1)).toBe(15);
    expect(await numbered(2)).toBe(12);
  });

  it('takes several lines at once, removes by 0 and names what it cannot read', async () => {
    const chat = start({});
    await chat.command('pledge');
    await chat.press('Đăng ký');
    await chat.say('Phấn đấu.');
    await chat.say('1: 2; 2 = 3\n3-4');
    expect(chat.state.active?.answers.targets?.value).toEqual({
      'rt.1': 2,
      'rt.3a': 3,
      'rt.3b': 4,
    });
    await chat.say('2: 0');
    expect(chat.state.active?.answers.targets?.value).toEqual({ 'rt.1': 2, 'rt.3b': 4 });
    await chat.say('1: 5\n99: 3\nnhiều');
    expect(chat.last).toContain('“99: 3”: không có nội dung mang số thứ tự này (từ 1 đến 15)');
    expect(chat.last).toContain('“nhiều”: chưa đọc được');
    expect(chat.state.active?.answers.targets?.value).toEqual({ 'rt.1': 2, 'rt.3b': 4 });
    await chat.file();
    expect(chat.last).toContain('cần số thứ tự và chỉ tiêu');
  });

  it('needs words, at most a thousand characters', async () => {
    const chat = start({});
    await chat.pressAction('pl:w:1');
    await chat.say('…');
    expect(chat.last).toContain('cần có chữ hoặc số');
    await chat.say('ă'.repeat(1001));
    expect(chat.last).toContain('1.001 ký tự');
    await chat.say('ă'.repeat(1000));
    expect(chat.state.active?.asking).toBe('targets');
  });

  it('may go without targets', async () => {
    const chat = start({});
    await fill(chat);
    await chat.press('Gửi');
    expect(chat.rows('pledge')).toMatchObject([{ targets: {} }]);
  });

  it('by window: a field an item; what is no number is said at the field', async () => {
    const chat = start({ forms: true });
    await chat.command('dangky');
    await chat.press('Đăng ký');
    expect(chat.form?.fields).toHaveLength(16);
    await chat.submit({ text: 'Phấn đấu.', 'target-a': '0', 'target-b': 'ba' });
    expect(Object.keys(chat.ack.fieldErrors ?? {})).toEqual(['target-a', 'target-b']);
    await chat.submit({ text: 'Phấn đấu.', 'target-a': '2' });
    expect(chat.rows('pledge')).toMatchObject([{ targets: { 'rt.1': 2 } }]);
  });
});

describe('changing it', () => {
  it('begins with what there is, raises the version and posts nothing more', async () => {
    const chat = start({ pledge: pledged({ version: 3 }) });
    await chat.command('dangky');
    await chat.press('Sửa đăng ký');
    expect(chat.last).toContain('Hoàn thành ba giáo trình.');
    await chat.press('Sửa: Nội dung đăng ký');
    await chat.say('Hoàn thành bốn giáo trình.');
    await chat.press('Gửi');
    expect(chat.changes('pledge')).toEqual([
      {
        where: { campaign: '75-nam', unitId: 1, version: 3 },
        set: {
          version: 4,
          text: 'Hoàn thành bốn giáo trình.',
          targets: { 'rt.3a': 8, 'cn.2': 40 },
          registeredBy: 7,
          changedAt: OPEN,
        },
      },
    ]);
    expect(chat.elsewhere().map(({ personId }) => personId)).toEqual([20]);
  });

  it('that somebody else did meanwhile is not overwritten: what was typed is shown', async () => {
    let pledge: PledgeView | null = null;
    const chat = start({ reads: { pledge: async () => pledge } });
    await fill(chat, '3: 8');
    pledge = pledged({ text: 'Bản của cấp phó.' });
    await chat.press('Gửi');
    expect(chat.decision.writes).toEqual([]);
    expect(chat.last).toContain('đã được sửa trong khi đồng chí nhập');
    expect(chat.last).toContain('Hoàn thành ba giáo trình.');
    expect(chat.last).toContain('Bản của cấp phó.');
    expect(chat.labels()).toContain('Sửa đăng ký');
  });

  it('by window, the same leads to the summary, where it may be sent knowingly', async () => {
    let pledge = pledged();
    const chat = start({ forms: true, reads: { pledge: async () => pledge } });
    await chat.command('dangky');
    await chat.press('Sửa đăng ký');
    pledge = pledged({ version: 2, text: 'Bản của cấp phó.' });
    await chat.submit({ text: 'Bản của tôi.' });
    expect(chat.decision.writes).toEqual([]);
    expect(chat.last).toContain('đề nghị đồng chí kiểm tra trước khi gửi');
    expect(chat.last).toContain('Bản của tôi.');
    await chat.press('Gửi');
    expect(chat.changes('pledge')).toMatchObject([{ where: { version: 2 } }]);
  });
});

describe('after the last day', () => {
  it('it is only read', async () => {
    const chat = start({ now: OVER, pledge: pledged() });
    await chat.command('dangky');
    expect(chat.last).toContain('đã hết từ sau ngày 15/04/2024');
    expect(chat.labels()).toEqual([]);
    await chat.pressAction('pl:w:1');
    expect(chat.ack.toast).toContain('đã hết');
  });

  it('what was being written stays a draft', async () => {
    const chat = start({});
    await fill(chat, '3: 8');
    chat.now = OVER;
    await chat.press('Gửi');
    expect(chat.decision.writes).toEqual([]);
    expect(chat.last).toContain('chưa được ghi');
    expect(chat.state.active?.answers.text?.value).toBe('Hoàn thành ba giáo trình.');
  });
});

describe('the unit’s own people', () => {
  it('read it with how far it is, and cannot change it', async () => {
    const chat = start({ person: personView(), pledge: pledged() });
    await chat.command('dangky');
    expect(chat.last).toContain('Đăng ký thi đua – Viện Lịch sử Đảng');
    expect(chat.last).toContain('Hoàn thiện giáo trình');
    expect(chat.last).toMatch(/\| 8 \| 1 \| 12,5%/);
    expect(chat.last).toMatch(/\| 40 \| 0 \| 0%/);
    expect(chat.last).toContain('Trần Thị Bình đăng ký ngày 05/04/2024.');
    expect(chat.labels()).toEqual([]);
  });

  it('are told that there is none, and until when', async () => {
    const chat = start({ person: personView() });
    await chat.command('dangky');
    expect(chat.last).toContain('chưa đăng ký thi đua. Thời hạn đăng ký: đến hết ngày 15/04/2024');
  });

  it('are told where to turn when they are in no unit', async () => {
    const chat = start({ person: personView({ membership: null }) });
    await chat.command('dangky');
    expect(chat.last).toContain('chưa thuộc đơn vị nào');
  });

  it('choose where they file for two', async () => {
    const chat = start({ person: with_({ role: 'deputy', unitId: 2 }) });
    await chat.command('dangky');
    expect(chat.labels()).toEqual(['Viện Lịch sử Đảng', 'Trường Bến Tre']);
    await chat.press('Trường Bến Tre');
    expect(chat.labels()).toEqual(['Đăng ký']);
    await chat.press('Đăng ký');
    expect(chat.state.active?.subject).toBe('2:0');
  });
});

describe('the office, the council and the leadership', () => {
  it.each(['office', 'council', 'leadership'] as const)(
    '%s sees which units have registered',
    async (role) => {
      const chat = start({
        person: personView({ membership: null, grants: [{ role, unitId: null }] }),
      });
      await chat.command('dangky');
      expect(chat.last).toContain('Đăng ký thi đua: 1/2 đơn vị');
      expect(chat.last).toContain('khối trường chính trị: 0/1 đơn vị đã đăng ký');
      expect(chat.last).toContain('Chưa đăng ký:\nTrường Bến Tre');
      expect(chat.last).not.toContain('Chưa đăng ký:\nViện');
    },
  );

  it('look at one by name or code, and cannot change it', async () => {
    const chat = start({ person: office, pledge: pledged({ unitId: 2 }) });
    await chat.command('dangky', 'trường bến tre');
    expect(chat.last).toContain('Đăng ký thi đua – Trường Bến Tre');
    expect(chat.labels()).toEqual(['Tổng hợp đăng ký']);
    await chat.press('Tổng hợp đăng ký');
    expect(chat.last).toContain('1/2 đơn vị');
    await chat.command('dangky', 'không có');
    expect(chat.last).toContain('Không tìm thấy đơn vị này');
    await chat.pressAction('pl:w:2');
    expect(chat.ack.toast).toContain('chưa được phân quyền');
  });
});

describe('nobody else', () => {
  const others: GrantView[][] = [
    [],
    [{ role: 'head', unitId: 1 }],
    [{ role: 'reporter', unitId: 1 }],
    [{ role: 'overseer', unitId: null, scope: 'political_schools' }],
    [{ role: 'mobiliser', unitId: null }],
    [{ role: 'press', unitId: null }],
    [{ role: 'finance', unitId: null }],
  ];

  it.each(
    others.map((grants) => [grants.map(({ role }) => role).join() || 'member', grants] as const),
  )('reads or changes another unit’s, or sees them all: %s', async (_name, grants) => {
    const chat = start({ person: personView({ grants }), pledge: pledged({ unitId: 2 }) });
    await chat.command('dangky', 'tct-ben-tre');
    expect(chat.last).toContain('chưa được phân quyền');
    for (const action of ['pl:v:2', 'pl:w:2', 'pl:all']) {
      await chat.pressAction(action);
      expect(chat.ack.toast).toContain('chưa được phân quyền');
      expect(chat.decision).toMatchObject({ writes: [], sends: [] });
    }
    await chat.submitAs('pledge:2:0', { text: 'Của tôi' });
    expect(chat.decision.writes).toEqual([]);
  });

  it('who has lost the right meanwhile is refused, and keeps the draft', async () => {
    const chat = start({});
    await fill(chat, '3: 8');
    chat.person = personView();
    await chat.press('Gửi');
    expect(chat.last).toContain('chưa được phân quyền');
    expect(chat.decision.writes).toEqual([]);
    expect(chat.state.active?.flow).toBe(pledgeFlow.id);
  });
});

it('a campaign’s items fit into one window for every kind of unit', () => {
  const kinds = ['research_teaching', 'support'] as const;
  for (const kind of kinds)
    expect(
      campaign.items.filter(
        ({ mode, audience }) =>
          mode !== 'conduct' &&
          (audience === 'staff' ||
            audience === 'student' ||
            audience ===
              (kind === 'support' ? 'collective_support' : 'collective_research_teaching')),
      ).length,
    ).toBeLessThan(20);
});
