/** The bot's own forms as modals that Slack takes, also when everything in them is as long as it gets. */
import { describe, expect, it } from 'vitest';
import { formView } from '../../../../adapters/slack/views.ts';
import type { Form } from '../../../../src/chat/index.ts';
import { createDispatch } from '../../../../src/flows/dispatch.ts';
import { verifyFeature } from '../../../../src/flows/verify/feature.ts';
import { viewComplaints } from '../../../fakes/slack/views.ts';
import { Conversation, campaign, personView, unitView } from '../../../support/conversation.ts';
import { recipient } from '../../../support/report-chat.ts';
import { startWithForms } from '../../../support/report-form.ts';
import { reportView } from '../../../support/report-view.ts';

const complaints = (form: Form | null): string[] => {
  if (!form) return ['no form was opened'];
  return viewComplaints(
    formView(form, 'D0123456789', { title: 'Thi đua', close: 'Đóng' }),
    'modal',
  );
};

describe('the report form', () => {
  it.each(['staff', 'student'] as const)('of %s', async (audience) => {
    const membership = { unit: unitView(), audience };
    for (const language of ['vi', 'en'] as const) {
      const chat = startWithForms({ person: personView({ membership, language }) });
      await chat.slash('baocao', 'Giờ giảng tốt');
      expect(complaints(chat.form)).toEqual([]);
    }
  });

  it('with a hundred long items', async () => {
    const some = campaign.items.find(
      ({ audience, mode }) => audience === 'staff' && mode === 'count',
    );
    if (!some) throw new Error('the campaign has no item for staff');
    const label = { vi: 'Nội dung thi đua rất dài '.repeat(5), en: 'A very long item '.repeat(6) };
    const items = Array.from({ length: 100 }, (_, n) => ({ ...some, id: `x.${n}`, label }));
    const chat = startWithForms({ campaign: { ...campaign, items } });
    await chat.slash('baocao');
    expect(complaints(chat.form)).toEqual([]);
  });

  it('of a report with ten files, nine people and five likely duplicates', async () => {
    const file = (n: number) => ({
      id: n,
      kind: 'media' as const,
      text: null,
      mediaId: `0b1c2d3e-0000-4000-8000-00000000000${n}`,
      name: `${'ảnh chụp '.repeat(30)}${n}.jpg`,
      mime: 'image/jpeg',
      sha256: null,
      failure: null,
    });
    const report = reportView({
      status: 'verified',
      evidence: Array.from({ length: 10 }, (_, n) => file(n)),
      contributors: Array.from({ length: 9 }, (_, n) => ({
        personId: 100 + n,
        name: `Nguyễn Thị Người Thứ ${n}`,
        unitId: 1,
        answer: 'waiting' as const,
      })),
    });
    const chat = startWithForms({
      reads: {
        report: async () => report,
        similarReports: async () =>
          Array.from({ length: 5 }, (_, n) => ({
            id: 999_999_990 + n,
            item: 'cn.2',
            title: 'Giáo trình '.repeat(10).trim(),
            doneOn: '2024-07-01',
            status: 'submitted' as const,
            submittedAt: '2024-07-01T00:00:00Z',
            authorName: 'Lê Văn Bính',
            collective: null,
          })),
      },
    });
    await chat.pressAction('rep:12:amend');
    expect(complaints(chat.form)).toEqual([]);
  });
});

it('the form of a reason', async () => {
  const chat = new Conversation({
    handler: createDispatch([verifyFeature]),
    person: personView({ grants: [{ role: 'head', unitId: 1 }] }),
    abilities: { forms: true },
    reads: {
      report: async () => reportView({ author: { id: 20, name: 'Nguyễn Văn An' } }),
      verifiersOf: async () => [recipient(7, 'Trần Thị Bình')],
    },
  });
  for (const verb of ['r', 'j']) {
    await chat.pressAction(`ver:12:3:${verb}`);
    expect(complaints(chat.form)).toEqual([]);
  }
});
