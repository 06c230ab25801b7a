/** Forms through real turns: what is sent in one is what the database accepts and gives back. */
import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ack, type Form, type FormValues, Inbound } from '../../../../src/chat/index.ts';
import { createReads } from '../../../../src/db/reads/index.ts';
import { createTurnStore } from '../../../../src/db/turn-store.ts';
import { createTurns, type Turns } from '../../../../src/engine/turn.ts';
import { createDispatch } from '../../../../src/flows/dispatch.ts';
import { ownReportsFeature } from '../../../../src/flows/own-reports/feature.ts';
import { reportFeature } from '../../../../src/flows/report/feature.ts';
import { verifyFeature } from '../../../../src/flows/verify/feature.ts';
import { campaign, texts } from '../../../support/conversation.ts';
import { type TestDatabase, testDatabase } from '../../../support/database.ts';
import { attached } from '../../../support/report-form.ts';
import { seedPerson, seedUnit } from '../../../support/seed.ts';
import { account, recordingLog } from '../../../support/turns.ts';

let db: TestDatabase;
let turns: Turns;
const ids: Record<string, number> = {};
const log = recordingLog();
let serial = 0;

beforeAll(async () => {
  db = await testDatabase();
  const unitId = await seedUnit(db, { nameVi: 'Viện Lịch sử Đảng' });
  const other = await seedUnit(db, { nameVi: 'Viện Triết học' });
  const colleague = { name: 'Lê Văn Bính' };
  ids.an = await seedPerson(db, { unitId, name: 'Nguyễn Văn An', account: account('an') });
  ids.here = await seedPerson(db, { unitId, ...colleague, code: 'CB-1' });
  ids.there = await seedPerson(db, { unitId: other, ...colleague, code: 'CB-2' });
  await seedPerson(db, { unitId: other, name: 'Lê Văn Bình' });
  for (const user of ['head', 'deputy'] as const)
    ids[user] = await seedPerson(db, {
      unitId,
      name: user,
      account: account(user),
      roles: [{ role: user, unitId }],
    });
  turns = createTurns({
    store: createTurnStore(db),
    handler: createDispatch([reportFeature, ownReportsFeature, verifyFeature]),
    deps: {
      campaign,
      texts,
      reads: createReads(db),
      platforms: ['test'],
      abilities: () => ({
        maxChars: 4096,
        maxButtonsPerRow: 5,
        maxButtons: 25,
        maxDownloadBytes: 20_000_000,
        directMessage: 'always',
        contact: false,
        deepLink: null,
        forms: true,
        threads: true,
      }),
      uuid: () => randomUUID(),
      inviteCode: () => 'ABCDEFGHJKMNPQRS',
    },
    now: () => Temporal.Instant.from('2024-07-05T03:00:00Z'),
    zone: campaign.zone,
    wake: () => undefined,
    log,
  });
});
afterAll(() => db.close());

/** One event of a person in their private chat; `delivery` to have it come once more. */
function send(user: string, event: Record<string, unknown>, delivery?: string): Promise<Ack> {
  serial += 1;
  return turns.receive(
    Inbound.parse({
      delivery: delivery ?? `d${serial}`,
      where: { platform: 'test', tenant: 't1', chat: user },
      audience: 'private',
      from: { identity: account(user), name: user, language: 'vi' },
      ...event,
    }),
  );
}

async function opened(user: string, event: Record<string, unknown>): Promise<Form> {
  const { form } = await send(user, { ...event, canOpenForm: true });
  if (!form) throw new Error('no form was opened');
  return form;
}

const submit = (user: string, form: Form, values: FormValues, delivery?: string): Promise<Ack> =>
  send(user, { kind: 'submit', form: form.id, values }, delivery);

const number = async (): Promise<{ report: number; media: number }> => {
  const [row] = await db.query<{ report: number; media: number }>(
    'select (select count(*)::int from report) as report, (select count(*)::int from media) as media',
  );
  if (!row) throw new Error('no counts');
  return row;
};

const VALUES: FormValues = {
  item: 'cn.2',
  title: 'Biên soạn giáo trình',
  describe: 'Hoàn thành bản thảo 120 trang.',
  date: '2024-07-04',
  evidence: 'Quyết định 12/QĐ-HV',
  'evidence-files': [
    attached(),
    attached({ name: 'bienban.pdf', kind: 'file', mime: 'application/pdf' }),
  ],
  contributors: 'Lê Văn Bính – Viện Triết học',
};

