import type {
  Abilities,
  Adapter,
  AdapterHost,
  Address,
  Attachment,
  Delivery,
  HomeTab,
  Mark,
  Message,
  MessageRef,
  Rate,
} from '../../src/chat/index.ts';

interface FakeCall {
  readonly kind: 'send' | 'edit';
  readonly chat: string;
  readonly thread?: string;
  readonly text: string;
  /** The message that is changed. */
  readonly id?: string;
  /** Of a send. */
  readonly mark?: Mark;
  /** 1 for the first call of the adapter. */
  readonly nth: number;
}

/** What the platform does with a call; undefined: takes it. */
type Script = (call: FakeCall) => Delivery | undefined | Promise<Delivery | undefined>;

type Seen = Awaited<ReturnType<NonNullable<Adapter['lookUp']>>>;
/** What the platform answers to the nth look; undefined: the truth. */
type LookScript = (look: { chat: string; mark: Mark; nth: number }) => Seen | undefined;

export interface FakeAdapter extends Adapter<string> {
  readonly calls: FakeCall[];
  /** Calls the platform took, as texts by chat, in order. */
  taken(chat: string): string[];
  script(next: Script): void;
  /** The platform has this call, whatever its answer says. */
  keep(call: FakeCall): MessageRef;
  /** Marks that were looked for, in order. */
  readonly looks: Mark[];
  scriptLook(next: LookScript): void;
  files: Map<string, Uint8Array | Error>;
  readonly downloads: string[];
  /** What it was started with. @throws before that */
  host(): AdapterHost;
}

export const FREE: Rate = { intervalMs: 0.001, burst: 1_000 };

/**
 * An adapter to a platform that exists only in the test. The notice is the text; `|` in it separates
 * pages.
 */
export function createFakeAdapter(
  options: {
    platform?: string;
    tenant?: string;
    bot?: Rate & { reserve: number };
    chat?: Rate;
    abilities?: Partial<Abilities>;
    /** Whether it can be asked what it has. */
    looks?: boolean;
    home?: HomeTab;
  } = {},
): FakeAdapter {
  const { platform = 'test', tenant = 't1', bot = { ...FREE, reserve: 0 }, chat = FREE } = options;
  const calls: FakeCall[] = [];
  const taken = new Map<string, string[]>();
  const files: FakeAdapter['files'] = new Map();
  const downloads: string[] = [];
  const marked = new Map<string, MessageRef>();
  const looks: Mark[] = [];
  let script: Script = () => undefined;
  let scriptLook: LookScript = () => undefined;
  let started: AdapterHost | null = null;

  const keep = ({ chat, thread, text, id, mark, nth }: FakeCall): MessageRef => {
    const at = { platform, tenant, chat, ...(thread === undefined ? {} : { thread }) };
    const ref = { at, id: id ?? `m${nth}` };
    taken.set(chat, [...(taken.get(chat) ?? []), text]);
    if (mark !== undefined) marked.set(`${chat} ${mark}`, ref);
    return ref;
  };

  const call = async (
    kind: FakeCall['kind'],
    at: Address,
    text: string,
    more: Pick<FakeCall, 'id' | 'mark'>,
  ): Promise<Delivery> => {
    const nth = calls.length + 1;
    const made: FakeCall = {
      kind,
      chat: at.chat,
      text,
      nth,
      ...(at.thread === undefined ? {} : { thread: at.thread }),
      ...more,
    };
    calls.push(made);
    const delivery = await script(made);
    if (delivery && delivery.outcome !== 'ok') return delivery;
    const ref = keep(made);
    return delivery ?? { outcome: 'ok', ref };
  };

  return {
    platform,
    tenant,
    abilities: {
      maxChars: 4_096,
      maxButtonsPerRow: 8,
      maxButtons: 100,
      maxDownloadBytes: 1_000,
      directMessage: 'after-contact',
      contact: false,
      deepLink: null,
      forms: false,
      threads: false,
      ...options.abilities,
    },
    pace: { bot, chat: () => chat },
    calls,
    files,
    downloads,
    taken: (of) => taken.get(of) ?? [],
    script(next) {
      script = next;
    },
    async start(host: AdapterHost) {
      started = host;
    },
    host() {
      if (!started) throw new Error('this adapter has not been started');
      return started;
    },
    async stop() {},
    keep,
    looks,
    scriptLook(next) {
      scriptLook = next;
    },
    lookUp: options.looks
      ? async (to, mark) => {
          looks.push(mark);
          const seen = scriptLook({ chat: to.chat, mark, nth: looks.length });
          return seen ?? { found: marked.get(`${to.chat} ${mark}`) ?? null };
        }
      : null,
    home: options.home ?? null,
    paginate: (message: Message) => message.notice.split('|'),
    send: (to: Address, page: string, mark: Mark) => call('send', to, page, { mark }),
    edit: (ref: MessageRef, page: string) => call('edit', ref.at, page, { id: ref.id }),
    openDirect: async ({ user }) => ({ platform, tenant, chat: user }),
    async download(file: Attachment) {
      downloads.push(file.ref);
      const found = files.get(file.ref);
      if (found instanceof Uint8Array) return found;
      throw found ?? new Error('no such file');
    },
  };
}
