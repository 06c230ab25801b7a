import { isJson, jsons } from './checks.ts';
import { follower, type Match } from './follow.ts';
import { createModal, type FakeModal } from './modal.ts';
import { escaped } from './mrkdwn.ts';
import {
  changedEvent,
  commandFields,
  deletedEvent,
  globalShortcutPayload,
  homeOpenedEvent,
  homePressPayload,
  messageEvent,
  messageShortcutPayload,
  pressPayload,
  snapshot,
  written,
} from './payloads.ts';
import { type Shown, type ShownBlocks, type ShownButton, shown, shownBlocks } from './shown.ts';
import type { Stage } from './stage.ts';
import { asTyped } from './typing.ts';
import type { Channel, DeliveryResult, Envelope, Json, Stored, User } from './world.ts';

export interface Person {
  readonly name: string;
  readonly email?: string;
  /** Whether Slack vouches for the address; by default it does. */
  readonly emailConfirmed?: boolean;
  /** A limited account of this workspace: of several channels, or of one. */
  readonly guest?: 'multi' | 'single';
  /** Of another workspace, met in a shared channel. */
  readonly stranger?: boolean;
  readonly bot?: boolean;
  readonly deleted?: boolean;
  /** "vi-VN" by default. */
  readonly locale?: string;
}

/** A click or command; `answered` resolves with what the person alone is told at once, or null. */
interface Press {
  readonly answered: Promise<string | null>;
  /** How Slack fared with it: not acknowledged, it shows a warning beside what was clicked. */
  readonly result: Promise<DeliveryResult>;
}

/** Where something is done: a channel, or the direct conversation with the bot. */
interface Where {
  readonly id: string;
}

export interface FakeUser {
  readonly id: string;
  readonly name: string;
  readonly account: User;
  /** Id of the direct conversation with the bot. */
  readonly direct: string;
  /** Writes to the bot directly. Returns the message's `ts`. */
  say(text: string, options?: { thread?: string }): string;
  /** The same with the text as Slack passes it on: `<@U…>`, `&amp;` … */
  sayRaw(raw: string): string;
  /** Replaces the text of an own message. */
  edit(ts: string, text: string): void;
  /** Slack adds a preview to an own message: changed, yet not by its writer. */
  unfurl(ts: string): void;
  remove(ts: string): void;
  /** Several files with one message; `caption` is its text. */
  sendFiles(
    files: readonly { bytes: Uint8Array; name: string; mime: string }[],
    caption?: string,
  ): string;
  /** A slash command, written in a channel or by default to the bot. @throws when the app has none such. */
  command(name: string, text?: string, where?: Where): Press;
  /** A button of the newest message that has it, of `on`, or of a thread's. */
  press(label: string | RegExp, options?: { in?: Where; on?: string }): Press;
  /** A press whose value no button of the message has. */
  forge(ts: string, value: string, where?: Where): Press;
  /** A shortcut used on a message, or from the composer when there is none. @throws when the app has none such. */
  shortcut(callback: string, on?: { ts: string; in?: Where }): Press;
  /** The window on top, or null. */
  modal(): FakeModal | null;
  /** Looks at the own page. Resolves when the app was told, or would not be. */
  openHome(): Promise<DeliveryResult>;
  /** The own page, or null while there is none. */
  home(): ShownBlocks | null;
  pressHome(label: string | RegExp): Press;
  /** The bot's messages as they look now, oldest first; whispers are apart. */
  messages(where?: Where): Shown[];
  /** What the bot said to this person alone. */
  whispers(where?: Where): Shown[];
  last(where?: Where): Shown;
  /** The next direct message written or changed since this person's last action, or the last `reply`. */
  reply(match?: Match): Promise<Shown>;
  deactivate(): void;
}

/** Of a stranger. */
const OTHER_TEAM = 'T0KHAC001';

const fits = (label: string | RegExp, text: string): boolean =>
  typeof label === 'string' ? text === label : label.test(text);

