/** Roles given and ended in chat, delegation and its end, through Telegram on a real PostgreSQL. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/telegram/index.ts';
import { openStory, type Story } from '../support/story.ts';
import { has, press, report, requestOf, verify } from '../support/telegram-steps.ts';

const TASK = 'Hoàn thành xuất sắc nhiệm vụ được giao';

let story: Story;
let office: FakeUser;
let head: FakeUser;
let member: FakeUser;
let author: FakeUser;
/** One of every other role. */
let others: FakeUser[];

beforeAll(async () => {
  story = await openStory({
    roster: [
      ['O1', 'Đoàn Hạnh', 'ban-tdkt', 'thường trực hội đồng'],
      ['O2', 'Phan Lương', 'ban-tdkt', ''],
      ['H1', 'Trần Quang', 'vien-triet-hoc', 'thủ trưởng'],
      ['M1', 'Nguyễn Hà', 'vien-triet-hoc', ''],
      ['M2', 'Phạm Lan', 'vien-triet-hoc', ''],
      ['R1', 'Cấp Phó', 'vien-ktct', 'cấp phó'],
      ['R2', 'Đầu Mối', 'vien-ktct', 'đầu mối'],
      ['R3', 'Ủy Viên', 'van-phong', 'hội đồng'],
      ['R4', 'Lãnh Đạo', 'van-phong', 'lãnh đạo'],
      ['R5', 'Theo Dõi', 'van-phong', 'theo dõi trường chính trị'],
      ['R6', 'Vận Động', 'van-phong', 'đoàn thể'],
      ['R7', 'Báo Chí', 'van-phong', 'báo chí'],
      ['R8', 'Tài Chính', 'van-phong', 'tài chính'],
    ],
    at: '2024-09-04T09:00:00+07:00',
  });
  [office, head, member, author] = (await story.join('O1', 'H1', 'M1', 'M2')) as [
    FakeUser,
    FakeUser,
    FakeUser,
    FakeUser,
  ];
  others = await story.join('R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8');
});

afterAll(() => story?.close());

async function sendOf(user: FakeUser, title: string): Promise<number> {
  return report(user, {
    item: TASK,
    title,
    description: 'Đã xong.',
    evidence: [`https://hocvien.example/${encodeURIComponent(title)}`],
  });
}

const send = (title: string): Promise<number> => sendOf(author, title);

const audit = async (): Promise<string[]> =>
  (
    await story.database.query<{ line: string }>(
      `select a.action || ' ' || p.code || ' by ' || coalesce(b.code, '-') as line
       from audit a join person p on a.subject = 'person:' || p.id
         left join person b on b.id = a.actor_id where a.action like 'role.%' order by a.id`,
    )
  ).map(({ line }) => line);

describe('/phanquyen', () => {
  it('is the office’s alone', async () => {
    for (const user of [head, member, ...others]) {
      user.say('/phanquyen');
      await user.reply(has('chưa được phân quyền'));
    }
  });

  it('has no button that anybody else may press, however they came by it', async () => {
    const [line] = await story.database.query<{ id: number }>(
      `select id from "grant" where role = 'head' and valid_to is null limit 1`,
    );
    for (const user of [head, member, ...others]) {
      const under = user.messages().at(-1)?.id ?? 0;
      for (const action of ['m', 'find', 'new', 'l:0:head', `g:${line?.id}`, `y:${line?.id}`])
        expect(await user.forge(under, `pq:${action}`).answered).toContain('chưa được phân quyền');
      expect(await user.forge(under, `uq:y:${line?.id}`).answered).toContain('đã cũ');
    }
    expect(await audit()).toEqual([]);
  });

  it('gives a role after a look over it; the person sees the new menu and acts', async () => {
    office.say('/phanquyen');
    const menu = await office.reply(has('Phân quyền'));
    expect(menu.text).toContain('Thủ trưởng: 1');
    expect(menu.text).toContain('Kinh phí: 1');
    await press(office, 'Giao chức vụ');
    await office.reply(has('Giao chức vụ cho ai?'));
    office.say('nguyen ha');
    await office.reply(has('chọn một người'));
    await press(office, /^Nguyễn Hà/);
    await office.reply(has('chức vụ nào'));
    await press(office, 'đầu mối');
    await office.reply(has('Ở đơn vị nào?'));
    await press(office, 'Viện Triết học');
    await office.reply(has('Đến hết ngày nào'));
    office.say('1/9');
    await office.reply(has('không trước ngày 04/09/2024'));
    office.say('30/9/2024');
    const look = await office.reply(has('kiểm tra trước khi gửi'));
    expect(look.text).toContain('đầu mối (Viện Triết học)');
    expect(look.text).toContain('30/09/2024');
    await press(office, 'Gửi');
    await office.reply(has('Đã giao chức vụ đầu mối (Viện Triết học) cho đồng chí Nguyễn Hà'));
    const told = await member.reply(has('giao đồng chí chức vụ đầu mối'));
    expect(told.text).toContain('từ 04/09/2024 đến hết 30/09/2024');
    expect(told.text).toContain('/tapthe');
    expect(told.buttons.flat()).toContain('Báo cáo tập thể');
    member.say('/start');
    const own = await member.reply(has('muốn thực hiện nội dung nào'));
    expect(own.buttons.flat()).toContain('Báo cáo tập thể');
    expect(own.buttons.flat()).not.toContain('Phân quyền');
  });

  it('ends it early when asked twice, and the menu is as before', async () => {
    office.say('/phanquyen');
    await office.reply(has('Đầu mối: 2'));
    await press(office, 'Tìm theo người');
    await office.reply(has('Xem chức vụ của ai?'));
    office.say('M1');
    await office.reply(has('chọn một người'));
    await press(office, /^Nguyễn Hà/);
    await office.reply(has('từ 04/09/2024 đến hết 30/09/2024 – Đoàn Hạnh giao'));
    await press(office, /^Nguyễn Hà: đầu mối/);
    await office.reply(has('Đoàn Hạnh giao'));
    await press(office, 'Kết thúc');
    await office.reply(has('từ hôm nay?'));
    await press(office, 'Kết thúc');
    await office.reply(has('Đã kết thúc chức vụ đầu mối'));
    await member.reply(has('của đồng chí kết thúc từ ngày 04/09/2024'));
    member.say('/start');
    const own = await member.reply(has('muốn thực hiện nội dung nào'));
    expect(own.buttons.flat()).not.toContain('Báo cáo tập thể');
    expect(await audit()).toEqual(['role.given M1 by O1', 'role.ended M1 by O1']);
  });

  it('leaves one’s own roles to another, so that the office is never empty', async () => {
    office.say('/phanquyen');
    await office.reply(has('Thường trực Hội đồng: 1'));
    await press(office, 'Thường trực Hội đồng');
    await office.reply(has('Đoàn Hạnh'));
    await press(office, /^Đoàn Hạnh: /);
    const card = await office.reply(has('do đồng chí khác trong Thường trực'));
    expect(card.buttons.flat()).not.toContain('Kết thúc');
  });
});

