import {
  type Actor,
  type Draft,
  type Me,
  type Parsed,
  placeOf,
  type Read,
  type Reply,
} from './draft.ts';
import { parseEvent } from './parse-event.ts';
import {
  type Actions,
  Command,
  type GlobalShortcut,
  type MessageShortcut,
  Named,
  Payload,
  type Submission,
} from './payloads.ts';
import { FORM_CALLBACK, readMetadata, readValues } from './views.ts';

/** What the shortcuts are called in the manifest. */
export const MESSAGE_SHORTCUT = 'bao_cao';
export const GLOBAL_SHORTCUT = 'bao_cao_moi';
/** The command that both stand for. */
const SHORTCUT_COMMAND = 'baocao';

/** Reads one payload, of an event, an interaction or a slash command. Never throws. */
export function parsePayload(raw: unknown, me: Me): Parsed {
  const named = Named.safeParse(raw).data;
  const id = named?.event_id ?? named?.trigger_id ?? 'without a name';
  const parsed = named?.command === undefined ? Payload.safeParse(raw) : Command.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const type = named?.event?.type ?? named?.type ?? named?.command;
    const why = `${type ?? 'a payload'} of an unknown kind or shape at ${issue?.path.join('.')}`;
    return { id, kind: 'ignored', why };
  }
  const read = readPayload(parsed.data, me);
  return typeof read === 'string' ? { id, kind: 'ignored', why: read } : { id, ...read };
}

function readPayload(payload: Payload | Command, me: Me): Read {
  if ('command' in payload) return readCommand(payload, me);
  switch (payload.type) {
    case 'event_callback':
      return parseEvent(payload, me);
    case 'block_actions':
      return readPress(payload);
    case 'message_action':
      return readMessageShortcut(payload);
    case 'shortcut':
      return readGlobalShortcut(payload);
    case 'view_submission':
      return readSubmission(payload);
    case 'app_rate_limited':
      return 'Slack holds back events for a minute: there were more than 30,000 in an hour';
  }
}

const actorOf = (user: { id: string; team_id?: string | null | undefined }): Actor => ({
  id: user.id,
  team: user.team_id ?? null,
});

const one = (draft: Draft, reply: Reply): Read => ({ kind: 'events', drafts: [draft], reply });

/** Only who typed it sees the answer, so a command of one's own is answered in the direct conversation. */
function readCommand(given: Command, { groupCommands }: Me): Read {
  const name = given.command.slice(1).toLowerCase();
  if (!/^[a-z0-9_]{1,32}$/.test(name)) return `${given.command} is no command of ours`;
  const inChannel = groupCommands.includes(name) && !given.channel_id.startsWith('D');
  const content = {
    kind: 'command',
    name,
    args: given.text.trim(),
    ts: null,
    about: null,
    canOpenForm: true,
    givenIn: given.channel_id,
  } as const;
  return one(
    {
      delivery: given.trigger_id,
      actor: { id: given.user_id, team: null },
      place: inChannel ? placeOf(given.channel_id) : 'direct',
      content,
    },
    { trigger: given.trigger_id, url: given.response_url ?? null, to: 'call' },
  );
}

function readPress(payload: Actions): Read {
  const action = payload.actions.find(({ type }) => type === 'button')?.value;
  if (!action) return 'a press without an action';
  const reply: Reply = {
    trigger: payload.trigger_id,
    url: payload.response_url ?? null,
    to: 'call',
  };
  const base = { delivery: payload.trigger_id, actor: actorOf(payload.user) };
  if (payload.view) {
    if (payload.view.type !== 'home') return 'a press in a modal';
    return one({ ...base, place: 'direct', content: { kind: 'press', action, ts: null } }, reply);
  }
  const ts = payload.message?.ts ?? payload.container?.message_ts;
  if (!payload.channel || !ts) return 'a press on something that is no message';
  const threadTs = payload.message?.thread_ts ?? payload.container?.thread_ts;
  // The first message of a thread is not in it.
  const thread = threadTs && threadTs !== ts ? threadTs : undefined;
  const place = placeOf(payload.channel.id, thread);
  return one({ ...base, place, content: { kind: 'press', action, ts } }, reply);
}

function readMessageShortcut(payload: MessageShortcut): Read {
  if (payload.callback_id !== MESSAGE_SHORTCUT) return 'a shortcut of another name';
  const { text, ts, thread_ts: threadTs = null } = payload.message;
  const about = { text, channel: payload.channel.id, ts, threadTs };
  const content = { ...shortcut, about, givenIn: payload.channel.id } as const;
  return one(
    { delivery: payload.trigger_id, actor: actorOf(payload.user), place: 'direct', content },
    { trigger: payload.trigger_id, url: payload.response_url ?? null, to: 'call' },
  );
}

const shortcut = {
  kind: 'command',
  name: SHORTCUT_COMMAND,
  args: '',
  ts: null,
  canOpenForm: true,
} as const;

function readGlobalShortcut(payload: GlobalShortcut): Read {
  if (payload.callback_id !== GLOBAL_SHORTCUT) return 'a shortcut of another name';
  const content = { ...shortcut, about: null, givenIn: null } as const;
  return one(
    { delivery: payload.trigger_id, actor: actorOf(payload.user), place: 'direct', content },
    { trigger: payload.trigger_id, url: null, to: 'call' },
  );
}

function readSubmission(payload: Submission): Read {
  const { callback_id, private_metadata, state } = payload.view;
  const metadata = readMetadata(private_metadata);
  if (callback_id !== FORM_CALLBACK || !metadata) return 'a modal that is no form of ours';
  let values: ReturnType<typeof readValues>;
  try {
    values = readValues(state);
  } catch {
    return 'a form whose answers have an unknown shape';
  }
  return one(
    {
      delivery: payload.trigger_id,
      actor: actorOf(payload.user),
      place: { channel: metadata.direct, audience: 'private' },
      content: { kind: 'submit', form: metadata.form, values },
    },
    { trigger: payload.trigger_id, url: null, to: 'submit' },
  );
}
