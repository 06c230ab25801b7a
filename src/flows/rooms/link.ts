/** Making a group a unit's group, or the council's. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import { type Decision, update, upsert, type Write } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import { recorded } from '../../engine/record.ts';
import type { PersonView, UnitView } from '../../engine/turn-context.ts';
import { privateChatMessage } from '../../messages/enrol.ts';
import { plainMessage } from '../../messages/flow.ts';
import { unitName } from '../../messages/report.ts';
import {
  askWhich,
  chooseUnit,
  confirmRelink,
  linkedMessage,
  type RoomPurpose,
  targetName,
} from '../../messages/rooms.ts';
import { fold } from '../../people/fold.ts';
import { ledUnits, may } from '../../people/may.ts';
import { answerWith, type FlowTurn, outdated, speaker, toast } from '../run.ts';

/** Units offered when a name fits several. */
const OFFERED = 6;

/** How the council's group is asked for, folded. */
const COUNCIL_WORDS = ['hoi dong', 'hoi-dong', 'council'];

const unitIdOf = (target: RoomPurpose): number | null => (target === 'council' ? null : target.id);

/** What the group is for now; null: nothing yet. */
const currentOf = ({ context: { room } }: FlowTurn): RoomPurpose | null =>
  room?.purpose === 'council' ? 'council' : (room?.unit ?? null);

/** Why this person may not link this group so, or null when they may. */
function refusal(turn: FlowTurn, person: PersonView, target: RoomPurpose): string | null {
  const say = speaker(turn);
  if (!may(person, 'room.link', { unitId: unitIdOf(target) }))
    return target === 'council'
      ? say('room-council-not-yours')
      : say('room-not-yours', { unit: unitName(say, target) });
  const current = currentOf(turn);
  if (current === null || may(person, 'room.link', { unitId: unitIdOf(current) })) return null;
  return current === 'council'
    ? say('room-current-council')
    : say('room-current-not-yours', { unit: unitName(say, current) });
}

const codeOf = (target: RoomPurpose | null): string | null =>
  target === null || target === 'council' ? target : target.code;

/** The rows of the link; guarded by what the group was for when it was decided. */
function linkWrites(turn: FlowTurn, person: PersonView, target: RoomPurpose): Write[] {
  const { event, context } = turn;
  const { platform, tenant, chat, thread } = event.where;
  const at = context.now.toString();
  const { room } = context;
  const link = {
    purpose: target === 'council' ? ('council' as const) : ('unit' as const),
    unitId: unitIdOf(target),
    linkedBy: person.id,
    linkedAt: at,
    thread: thread ?? null,
    leftAt: null,
  };
  const seen = { purpose: room?.purpose ?? 'unit', unitId: room?.unit?.id ?? null };
  return [
    room
      ? update('chatRoom', { platform, tenant, chat, ...seen }, link)
      : // A group the bot was in before it knew it; a rename will bring the title.
        upsert('chatRoom', { platform, tenant, chat, title: '', ...link }),
    recorded(person, at, 'room.linked', `room:${platform}:${tenant}:${chat}`, {
      from: codeOf(currentOf(turn)),
      to: codeOf(target),
    }),
  ];
}

const same = (a: RoomPurpose, b: RoomPurpose): boolean =>
  a === b || (a !== 'council' && b !== 'council' && a.id === b.id);

/**
 * Links at once, or first shows what a change means. `seen`: what the group was for as it was shown,
 * a unit's id or the council.
 */
function linkTo(
  turn: FlowTurn,
  person: PersonView,
  target: RoomPurpose,
  seen: number | 'council' | null,
): Decision {
  const say = speaker(turn);
  const refused = refusal(turn, person, target);
  if (refused !== null)
    return turn.event.kind === 'press' ? toast(refused) : answerWith(turn, plainMessage([refused]));
  const { room } = turn.context;
  const thread = turn.event.where.thread ?? null;
  const current = currentOf(turn);
  if (current && same(current, target) && room?.thread === thread && !room.left)
    return answerWith(turn, plainMessage([say('room-already', { unit: targetName(say, target) })]));
  if (current && !same(current, target) && seen !== (unitIdOf(current) ?? 'council'))
    return answerWith(turn, confirmRelink(say, current, target));
  return {
    ...answerWith(turn, linkedMessage(say, target, thread !== null)),
    writes: linkWrites(turn, person, target),
  };
}

async function unitsNamed(turn: FlowTurn, words: string): Promise<readonly UnitView[]> {
  const { context, deps } = turn;
  const on = campaignDay(context.now, deps.campaign.zone);
  const exact = await deps.reads.unitByCode(words.toLowerCase(), on);
  return exact ? [exact] : deps.reads.findUnits(words, on, OFFERED);
}

/** `/lienket [code or name]` in a group. */
export const linkCommand: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const say = speaker(turn);
  const says = (text: string) => answerWith(turn, plainMessage([text]));
  if (event.audience === 'private') return says(say('room-only-groups'));
  if (!context.identity) return says(say('room-hidden'));
  const { person } = context;
  if (!person) {
    const url = deps.abilities(event.where.platform).deepLink?.('menu') ?? null;
    const pointer = privateChatMessage(say, url);
    const first = say('room-enrol-first');
    return answerWith(turn, {
      notice: first,
      blocks: [{ kind: 'text', text: [first] }, ...pointer.blocks.slice(1)],
    });
  }
  const led = ledUnits(person);
  const office = may(person, 'campaign', null);
  if (led.length === 0 && !office) return says(say('room-no-right'));
  const words = event.args.trim();
  if (COUNCIL_WORDS.includes(fold(words))) return linkTo(turn, person, 'council', null);
  if (words === '' && led.length === 0) return answerWith(turn, askWhich(say));
  const units = words === '' ? await deps.reads.units(led) : await unitsNamed(turn, words);
  const [only] = units;
  if (!only) return says(say('room-unit-unknown', { text: words.slice(0, 100) }));
  return units.length === 1
    ? linkTo(turn, person, only, null)
    : answerWith(turn, chooseUnit(say, units));
};

const parseTarget = (text: string): number | 'council' =>
  text === 'council' ? text : Number(text);

/** `room:<unit or council>[:<what it is now>]`. */
export const onRoomPress: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const match = /^room:(\d{1,9}|council)(?::(\d{1,9}|council))?$/.exec(event.action);
  const turn = { event, context, deps };
  const { person } = context;
  if (!match?.[1] || !person || event.audience === 'private') return outdated(turn);
  const wanted = parseTarget(match[1]);
  const [target] = wanted === 'council' ? ['council' as const] : await deps.reads.units([wanted]);
  if (!target) return outdated(turn);
  return linkTo(turn, person, target, match[2] === undefined ? null : parseTarget(match[2]));
};
