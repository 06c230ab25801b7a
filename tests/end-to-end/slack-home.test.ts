/** The own page in Slack: what stands there, and what its buttons do. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/slack/index.ts';
import type { FakeUser as TelegramUser } from '../fakes/telegram/index.ts';
import { agree, fillIn, has, opened, press, send } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';
import * as telegram from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: SlackStory;
let head: TelegramUser;
let deputy: FakeUser;
let author: FakeUser;

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C2', 'Lê Hương', 'vien-triet-hoc', 'cấp phó'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['C4', 'Phạm Lan', 'vien-triet-hoc', ''],
    ],
    emails: { C4: 'lan@hcma.vn' },
    at: '2024-09-04T09:00:00+07:00',
    beside: 'telegram',
  });
  [deputy, author] = (await story.join('C2', 'C3')) as [FakeUser, FakeUser];
  const invites = await story.bot.invite('C1');
  head = story.telegram.user({ name: 'Quang', language: 'vi' });
  await telegram.enrol(head, invites.C1 ?? '');
});

afterAll(() => story?.close());

/** Reports by the window that the page's button opens. @returns the report's number */
async function reportFromPage(title: string): Promise<number> {
  const modal = await opened(author, author.pressHome('Báo cáo thành tích'));
  const evidence = [`https://hocvien.example/${title.length}`];
  fillIn(modal, { item: TASK, title, description: 'Đã xong.', date: '2024-09-03', evidence });
  const receipt = await send(author, modal, 'Đã nhận báo cáo');
  return Number(/báo cáo (\d+)/.exec(receipt.text)?.[1]);
}

describe('somebody the bot does not know', () => {
  it('reads what this is, leaves no row by looking, and begins from there', async () => {
    const lan = story.someone('lan', { email: 'lan@hcma.vn' });
    await lan.openHome();
    const page = await story.sees(lan, 'Đây là kênh hỗ trợ phong trào thi đua');
    expect(page).not.toContain('Phạm Lan');
    const rows = () =>
      story.database.query('select 1 from identity where "user" = $1::text', [lan.id]);
    expect(await rows()).toEqual([]);
    lan.pressHome('Bắt đầu đăng ký');
    await agree(lan);
    await story.sees(lan, 'Kính chào đồng chí Phạm Lan, Viện Triết học.');
    expect(await rows()).toHaveLength(1);
  });
});

describe('what happens to a report', () => {
  it('changes the pages of its author and of the deputy, wherever it is decided', async () => {
    await Promise.all([author.openHome(), deputy.openHome()]);
    await story.sees(author, 'Đồng chí chưa có báo cáo nào.');
    await story.sees(deputy, 'Hiện không có việc nào chờ đồng chí.');

    const id = await reportFromPage('Giáo trình mới');
    expect(await story.sees(author, 'Giáo trình mới')).toContain('chờ xác nhận');
    await story.sees(deputy, 'Có 1 báo cáo chờ xác nhận');

    await head.reply(telegram.has(`Báo cáo ${id} chờ`));
    await telegram.verify(head, id);
    await story.sees(author, 'đã xác nhận');
    await story.sees(deputy, 'Hiện không có việc nào chờ đồng chí.');
    expect(author.home()?.text).toContain('1/4 (25%)');
  });

  it('leads from the page to completing what was returned, in a window', async () => {
    const id = await reportFromPage('Bài viết');
    await deputy.reply(has(`Báo cáo ${id} chờ`));
    deputy.pressHome('Việc chờ xác nhận');
    await deputy.reply(has('Việc chờ đồng chí xác nhận'));
    await press(deputy, new RegExp(`^Mở báo cáo ${id} `));
    const copy = await deputy.reply(has(`Báo cáo ${id} chờ xác nhận`));
    const reason = await opened(deputy, deputy.press('Trả lại để bổ sung', { on: copy.ts }));
    reason.fill('reason', 'Thiếu số văn bản');
    await reason.submit();
    await story.sees(author, `Báo cáo ${id} được trả lại để bổ sung: Bài viết. Lý do: Thiếu số`);
    const modal = await opened(author, author.pressHome(`Bổ sung báo cáo ${id}`));
    fillIn(modal, { evidence: ['Số 12/QĐ-HV, ngày 01/09/2024'] });
    await send(author, modal, `Đã nhận lại báo cáo ${id}`);
    await story.sees(deputy, 'Có 1 báo cáo chờ xác nhận');
    await story.sees(author, { not: 'Thiếu số văn bản' });
  });
});

describe('its buttons', () => {
  it('change the language of the page at once', async () => {
    author.pressHome('English');
    const page = await story.sees(author, 'Nguyễn Hà, Institute of Philosophy');
    expect(page).not.toContain('Đồng chí');
    author.pressHome('Tiếng Việt');
    await story.sees(author, 'Kính chào đồng chí Nguyễn Hà');
  });

  it('answer in the direct conversation, and the press is told where', async () => {
    const said = await author.pressHome('Báo cáo của tôi').answered;
    expect(said).toContain('trả lời trong cuộc trò chuyện riêng');
    await author.reply(has('Báo cáo của đồng chí'));
  });

  it('leave nothing to complain of', async () => {
    await story.settled();
    expect(story.bot.complaints).toEqual([]);
  });
});
