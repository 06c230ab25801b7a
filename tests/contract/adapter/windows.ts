import { describe, expect, it } from 'vitest';
import type { Form } from '../../../src/chat/index.ts';
import { type Kit, MARKUP, PNG, refOf, say, sendTo } from './kit.ts';

const FORM: Form = {
  id: 'report:-',
  title: 'Báo cáo thành tích',
  blocks: [{ kind: 'text', text: [MARKUP] }],
  fields: [
    {
      kind: 'choice',
      id: 'item',
      label: 'Nội dung thi đua',
      optional: false,
      options: [
        { label: 'Giờ học tốt', value: 'a1' },
        { label: 'Sáng kiến', value: 'a2' },
      ],
    },
    {
      kind: 'text',
      id: 'title',
      label: 'Tên việc',
      hint: 'Ngắn gọn',
      optional: false,
      multiline: false,
      maxChars: 120,
      value: MARKUP,
    },
    {
      kind: 'text',
      id: 'describe',
      label: 'Mô tả',
      optional: true,
      multiline: true,
      maxChars: 500,
    },
    { kind: 'date', id: 'date', label: 'Ngày hoàn thành', optional: true, value: '2024-09-02' },
    { kind: 'files', id: 'files', label: 'Minh chứng', optional: true, most: 5 },
  ],
  submit: 'Gửi',
  cancel: 'Đóng',
  otherwise: 'Không mở được biểu mẫu. Đồng chí nhắn "báo cáo" để làm từng bước.',
};

