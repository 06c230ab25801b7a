/** People's own pages through the whole bot, on a platform that has them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ack, Button, Inbound, Message, Sender } from '../../src/chat/index.ts';
import { startBot, type TestBot } from '../support/bot.ts';
import { buttonsOf, readable } from '../support/conversation.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { createFakeAdapter, type FakeAdapter } from '../support/fake-adapter.ts';
import { createRecordingHome, type RecordingHome } from '../support/recording-home.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let database: TestDatabase;
let bot: TestBot;
let adapter: FakeAdapter;
let home: RecordingHome;
let serial = 0;

/** A person at their page and in their chat with the bot, which has the user's own name. */
class Person {
  readonly from: Sender;
  constructor(user: string, standing?: Sender['standing']) {
    const identity = { platform: 'test', tenant: 't1', user };
    this.from = { identity, name: `Tên ${user}`, language: null, ...(standing && { standing }) };
  }

  get user(): string {
    return this.from.identity.user;
  }

  openHome(): Promise<void> {
    return adapter.host().homeOpened(this.from);
  }

  /** The page as it stands. */
  get page(): string {
    const page = home.pages(this.user).at(-1);
    return page ? readable(page) : '';
  }

  /** Resolves once the page says this. */
  async sees(text: string): Promise<string> {
    return readable(await home.shows(this.user, (page) => readable(page).includes(text)));
  }

  private async does(event: { kind: Inbound['kind'] } & Record<string, unknown>): Promise<Ack> {
    serial += 1;
    const where = { platform: 'test', tenant: 't1', chat: this.user };
    const message = { at: where, id: `p${serial}` };
    const ack = await adapter.host().receive({
      delivery: `d${serial}`,
      where,
      audience: 'private',
      from: this.from,
      ...(event.kind !== 'press' && { message }),
      ...event,
    } as Inbound);
    await bot.application.settled();
    return ack;
  }

  private get chat(): Message[] {
    return adapter.taken(this.user).map((text) => JSON.parse(text) as Message);
  }

  get heard(): string {
    const last = this.chat.at(-1);
    return last ? readable(last) : '';
  }

  say = (text: string) => this.does({ kind: 'text', text, edited: false });
  command = (name: string, args = '') => this.does({ kind: 'command', name, args });

  private pressing(buttons: Button[], label: string, message?: Inbound['where']) {
    const button = buttons.find((each) => each.label.includes(label));
    if (!button) throw new Error(`no "${label}" in ${buttons.map((b) => b.label).join(' | ')}`);
    return this.does({
      kind: 'press',
      action: button.action,
      ...(message && { message: { at: message, id: 'pressed' } }),
    });
  }

  /** Presses a button of the newest message. */
  press(label: string) {
    const where = { platform: 'test', tenant: 't1', chat: this.user };
    return this.pressing(buttonsOf(this.chat.at(-1)), label, where);
  }

  /** Presses a button on the page. */
  pressHome(label: string) {
    return this.pressing(buttonsOf(home.pages(this.user).at(-1)), label);
  }

  async enrol(code: string) {
    await this.command('start', code);
    await this.press('Đồng ý');
    await this.press('Đúng');
  }

  async report(title: string): Promise<void> {
    await this.command('baocao');
    await this.press(TASK);
    await this.say(title);
    await this.say('Đã xong.');
    await this.press('Hôm nay');
    await this.say(`https://hocvien.example/${title.length}`);
    await this.press('Xong');
    await this.press('Bỏ qua');
    await this.press('Gửi');
  }
}

const head = new Person('head');
const deputy = new Person('deputy');
const author = new Person('author');
let codes: Record<string, string>;

beforeAll(async () => {
  database = await testDatabase();
  home = createRecordingHome();
  adapter = { ...createFakeAdapter({ home }), paginate: (message) => [JSON.stringify(message)] };
  bot = await startBot({
    database,
    adapters: [adapter],
    roster: [
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C2', 'Lê Hương', 'vien-triet-hoc', 'cấp phó'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', ''],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  codes = await bot.invite('C1', 'C2', 'C3');
});

afterAll(async () => {
  await bot?.application.stop();
});

describe('before enrolment', () => {
  it('says what this is, and looking at it leaves no trace of the person', async () => {
    await author.openHome();
    expect(author.page).toContain('Đây là kênh hỗ trợ phong trào thi đua');
    expect(await database.query('select * from identity')).toEqual([]);
  });

  it('begins from the page, and becomes the person’s own without being opened again', async () => {
    await author.pressHome('Bắt đầu đăng ký');
    expect(author.heard).toContain('Đồng chí có đồng ý không?');
    await author.press('Đồng ý');
    await author.say(codes.C3 ?? '');
    await author.press('Đúng');
    const page = await author.sees('Nguyễn Hà, Viện Triết học');
    expect(page).toContain('Đồng chí chưa có báo cáo nào.');
  });

  it('tells an outsider in a sentence, and notes nothing', async () => {
    const outsider = new Person('stranger', 'outsider');
    await outsider.openHome();
    expect(outsider.page).toContain('dành cho cán bộ, học viên của Học viện');
    expect(await database.query(`select 1 from identity where "user" = 'stranger'`)).toEqual([]);
  });
});

describe('what happens to a report', () => {
  it('is on the pages of its author and of everybody who decides', async () => {
    await head.enrol(codes.C1 ?? '');
    await deputy.enrol(codes.C2 ?? '');
    for (const leader of [head, deputy]) {
      await leader.openHome();
      expect(leader.page).toContain('Hiện không có việc nào chờ đồng chí.');
    }
    await author.report('Giảng bài mẫu');
    expect(await author.sees('Giảng bài mẫu')).toContain('chờ xác nhận');
    for (const leader of [head, deputy]) await leader.sees('Có 1 báo cáo chờ xác nhận');

    await head.pressHome('Việc chờ xác nhận');
    await head.press('Mở báo cáo');
    await head.press('Xác nhận');
    const page = await author.sees('đã xác nhận');
    expect(page).toContain('Tổng số: 1');
    expect(page).toContain('1/3 (33,3%)');
    expect(page).toContain('Số liệu tính đến 09 giờ 00, 04/09/2024.');
    // The deputy's copy of the request changed with it, so the deputy's page did too.
    await deputy.sees('Hiện không có việc nào chờ đồng chí.');
    await head.sees('Hiện không có việc nào chờ đồng chí.');
  });

  it('says why it was returned, and leads to completing it', async () => {
    await author.report('Bài viết');
    await head.sees('Có 1 báo cáo chờ xác nhận');
    await head.press('Trả lại');
    await head.say('Thiếu số văn bản');
    const page = await author.sees('được trả lại để bổ sung: Bài viết');
    expect(page).toContain('Lý do: Thiếu số văn bản');
    const ack = await author.pressHome('Bổ sung báo cáo');
    expect(ack.toast).toContain('đã trả lời trong cuộc trò chuyện riêng');
    expect(author.heard).toContain('Sửa báo cáo');
  });
});

describe('the language', () => {
  it('is changed on the page, and the page is in it', async () => {
    const ack = await author.pressHome('English');
    expect(ack.toast).toBe('The bot will use English.');
    expect(await author.sees('Your page')).toContain('Waiting for you');
    await author.pressHome('Tiếng Việt');
    await author.sees('Trang của đồng chí');
    expect(bot.complaints).toEqual([]);
  });
});
