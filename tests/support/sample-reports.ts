/** One report's way, as the conversation and the windows show it. */
import type { Form, Message } from '../../src/chat/index.ts';
import type { EnrolmentRequestView, ReportLine, ReportView } from '../../src/engine/reads.ts';
import { createDispatch } from '../../src/flows/dispatch.ts';
import { verifyFeature } from '../../src/flows/verify/feature.ts';
import { coAuthorMessage } from '../../src/messages/co-author.ts';
import { ownReportMessage, ownReportsMessage } from '../../src/messages/own-reports.ts';
import {
  authorNotice,
  evidenceMessage,
  queueMessage,
  verificationOutcome,
  verificationRequest,
} from '../../src/messages/verification.ts';
import { decideAction, VERIFY } from '../../src/reports/verify-action.ts';
import { Conversation, campaign, personView, texts, unitView } from './conversation.ts';
import { recipient, startReporting, untilEvidence } from './report-chat.ts';
import { startWithForms } from './report-form.ts';
import { reportView } from './report-view.ts';

const { vi } = texts;

/** Everything that Slack's own text format would bring to life. */
export const AWKWARD =
  'Đề tài <b>cấp bộ</b> *đổi mới* _phương pháp_ & `giảng dạy` <!channel> <https://a.vn|x>';

const DESCRIPTION =
  'Hoàn thành bản thảo giáo trình “Lịch sử Đảng Cộng sản Việt Nam” dùng cho hệ cao cấp lý luận chính trị, gồm 12 chương, 348 trang; đã được Hội đồng thẩm định của Học viện thông qua với kết quả xuất sắc. Phần mới bổ sung gồm tư liệu về công tác xây dựng Đảng giai đoạn 2016 – 2023, các câu hỏi ôn tập và hướng dẫn tự học sau mỗi chương, được giảng thử ở ba lớp và góp ý của học viên đã được tiếp thu.';

const piece = (id: number, values: Partial<ReportView['evidence'][number]>) => ({
  id,
  kind: 'document' as const,
  text: null,
  mediaId: null,
  name: null,
  mime: null,
  sha256: null,
  failure: null,
  ...values,
});

const picture = { kind: 'media', mediaId: 'm-1', name: 'Biên bản nghiệm thu.jpg' } as const;
const document = { kind: 'media', mediaId: 'm-2', name: 'Giáo trình.pdf' } as const;

const report = (values: Partial<ReportView> = {}): ReportView =>
  reportView({
    id: 1234,
    version: 2,
    title: 'Biên soạn giáo trình Lịch sử Đảng Cộng sản Việt Nam',
    description: DESCRIPTION,
    evidence: [
      piece(1, { text: 'Quyết định 1215/QĐ-HVCTQG ngày 28/06/2024' }),
      piece(2, { kind: 'link', text: 'https://hcma.vn/tin-tuc/nghiem-thu-giao-trinh-2024' }),
      piece(3, { ...picture, mime: 'image/jpeg', sha256: 'a'.repeat(64) }),
      piece(4, { ...document, mime: 'application/pdf', sha256: 'b'.repeat(64) }),
    ],
    contributors: [
      { personId: 31, name: 'Lê Văn Bính', unitId: 2, answer: 'confirmed' },
      { personId: 32, name: 'Nguyễn Thị Thùy Dương', unitId: 1, answer: 'waiting' },
    ],
    ...values,
  });

const decided = (values: Partial<ReportView>): ReportView =>
  report({
    decidedAt: '2024-07-05T09:30:00Z',
    decidedBy: { id: 20, name: 'Trần Thị Bình' },
    ...values,
  });

const returned = decided({
  status: 'returned',
  reason: 'Đề nghị ghi rõ số và ngày của quyết định nghiệm thu.',
});

export const reportLine = (
  id: number,
  title: string,
  values: Partial<ReportLine> = {},
): ReportLine => ({
  id,
  item: 'cn.2',
  title,
  doneOn: '2024-07-04',
  status: 'submitted',
  submittedAt: '2024-07-04T02:00:00Z',
  authorName: 'Nguyễn Văn An',
  collective: null,
  ...values,
});

const SIMILAR = [
  reportLine(1180, 'Biên soạn giáo trình Lịch sử Đảng', { doneOn: '2024-06-20' }),
  reportLine(1192, 'Giáo trình Lịch sử Đảng, phần I', { authorName: 'Lê Văn Bính' }),
];

export const enrolmentRequest: EnrolmentRequestView = {
  id: 41,
  version: 1,
  status: 'waiting',
  identity: { platform: 'slack', tenant: 'T1', user: 'U7' },
  displayName: 'Hà Phương',
  address: { platform: 'slack', tenant: 'T1', chat: 'D7' },
  language: 'vi',
  person: { id: 9, name: 'Đặng Thị Hà Phương', taken: false, conversation: 0 },
  unit: unitView(),
  decidedByName: null,
};

