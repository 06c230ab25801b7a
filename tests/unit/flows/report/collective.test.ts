/** A unit's report: whose it is, which items, who signs it, and what becomes of it on the way. */
import { describe, expect, it } from 'vitest';
import type { GrantView } from '../../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../../src/flows/dispatch.ts';
import { ownReportsFeature } from '../../../../src/flows/own-reports/feature.ts';
import { reportFeature } from '../../../../src/flows/report/feature.ts';
import { unitReportFeature } from '../../../../src/flows/report/unit-feature.ts';
import { Conversation, personView, unitView } from '../../../support/conversation.ts';
import { recipient } from '../../../support/report-chat.ts';
import { reportView } from '../../../support/report-view.ts';

const handler = createDispatch([
  { commands: { trogiup: async () => ({ writes: [], sends: [], ack: {} }) } },
  reportFeature,
  unitReportFeature,
  ownReportsFeature,
]);
const INSTITUTE = unitView();
const OFFICE = unitView({ id: 2, nameVi: 'Văn phòng', nameEn: 'Office', kind: 'support' });
const SIGNER = recipient(20, 'Trần Thị Bình');
const BOOK = 'Hoàn thiện giáo trình';

const grant = (role: GrantView['role'], unitId: number): GrantView => ({ role, unitId });

function start(
  grants: readonly GrantView[],
  reads: ConstructorParameters<typeof Conversation>[0]['reads'] = {},
  now = '2024-07-05T03:00:00Z',
) {
  const asked: unknown[][] = [];
  const chat = new Conversation({
    handler,
    now,
    person: personView({ grants }),
    reads: {
      nextReportNumber: async () => 1234,
      units: async (ids) => [INSTITUTE, OFFICE].filter(({ id }) => ids.includes(id)),
      similarReports: async () => [],
      copiesOf: async () => [],
      recipients: async (ids) => ids.map((id) => recipient(id, `Đồng chí ${id}`)),
      verifiersOf: async (...args) => {
        asked.push(args);
        return [SIGNER];
      },
      ...reads,
    },
  });
  return { chat, asked };
}

async function untilSummary(chat: Conversation, item = BOOK): Promise<void> {
  await chat.press(item);
  await chat.say('Giáo trình mới');
  await chat.say('Đã nghiệm thu.');
  await chat.press('Hôm nay');
  await chat.say('Quyết định 12/QĐ-HV');
  await chat.press('Xong');
}

