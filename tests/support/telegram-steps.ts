/** What people do in Telegram, step by step, waiting for each answer of the bot. */
import type { FakeUser, Shown } from '../fakes/telegram/index.ts';
import type { Refusal, ReportSteps } from './colleague.ts';

/** Presses the newest such button; a toast means that the bot would not have it. */
export async function press(user: FakeUser, label: string | RegExp): Promise<void> {
  const toast = await user.press(label).answered;
  if (toast !== null) throw new Error(`${user.name} pressed ${label}: ${toast}`);
}

export const has = (text: string) => (message: Shown) => message.text.includes(text);

/** Follows a personal link, agrees, and says yes, that is me. */
export async function enrol(user: FakeUser, code: string): Promise<void> {
  user.start(code);
  await user.reply(has('Đồng chí có đồng ý không?'));
  await press(user, 'Đồng ý');
  await user.reply(has('Có đúng không?'));
  await press(user, 'Đúng');
  await user.reply(has('Đã ghi nhận'));
}

/**
 * Answers every question from `/baocao` to the summary.
 * @returns the id of the message that gave the description
 */
export async function toSummary(
  user: FakeUser,
  steps: ReportSteps,
  twice: (step: 'title') => void = () => undefined,
): Promise<number> {
  user.say('/baocao');
  await user.reply(has('Đồng chí báo cáo theo nội dung thi đua nào?'));
  await press(user, steps.item);
  await user.reply(has('ghi tên việc'));
  user.say(steps.title);
  twice('title');
  await user.reply(has('việc đã làm và kết quả'));
  const described = user.say(steps.description);
  await user.reply(has('Thời gian hoàn thành'));
  if (steps.date === undefined) user.press(/^Hôm nay/);
  else user.say(steps.date);
  await user.reply(has('Đề nghị gửi minh chứng'));
  for (const evidence of steps.evidence) {
    if (typeof evidence === 'string') user.say(evidence);
    else user.sendPhoto(evidence);
    await user.reply(has('Đã nhận minh chứng'));
  }
  await press(user, 'Xong');
  await user.reply(has('Ai cùng thực hiện'));
  for (const name of steps.coAuthors ?? []) {
    user.say(name);
    const heard = await user.reply(
      (message) => has('Đã thêm đồng chí')(message) || has('chọn đúng')(message),
    );
    if (has('Đã thêm đồng chí')(heard)) continue;
    await press(user, new RegExp(`^${name} – `));
    await user.reply(has('Đã thêm đồng chí'));
  }
  await press(user, steps.coAuthors?.length ? 'Xong' : 'Bỏ qua');
  await user.reply(has('kiểm tra trước khi gửi'));
  return described;
}

/**
 * Reports from `/baocao` to the receipt.
 * @param twice called right after each message, to have an update delivered again
 * @returns the report's number
 */
export async function report(
  user: FakeUser,
  steps: ReportSteps,
  twice: (step: 'title' | 'send') => void = () => undefined,
): Promise<number> {
  await toSummary(user, steps, twice);
  await press(user, 'Gửi');
  twice('send');
  const receipt = await user.reply(has('Đã nhận báo cáo'));
  const number = /Đã nhận báo cáo (\d+)/.exec(receipt.text)?.[1];
  if (!number) throw new Error(`no number in ${receipt.text}`);
  return Number(number);
}

/** The newest message a verifier has of a report that waits. */
export function requestOf(head: FakeUser, number: number): Shown {
  const found = head
    .messages()
    .filter((message) => message.buttons.flat().includes('Xác nhận'))
    .findLast((message) => message.text.includes(`Báo cáo ${number} chờ xác nhận`));
  if (!found) throw new Error(`${head.name} has no request of report ${number}`);
  return found;
}

export async function verify(head: FakeUser, number: number): Promise<void> {
  await head.pressOn(requestOf(head, number).id, 'Xác nhận').answered;
}

/** Returns or rejects with a reason. */
export async function refuse(
  head: FakeUser,
  number: number,
  how: Refusal,
  reason: string,
): Promise<void> {
  head.pressOn(requestOf(head, number).id, how);
  await head.reply(has('đến'));
  head.say(reason);
  await head.reply(has(how === 'Không xác nhận' ? 'Đã ghi nhận không xác nhận' : 'Đã trả lại'));
}

/** Opens the own report from the list's message and withdraws it. */
export async function withdraw(user: FakeUser, number: number): Promise<void> {
  user.say('/cuatoi');
  await user.reply(has('Báo cáo của đồng chí'));
  await press(user, new RegExp(`^Số ${number}: `));
  await user.reply(has(`Báo cáo ${number}`));
  await press(user, 'Rút báo cáo');
  await user.reply(has('muốn rút báo cáo'));
  await press(user, 'Rút báo cáo');
  await user.reply(has(`Đã rút báo cáo ${number}`));
}

/** Changes the title of a returned report and sends it again. */
export async function amend(user: FakeUser, number: number, title: string): Promise<void> {
  const told = user
    .messages()
    .findLast(
      (m) => m.text.includes(`Báo cáo ${number} `) && m.text.includes('trả lại để bổ sung'),
    );
  if (!told) throw new Error(`${user.name} was not told that report ${number} is returned`);
  user.pressOn(told.id, 'Bổ sung và gửi lại');
  await user.reply(has('kiểm tra trước khi gửi'));
  await press(user, 'Sửa: Tên việc');
  await user.reply(has('ghi tên việc'));
  user.say(title);
  await user.reply(has('kiểm tra trước khi gửi'));
  await press(user, 'Gửi');
  await user.reply(has(`Đã nhận lại báo cáo ${number}`));
}
