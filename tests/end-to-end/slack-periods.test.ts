/** The campaign's dates in Slack, where pledges and leave are given in windows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/slack/index.ts';
import { fillIn, has, opened, press, windowOf } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';

const UNIT = 'Viện Triết học';
const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: SlackStory;
let head: FakeUser;
let deputy: FakeUser;
let member: FakeUser;
let office: FakeUser;

const at = (time: string): void => story.bot.at(`${time}+07:00`);

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['P1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['P2', 'Phạm Lan', 'vien-triet-hoc', 'cấp phó'],
      ['P3', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['P4', 'Đỗ Văn', 'van-phong', 'thường trực hội đồng'],
    ],
    at: '2024-04-10T09:00:00+07:00',
  });
  [head, deputy, member, office] = (await story.join('P1', 'P2', 'P3', 'P4')) as [
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
  ];
});

afterAll(() => story?.close());

describe('a unit’s pledge', () => {
  it('is one window; a wrong target is said at its field', async () => {
    head.say('đăng ký');
    await head.reply(has('chưa đăng ký thi đua'));
    const modal = await opened(head, head.press('Đăng ký'));
    expect(modal.shown.text).toContain(`Đơn vị: ${UNIT}. Được sửa đến hết ngày 15/04/2024.`);
    modal.fill('text', 'Hoàn thành ba giáo trình.');
    modal.fill('target-a', 'ba');
    expect(await modal.submit()).toBe('errors');
    expect(modal.errors['target-a']).toContain('số nguyên từ 1 đến 9.999');
    modal.fill('target-a', '3');
    expect(await modal.submit()).toBe('closed');
    await head.reply(has(`Đã ghi đăng ký thi đua của ${UNIT}`));
    await deputy.reply(has('Đồng chí Trần Quang đã đăng ký thi đua'));
  });

  it('changed by another meanwhile is not overwritten unseen', async () => {
    await press(deputy, 'Xem đăng ký');
    await deputy.reply(has('Hoàn thành ba giáo trình.'));
    const slow = await opened(deputy, deputy.press('Sửa đăng ký'));
    await press(head, 'Xem đăng ký');
    await head.reply(has('Trần Quang đăng ký'));
    const quick = await opened(head, head.press('Sửa đăng ký'));
    quick.fill('text', 'Hoàn thành bốn giáo trình.');
    expect(await quick.submit()).toBe('closed');
    await deputy.reply(has('Đồng chí Trần Quang đã sửa đăng ký thi đua'));
    slow.fill('text', 'Hoàn thành năm giáo trình.');
    await slow.submit();
    const summary = await deputy.reply(has('đề nghị đồng chí kiểm tra trước khi gửi'));
    expect(summary.text).toContain('Hoàn thành năm giáo trình.');
    const [row] = await story.database.query('select text, version from pledge');
    expect(row).toEqual({ text: 'Hoàn thành bốn giáo trình.', version: 2 });
    await press(deputy, 'Gửi');
    await deputy.reply(has('Đã ghi đăng ký thi đua'));
  });

  it('is read by members, who have no button', async () => {
    member.say('đăng ký');
    const shown = await member.reply(has('Hoàn thành năm giáo trình.'));
    expect(shown.buttons.flat()).toEqual([]);
  });
});

describe('the close', () => {
  it('one’s own page says the stage, then that only reports are taken, then that none are', async () => {
    at('2024-07-25T09:00:00');
    await member.openHome();
    await story.sees(member, 'Giai đoạn 1 (sơ kết) còn 6 ngày');
    at('2025-01-08T09:00:00');
    await member.openHome();
    await story.sees(member, 'được nhận đến hết ngày 10/01/2025');
    at('2025-01-13T09:00:00');
    await member.openHome();
    await story.sees(member, 'kết thúc nhận báo cáo từ sau ngày 10/01/2025');
  });

  it('a window open over the close becomes a draft', async () => {
    at('2025-01-10T23:00:00');
    const modal = await opened(member, member.command('/baocao'));
    fillIn(modal, {
      item: TASK,
      title: 'Nghiệm thu giáo trình',
      description: 'Đã nghiệm thu.',
      date: '2024-12-20',
      evidence: ['Số 12/QĐ-HV'],
    });
    at('2025-01-11T00:00:00');
    await modal.submit();
    const said = await member.reply(has('Đã lưu bản nháp'));
    expect(said.text).toContain('kết thúc nhận báo cáo');
  });

  it('the office gives a person leave in a window; the draft is then sent', async () => {
    member.say('gia hạn');
    await member.reply(has('chưa được phân quyền'));
    at('2025-01-13T09:00:00');
    office.say('gia hạn');
    await office.reply(has('không có đơn vị hoặc cá nhân nào'));
    const modal = await opened(office, office.press('Gia hạn'));
    modal.fill('whom', 'Không Có Ai');
    modal.fill('until', '2025-01-16');
    expect(await modal.submit()).toBe('errors');
    expect(windowOf(office).errors.whom).toContain('Không tìm thấy');
    modal.fill('whom', 'P3');
    expect(await modal.submit()).toBe('closed');
    await office.reply(has('Đã gia hạn cho Nguyễn Hà đến hết ngày 16/01/2025'));
    await member.reply(has('gia hạn cho đồng chí gửi báo cáo đến hết ngày 16/01/2025'));
    await story.sees(member, 'đồng chí có thể gửi báo cáo đến hết ngày 16/01/2025');

    member.say('tiếp tục');
    await member.reply(has('Nghiệm thu giáo trình'));
    await press(member, 'Gửi');
    await member.reply(has('Đã nhận báo cáo'));
    const [row] = await story.database.query('select week from report order by id desc limit 1');
    expect(row).toEqual({ week: '2024-12-30' });
    // Leave is the person's alone.
    deputy.say('báo cáo');
    await deputy.reply(has('kết thúc nhận báo cáo'));
  });
});
