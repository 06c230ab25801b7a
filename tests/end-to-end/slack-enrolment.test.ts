/** Who gets in from a Slack workspace, and how. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '../fakes/slack/index.ts';
import { agree, enrol, has, press } from '../support/slack-steps.ts';
import { openSlackStory, type SlackStory } from '../support/slack-story.ts';
import * as telegram from '../support/telegram-steps.ts';

const UNIT = 'Văn phòng Học viện';

let story: SlackStory;

beforeAll(async () => {
  story = await openSlackStory({
    roster: [
      ['V1', 'Trần Văn Quang', 'van-phong', 'thủ trưởng'],
      ['V2', 'Lê Thu Hương', 'van-phong', 'cấp phó'],
      ['V3', 'Vũ Minh', 'van-phong', ''],
      ['V4', 'Hoàng Lan', 'van-phong', ''],
      ['V5', 'Lê Thị Hà', 'van-phong', ''],
      ['V6', 'Phạm Bình', 'van-phong', ''],
      ['V7', 'Ngô Sơn', 'van-phong', ''],
    ],
    emails: { V3: 'minh.vu@hcma.vn', V4: 'lan@hcma.vn', V5: 'ha@hcma.vn', V6: 'binh@hcma.vn' },
    at: '2024-09-04T09:00:00+07:00',
    beside: 'telegram',
  });
});

afterAll(() => story?.close());

const rowsOf = ({ id }: FakeUser) =>
  story.database.query<{ person: string | null; consented: boolean }>(
    `select p.code as person, i.consented_at is not null as consented
     from identity i left join person p on p.id = i.person_id where i."user" = $1::text`,
    [id],
  );

/** Says hello and agrees; the next question is the test's. */
async function consent(user: FakeUser): Promise<void> {
  user.say('Chào hệ thống');
  await user.reply(has('Đồng chí có đồng ý không?'));
  await press(user, 'Đồng ý');
}

describe('an address that the workspace vouches for', () => {
  it('recognises the person at the first word, after the notice and nothing before it', async () => {
    const minh = story.someone('minh', { email: 'Minh.Vu@HCMA.vn' });
    minh.say('Chào hệ thống');
    const notice = await minh.reply(has('Đồng chí có đồng ý không?'));
    expect(notice.text).not.toContain('Vũ Minh');
    expect(await rowsOf(minh)).toEqual([{ person: null, consented: false }]);
    for (const table of ['identity', 'audit', 'conversation', 'inbound_event', 'outbox']) {
      const stored = await story.database.query(
        `select 1 from ${table} t where t::text ilike '%minh.vu%'`,
      );
      expect([table, stored]).toEqual([table, []]);
    }
    await press(minh, 'Đồng ý');
    await minh.reply(has(`đồng chí là Vũ Minh, ${UNIT}. Có đúng không?`));
    await press(minh, 'Đúng');
    await minh.reply(has(`Đã ghi nhận: Vũ Minh, ${UNIT}`));
    expect(await rowsOf(minh)).toEqual([{ person: 'V3', consented: true }]);
  });

  it('is not taken for the person when they say it is not them', async () => {
    const other = story.someone('ai đó', { email: 'lan@hcma.vn' });
    await consent(other);
    await other.reply(has('đồng chí là Hoàng Lan'));
    await press(other, 'Không phải tôi');
    await other.reply(has('báo đơn vị kiểm tra địa chỉ thư điện tử'));
    expect(await rowsOf(other)).toEqual([{ person: null, consented: true }]);
  });

  it('counts for nothing when it is not confirmed, or the roster has another', async () => {
    for (const [name, more] of [
      ['chưa xác thực', { email: 'ha@hcma.vn', emailConfirmed: false }],
      ['người khác', { email: 'khong.co@hcma.vn' }],
      ['không có thư', {}],
    ] as const) {
      const user = story.someone(name, more);
      await consent(user);
      const asked = await user.reply(has('nhập mã đăng ký'));
      expect(asked.text).not.toContain('Lê Thị Hà');
    }
  });

  it('refuses the account of a person who has one already', async () => {
    const second = story.someone('minh 2', { email: 'minh.vu@hcma.vn' });
    await consent(second);
    await second.reply(has('đã đăng ký bằng một tài khoản khác'));
    expect(await rowsOf(second)).toEqual([{ person: null, consented: true }]);
  });
});

