import { describe, expect, it } from 'vitest';
import { Message } from '../../../src/chat/index.ts';
import { ROLES } from '../../../src/db/schema.ts';
import type { EnrolmentRequestView } from '../../../src/engine/reads.ts';
import {
  codeMessage,
  consentGiven,
  consentMessage,
  consentRefused,
  enrolmentOutcome,
  enrolmentRequestMessage,
  greetingMessage,
  privateChatMessage,
  refusedMessage,
  waitingMessage,
} from '../../../src/messages/enrol.ts';
import { helpMessage, languageMessage, menuMessage } from '../../../src/messages/help.ts';
import { LANGUAGES } from '../../../src/messages/language.ts';
import {
  chooseUnit,
  confirmRelink,
  joinedMessage,
  linkedMessage,
} from '../../../src/messages/rooms.ts';
import {
  authorNotice,
  coAuthorNotice,
  evidenceMessage,
  queueMessage,
  verificationCopy,
  verificationOutcome,
  verificationRequest,
} from '../../../src/messages/verification.ts';
import { buttonsOf, campaign, readable, texts, unitView } from '../../support/conversation.ts';
import { reportView } from '../../support/report-view.ts';

const unit = unitView();
const other = unitView({ id: 2, nameVi: 'Trường Bến Tre', nameEn: 'Ben Tre School' });
/** Large ids make the longest buttons; a thousand must not be read as `1.234`. */
const report = reportView({ id: 123_456_789, version: 999_999_999 });
const decided = (status: 'verified' | 'returned' | 'rejected' | 'revoked') =>
  reportView({
    id: 1234,
    status,
    decidedBy: { id: 9, name: 'Trần Thị Bình' },
    decidedAt: '2024-07-05T09:30:00Z',
    reason: status === 'verified' ? null : 'Thiếu minh chứng',
  });
const request: EnrolmentRequestView = {
  id: 123_456_789,
  version: 999_999_999,
  status: 'waiting',
  identity: { platform: 'telegram', tenant: '1', user: '2' },
  displayName: 'An',
  address: { platform: 'telegram', tenant: '1', chat: '2' },
  language: 'vi',
  person: { id: 7, name: 'Nguyễn Văn An', taken: false, conversation: 0 },
  unit,
  decidedByName: null,
};

describe.each(LANGUAGES)('messages in %s', (language) => {
  const say = texts[language];
  const code = '0123456789ABCDEF';
  const start = language === 'vi' ? '“bắt đầu”' : '“start”';
  const unitName = language === 'vi' ? 'Viện Lịch sử Đảng' : 'Institute of Party History';
  const line = { ...report, authorName: report.author.name, collective: null };

  it('are well formed, whatever the ids, and name what they are about', () => {
    const about: [Message, ...string[]][] = [
      [consentMessage(say, campaign, code, 'en'), campaign.name[language]],
      [consentGiven(say, campaign), campaign.organisation[language]],
      [consentRefused(say, code), start],
      [codeMessage(say, true, 'Problem.'), 'Problem.'],
      [
        greetingMessage(say, { name: 'An', unit, roles: ['enrolled', 'member', 'head'] }),
        'An',
        unitName,
        '/choxacnhan',
      ],
      [
        greetingMessage(say, { name: 'An', unit: null, roles: ['enrolled', 'office'] }),
        'An',
        '/vanphong',
      ],
      [waitingMessage(say, request, true), 'Nguyễn Văn An', unitName],
      [enrolmentRequestMessage(say, request), 'Nguyễn Văn An', unitName, 'An (Telegram)'],
      [enrolmentOutcome(say, { ...request, status: 'refused', decidedByName: 'Bình' }), 'Bình'],
      [refusedMessage(say, request), 'Nguyễn Văn An', start],
      [privateChatMessage(say, 'https://t.me/b')],
      [verificationRequest(say, report, { campaign, note: 'Changed.' }), 'Changed.', report.title],
      [evidenceMessage(say, report), 'Quyết định 12'],
      [
        menuMessage(say, {
          name: 'An',
          unit: unitName,
          roles: ['enrolled', 'office'],
          stage: 'Giai đoạn 1',
        }),
        'An',
        unitName,
      ],
      [languageMessage(say), 'language', 'ngôn ngữ'],
      [joinedMessage(say, { linked: null, units: [unit, other], office: false, url: null })],
      [
        joinedMessage(say, { linked: unit, units: [], office: true, url: 'https://t.me/b' }),
        unitName,
      ],
      [chooseUnit(say, [unit, other])],
      [confirmRelink(say, other, unit), unitName],
      [linkedMessage(say, unit, true), unitName],
      [
        queueMessage(
          say,
          {
            total: 9,
            toSign: 0,
            reports: [line],
            oldestDays: 3,
            enrolments: [request],
            enrolmentTotal: 1,
          },
          campaign,
        ),
        '9',
        '3',
        report.title,
        'Nguyễn Văn An',
      ],
      ...(['guest', 'enrolled', 'group', ...ROLES] as const).map((role): [Message, string] => [
        helpMessage(say, [role], campaign, { forms: true }),
        campaign.name[language],
      ]),
    ];
    for (const [message, ...words] of about) {
      expect(() => Message.parse(message)).not.toThrow();
      for (const word of words) expect(readable(message)).toContain(word);
    }
  });

  it.each(['verified', 'returned', 'rejected', 'revoked'] as const)(
    'of a %s report say by whom, when and why, and call it by its bare number',
    (status) => {
      const time = language === 'vi' ? '16 giờ 30, 05/07/2024' : '16:30, 5 July 2024';
      const copy = verificationCopy(say, decided(status), { campaign });
      expect(readable(copy)).toContain('Trần Thị Bình');
      expect(readable(copy)).toContain(time);
      expect(readable(copy)).toContain('1234');
      expect(copy.buttons).toBeUndefined();
      const told = authorNotice(say, decided(status));
      expect(readable(told)).toContain('1234');
      expect(readable(told).includes('Thiếu minh chứng')).toBe(status !== 'verified');
      expect(buttonsOf(told).map(({ action }) => action)).toEqual(
        status === 'returned' ? ['rep:1234:amend'] : [],
      );
      Message.parse(copy);
      Message.parse(told);
      if (status !== 'returned')
        expect(readable(coAuthorNotice(say, decided(status)))).toContain('Nguyễn Văn An');
    },
  );

  it('let only the one who verified revoke', () => {
    const revokes = (viewerId: number | null) =>
      buttonsOf(verificationOutcome(say, decided('verified'), { campaign, viewerId })).some(
        ({ action }) => action.endsWith(':k'),
      );
    expect([revokes(9), revokes(8), revokes(null)]).toEqual([true, false, false]);
  });

  it('of a withdrawn report offer nothing', () => {
    const copy = verificationCopy(say, reportView({ status: 'withdrawn' }), { campaign });
    expect(copy.buttons).toBeUndefined();
    expect(readable(copy)).toContain(language === 'vi' ? 'đã rút báo cáo' : 'withdrawn');
  });
});
