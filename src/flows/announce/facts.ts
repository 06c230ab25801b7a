/** What the questions of an announcement look at. */
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { campaignDay } from '../../campaign/calendar.ts';
import type { WorkCalendar } from '../../campaign/work-calendar.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { TurnContext, UnitView } from '../../engine/turn-context.ts';
import type { Language } from '../../messages/language.ts';
import type { Say } from '../../messages/say.ts';
import { Addressees } from '../../people/addressees.ts';
import { may } from '../../people/may.ts';
import { SUMMARY } from '../advance.ts';
import type { Input, QuestionContext } from '../flow.ts';
import type { FlowState } from '../state.ts';
import { groupChoices, unitHits } from './find.ts';

export const Kind = z.enum(['notice', 'launch', 'review', 'event']);

export interface AnnounceFacts {
  readonly now: Temporal.Instant;
  /** ISO date in the campaign's zone. */
  readonly today: string;
  /** Announcements are Vietnamese, whatever language their writer reads; their frame is the reader's. */
  readonly texts: Readonly<Record<Language, Say>>;
  readonly calendar: WorkCalendar;
  /** Comparison groups, while they are asked for. */
  readonly groups: readonly Addressees[];
  /** Units found for what was typed or pressed; null when nothing was. */
  readonly units: readonly UnitView[] | null;
  /** For the summary. */
  readonly reach: { readonly total: number; readonly reachable: number } | null;
}
export type Context = QuestionContext<AnnounceFacts>;

export async function announceFacts(
  input: Input | null,
  state: FlowState,
  turn: TurnContext,
  deps: HandlerDeps,
): Promise<AnnounceFacts> {
  const { campaign, reads, texts } = deps;
  const today = campaignDay(turn.now, campaign.zone);
  const asksWhom = state.asking === 'to';
  const chosen = Addressees.safeParse(state.answers.to?.value);
  const counts = state.asking === SUMMARY && may(turn.person, 'announcement.write', null);
  const [calendar, groups, units, reach] = await Promise.all([
    reads.workCalendar(),
    asksWhom || input === null ? groupChoices(today, deps) : [],
    asksWhom && input !== null ? unitHits(input, today, deps) : null,
    counts && chosen.success ? reads.reach(chosen.data, today) : null,
  ]);
  return { now: turn.now, today, texts, calendar, groups, units, reach };
}

/** The kind, once it is known; a notice until then. */
export const kindOf = ({ answers }: Pick<Context, 'answers'>): z.infer<typeof Kind> =>
  Kind.catch('notice').parse(answers.kind);
