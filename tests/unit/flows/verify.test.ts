import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../../src/engine/reads.ts';
import type { PersonView, Recipient } from '../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { enrolFeature } from '../../../src/flows/enrol/feature.ts';
import { verifyFeature } from '../../../src/flows/verify/feature.ts';
import type { Language } from '../../../src/messages/language.ts';
import { Conversation, personView, readable } from '../../support/conversation.ts';
import { reportView } from '../../support/report-view.ts';

const handler = createDispatch([enrolFeature, verifyFeature]);
const place = (chat: string) => ({ platform: 'test', tenant: 't', chat });
const recipient = (personId: number, language: Language = 'vi'): Recipient => ({
  personId,
  name: `Người ${personId}`,
  language,
  address: place(`c${personId}`),
});

const head = personView({ id: 7, name: 'Trần Thị Bình', grants: [{ role: 'head', unitId: 1 }] });
const author = { id: 20, name: 'Nguyễn Văn An' };

interface Scene {
  readonly person?: PersonView;
  readonly report?: Partial<ReportView>;
  readonly verifiers?: readonly number[];
  readonly copies?: readonly number[];
  readonly language?: Language;
}

function scene({
  person = head,
  report = {},
  verifiers = [7, 8],
  copies = [7, 8],
  language,
}: Scene = {}) {
  let view = reportView({ author, ...report });
  const chat = new Conversation({
    handler,
    person,
    ...(language && { language }),
    reads: {
      report: async (id) => (id === view.id ? view : null),
      verifiersOf: async () => verifiers.map((id) => recipient(id)),
      recipients: async (ids) => ids.map((id) => recipient(id, id === 8 ? 'en' : 'vi')),
      copiesOf: async () => copies.map((id) => ({ address: place(`c${id}`), personId: id })),
      postedAt: async (_subject, at) => ({ at, id: '900' }),
    },
  });
  return {
    chat,
    become: (values: Partial<ReportView>) => {
      view = { ...view, ...values };
    },
    /** Presses a button of the request as it was posted. */
    press: (verb: string, version = 3) => chat.pressAction(`ver:12:${version}:${verb}`, '900'),
    to: (id: number) => chat.decision.sends.filter((send) => send.to.chat === `c${id}`),
  };
}

