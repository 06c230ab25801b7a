/**
 * One person talking to a handler, without a database: the state is carried from turn to turn, reads
 * are scripted, and what the bot says is what the person would see.
 */
import { Temporal } from 'temporal-polyfill';
import { loadCampaign } from '../../src/campaign/load.ts';
import type { Campaign } from '../../src/campaign/types.ts';
import {
  type Abilities,
  Ack,
  type Address,
  type Block,
  type Button,
  type Form,
  type FormValues,
  Inbound,
  laneKey,
  Message,
  type MessageRef,
  type Sender,
} from '../../src/chat/index.ts';
import type { Decision, Outgoing, Row, TableName, Write } from '../../src/engine/decision.ts';
import type { Handler, HandlerDeps } from '../../src/engine/deps.ts';
import type { Reads } from '../../src/engine/reads.ts';
import type {
  ChatRoomView,
  PersonView,
  TurnContext,
  UnitView,
} from '../../src/engine/turn-context.ts';
import { ConversationState, emptyConversation } from '../../src/flows/state.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import type { Language } from '../../src/messages/language.ts';
import { fakeReads } from './reads-fake.ts';

export const texts = loadTexts();
export const campaign: Campaign = loadCampaign();

export const unitView = (values: Partial<UnitView> = {}): UnitView => ({
  id: 1,
  code: 'vien-lsd',
  nameVi: 'Viện Lịch sử Đảng',
  nameEn: 'Institute of Party History',
  kind: 'research_teaching',
  bloc: 'academy',
  cluster: null,
  parentId: null,
  ...values,
});

export const personView = (values: Partial<PersonView> = {}): PersonView => ({
  id: 7,
  name: 'Nguyễn Văn An',
  language: 'vi',
  membership: { unit: unitView(), audience: 'staff' },
  grants: [],
  ...values,
});

const inline = (parts: readonly (string | { text: string })[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return block.text;
    case 'text':
    case 'note':
      return inline(block.text);
    case 'list':
      return block.items.map(inline).join('\n');
    case 'fields':
      return block.rows.map(({ label, value }) => `${label}: ${inline(value)}`).join('\n');
    case 'table':
      return block.rows.map((row) => row.join(' | ')).join('\n');
    case 'image':
    case 'file':
      return block.media.name;
  }
}

/** The text of a message, as a person reads it. */
export const readable = (message: Message): string => message.blocks.map(blockText).join('\n');

export const buttonsOf = (message: Message | undefined): Button[] => message?.buttons?.flat() ?? [];

export interface ConversationOptions {
  readonly handler: Handler;
  readonly reads?: Partial<Reads>;
  /** Null: not enrolled. */
  readonly person?: PersonView | null;
  /** The stored account; null at first contact. Default: one that has consented. */
  readonly account?: TurnContext['account'];
  /** The language the client is set to. */
  readonly client?: string;
  readonly language?: Language;
  /** What is known of the group, for events in one. */
  readonly room?: ChatRoomView;
  readonly now?: string;
  readonly campaign?: Campaign;
  readonly state?: ConversationState;
  /** Bytes a file may have. */
  readonly maxDownloadBytes?: number;
  readonly abilities?: Partial<Abilities>;
  /** Served beside `test`. */
  readonly otherPlatforms?: readonly string[];
  /** What the platform vouches for as the account's own address. */
  readonly email?: string;
  readonly standing?: Sender['standing'];
}

const WHERE: Address = { platform: 'test', tenant: 't', chat: 'c7' };

export class Conversation {
  state: ConversationState;
  version = 1;
  now: string;
  person: PersonView | null;
  /** What the latest turn decided. */
  decision: Decision = { writes: [], sends: [], ack: {} };
  readonly writes: Write[] = [];
  readonly reads: Partial<Reads>;
  readonly options: ConversationOptions;
  /** Messages in this chat in the order of their ids; an edit replaces one. */
  readonly shown: { id: string; message: Message }[] = [];
  /** The form open over the chat. */
  form: Form | null = null;
  private serial = 0;

