import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  CampaignError,
  loadCampaign,
  outsidePeriod,
  parseCampaign,
  SHIPPED_CAMPAIGN,
} from '../../../src/campaign/load.ts';
import { JOBS } from '../../../src/campaign/types.ts';

const READING = fileURLToPath(
  new URL('../../fixtures/campaign-reading-weeks.jsonc', import.meta.url),
);
const text = readFileSync(READING, 'utf8');

/** The problems of the small campaign after one or more changes to its text. */
function problemsAfter(...changes: [string, string][]): readonly string[] {
  let changed = text;
  for (const [from, to] of changes) {
    expect(changed).toContain(from);
    changed = changed.replace(from, to);
  }
  try {
    parseCampaign(changed, 'c.jsonc');
  } catch (error) {
    if (error instanceof CampaignError) return error.problems;
    throw error;
  }
  return [];
}

describe('the shipped campaign', () => {
  const campaign = loadCampaign();

  it('has the plan’s 28 items for its four audiences', () => {
    const count = (audience: string) =>
      campaign.items.filter((item) => item.audience === audience).length;
    expect(campaign.items).toHaveLength(28);
    expect(count('collective_research_teaching')).toBe(11);
    expect(count('collective_support')).toBe(6);
    expect(count('staff')).toBe(7);
    expect(count('student')).toBe(4);
  });

  it('gives no points for conduct, and demands evidence for everything that earns points', () => {
    for (const item of campaign.items) {
      expect(item.evidence.required, item.id).toBe(item.weight > 0);
      expect(item.mode === 'conduct', item.id).toBe(item.weight === 0);
    }
  });

  it('runs in 2024 around its tradition day, by Hanoi time', () => {
    expect(campaign.period).toEqual({ from: '2024-03-01', to: '2024-12-31' });
    expect(campaign.traditionDay).toBe('2024-09-13');
    expect(campaign.zone).toBe('Asia/Ho_Chi_Minh');
  });
});