describe('verifying', () => {
  it('marks the report, tells its people, changes every copy, and leaves a trace without content', async () => {
    const { chat, press, to } = scene({
      report: {
        contributors: [
          { personId: 30, name: 'Lê Văn Cường', unitId: 1, answer: 'confirmed' },
          { personId: 31, name: 'Phạm Văn Dũng', unitId: 1, answer: 'declined' },
        ],
      },
    });
    await press('v');
    expect(chat.changes('report')).toEqual([
      {
        where: { id: 12, version: 3 },
        set: expect.objectContaining({
          status: 'verified',
          version: 4,
          decidedBy: 7,
          reason: null,
        }),
      },
    ]);
    expect(chat.rows('reportEvent')).toEqual([
      expect.objectContaining({ reportId: 12, actorId: 7, event: 'verified' }),
    ]);
    expect(JSON.stringify(chat.rows('audit'))).not.toContain('giáo trình');
    expect(chat.ack.toast).toBe('Đã xác nhận báo cáo 12.');

    const [own, ...rest] = to(7);
    expect(rest).toEqual([]);
    expect(own?.as).toMatchObject({ edit: { id: '900' } });
    expect(own && readable(own.message)).toContain(
      'Đã xác nhận bởi đồng chí Trần Thị Bình, 10 giờ 00, 05/07/2024.',
    );
    const [copy] = to(8);
    expect(copy).toMatchObject({ as: 'update', subject: 'report:12' });
    expect(copy && readable(copy.message)).toContain('Verified by Trần Thị Bình');
    expect(copy?.message.buttons).toBeUndefined();
    expect(to(20).map(({ message }) => readable(message))).toEqual([
      'Đồng chí Trần Thị Bình đã xác nhận báo cáo 12 “Biên soạn giáo trình”. Trân trọng cảm ơn đồng chí.',
    ]);
    expect(to(30)).toHaveLength(1);
    expect(to(31)).toEqual([]);
  });

  it('from an older copy changes the newest one too', async () => {
    const { chat, to } = scene();
    await chat.pressAction('ver:12:3:v', '850');
    expect(to(7).map(({ as }) => as)).toEqual([{ edit: { at: place('c7'), id: '850' } }, 'update']);
  });

  it('is refused to everyone who may not, and changes nothing', async () => {
    const own = scene({ report: { author: { id: 7, name: 'Trần Thị Bình' } }, verifiers: [8] });
    const member = scene({ person: personView({ id: 7 }), verifiers: [1, 8] });
    const otherDeputy = scene({
      person: personView({ id: 7, grants: [{ role: 'deputy', unitId: 2 }] }),
      verifiers: [1, 8],
    });
    for (const { chat, press } of [own, member, otherDeputy])
      for (const verb of ['v', 'r', 'j', 'k', 'o']) {
        await press(verb);
        expect(chat.decision).toMatchObject({ writes: [], sends: [] });
        expect(chat.ack.toast).toMatch(/người khác xác nhận|không thuộc thẩm quyền/);
        expect(chat.state.active).toBeNull();
      }
    await own.press('v');
    expect(own.chat.ack.toast).toBe('Báo cáo do chính đồng chí gửi cần được người khác xác nhận.');
  });

  it('is refused to someone not enrolled', async () => {
    const chat = new Conversation({ handler, person: null });
    await chat.pressAction('ver:12:3:v');
    expect(chat.decision).toMatchObject({ writes: [], sends: [] });
    expect(chat.ack.toast).toContain('chưa được phân quyền');
  });

  it('says who was faster, and shows the outcome', async () => {
    const { chat, press, become } = scene();
    become({
      status: 'returned',
      version: 4,
      decidedBy: { id: 8, name: 'Hoàng Văn Em' },
      decidedAt: '2024-07-05T02:30:00Z',
      reason: 'Thiếu quyết định.',
    });
    await press('v');
    expect(chat.writes).toEqual([]);
    expect(chat.ack.toast).toBe(
      'Đồng chí Hoàng Văn Em đã trả lại báo cáo này để bổ sung lúc 09 giờ 30, 05/07/2024.',
    );
    expect(chat.answer).toContain('Lý do: Thiếu quyết định.');
    expect(chat.decision.sends[0]?.message.buttons).toBeUndefined();
  });

  it('refreshes a request whose report was amended or withdrawn', async () => {
    const { chat, press, become } = scene();
    become({ version: 5, title: 'Tên mới' });
    await press('v');
    expect(chat.writes).toEqual([]);
    expect(chat.ack.toast).toContain('Báo cáo đã thay đổi');
    expect(chat.answer).toContain('Tên mới');
    expect(chat.decision.sends[0]?.message.buttons?.[0]?.[0]?.action).toBe('ver:12:5:v');
    become({ version: 6, status: 'withdrawn' });
    await press('v', 5);
    expect(chat.ack.toast).toBe('Tác giả đã rút báo cáo này.');
  });

  it('ignores buttons that are not its own', async () => {
    const { chat } = scene();
    for (const action of [
      'ver:',
      'ver:12',
      'ver:12:3:z',
      'ver:99:1:v',
      'ver:12:3:v:1',
      'ver:-1:3:v',
    ]) {
      await chat.pressAction(action);
      expect(chat.ack.toast).toContain('Nút này đã cũ');
      expect(chat.decision).toMatchObject({ writes: [], sends: [] });
    }
  });
});

