/** People and channels of a story in Slack. */
import type { FakeUser } from '../fakes/slack/index.ts';
import { UNHURRIED } from './bot.ts';
import type { Cast, Colleague } from './colleague.ts';
import { PATIENT, type SlackMode, slackIn, startSlackWorkspace } from './slack-adapter.ts';
import {
  amend,
  enrol,
  has,
  press,
  refuse,
  report,
  reportByForm,
  verify,
  withdraw,
} from './slack-steps.ts';

/** Every other person reports by the window of `/baocao`, the others by conversation. */
export async function slackCast({ mode = 'socket' }: { mode?: SlackMode } = {}): Promise<Cast> {
  const fake = await startSlackWorkspace();
  const behind = await slackIn(mode, fake, { pace: UNHURRIED, timeouts: PATIENT });
  const users = new Map<Colleague, FakeUser>();
  return {
    adapters: [behind.adapter],
    colleague(name) {
      const user = fake.user({ name });
      const reports = users.size % 2 === 0 ? report : reportByForm;
      const colleague: Colleague = {
        name,
        enrol: (code) => enrol(user, code),
        report: (steps, twice) => reports(user, steps, twice),
        redeliverLast: () => void fake.updates.duplicate(),
        async answerShare(number, answer) {
          const request = user
            .messages()
            .findLast(
              (m) =>
                new RegExp(`báo cáo ${number}(?!\\d)`).test(m.text) &&
                m.buttons.flat().includes('Xác nhận tham gia'),
            );
          if (!request) throw new Error(`${name} was not asked about report ${number}`);
          await user.press(answer === 'confirmed' ? 'Xác nhận tham gia' : 'Không tham gia', {
            on: request.ts,
          }).answered;
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
      if (!user) throw new Error(`${head.name} is not in Slack`);
      const channel = fake.channel({ name: `don-vi-${unitName.length}` });
      channel.addBot(user);
      await channel.reply((message) => message.buttons.flat().includes(`Gắn với ${unitName}`));
      await press(user, `Gắn với ${unitName}`, { in: channel });
      await channel.reply(has(`Đã gắn nhóm này với ${unitName}`));
      return { posts: () => channel.messages().map(({ text }) => text) };
    },
    taken: () => fake.updates.settled(),
    async close() {
      await fake.close();
      await behind.close();
    },
  };
}
