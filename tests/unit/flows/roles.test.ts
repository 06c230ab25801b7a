/** What giving, ending and delegating a role refuse, and what they write. */
import { describe, expect, it } from 'vitest';
import type { Reads } from '../../../src/engine/reads.ts';
import type { RoleLine } from '../../../src/engine/role-reads.ts';
import type { GrantView, PersonView } from '../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { rolesFeature } from '../../../src/flows/roles/feature.ts';
import { lastDayOf } from '../../../src/flows/roles/pick.ts';
import { Conversation, personView, readable, unitView } from '../../support/conversation.ts';

const TODAY = '2024-07-05';
const handler = createDispatch([rolesFeature]);
const unit = unitView();
const other = unitView({ id: 2, code: 'vien-triet', nameVi: 'Viện Triết học' });
const grant = (role: GrantView['role'], unitId: number | null = null): GrantView => ({
  role,
  unitId,
});
const office = personView({ grants: [grant('office')] });
const head = personView({ grants: [grant('head', 1)] });

const people: Record<number, PersonView> = {
  7: office,
  8: personView({ id: 8, name: 'Trần Bình' }),
  9: personView({
    id: 9,
    name: 'Lê Sinh Viên',
    membership: { unit, audience: 'student' },
  }),
  10: personView({ id: 10, name: 'Đỗ Ngoài', membership: { unit: other, audience: 'staff' } }),
  11: personView({ id: 11, name: 'Mai Phó', grants: [grant('deputy', 1)] }),
};

const line = (values: Partial<RoleLine> = {}): RoleLine => ({
  id: 5,
  role: 'deputy',
  person: { id: 8, name: 'Trần Bình' },
  unit,
  from: '2024-07-01',
  to: null,
  origin: 'file',
  by: null,
  ...values,
});

/** Somebody's conversation; `held`: the roles that stand, by whose they are asked for. */
function talk(person: PersonView, held: readonly RoleLine[] = [], more: Partial<Reads> = {}) {
  return new Conversation({
    handler,
    person,
    reads: {
      person: async (id) => people[id] ?? null,
      personByCode: async () => null,
      findPeople: async (query, { unitId }) =>
        Object.values(people).flatMap((each) =>
          each.name.includes(query) &&
          each.membership &&
          (unitId === null || each.membership.unit.id === unitId)
            ? [
                {
                  id: each.id,
                  name: each.name,
                  taken: true,
                  conversation: 1,
                  unit: each.membership.unit,
                  exact: true,
                },
              ]
            : [],
        ),
      units: async (ids) => [unit, other].filter(({ id }) => ids.includes(id)),
      findUnits: async () => [other],
      roleCounts: async () => [],
      roleLine: async (id) => held.find((each) => each.id === id) ?? null,
      roleLines: async ({ personId, delegatedBy, role }) => {
        const lines = held.filter(
          (each) =>
            (personId === undefined || each.person.id === personId) &&
            (role === undefined || each.role === role) &&
            (delegatedBy === undefined ||
              (each.origin === 'delegation' && each.by?.id === delegatedBy)),
        );
        return { total: lines.length, lines };
      },
      recipients: async (ids) =>
        ids.map((personId) => ({
          personId,
          name: people[personId]?.name ?? '',
          language: 'vi' as const,
          address: { platform: 'test', tenant: 't', chat: `c-${personId}` },
        })),
      ...more,
    },
  });
}

/** Goes from `/phanquyen` to the look over everything. */
async function toLook(chat: Conversation, name: string, role: string, until?: string) {
  await chat.command('phanquyen');
  await chat.press('Giao chức vụ');
  await chat.say(name);
  await chat.press(name);
  await chat.press(role);
  if (chat.last.includes('Ở đơn vị nào')) await chat.press('Viện');
  if (until) await chat.say(until);
  else await chat.press('Bỏ qua');
}

