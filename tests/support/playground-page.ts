import type { Locator, Page } from 'playwright-core';

/** What a person does and sees on the playground page, by roles and names as they read them. */
export class PlaygroundPage {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async ready(): Promise<this> {
    await this.page.locator('body[data-ready="true"]').waitFor();
    return this;
  }

  /** Entry of the list of people and groups, by account (`p12`, `n1`) or room. */
  entry(chat: string): Locator {
    return this.page.locator(`.person[data-chat="${chat}"]`);
  }

  /** Opens the chat of a person or group by its name in the list. */
  async open(name: string): Promise<void> {
    const back = this.page.getByRole('button', { name: 'Về danh sách' });
    if (await back.isVisible()) await back.click();
    const person = this.page.locator('.person', {
      has: this.page.locator('.person-name', { hasText: new RegExp(`^${escaped(name)}$`) }),
    });
    await person.first().click();
    await this.page.locator('#chat-name', { hasText: name }).waitFor();
  }

  /** Makes an account that is not enrolled; the page then sends `/start`. */
  async newAccount(name: string, phone = ''): Promise<void> {
    await this.page.locator('#new-account').click();
    await this.fillAccount(name, phone);
  }

  /** The form that also appears when the page is opened with `?start=CODE`. */
  async fillAccount(name: string, phone = ''): Promise<void> {
    await this.page.getByLabel('Tên hiển thị').fill(name);
    await this.page.getByLabel('Số điện thoại (không bắt buộc)').fill(phone);
    await this.page.locator('#dialog-ok').click();
    await this.page.locator('#chat-name', { hasText: name }).waitFor();
  }

  /** In a group: who writes and presses from now on. */
  async writeAs(user: string): Promise<void> {
    await this.page.locator('#as').selectOption(user);
  }

  async say(text: string): Promise<void> {
    await this.page.locator('#composer-text').fill(text);
    await this.page.locator('#send').click();
  }

  /** Photos chosen together are an album. */
  async sendPhotos(
    photos: { name: string; mimeType: string; buffer: Buffer }[],
    caption = '',
  ): Promise<void> {
    await this.page.locator('#pick-photo').setInputFiles(photos);
    await this.say(caption);
  }

  async sendFile(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.page.locator('#pick-file').setInputFiles([file]);
    await this.say('');
  }

  /** Presses the newest button with exactly this label, or one that matches, in the open chat. */
  async press(label: string | RegExp): Promise<void> {
    const exact = typeof label === 'string' ? new RegExp(`^${escaped(label)}$`) : label;
    await this.page.locator('.key').filter({ hasText: exact }).last().click();
  }

  /** Messages of the open chat, oldest first. */
  messages(): Locator {
    return this.page.locator('#log > li.entry');
  }

  /** Waits for the bot's message with this text in the open chat. */
  async hears(text: string | RegExp): Promise<Locator> {
    const message = this.page.locator('#log > li.bot').filter({ hasText: text }).last();
    await message.waitFor();
    return message;
  }

  /** Waits for the short text over the page. */
  async toast(text: string | RegExp): Promise<void> {
    await this.page.locator('.toast').filter({ hasText: text }).waitFor();
  }

  /** Wall-clock time, `2024-03-11T08:00`. */
  async moveClockTo(time: string): Promise<void> {
    await this.showPanel();
    await this.page.locator('#jump-to').fill(time);
    await this.page.locator('#jump-form button').click();
    await this.page.locator('.toast', { hasText: 'Đồng hồ đã chuyển' }).waitFor();
    await this.hidePanel();
  }

  async moveClockToMonday(): Promise<void> {
    await this.showPanel();
    await this.page.locator('#jump-monday').click();
    await this.page.locator('.toast', { hasText: 'Đồng hồ đã chuyển' }).waitFor();
    await this.hidePanel();
  }

  private async showPanel(): Promise<void> {
    if (!(await this.page.locator('#panel').isVisible()))
      await this.page.locator('#clock-chip').click();
  }

  private async hidePanel(): Promise<void> {
    const close = this.page.locator('#panel-close');
    if (await close.isVisible()) await close.click();
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
