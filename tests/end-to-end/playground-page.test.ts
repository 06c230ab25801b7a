import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Inbound, Message } from '../../src/chat/index.ts';
import { PNG } from '../contract/adapter-suite.ts';
import { DESKTOP, openBrowser, PHONE, type TestBrowser } from '../support/browser.ts';
import { type ServedPlayground, servePlayground } from '../support/playground-harness.ts';
import { PlaygroundPage } from '../support/playground-page.ts';
import { createRecordingHost, type RecordingHost } from '../support/recording-host.ts';

const MARKUP = '<img src=x onerror=alert(1)> & "x" <script>alert(2)</script>';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

interface Bot {
  readonly served: ServedPlayground;
  readonly host: RecordingHost;
  say(chat: string, message: Message): Promise<void>;
}

/** A bot that says only what the test makes it say. */
async function bot(): Promise<Bot> {
  const served = await servePlayground();
  served.people.push(
    { id: 1, name: 'Nguyễn Thị Ánh', unit: 'Viện Triết học', role: 'staff', phone: '0912345678' },
    { id: 2, name: 'Đỗ Văn Bình', unit: 'Viện Triết học', role: 'head' },
    { id: 3, name: 'Lê Đức Cường', unit: 'Viện Kinh tế', role: 'office' },
  );
  served.rooms.push({ chat: 'unit-1', title: 'Nhóm Viện Triết học' });
  const host = createRecordingHost();
  await served.playground.start(host);
  onTestFinished(async () => {
    await served.playground.stop();
    await served.close();
  });
  return {
    served,
    host,
    async say(chat, message) {
      const to = { platform: 'playground', tenant: 'local', chat };
      for (const page of served.playground.paginate(message))
        expect((await served.playground.send(to, page, '1:0')).outcome).toBe('ok');
    },
  };
}

/** The page, which must end without an error or anything its policy refused. */
async function visit(url: string, viewport: { width: number; height: number } = DESKTOP) {
  const { page, troubles } = await browser.open(url);
  onTestFinished(async () => {
    await page.close();
    expect(troubles).toEqual([]);
  });
  await page.setViewportSize(viewport);
  return new PlaygroundPage(page).ready();
}

const text = (event: Inbound): string => (event.kind === 'text' ? event.text : event.kind);

