/** Final documents asked for in Telegram: the file arrives, with the figures of what was verified. */
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser, Shown } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press, report, verify } from '../support/telegram-steps.ts';
import { readDocx } from '../support/unzip.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: Story;
let office: FakeUser;
let head: FakeUser;
let author: FakeUser;

const withFile = (message: Shown): boolean => message.document !== null;
const fileOf = (message: Shown) => message.document ?? { name: '', bytes: new Uint8Array() };

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['V1', 'Lê Thường Trực', 'ban-tdkt', 'thường trực hội đồng'],
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['C4', 'Phạm Lan', 'vien-triet-hoc', ''],
      ['C5', 'Đỗ Bình', 'vien-triet-hoc', ''],
      ['C6', 'Vũ Mai', 'vien-triet-hoc', ''],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [office, head, author] = (await story.join('V1', 'C1', 'C3')) as [FakeUser, FakeUser, FakeUser];
  for (const title of ['Giờ giảng thứ nhất', 'Giờ giảng thứ hai']) {
    const evidence = [`https://hv.example/${title.length}`];
    const id = await report(author, { item: TASK, title, description: 'Đã xong.', evidence });
    await head.reply(has(`Báo cáo ${id} chờ`));
    await story.settled();
    if (title === 'Giờ giảng thứ nhất') await verify(head, id);
  }
});
afterAll(() => story?.close());

describe('documents', () => {
  it('of a unit come to its head as an official report of what is verified', async () => {
    head.say('/tailieu');
    await head.reply(has('Đồng chí cần tài liệu nào?'));
    await press(head, 'Báo cáo kết quả (Word)');
    await head.reply(has('Số liệu của thời gian nào?'));
    await press(head, 'cả phong trào');
    await head.reply(has('Đang lập báo cáo: Viện Triết học'));
    await head.reply(has('Số liệu lấy lúc 09 giờ 00, 04/09/2024.'));
    const { name, bytes } = fileOf(await head.reply(withFile));
    expect(name).toBe('bao-cao-vien-triet-hoc-ca-phong-trao.docx');
    const { lines, tables } = readDocx(bytes);
    expect(lines).toContain('Có 1 đồng chí tham gia trên tổng số 5 người của đơn vị, đạt 20%.');
    expect(tables.flat()).toContainEqual(['1', 'Nguyễn Hà', 'Cán bộ', '1', '10']);
    expect(lines.join('\n')).toContain('Giờ giảng thứ nhất');
    expect(lines.join('\n')).not.toContain('Giờ giảng thứ hai');
  });

  it('of the campaign come to the office as a workbook', async () => {
    office.say('/tailieu');
    await office.reply(has('Đồng chí cần tài liệu nào?'));
    await press(office, 'Bảng xếp hạng và số liệu (Excel)');
    await office.reply(has('của toàn phong trào hay của một đơn vị'));
    await press(office, 'Toàn phong trào');
    await office.reply(has('Số liệu của thời gian nào?'));
    await press(office, 'Giai đoạn 2 (tổng kết)');
    const { name, bytes } = fileOf(await office.reply(withFile));
    expect(name).toBe('bang-so-lieu-toan-phong-trao-tong-ket.xlsx');
    const sheets = await readXlsxFile(Buffer.from(bytes));
    const people = sheets.find(({ sheet }) => sheet === 'Cá nhân')?.data ?? [];
    expect(people.slice(1).map((row) => row.slice(0, 2))).toEqual([
      ['Viện Triết học', 'Nguyễn Hà'],
    ]);
    const units = sheets.find(({ sheet }) => sheet === 'Đơn vị')?.data ?? [];
    // The units in force on that day, and nothing else.
    const [{ n } = { n: 0 }] = await story.database.query<{ n: number }>(
      'select count(*)::int as n from unit where valid_to is null',
    );
    expect(units).toHaveLength(n + 1);
  });

  it('are refused to everybody else, who gets no file', async () => {
    author.say('/tailieu');
    await author.reply(has('chưa được phân quyền'));
    await story.settled();
    expect(author.messages().filter(withFile)).toEqual([]);
    const [left] = await story.database.query<{ n: number }>('select count(*)::int as n from task');
    expect(left?.n).toBe(0);
  });

  it('asked for by somebody whose role ends before they are made are refused', async () => {
    const before = head.messages().filter(withFile).length;
    await story.database.query(
      `update "grant" set valid_to = '2024-09-04' where role = 'head'
       and person_id = (select id from person where code = 'C1')`,
    );
    const [person] = await story.database.query<{ id: number; unit: number; chat: string }>(
      `select p.id, (select unit_id from "grant" where person_id = p.id and role = 'head') as unit,
         i.direct_chat as chat
       from person p join identity i on i.person_id = p.id where p.code = 'C1'`,
    );
    const [bot] = await story.database.query<{ tenant: string }>(
      'select distinct tenant from identity',
    );
    await story.database.query(`insert into task (kind, payload) values ('export', $1::jsonb)`, [
      JSON.stringify({
        what: 'document',
        unitId: person?.unit,
        stage: null,
        to: { platform: 'telegram', tenant: bot?.tenant, chat: person?.chat },
        personId: person?.id,
        language: 'vi',
      }),
    ]);
    await story.settled();
    await head.reply(has('chưa được phân quyền'));
    expect(head.messages().filter(withFile)).toHaveLength(before);
  });
});
