import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { digestFilesTask } from '../../../src/engine/digest-files.ts';
import { digestJob } from '../../../src/engine/digest-jobs.ts';
import type { DigestStore } from '../../../src/engine/digest-store.ts';
import type { PersonView, Recipient } from '../../../src/engine/turn-context.ts';
import { personView, readable, texts } from '../../support/conversation.ts';
import { NOW, recordedWeeks, sourceOf } from '../../support/digest-data.ts';
import { campaign } from '../../support/standings-week.ts';

const at = (chat: string) => ({ platform: 'test', tenant: 't', chat });
const reader = (personId: number, change: Partial<Recipient> = {}): Recipient => ({
  personId,
  name: `Người ${personId}`,
  language: 'vi',
  address: at(`c${personId}`),
  ...change,
});

interface World {
  readonly rooms?: readonly string[];
  readonly holders?: Readonly<Record<string, readonly Recipient[]>>;
  readonly people?: Readonly<Record<number, PersonView>>;
}

function storeOf({ rooms = [], holders = {}, people = {} }: World = {}) {
  const tasks: unknown[] = [];
  const kept: string[] = [];
  const store: DigestStore = {
    ...sourceOf({ recorded: recordedWeeks({}) }),
    holders: async (roles, scope) => {
      const found = roles.flatMap((role) => holders[scope ? `${role}:${scope}` : role] ?? []);
      return found.filter((each, i) => found.findIndex((o) => o.personId === each.personId) === i);
    },
    person: async (id) => people[id] ?? null,
    councilRooms: async () => rooms.map(at),
    addTask: async (_kind, payload) => {
      // As it comes back from the database.
      tasks.push(JSON.parse(JSON.stringify(payload)));
    },
    keep: async (bytes, mime) => {
      kept.push(`${mime} ${new TextDecoder().decode(bytes)}`);
      return 'a'.repeat(64);
    },
  };
  return { store, tasks, kept };
}

const run = (to: 'council' | 'overseers' | 'mobilisers', world: World, when = NOW) => {
  const { store, tasks } = storeOf(world);
  return digestJob({ campaign, texts, to })(when, store, when).then((sends) => ({ sends, tasks }));
};
const chats = (sends: readonly { to: { chat: string } }[]) => sends.map(({ to }) => to.chat);
const member = (role: 'council' | 'office' | 'mobiliser'): PersonView =>
  personView({ grants: [{ role, unitId: null }] });

describe('the weekly digest', () => {
  it('goes to the council’s group and the office, each once under its own key', async () => {
    const { sends, tasks } = await run('council', {
      rooms: ['g1'],
      holders: { council: [reader(1)], office: [reader(2, { language: 'en' })] },
    });
    expect(chats(sends)).toEqual(['g1', 'c2']);
    expect(sends.map(({ dedupe }) => dedupe)).toEqual([
      'digest:test:campaign:2024-07-01:test:t:g1',
      'digest:test:campaign:2024-07-01:2',
    ]);
    expect(sends[0]).toMatchObject({ onUncertain: 'hold' });
    expect(sends[0] && readable(sends[0].message)).toContain(
      'Kính gửi Hội đồng Thi đua - Khen thưởng.',
    );
    expect(sends[1]?.message.notice).toBe('Summary for week 19 – the whole campaign');
    expect(tasks).toMatchObject([{ of: 'campaign', to: [{ personId: null }, { personId: 2 }] }]);
  });

  it('without a group goes to each member, to whoever is of the office too once', async () => {
    const both = reader(1);
    const { sends } = await run('council', {
      holders: { council: [both, reader(3, { address: null })], office: [both, reader(2)] },
    });
    expect(chats(sends)).toEqual(['c1', 'c2']);
  });

  it('of overseers is each one’s own scope', async () => {
    const { sends, tasks } = await run('overseers', {
      holders: { 'overseer:students': [reader(4)], 'overseer:political_schools': [reader(5)] },
    });
    expect(sends.map(({ to, message }) => [to.chat, message.notice])).toEqual([
      ['c5', 'Báo cáo tổng hợp tuần 19 – các trường chính trị'],
      ['c4', 'Báo cáo tổng hợp tuần 19 – học viên, sinh viên'],
    ]);
    expect(tasks).toHaveLength(2);
  });

  it('of mobilisers is counts', async () => {
    const { sends } = await run('mobilisers', { holders: { mobiliser: [reader(6)] } });
    const said = sends[0] ? readable(sends[0].message) : '';
    expect(said).toContain('số người tham gia theo đơn vị');
    expect(said).not.toMatch(/Báo cáo đã gửi|Chờ xác nhận|điểm quy đổi/);
  });

  it('is not made where nobody reads it, nor for weeks outside the campaign', async () => {
    expect(await run('mobilisers', {})).toEqual({ sends: [], tasks: [] });
    const world = { holders: { council: [reader(1)] } };
    for (const day of ['2024-02-26T01:30:00Z', '2025-01-13T01:30:00Z'])
      expect((await run('council', world, Temporal.Instant.from(day))).sends).toEqual([]);
    const first = await run('council', world, Temporal.Instant.from('2024-03-04T01:30:00Z'));
    expect(first.sends[0]?.message.notice).toContain('tuần 1 ');
    expect(first.sends[0] && readable(first.sends[0].message)).not.toContain('so với tuần trước');
    const last = await run('council', world, Temporal.Instant.from('2025-01-06T01:30:00Z'));
    expect(last.sends).toHaveLength(1);
  });
});

