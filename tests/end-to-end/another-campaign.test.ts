import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/campaign/load.ts';
import { importUnits } from '../../src/db/units.ts';
import type { FakeGroup, FakeUser } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press, verify } from '../support/telegram-steps.ts';

const CAMPAIGN = fileURLToPath(new URL('../fixtures/campaign-green-weeks.jsonc', import.meta.url));

/** Alike in kind only, which is all this campaign compares by. */
const UNITS = [
  {
    code: 'ga-dong',
    nameVi: 'Ga Đông',
    nameEn: 'East Station',
    kind: 'support',
    bloc: 'academy',
    parent: null,
  },
  {
    code: 'ga-tay',
    nameVi: 'Ga Tây',
    nameEn: 'West Station',
    kind: 'support',
    bloc: 'political_school',
    cluster: 'Biển',
    parent: null,
  },
] as const;

let story: Story;
let head: FakeUser;
let member: FakeUser;
let west: FakeUser;
const rooms: FakeGroup[] = [];

/** Agrees and says yes in English, from the personal link. */
async function enrolInEnglish(user: FakeUser, code: string): Promise<void> {
  user.start(code);
  const welcome = await user.reply(has('Đồng chí có đồng ý không?'));
  expect(welcome.text).toContain('Những tuần công sở xanh');
  expect(welcome.text).toContain('Nhà ga Sakura xử lý');
  await press(user, 'English');
  const english = await user.reply(has('Do you consent?'));
  expect(english.text).toContain('Green office weeks');
  expect(english.text).toContain('Sakura Station processes');
  await press(user, 'I agree');
  expect((await user.reply(has('Is that right?'))).text).toContain('Suzuki Mai, East Station');
  await press(user, 'Yes');
  await user.reply(has('Registered: Suzuki Mai, East Station'));
}

beforeAll(async () => {
  story = await openStory({
    prepare: (database) => importUnits(database, UNITS, '2024-01-01'),
    campaign: loadCampaign(CAMPAIGN),
    roster: [
      ['T1', 'Tanaka Đào', 'ga-dong', 'thủ trưởng'],
      ['T2', 'Suzuki Mai', 'ga-dong', ''],
      ['T3', 'Mori An', 'ga-tay', 'thủ trưởng'],
    ],
    at: '2030-05-07T09:00:00+09:00',
  });
});

afterAll(() => story?.close());

