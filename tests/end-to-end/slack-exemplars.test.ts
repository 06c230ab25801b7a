/** Exemplars in Slack: the citation and the refusal in windows, an edit that asks again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/slack/index.ts';
import { has, opened, press, report, verify } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';
const CITATION = 'Hoàn thành giáo trình trước hạn hai tháng, được đánh giá cao.';
const BETTER = 'Hoàn thành giáo trình trước hạn hai tháng, được hội đồng xếp loại xuất sắc.';

let story: SlackStory;
let office: FakeUser;
let head: FakeUser;
let author: FakeUser;
let paper: FakeUser;

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['V1', 'Lê Thường Trực', 'ban-tdkt', 'thường trực hội đồng'],
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['B1', 'Mai Báo Chí', 'ban-tdkt', 'báo chí'],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [office, head, author, paper] = (await story.join('V1', 'C1', 'C3', 'B1')) as [
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
  ];
});
afterAll(() => story?.close());

describe('an exemplar in Slack', () => {
  it('is nominated by number, changed, agreed to anew, refused with a reason', async () => {
    const number = await report(author, {
      item: TASK,
      title: 'Biên soạn giáo trình',
      description: 'Đã xong.',
      evidence: ['https://hv.example/giao-trinh'],
    });
    await head.reply(has(`Báo cáo ${number} chờ`));

    head.command('/dienhinh');
    await head.reply(has('chưa có điển hình nào'));
    const early = await opened(head, head.press('Đề cử điển hình'));
    early.fill('report', String(number));
    early.fill('citation', CITATION);
    expect(await early.submit()).toBe('errors');
    expect(early.errors.report).toContain('chưa được xác nhận');
    early.close();
    await story.settled();
    await verify(head, number);
    await story.settled();

    head.command('/dienhinh');
    await head.reply(has('chưa có điển hình nào'));
    const modal = await opened(head, head.press('Đề cử điển hình'));
    modal.fill('report', String(number));
    modal.fill('citation', CITATION);
    expect(await modal.submit()).toBe('closed');
    const receipt = await head.reply(has('Đã gửi đề cử'));
    const asked = await author.reply(has('được đề cử làm điển hình'));
    await author.press('Đồng ý, kèm minh chứng', { on: asked.ts }).answered;
    await office.reply(has('chờ Thường trực Hội đồng duyệt'));
    await story.settled();

    await head.press(/^Mở điển hình/, { on: receipt.ts }).answered;
    await head.reply(has(CITATION));
    const edit = await opened(head, head.press('Sửa lời giới thiệu'));
    edit.fill('citation', BETTER);
    expect(await edit.submit()).toBe('closed');
    await head.reply(has('Đã sửa lời giới thiệu'));
    const again = await author.reply(has(BETTER));
    await story.settled();
    // What was agreed to other words is void: the office's buttons are gone.
    expect(office.messages().flatMap((m) => m.buttons.flat())).not.toContain('Duyệt');
    await author.press('Đồng ý, không kèm minh chứng', { on: again.ts }).answered;
    await office.reply(has(BETTER));
    await story.settled();

    const refusal = await opened(office, office.press('Không duyệt'));
    refusal.fill('reason', 'Cần thêm ý kiến của hội đồng nghiệm thu');
    expect(await refusal.submit()).toBe('closed');
    await office.reply(has('Đã ghi nhận không duyệt'));
    await author.reply(has('Cần thêm ý kiến của hội đồng nghiệm thu'));
    await head.reply(has('Cần thêm ý kiến của hội đồng nghiệm thu'));
    await story.settled();
    expect(paper.messages().filter(has('giáo trình'))).toEqual([]);
    const [row] = await story.database.query('select status, evidence from exemplar');
    expect(row).toEqual({ status: 'refused', evidence: false });
  });

  it('waits for the author: nobody else’s press agrees for them', async () => {
    paper.command('/dienhinh');
    const list = await paper.reply(has('chưa có điển hình nào'));
    for (const verb of ['y', 'a', 'g', 'o'])
      expect(await paper.forge(list.ts, `dh:1:${verb}:1`).answered).toContain(
        'Không có điển hình này',
      );
    await expect(press(paper, 'Duyệt')).rejects.toThrow();
  });
});
