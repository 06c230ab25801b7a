/** A person who reports, with a head, and a colleague to be found by name. */
import type { Recipient } from '../../src/engine/turn-context.ts';
import { coauthorFeature } from '../../src/flows/co-author/feature.ts';
import { createDispatch } from '../../src/flows/dispatch.ts';
import { ownReportsFeature } from '../../src/flows/own-reports/feature.ts';
import { reportFeature } from '../../src/flows/report/feature.ts';
import { Conversation, type ConversationOptions, personView, unitView } from './conversation.ts';

const handler = createDispatch([
  { commands: { trogiup: async () => ({ writes: [], sends: [], ack: {} }) } },
  reportFeature,
  ownReportsFeature,
  coauthorFeature,
]);

export const recipient = (personId: number, name: string, reachable = true): Recipient => ({
  personId,
  name,
  language: 'vi',
  address: reachable ? { platform: 'test', tenant: 't', chat: `c${personId}` } : null,
});
const HEAD = recipient(20, 'Trần Thị Bình');
export const BINH = {
  id: 31,
  name: 'Lê Văn Bính',
  unit: unitView({ id: 2, nameVi: 'Vụ Kế hoạch' }),
  exact: true,
  taken: false,
  conversation: 0,
};

export const startReporting = (options: Partial<ConversationOptions> = {}) =>
  new Conversation({
    handler,
    ...options,
    reads: {
      nextReportNumber: async () => 1234,
      ownParts: async () => ({ unit: 0, for: 0, remarks: 0 }),
      verifiersOf: async () => [HEAD],
      recipients: async (ids) => ids.map((id) => recipient(id, `Đồng chí ${id}`)),
      findPeople: async () => [BINH],
      person: async (id) =>
        id === BINH.id
          ? personView({
              id,
              name: BINH.name,
              membership: { unit: BINH.unit, audience: 'staff' },
            })
          : null,
      ...options.reads,
    },
  });

/** Up to the evidence question. */
export async function untilEvidence(chat: Conversation): Promise<void> {
  await chat.command('baocao');
  await chat.press('Hoàn thành xuất sắc');
  await chat.say('Biên soạn giáo trình');
  await chat.say('Hoàn thành bản thảo 120 trang, được nghiệm thu.');
  await chat.press('Hôm nay');
}

export async function untilSummary(chat: Conversation): Promise<void> {
  await untilEvidence(chat);
  await chat.say('Quyết định 12/QĐ-HV ngày 01/07/2024');
  await chat.press('Xong');
  await chat.press('Bỏ qua');
}
