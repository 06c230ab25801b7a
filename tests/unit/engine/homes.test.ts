import { describe, expect, it } from 'vitest';
import type { Inbound, Sender } from '../../../src/chat/index.ts';
import { type Decision, insert, nothing, update } from '../../../src/engine/decision.ts';
import { createHomes, type HomeStore } from '../../../src/engine/homes.ts';
import type { LoadedTurn, TurnCommit } from '../../../src/engine/turn.ts';
import { personView } from '../../support/conversation.ts';
import { createFakeAdapter } from '../../support/fake-adapter.ts';
import { createManualTimers } from '../../support/manual-timers.ts';
import { createRecordingHome, type RecordingHome } from '../../support/recording-home.ts';
import { account, message, NOW, recordingLog, says } from '../../support/turns.ts';

const sender = (user: string, standing?: Sender['standing']): Sender => ({
  identity: account(user),
  name: user,
  language: null,
  ...(standing && { standing }),
});

const press = (user: string): Inbound => ({
  kind: 'press',
  delivery: 'p1',
  where: { platform: 'test', tenant: 't1', chat: user },
  audience: 'private',
  from: sender(user),
  action: 'lang:en',
});

const REPORTED: Decision = {
  ...nothing,
  writes: [update('report', { id: 1 }, { status: 'verified' })],
};

function committed(event: Inbound, decision: Decision = REPORTED): TurnCommit {
  const loaded: LoadedTurn = {
    storedAck: null,
    unreadable: false,
    context: {
      identity: event.from?.identity ?? null,
      account: null,
      person: personView({ id: 7 }),
      language: 'vi',
      conversation: { key: 'person:7', version: 1, state: { active: null, parked: [] } },
      room: null,
    },
  };
  return { event, loaded, decision, now: NOW };
}

/** Pages `what:user:n`, the n-th that was written. `open` are the accounts with an opened page. */
function homesOf(options: { open?: string[]; home?: RecordingHome | null } = {}) {
  const home = options.home === undefined ? createRecordingHome() : options.home;
  const timers = createManualTimers();
  const log = recordingLog();
  const open = new Set(options.open ?? []);
  const asked: Parameters<HomeStore['opened']>[0][] = [];
  const broken = { store: false, page: false };
  const away = () => {
    if (broken.store) throw new Error('the database is away');
  };
  let written = 0;
  const homes = createHomes({
    adapters: new Map([['test', createFakeAdapter(home ? { home } : {})]]),
    store: {
      async remember(accounts) {
        away();
        for (const { user } of accounts) open.add(user);
      },
      async forget({ user }) {
        away();
        open.delete(user);
      },
      async opened(changes) {
        away();
        asked.push(changes);
        return [...open].map(account);
      },
    },
    async page({ user }, standing) {
      if (broken.page) throw new Error('the database is away');
      written += 1;
      return message([standing ?? 'page', user, written].join(':'));
    },
    now: () => NOW,
    timers,
    log,
  });
  return {
    homes,
    timers,
    log,
    open,
    asked,
    broken,
    shown: (user?: string) => (home?.pages(user) ?? []).map(({ notice }) => notice),
    home: home ?? createRecordingHome(),
  };
}

const held = () => {
  let release = (): void => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { until, release: () => release() };
};

describe('a page that is opened', () => {
  it('is published at once and kept up to date from then on', async () => {
    const { homes, shown, open, timers } = homesOf();
    await homes.opened(sender('a'));
    expect(shown()).toEqual(['page:a:1']);
    expect([...open]).toEqual(['a']);
    expect(timers.pending).toBe(0);
  });

  it('of an outsider says so and is not kept up to date', async () => {
    const { homes, shown, open } = homesOf();
    await homes.opened(sender('x', 'outsider'));
    expect(shown()).toEqual(['outsider:x:1']);
    expect([...open]).toEqual([]);
    await homes.opened(sender('g', 'guest'));
    expect([...open]).toEqual(['g']);
  });

  it('is published although that it was opened cannot be noted', async () => {
    const { homes, shown, broken, log } = homesOf();
    broken.store = true;
    await homes.opened(sender('a'));
    expect(shown()).toEqual(['page:a:1']);
    expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
  });

  it('of another bot, or where there are no pages, is nothing to this one', async () => {
    const { homes, home, open } = homesOf();
    const elsewhere = { ...account('a'), tenant: 't2' };
    await homes.opened({ ...sender('a'), identity: elsewhere });
    await homes.opened({ ...sender('a'), identity: { ...elsewhere, platform: 'other' } });
    expect([home.calls, [...open]]).toEqual([[], []]);
    const without = homesOf({ home: null, open: ['a'] });
    await without.homes.opened(sender('a'));
    without.homes.committed(committed(says('a', 'x', '1')));
    await without.timers.advance(60_000);
    expect(without.asked).toEqual([]);
  });

  it('never appears older than it is: one at a time, and what is asked meanwhile is one more', async () => {
    const { homes, home, shown, timers } = homesOf();
    const gate = held();
    home.script(async () => {
      await gate.until;
      return undefined;
    });
    const all = [1, 2, 3].map(() => homes.opened(sender('a')));
    const other = homes.opened(sender('b'));
    await timers.advance(0);
    const later = homes.opened(sender('a'));
    await timers.advance(0);
    expect(home.calls).toEqual(['a', 'b']);
    gate.release();
    await Promise.all([...all, other, later]);
    expect(shown('a')).toEqual(['page:a:1', 'page:a:3']);
    expect(shown('b')).toHaveLength(1);
  });
});

