/** `/tailieu`: who may have which document, and what is asked for. */
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/db/schema.ts';
import { ExportTask } from '../../../src/engine/export-task.ts';
import type { PersonView } from '../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { documentsFeature } from '../../../src/flows/documents/feature.ts';
import { Conversation, personView, unitView } from '../../support/conversation.ts';
import { campaign as shipped } from '../../support/final-sample.ts';

const handler = createDispatch([documentsFeature]);
const institute = unitView();
const school = unitView({
  id: 2,
  code: 'tct-ben-tre',
  nameVi: 'Trường Bến Tre',
  nameEn: 'Ben Tre',
});
const other = unitView({ id: 3, code: 'tct-ben-cat', nameVi: 'Trường Bến Cát' });
const all = [institute, school, other];

const OF_UNIT: readonly Role[] = ['head', 'deputy', 'reporter'];
const holding = (...roles: readonly Role[]): PersonView =>
  personView({
    grants: roles.map((role) => ({
      role,
      unitId: OF_UNIT.includes(role) ? institute.id : null,
      ...(role === 'overseer' && { scope: 'students' as const }),
    })),
  });
const office = holding('office');
const head = holding('head');

const start = (
  person: PersonView | null,
  more: { forms?: boolean; now?: string; language?: 'vi' | 'en' } = {},
) =>
  new Conversation({
    handler,
    person,
    campaign: shipped,
    now: more.now ?? '2024-09-04T02:00:00Z',
    ...(more.language && { language: more.language }),
    abilities: { forms: more.forms ?? false },
    reads: {
      units: async (ids) => all.filter(({ id }) => ids.includes(id)),
      unitByCode: async (code) => all.find((unit) => unit.code === code) ?? null,
      findUnits: async (query) => (/ben|bến/i.test(query) ? [school, other] : []),
    },
  });
const asked = (chat: Conversation): ExportTask | null => {
  const [row] = chat.rows('task');
  if (!row) return null;
  expect(row.kind).toBe('export');
  return ExportTask.parse(JSON.parse(JSON.stringify(row.payload)));
};

describe('who may ask', () => {
  it.each(['reporter', 'overseer', 'mobiliser', 'press', 'finance'] as const)(
    'not a %s',
    async (role) => {
      const chat = start(holding(role));
      await chat.command('tailieu');
      expect(chat.last).toBe('Đồng chí chưa được phân quyền thực hiện chức năng này.');
      expect(chat.labels()).toEqual([]);
    },
  );

  it('not somebody without a role, nor in a group', async () => {
    const chat = start(personView());
    await chat.command('tailieu');
    expect(chat.last).toContain('chưa được phân quyền');
    const group = start(office);
    await group.event(
      { kind: 'command', name: 'tailieu', args: '', message: group.ref() },
      'group',
    );
    expect(group.rows('task')).toEqual([]);
    expect(group.decision.sends.map(({ message }) => message.buttons ?? [])).not.toContainEqual(
      expect.arrayContaining([expect.anything()]),
    );
  });

  it.each(['office', 'council', 'leadership'] as const)('the %s, for all', async (role) => {
    const chat = start(holding(role));
    await chat.command('tailieu');
    await chat.press('Báo cáo kết quả (Word)');
    await chat.press('Toàn phong trào');
    await chat.press('Giai đoạn 1');
    expect(asked(chat)).toMatchObject({ what: 'document', unitId: null, stage: 'so-ket' });
  });

  it.each(['head', 'deputy'] as const)(
    'a %s, for the unit, without being asked which',
    async (role) => {
      const chat = start(holding(role));
      await chat.command('tailieu');
      await chat.press('Bảng xếp hạng và số liệu (Excel)');
      expect(chat.labels()).not.toContain('Toàn phong trào');
      await chat.press('cả phong trào');
      expect(asked(chat)).toMatchObject({ what: 'workbook', unitId: institute.id, stage: null });
      expect(chat.last).toContain('Đang lập bảng số liệu: Viện Lịch sử Đảng, cả phong trào.');
    },
  );

  it('is asked again when it is done: a role that ended meanwhile gets nothing', async () => {
    const chat = start(office);
    await chat.command('tailieu');
    await chat.press('Báo cáo kết quả (Word)');
    await chat.press('Toàn phong trào');
    chat.person = personView();
    await chat.press('Giai đoạn 1');
    expect(asked(chat)).toBeNull();
    expect(chat.last).toContain('chưa được phân quyền');
  });

  it('a head of two units chooses, and never another unit by its number', async () => {
    const two = personView({
      grants: [institute, school].map(({ id }) => ({ role: 'head', unitId: id })),
    });
    const chat = start(two);
    await chat.command('tailieu');
    await chat.press('Báo cáo kết quả (Word)');
    expect(chat.labels()).toEqual(expect.arrayContaining(['Viện Lịch sử Đảng', 'Trường Bến Tre']));
    await chat.say('Bến Cát');
    expect(chat.last).toContain('Không tìm thấy đơn vị.');
    const action = chat.shown
      .at(-1)
      ?.message.buttons?.flat()
      .find(({ label }) => label === 'Trường Bến Tre')?.action;
    await chat.pressAction((action ?? '').replace('u2', 'u3'));
    expect(chat.last).toContain('Không tìm thấy đơn vị.');
    await chat.press('Trường Bến Tre');
    await chat.press('cả phong trào');
    expect(asked(chat)).toMatchObject({ unitId: school.id });
  });
});