it('a report is refused at the field of a name that two have, then stored with everything', async () => {
  const form = await opened('an', { kind: 'command', name: 'baocao', args: '' });
  const { fieldErrors } = await submit('an', form, { ...VALUES, contributors: 'Lê Văn Bính' });
  expect(fieldErrors?.contributors).toContain('Viện Triết học');
  expect(fieldErrors?.contributors).not.toContain('Bình');
  expect(await number()).toEqual({ report: 0, media: 0 });

  expect(await submit('an', form, VALUES, 'once')).toEqual({});
  expect(await submit('an', form, VALUES, 'once')).toEqual({});
  expect(await number()).toEqual({ report: 1, media: 2 });
  expect(await createReads(db).report(1)).toMatchObject({
    title: 'Biên soạn giáo trình',
    author: { id: ids.an },
    doneOn: '2024-07-04',
    week: '2024-07-01',
    evidence: [
      { kind: 'document', text: 'Quyết định 12/QĐ-HV' },
      { kind: 'media', name: 'anh.jpg' },
      { kind: 'media', name: 'bienban.pdf' },
    ],
    contributors: [{ personId: ids.there, answer: 'waiting' }],
  });
});

it('sent a second time it is likely a repetition: kept in the chat, sent only on a press', async () => {
  const form = await opened('an', { kind: 'command', name: 'baocao', args: '' });
  const { toast } = await submit('an', form, { ...VALUES, contributors: 'CB-1' });
  expect(toast).toContain('có thể trùng');
  expect(await number()).toEqual({ report: 1, media: 4 });
  const [saved] = await db.query<{ asking: string; step: number }>(
    `select state->'active'->>'asking' as asking, (state->'active'->>'step')::int as step
     from conversation where key = $1`,
    [`person:${ids.an}`],
  );
  expect(saved?.asking).toBe('summary');
  await send('an', {
    kind: 'press',
    action: `q:${saved?.step}:ok`,
    message: { at: { platform: 'test', tenant: 't1', chat: 'an' }, id: 'm1' },
  });
  expect(await createReads(db).report(2)).toMatchObject({
    evidence: [{ kind: 'document' }, { kind: 'media' }, { kind: 'media' }],
    contributors: [{ personId: ids.here }],
  });
});

it('head and deputy give a reason at once: one decides, the other is told', async () => {
  const forms = await Promise.all(
    ['head', 'deputy'].map((user) => opened(user, { kind: 'press', action: 'ver:1:1:r' })),
  );
  await Promise.all(
    ['head', 'deputy'].map((user, at) => {
      const form = forms[at];
      if (!form) throw new Error('no form');
      return submit(user, form, { reason: `Thiếu số quyết định (${user})` });
    }),
  );
  const report = await createReads(db).report(1);
  expect(report).toMatchObject({ status: 'returned', version: 2 });
  const events = await db.query('select 1 from report_event where report_id = 1');
  expect(events).toHaveLength(2);
  const told = await db.query<{ chat: string; notice: string }>(
    `select address->>'chat' as chat, message->>'notice' as notice from outbox
     where message->>'notice' like 'Đồng chí % đã trả lại báo cáo này%'`,
  );
  const slower = report?.decidedBy?.id === ids.head ? 'deputy' : 'head';
  expect(told.map(({ chat }) => chat)).toEqual([slower]);
});

it('returned it is amended in a form, which keeps what is not changed', async () => {
  const form = await opened('an', { kind: 'press', action: 'rep:1:amend' });
  const filled: FormValues = {};
  for (const field of form.fields)
    if ('value' in field && field.value) filled[field.id] = field.value;
  const photo = form.fields.find(({ label }) => label === 'Ảnh anh.jpg');
  const drop = photo?.kind === 'choice' ? photo.options[1] : undefined;
  if (!photo || !drop) throw new Error('the form does not ask for the photo');
  await submit('an', form, { ...filled, title: 'Biên soạn giáo trình số', [photo.id]: drop.value });
  expect(await createReads(db).report(1)).toMatchObject({
    status: 'submitted',
    title: 'Biên soạn giáo trình số',
    version: 3,
    evidence: [{ text: 'Quyết định 12/QĐ-HV' }, { name: 'bienban.pdf' }],
    contributors: [{ personId: ids.there }],
  });
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
