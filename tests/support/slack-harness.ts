import type { Address } from '../../src/chat/index.ts';
import type {
  AdapterHarness,
  HarnessGroup,
  HarnessPerson,
  HarnessWindows,
  Seen,
  SeenForm,
} from '../contract/adapter-harness.ts';
import type { FakeChannel, FakeSlack, FakeUser } from '../fakes/slack/index.ts';
import { type ShownBlocks, shown } from '../fakes/slack/shown.ts';
import { type SlackMode, slackIn, startSlackWorkspace } from './slack-adapter.ts';

/** Real milliseconds after which the fake takes what it was not told for lost; only failed turns come to that. */
const ACK_MS = 400;

const seenBlocks = ({ text, buttons, pictures }: ShownBlocks) => ({
  text,
  buttons,
  pictures: pictures.length,
});

function windowsOf(user: FakeUser): HarnessWindows {
  return {
    invoke: async (name, args) => void (await user.command(`/${name}`, args).answered),
    form(): SeenForm | null {
      const modal = user.modal()?.shown;
      return modal && modal.submit !== null ? modal : null;
    },
    fill(label, value) {
      const modal = user.modal();
      const kind = modal?.shown.fields.find((field) => field.label === label)?.kind;
      if (typeof value !== 'string') modal?.attach(label, { ...value, mime: 'image/png' });
      else if (kind === 'choice') modal?.pick(label, value);
      else modal?.fill(label, value);
    },
    submit: async () => void (await user.modal()?.submit()),
    openHome: () => void user.openHome(),
    home() {
      const home = user.home();
      return home && { ...seenBlocks(home), contactButton: null, edited: false, files: [] };
    },
    pressHome: (label) => user.pressHome(label).answered,
  };
}

/** A harness of the contract suite, over either way in. */
export async function makeSlackHarness(mode: SlackMode): Promise<AdapterHarness> {
  const fake = await startSlackWorkspace({ ackMs: ACK_MS });
  const { adapter, close } = await slackIn(mode, fake);
  const users = new Map<HarnessPerson, FakeUser>();
  const address = (chat: string): Address => ({ platform: 'slack', tenant: fake.teamId, chat });

  function userOf(person: HarnessPerson): FakeUser {
    const user = users.get(person);
    if (!user) throw new Error('a person of another harness');
    return user;
  }

  return {
    adapter,
    async close() {
      await fake.close();
      await close();
    },
    failNext(how) {
      if (how === 'uncertain') fake.failNext('chat.postMessage', { kind: 'reset', after: true });
      else if (how === 'retry') fake.failNext('chat.postMessage', { kind: 'limited', seconds: 7 });
      else fake.failNext('chat.postMessage', { kind: 'error', code: 'invalid_blocks' });
    },
    faults: {
      loseNext: (after) => fake.failNext('chat.postMessage', { kind: 'reset', after }),
      refuseForm: () => fake.failNext('views.open', { kind: 'error', code: 'expired_trigger_id' }),
    },
    person(name) {
      const user = fake.user({ name });
      const person = personOf(fake, user, address(user.direct));
      users.set(person, user);
      return person;
    },
    group(title): HarnessGroup {
      const channel: FakeChannel = fake.channel({ name: title });
      return {
        title,
        get where() {
          return address(channel.id);
        },
        addBot: (by) => channel.addBot(userOf(by)),
        removeBot: (by) => channel.removeBot(userOf(by)),
        rename: (by, next) => channel.rename(userOf(by), next),
        type(by, text) {
          if (!text.startsWith('/')) channel.say(userOf(by), text);
          else void command(userOf(by), text, channel);
        },
        move() {
          channel.changeId();
          return address(channel.id);
        },
        seen: () => seenIn(fake, channel.id, null),
      };
    },
  };
}

function personOf(fake: FakeSlack, user: FakeUser, where: Address): HarnessPerson {
  const lacking = (what: string) => (): never => {
    throw new Error(`Slack has no ${what}`);
  };
  const photo = (bytes: Uint8Array) => ({ bytes, name: 'anh.png', mime: 'image/png' });
  let lastTyped = '';
  return {
    name: user.name,
    identity: { platform: 'slack', tenant: fake.teamId, user: user.id },
    where,
    open: (code) => void user.command('/batdau', code),
    type(text) {
      if (text.startsWith('/')) command(user, text);
      else lastTyped = user.say(text);
    },
    editLast: (text) => user.edit(lastTyped, text),
    sendPhoto: (bytes, caption) => void user.sendFiles([photo(bytes)], caption),
    sendAlbum: (photos, caption) => void user.sendFiles(photos.map(photo), caption),
    sendFile: (bytes, name, mime) => void user.sendFiles([{ bytes, name, mime }]),
    sendSticker: lacking('stickers'),
    shareContact: lacking('contact cards'),
    block: lacking('blocking of bots'),
    unblock: lacking('blocking of bots'),
    press: (label) => user.press(label).answered,
    windows: windowsOf(user),
    seen: () => seenIn(fake, user.direct, user.id),
  };
}

/** What begins with a slash is a command of Slack's, never a message. */
function command(user: FakeUser, typed: string, where?: FakeChannel): void {
  const [, name = '', text = ''] = /^(\/\S+)\s*(.*)$/s.exec(typed) ?? [];
  user.command(name, text, where);
}

/** With what the bot said to that person alone. */
const seenIn = ({ world }: FakeSlack, channel: string, reader: string | null): Seen[] =>
  world.byBot(channel, reader).map((message) => {
    const { edited, files, ...blocks } = shown(world, message);
    return {
      ...seenBlocks(blocks),
      contactButton: null,
      edited,
      files: files.map(({ name }) => name),
    };
  });
