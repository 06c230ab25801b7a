/** Final documents asked for in Slack, by the window of the slash command. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser, Shown } from '../fakes/slack/index.ts';
import { has, opened, report, send, verify } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';
import { readDocx } from '../support/unzip.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: SlackStory;
let office: FakeUser;
let head: FakeUser;
let author: FakeUser;

const withFile = (message: Shown): boolean => message.files.length > 0;

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['V1', 'Lê Thường Trực', 'ban-tdkt', 'thường trực hội đồng'],
      ['C1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['C3', 'Nguyễn Hà', 'vien-triet-hoc', ''],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [office, head, author] = (await story.join('V1', 'C1', 'C3')) as [FakeUser, FakeUser, FakeUser];
  const id = await report(author, {
    item: TASK,
    title: 'Giờ giảng chất lượng tốt',
    description: 'Đã xong.',
    evidence: ['https://hv.example/1'],
  });
  await head.reply(has(`Báo cáo ${id} chờ`));
  await story.settled();
  await verify(head, id);
  await story.settled();
});
afterAll(() => story?.close());

describe('documents in Slack', () => {
  it('of a unit, named in the window, come to the office as a file', async () => {
    const window = await opened(office, office.command('/tailieu'));
    window.pick('kind', 'Báo cáo kết quả (Word)');
    window.fill('unit', 'viện triết học');
    window.pick('period', 'cả phong trào');
    await send(office, window, 'Đang lập báo cáo: Viện Triết học');
    const [file] = (await office.reply(withFile)).files;
    expect(file?.name).toBe('bao-cao-vien-triet-hoc-ca-phong-trao.docx');
    const { lines } = readDocx(file?.bytes ?? new Uint8Array());
    expect(lines).toContain('VIỆN TRIẾT HỌC');
    // Three people are too few for anybody to be named.
    expect(lines).toContain('Đơn vị có dưới 5 người nên không nêu kết quả của từng đồng chí.');
    expect(lines.join('\n')).toContain('Giờ giảng chất lượng tốt');
    expect(lines.join('\n')).not.toContain('Nguyễn Hà');
  });

  it('are refused to an author', async () => {
    author.command('/tailieu');
    await author.reply(has('chưa được phân quyền'));
    await story.settled();
    expect(author.messages().filter(withFile)).toEqual([]);
  });
});
