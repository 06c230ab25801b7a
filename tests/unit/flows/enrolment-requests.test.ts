import { describe, expect, it } from 'vitest';
import type { EnrolmentRequestView, Reads } from '../../../src/engine/reads.ts';
import type { PersonView } from '../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { enrolFeature } from '../../../src/flows/enrol/feature.ts';
import { enrolmentsFor } from '../../../src/flows/enrol/requests.ts';
import { Conversation, personView, readable, unitView } from '../../support/conversation.ts';

const handler = createDispatch([enrolFeature]);
const place = (chat: string) => ({ platform: 'test', tenant: 't', chat });
const waiting: EnrolmentRequestView = {
  id: 41,
  version: 1,
  status: 'waiting',
  identity: { platform: 'test', tenant: 't', user: 'u50' },
  displayName: 'An Nguyen',
  address: place('c50'),
  language: 'en',
  person: { id: 20, name: 'Nguyễn Văn An', taken: false, conversation: 4 },
  unit: unitView(),
  decidedByName: null,
};
const head = personView({ name: 'Trần Thị Bình', grants: [{ role: 'head', unitId: 1 }] });

function leader(
  person: PersonView | null,
  request: Partial<EnrolmentRequestView> = {},
  reads: Partial<Reads> = {},
) {
  return new Conversation({
    handler,
    person,
    reads: {
      enrolmentRequest: async (id) => (id === 41 ? { ...waiting, ...request } : null),
      openEnrolmentRequest: async () => null,
      verifiersOf: async () =>
        [7, 8].map((personId) => ({
          personId,
          name: '',
          language: 'vi',
          address: place(`c${personId}`),
        })),
      copiesOf: async () => [8].map((personId) => ({ address: place(`c${personId}`), personId })),
      recipients: async (ids) =>
        ids.map((personId) => ({ personId, name: '', language: 'vi', address: null })),
      person: async (id) => personView({ id }),
      ...reads,
    },
  });
}

