/** The report flow through real turns: what it decides is what the database accepts and gives back. */
import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inbound, type Message } from '../../../../src/chat/index.ts';
import { newInviteCode } from '../../../../src/db/invites.ts';
import { createReads } from '../../../../src/db/reads/index.ts';
import { createTurnStore } from '../../../../src/db/turn-store.ts';
import { createTurns, type Turns } from '../../../../src/engine/turn.ts';
import { coauthorFeature } from '../../../../src/flows/co-author/feature.ts';
import { createDispatch } from '../../../../src/flows/dispatch.ts';
import { ownReportsFeature } from '../../../../src/flows/own-reports/feature.ts';
import { reportFeature } from '../../../../src/flows/report/feature.ts';
import { buttonsOf, campaign, readable, texts } from '../../../support/conversation.ts';
import { type TestDatabase, testDatabase } from '../../../support/database.ts';
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
  ids.an = await seedPerson(db, { unitId, name: 'Nguyễn Văn An', account: account('an') });
  ids.binh = await seedPerson(db, { unitId, name: 'Lê Văn Bính', account: account('binh') });
  ids.head = await seedPerson(db, {
    unitId,
    name: 'Trần Thị Hoa',
    account: account('head'),
    roles: [{ role: 'head', unitId }],
  });
  turns = createTurns({
    store: createTurnStore(db),
    handler: createDispatch([reportFeature, ownReportsFeature, coauthorFeature]),
    deps: {
      campaign,
      texts,
      reads: createReads(db),
      platforms: ['test'],
      inviteCode: newInviteCode,
      abilities: () => ({
        maxChars: 4096,
        maxButtonsPerRow: 8,
        maxButtons: 100,
        maxDownloadBytes: 20_000_000,
        directMessage: 'after-contact',
        contact: true,
        deepLink: null,
        forms: false,
        threads: false,
      }),
      uuid: () => randomUUID(),
    },
    now: () => Temporal.Instant.from('2024-07-05T03:00:00Z'),
    zone: campaign.zone,
    wake: () => undefined,
    log,
  });
});
afterAll(() => db.close());

/** One event of a person in their private chat. @returns the id of its message */
async function send(user: string, event: Record<string, unknown>, id?: string): Promise<string> {
  serial += 1;
  const where = { platform: 'test', tenant: 't1', chat: user };
  const message = { at: where, id: id ?? `m${serial}` };
  await turns.receive(
    Inbound.parse({
      delivery: `d${serial}`,
      where,
      audience: 'private',
      from: { identity: account(user), name: user, language: 'vi' },
      message,
      ...event,
    }),
  );
  return message.id;
}
const say = (user: string, text: string) => send(user, { kind: 'text', text, edited: false });

interface Queued {
  chat: string;
  operation: string;
  subject: string | null;
  message: Message;
}
const queued = (): Promise<Queued[]> =>
  db.query<Queued>(
    `select address->>'chat' as chat, operation, subject, message from outbox order by id`,
  );
const lastTo = async (user: string): Promise<Message> => {
  const found = (await queued()).filter(({ chat }) => chat === user).at(-1);
  if (!found) throw new Error(`nothing for ${user}`);
  return found.message;
};
const press = async (user: string, label: string): Promise<void> => {
  const button = buttonsOf(await lastTo(user)).find((each) => each.label.includes(label));
  if (!button) throw new Error(`no button "${label}": ${readable(await lastTo(user))}`);
  await send(user, { kind: 'press', action: button.action });
};