describe('returning, rejecting, revoking', () => {
  it('asks the reason below the request, then tells the author with it', async () => {
    const { chat, press, to } = scene();
    await press('r');
    expect(chat.writes).toEqual([]);
    expect(chat.decision.sends).toMatchObject([{ as: 'send' }]);
    expect(chat.last).toContain('nội dung cần bổ sung (từ 3 đến 300 ký tự)');
    await chat.say('Đề nghị bổ sung số quyết định.');
    expect(chat.changes('report')).toEqual([
      {
        where: { id: 12, version: 3 },
        set: expect.objectContaining({
          status: 'returned',
          reason: 'Đề nghị bổ sung số quyết định.',
          decidedBy: 7,
        }),
      },
    ]);
    expect(chat.answer).toContain('Đã trả lại báo cáo 12 để bổ sung.');
    expect(chat.state.active).toBeNull();
    const [told] = to(20);
    expect(told && readable(told.message)).toContain('Lý do: Đề nghị bổ sung số quyết định.');
    expect(told?.message.buttons).toEqual([[expect.objectContaining({ action: 'rep:12:amend' })]]);
    expect(to(7).filter(({ as }) => as === 'update')).toHaveLength(1);
    expect(JSON.stringify(chat.rows('audit'))).not.toContain('quyết định');
  });

  it('takes only a reason of 3 to 300 characters in words, and keeps asking', async () => {
    const { chat, press } = scene();
    await press('j');
    for (const text of ['ab', 'x'.repeat(301), 'x'.repeat(10_000), '']) {
      await chat.say(text);
      expect(chat.writes).toEqual([]);
      expect(chat.last).toContain('Lý do cần từ 3 đến 300 ký tự');
    }
    await chat.file();
    expect(chat.last).toContain('Lý do cần được viết bằng chữ');
    await chat.unsupported('voice');
    expect(chat.last).toContain('chỉ nhận chữ, ảnh và tệp');
    await chat.say('سبب 🙂 không rõ');
    expect(chat.rows('reportEvent')).toMatchObject([{ event: 'rejected' }]);
  });

  it('stops when another was faster while the reason was written', async () => {
    const { chat, press, become } = scene();
    await press('r');
    become({
      status: 'verified',
      version: 4,
      decidedBy: { id: 8, name: 'Hoàng Văn Em' },
      decidedAt: '2024-07-05T02:30:00Z',
    });
    await chat.say('Thiếu minh chứng.');
    expect(chat.writes).toEqual([]);
    expect(chat.answer).toContain('Đồng chí Hoàng Văn Em đã xác nhận báo cáo này lúc 09 giờ 30');
    expect(chat.state.active).toBeNull();
  });

  it('can be cancelled', async () => {
    const { chat, press } = scene();
    await press('r');
    await chat.press('Hủy');
    expect(chat.state.active).toBeNull();
    expect(chat.writes).toEqual([]);
  });

  it('revokes only what one verified oneself, with a reason and a trace', async () => {
    const verified: Partial<ReportView> = {
      status: 'verified',
      version: 4,
      decidedBy: { id: 7, name: 'Trần Thị Bình' },
      decidedAt: '2024-07-05T02:00:00Z',
    };
    const mine = scene({ report: verified });
    await mine.press('k', 4);
    await mine.chat.say('Minh chứng không đúng.');
    expect(mine.chat.changes('report')).toMatchObject([{ set: { status: 'revoked', version: 5 } }]);
    expect(mine.to(20).map(({ message }) => readable(message))[0]).toContain('đã thu hồi xác nhận');

    const others = scene({ report: { ...verified, decidedBy: { id: 8, name: 'Hoàng Văn Em' } } });
    await others.press('k', 4);
    expect(others.chat.writes).toEqual([]);
    expect(others.chat.ack.toast).toContain('Chỉ người đã xác nhận');
  });

  it('speaks English too', async () => {
    const { chat, press } = scene({ language: 'en' });
    await press('r');
    expect(chat.last).toContain('Please say what should be completed (3 to 300 characters)');
    await chat.say('no');
    expect(chat.last).toContain('yours has 2');
  });
});