describe('an enrolment request', () => {
  it('confirmed links the account, changes every copy, and greets the person in their language', async () => {
    const chat = leader(head);
    await chat.pressAction('enr:41:1:y', '900');
    expect(chat.changes('enrolmentRequest')).toEqual([
      {
        where: { id: 41, version: 1, status: 'waiting' },
        set: { status: 'confirmed', version: 2, decidedAt: '2024-07-05T03:00:00Z', decidedBy: 7 },
      },
    ]);
    expect(chat.changes('identity')).toEqual([
      { where: { ...waiting.identity, personId: null }, set: { personId: 20 } },
    ]);
    expect(chat.changes('person')).toEqual([{ where: { id: 20 }, set: { language: 'en' } }]);
    // Nobody else makes another account theirs at the same time.
    expect(chat.changes('conversation')).toEqual([
      { where: { key: 'person:20', version: 4 }, set: { version: 5 } },
    ]);
    expect(chat.answer).toContain('Đồng chí Trần Thị Bình đã xác nhận đăng ký này.');
    const texts = new Map(chat.elsewhere().map(({ to, message }) => [to.chat, readable(message)]));
    expect(texts.get('c8')).toContain('Đồng chí Trần Thị Bình đã xác nhận đăng ký này.');
    expect(texts.get('c50')).toContain('Registered: Nguyễn Văn An, Institute of Party History.');
  });

  it('refused links nothing and tells the person what they can do', async () => {
    const chat = leader(head);
    await chat.pressAction('enr:41:1:n', '900');
    expect(chat.changes('enrolmentRequest')).toMatchObject([{ set: { status: 'refused' } }]);
    expect(chat.changes('identity')).toEqual([]);
    const told = chat.elsewhere().find(({ to }) => to.chat === 'c50');
    expect(told && readable(told.message)).toContain('type “start” to enrol again');
  });

  it.each([
    ['a member', personView()],
    ['the head of another unit', personView({ grants: [{ role: 'head', unitId: 2 }] })],
    [
      'the person concerned, even as a deputy',
      personView({ id: 20, grants: [{ role: 'deputy', unitId: 1 }] }),
    ],
  ])('is not for %s to decide', async (_who, person) => {
    const chat = leader(person, {}, { verifiersOf: async () => [] });
    for (const verb of ['y', 'n', 'o']) {
      await chat.pressAction(`enr:41:1:${verb}`);
      expect(chat.decision).toMatchObject({ writes: [], sends: [] });
      expect(chat.ack.toast).toContain('không thuộc thẩm quyền');
    }
  });

  it('is not for someone not enrolled to decide', async () => {
    const chat = leader(null);
    await chat.pressAction('enr:41:1:y');
    expect(chat.decision).toMatchObject({ writes: [], sends: [] });
    expect(chat.ack.toast).toContain('chưa được phân quyền');
  });

  it('is for the office, and for whoever stands in where nobody leads', async () => {
    const office = leader(personView({ grants: [{ role: 'office', unitId: null }] }));
    await office.pressAction('enr:41:1:y');
    expect(office.changes('identity')).toHaveLength(1);
    const parentHead = leader(personView({ grants: [{ role: 'head', unitId: 5 }] }));
    await parentHead.pressAction('enr:41:1:y');
    expect(parentHead.changes('identity')).toHaveLength(1);
  });

  it('already decided says by whom, and shows it', async () => {
    const chat = leader(head, { status: 'confirmed', version: 2, decidedByName: 'Hoàng Văn Em' });
    await chat.pressAction('enr:41:1:n');
    expect(chat.writes).toEqual([]);
    expect(chat.ack.toast).toBe('Đồng chí Hoàng Văn Em đã xác nhận đăng ký này.');
    expect(chat.answer).toContain('Hoàng Văn Em');
  });

  it('of a person who has another account by now cannot be confirmed', async () => {
    const chat = leader(head, { person: { ...waiting.person, taken: true } });
    await chat.pressAction('enr:41:1:y');
    expect(chat.writes).toEqual([]);
    expect(chat.ack.toast).toContain('Nguyễn Văn An đã có tài khoản');
    await chat.pressAction('enr:41:1:n');
    expect(chat.changes('enrolmentRequest')).toHaveLength(1);
  });

  it('opened from the queue is a copy that later shows the outcome', async () => {
    const chat = leader(head);
    await chat.pressAction('enr:41:1:o');
    expect(chat.decision.sends).toMatchObject([{ as: 'send', subject: 'enrolment:41' }]);
    expect(chat.last).toContain('An Nguyen (test)');
  });

  it('is taken back by the applicant only', async () => {
    const mine = leader(null, { identity: { platform: 'test', tenant: 't', user: 'u7' } });
    await mine.pressAction('enr:41:1:w');
    expect(mine.changes('enrolmentRequest')).toMatchObject([
      { set: { status: 'refused', decidedBy: null } },
    ]);
    expect(mine.elsewhere().map(({ message }) => readable(message))[0]).toContain(
      'Người đăng ký đã rút đề nghị.',
    );
    const others = leader(null);
    await others.pressAction('enr:41:1:w');
    expect(others.decision).toMatchObject({ writes: [], sends: [] });
  });

  it('keeps its owner waiting in one plain sentence, whatever they send', async () => {
    const chat = leader(null, {}, { openEnrolmentRequest: async () => waiting });
    await chat.say('xin chào');
    expect(chat.last).toContain('đang chờ đơn vị xác nhận');
    await chat.command('start');
    expect(chat.labels()).toEqual(['Rút đề nghị, chọn lại']);
  });
});

describe('the enrolments someone may decide', () => {
  const queue = async (units: readonly number[] | null) => {
    asked = units;
    return [waiting];
  };
  let asked: readonly number[] | null | undefined;

  it('are those of the units they lead; the office’s are all; nobody’s are their own', async () => {
    expect(await enrolmentsFor(head, { enrolmentQueue: queue })).toEqual([waiting]);
    expect(asked).toEqual([1]);
    const files = { role: 'reporter', unitId: 2 } as const;
    await enrolmentsFor({ ...head, grants: [...head.grants, files] }, { enrolmentQueue: queue });
    expect(asked).toEqual([1]);
    const office = personView({ grants: [{ role: 'office', unitId: null }] });
    await enrolmentsFor(office, { enrolmentQueue: queue });
    expect(asked).toBeNull();
    expect(await enrolmentsFor({ ...head, id: 20 }, { enrolmentQueue: queue })).toEqual([]);
    asked = undefined;
    expect(await enrolmentsFor(personView(), { enrolmentQueue: queue })).toEqual([]);
    expect(asked).toBeUndefined();
  });
});
