import { describe, expect, it } from 'vitest';
import { Message } from '../../../src/chat/index.ts';
import type { EnrolmentRequestView, ReportLine } from '../../../src/engine/reads.ts';
import type { GrantView } from '../../../src/engine/turn-context.ts';
import { type HomeView, homeMessage } from '../../../src/messages/home.ts';
import { LANGUAGES } from '../../../src/messages/language.ts';
import type { UnitStanding } from '../../../src/standings/types.ts';
import {
  buttonsOf,
  campaign,
  personView,
  readable,
  texts,
  unitView,
} from '../../support/conversation.ts';

const { vi, en } = texts;
type Own = Extract<HomeView, { kind: 'person' }>;

const line = (id: number, values: Partial<ReportLine> = {}): ReportLine => ({
  id,
  item: 'cn.2',
  title: `Việc ${id}`,
  doneOn: '2024-07-04',
  status: 'submitted',
  submittedAt: '2024-07-04T02:00:00Z',
  authorName: 'Nguyễn Văn An',
  collective: null,
  ...values,
});

const standing = (values: Partial<UnitStanding> = {}): UnitStanding => ({
  unitId: 1,
  groupKey: 'research_teaching/academy',
  headcount: 40,
  points: 120,
  collective: 0,
  score: 2.5,
  rank: 3,
  groupSize: 12,
  participants: 9,
  breadth: 4,
  verified: 11,
  ...values,
});

const own = (values: Partial<Own> = {}): Own => ({
  kind: 'person',
  person: personView(),
  today: '2024-07-05',
  leave: null,
  reports: { total: 0, lines: [] },
  awaited: { returned: { total: 0, lines: [] }, shares: { total: 0, lines: [] } },
  queue: null,
  unit: null,
  ...values,
});

const request: EnrolmentRequestView = {
  id: 4,
  version: 2,
  status: 'waiting',
  identity: { platform: 'test', tenant: 't', user: 'u7' },
  displayName: 'An',
  address: { platform: 'test', tenant: 't', chat: 'c7' },
  language: 'vi',
  person: { id: 7, name: 'Nguyễn Văn An', taken: false, conversation: 0 },
  unit: unitView(),
  decidedByName: null,
};

const page = (view: HomeView, say = vi) => homeMessage(say, view, campaign);
const text = (view: HomeView, say = vi): string => readable(page(view, say));
const actions = (view: HomeView): string[] => buttonsOf(page(view)).map(({ action }) => action);
const withRole = (...grants: GrantView[]) => personView({ grants });
const HEAD: GrantView = { role: 'head', unitId: 1 };

describe('a member’s page', () => {
  it('says who they are, the deadlines, and that nothing is there yet', () => {
    expect(text(own())).toBe(
      `Trang của đồng chí
Kính chào đồng chí Nguyễn Văn An, Viện Lịch sử Đảng.
Báo cáo gửi đến hết ngày 07/07/2024 được tính vào tuần 19.
Giai đoạn 1 (sơ kết): đến hết ngày 31/07/2024.
Phong trào nhận báo cáo đến hết ngày 10/01/2025.
Việc chờ đồng chí
Hiện không có việc nào chờ đồng chí.
Báo cáo của đồng chí
Đồng chí chưa có báo cáo nào.`,
    );
    expect(actions(own())).toEqual([
      'cmd:baocao',
      'cmd:cuatoi',
      'cmd:bangxephang',
      'cmd:trogiup',
      'cmd:taikhoan',
      'lang:en',
    ]);
  });

  it('lists the latest reports with their status, and how many there are', () => {
    const reports = {
      total: 12,
      lines: [line(12), line(11, { status: 'verified' }), line(9, { status: 'withdrawn' })],
    };
    expect(text(own({ reports }))).toContain(
      `Số 12: Việc 12 (04/07/2024) – chờ xác nhận
Số 11: Việc 11 (04/07/2024) – đã xác nhận
Số 9: Việc 9 (04/07/2024) – đã rút
Tổng số: 12`,
    );
    expect(actions(own({ reports }))).toEqual(
      expect.arrayContaining(['rep:12:open', 'rep:11:open', 'rep:9:open', 'cmd:cuatoi']),
    );
  });

  it('says what waits for their answer, each with its button, and counts what is not named', () => {
    const view = own({
      reports: { total: 1, lines: [line(5, { status: 'returned' })] },
      awaited: {
        returned: { total: 3, lines: [{ id: 5, title: 'Việc 5', reason: 'Thiếu số văn bản' }] },
        shares: { total: 2, lines: [{ id: 8, title: 'Việc 8', authorName: 'Trần Lan' }] },
      },
    });
    expect(text(view)).toContain(
      `Báo cáo 5 được trả lại để bổ sung: Việc 5. Lý do: Thiếu số văn bản
Còn 2 báo cáo khác được trả lại để bổ sung.
Báo cáo 8 của đồng chí Trần Lan ghi đồng chí cùng thực hiện: Việc 8
Còn 1 báo cáo khác ghi đồng chí cùng thực hiện.`,
    );
    expect(text(view)).not.toContain('Hiện không có việc nào');
    const pressed = actions(view);
    expect(pressed).toEqual(expect.arrayContaining(['rep:5:amend', 'co:8:o']));
    // One button for one report.
    expect(pressed).not.toContain('rep:5:open');
    expect(text(view, en)).toContain('2 more reports were returned for completion.');
    expect(text(view, en)).toContain('1 more report names you as a co-author.');
  });

  it('never offers the queue', () => {
    expect(actions(own())).not.toContain('cmd:choxacnhan');
  });
});