describe('picture and workbook', () => {
  const task = (parts: Partial<Parameters<typeof digestFilesTask>[0]> = {}) =>
    digestFilesTask({
      campaign,
      texts,
      draw: async ({ title }) => new TextEncoder().encode(title),
      workbook: async (digest, _sheets, say) =>
        new TextEncoder().encode(`${digest.of} ${say.language}`),
      ...parts,
    });
  const payload = (to: readonly object[]) => ({
    of: 'campaign',
    period: { kind: 'week', week: '2024-07-01' },
    to,
  });
  const person = (personId: number, language = 'vi') => ({
    address: at(`c${personId}`),
    personId,
    language,
    dedupe: `k${personId}`,
  });
  const room = { address: at('g1'), personId: null, language: 'vi', dedupe: 'kg' };

  it('are made once a language and sent to each reader', async () => {
    const { store, kept } = storeOf({
      rooms: ['g1'],
      people: { 1: member('council'), 2: member('office'), 3: member('council') },
    });
    const { sends } = await task().run(
      payload([room, person(1), person(2, 'en'), person(3)]),
      store,
      NOW,
    );
    expect(kept).toEqual([
      expect.stringMatching(/^image\/png Tổng hợp tuần 19/),
      expect.stringMatching(/spreadsheet.* campaign vi$/),
      expect.stringMatching(/^image\/png /),
      expect.stringMatching(/spreadsheet.* campaign en$/),
    ]);
    expect(sends.map(({ to, dedupe }) => [to.chat, dedupe])).toEqual([
      ['g1', 'kg'],
      ['c1', 'k1'],
      ['c2', 'k2'],
      ['c3', 'k3'],
    ]);
    expect(sends[1]?.message.blocks).toMatchObject([
      { kind: 'image', media: { name: 'tong-hop-phong-trao-2024-07-01.png' } },
      { kind: 'file', media: { name: 'tong-hop-phong-trao-2024-07-01.xlsx' } },
    ]);
  });

  it('are sent to nobody whose right ended meanwhile, nor to a group no longer the council’s', async () => {
    const { store, kept } = storeOf({ people: { 1: personView(), 2: member('mobiliser') } });
    const { sends } = await task().run(
      payload([room, person(1), person(2), person(9)]),
      store,
      NOW,
    );
    expect([sends, kept]).toEqual([[], []]);
  });

  it('that cannot be made are said to be missing, to those who may know', async () => {
    const broken = task({ draw: () => Promise.reject(new Error('no fonts')) });
    const { store } = storeOf({ people: { 1: member('council') } });
    const asked = payload([person(1), person(9)]);
    await expect(broken.run(asked, store, NOW)).rejects.toThrow('no fonts');
    const said = await broken.failed(asked, store, NOW);
    expect(said.map(({ to }) => to.chat)).toEqual(['c1']);
    expect(said[0] && readable(said[0].message)).toContain('Chưa chuẩn bị được ảnh và tệp');
  });
});
