/** What is said in a group about what it is for: a unit, or the council. */
import type { Block, Button, Message } from '../chat/index.ts';
import type { UnitView } from '../engine/turn-context.ts';
import { plainMessage } from './flow.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

/** What a group is for. */
export type RoomPurpose = UnitView | 'council';

export const targetName = (say: Say, target: RoomPurpose): string =>
  target === 'council' ? say('room-council') : unitName(say, target);

const key = (target: RoomPurpose): string => (target === 'council' ? target : String(target.id));

/** `room:<unit or council>`, then what it is now once the change has been shown. */
const roomAction = (target: RoomPurpose, from: RoomPurpose | null = null): string =>
  ['room', key(target), ...(from === null ? [] : [key(from)])].join(':');

const linkButton = (say: Say, target: RoomPurpose): Button[] => [
  { label: say('room-button-link', { unit: targetName(say, target) }), action: roomAction(target) },
];

/** Of the office, which may link any group: by name, or to the council by button. */
export const askWhich = (say: Say): Message =>
  plainMessage([say('room-which')], [linkButton(say, 'council')]);

/** Said on arrival: what the bot does here and who may link it. */
export function joinedMessage(
  say: Say,
  room: {
    /** What it was linked to before, when the bot comes back. */
    readonly linked: RoomPurpose | null;
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
      ? say('room-still-linked', { unit: targetName(say, room.linked) })
      : say(room.office ? 'room-how-office' : 'room-how'),
  ];
  const link: Block[] = room.url
    ? [{ kind: 'text', text: [{ kind: 'link', text: say('enrol-open-private'), url: room.url }] }]
    : [];
  const buttons = room.linked
    ? []
    : [
        ...room.units.map((unit) => linkButton(say, unit)),
        ...(room.office ? [linkButton(say, 'council')] : []),
      ];
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
    units.map((unit) => linkButton(say, unit)),
  );

/** The group is for something else: what changes, before it does. */
export const confirmRelink = (say: Say, from: RoomPurpose, to: RoomPurpose): Message =>
  plainMessage(
    [
      from === 'council'
        ? say('room-relink-council', { to: targetName(say, to) })
        : say('room-relink', { from: unitName(say, from), to: targetName(say, to) }),
    ],
    [
      [
        {
          label: say('room-button-relink', { unit: targetName(say, to) }),
          action: roomAction(to, from),
        },
      ],
    ],
  );

/** `topic`: posts go to the forum topic the link was made in. */
export const linkedMessage = (say: Say, target: RoomPurpose, topic: boolean): Message =>
  plainMessage([
    say('room-linked', { unit: targetName(say, target) }),
    target === 'council'
      ? say(topic ? 'room-linked-council-topic' : 'room-linked-council')
      : say(topic ? 'room-linked-topic' : 'room-linked-next'),
  ]);