describe('the page of somebody who decides', () => {
  it.each([
    ['a head', withRole(HEAD)],
    ['a deputy', withRole({ role: 'deputy', unitId: 1 })],
    ['the office', withRole({ role: 'office', unitId: null })],
  ])('of %s says what waits and since when, with a button to it', (_who, person) => {
    const view = own({ person, queue: { reports: 3, oldestDays: 2, enrolments: 1 } });
    expect(text(view)).toContain('Có 3 báo cáo chờ xác nhận, lâu nhất 2 ngày.');
    expect(text(view)).toContain('Có 1 đề nghị đăng ký chờ xác nhận.');
    expect(text(view, en)).toContain(
      '3 reports await verification; the oldest for 2 days.\n1 enrolment awaits confirmation.',
    );
    expect(actions(view)).toContain('cmd:choxacnhan');
  });

  it('says so when nothing waits, and still leads to the queue', () => {
    const view = own({
      person: withRole(HEAD),
      queue: { reports: 0, oldestDays: 0, enrolments: 0 },
    });
    expect(text(view)).toContain('Hiện không có việc nào chờ đồng chí.');
    expect(actions(view)).toContain('cmd:choxacnhan');
  });
});

describe('the unit’s figures', () => {
  const unit = {
    asOf: '16 giờ 30, 05/07/2024',
    closed: { week: '2024-06-24', standing: standing({ rank: 4 }) },
    current: { week: '2024-07-01', standing: standing() },
  };
  const table = (view: HomeView) => page(view).blocks.find((block) => block.kind === 'table');

  it('are of the last closed week and of this one so far, side by side, as of when, and only indicative', () => {
    const view = own({ unit });
    expect(table(view)).toEqual({
      kind: 'table',
      columns: [
        { title: '', align: 'left' },
        { title: 'Tuần 18', align: 'right' },
        { title: 'Tuần 19, đến nay', align: 'right' },
      ],
      rows: [
        ['Vị trí trong nhóm', '4/12', '3/12'],
        ['Điểm quy đổi trên 100 người', '250', '250'],
        ['Số đồng chí có báo cáo được xác nhận', '9/40 (22,5%)', '9/40 (22,5%)'],
      ],
    });
    expect(text(view)).toContain('Nhóm so sánh: nghiên cứu, giảng dạy – khối Học viện');
    expect(text(view)).toContain('Số liệu tính đến 16 giờ 30, 05/07/2024.');
    expect(text(view)).toContain('Số liệu tham khảo, không phải kết quả bình xét.');
  });

  it('say no place and no score where nothing has points, and nothing of a week it was not in', () => {
    const current = {
      week: '2024-07-01',
      standing: standing({ points: 0, participants: 0, score: 0.4 }),
    };
    const closed = { week: '2024-06-24', standing: null };
    expect(table(own({ unit: { ...unit, closed, current } }))).toMatchObject({
      rows: [
        ['Vị trí trong nhóm', '–', '–'],
        ['Điểm quy đổi trên 100 người', '–', '–'],
        ['Số đồng chí có báo cáo được xác nhận', '–', '0/40 (0%)'],
      ],
    });
  });

  it('are of one week where there is no other, without a time when it is closed', () => {
    const over = own({ unit: { ...unit, current: null } });
    expect(table(over)).toMatchObject({ columns: [{}, { title: 'Tuần 18' }] });
    expect(text(over)).not.toContain('Số liệu tính đến');
    expect(table(own({ unit: { ...unit, closed: null, current: null } }))).toBeUndefined();
  });

  it('are left out for somebody in no unit', () => {
    const view = own({ person: personView({ membership: null }), unit: null });
    expect(table(view)).toBeUndefined();
    expect(text(view)).toContain('Kính chào đồng chí Nguyễn Văn An.');
    expect(text(view)).not.toContain('Kết quả hưởng ứng của đơn vị');
  });
});

