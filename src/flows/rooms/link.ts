/** Making a group a unit's group. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import { type Decision, insert, update, upsert, type Write } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import type { PersonView, UnitView } from '../../engine/turn-context.ts';
import { privateChatMessage } from '../../messages/enrol.ts';
import { plainMessage } from '../../messages/flow.ts';
import { unitName } from '../../messages/report.ts';
import { chooseUnit, confirmRelink, linkedMessage } from '../../messages/rooms.ts';
import { may } from '../../people/may.ts';
import { answerWith, type FlowTurn, outdated, speaker, toast } from '../run.ts';

/** Units offered when a name fits several. */
const OFFERED = 6;

export const leadUnitIds = (person: PersonView): number[] => [
  ...new Set(person.grants.flatMap(({ unitId }) => unitId ?? [])),
];

/** Why this person may not link this group to the unit, or null when they may. */
function refusal(turn: FlowTurn, person: PersonView, unit: UnitView): string | null {
  const say = speaker(turn);
  if (!may(person, 'room.link', { unitId: unit.id }))
    return say('room-not-yours', { unit: unitName(say, unit) });
  const current = turn.context.room?.unit;
  return current && !may(person, 'room.link', { unitId: current.id })
    ? say('room-current-not-yours', { unit: unitName(say, current) })
    : null;
}

/** The rows of the link; guarded by the unit the group had when it was decided. */
function linkWrites({ event, context }: FlowTurn, person: PersonView, unit: UnitView): Write[] {
  const { platform, tenant, chat, thread } = event.where;
  const at = context.now.toString();
  const { room } = context;
  const link = {
    unitId: unit.id,
    linkedBy: person.id,
    linkedAt: at,
    thread: thread ?? null,
    leftAt: null,
  };
  return [
    room
      ? update('chatRoom', { platform, tenant, chat, unitId: room.unit?.id ?? null }, link)
      : // A group the bot was in before it knew it; a rename will bring the title.
        upsert('chatRoom', { platform, tenant, chat, title: '', ...link }),
    insert('audit', {
      at,
      actorId: person.id,
      actor: `person:${person.id}`,
      action: 'room.linked',
      subject: `room:${platform}:${tenant}:${chat}`,
      details: { from: room?.unit?.code ?? null, to: unit.code },
    }),
  ];
}

/** Links at once, or first shows what a change of unit means. `seen`: the current unit as it was shown. */
function linkTo(turn: FlowTurn, person: PersonView, unit: UnitView, seen: number | null): Decision {
  const say = speaker(turn);
  const refused = refusal(turn, person, unit);
  if (refused !== null)
    return turn.event.kind === 'press' ? toast(refused) : answerWith(turn, plainMessage([refused]));
  const { room } = turn.context;
  const thread = turn.event.where.thread ?? null;
  if (room?.unit?.id === unit.id && room.thread === thread && !room.left)
    return answerWith(turn, plainMessage([say('room-already', { unit: unitName(say, unit) })]));
  if (room?.unit && room.unit.id !== unit.id && room.unit.id !== seen)
    return answerWith(turn, confirmRelink(say, room.unit, unit));
  return {
    ...answerWith(turn, linkedMessage(say, unit, thread !== null)),
    writes: linkWrites(turn, person, unit),
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
  const led = leadUnitIds(person);
  const office = may(person, 'campaign', null);
  if (led.length === 0 && !office) return says(say('room-no-right'));
  const words = event.args.trim();
  if (words === '' && led.length === 0) return says(say('room-which'));
  const units = words === '' ? await deps.reads.units(led) : await unitsNamed(turn, words);
  const [only] = units;
  if (!only) return says(say('room-unit-unknown', { text: words.slice(0, 100) }));
  return units.length === 1
    ? linkTo(turn, person, only, null)
    : answerWith(turn, chooseUnit(say, units));
};

/** `room:<unit>[:<current unit>]`. */
export const onRoomPress: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const match = /^room:(\d{1,9})(?::(\d{1,9}))?$/.exec(event.action);
  const turn = { event, context, deps };
  const { person } = context;
  if (!match || !person || event.audience === 'private') return outdated(turn);
  const [unit] = await deps.reads.units([Number(match[1])]);
  if (!unit) return outdated(turn);
  return linkTo(turn, person, unit, match[2] === undefined ? null : Number(match[2]));
};