describe('a page whose owner is concerned by a turn', () => {
  it('is published anew, once for all that happens in a moment', async () => {
    const { homes, timers, shown, asked } = homesOf({ open: ['a'] });
    homes.committed(committed(says('a', 'x', '1')));
    await timers.advance(1_000);
    homes.committed(committed(says('a', 'y', '2')));
    expect(shown()).toEqual([]);
    await timers.advance(500);
    expect(shown()).toEqual(['page:a:1']);
    expect(asked).toHaveLength(1);
    await timers.advance(60_000);
    expect(shown()).toHaveLength(1);
  });

  it('is that of the sender, of people written to, and of the owners of chats whose copy changes', async () => {
    const { homes, timers, asked } = homesOf();
    const chat = (name: string) => ({ platform: 'test', tenant: 't1', chat: name });
    homes.committed(
      committed(says('a', 'x', '1'), {
        ...REPORTED,
        sends: [
          { to: chat('head'), message: message('request'), personId: 20 },
          { to: chat('deputy'), message: message('outcome'), as: 'update', subject: 'report:1' },
        ],
      }),
    );
    await timers.advance(1_500);
    expect(asked).toEqual([
      {
        looking: [],
        accounts: [account('a')],
        people: [7, 20],
        chats: [chat('head'), chat('deputy')],
      },
    ]);
  });

  it('is left alone by steps of a conversation, files and records, which no page shows', async () => {
    const { homes, timers, asked } = homesOf({ open: ['a'] });
    const said = { to: says('a', '', '0').where, message: message('next question'), personId: 7 };
    homes.committed(committed(says('a', 'x', '1'), { ...nothing, sends: [said] }));
    const audited = insert('audit', {
      at: NOW.toString(),
      actor: 'a',
      action: 'x',
      subject: 'y',
    });
    homes.committed(committed(says('a', 'x', '2'), { ...nothing, writes: [audited] }));
    await timers.advance(60_000);
    expect([asked, timers.pending]).toEqual([[], 0]);
  });

  it('is known to be open by a press on it, also of an account first known by that', async () => {
    const { homes, timers, shown, open } = homesOf();
    homes.committed(committed(press('a'), nothing));
    await timers.advance(1_500);
    expect([...open]).toEqual(['a']);
    expect(shown()).toEqual(['page:a:1']);
  });

  it('takes its turn: one page a second, while a page that is opened does not wait', async () => {
    const { homes, timers, home } = homesOf({ open: ['a', 'b', 'c'] });
    homes.committed(committed(says('a', 'x', '1')));
    await timers.advance(1_500);
    expect(home.calls).toEqual(['a']);
    await homes.opened(sender('d'));
    expect(home.calls).toEqual(['a', 'd']);
    await timers.advance(999);
    expect(home.calls).toEqual(['a', 'd']);
    await timers.advance(1);
    expect(home.calls).toEqual(['a', 'd', 'b']);
    await timers.advance(1_000);
    expect(home.calls).toEqual(['a', 'd', 'b', 'c']);
    await timers.advance(1_000);
    expect(timers.pending).toBe(0);
  });

  it('is looked for again when the database was away, with what changed meanwhile', async () => {
    const { homes, timers, shown, asked, broken, log } = homesOf({ open: ['a'] });
    broken.store = true;
    homes.committed(committed(says('a', 'x', '1')));
    await timers.advance(1_500);
    expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
    homes.committed(committed(says('b', 'x', '2')));
    broken.store = false;
    await timers.advance(5_000);
    expect(asked.map(({ accounts }) => accounts)).toEqual([[account('a'), account('b')]]);
    expect(shown()).toEqual(['page:a:1']);
  });
});