/** Forms over the chat, a person's own page, and looking for what may have been sent. */
export function windowsPart({ under, itIf, chatting: open }: Kit): void {
  const chatting = async () => {
    const harness = await open();
    const { windows } = harness.an;
    const { faults } = harness;
    if (!windows || !faults) throw new Error('the harness has no windows');
    return { ...harness, windows, ...faults };
  };

  describe('forms', () => {
    itIf('forms')('opens the form a turn answers with, prefilled and literal', async () => {
      const { host, an, windows } = await chatting();
      host.answer({ form: FORM });
      await windows.invoke('baocao', 'Giờ học tốt');
      expect(await host.next((e) => e.kind === 'command')).toMatchObject({
        name: 'baocao',
        args: 'Giờ học tốt',
        canOpenForm: true,
        audience: 'private',
        where: an.where,
      });
      expect(windows.form()).toMatchObject({
        title: 'Báo cáo thành tích',
        fields: [
          { label: 'Nội dung thi đua', value: '', error: null },
          { label: 'Tên việc', value: MARKUP },
          { label: 'Mô tả', value: '' },
          { label: 'Ngày hoàn thành', value: '2024-09-02' },
          { label: 'Minh chứng', value: '' },
        ],
      });
      expect(windows.form()?.text).toContain(MARKUP);
    });

    itIf('forms')('brings the answers back under their fields, empty ones left out', async () => {
      const { host, an, windows, adapter } = await chatting();
      host.answer({ form: FORM });
      await windows.invoke('baocao', '');
      windows.fill('Nội dung thi đua', 'Sáng kiến');
      windows.fill('Tên việc', `Soạn giáo án ${MARKUP}`);
      windows.fill('Minh chứng', { bytes: PNG, name: 'Ảnh.png' });
      host.answer({});
      await windows.submit();
      const event = await host.next((e) => e.kind === 'submit');
      expect(event).toMatchObject({
        form: 'report:-',
        audience: 'private',
        where: an.where,
        from: { identity: an.identity },
        values: {
          item: 'a2',
          title: `Soạn giáo án ${MARKUP}`,
          date: '2024-09-02',
          files: [{ name: 'Ảnh.png', kind: 'photo' }],
        },
      });
      if (event.kind !== 'submit') throw new Error('not sent');
      expect(event.values).not.toHaveProperty('describe');
      const [file] = Array.isArray(event.values.files) ? event.values.files : [];
      if (!file) throw new Error('no file');
      expect(Buffer.from(await adapter.download(file))).toEqual(Buffer.from(PNG));
      expect(windows.form()).toBeNull();
    });

    itIf('forms')('says at the field what is wrong and keeps what was typed', async () => {
      const { host, windows } = await chatting();
      host.answer({ form: FORM });
      await windows.invoke('baocao', '');
      windows.fill('Nội dung thi đua', 'Sáng kiến');
      windows.fill('Mô tả', 'Kết quả tốt');
      host.answer({ fieldErrors: { title: 'Đề nghị ghi tên việc' } });
      await windows.submit();
      expect(windows.form()?.fields).toMatchObject([
        { value: 'Sáng kiến', error: null },
        { label: 'Tên việc', value: MARKUP, error: 'Đề nghị ghi tên việc' },
        { value: 'Kết quả tốt', error: null },
        {},
        {},
      ]);
      host.answer({});
      await windows.submit();
      expect(windows.form()).toBeNull();
      const sent = host.events.filter((e) => e.kind === 'submit');
      expect(new Set(sent.map((e) => e.delivery)).size).toBe(2);
    });

    itIf('forms')('puts another form in the place of the one that was sent', async () => {
      const { host, windows } = await chatting();
      host.answer({ form: FORM });
      await windows.invoke('baocao', '');
      windows.fill('Nội dung thi đua', 'Sáng kiến');
      host.answer({ form: { ...FORM, title: 'Còn một việc' } });
      await windows.submit();
      expect(windows.form()?.title).toBe('Còn một việc');
    });

    itIf('forms')('says what to do instead when the form cannot be opened', async () => {
      const { host, an, windows, refuseForm } = await chatting();
      host.answer({ form: FORM });
      refuseForm();
      await windows.invoke('baocao', '');
      expect(windows.form()).toBeNull();
      expect(an.seen().at(-1)?.text).toBe(FORM.otherwise);
    });

    itIf('forms')('lets a button open a form', async () => {
      const harness = await chatting();
      const { host, an, windows } = harness;
      await sendTo(harness, an.where, say('chờ', [[{ label: 'Trả lại', action: 'ver:r' }]]));
      host.answer({ form: FORM });
      expect(await an.press('Trả lại')).toBeNull();
      expect(await host.next((e) => e.kind === 'press')).toMatchObject({ canOpenForm: true });
      expect(windows.form()?.title).toBe(FORM.title);
    });
  });

  describe('own page', () => {
    itIf('home')('tells who looks at it and shows what is published, literally', async () => {
      const { host, an, windows, adapter } = await chatting();
      windows.openHome();
      while (host.homes.length === 0) await new Promise(setImmediate);
      expect(host.homes[0]).toMatchObject({ identity: an.identity });
      expect(windows.home()).toBeNull();
      const published = await adapter.home?.publish(
        an.identity,
        say(MARKUP, [[{ label: 'Báo cáo', action: 'cmd:baocao' }]]),
      );
      expect(published).toEqual({ outcome: 'published' });
      expect(windows.home()).toMatchObject({ text: MARKUP, buttons: [['Báo cáo']] });
    });

    itIf('home')('brings a press on it to the private chat, with no message under it', async () => {
      const { host, an, windows, adapter } = await chatting();
      windows.openHome();
      await adapter.home?.publish(an.identity, say('x', [[{ label: 'Nút', action: 'lang:en' }]]));
      await windows.pressHome('Nút');
      const event = await host.next((e) => e.kind === 'press');
      expect(event).toMatchObject({ action: 'lang:en', where: an.where, audience: 'private' });
      expect(event).not.toHaveProperty('message');
    });
  });

  describe('looking for what may have been sent', () => {
    itIf('look-up')('finds a send whose answer was lost, by its mark', async () => {
      const { an, adapter, loseNext } = await chatting();
      const [page] = adapter.paginate(say('bảng xếp hạng'));
      loseNext(true);
      expect((await adapter.send(an.where, page, 'mark:1')).outcome).toBe('uncertain');
      const found = await adapter.lookUp?.(an.where, 'mark:1');
      expect(found).toMatchObject({ found: { at: an.where } });
      expect(await adapter.lookUp?.(an.where, 'mark:2')).toEqual({ found: null });
    });

    itIf('look-up')('finds nothing when it never arrived', async () => {
      const { an, adapter, loseNext } = await chatting();
      const [page] = adapter.paginate(say('bảng xếp hạng'));
      refOf(await adapter.send(an.where, page, 'mark:0'));
      loseNext(false);
      expect((await adapter.send(an.where, page, 'mark:1')).outcome).toBe('uncertain');
      expect(await adapter.lookUp?.(an.where, 'mark:1')).toEqual({ found: null });
    });
  });

  it('declares the abilities it has', async () => {
    const { adapter } = await open();
    const lacking = (feature: 'forms' | 'home' | 'look-up') => under.lacks[feature] !== undefined;
    expect(adapter.abilities.forms).toBe(!lacking('forms'));
    expect(adapter.home === null).toBe(lacking('home'));
    expect(adapter.lookUp === null).toBe(lacking('look-up'));
  });
}
