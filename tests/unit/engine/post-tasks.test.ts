import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Outgoing } from '../../../src/engine/decision.ts';
import { postTasks } from '../../../src/engine/post-tasks.ts';
import { plainMessage } from '../../../src/messages/flow.ts';
import { readable, texts } from '../../support/conversation.ts';
import { place } from '../../support/ticket-view.ts';

describe('a preview', () => {
  it('counts what is for its reader alone, and does not show it', async () => {
    const sends: Outgoing[] = [
      { to: place('c1'), message: plainMessage(['Phản ánh 12 quá hạn']), confidential: true },
      { to: place('c2'), message: plainMessage(['Bảng kết quả tuần']) },
    ];
    const scheduler = { preview: async () => sends, runNow: async () => undefined };
    const tasks = postTasks<null>({ scheduler: () => scheduler, texts });
    const payload = {
      does: 'preview',
      schedule: 'ticket-escalation',
      at: '2024-07-08T01:00:00Z',
      to: place('c7'),
      personId: 7,
      language: 'vi',
    };
    const done = await tasks['post-preview'].run(payload, null, Temporal.Instant.from(payload.at));
    const said = (done.sends ?? []).map(({ message }) => readable(message)).join('\n');
    expect(said).toContain('2 tin');
    expect(said).toContain('Bảng kết quả tuần');
    expect(said).not.toContain('Phản ánh 12');
  });
});
