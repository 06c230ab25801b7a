/** What the report flow looks up for the question at hand. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { ContentItem } from '../../campaign/types.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { PersonHit, ReportLine, ReportView } from '../../engine/reads.ts';
import type { PersonView, TurnContext } from '../../engine/turn-context.ts';
import { SUMMARY } from '../advance.ts';
import type { Flow } from '../flow.ts';
import { lengthOf } from '../input.ts';
import type { FlowState } from '../state.ts';
import { amendedNumber, findWhose, itemsOf, type Way, type Whose } from './target.ts';
import { Day, Evidence } from './values.ts';

export interface ReportFacts {
  /** ISO date in the campaign's zone. */
  readonly today: string;
  readonly whose: Whose;
  readonly items: readonly ContentItem[];
  /** Which page of the items is shown, from 0. */
  readonly page: number;
  /** People found for the name typed; null when none was. */
  readonly hits: readonly PersonHit[] | null;
  /** The person whose button was pressed. */
  readonly picked: PersonView | null;
  readonly similar: readonly ReportLine[];
  /** The report being amended. */
  readonly amending: ReportView | null;
}

/** A name longer than this finds nobody. */
const NAME_MAX = 100;
/** One more is asked for, to know whether there are more. */
export const HITS_SHOWN = 8;

/** The facts of a report that is entered this way. */
export const factsOf =
  (way: Way): Flow<ReportFacts>['facts'] =>
  async (input, state, turn, deps) => {
    const today = campaignDay(turn.now, deps.campaign.zone);
    const { whose, amending } = await findWhose(way, state.subject, turn, deps, today);
    const none: ReportFacts = {
      today,
      whose,
      items: itemsOf(deps.campaign, whose),
      page: 0,
      hits: null,
      picked: null,
      similar: [],
      amending,
    };
    if (state.asking === 'item' && input?.kind === 'choice')
      return { ...none, page: Number(/^>(\d{1,3})$/.exec(input.value)?.[1] ?? 0) };
    if (state.asking === 'contributors' && input?.kind === 'text')
      return { ...none, hits: await search(input.text, today, turn, deps) };
    if (state.asking === 'contributors' && input?.kind === 'choice') {
      const id = /^\d{1,9}$/.test(input.value) ? Number(input.value) : null;
      return { ...none, picked: id === null ? null : await deps.reads.person(id, today) };
    }
    if (state.asking !== SUMMARY || input) return none;
    const number = amendedNumber(state.subject);
    const [similar, before] = await Promise.all([
      findSimilar(state, whose, deps, number),
      amending ?? (number === null ? null : deps.reads.report(number)),
    ]);
    return { ...none, similar, amending: before };
  };

async function search(
  text: string,
  on: string,
  turn: TurnContext,
  deps: HandlerDeps,
): Promise<PersonHit[]> {
  if (!turn.identity || lengthOf(text) < 2 || lengthOf(text) > NAME_MAX) return [];
  return deps.reads.findPeople(text, { unitId: null, on, limit: HITS_SHOWN + 1 });
}

async function findSimilar(
  state: FlowState,
  { target }: Whose,
  deps: HandlerDeps,
  except: number | null,
): Promise<ReportLine[]> {
  const value = (id: string): unknown => state.answers[id]?.value ?? undefined;
  const [item, title, date] = [value('item'), value('title'), Day.safeParse(value('date'))];
  const evidence = Evidence.safeParse(value('evidence') ?? []);
  if (!target || typeof item !== 'string' || typeof title !== 'string' || !date.success) return [];
  return deps.reads.similarReports({
    item,
    authorId: target.author.id,
    title,
    doneOn: date.data,
    evidence: evidence.success ? evidence.data.flatMap(({ text }) => text ?? []) : [],
    except,
  });
}