describe('deadlines', () => {
  it.each([
    ['2024-01-01', 'Phong trào bắt đầu nhận báo cáo từ 01/03/2024.'],
    ['2024-09-08', 'hết ngày 08/09/2024 được tính vào tuần 28'],
    ['2024-09-08', 'Giai đoạn 2 (tổng kết): đến hết ngày 31/12/2024.'],
    ['2024-07-25', 'Giai đoạn 1 (sơ kết) còn 6 ngày, đến hết ngày 31/07/2024.'],
    ['2024-07-31', 'Giai đoạn 1 (sơ kết) kết thúc hôm nay, ngày 31/07/2024.'],
    [
      '2025-01-01',
      'đã kết thúc ngày 31/12/2024. Báo cáo về kết quả trong thời gian phong trào được nhận đến hết ngày 10/01/2025.',
    ],
    ['2025-01-11', 'Phong trào đã kết thúc nhận báo cáo từ sau ngày 10/01/2025.'],
  ])('on %s', (today, expected) => {
    expect(text(own({ today }))).toContain(expected);
  });

  it('of the last week is the campaign’s own', () => {
    const last = text(own({ today: '2024-12-30' }));
    expect(last).toContain('Phong trào nhận báo cáo đến hết ngày 10/01/2025.');
    expect(last).not.toContain('được tính vào tuần');
  });

  it('after the close name the last day of one’s leave', () => {
    const view = own({ today: '2025-01-11', leave: '2025-01-17' });
    expect(text(view)).toContain('đồng chí có thể gửi báo cáo đến hết ngày 16/01/2025');
    expect(text(own({ today: '2025-01-11' }))).not.toContain('gia hạn');
  });
});

describe('the page of somebody not enrolled', () => {
  it('says what this is and how to begin', () => {
    const view: HomeView = { kind: 'guest', request: null };
    expect(text(view)).toBe(
      `Kính chào đồng chí. Đây là kênh hỗ trợ phong trào thi đua: Phong trào thi đua chào mừng 75 năm truyền thống Học viện.
Để tham gia, đề nghị đồng chí bấm nút dưới đây và làm theo hướng dẫn trong tin nhắn của hệ thống.`,
    );
    expect(actions(view)).toEqual(['cmd:start', 'cmd:trogiup', 'lang:en']);
  });

  it('says that an enrolment waits, which can be taken back', () => {
    const view: HomeView = { kind: 'guest', request };
    expect(text(view)).toContain(
      'Đề nghị đăng ký của đồng chí (Nguyễn Văn An, Viện Lịch sử Đảng) đang chờ đơn vị xác nhận.',
    );
    expect(actions(view)).toEqual(['enr:4:2:w', 'cmd:trogiup', 'lang:en']);
  });

  it('tells an outsider in one sentence whom the bot is for, and offers nothing', () => {
    const view: HomeView = { kind: 'outsider' };
    expect(text(view)).toBe(
      'Hệ thống này dành cho cán bộ, học viên của Học viện Chính trị quốc gia Hồ Chí Minh.',
    );
    expect(actions(view)).toEqual([]);
    expect(text(view, en)).toContain('staff and students of Ho Chi Minh National Academy');
  });
});

describe('every page', () => {
  const long = 'Đề tài '.repeat(40).trim();
  const id = 123_456_789;
  const views: [string, HomeView][] = [
    ['empty', own()],
    ['guest', { kind: 'guest', request: null }],
    ['applicant', { kind: 'guest', request }],
    ['outsider', { kind: 'outsider' }],
    [
      'full',
      own({
        person: withRole(HEAD),
        reports: { total: 5000, lines: [5, 4, 3, 2, 1].map((n) => line(id - n, { title: long })) },
        awaited: {
          returned: { total: 9, lines: [{ id, title: long, reason: '<!channel> *x*' }] },
          shares: { total: 9, lines: [{ id: id - 1, title: long, authorName: '<@U1>' }] },
        },
        queue: { reports: 1, oldestDays: 1, enrolments: 2 },
        unit: {
          asOf: 'x',
          closed: { week: '2024-06-24', standing: standing({ headcount: 0, rank: null }) },
          current: { week: '2024-07-01', standing: standing() },
        },
      }),
    ],
  ];
  it.each(views)('is a valid message in both languages: %s', (_name, view) => {
    for (const language of LANGUAGES) {
      const message = page(view, texts[language]);
      expect(() => Message.parse(message)).not.toThrow();
      // Report numbers are names, not amounts.
      expect(readable(message)).not.toMatch(/123[.,]456/);
    }
  });

  it('offers the other language, named in itself', () => {
    const labels = (say: typeof vi) => buttonsOf(page(own(), say)).map(({ label }) => label);
    expect(labels(vi)).toContain('English');
    expect(labels(en)).toContain('Tiếng Việt');
    expect(labels(en)).not.toContain('English');
  });
});