describe('/phanquyen', () => {
  it('writes the role with its day, its giver and the record, and tells the person', async () => {
    const chat = talk(office);
    await toLook(chat, 'Trần Bình', 'cấp phó', '31/12/2024');
    await chat.press('Gửi');
    expect(chat.rows('grant')).toEqual([
      {
        personId: 8,
        role: 'deputy',
        scope: null,
        unitId: 1,
        validFrom: TODAY,
        validTo: '2025-01-01',
        givenBy: 7,
        delegatedBy: null,
      },
    ]);
    expect(chat.rows('audit')).toMatchObject([
      { actorId: 7, action: 'role.given', subject: 'person:8' },
    ]);
    const [told] = chat.elsewhere();
    expect(told?.to.chat).toBe('c-8');
    expect(told && readable(told.message)).toContain('đến hết 31/12/2024');
    expect(JSON.stringify(told?.message.buttons)).toContain('cmd:choxacnhan');
  });

  it('gives a role already held another end, and does nothing when it is the same', async () => {
    const held = line({ to: '2024-09-01' });
    const chat = talk(office, [held]);
    await toLook(chat, 'Trần Bình', 'cấp phó', '31/8/2024');
    await chat.press('Gửi');
    expect(chat.decision.writes).toEqual([]);
    expect(chat.last).toContain('không có gì thay đổi');
    await toLook(chat, 'Trần Bình', 'cấp phó');
    await chat.press('Gửi');
    expect(chat.changes('grant')).toEqual([
      { where: { id: 5, validTo: '2024-09-01' }, set: { validTo: null } },
    ]);
    expect(chat.rows('grant')).toEqual([]);
  });

  it('gives an overseer the scope, and asks for no unit', async () => {
    const chat = talk(office);
    await toLook(chat, 'Trần Bình', 'theo dõi các trường chính trị');
    await chat.press('Gửi');
    expect(chat.rows('grant')).toMatchObject([
      { role: 'overseer', scope: 'political_schools', unitId: null, validTo: null },
    ]);
  });

  it('makes no student a leader, and nobody themselves anything', async () => {
    const chat = talk(office);
    await chat.command('phanquyen');
    await chat.press('Giao chức vụ');
    await chat.say('Sinh Viên');
    await chat.press('Lê Sinh Viên');
    await chat.press('thủ trưởng');
    expect(chat.last).toContain('Học viên, sinh viên không giữ chức vụ');
    await chat.press('báo chí');
    expect(chat.last).toContain('Đến hết ngày nào');

    const own = talk(office);
    await toLook(own, 'Nguyễn Văn An', 'báo chí');
    await own.press('Gửi');
    expect(own.decision.writes).toEqual([]);
    expect(own.last).toContain('do đồng chí khác trong Thường trực');
  });

  it('is taken back from somebody who left the office in the middle', async () => {
    const chat = talk(office);
    await toLook(chat, 'Trần Bình', 'báo chí');
    chat.person = personView();
    await chat.press('Gửi');
    expect(chat.decision.writes).toEqual([]);
    expect(chat.last).toContain('chưa được phân quyền');
  });

  it('ends a head’s role with the delegations by them, and tells all of them', async () => {
    const of = line({ id: 20, role: 'head', person: { id: 10, name: 'Đỗ Ngoài' }, from: TODAY });
    const delegated = line({
      id: 21,
      origin: 'delegation',
      by: { id: 10, name: 'Đỗ Ngoài' },
      to: '2024-08-01',
    });
    const chat = talk(office, [of, delegated]);
    await chat.command('phanquyen');
    await chat.pressAction('pq:g:20');
    await chat.press('Kết thúc');
    expect(chat.decision.writes).toEqual([]);
    await chat.press('Kết thúc');
    // The one that began today never was; the other ends today.
    expect(chat.decision.writes).toContainEqual({
      op: 'delete',
      table: 'grant',
      where: { id: 20 },
    });
    expect(chat.changes('grant')).toEqual([
      { where: { id: 21, validTo: '2024-08-01' }, set: { validTo: TODAY } },
    ]);
    expect(chat.elsewhere().map(({ to }) => to.chat)).toEqual(['c-10', 'c-8']);
    expect(chat.rows('audit')).toHaveLength(2);
  });

  it('ends none of one’s own, whichever button says so', async () => {
    const chat = talk(office, [line({ id: 30, role: 'office', person: { id: 7, name: 'An' } })]);
    for (const verb of ['e', 'y']) {
      await chat.pressAction(`pq:${verb}:30`);
      expect(chat.decision.writes).toEqual([]);
      expect(chat.ack.toast).toContain('do đồng chí khác trong Thường trực');
    }
    for (const action of ['pq:y:99', 'pq:l:x:head', 'pq:l:0:chief', 'pq:zzz', 'uq:y:30']) {
      await chat.pressAction(action);
      expect(chat.ack.toast).toContain('Nút này đã cũ');
    }
  });
});

/** Goes from `/uyquyen` to the person named. */
async function delegateTo(chat: Conversation, name: string) {
  await chat.command('uyquyen');
  await chat.press('Ủy quyền');
  await chat.say(name);
}