describe('another campaign, in another zone, with units of its own', () => {
  it('enrols with its own names, in either language', async () => {
    [head, west] = (await story.join('T1', 'T3')) as [FakeUser, FakeUser];
    member = story.fake.user({ name: 'Suzuki Mai', language: 'en' });
    await enrolInEnglish(member, (await story.bot.invite('T2')).T2 ?? '');
    for (const [leader, unit] of [
      [head, 'Ga Đông'],
      [west, 'Ga Tây'],
    ] as const) {
      const room = story.fake.group({ title: unit });
      rooms.push(room);
      room.add(leader);
      await room.reply(has('kết quả hưởng ứng'));
      leader.press(`Gắn với ${unit}`, room);
      await room.reply(has(`Đã gắn nhóm này với ${unit}`));
    }
  });

  it('offers its own items and counts with its own weights and caps', async () => {
    for (const title of ['Cherry tree at platform 2', 'Maple tree at platform 4']) {
      member.say(`/report ${title}`);
      const asked = await member.reply(has('Which emulation item'));
      expect(asked.buttons.slice(0, 2)).toEqual([['Plant a tree'], ['Cycle to work']]);
      await press(member, 'Plant a tree');
      await member.reply(has('describe the work'));
      member.say('Planted and watered.');
      await member.reply(has('Completion date'));
      member.say('30/4');
      await member.reply(has('outside the campaign (1 May 2030 – 31 August 2030)'));
      await press(member, 'Yesterday, 6 May 2030');
      const evidence = await member.reply(has('Please send evidence'));
      expect(evidence.text).toContain('Evidence is optional; most fitting: photo or file.');
      await press(member, 'Skip');
      await member.reply(has('Who shared the work?'));
      await press(member, 'Skip');
      expect((await member.reply(has('Please check before sending'))).text).toContain(title);
      await press(member, 'Send');
      const number = /Report (\d+) received/.exec((await member.reply(has('received'))).text)?.[1];
      const request = await head.reply(has(`Báo cáo ${number} chờ xác nhận`));
      expect(request.text).toContain('Trồng một cây');
      expect(request.text).toContain('Ga Đông');
      expect(request.text).toContain('Gửi lúc: 09 giờ 00, 07/05/2030');
      await verify(head, Number(number));
      await member.reply(has(`${number}`));
    }
  });

  it('posts the boards on its own day, at its own hour, with its own names', async () => {
    const [east, sea] = rooms as [FakeGroup, FakeGroup];
    const boards = (room: FakeGroup) =>
      room.messages().filter(({ text }) => text.startsWith('Kết quả hưởng ứng tuần'));
    const tick = async (at: string) => {
      story.bot.at(at);
      await story.bot.application.scheduler.tick();
      await story.settled();
    };
    await tick('2030-05-08T18:14:59+09:00');
    expect([...boards(east), ...boards(sea)]).toEqual([]);
    await tick('2030-05-08T18:15:00+09:00');
    expect(boards(east).map(({ text }) => text)).toEqual([
      expect.stringContaining('Kết quả hưởng ứng tuần 1 – Ga Đông'),
    ]);
    await tick('2030-05-15T18:15:00+09:00');
    const [, own] = boards(east);
    expect(own?.text).toContain('Kết quả hưởng ứng tuần 2 – Ga Đông');
    expect(own?.text).toContain('06/05 – 12/05/2030');
    // Two trees of 4 points under a cap of 6; compared by kind alone, over both blocs.
    expect(own?.text).toContain('Tổng điểm: 6\n');
    expect(own?.text).toMatch(/Nhóm so sánh: tham mưu, phục vụ\n/);
    expect(own?.text).toContain('Vị trí trong nhóm: 1/2');
    // Shrinkage is none: six points of two people.
    expect(own?.text).toContain('Điểm quy đổi trên 100 người: 300\n');
    expect(own?.text).toContain('Suzuki Mai');
    expect(boards(sea)[1]?.text).toContain('Ga Tây');
  });

  it('shows individual figures from the size on that it names', async () => {
    west.say('/baocao Đạp xe cả tuần');
    await west.reply(has('nội dung thi đua nào'));
    await press(west, 'Đi làm bằng xe đạp');
    await west.reply(has('việc đã làm'));
    west.say('Năm ngày.');
    await west.reply(has('Thời gian hoàn thành'));
    await press(west, /^Hôm nay, 15\/05\/2030$/);
    await west.reply(has('minh chứng'));
    await press(west, 'Bỏ qua');
    await west.reply(has('Ai cùng thực hiện'));
    await press(west, 'Bỏ qua');
    await west.reply(has('kiểm tra trước khi gửi'));
    await press(west, 'Gửi');
    // A head without a deputy, in a campaign without an office.
    await west.reply(has('Đơn vị chưa có người xác nhận'));
    west.say('/bangxephang');
    expect((await west.reply(has('Ga Tây'))).text).toContain('tuần 3');
    member.say('/leaderboard');
    const board = await member.reply(has('East Station'));
    await press(member, 'Last week');
    expect((await member.reply()).text).toContain('Suzuki Mai');
    expect(board.text).toContain('week 3');
  });

  it('shows nothing of the shipped campaign anywhere', () => {
    const groups = rooms.flatMap((room) => room.messages());
    const people = [head, member, west].flatMap((user) => user.messages());
    const shown = [...groups, ...people].flatMap(({ text, buttons }) => [text, ...buttons.flat()]);
    expect(shown.length).toBeGreaterThan(30);
    for (const text of shown)
      expect(text).not.toMatch(/Học viện|Academy|\b75\b|Thủ tướng|Triết học|Dạy tốt|2024/);
    expect(story.bot.complaints).toEqual([]);
  });
});