describe('/uyquyen', () => {
  it('is a head’s alone', async () => {
    for (const user of [office, member, ...others]) {
      user.say('/uyquyen');
      await user.reply(has('Chỉ thủ trưởng đơn vị ủy quyền được'));
    }
  });

  it('lets somebody of the unit decide until a day, but not the head’s own reports', async () => {
    head.say('/uyquyen');
    await head.reply(has('chưa ủy quyền cho ai'));
    await press(head, 'Ủy quyền');
    await head.reply(has('cho ai trong Viện Triết học'));
    head.say('Đầu Mối');
    await head.reply(has('Không tìm thấy người này'));
    head.say('Nguyễn Hà');
    await head.reply(has('chọn một người'));
    await press(head, /^Nguyễn Hà/);
    await head.reply(has('Ủy quyền đến hết ngày nào'));
    head.say('10/9');
    await head.reply(has('kiểm tra trước khi gửi'));
    await press(head, 'Gửi');
    await head.reply(has('Đồng chí Nguyễn Hà thay đồng chí xác nhận'));
    const told = await member.reply(has('Đồng chí Trần Quang ủy quyền đồng chí'));
    expect(told.text).toContain('đến hết 10/09/2024');
    expect(told.buttons.flat()).toContain('Việc chờ xác nhận');

    const id = await send('Thay thủ trưởng');
    await member.reply(has(`Báo cáo ${id} chờ xác nhận`));
    await verify(member, id);
    await author.reply(has(`Nguyễn Hà đã xác nhận báo cáo ${id}`));

    const own = await sendOf(head, 'Việc của thủ trưởng');
    await office.reply(has(`Báo cáo ${own} chờ xác nhận`));
    await story.settled();
    expect(member.messages().some(has(`Báo cáo ${own} `))).toBe(false);
    member.say('/choxacnhan');
    expect((await member.reply(has('chờ'))).text).not.toContain('Việc của thủ trưởng');
    await office.pressOn(requestOf(office, own).id, 'Xác nhận').answered;
    await head.reply(has(`đã xác nhận báo cáo ${own}`));
  });

  it('ends by the clock: what lies before the delegate is decided no more', async () => {
    story.bot.at('2024-09-10T16:00:00+07:00');
    const id = await send('Hết hạn');
    const asked = await member.reply(has(`Báo cáo ${id} chờ xác nhận`));
    story.bot.at('2024-09-11T08:00:00+07:00');
    expect(await member.pressOn(asked.id, 'Xác nhận').answered).toContain('không thuộc thẩm quyền');
    member.say('/choxacnhan');
    await member.reply(has('chưa được phân quyền'));
    await verify(head, id);
    await author.reply(has(`Trần Quang đã xác nhận báo cáo ${id}`));
  });

  it('ends early by the head, and the delegate is told', async () => {
    head.say('/uyquyen');
    await head.reply(has('chưa ủy quyền cho ai'));
    await press(head, 'Ủy quyền');
    await head.reply(has('cho ai trong'));
    head.say('M1');
    await head.reply(has('chọn một người'));
    await press(head, /^Nguyễn Hà/);
    await head.reply(has('đến hết ngày nào'));
    head.say('31/12/2024');
    await head.reply(has('kiểm tra trước khi gửi'));
    await press(head, 'Gửi');
    await member.reply(has('đến hết 31/12/2024'));
    head.say('/uyquyen');
    await head.reply(has('Ủy quyền đang có hiệu lực'));
    await press(head, 'Kết thúc sớm: Nguyễn Hà');
    await head.reply(has('từ hôm nay?'));
    await press(head, 'Kết thúc');
    await head.reply(has('Đã kết thúc'));
    await member.reply(has('kết thúc từ ngày 11/09/2024'));
    expect((await audit()).slice(-2)).toEqual(['role.delegated M1 by H1', 'role.ended M1 by H1']);
    expect(story.bot.complaints).toEqual([]);
  });
});
