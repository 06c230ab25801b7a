/** What stands on a person's own page: read anew each time it is published. */
import type { Temporal } from 'temporal-polyfill';
import { addWeeks, campaignDay, daysSince, mondayOf } from '../campaign/calendar.ts';
import type { Identity, Message, Sender } from '../chat/index.ts';
import type { HandlerDeps } from '../engine/deps.ts';
import type { PersonView } from '../engine/turn-context.ts';
import { showDateTime } from '../messages/dates.ts';
import { type HomeView, homeMessage } from '../messages/home.ts';
import { DEFAULT_LANGUAGE } from '../messages/language.ts';
import { REPORTS_SHOWN } from '../messages/own-reports.ts';
import { may } from '../people/may.ts';
import { campaignPhase } from '../reports/period.ts';
import { computeWeek } from '../standings/score.ts';
import type { UnitStanding } from '../standings/types.ts';
import { enrolmentsFor } from './enrol/requests.ts';
import { windowOf } from './report/window.ts';

type Deps = Pick<HandlerDeps, 'campaign' | 'texts' | 'reads'>;
type Own = Extract<HomeView, { kind: 'person' }>;

/** How many things of one kind that wait for a person's own answer are named. */
const NAMED = 3;

/** The page of an account at this time, in the language its owner is answered in. */
export async function homePage(
  account: Identity,
  standing: Sender['standing'],
  now: Temporal.Instant,
  deps: Deps,
): Promise<Message> {
  const { campaign, texts, reads } = deps;
  const known = await reads.accountOf(account);
  const say = texts[known?.language ?? DEFAULT_LANGUAGE];
  if (standing === 'outsider') return homeMessage(say, { kind: 'outsider' }, campaign);
  const today = campaignDay(now, campaign.zone);
  const person = known?.personId ? await reads.person(known.personId, today) : null;
  if (!person) {
    const request = known && (await reads.openEnrolmentRequest(account));
    return homeMessage(say, { kind: 'guest', request }, campaign);
  }
  const closed = campaignPhase(campaign, today) === 'after';
  const [reports, awaited, queue, unit, leave] = await Promise.all([
    reads.reportsOf(person.id, { limit: REPORTS_SHOWN, offset: 0 }),
    reads.awaitedOf(person.id, NAMED),
    queueOf(person, today, deps),
    unitFigures(person, today, deps),
    closed ? reads.leaveOf(campaign.code, windowOf(person), today) : null,
  ]);
  const view: HomeView = {
    kind: 'person',
    person,
    today,
    leave,
    reports,
    awaited,
    queue,
    unit: unit && { ...unit, asOf: showDateTime(now, campaign.zone, say.language) },
  };
  return homeMessage(say, view, campaign);
}

async function queueOf(
  person: PersonView,
  today: string,
  { reads, campaign }: Deps,
): Promise<Own['queue']> {
  if (!may(person, 'queue.read', null)) return null;
  const [{ total, lines }, enrolments] = await Promise.all([
    reads.queueFor(person.id, today, 1),
    enrolmentsFor(person, reads),
  ]);
  const oldest = lines[0];
  return {
    reports: total,
    oldestDays: oldest ? daysSince(oldest.submittedAt, today, campaign.zone) : 0,
    enrolments: enrolments.length,
  };
}

/** The unit's figures of the week under way as they are now, and of the last one as it was recorded. */
async function unitFigures(
  person: PersonView,
  today: string,
  { reads, campaign }: Deps,
): Promise<Omit<NonNullable<Own['unit']>, 'asOf'> | null> {
  const unitId = person.membership?.unit.id;
  const phase = campaignPhase(campaign, today);
  if (unitId === undefined || phase === 'before') return null;
  const own = (of: readonly UnitStanding[]): UnitStanding | null =>
    of.find((each) => each.unitId === unitId) ?? null;
  const week = mondayOf(today);
  const lastOfAll = mondayOf(campaign.period.to);
  const over = lastOfAll < week ? lastOfAll : addWeeks(week, -1);
  const [recorded, live] = await Promise.all([
    reads.recordedWeek(over, campaign.code),
    // The last week goes on while its reports are still taken.
    phase === 'open' || (phase === 'ending' && week === lastOfAll)
      ? reads.unitWeek(week, campaign.code)
      : null,
  ]);
  return {
    closed: recorded.length > 0 ? { week: over, standing: own(recorded) } : null,
    current: live && { week, standing: own(computeWeek(live, campaign).units) },
  };
}
