/** Exemplars, feedback, remarks, pledges, and a unit's own report on its way. */
import type { ExemplarView } from '../../src/engine/exemplar-reads.ts';
import type { RemarkView } from '../../src/engine/filing-reads.ts';
import { decisionNotice } from '../../src/messages/decision-notice.ts';
import {
  exemplarMessage,
  exemplarNotice,
  exemplarsMessage,
  publishedMessage,
} from '../../src/messages/exemplars.ts';
import { pledgeMessage, pledgePost, pledgesMessage } from '../../src/messages/pledge.ts';
import { ownRemarks, remarkNotice, remarksMenu } from '../../src/messages/remark.ts';
import { mergedLeaderMessage, movedMessage } from '../../src/messages/restructure.ts';
import {
  ackMessage,
  answerNotice,
  escalatedMessage,
  ownTicketsMessage,
  ticketMessage,
  ticketQueueMessage,
} from '../../src/messages/tickets.ts';
import { verificationOutcome, verificationRequest } from '../../src/messages/verification.ts';
import { campaign, texts, unitView } from './conversation.ts';
import { reportView } from './report-view.ts';
import { ticketView } from './ticket-view.ts';

const { vi, en } = texts;
const lsd = unitView();
const triet = unitView({ id: 2, nameVi: 'Viện Triết học', nameEn: 'Institute of Philosophy' });
const binh = { id: 20, name: 'Trần Thị Bình' };
const hanh = { id: 3, name: 'Đoàn Thị Minh Hạnh' };
const an = { id: 7, name: 'Nguyễn Văn An' };

const exemplar = (values: Partial<ExemplarView> = {}): ExemplarView => ({
  id: 14,
  reportId: 1201,
  kind: 'personal',
  title: 'Giờ giảng kiểu mẫu về xây dựng Đảng',
  author: an,
  unit: lsd,
  status: 'nominated',
  version: 1,
  filedBy: null,
  citation:
    'Đồng chí Nguyễn Văn An đổi mới phương pháp giảng dạy, được ba lớp học viên đánh giá cao; bài giảng được nhân rộng trong toàn Viện.',
  nominatedBy: binh,
  nominatedAt: '2024-07-03T02:00:00Z',
  consentedAt: null,
  evidence: true,
  decidedBy: null,
  decidedAt: null,
  withdrawnAt: null,
  reason: null,
  ...values,
});

function exemplarMessages() {
  const none = {
    read: true,
    inner: true,
    consent: false,
    decide: false,
    edit: false,
    withdraw: false,
  };
  const approved = exemplar({
    status: 'approved',
    version: 3,
    decidedBy: hanh,
    decidedAt: '2024-07-05T02:00:00Z',
  });
  const list = {
    total: 2,
    lines: [approved, exemplar({ id: 15, status: 'consented' })],
    offset: 0,
  };
  return {
    'exemplar-consent': exemplarMessage(
      vi,
      exemplar(),
      { ...none, consent: true, withdraw: true },
      campaign,
      true,
    ),
    'exemplar-decide': exemplarMessage(
      vi,
      exemplar({ status: 'consented', version: 2 }),
      { ...none, decide: true, edit: true, withdraw: true },
      campaign,
      true,
    ),
    'exemplar-press': publishedMessage(
      vi,
      approved,
      reportView({ id: 1201, title: approved.title }),
      campaign,
    ),
    'exemplar-refused': exemplarNotice(
      vi,
      'refused',
      exemplar({ status: 'refused', reason: 'Đã có điển hình cùng nội dung trong tháng.' }),
      hanh.name,
    ),
    exemplars: exemplarsMessage(vi, {
      ...list,
      counts: { personal: 12, collective: 3 },
      nominates: true,
      onlyCounts: false,
    }),
    'exemplars-finance': exemplarsMessage(vi, {
      ...list,
      lines: [],
      total: 0,
      counts: { personal: 12, collective: 3 },
      nominates: false,
      onlyCounts: true,
    }),
  };
}

