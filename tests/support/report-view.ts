/** A report as the reads give it, with everything a test does not care about filled in. */
import type { ReportView } from '../../src/engine/reads.ts';
import { unitView } from './conversation.ts';

export const reportView = (values: Partial<ReportView> = {}): ReportView => ({
  id: 12,
  kind: 'personal',
  item: 'cn.2',
  author: { id: 7, name: 'Nguyễn Văn An' },
  filedBy: null,
  signedBy: null,
  signedAt: null,
  unit: unitView(),
  title: 'Biên soạn giáo trình',
  description: 'Hoàn thành bản thảo.',
  doneOn: '2024-07-01',
  status: 'submitted',
  version: 3,
  week: '2024-07-01',
  submittedAt: '2024-07-02T03:00:00Z',
  decidedAt: null,
  decidedBy: null,
  reason: null,
  sources: {},
  evidence: [
    {
      id: 1,
      kind: 'document',
      text: 'Quyết định 12',
      mediaId: null,
      name: null,
      mime: null,
      sha256: null,
      failure: null,
    },
  ],
  contributors: [],
  ...values,
});