describe('a page that cannot be published', () => {
  it('now comes when the platform says, and the others wait for that too', async () => {
    const { homes, timers, home, shown, log } = homesOf({ open: ['a', 'b'] });
    let refused = 0;
    home.script(() => {
      refused += 1;
      return refused === 1
        ? { outcome: 'retry', afterMs: 30_000, scope: 'bot', cause: 'ratelimited' }
        : undefined;
    });
    homes.committed(committed(says('a', 'x', '1')));
    await timers.advance(1_500 + 29_999);
    expect(home.calls).toEqual(['a']);
    await timers.advance(1);
    await timers.advance(1_000);
    expect(shown().map((page) => page.split(':')[1])).toEqual(['b', 'a']);
    expect(log.lines.map(({ level }) => level)).toEqual(['info']);
  });

  it('when it is opened, resolves all the same, and comes when the platform says', async () => {
    const { homes, timers, home, shown } = homesOf();
    home.script(() => ({ outcome: 'retry', afterMs: 30_000, scope: 'bot', cause: 'ratelimited' }));
    await homes.opened(sender('a'));
    home.script(() => undefined);
    await timers.advance(29_999);
    expect(shown()).toEqual([]);
    await timers.advance(1);
    expect(shown()).toEqual(['page:a:2']);
  });

  it('is forgotten when nobody will read it any more', async () => {
    const { homes, home, open, timers, log } = homesOf();
    home.script(() => ({ outcome: 'gone', cause: 'deactivated' }));
    await homes.opened(sender('a'));
    expect([...open]).toEqual([]);
    await timers.advance(60_000);
    expect(home.calls).toEqual(['a']);
    expect(log.lines.map(({ level }) => level)).toEqual(['info']);
  });

  it('for a fault of ours is not sent again, and the operator reads it', async () => {
    const { homes, home, timers, log } = homesOf();
    home.script(() => ({ outcome: 'bug', cause: 'invalid_blocks' }));
    await homes.opened(sender('a'));
    await timers.advance(60_000);
    expect(home.calls).toEqual(['a']);
    expect(log.lines).toMatchObject([{ level: 'error', fields: { cause: 'invalid_blocks' } }]);
  });

  it.each([
    ['an unknown outcome', () => ({ outcome: 'uncertain', cause: 'ECONNRESET' }) as const],
    [
      'an adapter that throws',
      () => {
        throw new Error('a fault in the adapter');
      },
    ],
  ])('for %s is tried a few times, then left until it is opened', async (_what, script) => {
    const { homes, home, timers, log, shown } = homesOf();
    home.script(script);
    await homes.opened(sender('a'));
    await timers.advance(3_600_000);
    expect(home.calls).toHaveLength(5);
    expect(log.lines.at(-1)).toMatchObject({ level: 'error', fields: { failures: 5 } });
    home.script(() => undefined);
    await homes.opened(sender('a'));
    expect(shown()).toHaveLength(1);
  });

  it('because it cannot be written, comes when it can', async () => {
    const { homes, home, timers, broken, shown } = homesOf();
    broken.page = true;
    await homes.opened(sender('a'));
    expect(home.calls).toEqual([]);
    broken.page = false;
    await timers.advance(5_000);
    expect(shown()).toEqual(['page:a:1']);
  });

  it('because the adapter never answers, holds nobody up for ever', async () => {
    const { homes, home, timers, shown } = homesOf();
    home.script(() => new Promise(() => {}));
    const opened = homes.opened(sender('a'));
    await timers.advance(15_000);
    await opened;
    home.script(() => undefined);
    await timers.advance(5_000);
    expect(shown()).toEqual(['page:a:2']);
  });
});

describe('stopping', () => {
  it('waits for the page in progress and starts no other', async () => {
    const { homes, home, timers } = homesOf({ open: ['a', 'b'] });
    homes.committed(committed(says('a', 'x', '1')));
    const gate = held();
    home.script(async () => {
      await gate.until;
      return undefined;
    });
    await timers.advance(1_500);
    homes.committed(committed(says('a', 'y', '2')));
    const order: string[] = [];
    const stopped = homes.stop().then(() => order.push('stopped'));
    await timers.advance(0);
    order.push('released');
    gate.release();
    await stopped;
    expect(order).toEqual(['released', 'stopped']);
    await homes.opened(sender('c'));
    homes.committed(committed(says('a', 'z', '3')));
    await timers.advance(60_000);
    expect(home.calls).toEqual(['a']);
    expect(timers.pending).toBe(0);
  });

  it('is at once when there is nothing to do', async () => {
    const { homes, timers } = homesOf();
    await homes.stop();
    expect(timers.pending).toBe(0);
  });
});