const last = (chat: Conversation): Message => {
  const message = chat.shown.at(-1)?.message;
  if (!message) throw new Error('nothing was said');
  return message;
};

const opened = ({ form }: Conversation): Form => {
  if (!form) throw new Error('no form was opened');
  return form;
};

/** A report told question by question, until it is received. */
async function told(): Promise<Record<'question' | 'evidence' | 'summary' | 'receipt', Message>> {
  const chat = startReporting({ reads: { similarReports: async () => SIMILAR } });
  await chat.command('baocao');
  const question = last(chat);
  await chat.command('huy');
  await untilEvidence(chat);
  await chat.say('Quyết định 1215/QĐ-HVCTQG ngày 28/06/2024');
  await chat.say('https://hcma.vn/tin-tuc/nghiem-thu-giao-trinh-2024');
  await chat.file({ name: 'Biên bản nghiệm thu.jpg' });
  const evidence = last(chat);
  await chat.press('Xong');
  await chat.say('Lê Văn Bính');
  await chat.press('Lê Văn Bính');
  await chat.press('Xong');
  const summary = last(chat);
  await chat.press('Gửi');
  return { question, evidence, summary, receipt: last(chat) };
}

/** The windows: a new report begun from somebody's message, one sent again, and a reason. */
async function windows(): Promise<Record<'new' | 'amend' | 'reason', Form>> {
  const begun = startWithForms();
  await begun.slash('baocao', '', {
    text: `Biên soạn giáo trình Lịch sử Đảng\n${DESCRIPTION}`,
    link: 'https://hocvien.slack.com/archives/C024BE91L/p1720148400000200',
  });
  const again = startWithForms({
    reads: { report: async () => returned, copiesOf: async () => [] },
  });
  await again.pressAction(`rep:${returned.id}:amend`);
  const verifying = new Conversation({
    handler: createDispatch([verifyFeature]),
    abilities: { forms: true },
    person: personView({ id: 20, name: 'Trần Thị Bình', grants: [{ role: 'head', unitId: 1 }] }),
    reads: {
      report: async () => report(),
      verifiersOf: async () => [recipient(20, 'Trần Thị Bình')],
    },
  });
  await verifying.pressAction(decideAction(1234, 2, VERIFY.return));
  return { new: opened(begun), amend: opened(again), reason: opened(verifying) };
}

export async function reportSamples() {
  const chat = await told();
  const window = await windows();
  const verified = decided({ status: 'verified' });
  const queue = {
    total: 7,
    toSign: 0,
    oldestDays: 3,
    reports: [
      reportLine(1231, 'Giờ giảng kiểu mẫu về xây dựng Đảng', { authorName: 'Hoàng Minh Đức' }),
      reportLine(1232, AWKWARD, { authorName: 'Phạm Thị Thanh Hương' }),
      reportLine(1234, 'Biên soạn giáo trình Lịch sử Đảng Cộng sản Việt Nam'),
    ],
    enrolments: [enrolmentRequest],
    enrolmentTotal: 1,
  };
  const mine = [
    reportLine(1234, 'Biên soạn giáo trình Lịch sử Đảng Cộng sản Việt Nam'),
    reportLine(1201, 'Bài đăng Tạp chí Lịch sử Đảng số 6/2024', { status: 'verified' }),
    reportLine(1180, 'Tọa đàm khoa học', { status: 'returned', doneOn: '2024-06-20' }),
  ];
  return {
    messages: {
      question: chat.question,
      'question-evidence': chat.evidence,
      summary: chat.summary,
      receipt: chat.receipt,
      'verification-request': verificationRequest(vi, report(), { campaign, duplicates: SIMILAR }),
      'verification-awkward': verificationRequest(
        vi,
        report({
          title: AWKWARD,
          description: `&lt; > quote\n*đậm* _nghiêng_ ~gạch~ @here <@U024BE7LH>\n${DESCRIPTION}`,
          evidence: [piece(1, { text: AWKWARD })],
        }),
        { campaign, note: vi('report-note-resubmitted') },
      ),
      'verification-outcome': verificationOutcome(vi, verified, { campaign, viewerId: 20 }),
      'co-author': coAuthorMessage(vi, report(), campaign, 'waiting'),
      'author-returned': authorNotice(vi, returned),
      queue: queueMessage(vi, queue, campaign),
      'verification-evidence': evidenceMessage(vi, report()),
      'own-reports': ownReportsMessage(vi, {
        total: 8,
        lines: mine,
        offset: 0,
        part: 'own',
        parts: { unit: 2, for: 1, remarks: 0 },
      }),
      'own-report': ownReportMessage(vi, returned, campaign),
      'verification-request-english': verificationRequest(texts.en, report(), {
        campaign,
        duplicates: SIMILAR,
      }),
    },
    forms: { 'form-report': window.new, 'form-amend': window.amend, 'form-reason': window.reason },
  };
}