describe('what is asked for', () => {
  it('finds a unit by what is typed', async () => {
    const chat = start(office);
    await chat.command('tailieu');
    await chat.press('Báo cáo kết quả (Word)');
    await chat.say('không có');
    expect(chat.last).toContain('Không tìm thấy đơn vị.');
    await chat.say('bến');
    expect(chat.last).toContain('Đề nghị đồng chí chọn đơn vị.');
    await chat.press('Trường Bến Cát');
    await chat.press('cả phong trào');
    expect(asked(chat)).toMatchObject({ unitId: other.id });
    expect(chat.rows('audit')).toMatchObject([
      {
        action: 'export.ask',
        subject: `unit:${other.id}`,
        details: { what: 'document', stage: null },
      },
    ]);
  });

  it('is sent to the private chat, in the person’s language', async () => {
    const chat = start(head, { language: 'en' });
    await chat.command('documents');
    await chat.press('Final report (Word)');
    await chat.press('whole campaign');
    expect(asked(chat)).toMatchObject({
      to: { platform: 'test', tenant: 't', chat: 'c7' },
      language: 'en',
      personId: head.id,
    });
  });

  it('offers the stages that have begun, and says when there is nothing yet', async () => {
    const chat = start(head, { now: '2024-06-04T02:00:00Z' });
    await chat.command('tailieu');
    await chat.press('Báo cáo kết quả (Word)');
    expect(chat.labels().join()).toContain('Giai đoạn 1');
    expect(chat.labels().join()).not.toContain('Giai đoạn 2');
    const early = start(head, { now: '2024-02-04T02:00:00Z' });
    await early.command('tailieu');
    expect(early.last).toBe('Phong trào bắt đầu từ 01/03/2024; khi đó mới có tài liệu.');
  });
});

describe('as a form', () => {
  it('asks everything at once; no unit named is the whole campaign', async () => {
    const chat = start(office, { forms: true });
    await chat.slash('tailieu');
    expect(chat.form?.fields.map(({ id }) => id)).toEqual(['kind', 'unit', 'period']);
    await chat.submit({ kind: 'document', period: 'all' });
    expect(asked(chat)).toMatchObject({ what: 'document', unitId: null, stage: null });
  });

  it('says at the field which units fit', async () => {
    const chat = start(office, { forms: true });
    await chat.slash('tailieu');
    await chat.submit({ kind: 'workbook', unit: 'bến', period: 's0' });
    expect(chat.ack.fieldErrors).toEqual({
      unit: 'Có nhiều đơn vị phù hợp, đề nghị đồng chí nhập rõ hơn: Trường Bến Tre; Trường Bến Cát.',
    });
    await chat.submit({ kind: 'workbook', unit: 'truong ben tre', period: 's0' });
    expect(asked(chat)).toMatchObject({ unitId: school.id, stage: 'so-ket' });
  });

  it('asks a head of one unit nothing they know', async () => {
    const chat = start(head, { forms: true });
    await chat.slash('tailieu');
    expect(chat.form?.fields.map(({ id }) => id)).toEqual(['kind', 'period']);
    await chat.submit({ kind: 'document', period: 'all' });
    expect(asked(chat)).toMatchObject({ unitId: institute.id });
  });

  it('sent by somebody who never saw it does nothing', async () => {
    const chat = start(holding('press'), { forms: true });
    await chat.submitAs('documents:-', { kind: 'document', period: 'all' });
    expect(chat.rows('task')).toEqual([]);
  });
});
