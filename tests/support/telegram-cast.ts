/** People and groups of a story in Telegram. */
import { type FakeUser, startFakeTelegram } from '../fakes/telegram/index.ts';
import { UNHURRIED } from './bot.ts';
import type { Cast, Colleague } from './colleague.ts';
import { telegramOn } from './telegram-harness.ts';
import { amend, enrol, refuse, report, verify, withdraw } from './telegram-steps.ts';

export async function telegramCast(): Promise<Cast> {
  const fake = await startFakeTelegram();
  const users = new Map<Colleague, FakeUser>();
  return {
    adapters: [telegramOn(fake, { pace: UNHURRIED })],
    colleague(name) {
      const user = fake.user({ name, language: 'vi' });
      const colleague: Colleague = {
        name,
        enrol: (code) => enrol(user, code),
        report: (steps, twice) => report(user, steps, twice),
        redeliverLast: () => fake.updates.duplicate(fake.updates.last()),
        async answerShare(number, answer) {
          const request = user
            .messages()
            .findLast(
              (m) =>
                new RegExp(`báo cáo ${number}(?!\\d)`).test(m.text) &&
                m.buttons.flat().includes('Xác nhận tham gia'),
            );
          if (!request) throw new Error(`${name} was not asked about report ${number}`);
          await user.pressOn(
            request.id,
            answer === 'confirmed' ? 'Xác nhận tham gia' : 'Không tham gia',
          ).answered;
        },
        verify: (number) => verify(user, number),
        refuse: (number, how, reason) => refuse(user, number, how, reason),
        withdraw: (number) => withdraw(user, number),
        amend: (number, title) => amend(user, number, title),
      };
      users.set(colleague, user);
      return colleague;
    },
    async room(unitName, head) {
      const user = users.get(head);
      if (!user) throw new Error(`${head.name} is not in Telegram`);
      const group = fake.group({ title: `Nhóm ${unitName}` });
      group.add(user);
      await group.reply((message) => message.buttons.flat().includes(`Gắn với ${unitName}`));
      user.press(`Gắn với ${unitName}`, group);
      await group.reply((message) => message.text.includes(`Đã gắn nhóm này với ${unitName}`));
      return { posts: () => group.messages().map(({ text }) => text) };
    },
    taken: () => fake.updates.settled(),
    close: () => fake.close(),
  };
}
