import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { type MainProcess, startMain } from '../support/main-process.ts';
import { PlaygroundPage } from '../support/playground-page.ts';

let main: MainProcess;
let browser: TestBrowser;
beforeAll(async () => {
  [main, browser] = await Promise.all([startMain(), openBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await main?.close();
});

interface Listed {
  readonly user: string;
  readonly name: string;
  readonly unit: string | null;
  readonly role: string | null;
}

it('goes from an invitation to the leaderboard, and is all there after a restart', async () => {
  // Somebody of the sample who has not enrolled follows their link.
  const invited = await main.writes(/To enrol there as ([^:]+): (http[^"\s]+)/);
  const [, name = '', link = ''] = invited;
  const { page, troubles } = await browser.open(link);
  page.setDefaultTimeout(30_000);
  const p = await new PlaygroundPage(page).ready();
  await p.fillAccount('Tài khoản thử');
  await p.hears('Đồng chí có đồng ý không?');
  await p.press('Đồng ý');
  const found = await p.hears(`đồng chí là ${name}`);
  const unit = /đồng chí là [^,]+, (.+?)\. Có đúng không/.exec(
    (await found.textContent()) ?? '',
  )?.[1];
  await p.press('Đúng');
  await p.hears(`Đã ghi nhận: ${name}`);

  // They report, with a photo.
  await p.say('/baocao');
  await p.press('Hoàn thành xuất sắc nhiệm vụ được giao');
  await p.hears('ghi tên việc');
  await p.say('Hội thảo khoa học cấp bộ');
  await p.hears('mô tả ngắn gọn');
  await p.say('Tổ chức hội thảo, có kỷ yếu xuất bản.');
  await p.hears('Thời gian hoàn thành');
  await p.press(/^Hôm nay/);
  await p.hears('Đề nghị gửi minh chứng');
  await p.sendPhotos([{ name: 'hoi-thao.png', mimeType: 'image/png', buffer: picture() }]);
  await p.hears('hoi-thao.png');
  await p.press('Xong');
  await p.press('Bỏ qua');
  await p.hears('kiểm tra trước khi gửi');
  await p.press('Gửi');
  await p.hears('Đã nhận báo cáo 1');

  // The head of the unit sees the photo and verifies.
  const state = (await (await fetch(`${main.url}api/state`)).json()) as { accounts: Listed[] };
  const head = state.accounts.find((a) => a.role === 'head' && a.unit === unit);
  if (!head || !unit) throw new Error(`no head of ${unit}`);
  await p.entry(head.user).locator('.badge').waitFor();
  await p.open(head.name);
  const request = await p.hears('Hội thảo khoa học cấp bộ');
  expect(await request.textContent()).toContain(name);
  await p.press('Xem minh chứng');
  const photo = page.locator('#log .bot .picture img');
  await photo.waitFor();
  const response = await fetch(new URL((await photo.getAttribute('src')) ?? '', main.url));
  expect(Buffer.from(await response.arrayBuffer())).toEqual(picture());
  await p.press('Xác nhận');
  await p.hears(/xác nhận/i);
  await p.open('Tài khoản thử');
  await p.hears('đã xác nhận báo cáo 1');

  // On Monday morning the leaderboard arrives in the unit's group.
  await p.moveClockToMonday();
  await p.open(unit);
  const board = await p.hears('Kết quả hưởng ứng tuần');
  const read = (await board.textContent()) ?? '';
  expect(read).toMatch(/số liệu tham khảo, không phải kết quả bình xét/i);
  expect(read).toMatch(/Số đồng chí có báo cáo được xác nhận1\/\d/);
  expect(troubles).toEqual([]);

  // Nothing is gone after a restart, and the clock stands where it was moved to.
  expect(await main.stop()).toBe(0);
  await main.restart();
  await main.writes(/Playground: open/);
  const again = await browser.open(main.url);
  const q = await new PlaygroundPage(again.page).ready();
  await q.open(unit);
  expect((await (await q.hears('Kết quả hưởng ứng tuần')).textContent()) ?? '').toBe(read);
  expect(await again.page.locator('#now-day').textContent()).toMatch(/^Thứ Hai/);
  expect(again.troubles).toEqual([]);
}, 240_000);

/** A picture one can see: 160 × 100, red with a golden band. */
function picture(): Buffer {
  const [width, height] = [160, 100];
  const rows = Array.from({ length: height }, (_, y) => {
    const golden = y > 40 && y < 60;
    const pixel = golden ? [246, 201, 69] : [163, 22, 33];
    return Buffer.from([0, ...Array.from({ length: width }, () => pixel).flat()]);
  });
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
