import { describe, expect, it } from 'vitest';
import { campaignPhase, dayProblem, weekCounted } from '../../../src/reports/period.ts';

// A Tuesday ends it; the last week runs from 30 December.
const campaign = {
  period: { from: '2024-03-01', to: '2024-12-31' },
  reportingUntil: '2025-01-10',
};

describe('the campaign on a day', () => {
  it.each([
    ['2024-02-29', 'before'],
    ['2024-03-01', 'open'],
    ['2024-12-31', 'open'],
    ['2025-01-01', 'ending'],
    ['2025-01-10', 'ending'],
    ['2025-01-11', 'after'],
  ])('%s is %s', (day, phase) => {
    expect(campaignPhase(campaign, day)).toBe(phase);
  });

  it('has no days of grace when reports are taken to its end only', () => {
    const strict = { ...campaign, reportingUntil: '2024-12-31' };
    expect(campaignPhase(strict, '2025-01-01')).toBe('after');
  });
});

describe('a day of work', () => {
  it('counts within the period only, whenever it is reported', () => {
    expect(dayProblem(campaign, '2024-12-31', '2025-01-08')).toBeNull();
    expect(dayProblem(campaign, '2025-01-01', '2025-01-08')).toBe('outside');
    expect(dayProblem(campaign, '2024-02-29', '2024-03-05')).toBe('outside');
    expect(dayProblem(campaign, '2024-12-31', '2024-12-30')).toBe('future');
  });
});

describe('the week a report counts in', () => {
  it('is the one it is sent in, and the campaign’s last one afterwards', () => {
    expect(weekCounted(campaign, '2024-07-05')).toBe('2024-07-01');
    expect(weekCounted(campaign, '2024-12-31')).toBe('2024-12-30');
    expect(weekCounted(campaign, '2025-01-05')).toBe('2024-12-30');
    expect(weekCounted(campaign, '2025-01-06')).toBe('2024-12-30');
    expect(weekCounted(campaign, '2025-03-01')).toBe('2024-12-30');
  });
});