describe('the page', () => {
  it('shows what anyone writes as they wrote it', async () => {
    const { served, say } = await bot();
    const p = await visit(served.url);
    await p.open('Nguyễn Thị Ánh');
    await p.say(MARKUP);
    await p.messages().filter({ hasText: MARKUP }).waitFor();
    await say('p1', {
      notice: MARKUP,
      blocks: [
        { kind: 'heading', text: MARKUP },
        { kind: 'text', text: [{ kind: 'bold', text: MARKUP }] },
        { kind: 'table', columns: [{ title: MARKUP, align: 'left' }], rows: [[MARKUP]] },
        { kind: 'fields', rows: [{ label: MARKUP, value: [MARKUP] }] },
      ],
      buttons: [[{ label: MARKUP, action: 'x' }]],
    });
    const shown = await p.hears(MARKUP);
    expect(await shown.locator('img, script').count()).toBe(0);
    expect((await shown.textContent())?.split(MARKUP)).toHaveLength(8);
  });

  it('answers a press with its toast and shows the message as it became', async () => {
    const { served, host, say } = await bot();
    const p = await visit(served.url);
    await say('p2', {
      notice: 'Báo cáo 12 chờ xác nhận',
      blocks: [{ kind: 'heading', text: 'Báo cáo 12' }],
      buttons: [[{ label: 'Xác nhận', action: 'ver:ok:12', tone: 'primary' }]],
    });
    await p.entry('p2').getByLabel('1 tin chưa đọc').waitFor();
    await p.open('Đỗ Văn Bình');
    expect(await p.entry('p2').locator('.badge').count()).toBe(0);
    host.answer({ toast: 'Đã xác nhận báo cáo 12' });
    await p.press('Xác nhận');
    await p.toast('Đã xác nhận báo cáo 12');
    const event = await host.next((e) => e.kind === 'press');
    expect(event).toMatchObject({ action: 'ver:ok:12', from: { identity: { user: 'p2' } } });
    if (event.kind !== 'press' || !event.message) throw new Error('not a press');
    const [page] = served.playground.paginate({
      notice: 'Đã xác nhận',
      blocks: [{ kind: 'heading', text: 'Báo cáo 12 đã được xác nhận' }],
    });
    if (!page) throw new Error('no page');
    await served.playground.edit(event.message, page);
    await p.hears('Báo cáo 12 đã được xác nhận');
    expect(await p.page.locator('.key').count()).toBe(0);
  });

  it('works by keyboard alone', async () => {
    const { served, host } = await bot();
    const { page } = await visit(served.url);
    await page.keyboard.press('Alt+ArrowDown');
    await page.locator('#chat-name', { hasText: 'Nguyễn Thị Ánh' }).waitFor();
    await page.keyboard.type('/ba');
    await page.locator('#suggest').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await host.next()).toMatchObject({ kind: 'command', name: 'bangxephang' });
    await page.keyboard.type('dòng một');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('dòng hai');
    await page.keyboard.press('Enter');
    expect(text(await host.next())).toBe('dòng một\ndòng hai');
    await page.locator('.entry.mine', { hasText: 'dòng hai' }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('đã sửa lại');
    await page.keyboard.press('Enter');
    expect(await host.next()).toMatchObject({ kind: 'text', text: 'đã sửa lại', edited: true });
    await page.locator('.entry.mine', { hasText: 'đã sửa lại' }).waitFor();
  });

  it('sends photos chosen together as an album, and a file', async () => {
    const { served, host } = await bot();
    const p = await visit(served.url);
    await p.open('Nguyễn Thị Ánh');
    const photo = { mimeType: 'image/png', buffer: Buffer.from(PNG) };
    await p.sendPhotos(
      [
        { ...photo, name: 'một.png' },
        { ...photo, name: 'hai.png' },
      ],
      'Hai ảnh hội thảo',
    );
    const first = await host.next();
    const second = await host.next();
    expect([first, second]).toMatchObject([
      { kind: 'attachment', caption: 'Hai ảnh hội thảo', file: { kind: 'photo' } },
      { kind: 'attachment', caption: '', file: { name: 'hai.png' } },
    ]);
    if (first.kind !== 'attachment' || second.kind !== 'attachment') throw new Error('no files');
    expect(first.album).not.toBeNull();
    expect(second.album).toBe(first.album);
    const pdf = {
      name: 'Quyết định.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF'),
    };
    await p.sendFile(pdf);
    expect(await host.next()).toMatchObject({ album: null, file: { name: 'Quyết định.pdf' } });
    await p.messages().locator('.file').waitFor();
  });

  it('lets someone new follow an invitation and share the own number', async () => {
    const { served, host, say } = await bot();
    const p = await visit(`${served.url}?start=MA-1`);
    await p.fillAccount('Phạm Mới', '0987654321');
    expect(await host.next()).toMatchObject({
      kind: 'command',
      name: 'start',
      args: 'MA-1',
      from: { name: 'Phạm Mới', identity: { user: 'n1' }, language: 'vi' },
    });
    expect(new URL(p.page.url()).search).toBe('');
    await say('n1', {
      notice: 'Số điện thoại',
      blocks: [],
      contactRequest: { label: 'Gửi số của tôi' },
    });
    await p.press('Gửi số của tôi');
    await p.page.locator('#dialog-ok').click();
    expect(await host.next()).toMatchObject({ kind: 'contact', phone: '0987654321', own: true });
  });

  it('lets anyone write in a group, and removes the bot from it', async () => {
    const { served, host } = await bot();
    const p = await visit(served.url);
    await p.open('Nhóm Viện Triết học');
    await p.writeAs('p2');
    await p.say('/bangxephang');
    expect(await host.next()).toMatchObject({
      kind: 'command',
      audience: 'group',
      where: { chat: 'unit-1' },
      from: { identity: { user: 'p2' } },
    });
    await p.page.locator('#chat-block').click();
    expect(await host.next()).toMatchObject({ kind: 'left', where: { chat: 'unit-1' } });
    await p.page.locator('#composer-blocked').waitFor();
    expect(await p.page.locator('#composer-text').isVisible()).toBe(false);
  });

  it('lets a command in a message of the bot be pressed, and nothing that only looks like one', async () => {
    const { served, host, say } = await bot();
    const p = await visit(served.url);
    await p.open('Nguyễn Thị Ánh');
    const words = 'Gõ /baocao, không phải /etc/trogiup hay a/trogiup.';
    await say('p1', { notice: 'n', blocks: [{ kind: 'text', text: [words] }] });
    const message = await p.hears(words);
    expect(await message.locator('.command').allTextContents()).toEqual(['/baocao']);
    await message.locator('.command').click();
    expect(await host.next()).toMatchObject({ kind: 'command', name: 'baocao' });
  });

  it('moves the clock to Monday morning', async () => {
    const { served } = await bot();
    const p = await visit(served.url);
    await p.moveClockToMonday();
    expect(served.moves).toEqual(['2024-03-11T09:00:00[Asia/Ho_Chi_Minh]']);
    expect(await p.page.locator('#now-day').textContent()).toBe('Thứ Hai, 11/03/2024');
  });

  it('offers what was not taken to be sent again, once', async () => {
    const { served, host } = await bot();
    const p = await visit(served.url);
    await p.open('Nguyễn Thị Ánh');
    host.failNext(3);
    // The browser reports every 503 as an error of the console; they are what is tested here.
    p.page.removeAllListeners('console');
    await p.say('đừng mất');
    const again = p.page.getByRole('button', { name: 'Gửi lại' });
    await again.click();
    expect(text(await host.next())).toBe('đừng mất');
    await again.waitFor({ state: 'detached' });
    expect(await p.messages().count()).toBe(1);
  });

  it('is read on a phone, in either language', async () => {
    const { served, say } = await bot();
    const p = await visit(served.url, PHONE);
    const { page } = p;
    await say('p1', { notice: 'Kính chào', blocks: [{ kind: 'text', text: ['x'.repeat(500)] }] });
    await p.open('Nguyễn Thị Ánh');
    await p.hears('xxx');
    const widths = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    );
    expect(widths[0]).toBe(widths[1]);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByPlaceholder('Type a message or /command').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await page.getByPlaceholder('Find by name or unit').fill('do van');
    expect(await page.locator('.person').count()).toBe(1);
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();
  });
});
