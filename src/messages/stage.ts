/** Where the campaign stands, in one line. */
import { stageOf, stageState } from '../campaign/stages.ts';
import type { Campaign } from '../campaign/types.ts';
import { campaignPhase } from '../reports/period.ts';
import { showDate } from './dates.ts';
import type { Say } from './say.ts';

type Staged = Pick<Campaign, 'stages' | 'period' | 'reportingUntil'>;

/** The stage and its last day; around the campaign, when reports are taken. */
export function stageLine(say: Say, campaign: Staged, today: string): string {
  const date = (day: string): string => showDate(day, say.language);
  const { period, reportingUntil } = campaign;
  switch (campaignPhase(campaign, today)) {
    case 'before':
      return say('report-not-open', { date: date(period.from) });
    case 'ending':
      return say('stage-ending', { date: date(period.to), until: date(reportingUntil) });
    case 'after':
      return say('stage-over', { date: date(reportingUntil) });
    case 'open': {
      const stage = stageOf(campaign, today);
      const named = { stage: stage.name[say.language], date: date(stage.to) };
      const state = stageState(campaign, stage, today);
      return state.state === 'closing'
        ? say('stage-closing', { ...named, days: state.daysLeft })
        : say('stage-open', named);
    }
  }
}
