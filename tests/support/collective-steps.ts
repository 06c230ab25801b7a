/** Filing a collective report in Telegram, from `/tapthe` to the receipt. */
import type { FakeUser, Shown } from '../fakes/telegram/index.ts';
import { has, press } from './telegram-steps.ts';

export interface CollectiveSteps {
  readonly item: string;
  readonly title: string;
  /** Called with the question about the item and with the summary. */
  readonly look?: (shown: Shown) => void;
}

/** @returns the report's number */
export async function fileCollective(
  user: FakeUser,
  { item, title, look = () => undefined }: CollectiveSteps,
): Promise<number> {
  user.say('/tapthe');
  look(await user.reply(has('Đồng chí báo cáo theo nội dung thi đua nào?')));
  await press(user, item);
  await user.reply(has('ghi tên việc'));
  user.say(title);
  await user.reply(has('việc đã làm và kết quả'));
  user.say('Đã nghiệm thu.');
  await user.reply(has('Thời gian hoàn thành'));
  await press(user, /^Hôm nay/);
  await user.reply(has('gửi minh chứng'));
  user.say(`Quyết định ${title.length}/QĐ-${title}`);
  await user.reply(has('Đã nhận minh chứng'));
  await press(user, 'Xong');
  look(await user.reply(has('kiểm tra trước khi gửi')));
  await press(user, 'Gửi');
  const receipt = await user.reply(has('Đã nhận báo cáo'));
  return Number(/Đã nhận báo cáo (\d+)/.exec(receipt.text)?.[1]);
}

/** Presses a button of the newest message about the report that has it. */
export async function decideOn(user: FakeUser, number: number, label: string): Promise<void> {
  const found = user
    .messages()
    .findLast(
      (m) => m.text.includes(`Báo cáo tập thể ${number} `) && m.buttons.flat().includes(label),
    );
  if (!found) throw new Error(`${user.name} cannot press ${label} for report ${number}`);
  await user.pressOn(found.id, label).answered;
}
