import { createChannel } from '../../../fakes/slack/channels.ts';
import { createUser, type Person } from '../../../fakes/slack/people.ts';
import type { Stage } from '../../../fakes/slack/stage.ts';
import {
  type DeliveryResult,
  type Envelope,
  type Json,
  World,
} from '../../../fakes/slack/world.ts';

/** The clock stands still. */
const NOW = 1_720_000_000_000;

/** People without a network: what they do is written down, and answered as `app` says. */
export function hands(options: Partial<Pick<Stage, 'commands' | 'shortcuts'>> = {}) {
  const world = new World({ clock: () => NOW });
  const told: Envelope[] = [];
  let app: (envelope: Envelope) => unknown = () => null;
  const stage: Stage = {
    world,
    commands: null,
    shortcuts: null,
    ...options,
    async emit(envelope): Promise<DeliveryResult> {
      told.push(envelope);
      const body = app(envelope);
      return body === LATE
        ? { acknowledged: false, reason: 'timeout' }
        : { acknowledged: true, body };
    },
  };
  const last = (): Envelope => {
    const envelope = told.at(-1);
    if (!envelope) throw new Error('nothing happened');
    return envelope;
  };
  return {
    world,
    told,
    /** What the app acknowledges with; it may do something before. */
    answer(how: (envelope: Envelope) => unknown) {
      app = how;
    },
    event(): Json {
      const envelope = last();
      if (envelope.kind !== 'event') throw new Error(`told of a ${envelope.kind}`);
      return envelope.event;
    },
    payload(): Json {
      const envelope = last();
      if (envelope.kind !== 'interactive') throw new Error(`told of a ${envelope.kind}`);
      return envelope.payload;
    },
    fields(): Json {
      const envelope = last();
      if (envelope.kind !== 'command') throw new Error(`told of a ${envelope.kind}`);
      return envelope.fields;
    },
    user: (name: string, more: Partial<Person> = {}) => createUser(stage, { name, ...more }),
    channel: (name: string, more: { private?: boolean } = {}) =>
      createChannel(stage, { name, ...more }),
    /** The bot writes. */
    post: (channel: string, text: string, more: Json = {}) =>
      world.add({ channel, user: world.botUserId, text, ...more }),
  };
}

/** For `answer`: the app does not acknowledge in time. */
export const LATE = Symbol('late');

export const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });

export const buttons = (...labels: string[]): Json => ({
  type: 'actions',
  block_id: 'nut',
  elements: labels.map((label, i) => ({
    type: 'button',
    action_id: `b0.${i}`,
    value: `lam:${label}`,
    text: plain(label),
  })),
});