describe('/tapthe', () => {
  it('asks for which unit when there are several, and offers the items of its kind', async () => {
    const { chat } = start([grant('reporter', 1), grant('deputy', 2), grant('head', 2)]);
    await chat.command('tapthe');
    expect(chat.labels()).toEqual(['Văn phòng', 'Viện Lịch sử Đảng']);
    await chat.press('Văn phòng');
    expect(chat.last).toContain('Báo cáo tập thể của Văn phòng.');
    expect(chat.labels().some((label) => label.includes('Quản lý tốt, tham mưu tốt'))).toBe(true);
    expect(chat.labels().some((label) => label.includes('Hoàn thiện giáo trình'))).toBe(false);
    // Conduct is for the head's remark.
    expect(chat.labels().some((label) => label.includes('đoàn kết'))).toBe(false);
  });

  it('is sent to be signed; the head’s own is signed by that', async () => {
    const { chat, asked } = start([grant('reporter', 1)]);
    await chat.command('tapthe');
    await untilSummary(chat);
    await chat.press('Gửi');
    expect(chat.rows('report')).toMatchObject([
      { id: 1234, kind: 'collective', unitId: 1, authorId: 7, signedBy: null, filedBy: null },
    ]);
    expect(asked.at(-1)).toEqual([
      1,
      7,
      '2024-07-05',
      { kind: 'collective', filedBy: null, signedBy: null },
    ]);
    expect(chat.last).toContain('đã được gửi đến Trần Thị Bình để ký duyệt');

    const own = start([grant('head', 1)]);
    await own.chat.command('tapthe');
    await untilSummary(own.chat);
    await own.chat.press('Gửi');
    expect(own.chat.rows('report')).toMatchObject([
      { signedBy: 7, signedAt: '2024-07-05T03:00:00Z' },
    ]);
    expect(own.asked.at(-1)?.[3]).toMatchObject({ signedBy: 7 });
    expect(own.chat.rows('reportEvent').map(({ event }) => event)).toEqual(['submitted', 'signed']);
    expect(own.chat.last).toContain('đã được gửi đến Trần Thị Bình để xác nhận');
  });

  it('is kept when nobody could sign it', async () => {
    const { chat } = start([grant('reporter', 1)], { verifiersOf: async () => [] });
    await chat.command('tapthe');
    await untilSummary(chat);
    await chat.press('Gửi');
    expect(chat.last).toContain('chưa có thủ trưởng hoặc cấp phó trong danh sách để ký duyệt');
    expect(chat.rows('report')).toEqual([]);
    expect(chat.state.active?.answers.title?.value).toBe('Giáo trình mới');
  });

  it('is a draft while another report is written, and goes on for the same unit', async () => {
    const { chat } = start([grant('reporter', 1), grant('reporter', 2)]);
    await chat.command('tapthe');
    await chat.press('Viện Lịch sử Đảng');
    await chat.press(BOOK);
    await chat.say('Giáo trình mới');
    await chat.command('baocao');
    expect(chat.state.parked).toMatchObject([{ flow: 'report-unit', subject: 'u1' }]);
    await chat.command('huy');
    await chat.command('tieptuc');
    expect(chat.state.active).toMatchObject({ flow: 'report-unit', subject: 'u1' });
    expect(chat.last).toContain('việc đã làm và kết quả');
  });

  it('is refused at the end when the role has ended meanwhile, and nothing typed is lost', async () => {
    const { chat } = start([grant('reporter', 1)]);
    await chat.command('tapthe');
    await untilSummary(chat);
    chat.person = personView({ grants: [] });
    await chat.press('Gửi');
    expect(chat.last).toContain('không được phân công lập báo cáo tập thể của đơn vị này');
    expect(chat.rows('report')).toEqual([]);
    expect(chat.state.active?.answers.title?.value).toBe('Giáo trình mới');
  });

  it('after the close needs the leave of the unit: a person’s own is not enough', async () => {
    const leave: unknown[] = [];
    const { chat } = start(
      [grant('reporter', 1)],
      {
        leaveOf: async (_, of) => {
          leave.push(of);
          return null;
        },
      },
      '2025-01-13T03:00:00Z',
    );
    await chat.command('tapthe');
    expect(leave).toEqual([{ personId: null, unitId: 1 }]);
    expect(chat.last).toContain('kết thúc nhận báo cáo');
  });

  it('of a status item is looked for in the unit’s reports of the stage', async () => {
    const looked: unknown[] = [];
    const { chat } = start([grant('reporter', 1)], {
      standingUnitReport: async (...args) => {
        looked.push(args);
        return 88;
      },
    });
    await chat.command('tapthe');
    await untilSummary(chat, 'Hoàn thành nhiệm vụ chính trị');
    await chat.press('Gửi');
    expect(looked).toEqual([[1, 'rt.1', { from: '2024-03-01', to: '2024-07-31' }, null]]);
    expect(chat.last).toContain('đã có báo cáo 88');
  });
});

describe('a collective report that is changed', () => {
  const signed = reportView({
    kind: 'collective',
    item: 'rt.3a',
    signedBy: { id: 20, name: 'Trần Thị Bình' },
    signedAt: '2024-07-03T03:00:00Z',
  });

  it('loses its signature, and says so beforehand', async () => {
    const { chat, asked } = start([grant('reporter', 1)], {
      report: async () => signed,
      reportsOf: async () => ({ total: 0, lines: [] }),
      ownParts: async () => ({ unit: 1, for: 0, remarks: 0 }),
    });
    await chat.command('cuatoi');
    expect(chat.labels()).toContain('Báo cáo tập thể (1)');
    await chat.pressAction('rep:12:amend');
    expect(chat.last).toContain('chữ ký duyệt cũ hết hiệu lực');
    await chat.press('Gửi');
    expect(chat.changes('report')).toMatchObject([
      { where: { id: 12, version: 3 }, set: { version: 4, signedBy: null, signedAt: null } },
    ]);
    expect(asked.at(-1)?.[3]).toMatchObject({ kind: 'collective', signedBy: null });
    expect(chat.elsewhere().map(({ message }) => message.buttons?.[0]?.[0]?.label)).toEqual([
      'Ký duyệt',
    ]);
  });

  it('is in nobody else’s hands', async () => {
    const others = reportView({ ...signed, author: { id: 99, name: 'Người khác' } });
    const { chat } = start([grant('reporter', 1), grant('head', 1)], {
      report: async () => others,
    });
    for (const verb of ['open', 'amend', 'withdraw']) {
      await chat.pressAction(`rep:12:${verb}`);
      expect(chat.ack.toast).toContain('Không tìm thấy báo cáo này');
    }
  });
});