describe('reading a campaign', () => {
  it('reads another campaign altogether, with comments', () => {
    const campaign = loadCampaign(READING);
    expect(campaign.code).toBe('reading-weeks');
    expect(campaign.items.map((item) => [item.id, item.weight, item.weeklyCap])).toEqual([
      ['book', 1.5, 4],
      ['silence', 0, null],
    ]);
  });

  it('takes a schedule of every day', () => {
    const daily = parseCampaign(text.replace('"weekday": 5', '"weekday": "daily"'), 'c.jsonc');
    expect(daily.schedules[0]?.weekday).toBe('daily');
  });

  it('reads a file saved with a byte order mark', () => {
    expect(parseCampaign(`\uFEFF${text}`, 'c.jsonc').code).toBe('reading-weeks');
  });

  it('names line, key, fault and fix of every problem at once, in the order of the file', () => {
    expect(
      problemsAfter(
        ['"motto"', '"moto"'],
        ['America/New_York', 'America/New_Yrok'],
        ['"mode": "count"', '"mode": "counted"'],
        ['"weekday": 5', '"weekday": 8'],
        ['"17:30"', '"5 pm"'],
      ),
    ).toEqual([
      'c.jsonc:2: motto: missing; add it (object)',
      'c.jsonc:5: moto: unknown key; correct its spelling or delete it',
      'c.jsonc:9: zone: not a time zone; use an IANA name such as "Asia/Ho_Chi_Minh"',
      'c.jsonc:17: items[0].mode: "counted" is not possible; use one of "count", "status", "conduct"',
      'c.jsonc:47: schedules[0].weekday: 8 is too big; at most 7',
      'c.jsonc:47: schedules[0].time: "5 pm": not a time of day; write it as "08:00"',
    ]);
  });

  it.each<[string, [string, string], string]>([
    [
      'a day that does not exist',
      ['2031-02-28', '2031-02-29'],
      'c.jsonc:7: period.to: "2031-02-29": not a date; write it as "2024-03-01"',
    ],
    [
      'an end before the beginning',
      ['2031-02-28', '2030-02-28'],
      'c.jsonc:7: period.to: 2030-02-28 is before 2031-01-08; put the later day here',
    ],
    [
      'an id used twice',
      ['"id": "silence"', '"id": "book"'],
      'c.jsonc:23: items[1].id: "book" is already the id of items[0]; give it another',
    ],
    [
      'points for conduct',
      ['"weight": 0,', '"weight": 1,'],
      'c.jsonc:29: items[1].weight: conduct earns no points; write 0, or choose mode "count"',
    ],
    [
      'no points for a counted item',
      ['"weight": 1.5', '"weight": 0'],
      'c.jsonc:18: items[0].weight: a count item needs points; write more than 0, or mode "conduct"',
    ],
    [
      'a cap under the weight',
      ['"weeklyCap": 4', '"weeklyCap": 1'],
      'c.jsonc:19: items[0].weeklyCap: 1 is less than the weight 1.5, so one report could never earn its points; raise it, or write null for no cap',
    ],
    [
      'a third decimal',
      ['"weight": 1.5', '"weight": 1.505'],
      'c.jsonc:18: items[0].weight: 1.505: points have at most two decimals; round it',
    ],
    [
      'a number as text',
      ['"graceHours": 2', '"graceHours": "2"'],
      'c.jsonc:47: schedules[0].graceHours: "2" is not of type number; correct it',
    ],
    [
      'half a person',
      ['"smallUnit": 2', '"smallUnit": 2.5'],
      'c.jsonc:34: comparison.smallUnit: 2.5 is not a whole number; correct it',
    ],
    [
      'an empty text',
      ['"Read a book"', '" "'],
      'c.jsonc:15: items[0].label.en: "": empty; write the text',
    ],
    [
      'an id too long for a button',
      ['"id": "friday"', `"id": "${'f'.repeat(33)}"`],
      `c.jsonc:47: schedules[0].id: "${'f'.repeat(33)}": not an id; use at most 32 of a-z, 0-9, dot, dash and underscore`,
    ],
    [
      'no schedule of that kind',
      ['unit-leaderboard', 'disco'],
      `c.jsonc:47: schedules[0].job: "disco" is not possible; use one of ${JOBS.map((job) => `"${job}"`).join(', ')}`,
    ],
    [
      'a stage that ends before the one before it',
      [
        '"stages": [{',
        '"stages": [{ "id": "first", "name": { "vi": "Đợt 1", "en": "First" }, "to": "2031-03-01" }, {',
      ],
      'c.jsonc:35: stages[1].to: 2031-02-28 is not after 2031-03-01; put the stages in order of time',
    ],
    [
      'a stage that ends before the campaign begins',
      [
        '"stages": [{',
        '"stages": [{ "id": "first", "name": { "vi": "Đợt 1", "en": "First" }, "to": "2031-01-07" }, {',
      ],
      'c.jsonc:35: stages[0].to: 2031-01-07 is not after the beginning of the campaign; put the stages in order of time',
    ],
    [
      'a last stage that leaves days of the campaign over',
      ['"The whole" }, "to": "2031-02-28"', '"The whole" }, "to": "2031-02-27"'],
      'c.jsonc:35: stages[0].to: the last stage ends with the campaign; write 2031-02-28',
    ],
    [
      'two stages of one id',
      [
        '"stages": [{',
        '"stages": [{ "id": "all", "name": { "vi": "Đợt 1", "en": "First" }, "to": "2031-01-31" }, {',
      ],
      'c.jsonc:35: stages[1].id: "all" is already the id of stages[0]; give it another',
    ],
    [
      'no stage at all',
      [
        '[{ "id": "all", "name": { "vi": "Cả đợt", "en": "The whole" }, "to": "2031-02-28" }]',
        '[]',
      ],
      'c.jsonc:35: stages: a list of 0 is too small; at least 1',
    ],
    [
      'reports that are no longer taken while the campaign lasts',
      ['"reportingUntil": "2031-02-28"', '"reportingUntil": "2031-02-27"'],
      "c.jsonc:36: reportingUntil: 2031-02-27 is before the campaign's last day; write 2031-02-28 or later",
    ],
    [
      'pledges after the campaign',
      ['"pledgesUntil": "2031-02-28"', '"pledgesUntil": "2031-03-01"'],
      "c.jsonc:37: pledgesUntil: 2031-03-01 is after the campaign's last day; write 2031-02-28 or earlier",
    ],
    [
      'a file of before there were stages',
      ['"pledgesUntil": "2031-02-28",', ''],
      'c.jsonc:2: pledgesUntil: missing; add it (string)',
    ],
    [
      'more than every report in the audit',
      ['"auditShare": 0.1', '"auditShare": 10'],
      'c.jsonc:38: auditShare: 10 is too big; at most 1',
    ],
    [
      'no day to answer feedback',
      ['"ticketWorkingDays": 3', '"ticketWorkingDays": 0'],
      'c.jsonc:39: ticketWorkingDays: 0 is too small; at least 1',
    ],
    [
      'a third decimal of the collective factor',
      ['"collectiveFactor": 0', '"collectiveFactor": 0.005'],
      'c.jsonc:34: comparison.collectiveFactor: 0.005: has at most two decimals; round it',
    ],
    [
      'a document that nobody signs',
      ['"signatory": "TM. Ban tổ chức"', '"signatory": ""'],
      'c.jsonc:44: document.signatory: "": empty; write the text',
    ],
    [
      'a word that is no weekday',
      ['"weekday": 5', '"weekday": "always"'],
      'c.jsonc:47: schedules[0].weekday: "always": not a weekday; write 1 (Monday) to 7 (Sunday), or "daily"',
    ],
    [
      'a key written twice',
      ['"traditionDay": null', '"zone": "UTC"'],
      'c.jsonc:9: zone: written twice; delete one',
    ],
  ])('refuses %s', (_, change, problem) => {
    const [first] = problemsAfter(change);
    expect(first).toBe(problem);
  });

  it('points at the line where the JSON breaks off', () => {
    expect(problemsAfter(['"traditionDay": null,', '"traditionDay": null'])).toEqual([
      expect.stringMatching(/^c\.jsonc:9: not valid JSON near .*; check commas and quotes$/),
    ]);
  });

  it('refuses an empty file, and a list instead of a campaign', () => {
    expect(() => parseCampaign('', 'c.jsonc')).toThrow(/^c\.jsonc:1: not valid JSON/);
    expect(() => parseCampaign('[]', 'c.jsonc')).toThrow(/^c\.jsonc:1: \[\] is not of type object/);
  });

  it('says which file cannot be read', () => {
    expect(() => loadCampaign('nowhere/at-all.jsonc')).toThrow(
      'nowhere/at-all.jsonc: cannot be read; check the name and the rights',
    );
  });
});

describe('a start outside the period', () => {
  const campaign = loadCampaign(READING);

  it('warns before and after, naming the file and the key', () => {
    expect(outsidePeriod(campaign, '2031-01-07', READING)).toContain('has not begun');
    const over = outsidePeriod(campaign, '2031-03-01', READING);
    expect(over).toContain('it ended on 2031-02-28');
    expect(over).toContain('reports are refused without leave');
    expect(over).toContain(`edit "period" and "reportingUntil" in ${READING}`);
    expect(outsidePeriod(campaign, '2031-03-01')).toContain(SHIPPED_CAMPAIGN);
  });

  it('warns when only reports are still taken, until when', () => {
    const late = { ...campaign, reportingUntil: '2031-03-05' };
    const warning = outsidePeriod(late, '2031-03-05', READING);
    expect(warning).toContain('is over (it ended on 2031-02-28)');
    expect(warning).toContain('reports of work done in it are taken until 2031-03-05');
    expect(outsidePeriod(late, '2031-03-06', READING)).toContain('refused without leave');
  });

  it('is silent on the first and the last day', () => {
    expect(outsidePeriod(campaign, '2031-01-08')).toBeNull();
    expect(outsidePeriod(campaign, '2031-02-28')).toBeNull();
  });
});
