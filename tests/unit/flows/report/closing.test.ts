/** Reporting around the campaign's end, and items that are reported once in each stage. */
import { describe, expect, it } from 'vitest';
import type { LateTarget } from '../../../../src/engine/late-reads.ts';
import type { ReportView } from '../../../../src/engine/reads.ts';
import { campaign, personView, unitView } from '../../../support/conversation.ts';
import { startReporting, untilSummary } from '../../../support/report-chat.ts';
import { startWithForms, VALID } from '../../../support/report-form.ts';
import { reportView } from '../../../support/report-view.ts';

const DURING = '2024-12-30T03:00:00Z';
/** The campaign is over, its reports are taken for another week. */
const ENDING = '2025-01-08T03:00:00Z';
const CLOSED = '2025-01-13T03:00:00Z';

describe('after the campaign’s last day', () => {
  it('a report of work done in it counts in its last week', async () => {
    const chat = startWithForms({ now: ENDING });
    await chat.slash('baocao');
    await chat.submit({ ...VALID, date: '2024-12-31' });
    expect(chat.rows('report')).toMatchObject([
      { doneOn: '2024-12-31', week: '2024-12-30', submittedAt: ENDING },
    ]);
  });

  it('work done later is refused, and today is not offered', async () => {
    const chat = startReporting({ now: ENDING });
    await chat.command('baocao');
    await chat.press('Hoàn thành xuất sắc');
    await chat.say('Biên soạn giáo trình');
    await chat.say('Đã nghiệm thu.');
    expect(chat.labels().filter((label) => label.includes('Hôm'))).toEqual([]);
    await chat.say('2/1/2025');
    expect(chat.last).toContain('ngoài thời gian phong trào');
    await chat.say('30/12');
    expect(chat.state.active?.answers.date?.value).toBe('2024-12-30');
  });
});

describe('after the close', () => {
  it('nobody begins a report, and is told whom to ask', async () => {
    const chat = startReporting({ now: CLOSED });
    await chat.command('baocao');
    expect(chat.last).toContain('kết thúc nhận báo cáo từ sau ngày 10/01/2025');
    expect(chat.last).toContain('Thường trực Hội đồng');
    expect(chat.state.active).toBeNull();
  });

  it('leave of the person or of their unit lets them', async () => {
    const asked: unknown[] = [];
    const chat = startReporting({
      now: CLOSED,
      reads: {
        async leaveOf(...args: [string, LateTarget, string]) {
          asked.push(args);
          return '2025-01-16';
        },
      },
    });
    await chat.command('baocao');
    expect(chat.labels().length).toBeGreaterThan(1);
    expect(asked).toEqual([['75-nam', { personId: 7, unitId: 1 }, '2025-01-13']]);
  });

  it('leave is not asked for before it is needed', async () => {
    const reads = { leaveOf: () => Promise.reject(new Error('asked')) };
    for (const now of [DURING, ENDING]) {
      const chat = startReporting({ now, reads });
      await chat.command('baocao');
      expect(chat.state.active?.flow).toBe('report');
    }
  });

  it('a draft begun in time is refused but kept, and sent once there is leave', async () => {
    let leave: string | null = null;
    const chat = startReporting({ now: DURING, reads: { leaveOf: async () => leave } });
    await untilSummary(chat);
    chat.now = CLOSED;
    await chat.press('Gửi');
    expect(chat.last).toContain('kết thúc nhận báo cáo');
    expect(chat.rows('report')).toEqual([]);
    expect(chat.state.active?.answers.title?.value).toBe('Biên soạn giáo trình');
    leave = '2025-01-20';
    await chat.press('Gửi');
    expect(chat.rows('report')).toMatchObject([{ week: '2024-12-30', doneOn: '2024-12-30' }]);
  });

  const waiting = (values: Partial<ReportView> = {}) =>
    reportView({ id: 12, status: 'submitted', author: { id: 7, name: 'An' }, ...values });

  it('a returned report is sent again by leave only', async () => {
    const chat = startReporting({
      now: CLOSED,
      reads: { report: async () => waiting({ status: 'returned', reason: 'thiếu' }) },
    });
    await chat.pressAction('rep:12:amend');
    expect(chat.answer).toContain('kết thúc nhận báo cáo');
    expect(chat.state.active).toBeNull();
  });

  it('a message changed afterwards changes nothing of what was sent', async () => {
    const report = waiting();
    const chat = startReporting({
      now: CLOSED,
      reads: { reportBySource: async () => ({ report, answer: 'title' }) },
    });
    await chat.change(chat.ref(), 'Tên khác');
    expect(chat.answer).toContain('kết thúc nhận báo cáo');
    expect(chat.decision.writes).toEqual([]);
  });
});

describe('an item of status', () => {
  const student = personView({ membership: { unit: unitView(), audience: 'student' } });

  it('is looked for in the stage in which the work was done', async () => {
    const asked: unknown[] = [];
    const chat = startWithForms({
      person: student,
      now: '2024-08-03T03:00:00Z',
      reads: {
        async standingReport(...args) {
          asked.push(args[2]);
          return null;
        },
      },
    });
    for (const date of ['2024-07-31', '2024-08-01']) {
      await chat.slash('baocao');
      await chat.submit({ ...VALID, item: 'hv.2', date });
      expect(chat.rows('report')).toHaveLength(1);
    }
    expect(asked).toEqual([
      { from: '2024-03-01', to: '2024-07-31' },
      { from: '2024-08-01', to: '2024-12-31' },
    ]);
  });

  it('is not moved into another stage by changing the message that gave its day', async () => {
    const report = reportView({
      id: 12,
      item: 'hv.2',
      status: 'submitted',
      doneOn: '2024-07-30',
      author: { id: 7, name: 'An' },
    });
    const chat = startReporting({
      person: student,
      now: '2024-08-03T03:00:00Z',
      reads: {
        copiesOf: async () => [],
        reportBySource: async () => ({ report, answer: 'date' }),
        standingReport: async (_author, _item, { from }) => (from === '2024-08-01' ? 33 : null),
      },
    });
    await chat.change(chat.ref(), '1/8');
    expect(chat.answer).toContain('Giai đoạn 2 (tổng kết) đã có báo cáo 33');
    expect(chat.decision.writes).toEqual([]);
    await chat.change(chat.ref(), '29/7');
    expect(chat.changes('report')).toMatchObject([{ set: { doneOn: '2024-07-29' } }]);
  });

  it('of a campaign of one stage is once in the campaign', async () => {
    const one = { ...campaign, stages: campaign.stages.slice(-1) };
    const chat = startWithForms({
      person: student,
      campaign: one,
      reads: { standingReport: async () => 33 },
    });
    await chat.slash('baocao');
    await chat.submit({ ...VALID, item: 'hv.2' });
    expect(chat.ack.fieldErrors?.item).toContain('một lần trong phong trào');
  });
});