  constructor(options: ConversationOptions) {
    this.options = options;
    this.state = options.state ?? emptyConversation;
    this.now = options.now ?? '2024-07-05T03:00:00Z';
    this.person = options.person === undefined ? personView() : options.person;
    this.reads = {
      similarReports: async () => [],
      reportBySource: async () => null,
      leaveOf: async () => null,
      liveExemplar: async () => null,
      ...options.reads,
    };
  }

  private next(): string {
    this.serial += 1;
    return String(this.serial);
  }

  private get context(): TurnContext {
    const language = this.options.language ?? this.person?.language ?? 'vi';
    return {
      now: Temporal.Instant.from(this.now),
      identity: { platform: 'test', tenant: 't', user: 'u7' },
      account:
        this.options.account === undefined
          ? { language, consentedAt: this.now, directChat: 'c7', unreachable: false }
          : this.options.account,
      person: this.person,
      language,
      conversation: { key: 'person:7', version: this.version, state: this.state },
      room: this.options.room ?? null,
      // As a turn gives it.
      ...(this.options.email && !this.options.standing && { email: this.options.email }),
    };
  }

  private get deps(): HandlerDeps {
    return {
      campaign: this.options.campaign ?? campaign,
      texts,
      reads: fakeReads(this.reads),
      platforms: ['test', ...(this.options.otherPlatforms ?? [])],
      abilities: () => ({
        maxChars: 4096,
        maxButtonsPerRow: 8,
        maxButtons: 100,
        maxDownloadBytes: this.options.maxDownloadBytes ?? 20_000_000,
        directMessage: 'after-contact',
        contact: true,
        deepLink: null,
        forms: false,
        threads: false,
        ...this.options.abilities,
      }),
      uuid: () => `media-${this.next()}`,
      inviteCode: () => 'ABCDEFGHJKMNPQRS',
    };
  }

  /** Handles an event; what is said, stored and kept is checked to be well formed. */
  async event(
    partial: { kind: Inbound['kind'] } & Record<string, unknown>,
    audience: 'private' | 'group' = 'private',
  ): Promise<this> {
    const event = Inbound.parse({
      delivery: this.next(),
      where: audience === 'private' ? WHERE : { ...WHERE, chat: 'g1' },
      audience,
      from: {
        identity: { platform: 'test', tenant: 't', user: 'u7' },
        name: 'An',
        language: this.options.client ?? 'vi',
        ...(this.options.email && { email: this.options.email }),
        ...(this.options.standing && { standing: this.options.standing }),
      },
      ...partial,
    });
    this.decision = await this.options.handler(event, this.context, this.deps);
    if (this.decision.state)
      this.state = ConversationState.parse(JSON.parse(JSON.stringify(this.decision.state)));
    this.version += 1;
    this.writes.push(...this.decision.writes);
    for (const send of this.decision.sends) this.show(send);
    const ack = Ack.parse(JSON.parse(JSON.stringify(this.decision.ack)));
    if (event.kind === 'submit' && !ack.fieldErrors) this.form = null;
    if (ack.form) this.form = ack.form;
    return this;
  }

  /** What the platform lets a person do with a button or a slash command. */
  private get opens(): { canOpenForm?: true } {
    return this.options.abilities?.forms ? { canOpenForm: true } : {};
  }

  private show({ to, message, as = 'send' }: Outgoing): void {
    Message.parse(message);
    if (laneKey(to) !== laneKey(WHERE)) return;
    if (typeof as === 'object') {
      const at = this.shown.find(({ id }) => id === as.edit.id);
      if (at) at.message = message;
    } else if (as === 'send') this.shown.push({ id: this.next(), message });
  }

  ref(id: string = this.next()): MessageRef {
    return { at: WHERE, id };
  }