function ticketMessages() {
  const asked = ticketView({
    author: an,
    messages: [
      {
        author: an,
        at: '2024-07-05T02:00:00Z',
        text: 'Báo cáo của tôi gửi từ ngày 24/06 đến nay chưa được xác nhận, đề nghị xem xét.',
      },
    ],
    words: 'Báo cáo của tôi gửi từ ngày 24/06 đến nay chưa được xác nhận, đề nghị xem xét.',
  });
  const answered = {
    ...asked,
    status: 'answered' as const,
    version: 4,
    messages: [
      ...asked.messages,
      {
        author: hanh,
        at: '2024-07-08T02:30:00Z',
        text: 'Thường trực đã đề nghị đơn vị xác nhận trước ngày 12/07/2024.',
      },
    ],
  };
  return {
    ticket: ackMessage(vi, asked),
    'ticket-office': ticketMessage(vi, asked, 'office', campaign),
    'ticket-author': ticketMessage(vi, answered, 'author', campaign),
    'ticket-answered': answerNotice(vi, answered),
    'ticket-answered-english': answerNotice(en, answered),
    'ticket-escalated': escalatedMessage(vi, asked, 'lead'),
    tickets: ownTicketsMessage(
      vi,
      { total: 1, lines: [answered], offset: 0, answers: 4 },
      campaign,
    ),
    'ticket-queue': ticketQueueMessage(
      vi,
      {
        total: 2,
        lines: [asked, { ...asked, id: 13, about: 'system', unit: null, dueOn: '2024-07-04' }],
        offset: 0,
      },
      '2024-07-05',
    ),
  };
}

const remark = (values: Partial<RemarkView> = {}): RemarkView => ({
  id: 31,
  item: 'cn.1',
  unit: lsd,
  person: an,
  text: 'Chấp hành tốt giờ giấc; chủ động giúp đỡ đồng nghiệp mới.',
  by: binh,
  at: '2024-07-04T02:00:00Z',
  withdrawnAt: null,
  ...values,
});

const ITEMS = { 'cn.2': 40, 'cn.5': 12 };

function unitMessages() {
  const told = remark();
  const page = { total: 1, lines: [told], offset: 0 };
  const pledge = {
    unitId: 1,
    version: 2,
    text: 'Toàn Viện đăng ký 40 kết quả nghiên cứu, giảng dạy và 12 sáng kiến chào mừng 75 năm truyền thống Học viện.',
    targets: ITEMS,
    byName: an.name,
    registeredAt: '2024-03-11T02:00:00Z',
    changedAt: '2024-03-20T02:00:00Z',
  };
  const filed = reportView({
    id: 1240,
    kind: 'collective',
    item: 'rt.3a',
    title: 'Tổ chức hội thảo khoa học cấp Viện',
  });
  const signed = { ...filed, signedBy: binh, signedAt: '2024-07-05T02:00:00Z' };
  const change = { from: triet, to: lsd, on: '2024-08-01' };
  return {
    'remark-told': remarkNotice(vi, 'written', told, campaign),
    remarks: remarksMenu(vi, page, [lsd], campaign),
    'remarks-own': ownRemarks(vi, page, campaign),
    pledge: pledgeMessage(
      vi,
      {
        unit: lsd,
        pledge,
        verified: { 'cn.2': 18, 'cn.5': 6 },
        today: '2024-07-05',
        writes: true,
        all: true,
      },
      campaign,
    ),
    'pledge-none': pledgeMessage(
      vi,
      {
        unit: lsd,
        pledge: null,
        verified: {},
        today: campaign.pledgesUntil,
        writes: true,
        all: false,
      },
      campaign,
    ),
    'pledge-post': pledgePost(vi, lsd, pledge, campaign),
    pledges: pledgesMessage(
      vi,
      [
        { unit: lsd, registered: true },
        { unit: triet, registered: false },
      ],
      [],
      '2024-07-05',
      campaign,
    ),
    'unit-report-sign': verificationRequest(vi, filed, { campaign }),
    'unit-report-decide': verificationRequest(vi, signed, { campaign }),
    'unit-report-signed': verificationOutcome(vi, signed, { campaign, viewerId: 20 }),
    'unit-report-returned': decisionNotice(
      vi,
      {
        ...signed,
        status: 'returned',
        decidedBy: hanh,
        decidedAt: '2024-07-06T02:00:00Z',
        reason: 'Đề nghị bổ sung kỷ yếu hội thảo.',
      },
      'author',
      'returned',
    ),
    'proxy-verified': decisionNotice(
      vi,
      reportView({
        id: 1250,
        status: 'verified',
        author: { id: 41, name: 'Lò Văn Pành' },
        filedBy: an,
        decidedBy: binh,
        decidedAt: '2024-07-06T02:00:00Z',
      }),
      'filer',
      'verified',
    ),
    moved: movedMessage(vi, change),
    'merged-leader': mergedLeaderMessage(vi, change, false),
  };
}

export const voiceSamples = () => ({
  ...exemplarMessages(),
  ...ticketMessages(),
  ...unitMessages(),
});
