import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT, runAdmin } from '../../src/admin/program.ts';
import type { Database } from '../../src/db/database.ts';
import { createReads } from '../../src/db/reads/index.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { SAMPLE_ROSTER } from '../../src/people/sample-roster.ts';
import { adminOn } from '../support/admin.ts';
import { testDatabase } from '../support/database.ts';
import { seedAccount } from '../support/seed.ts';

const texts = loadTexts();
const TODAY = '2024-07-05';

describe('the command line', () => {
  let db: Database;
  let folder: string;

  beforeAll(async () => {
    db = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'admin-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const admin = adminOn(() => db);

  const person = async (code: string) => {
    const [row] = await db.query<{ id: number }>('select id from person where code = $1::text', [
      code,
    ]);
    return createReads(db).person(row?.id ?? 0, TODAY);
  };

  it('imports the units that ship, once', async () => {
    expect(await admin('units', 'import', '--on', '01/01/2024')).toEqual({
      code: EXIT.done,
      out: 'Đã nhập 102 đơn vị: thêm mới 102, sửa 0.',
      err: '',
    });
    const again = await admin('units', 'import', '--lang', 'en');
    expect(again.out).toBe('Imported 102 units: 0 added, 0 changed.');
    const [child] = await db.query(
      `select p.code as parent, u.valid_from from unit u join unit p on p.id = u.parent_id
       where u.code = 'ban-tdkt'`,
    );
    expect(child).toEqual({ parent: 'vu-tccb', valid_from: '2024-01-01' });
    const units = await createReads(db).findUnits('ba ria', TODAY, 5);
    expect(units.map((unit) => unit.code)).toEqual(['tct-ba-ria-vung-tau']);
  });

  it('updates a unit by its code and refuses a file with faults, naming them', async () => {
    const shipped = JSON.parse(
      await readFile(new URL('../../src/people/units.json', import.meta.url), 'utf8'),
    );
    const path = join(folder, 'units.json');
    await writeFile(
      path,
      JSON.stringify([{ ...shipped[0], nameEn: 'RAP I', validTo: '2025-01-01' }]),
    );
    expect((await admin('units', 'import', path, '--lang=en')).out).toContain('0 added, 1 changed');
    const bad = [
      { ...shipped[1], kind: 'other' },
      { ...shipped[2], code: 'Hà Nội' },
    ];
    await writeFile(path, JSON.stringify(bad));
    const faults = await admin('units', 'import', path);
    expect(faults.code).toBe(EXIT.refused);
    expect(faults.err.split('\n')).toEqual([
      expect.stringContaining('unit 1 (hv-khu-vuc-2), kind'),
      expect.stringContaining('unit 2 (Hà Nội), code'),
    ]);
    await writeFile(path, JSON.stringify([{ ...shipped[1], parent: 'nowhere' }]));
    expect((await admin('units', 'import', path)).err).toContain('nowhere');
    await writeFile(path, '[{');
    expect((await admin('units', 'import', path)).err).toContain('not JSON');
    expect((await admin('units', 'import', join(folder, 'none.json'))).code).toBe(EXIT.refused);
  });

  it('imports a roster, or tells every fault by its row', async () => {
    const bad = join(folder, 'bad.csv');
    const head = 'Mã,Họ tên,Đơn vị,Đối tượng,Từ ngày,Ghi chú';
    await writeFile(bad, `${head}\nA1,An,khong-co,cán bộ,,\nA2,Ba,van-phong,cán bộ,32/1/2024,x\n`);
    const refused = await admin('roster', 'import', bad);
    expect(refused.code).toBe(EXIT.refused);
    expect(refused.err.split('\n')).toEqual([
      expect.stringMatching(/^Dòng 2: không có đơn vị “khong-co”/),
      expect.stringMatching(/^Dòng 3: “32\/1\/2024” không phải là ngày/),
      'Chưa nhập dòng nào: có 2 chỗ cần sửa.',
    ]);
    const done = await admin('roster', 'import', SAMPLE_ROSTER.pathname, '--on=01/07/2024');
    expect(done).toMatchObject({ code: EXIT.done, err: '' });
    expect(done.out).toContain('Đã nhập 39 người: thêm mới 39');
    expect(await person('TH01')).toMatchObject({
      membership: { unit: { code: 'vien-triet-hoc' } },
      grants: [{ role: 'head' }],
    });
    const listed = await admin('units', 'list');
    expect(listed.out).toContain('vien-triet-hoc  Viện Triết học (7 người)');
  });

  it('writes the template', async () => {
    const path = join(folder, 'template.xlsx');
    expect((await admin('roster', 'template', path)).out).toBe(`Đã ghi tệp mẫu ${path}.`);
    expect((await stat(path)).size).toBeGreaterThan(1000);
    expect((await admin('roster', 'template', path)).err).toContain('đã có');
  });

  describe('invites', () => {
    it('are links for a bot, and refuse what is no bot’s name', async () => {
      const made = await admin('invite', 'unit', 'van-phong', '--bot', '@thidua75_bot');
      expect(made.out).toMatch(/https:\/\/t\.me\/thidua75_bot\?start=[0-9A-Z]{16}/);
      const path = join(folder, 'links.csv');
      const asked = ['--bot', 'thidua75_bot', '--out', path, '--lang', 'en'];
      await admin('invite', 'person', 'TH03', ...asked);
      const lines = (await readFile(path, 'utf8')).split(/\r?\n/);
      expect(lines[0]).toContain('Link');
      expect(lines[1]).toContain('https://t.me/thidua75_bot?start=');
      const refused = await admin('invite', 'person', 'TH03', '--bot', 'https://t.me/x');
      expect(refused).toMatchObject({ code: EXIT.refused });
      expect(refused.err).toContain('https://t.me/x');
    });

    it('are personal, and stay the same until they are used', async () => {
      const made = await admin('invite', 'person', 'th03', 'TH04');
      const [first, second] = made.out.split('\n');
      expect(first).toMatch(/^[0-9A-Z]{16} {2}Lê Đình Khôi {2}Viện Triết học$/);
      expect(second).toContain('Đặng Thu Thuỷ');
      expect((await admin('invite', 'person', 'TH03')).out).toContain(first);
      const code = first?.slice(0, 16) ?? '';
      await db.query(`update invite set used_at = now(), used_by = 'x' where code = $1::text`, [
        code,
      ]);
      expect((await admin('invite', 'person', 'TH03')).out).not.toContain(code);
    });

    it('expire after their last day and are then made anew', async () => {
      const made = await admin('invite', 'unit', 'vien-triet-hoc', '--until', '05/07/2024');
      const code = made.out.slice(0, 16);
      const on = (day: string) => createReads(db).invite(code, day, `${day}T00:00:00Z`);
      expect(await on(TODAY)).toMatchObject({ expired: false, unit: { code: 'vien-triet-hoc' } });
      expect(await on('2024-07-06')).toMatchObject({ expired: true });
      const later = await admin('invite', 'unit', 'vien-triet-hoc', '--on', '06/07/2024');
      expect(later.out).not.toContain(code);
    });

    it('for everyone leave out who has an account and go to a file only the owner reads', async () => {
      const [row] = await db.query<{ id: number }>(`select id from person where code = 'VP03'`);
      const account = { platform: 'telegram', tenant: '1', user: '5' };
      await seedAccount(db, account, { personId: row?.id ?? 0 });
      const path = join(folder, 'invites.csv');
      const made = await admin('invite', 'person', '--all', '--out', path, '--lang', 'en');
      expect(made.out).toContain('38 enrolment codes');
      const lines = (await readFile(path, 'utf8')).trimEnd().split('\r\n');
      expect(lines[0]).toBe('\uFEFFCode,Full name,Unit,Enrolment code');
      expect(lines).toHaveLength(39);
      expect(lines.join()).not.toContain('VP03');
      expect((await stat(path)).mode & 0o077).toBe(0);
      const codes = lines.slice(1).map((line) => line.split(',').at(-1));
      expect(new Set(codes).size).toBe(38);
      expect((await admin('invite', 'person', '--all', '--out', path)).code).toBe(EXIT.refused);
    });

    it('are refused for unknown people and units, then none is made', async () => {
      const before = await db.query('select 1 from invite');
      const refused = await admin('invite', 'person', 'NA03', 'XX', 'YY');
      expect(refused).toMatchObject({ code: EXIT.refused, out: '' });
      expect(refused.err).toContain('XX, YY');
      expect((await admin('invite', 'unit', 'khong-co')).err).toContain('khong-co');
      expect((await admin('invite', 'person')).code).toBe(EXIT.refused);
      expect((await admin('invite', 'person', 'NA03', '--all')).code).toBe(EXIT.refused);
      expect(await db.query('select 1 from invite')).toHaveLength(before.length);
    });
  });

  describe('accounts', () => {
    const LOST = 'telegram:1:77';

    it('are listed with whose they are, and unlinked by their own name', async () => {
      const [row] = await db.query<{ id: number }>(`select id from person where code = 'VP02'`);
      const account = { platform: 'telegram', tenant: '1', user: '77' };
      await seedAccount(db, account, {
        personId: row?.id ?? 0,
        unreachableSince: '2024-07-01T00:00:00Z',
      });
      const listed = await admin('accounts', 'list', 'vp02');
      expect(listed.out).toMatch(
        /^telegram:1:77 {2}VP02 {2}.+ {2}từ 2024-01-01 {2}không gửi tin đến được\n1 tài khoản\.$/,
      );
      expect((await admin('accounts', 'list', '--lang', 'en')).out).toContain(LOST);
      const done = await admin('accounts', 'unlink', LOST);
      expect(done).toMatchObject({ code: EXIT.done, err: '' });
      expect(done.out).toContain(`Đã gỡ tài khoản ${LOST} của `);
      expect((await admin('accounts', 'list', 'VP02')).out).toBe('Không có tài khoản nào.');
      const [{ n } = { n: 0 }] = await db.query<{ n: number }>(
        `select count(*) as n from audit where action = 'account.removed' and actor = 'admin'`,
      );
      expect(n).toBe(1);
    });

    it('say who or what is unknown', async () => {
      expect(await admin('accounts', 'list', 'VP02', 'XX')).toMatchObject({
        code: EXIT.refused,
        out: '',
        err: 'Không có người mang mã XX.',
      });
      const again = await admin('accounts', 'unlink', LOST, '--lang', 'en');
      expect(again).toMatchObject({ code: EXIT.refused, out: '' });
      expect(again.err).toContain(LOST);
      expect((await admin('accounts', 'unlink')).code).toBe(EXIT.misused);
    });
  });

  it('lists, resends and drops what could not be delivered', async () => {
    expect((await admin('dead-letters', 'list')).out).toBe('Không có tin nào.');
    const address = { platform: 'telegram', tenant: '1', chat: '9' };
    const letter = {
      lane: 'telegram:1:9',
      address,
      operation: 'send',
      message: { notice: 'Kết quả tuần', blocks: [] },
      priority: 2,
      on_uncertain: 'hold',
      pages_sent: [],
    };
    for (const id of [1001, 1002]) {
      await db.query(
        `insert into dead_letter (id, lane, message, row, reason, cause)
         values ($1::bigint, $2::text, $3::jsonb, $4::jsonb, 'held', 'timeout')`,
        [id, letter.lane, JSON.stringify(letter.message), JSON.stringify(letter)],
      );
    }
    const listed = await admin('dead-letters', 'list');
    expect(listed.out).toMatch(/1001 .*chưa rõ đã gửi hay chưa: timeout {2}“Kết quả tuần”/);
    expect((await admin('dead-letters', 'resend', '1001')).code).toBe(EXIT.done);
    expect((await admin('dead-letters', 'drop', '1002')).code).toBe(EXIT.done);
    expect(await db.query('select 1 from outbox')).toHaveLength(1);
    for (const id of ['1001', 'x', '-1', '1e3']) {
      expect((await admin('dead-letters', 'drop', '--', id)).code).toBe(EXIT.refused);
    }
  });

  it('checks a campaign file', async () => {
    expect((await admin('campaign', 'check')).out).toContain('28 nội dung thi đua');
    const path = join(folder, 'campaign.json');
    await writeFile(path, '{"code": ""}');
    const { code, err } = await admin('campaign', 'check', path);
    expect(code).toBe(EXIT.refused);
    expect(err).toContain(`${path}:1: `);
  });

  it('finds shipped texts by their words and checks own ones', async () => {
    const found = await admin('texts', 'find', 'tra', 'lai', 'de', 'bo', 'sung');
    expect(found.out).toContain('verify-button-return = Trả lại để bổ sung');
    expect((await admin('texts', 'check')).err).toContain('TEXTS');
    const own = await mkdtemp(join(tmpdir(), 'texts-'));
    await writeFile(join(own, 'en.ftl'), 'verify-button-return = Send back\n');
    expect(await admin('texts', 'check', own, '--lang', 'en')).toMatchObject({
      code: EXIT.done,
      out: `${own}: can be used. Start the bot again to apply it.`,
    });
    await writeFile(join(own, 'vi.ftl'), 'nothing = x\n');
    const refused = await admin('texts', 'check', own);
    expect(refused).toMatchObject({ code: EXIT.refused, out: '' });
    expect(refused.err).toContain('vi.ftl:1: nothing: ');
    await rm(own, { recursive: true });
  });

  describe('misuse', () => {
    it.each([
      [[], EXIT.misused],
      [['roster', 'import'], EXIT.misused],
      [['roster', 'export'], EXIT.misused],
      [['invite', 'unit', 'a', 'b'], EXIT.misused],
      [['units', 'list', '--all'], EXIT.misused],
      [['grant', 'head', 'A1', '--unit'], EXIT.misused],
    ])('%j says how', async (args, expected) => {
      const { code, err } = await admin(...args);
      expect(code).toBe(expected);
      expect(err).toMatch(/--help|Cách dùng/);
      expect(err).not.toContain('error:');
    });

    it('has help in both languages', async () => {
      const vi = await admin('roster', 'import', '--help');
      expect(vi.code).toBe(EXIT.done);
      expect(vi.out).toContain('Cách dùng: npm run admin -- roster import');
      const en = await admin('--lang', 'en', 'help', 'invite');
      expect(en.out).toContain('Usage: npm run admin -- invite');
      expect(en.out).toContain('Make personal enrolment codes');
    });
  });

  it('says when the settings or the database will not do', async () => {
    const run = async (env: NodeJS.ProcessEnv, open: () => Promise<Database>) => {
      const err: string[] = [];
      const shell = { env, say: texts.en, now: () => Temporal.Now.instant(), out: () => {}, open };
      const code = await runAdmin(['units', 'list'], { ...shell, err: (line) => err.push(line) });
      return { code, err: err.join('\n') };
    };
    expect(await run({ PORT: 'x' }, async () => db)).toEqual({
      code: EXIT.refused,
      err: 'PORT=x: write a port number, for example 3000',
    });
    const url = 'postgres://nobody@127.0.0.1:9/none';
    const { openDatabase } = await import('../../src/db/open.ts');
    const away = await run({ DATABASE_URL: url }, () => openDatabase({ url }));
    expect(away.code).toBe(EXIT.refused);
    expect(away.err).toMatch(/^The database cannot be reached: /);
  });
});