describe('a report in the database', () => {
  let titleMessage = '';

  it('is stored with its evidence, media and co-author, and goes to the head', async () => {
    await send('an', { kind: 'command', name: 'baocao', args: '' });
    await press('an', 'Hoàn thành xuất sắc');
    titleMessage = await say('an', 'Biên soạn giáo trình');
    await say('an', 'Hoàn thành bản thảo 120 trang.');
    await press('an', 'Hôm nay');
    await say('an', 'Quyết định 12/QĐ-HV');
    await send('an', {
      kind: 'attachment',
      file: { ref: 'r', kind: 'photo', name: 'anh.jpg', mime: 'image/jpeg', size: 10 },
      caption: '',
      album: null,
    });
    await press('an', 'Xong');
    await say('an', 'binh');
    await press('an', 'Lê Văn Bính');
    await press('an', 'Xong');
    await press('an', 'Gửi');
    expect(readable(await lastTo('an'))).toContain('Trần Thị Hoa');

    const report = await createReads(db).report(1);
    expect(report).toMatchObject({
      title: 'Biên soạn giáo trình',
      status: 'submitted',
      version: 1,
      week: '2024-07-01',
      evidence: [
        { kind: 'document', text: 'Quyết định 12/QĐ-HV' },
        { kind: 'media', name: 'anh.jpg' },
      ],
      contributors: [{ personId: ids.binh, answer: 'waiting' }],
    });
    const asked = (await queued()).filter(({ subject }) => subject !== null);
    expect(asked.map(({ chat, subject }) => `${chat} ${subject}`)).toEqual([
      'head report:1',
      'binh report:1:co',
    ]);
  });

  it('follows the message it came from, and the head’s copy follows it', async () => {
    await send(
      'an',
      { kind: 'text', text: 'Biên soạn giáo trình mới', edited: true },
      titleMessage,
    );
    expect(await createReads(db).report(1)).toMatchObject({
      title: 'Biên soạn giáo trình mới',
      version: 2,
      evidence: [{ kind: 'document' }, { kind: 'media' }],
    });
    expect((await queued()).filter(({ chat }) => chat === 'head')).toMatchObject([
      { operation: 'send' },
      { operation: 'update', subject: 'report:1' },
    ]);
  });

  it('is confirmed by its co-author', async () => {
    await press('binh', 'Xác nhận');
    expect(await createReads(db).report(1)).toMatchObject({
      contributors: [{ personId: ids.binh, answer: 'confirmed' }],
      version: 2,
    });
  });

  it('is amended: the co-author stays confirmed, evidence is replaced', async () => {
    await send('an', { kind: 'command', name: 'cuatoi', args: '' });
    await press('an', 'Số 1');
    await press('an', 'Sửa');
    await press('an', 'Sửa: Minh chứng');
    await press('an', 'Bỏ: Ảnh');
    await press('an', 'Xong');
    await press('an', 'Gửi');
    expect(readable(await lastTo('an'))).toContain('Đã nhận lại báo cáo 1');
    expect(await createReads(db).report(1)).toMatchObject({
      version: 3,
      evidence: [{ kind: 'document' }],
      contributors: [{ answer: 'confirmed' }],
    });
  });

  it('warns of a likely duplicate, which may still be sent', async () => {
    await send('an', { kind: 'command', name: 'baocao', args: 'Bien soan giao trinh moi' });
    await press('an', 'Hoàn thành xuất sắc');
    await say('an', 'Như trên.');
    await press('an', 'Hôm nay');
    await say('an', 'Quyết định 12/QĐ-HV');
    await press('an', 'Xong');
    await press('an', 'Bỏ qua');
    expect(readable(await lastTo('an'))).toContain('Số 1: Biên soạn giáo trình mới');
    await press('an', 'Hủy');
  });

  it('is withdrawn', async () => {
    await send('an', { kind: 'command', name: 'cuatoi', args: '' });
    await press('an', 'Số 1');
    await press('an', 'Rút báo cáo');
    await press('an', 'Rút báo cáo');
    expect(await createReads(db).report(1)).toMatchObject({ status: 'withdrawn', version: 4 });
    const events = await db.query<{ event: string }>(
      'select event from report_event where report_id = 1 order by id',
    );
    expect(events.map(({ event }) => event)).toEqual([
      'submitted',
      'amended',
      'co-author-confirmed',
      'amended',
      'withdrawn',
    ]);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
