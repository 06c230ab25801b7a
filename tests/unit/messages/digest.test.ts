import { describe, expect, it } from 'vitest';
import { computeDigest } from '../../../src/digests/compute.ts';
import { digestMessage } from '../../../src/messages/digest.ts';
import { readable, texts } from '../../support/conversation.ts';
import { dataOf, LAST_WEEK, recordedWeek } from '../../support/digest-data.ts';
import { campaign, report } from '../../support/standings-week.ts';

describe('the counts for those who mobilise', () => {
  it('say nothing of a unit so small that they would say who', async () => {
    // Units 1, 2 and 3 have ten, eight and three people.
    const reports = [1, 2, 3].map((unitId) => report(unitId, { by: 100 + unitId, of: unitId }));
    const data = await dataOf('participation', { recorded: recordedWeek(LAST_WEEK, reports) });
    const said = readable(digestMessage(texts.vi, computeDigest(data, campaign)));
    expect(said).toContain('Viện Triết học: 1/10 (10%)');
    expect(said).toContain('Viện Xã hội học: 1/8 (12,5%)');
    expect(said).not.toContain('Văn phòng: ');
  });
});