describe('a code', () => {
  it('is what a guest of the workspace needs, whatever their address', async () => {
    for (const guest of ['multi', 'single'] as const) {
      const user = story.someone(`khách ${guest}`, { email: 'binh@hcma.vn', guest });
      await consent(user);
      const asked = await user.reply(has('nhập mã đăng ký'));
      expect(asked.text).not.toContain('Phạm Bình');
      if (guest === 'single') continue;
      const { V6: code = '' } = await story.bot.invite('V6');
      user.say(code.toLowerCase());
      await user.reply(has('đồng chí là Phạm Bình'));
      await press(user, 'Đúng');
      await user.reply(has('Đã ghi nhận: Phạm Bình'));
    }
  });

  it('of a unit needs the word of its head, who is on Telegram, and of nobody else', async () => {
    const codes = await story.bot.invite('V1');
    const head = story.telegram.user({ name: 'Quang', language: 'vi' });
    await telegram.enrol(head, codes.V1 ?? '');

    const newcomer = story.someone('son ngo');
    newcomer.command('/batdau', await story.bot.inviteUnit('van-phong'));
    await newcomer.reply(has('Đồng chí có đồng ý không?'));
    await press(newcomer, 'Đồng ý');
    await newcomer.reply(has(`Đăng ký vào ${UNIT}`));
    newcomer.say('ngo son');
    await newcomer.reply(has('chọn đúng họ và tên'));
    await press(newcomer, 'Ngô Sơn');
    await newcomer.reply(has('đang chờ đơn vị xác nhận'));

    const request = await head.reply(telegram.has('Đề nghị đăng ký'));
    expect(request.text).toContain('son ngo (Slack)');
    // A colleague has no say in it, whatever the press claims.
    const member = story.someone('đồng nghiệp');
    const invites = await story.bot.invite('V4');
    await enrol(member, invites.V4 ?? '');
    const action = story.telegram.calls
      .flatMap(({ params }) => JSON.stringify(params).match(/enr:[^"\\]+/g) ?? [])
      .at(0);
    expect(action).toBeDefined();
    const refused = await member.forge(member.last().ts, action ?? '').answered;
    expect(refused).toContain('không thuộc thẩm quyền xác nhận của đồng chí');
    expect(await rowsOf(newcomer)).toEqual([{ person: null, consented: true }]);

    await head.pressOn(request.id, 'Xác nhận').answered;
    await newcomer.reply(has('Ngô Sơn'));
    await story.settled();
    expect(await rowsOf(newcomer)).toEqual([{ person: 'V7', consented: true }]);
  });

  it('of their own serves one account', async () => {
    const { V2: code = '' } = await story.bot.invite('V2');
    const [first, second] = [story.someone('huong'), story.someone('ai khác')];
    await enrol(first, code);
    second.command('/batdau', code);
    await second.reply(has('Đồng chí có đồng ý không?'));
    await press(second, 'Đồng ý');
    await second.reply(has('Mã đăng ký này đã được dùng'));
  });
});

describe('whoever is not of the Academy', () => {
  it('gets one sentence from another workspace, and no code lets them in', async () => {
    const stranger = story.someone('người ngoài', { stranger: true, email: 'ha@hcma.vn' });
    const { V5: code = '' } = await story.bot.invite('V5');
    stranger.say('Chào');
    await stranger.reply(has('chỉ dành cho cán bộ, học viên'));
    stranger.command('/batdau', code);
    await stranger.reply(has('chỉ dành cho cán bộ, học viên'));
    stranger.say(code);
    await stranger.reply(has('chỉ dành cho cán bộ, học viên'));
    await stranger.openHome();
    await story.sees(stranger, 'dành cho cán bộ, học viên');
    expect(stranger.messages()).toHaveLength(3);
    expect(await rowsOf(stranger)).toEqual([]);
    // The code is still the one it was made for.
    const ha = story.someone('Hà');
    ha.command('/batdau', code);
    await agree(ha);
  });

  it('hears nothing as an app or a deactivated account', async () => {
    const app = story.someone('máy', { bot: true });
    const gone = story.someone('đã nghỉ');
    gone.deactivate();
    const before = story.fake.world.messages.length;
    for (const user of [app, gone]) {
      await story.fake.updates.push({
        kind: 'event',
        event: {
          type: 'message',
          channel: user.direct,
          channel_type: 'im',
          user: user.id,
          text: 'báo cáo',
          ts: `1725415200.00000${user === app ? 1 : 2}`,
        },
      });
    }
    await story.settled();
    expect(story.fake.world.messages.length).toBe(before);
    expect([...(await rowsOf(app)), ...(await rowsOf(gone))]).toEqual([]);
  });

  it('leaves nothing to complain of', () => {
    expect(story.bot.complaints).toEqual([]);
  });
});
