/**
 * Leaderboards on request: one's own unit, its comparison group, the groups one may see besides, and
 * one's own results; over a week, a month or the whole campaign, in words or as a picture.
 */
import { addWeeks, weekOf } from '../../campaign/calendar.ts';
import type { Button, InboundOf, Message } from '../../chat/index.ts';
import { type Decision, insert } from '../../engine/decision.ts';
import type { Handler, HandlerDeps } from '../../engine/deps.ts';
import { pictureTask } from '../../engine/pictures.ts';
import type { TurnContext } from '../../engine/turn-context.ts';
import { showDateTime } from '../../messages/dates.ts';
import type { Drawing } from '../../messages/drawing.ts';
import { DEFAULT_LANGUAGE } from '../../messages/language.ts';
import {
  type Framing,
  groupName,
  groupTableMessage,
  leaderboardNotice,
  unitBoardMessage,
} from '../../messages/leaderboard.ts';
import { ownStandingMessage } from '../../messages/own-standing.ts';
import { groupDrawing, unitBoardDrawing } from '../../messages/pictures.ts';
import { myReportsButton } from '../../messages/report.ts';
import type { Say } from '../../messages/say.ts';
import { may } from '../../people/may.ts';
import { groupKeys, groupTable, type Table, unitBoard } from '../../standings/board.ts';
import { ownResults } from '../../standings/own.ts';
import type { UnitStanding } from '../../standings/types.ts';
import type { Feature } from '../feature.ts';
import { answerWith, outdated, toast } from '../run.ts';
import { mayShowGroup } from './groups.ts';
import { loadTable, type Weeks, weeksOf } from './tables.ts';
import { actionOf, parseWish, type Span, type Wish } from './wish.ts';

type Event = InboundOf<'command'> | InboundOf<'press'>;

interface Reader {
  readonly event: Event;
  readonly context: TurnContext;
  readonly deps: HandlerDeps;
  readonly say: Say;
  /** The unit whose board is theirs: the group's, or the person's own. */
  readonly unitId: number | null;
}

/** What was found for a wish. */
interface Found {
  readonly table: Table;
  readonly weeks: Weeks;
  /** The groups by their key that the reader may see, in order of the keys; null: not this one. */
  readonly groups: readonly (string | null)[];
}

export const leaderboard: Feature = {
  commands: { bangxephang: onCommand, leaderboard: onCommand },
  presses: { 'lb:': onPress },
  public: { presses: ['lb:'] },
  inGroups: ['bangxephang', 'leaderboard'],
};

function onCommand(...[event, context, deps]: Parameters<Handler<InboundOf<'command'>>>) {
  const { period, zone } = deps.campaign;
  const over = weekOf(context.now, zone) > period.to;
  const wish: Wish = { view: 'u', span: over ? 'all' : 'now', group: null, picture: false };
  return show(wish, event, context, deps);
}

async function onPress(...[event, context, deps]: Parameters<Handler<InboundOf<'press'>>>) {
  const wish = parseWish(event.action);
  return wish ? show(wish, event, context, deps) : outdated({ context, deps });
}

async function show(
  wish: Wish,
  event: Event,
  context: TurnContext,
  deps: HandlerDeps,
): Promise<Decision> {
  const inGroup = event.audience === 'group';
  // What a whole group reads is in the campaign's language, whoever asked.
  const say = deps.texts[inGroup ? DEFAULT_LANGUAGE : context.language];
  const answer = (message: Message): Decision => answerWith({ event, context }, message);
  const old = () => outdated({ context, deps });

  const unitId = (inGroup ? context.room?.unit?.id : context.person?.membership?.unit.id) ?? null;
  if (inGroup && unitId === null) return answer(leaderboardNotice(say('lb-room-unlinked')));
  if (!inGroup && !may(context.person, 'leaderboard.read', { unitId }))
    return answer(leaderboardNotice(say('not-authorised')));
  // One's own results and a picture on request are for one's own chat.
  if (inGroup && (wish.view === 'm' || wish.view === 'c' || wish.picture)) return old();
  const weeks = weeksOf(wish.span, context.now, deps.campaign);
  if (!weeks) return old();

  const reader: Reader = { event, context, deps, say, unitId };
  const table = await loadTable(wish.span, weeks, unitId, { now: context.now, deps });
  const groups = groupKeys(table).map((key) =>
    !inGroup && mayShowGroup(context.person, table, key) ? key : null,
  );
  const found: Found = { table, weeks, groups };
  if (wish.view === 'm') return answer(await ownMessage(wish, found, reader));
  const view = unitId === null && wish.view === 'u' ? 'c' : wish.view;
  if (view === 'c') {
    if (!chooses(found, reader)) return unitId === null ? answer(noUnit(reader)) : old();
    return answer(chooseGroup(wish, found, reader));
  }
  const shown =
    view === 'u' ? await unitView(wish, found, reader) : await groupView(wish, found, reader);
  if (!shown) return old();
  return wish.picture ? askPicture(shown.drawing(), reader) : answer(shown.message());
}

const noUnit = ({ say }: Reader): Message => leaderboardNotice(say('lb-no-unit'));

/** What can be shown of a board: either is made when it is wanted. */
interface View {
  message(): Message;
  drawing(): Drawing;
}

/** The week before, for what moved: only of a week. */
const previousOf = async ({ table }: Found, { deps }: Reader): Promise<UnitStanding[]> =>
  table.period.kind === 'week'
    ? deps.reads.recordedWeek(addWeeks(table.period.week, -1), deps.campaign.code)
    : [];