describe('/uyquyen', () => {
  it('writes a deputy for a time, by the head’s choice', async () => {
    const chat = talk(head);
    await delegateTo(chat, 'Trần Bình');
    await chat.press('Trần Bình');
    await chat.say('20/7');
    await chat.press('Gửi');
    expect(chat.rows('grant')).toMatchObject([
      {
        personId: 8,
        role: 'deputy',
        unitId: 1,
        validFrom: TODAY,
        validTo: '2024-07-21',
        delegatedBy: 7,
        givenBy: 7,
      },
    ]);
    expect(chat.rows('audit')).toMatchObject([{ action: 'role.delegated', subject: 'person:8' }]);
    expect(chat.elsewhere().map(({ to }) => to.chat)).toEqual(['c-8']);
  });

  it('finds people of the unit only, and takes no student, nobody who leads, not oneself', async () => {
    const chat = talk(head, [line({ person: { id: 11, name: 'Mai Phó' } })]);
    await delegateTo(chat, 'Đỗ Ngoài');
    expect(chat.last).toContain('Không tìm thấy người này');
    for (const [name, why] of [
      ['Lê Sinh Viên', 'Chỉ ủy quyền cho cán bộ trong đơn vị'],
      ['Mai Phó', 'không cần ủy quyền'],
      ['Nguyễn Văn An', 'chọn một người khác'],
    ] as const) {
      await delegateTo(chat, name);
      await chat.press(name);
      await chat.say('20/7');
      await chat.press('Gửi');
      expect(chat.last).toContain(why);
      expect(chat.decision.writes.filter(({ table }) => table === 'grant')).toEqual([]);
    }
  });

  it('lasts no longer than the head is one', async () => {
    const term = line({ role: 'head', person: { id: 7, name: 'An' }, to: '2024-07-16' });
    const chat = talk(head, [term]);
    await delegateTo(chat, 'Trần Bình');
    await chat.press('Trần Bình');
    await chat.say('16/7');
    expect(chat.last).toContain('không thể sau 15/07/2024');
    await chat.say('15/7');
    await chat.press('Gửi');
    expect(chat.rows('grant')).toMatchObject([{ validTo: '2024-07-16' }]);
  });

  it('asks a head of two units which', async () => {
    const chat = talk(personView({ grants: [grant('head', 1), grant('head', 2)] }));
    await chat.command('uyquyen');
    await chat.press('Ủy quyền');
    expect(chat.labels()).toEqual(['Viện Lịch sử Đảng', 'Viện Triết học']);
    await chat.press('Viện Triết học');
    expect(chat.last).toContain('cho ai trong Viện Triết học');
    await chat.pressAction('uq:new:3');
    expect(chat.ack.toast).toContain('Chỉ thủ trưởng');
  });

  it('is ended by the head whose it is, and by no other', async () => {
    const mine = line({
      id: 40,
      origin: 'delegation',
      by: { id: 7, name: 'An' },
      to: '2024-08-01',
    });
    const anothers = { ...mine, id: 41, by: { id: 99, name: 'Khác' } };
    const chat = talk(head, [mine, anothers, line({ id: 42 })]);
    for (const id of [41, 42]) {
      await chat.pressAction(`uq:y:${id}`);
      expect(chat.decision.writes).toEqual([]);
      expect(chat.ack.toast).toContain('Nút này đã cũ');
    }
    await chat.command('uyquyen');
    await chat.pressAction('uq:e:40');
    await chat.press('Kết thúc');
    expect(chat.changes('grant')).toEqual([
      { where: { id: 40, validTo: '2024-08-01' }, set: { validTo: TODAY } },
    ]);
    expect(chat.elsewhere().map(({ to }) => to.chat)).toEqual(['c-8']);
  });

  it('is no deputy’s', async () => {
    const chat = talk(personView({ grants: [grant('deputy', 1)] }));
    await chat.command('uyquyen');
    expect(chat.last).toContain('Chỉ thủ trưởng');
    await chat.pressAction('uq:new:1');
    expect(chat.ack.toast).toContain('Chỉ thủ trưởng');
  });
});

describe('a last day as typed', () => {
  it.each([
    ['31/12/2024', '2024-12-31'],
    ['05-07-2024', TODAY],
    ['5.7', TODAY],
    ['1/1', '2025-01-01'],
    // Long past this year, and far in the next: a year is wanted.
    ['4/7', null],
    ['31/02/2025', null],
    ['04/07/2024', null],
    ['mai', null],
  ])('%s', (text, day) => {
    expect(lastDayOf(text, TODAY)).toBe(day);
  });
});