export function createUser(stage: Stage, who: Person): FakeUser {
  const { world } = stage;
  const user: User = {
    id: world.id('U'),
    team: who.stranger ? OTHER_TEAM : world.teamId,
    name: who.name,
    email: who.email ?? null,
    emailConfirmed: who.email !== undefined && (who.emailConfirmed ?? true),
    locale: who.locale ?? 'vi-VN',
    guest: who.guest ?? null,
    stranger: who.stranger ?? false,
    bot: who.bot ?? false,
    deleted: who.deleted ?? false,
  };
  world.users.set(user.id, user);
  const direct = (): Channel => world.direct(user.id);
  const news = follower(world, () => direct().id);

  function acting(): void {
    if (user.deleted) throw new Error(`${user.name} is deactivated`);
    news.catchUp();
  }

  function channelOf(where: Where | undefined): Channel {
    if (!where) return direct();
    const channel = world.channels.get(where.id);
    if (!channel) throw new Error(`no conversation ${where.id}`);
    return channel;
  }

  const tell = (event: Json): Promise<DeliveryResult> => stage.emit({ kind: 'event', event });

  function write(fields: Partial<Stored>): string {
    acting();
    if (user.bot) throw new Error('bots do not write to bots');
    const channel = direct();
    channel.opened = true;
    const message = world.add({ ...fields, channel: channel.id, user: user.id });
    void tell(messageEvent(world, channel, message));
    return message.ts;
  }

  function own(ts: string): Stored {
    const message = world.find(direct().id, ts);
    if (message?.user !== user.id) throw new Error(`no message ${ts} of ${user.name}'s own`);
    return message;
  }

  function change(ts: string, how: (message: Stored) => void): void {
    acting();
    const message = own(ts);
    const before = snapshot(world, message);
    how(message);
    void tell(changedEvent(world, direct(), message, before));
  }

  /** Something is clicked; what is whispered or opened until it is acknowledged is its answer. */
  function click(envelope: Envelope, channel: Channel | null): Press {
    const from = world.news.length;
    const result = stage.emit(envelope).then((outcome) => {
      if (envelope.kind === 'command' && outcome.acknowledged && channel) {
        whisper(outcome.body, channel);
      }
      return outcome;
    });
    const answered = result.then(() => {
      for (const each of world.news.slice(from)) {
        if (each.kind === 'message' && each.message.ephemeralFor === user.id) {
          return shown(world, each.message).text;
        }
        // A window that only says something; one that asks is looked at with `modal()`.
        if (each.kind === 'modal' && each.modal.user === user.id) {
          const { view } = each.modal;
          if (view.submit === undefined) return shownBlocks(world, jsons(view.blocks)).text;
        }
      }
      return null;
    });
    return { answered, result };
  }

  /** An acknowledgement of a slash command can carry its answer. */
  function whisper(body: unknown, channel: Channel): void {
    if (!isJson(body) || Object.keys(body).length === 0) return;
    const { text, blocks, response_type } = body;
    world.add({
      channel: channel.id,
      user: world.botUserId,
      text: typeof text === 'string' ? text : '',
      blocks: jsons(blocks),
      ephemeralFor: response_type === 'in_channel' ? null : user.id,
    });
  }

  function pressOn(message: Stored, button: ShownButton): Press {
    acting();
    const channel = channelOf({ id: message.channel });
    const payload = pressPayload(world, user, channel, { message, button });
    return click({ kind: 'interactive', payload: { ...payload } }, channel);
  }

  const buttonOf = (blocks: ShownBlocks, label: string | RegExp): ShownButton | undefined =>
    blocks.actions.flat().find((button) => fits(label, button.label));

  const seen = (where: Where | undefined): Stored[] => world.byBot(channelOf(where).id, user.id);

  const messages = (where?: Where): Shown[] =>
    seen(where)
      .filter((m) => m.ephemeralFor === null)
      .map((m) => shown(world, m));

  return {
    id: user.id,
    name: user.name,
    account: user,
    get direct() {
      return direct().id;
    },
    say(text, { thread } = {}) {
      if (/^\/\w/.test(text)) throw new Error(`Slack takes "${text}" for a command`);
      return write({ ...written(world, text, asTyped(text)), threadTs: thread ?? null });
    },
    sayRaw: (raw) => write({ text: raw }),
    edit: (ts, text) =>
      change(ts, (message) => {
        Object.assign(message, written(world, text, asTyped(text)));
        message.edited = { user: user.id, ts: world.ts() };
      }),
    unfurl: (ts) => change(ts, () => undefined),
    remove(ts) {
      acting();
      const message = own(ts);
      message.deleted = true;
      void tell(deletedEvent(world, direct(), message));
    },
    sendFiles: (files, caption = '') =>
      write({
        ...written(world, caption, asTyped(caption)),
        files: files.map(({ bytes, name, mime }) => world.keepFile(user.id, name, mime, bytes)),
      }),
    command(name, text = '', where) {
      acting();
      if (stage.commands && !stage.commands.includes(name)) {
        throw new Error(`Slackbot: ${name} is not a valid command`);
      }
      const channel = channelOf(where);
      if (channel.kind !== 'im' && !channel.members.has(user.id)) {
        throw new Error(`${user.name} is not in ${channel.name}`);
      }
      const typed = { command: name, text: escaped(text.trim()) };
      return click(
        { kind: 'command', fields: commandFields(world, user, channel, typed) },
        channel,
      );
    },
    press(label, { in: where, on } = {}) {
      const messages = seen(where).filter((m) => on === undefined || m.ts === on);
      const message = messages.filter((m) => buttonOf(shown(world, m), label)).at(-1);
      const button = message && buttonOf(shown(world, message), label);
      if (!message || !button) throw new Error(`no button ${label} is shown`);
      return pressOn(message, button);
    },
    forge(ts, value, where) {
      const message = seen(where).find((m) => m.ts === ts);
      if (!message) throw new Error(`no message ${ts}`);
      const [button] = shown(world, message).actions.flat();
      const like = button ?? { label: 'x', actionId: 'x', blockId: 'x', style: null };
      return pressOn(message, { ...like, value });
    },
    shortcut(callback, on) {
      acting();
      if (stage.shortcuts && !stage.shortcuts.includes(callback)) {
        throw new Error(`the app has no shortcut ${callback}`);
      }
      if (!on) {
        const payload = globalShortcutPayload(world, user, callback);
        return click({ kind: 'interactive', payload: { ...payload } }, null);
      }
      const channel = channelOf(on.in);
      const message = world.find(channel.id, on.ts);
      if (!message) throw new Error(`no message ${on.ts}`);
      const payload = messageShortcutPayload(world, user, channel, { message, callback });
      return click({ kind: 'interactive', payload: { ...payload } }, channel);
    },
    modal() {
      const top = world.openModals(user.id).at(-1);
      return top ? createModal(stage, user, top, news.catchUp) : null;
    },
    openHome() {
      acting();
      const channel = direct();
      channel.opened = true;
      return tell(homeOpenedEvent(world, user, channel));
    },
    home() {
      const home = world.homes.get(user.id);
      return home ? shownBlocks(world, jsons(home.view.blocks)) : null;
    },
    pressHome(label) {
      acting();
      const blocks = jsons(world.homes.get(user.id)?.view.blocks);
      const button = buttonOf(shownBlocks(world, blocks), label);
      if (!button) throw new Error(`no button ${label} is on the page`);
      const payload = homePressPayload(world, user, button);
      return click({ kind: 'interactive', payload: { ...payload } }, null);
    },
    messages,
    whispers: (where) =>
      seen(where)
        .filter((m) => m.ephemeralFor !== null)
        .map((m) => shown(world, m)),
    last(where) {
      const last = messages(where).at(-1);
      if (!last) throw new Error('the bot has not written yet');
      return last;
    },
    reply: (match) => news.next(match),
    deactivate() {
      user.deleted = true;
    },
  };
}
