/** Leaderboards on request: one's own unit, its comparison group, and every group for the office. */
import { addWeeks, weekOf, weekSpan } from '../campaign/calendar.ts';
import type { Button, InboundOf, Message } from '../chat/index.ts';
import type { Decision } from '../engine/decision.ts';
import type { Handler, HandlerDeps } from '../engine/deps.ts';
import type { TurnContext } from '../engine/turn-context.ts';
import { showDateTime } from '../messages/dates.ts';
import { DEFAULT_LANGUAGE } from '../messages/language.ts';
import {
  type Framing,
  groupName,
  groupTableMessage,
  leaderboardNotice,
  unitBoardMessage,
} from '../messages/leaderboard.ts';
import type { Say } from '../messages/say.ts';
import { may } from '../people/may.ts';
import {
  campaignTable,
  groupKeys,
  groupTable,
  type Table,
  unitBoard,
  weekTable,
} from '../standings/board.ts';
import { computeWeek } from '../standings/score.ts';
import type { LiveWeek } from '../standings/total.ts';
import type { Feature } from './feature.ts';
import { answerWith, outdated } from './run.ts';

type Event = InboundOf<'command'> | InboundOf<'press'>;

/**
 * `lb:<view>:<span>[:<group>]`. Spans are relative, so that "this week" on an old message means the
 * week it is then. Views: `u` the unit, `g` a comparison group by its place in the list of groups (or
 * the reader's own), `c` the choice of groups.
 */
interface Wish {
  readonly view: 'u' | 'g' | 'c';
  readonly span: 'now' | 'last' | 'all';
  readonly group: number | null;
}

const ACTION = /^lb:([ugc]):(now|last|all)(?::(\d{1,3}))?$/;

function parseWish(action: string): Wish | null {
  const [, view, span, group] = ACTION.exec(action) ?? [];
  if (!view || !span) return null;
  return { view, span, group: group === undefined ? null : Number(group) } as Wish;
}

const actionOf = ({ view, span, group }: Wish): string =>
  `lb:${view}:${span}${group === null ? '' : `:${group}`}`;

interface Reader {
  readonly event: Event;
  readonly context: TurnContext;
  readonly deps: HandlerDeps;
  readonly say: Say;
  /** The unit whose board is theirs: the group's, or the person's own. */
  readonly unitId: number | null;
  /** May look at every group. */
  readonly all: boolean;
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
  return show({ view: 'u', span: over ? 'all' : 'now', group: null }, event, context, deps);
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

  const unitId = (inGroup ? context.room?.unit?.id : context.person?.membership?.unit.id) ?? null;
  const all = !inGroup && may(context.person, 'campaign', null);
  if (inGroup && unitId === null) return answer(leaderboardNotice(say('lb-room-unlinked')));
  if (!inGroup && !may(context.person, 'leaderboard.read', { unitId }))
    return answer(leaderboardNotice(say('not-authorised')));
  if (unitId === null && !all) return answer(leaderboardNotice(say('lb-no-unit')));

  const reader: Reader = { event, context, deps, say, unitId, all };
  const table = await loadTable(wish.span, reader);
  const view = unitId === null && wish.view === 'u' ? 'c' : wish.view;
  if (view === 'c')
    return all ? answer(chooseGroup(wish, table, reader)) : outdated({ context, deps });
  const message =
    view === 'u' ? await unitMessage(wish, table, reader) : groupMessage(wish, table, reader);
  return message ? answer(message) : outdated({ context, deps });
}

async function loadTable(span: Wish['span'], reader: Reader): Promise<Table> {
  const { context, deps, unitId } = reader;
  const { campaign, reads } = deps;
  const thisWeek = weekOf(context.now, campaign.zone);
  const lastWeek = addWeeks(thisWeek, -1);
  const live = async (week: string): Promise<LiveWeek> => {
    const data = await reads.unitWeek(week, campaign.code);
    return { data, standings: computeWeek(data, campaign) };
  };
  if (span === 'now') return weekTable(await live(thisWeek), campaign);
  if (span === 'last') return weekTable(await live(lastWeek), campaign);
  // Last week may not be recorded yet, and this one is not: both are taken as they stand.
  const [past, last, current] = await Promise.all([
    reads.pastTotals(lastWeek, campaign.code, unitId),
    live(lastWeek),
    live(thisWeek),
  ]);
  return campaignTable(past, [last, current], campaign);
}

async function unitMessage(wish: Wish, table: Table, reader: Reader): Promise<Message | null> {
  const { deps, say, unitId, event, context } = reader;
  const { campaign } = deps;
  if (unitId === null) return null;
  const previous =
    table.period.kind === 'week'
      ? await deps.reads.recordedWeek(addWeeks(table.period.week, -1), campaign.code)
      : [];
  const board = unitBoard(table, unitId, campaign.comparison.smallUnit, { previous });
  if (!board) return null;
  const own = event.audience === 'private' && context.person ? context.person.id : null;
  return unitBoardMessage(say, board, campaign, {
    ...framing(wish, reader),
    ...(own !== null && { own: { personId: own } }),
  });
}

function groupMessage(wish: Wish, table: Table, reader: Reader): Message | null {
  const { deps, say, unitId, all } = reader;
  const { campaign } = deps;
  const key =
    wish.group === null
      ? table.placings.find((placing) => placing.unitId === unitId)?.groupKey
      : all
        ? groupKeys(table)[wish.group]
        : undefined;
  const group = key === undefined ? null : groupTable(table, key, campaign.comparison.smallUnit);
  return group && groupTableMessage(say, group, campaign, unitId, framing(wish, reader));
}

function chooseGroup(wish: Wish, table: Table, { deps, say }: Reader): Message {
  const { by, smallUnit } = deps.campaign.comparison;
  const buttons = groupKeys(table).flatMap((key, i): Button[][] => {
    const sample = groupTable(table, key, smallUnit)?.sample;
    if (!sample) return [];
    const action = actionOf({ view: 'g', span: wish.span, group: i });
    return [[{ label: groupName(say, sample, by), action }]];
  });
  return leaderboardNotice(say('lb-choose'), buttons);
}

/** Until when the figures reach, and the buttons that redraw the message. */
function framing(wish: Wish, { context, deps, say, unitId, all }: Reader): Framing {
  const { zone, period } = deps.campaign;
  const lastWeek = addWeeks(weekOf(context.now, zone), -1);
  const to = (label: string, change: Partial<Wish>): Button => ({
    label,
    action: actionOf({ ...wish, ...change }),
  });
  const other =
    wish.view === 'u'
      ? [to(say('lb-show-group'), { view: 'g', group: null })]
      : unitId === null
        ? []
        : [to(say('lb-show-unit'), { view: 'u', group: null })];
  const choose = all ? [to(say('lb-choose-group'), { view: 'c', group: null })] : [];
  return {
    asOf: showDateTime(context.now, zone, say.language),
    buttons: [
      [
        to(say('lb-this-week'), { span: 'now' }),
        ...(weekSpan(lastWeek).to >= period.from
          ? [to(say('lb-last-week'), { span: 'last' })]
          : []),
        to(say('lb-campaign'), { span: 'all' }),
      ],
      [...other, ...choose],
    ].filter((row) => row.length > 0),
  };
}