  /** @returns the reference of the message said, so that it can be changed later. */
  async say(text: string): Promise<MessageRef> {
    const message = this.ref();
    await this.event({ kind: 'text', text, message, edited: false });
    return message;
  }

  change(message: MessageRef, text: string): Promise<this> {
    return this.event({ kind: 'text', text, message, edited: true });
  }

  async command(name: string, args = ''): Promise<MessageRef> {
    const message = this.ref();
    await this.event({ kind: 'command', name, args, message });
    return message;
  }

  /** A slash command or shortcut: it leaves no message. */
  slash(name: string, args = '', about?: { text: string; link: string | null }): Promise<this> {
    return this.event({ kind: 'command', name, args, ...(about && { about }), ...this.opens });
  }

  /**
   * Sends the open form: what stands in it, with these fields filled in, or emptied by null.
   * @throws when none is open or it has no such field
   */
  submit(values: Record<string, FormValues[string] | null> = {}): Promise<this> {
    const { form } = this;
    if (!form) throw new Error('no form is open');
    const filled: FormValues = {};
    for (const field of form.fields) {
      const value = field.id in values ? values[field.id] : 'value' in field && field.value;
      if (value) filled[field.id] = value;
    }
    const unknown = Object.keys(values).filter((id) => !form.fields.some((each) => each.id === id));
    if (unknown.length > 0) throw new Error(`the form has no field ${unknown.join(', ')}`);
    return this.submitAs(form.id, filled);
  }

  /** Sends any form, also one that was never shown. */
  submitAs(form: string, values: FormValues): Promise<this> {
    return this.event({ kind: 'submit', form, values });
  }

  file(
    values: { album?: string; size?: number; name?: string; of?: MessageRef } = {},
  ): Promise<this> {
    const { album = null, size = 1000, name = 'anh.jpg', of = this.ref() } = values;
    return this.event({
      kind: 'attachment',
      file: { ref: 'r', kind: 'photo', name, mime: 'image/jpeg', size },
      caption: '',
      album,
      message: of,
    });
  }

  unsupported(what: 'sticker' | 'voice'): Promise<this> {
    return this.event({ kind: 'unsupported', what, message: this.ref() });
  }

  /** Presses the latest button whose label holds `label`. @throws when no message has one. */
  press(label: string): Promise<this> {
    for (const { id, message } of [...this.shown].reverse()) {
      const button = buttonsOf(message).find((each) => each.label.includes(label));
      if (button) return this.pressAction(button.action, id);
    }
    throw new Error(`no button "${label}" in: ${this.labels().join(' | ')}`);
  }

  pressAction(action: string, id = this.shown.at(-1)?.id ?? '0'): Promise<this> {
    return this.event({ kind: 'press', action, message: this.ref(id), ...this.opens });
  }

  get ack(): Ack {
    return this.decision.ack;
  }

  /** The latest message of the chat, as text. */
  get last(): string {
    const message = this.shown.at(-1)?.message;
    return message ? readable(message) : '';
  }

  /** The first message of the latest turn's answer, as text; '' when nothing was said. */
  get answer(): string {
    const send = this.decision.sends[0];
    return send ? readable(send.message) : '';
  }

  labels(): string[] {
    return buttonsOf(this.shown.at(-1)?.message).map(({ label }) => label);
  }

  /** Messages of the latest turn that went to other chats. */
  elsewhere(): Outgoing[] {
    return this.decision.sends.filter(({ to }) => laneKey(to) !== laneKey(WHERE));
  }

  rows<T extends TableName>(table: T): Row<T>[] {
    return this.decision.writes.flatMap((write) =>
      write.table === table && write.op === 'insert' ? [write.row as Row<T>] : [],
    );
  }

  changes(table: TableName): { where: object; set: object }[] {
    return this.decision.writes.flatMap((write) =>
      write.table === table && write.op === 'update'
        ? [{ where: write.where, set: write.set }]
        : [],
    );
  }
}