async function unitView(wish: Wish, found: Found, reader: Reader): Promise<View | null> {
  const { deps, say, unitId, event, context } = reader;
  const { campaign } = deps;
  if (unitId === null) return null;
  const previous = await previousOf(found, reader);
  const board = unitBoard(found.table, unitId, campaign.comparison.smallUnit, { previous });
  if (!board) return null;
  const own = event.audience === 'private' && context.person ? context.person.id : null;
  return {
    message: () =>
      unitBoardMessage(say, board, campaign, {
        ...framing(wish, found, reader),
        ...(own !== null && { own: { personId: own } }),
      }),
    drawing: () => unitBoardDrawing(say, board, campaign, { asOf: asOf(reader) }),
  };
}

async function groupView(wish: Wish, found: Found, reader: Reader): Promise<View | null> {
  const { deps, say, unitId } = reader;
  const { campaign } = deps;
  const { table } = found;
  const key =
    wish.group === null
      ? table.placings.find((placing) => placing.unitId === unitId)?.groupKey
      : found.groups[wish.group];
  if (key === undefined || key === null) return null;
  const previous = await previousOf(found, reader);
  const group = groupTable(table, key, campaign.comparison.smallUnit, previous);
  return (
    group && {
      message: () => groupTableMessage(say, group, campaign, unitId, framing(wish, found, reader)),
      drawing: () => groupDrawing(say, group, campaign, unitId, { asOf: asOf(reader) }),
    }
  );
}

/** The picture is drawn after the turn and follows in the same chat. */
function askPicture(drawing: Drawing, { event, context, say }: Reader): Decision {
  const task = pictureTask(
    {
      to: event.where,
      message: { notice: drawing.alt, blocks: [] },
      ...(context.person && { personId: context.person.id }),
    },
    { drawing, otherwise: leaderboardNotice(say('pic-failed')) },
  );
  const askedBy = context.person?.id ?? null;
  return { ...toast(say('pic-asked')), writes: [insert('task', { ...task, askedBy })] };
}

async function ownMessage(wish: Wish, found: Found, reader: Reader): Promise<Message> {
  const { context, deps, say, unitId } = reader;
  const { campaign, reads } = deps;
  const { person } = context;
  if (!person) return leaderboardNotice(say('not-authorised'));
  const [{ reports, waiting }, awaited] = await Promise.all([
    reads.ownReports(person.id, campaign.code, found.weeks),
    reads.awaitedOf(person.id, 1),
  ]);
  return ownStandingMessage(
    say,
    {
      personId: person.id,
      results: ownResults(reports, person.id, campaign),
      board:
        unitId === null ? null : unitBoard(found.table, unitId, campaign.comparison.smallUnit, {}),
      waiting,
      returned: awaited.returned.total,
      shares: awaited.shares.total,
    },
    found.table.period,
    campaign,
    framing(wish, found, reader),
  );
}

/** Whether there is a group to choose besides one's own. */
const chooses = ({ table, groups }: Found, { unitId }: Reader): boolean => {
  const own = table.placings.find((placing) => placing.unitId === unitId)?.groupKey;
  return groups.some((key) => key !== null && key !== own);
};

function chooseGroup(wish: Wish, { table, groups }: Found, { deps, say }: Reader): Message {
  const { by, smallUnit } = deps.campaign.comparison;
  const buttons = groups.flatMap((key, i): Button[][] => {
    const sample = key === null ? null : groupTable(table, key, smallUnit)?.sample;
    if (!sample) return [];
    const action = actionOf({ ...wish, view: 'g', group: i });
    return [[{ label: groupName(say, sample, by), action }]];
  });
  return leaderboardNotice(say('lb-choose'), buttons);
}

const asOf = ({ context, deps, say }: Reader): string =>
  showDateTime(context.now, deps.campaign.zone, say.language);

/** Until when the figures reach, and the buttons that redraw the message. */
function framing(wish: Wish, found: Found, reader: Reader): Framing {
  const { event, context, deps, say, unitId } = reader;
  const to = (label: string, change: Partial<Wish>): Button => ({
    label,
    action: actionOf({ ...wish, picture: false, ...change }),
  });
  const spans = (given: readonly (readonly [Span, string])[]): Button[] =>
    given
      .filter(([span]) => weeksOf(span, context.now, deps.campaign) !== null)
      .map(([span, key]) => to(say(key), { span }));
  const view = (key: string, to_: 'u' | 'g' | 'm'): Button =>
    to(say(key), { view: to_, group: null });
  const alone = event.audience === 'private';
  const unit = unitId !== null && wish.view !== 'u' ? [view('lb-show-unit', 'u')] : [];
  const elsewhere = wish.view !== 'g' || wish.group !== null;
  const group = unitId !== null && elsewhere ? [view('lb-show-group', 'g')] : [];
  const own = alone && wish.view !== 'm' ? [view('lb-show-own', 'm')] : [];
  const picture = alone && wish.view !== 'm' ? [to(say('pic-show'), { picture: true })] : [];
  const reports = wish.view === 'm' ? [myReportsButton(say)] : [];
  const choose = chooses(found, reader)
    ? [to(say('lb-choose-group'), { view: 'c', group: null })]
    : [];
  return {
    asOf: asOf(reader),
    buttons: [
      spans([
        ['now', 'lb-this-week'],
        ['last', 'lb-last-week'],
      ]),
      spans([
        ['month', 'lb-this-month'],
        ['before', 'lb-last-month'],
      ]),
      [...spans([['all', 'lb-campaign']]), ...picture],
      [...unit, ...group, ...own],
      [...reports, ...choose],
    ].filter((row) => row.length > 0),
  };
}
