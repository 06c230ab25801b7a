/** What a person's own page is made of: which reads, of which weeks, in which language. */
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../src/campaign/types.ts';
import type { Reads } from '../../../src/engine/reads.ts';
import type { GrantView } from '../../../src/engine/turn-context.ts';
import { homePage } from '../../../src/flows/home.ts';
import { computeWeek } from '../../../src/standings/score.ts';
import { personView, readable, texts } from '../../support/conversation.ts';
import { fakeReads } from '../../support/reads-fake.ts';
import { campaign, report, unit, week } from '../../support/standings-week.ts';
import { account } from '../../support/turns.ts';

const NONE = { total: 0, lines: [] };
const data = week([unit(1), unit(2)], [report(1), report(2, { by: 2 })]);
const recorded = computeWeek(week([unit(1), unit(2)], [report(1, { of: 2 })]), campaign).units;

/** @param reads what only this test's person needs */
async function pageOf(options: {
  readonly at?: string;
  readonly grants?: GrantView[];
  readonly inUnit?: boolean;
  readonly reads?: Partial<Reads>;
  readonly campaign?: Campaign;
}) {
  const weeks: string[] = [];
  const person = personView({
    grants: options.grants ?? [],
    ...(options.inUnit === false && { membership: null }),
  });
  const reads: Partial<Reads> = {
    accountOf: async () => ({ personId: 7, language: null }),
    person: async () => person,
    reportsOf: async () => NONE,
    awaitedOf: async () => ({ returned: NONE, shares: NONE }),
    leaveOf: async () => null,
    async unitWeek(of) {
      weeks.push(`now ${of}`);
      return { ...data, week: of };
    },
    async recordedWeek(of) {
      weeks.push(`recorded ${of}`);
      return [...recorded];
    },
    ...options.reads,
  };
  const now = Temporal.Instant.from(options.at ?? '2024-07-05T03:00:00Z');
  const deps = { campaign: options.campaign ?? campaign, texts, reads: fakeReads(reads) };
  const page = await homePage(account('a'), undefined, now, deps);
  return { page, text: readable(page), weeks: weeks.sort() };
}

describe('the weeks on a page', () => {
  it('are the one under way as it stands and the one before as it was recorded', async () => {
    const { page, weeks, text } = await pageOf({});
    expect(weeks).toEqual(['now 2024-07-01', 'recorded 2024-06-24']);
    const table = page.blocks.find((block) => block.kind === 'table');
    expect(table?.columns.map(({ title }) => title)).toEqual(['', 'Tuần 18', 'Tuần 19, đến nay']);
    expect(table?.rows[0]).toEqual(['Vị trí trong nhóm', '–', '1/2']);
    expect(text).toContain('Số liệu tính đến 10 giờ 00, 05/07/2024.');
  });

  it('change at midnight of the campaign’s zone, not of UTC', async () => {
    expect((await pageOf({ at: '2024-07-07T16:59:59Z' })).weeks).toContain('now 2024-07-01');
    expect((await pageOf({ at: '2024-07-07T17:00:00Z' })).weeks).toContain('now 2024-07-08');
  });

  it('before the campaign are none', async () => {
    const { weeks, text } = await pageOf({ at: '2024-02-29T03:00:00Z' });
    expect(weeks).toEqual([]);
    expect(text).not.toContain('Kết quả hưởng ứng của đơn vị');
  });

  it('after the campaign are its last one that is over', async () => {
    // The campaign ends on a Tuesday.
    expect((await pageOf({ at: '2025-01-03T03:00:00Z' })).weeks).toEqual(['recorded 2024-12-23']);
    for (const at of ['2025-01-06T03:00:00Z', '2025-06-01T03:00:00Z'])
      expect((await pageOf({ at })).weeks).toEqual(['recorded 2024-12-30']);
  });

  it('of which the last goes on while its reports are still taken', async () => {
    const late = { ...campaign, reportingUntil: '2025-01-10' };
    expect((await pageOf({ at: '2025-01-03T03:00:00Z', campaign: late })).weeks).toEqual([
      'now 2024-12-30',
      'recorded 2024-12-23',
    ]);
    expect((await pageOf({ at: '2025-01-08T03:00:00Z', campaign: late })).weeks).toEqual([
      'recorded 2024-12-30',
    ]);
  });

  it('are left out until they are recorded', async () => {
    const { page } = await pageOf({ reads: { recordedWeek: async () => [] } });
    const table = page.blocks.find((block) => block.kind === 'table');
    expect(table?.columns.map(({ title }) => title)).toEqual(['', 'Tuần 19, đến nay']);
  });

  it('are not read for somebody in no unit', async () => {
    const { weeks, text } = await pageOf({ inUnit: false });
    expect(weeks).toEqual([]);
    expect(text).toContain('Kính chào đồng chí Nguyễn Văn An.');
  });
});

describe('the queue on a page', () => {
  const line = {
    id: 5,
    item: 'talk',
    title: 'Việc 5',
    doneOn: '2024-07-01',
    status: 'submitted',
    submittedAt: '2024-07-03T16:59:00Z',
    authorName: 'Lê Hà',
    collective: null,
  } as const;
  const asked: Partial<Reads> = {
    queueFor: async () => ({ total: 4, toSign: 0, lines: [line] }),
    enrolmentQueue: async () => [],
  };

  it('counts the days on the campaign’s calendar since the oldest report came', async () => {
    const { text } = await pageOf({ grants: [{ role: 'head', unitId: 1 }], reads: asked });
    expect(text).toContain('Có 4 báo cáo chờ xác nhận, lâu nhất 2 ngày.');
  });

  it('of the office has the enrolments of all units, of a head only the unit’s', async () => {
    const units: unknown[] = [];
    const reads: Partial<Reads> = {
      ...asked,
      async enrolmentQueue(of) {
        units.push(of);
        return [];
      },
    };
    await pageOf({ grants: [{ role: 'office', unitId: null }], inUnit: false, reads });
    await pageOf({ grants: [{ role: 'deputy', unitId: 1 }], reads });
    expect(units).toEqual([null, [1]]);
  });

  it('is not asked for on behalf of somebody who decides nothing', async () => {
    // `fakeReads` refuses the question.
    const { text } = await pageOf({});
    expect(text).toContain('Hiện không có việc nào chờ đồng chí.');
  });
});

describe('whose page it is', () => {
  const page = (reads: Partial<Reads>, standing?: 'guest' | 'outsider') =>
    homePage(account('a'), standing, Temporal.Instant.from('2024-07-05T03:00:00Z'), {
      campaign,
      texts,
      reads: fakeReads(reads),
    }).then(readable);

  it('nobody’s, of an account never seen: in Vietnamese, and nothing else is asked', async () => {
    const unknown = { accountOf: async () => null };
    expect(await page(unknown)).toContain('Kính chào đồng chí.');
    expect(await page(unknown, 'outsider')).toContain('Hệ thống này dành cho');
  });

  it('nobody’s yet, in the language chosen before enrolment', async () => {
    const reads: Partial<Reads> = {
      accountOf: async () => ({ personId: null, language: 'en' }),
      openEnrolmentRequest: async () => null,
    };
    expect(await page(reads)).toContain('To take part');
    expect(await page(reads, 'guest')).toContain('To take part');
  });

  it('a person’s, in theirs', async () => {
    const { text } = await pageOf({
      reads: { accountOf: async () => ({ personId: 7, language: 'en' }) },
    });
    expect(text).toContain('Your page');
    expect(text).toContain('As of 10:00, 5 July 2024.');
  });
});
