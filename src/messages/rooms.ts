/** What is said in a group about which unit it belongs to. */
import type { Block, Button, Message } from '../chat/index.ts';
import type { UnitView } from '../engine/turn-context.ts';
import { plainMessage } from './flow.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

/** `room:<unit>`, or `room:<unit>:<current unit>` once the change has been shown. */
const roomAction = (unitId: number, from: number | null = null): string =>
  from === null ? `room:${unitId}` : `room:${unitId}:${from}`;

const unitButton = (say: Say, unit: UnitView, from: number | null = null): Button[] => [
  {
    label: say('room-button-link', { unit: unitName(say, unit) }),
    action: roomAction(unit.id, from),
  },
];

/** Said on arrival: what the bot does here and who may link it. */
export function joinedMessage(
  say: Say,
  room: {
    /** The unit it was linked to before, when the bot comes back. */
    readonly linked: UnitView | null;
    /** Units the person who added the bot may link it to. */
    readonly units: readonly UnitView[];
    /** That person may link it to any unit. */
    readonly office: boolean;
    /** Opens the private chat, where the platform has such links. */
    readonly url: string | null;
  },
): Message {
  const lines = [
    say('room-joined'),
    room.linked
      ? say('room-still-linked', { unit: unitName(say, room.linked) })
      : say(room.office ? 'room-how-office' : 'room-how'),
  ];
  const link: Block[] = room.url
    ? [{ kind: 'text', text: [{ kind: 'link', text: say('enrol-open-private'), url: room.url }] }]
    : [];
  const buttons = room.linked ? [] : room.units.flatMap((unit) => [unitButton(say, unit)]);
  return {
    notice: say('room-joined'),
    blocks: [...lines.map((text): Block => ({ kind: 'text', text: [text] })), ...link],
    ...(buttons.length > 0 && { buttons }),
  };
}

/** Several units fit: which one? */
export const chooseUnit = (say: Say, units: readonly UnitView[]): Message =>
  plainMessage(
    [say('room-choose')],
    units.map((unit) => unitButton(say, unit)),
  );

/** The group belongs to another unit: what changes, before it does. */
export const confirmRelink = (say: Say, from: UnitView, to: UnitView): Message =>
  plainMessage(
    [say('room-relink', { from: unitName(say, from), to: unitName(say, to) })],
    [
      [
        {
          label: say('room-button-relink', { unit: unitName(say, to) }),
          action: roomAction(to.id, from.id),
        },
      ],
    ],
  );

/** `topic`: posts go to the forum topic the link was made in. */
export const linkedMessage = (say: Say, unit: UnitView, topic: boolean): Message =>
  plainMessage([
    say('room-linked', { unit: unitName(say, unit) }),
    say(topic ? 'room-linked-topic' : 'room-linked-next'),
  ]);
