/** Groups and private chats coming, going and changing. */
import type { InboundOf } from '../../chat/index.ts';
import { type Decision, nothing, update, upsert } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import { joinedMessage } from '../../messages/rooms.ts';
import { ledUnits, may } from '../../people/may.ts';
import type { Feature } from '../feature.ts';
import { answerWith, speaker } from '../run.ts';
import { linkCommand, onRoomPress } from './link.ts';

/** Units offered at once to the leader who adds the bot. */
const OFFERED = 5;

const roomKey = ({ where }: InboundOf<'joined' | 'left' | 'renamed'>) => ({
  platform: where.platform,
  tenant: where.tenant,
  chat: where.chat,
});

/** An earlier link outlives the bot's absence. */
const onJoined: Handler<InboundOf<'joined'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const { person, room } = context;
  const led = person ? ledUnits(person).slice(0, OFFERED) : [];
  const linked = room?.purpose === 'council' ? 'council' : (room?.unit ?? null);
  const units = linked || led.length === 0 ? [] : await deps.reads.units(led);
  const message = joinedMessage(speaker(turn), {
    linked,
    units,
    office: may(person, 'campaign', null),
    url: person ? null : (deps.abilities(event.where.platform).deepLink?.('menu') ?? null),
  });
  return {
    ...answerWith(turn, message),
    writes: [
      upsert('chatRoom', {
        ...roomKey(event),
        title: event.title,
        addedBy: person?.id ?? null,
        leftAt: null,
      }),
    ],
  };
};

const onLeft: Handler<InboundOf<'left'>> = async (event, { room, now }) =>
  room
    ? { ...nothing, writes: [update('chatRoom', roomKey(event), { leftAt: now.toString() })] }
    : nothing;

const onRenamed: Handler<InboundOf<'renamed'>> = async (event) => ({
  ...nothing,
  writes: [upsert('chatRoom', { ...roomKey(event), title: event.title })],
});

/** The platform says so more than once; moving a chat twice changes nothing. */
const onMoved: Handler<InboundOf<'moved'>> = async (event): Promise<Decision> => ({
  ...nothing,
  moves: [{ from: event.where, to: event.to }],
});

const onBlocked: Handler<InboundOf<'blocked'>> = async (_event, { identity, account, now }) =>
  identity && account
    ? {
        ...nothing,
        writes: [
          update('identity', identity, {
            unreachableSince: now.toString(),
            unreachableCause: 'blocked',
          }),
        ],
      }
    : nothing;

const onUnblocked: Handler<InboundOf<'unblocked'>> = async (_event, { identity, account }) =>
  identity && account
    ? {
        ...nothing,
        writes: [update('identity', identity, { unreachableSince: null, unreachableCause: null })],
      }
    : nothing;

export const roomsFeature: Feature = {
  commands: { lienket: linkCommand, link: linkCommand },
  presses: { room: onRoomPress },
  events: {
    joined: onJoined,
    left: onLeft,
    renamed: onRenamed,
    moved: onMoved,
    blocked: onBlocked,
    unblocked: onUnblocked,
  },
  inGroups: ['lienket', 'link'],
};
