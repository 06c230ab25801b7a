/** Announcements and events: as they are written, as they go out, and as people receive them. */
import type { AnnouncementView } from '../../src/engine/announcement-reads.ts';
import {
  announcementCard,
  announcementList,
  answerersMessage,
  cancelQuestion,
  reviewBlocks,
} from '../../src/messages/announce/office.ts';
import {
  announcementMessage,
  calendarMessage,
  calledOffMessage,
  reminderMessage,
} from '../../src/messages/announce/people.ts';
import { campaign, texts, unitView } from './conversation.ts';

const { vi, en } = texts;
const { zone } = campaign;
const lsd = unitView();
const triet = unitView({ id: 2, nameVi: 'Viện Triết học', nameEn: 'Institute of Philosophy' });
const hanh = { id: 3, name: 'Đoàn Thị Minh Hạnh' };

const announced = (values: Partial<AnnouncementView> = {}): AnnouncementView => ({
  id: 12,
  kind: 'notice',
  title: 'Về việc đăng ký thi đua đợt 2',
  body: 'Thường trực Hội đồng đề nghị các đơn vị hoàn thành đăng ký thi đua đợt 2 trước ngày 31/07/2024.\nĐầu mối đơn vị gõ /dangky để đăng ký.',
  addressees: { scope: 'everybody' },
  status: 'sending',
  version: 2,
  author: hanh,
  sendAt: null,
  total: 3000,
  eventAt: null,
  eventPlace: null,
  remindAt: null,
  ...values,
});

const seminar = announced({
  id: 13,
  kind: 'event',
  title: 'Tọa đàm “75 năm truyền thống Học viện”',
  body: 'Trân trọng kính mời đồng chí dự tọa đàm. Đề nghị đồng chí chuẩn bị ý kiến về đổi mới công tác giảng dạy.',
  status: 'sent',
  eventAt: '2024-07-18T01:30:00Z',
  eventPlace: 'Hội trường A, Trung tâm Học viện',
  remindAt: '2024-07-17T02:00:00Z',
  total: 120,
});

export function announcementSamples() {
  const none = { answers: null, over: false };
  const progress = { total: 3000, sent: 1240, unreachable: 12, waiting: 1748 };
  const counts = { yes: 64, maybe: 12, no: 9, silent: 35 };
  const planned = announced({
    id: 14,
    title: 'Phát động thi đua nước rút',
    kind: 'launch',
    status: 'scheduled',
    sendAt: '2024-07-08T01:00:00Z',
    total: null,
  });
  return {
    announcements: announcementList(
      vi,
      { total: 3, lines: [planned, seminar, announced()] },
      0,
      zone,
    ),
    'announcement-preview': {
      notice: vi('announce-preview'),
      blocks: reviewBlocks(
        vi,
        texts,
        seminar,
        { total: 120, reachable: 108, rooms: false, offHours: true },
        zone,
      ),
    },
    'announcement-progress': announcementCard(
      vi,
      { announcement: announced(), progress, ...none },
      campaign,
    ),
    'announcement-stopped': announcementCard(
      vi,
      {
        announcement: announced({ status: 'stopped' }),
        progress: { ...progress, waiting: 0 },
        ...none,
      },
      campaign,
    ),
    'announcement-planned': announcementCard(
      vi,
      {
        announcement: planned,
        progress: { total: 0, sent: 0, unreachable: 0, waiting: 0 },
        ...none,
      },
      campaign,
    ),
    'announcement-event': announcementCard(
      vi,
      {
        announcement: seminar,
        progress: { total: 120, sent: 117, unreachable: 3, waiting: 0 },
        answers: counts,
        over: false,
      },
      campaign,
    ),
    'announcement-cancel': cancelQuestion(vi, seminar),
    answerers: answerersMessage(
      vi,
      seminar,
      'yes',
      {
        total: 64,
        lines: [
          { name: 'Đỗ Văn Ân', unit: lsd },
          { name: 'Lý Thị Mỹ Hạnh', unit: triet },
        ],
      },
      0,
    ),
    announcement: announcementMessage(vi, announced(), zone),
    invitation: announcementMessage(vi, seminar, zone),
    'invitation-english': announcementMessage(en, seminar, zone, 'yes'),
    'event-reminder': reminderMessage(vi, seminar, zone),
    'event-called-off': calledOffMessage(vi, seminar, zone),
    calendar: calendarMessage(
      vi,
      [{ announcement: seminar, invited: true, answer: 'maybe', yes: 64 }],
      false,
      zone,
    ),
  };
}