describe('evidence', () => {
  const piece = {
    id: 2,
    kind: 'media' as const,
    text: null,
    mediaId: 'm',
    name: 'anh.jpg',
    mime: 'image/jpeg',
    sha256: 'a'.repeat(64),
    failure: null,
  };

  it('is sent below the request: words, images, files, and what is missing', async () => {
    const { chat, press } = scene({
      report: {
        evidence: [
          ...reportView().evidence,
          piece,
          { ...piece, id: 3, name: 'bien-ban.pdf', mime: 'application/pdf' },
          { ...piece, id: 4, name: 'cho.jpg', sha256: null },
          { ...piece, id: 5, name: 'mat.jpg', sha256: null, failure: 'gone' },
        ],
      },
    });
    await press('e', 1);
    const [send] = chat.decision.sends;
    expect(send?.as).toBe('send');
    expect(send?.message.blocks.map(({ kind }) => kind)).toEqual([
      'heading',
      'list',
      'image',
      'file',
    ]);
    expect(chat.answer).toContain('Quyết định 12');
    expect(chat.answer).toMatch(/cho\.jpg.*đang tải về/);
    expect(chat.answer).toMatch(/mat\.jpg.*không tải về được/);
  });

  it('may be absent, and is nobody else’s to see', async () => {
    const none = scene({ report: { evidence: [] } });
    await none.press('e');
    expect(none.chat.ack.toast).toContain('không có minh chứng');
    const stranger = scene({ person: personView({ id: 7 }), verifiers: [8] });
    await stranger.press('e');
    expect(stranger.chat.decision.sends).toEqual([]);
    expect(stranger.chat.ack.toast).toContain('không thuộc thẩm quyền');
  });
});

describe('the queue', () => {
  const line = {
    id: 12,
    item: 'cn.2',
    title: 'Biên soạn giáo trình',
    doneOn: '2024-07-01',
    status: 'submitted' as const,
    submittedAt: '2024-07-02T18:00:00Z',
    authorName: 'Nguyễn Văn An',
    collective: null,
  };

  it('counts, names the oldest in days, and opens each with a button', async () => {
    const { chat } = scene();
    chat.reads.queueFor = async (personId, on, limit) => {
      expect([personId, on, limit]).toEqual([7, '2024-07-05', 5]);
      return { total: 8, toSign: 0, lines: [line] };
    };
    chat.reads.enrolmentQueue = async () => [];
    await chat.command('choxacnhan');
    // 18:00 UTC on the 2nd is the 3rd in the campaign's zone.
    expect(chat.last).toContain('Có 8 báo cáo chờ xác nhận, lâu nhất 2 ngày.');
    await chat.press('Mở báo cáo 12');
    const [send] = chat.decision.sends;
    expect(send).toMatchObject({ as: 'send', subject: 'report:12' });
    expect(chat.labels()).toEqual([
      'Xác nhận',
      'Trả lại để bổ sung',
      'Không xác nhận',
      'Xem minh chứng',
    ]);
  });

  it('shows likely duplicates when a report is opened', async () => {
    const { chat, press } = scene();
    chat.reads.similarReports = async (candidate) => {
      expect(candidate).toMatchObject({ item: 'cn.2', authorId: 20, except: 12 });
      return [{ ...line, id: 5, authorName: 'Lê Văn Cường' }];
    };
    await press('o', 0);
    expect(chat.last).toContain('Báo cáo có thể trùng với:');
    expect(chat.last).toContain('5 – Lê Văn Cường: Biên soạn giáo trình (01/07/2024)');
  });

  it('says when nothing waits, and is for those who decide', async () => {
    const { chat } = scene();
    chat.reads.queueFor = async () => ({ total: 0, toSign: 0, lines: [] });
    chat.reads.enrolmentQueue = async () => [];
    await chat.command('queue');
    expect(chat.last).toBe('Hiện không có nội dung nào chờ đồng chí xác nhận.');
    const member = scene({ person: personView({ id: 7 }) });
    await member.chat.command('choxacnhan');
    expect(member.chat.last).toContain('chưa được phân quyền');
  });
});
