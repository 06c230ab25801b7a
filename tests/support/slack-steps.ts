/** What people do in Slack, step by step, waiting for each answer of the bot. */
import type { FakeModal, FakeUser, Shown } from '../fakes/slack/index.ts';
import type { Refusal, ReportSteps } from './colleague.ts';

export const has = (text: string) => (message: Shown) => message.text.includes(text);

/** Presses the newest such button; a whisper or a window that only says something means a refusal. */
export async function press(
  user: FakeUser,
  label: string | RegExp,
  options: Parameters<FakeUser['press']>[1] = {},
): Promise<void> {
  const said = await user.press(label, options).answered;
  if (said !== null) throw new Error(`${user.name} pressed ${label}: ${said}`);
}

/** The window that a click or command has opened. */
export function windowOf(user: FakeUser): FakeModal {
  const modal = user.modal();
  if (!modal) throw new Error(`${user.name} sees no window`);
  return modal;
}

/** Clicks, and gives the window that opens. */
export async function opened(
  user: FakeUser,
  click: Pick<ReturnType<FakeUser['press']>, 'answered'>,
): Promise<FakeModal> {
  const said = await click.answered;
  if (said !== null) throw new Error(`${user.name} was told instead of asked: ${said}`);
  return windowOf(user);
}

/** Agrees and says yes, that is me, to what was asked last. */
export async function agree(user: FakeUser): Promise<void> {
  await user.reply(has('Đồng chí có đồng ý không?'));
  await press(user, 'Đồng ý');
  await user.reply(has('Có đúng không?'));
  await press(user, 'Đúng');
  await user.reply(has('Đã ghi nhận'));
}

export async function enrol(user: FakeUser, code: string): Promise<void> {
  user.command('/batdau', code);
  await agree(user);
}

export const picture = (bytes: Uint8Array, name = 'anh.jpg') => ({
  bytes,
  name,
  mime: 'image/jpeg',
});

/** Answers every question of the conversation up to the summary, without a slash command. */
export async function toSummary(
  user: FakeUser,
  steps: ReportSteps,
  twice: (step: 'title') => void = () => undefined,
): Promise<void> {
  user.say('báo cáo');
  await user.reply(has('Đồng chí báo cáo theo nội dung thi đua nào?'));
  await press(user, steps.item);
  await user.reply(has('ghi tên việc'));
  user.say(steps.title);
  twice('title');
  await user.reply(has('việc đã làm và kết quả'));
  user.say(steps.description);
  await user.reply(has('Thời gian hoàn thành'));
  if (steps.date === undefined) user.press(/^Hôm nay/);
  else user.say(steps.date);
  await user.reply(has('Đề nghị gửi minh chứng'));
  for (const evidence of steps.evidence) {
    if (typeof evidence === 'string') user.say(evidence);
    else user.sendFiles([picture(evidence)]);
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
}

const numberIn = (receipt: Shown): number => {
  const number = /Đã nhận báo cáo (\d+)/.exec(receipt.text)?.[1];
  if (!number) throw new Error(`no number in ${receipt.text}`);
  return Number(number);
};

/**
 * Reports by conversation, from the first word to the receipt.
 * @param twice called right after what may be delivered again
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
  return numberIn(await user.reply(has('Đã nhận báo cáo')));
}

/** Fills the window of a report in; what is left out stays as it stands. */
export function fillIn(modal: FakeModal, steps: Partial<ReportSteps>): void {
  if (steps.item !== undefined) modal.pick('item', steps.item);
  if (steps.title !== undefined) modal.fill('title', steps.title);
  if (steps.description !== undefined) modal.fill('describe', steps.description);
  const date = steps.date ?? steps.today;
  if (date !== undefined) modal.fill('date', date);
  const lines = steps.evidence?.filter((each) => typeof each === 'string') ?? [];
  if (lines.length > 0) modal.fill('evidence', lines.join('\n'));
  for (const each of steps.evidence ?? [])
    if (typeof each !== 'string') modal.attach('evidence-files', picture(each));
  if (steps.coAuthors?.length) modal.fill('contributors', steps.coAuthors.join('\n'));
}

/** Sends a window; where the bot asks to look again in the conversation, sends it there. */
export async function send(user: FakeUser, modal: FakeModal, receipt: string): Promise<Shown> {
  const outcome = await modal.submit();
  if (outcome === 'closed') return user.reply(has(receipt));
  if (outcome !== 'updated')
    throw new Error(`${user.name} sent a window: ${outcome} ${JSON.stringify(modal.errors)}`);
  await user.reply(has('kiểm tra trước khi gửi'));
  windowOf(user).close();
  await press(user, 'Gửi');
  return user.reply(has(receipt));
}

/** As `report`, by `/baocao` and the window it opens. */
export async function reportByForm(
  user: FakeUser,
  steps: ReportSteps,
  twice: (step: 'title' | 'send') => void = () => undefined,
): Promise<number> {
  const modal = await opened(user, user.command('/baocao'));
  fillIn(modal, steps);
  twice('title');
  const receipt = send(user, modal, 'Đã nhận báo cáo');
  twice('send');
  return numberIn(await receipt);
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
  await head.press('Xác nhận', { on: requestOf(head, number).ts }).answered;
}

/** Returns or rejects with a reason, in the window that asks for it. */
export async function refuse(
  head: FakeUser,
  number: number,
  how: Refusal,
  reason: string,
): Promise<void> {
  const modal = await opened(head, head.press(how, { on: requestOf(head, number).ts }));
  modal.fill('reason', reason);
  const outcome = await modal.submit();
  if (outcome !== 'closed')
    throw new Error(`${head.name} gave a reason: ${outcome} ${JSON.stringify(modal.errors)}`);
  await head.reply(has(how === 'Không xác nhận' ? 'Đã ghi nhận không xác nhận' : 'Đã trả lại'));
}

/** Opens the own report from the list's message and withdraws it. */
export async function withdraw(user: FakeUser, number: number): Promise<void> {
  user.command('/cuatoi');
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
  const modal = await opened(user, user.press('Bổ sung và gửi lại', { on: told.ts }));
  modal.fill('title', title);
  await send(user, modal, `Đã nhận lại báo cáo ${number}`);
}
