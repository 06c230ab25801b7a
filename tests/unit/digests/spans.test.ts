import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../src/campaign/types.ts';
import { periodKeys, spansOf } from '../../../src/digests/spans.ts';
import { campaign as base } from '../../support/standings-week.ts';

/** 1 March 2024 is a Friday; 31 July a Wednesday; 31 December a Tuesday. */
const campaign: Campaign = {
  ...base,
  stages: [
    { id: 'so-ket', name: { vi: 'Sơ kết', en: 'Interim' }, to: '2024-07-31' },
    { id: 'tong-ket', name: { vi: 'Tổng kết', en: 'Final' }, to: '2024-12-31' },
  ],
};
const spans = (key: string, thisWeek: string) => spansOf(campaign, key, thisWeek);

describe('weeks of a period', () => {
  it('belong to the stage their Monday lies in, the first to the first stage', () => {
    expect(spans('s0', '2024-12-30')?.weeks).toEqual({ first: '2024-02-26', last: '2024-07-29' });
    expect(spans('s1', '2025-01-06')?.weeks).toEqual({ first: '2024-08-05', last: '2024-12-30' });
    expect(spans('all', '2025-01-06')?.weeks).toEqual({ first: '2024-02-26', last: '2024-12-30' });
  });

  it('end with the running one, which is in no trend', () => {
    const running = spans('s1', '2024-09-02');
    expect(running).toMatchObject({
      period: { running: true, stage: 'tong-ket', from: '2024-08-01', to: '2024-12-31' },
      weeks: { last: '2024-09-02' },
      before: { first: '2024-02-26', last: '2024-07-29' },
      trend: { last: '2024-08-26' },
    });
    expect(spans('s0', '2024-09-02')?.period).toMatchObject({ running: false });
    expect(spans('s0', '2024-09-02')?.before).toBeNull();
  });

  it('are compared with the week before, but for the campaign’s first', () => {
    expect(spans('last', '2024-03-04')).toMatchObject({
      weeks: { first: '2024-02-26', last: '2024-02-26' },
      before: null,
      trend: { first: '2024-02-26', last: '2024-02-26' },
    });
    expect(spans('now', '2024-03-04')).toMatchObject({
      period: { running: true, number: 2 },
      before: { first: '2024-02-26' },
    });
    const twelve = spans('last', '2024-09-09')?.trend;
    expect(twelve).toEqual({ first: '2024-06-17', last: '2024-09-02' });
  });
});

describe('periods to choose from', () => {
  it('are those that have begun', () => {
    expect(periodKeys(campaign, '2024-02-19')).toEqual([]);
    expect(periodKeys(campaign, '2024-02-26')).toEqual(['now', 's0', 'all']);
    expect(periodKeys(campaign, '2024-08-05')).toEqual(['last', 'now', 's0', 's1', 'all']);
    // Over: no week runs any more, but the last one is last week for another week.
    expect(periodKeys(campaign, '2025-01-06')).toEqual(['last', 's0', 's1', 'all']);
    expect(periodKeys(campaign, '2025-01-13')).toEqual(['s0', 's1', 'all']);
  });

  it('are no others', () => {
    for (const key of ['', 's2', 's', 'later', 's0x']) expect(spans(key, '2024-09-02')).toBeNull();
  });
});
