import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/campaign/calendar.ts';
import { loadCampaign } from '../../../src/campaign/load.ts';
import { stageOf, stageSpan, stageState } from '../../../src/campaign/stages.ts';
import type { Campaign } from '../../../src/campaign/types.ts';

type Staged = Pick<Campaign, 'stages' | 'period'>;

const staged = (from: string, ...ends: string[]): Staged => ({
  period: { from, to: ends.at(-1) ?? from },
  stages: ends.map((to, i) => ({ id: `s${i}`, name: { vi: `Đợt ${i}`, en: `Stage ${i}` }, to })),
});

const two = staged('2024-03-01', '2024-07-31', '2024-12-31');
const [first, second] = two.stages as [Campaign['stages'][0], Campaign['stages'][0]];

describe('the stages of the shipped campaign', () => {
  it('are an interim and a final one, each up to its review', () => {
    const campaign = loadCampaign();
    expect(campaign.stages.map((stage) => stageSpan(campaign, stage))).toEqual([
      { from: '2024-03-01', to: '2024-07-31' },
      { from: '2024-08-01', to: '2024-12-31' },
    ]);
  });
});

describe('a day', () => {
  it('belongs to the stage whose last day it is, and the day after to the next', () => {
    expect(stageOf(two, '2024-07-31').id).toBe('s0');
    expect(stageOf(two, '2024-08-01').id).toBe('s1');
  });

  it('before the campaign counts to the first stage, one after it to the last', () => {
    expect(stageOf(two, '2024-01-01').id).toBe('s0');
    expect(stageOf(two, '2025-01-09').id).toBe('s1');
  });

  it('of the campaign lies in exactly one stage, the one it belongs to', () => {
    const campaigns = fc
      .array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 6 })
      .map((lengths) => {
        let day = '2024-03-01';
        const ends = lengths.map((length) => {
          const end = addDays(day, length - 1);
          day = addDays(end, 1);
          return end;
        });
        return staged('2024-03-01', ...ends);
      });
    fc.assert(
      fc.property(campaigns, fc.nat(600), (campaign, offset) => {
        const day = addDays(campaign.period.from, offset);
        fc.pre(day <= campaign.period.to);
        const around = campaign.stages.filter((stage) => {
          const { from, to } = stageSpan(campaign, stage);
          return from <= day && day <= to;
        });
        expect(around).toEqual([stageOf(campaign, day)]);
        const states = campaign.stages.map((stage) => stageState(campaign, stage, day).state);
        const under = states.filter((state) => state === 'open' || state === 'closing');
        expect(under).toHaveLength(1);
        // What is over comes first, what is ahead last.
        const order = ['closed', 'open', 'closing', 'ahead'];
        expect(states).toEqual([...states].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
      }),
    );
  });
});

describe('a stage', () => {
  it('is ahead, then open, closing from its last two weeks on, and closed the day after', () => {
    const states = (day: string) => two.stages.map((stage) => stageState(two, stage, day));
    expect(states('2024-03-01')).toEqual([{ state: 'open' }, { state: 'ahead' }]);
    expect(stageState(two, first, '2024-07-17')).toEqual({ state: 'open' });
    expect(stageState(two, first, '2024-07-18')).toEqual({ state: 'closing', daysLeft: 13 });
    expect(stageState(two, first, '2024-07-31')).toEqual({ state: 'closing', daysLeft: 0 });
    expect(states('2024-08-01')).toEqual([{ state: 'closed' }, { state: 'open' }]);
    expect(stageState(two, second, '2025-01-01')).toEqual({ state: 'closed' });
    expect(stageState(two, first, '2024-02-29')).toEqual({ state: 'ahead' });
  });
});
