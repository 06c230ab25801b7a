import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/chat/index.ts';
import { type Kit, MARKUP, PNG, refOf, say, sendTo, squeeze } from './kit.ts';

/** What the bot says, as people see it. */
export function outboundPart({ itIf, chatting }: Kit): void {
  describe('outbound', () => {
    it('shows text with markup characters literally', async () => {
      const harness = await chatting();
      const message: Message = {
        notice: 'n',
        blocks: [
          { kind: 'heading', text: MARKUP },
          { kind: 'text', text: [MARKUP, { kind: 'bold', text: MARKUP }] },
          { kind: 'list', items: [[MARKUP]] },
          { kind: 'fields', rows: [{ label: MARKUP, value: [MARKUP] }] },
        ],
      };
      await sendTo(harness, harness.an.where, message);
      const text = harness.an.seen().at(-1)?.text ?? '';
      expect(text.split(MARKUP).length - 1).toBe(6);
    });

    it('splits a long text on boundaries, loses nothing, ends with the buttons', async () => {
      const harness = await chatting();
      const { an, adapter } = harness;
      const text = Array.from(
        { length: 900 },
        (_, i) => `Đoạn ${i}: thi đua dạy tốt, học tốt 👩‍🏫.${i % 9 === 0 ? '\n' : ''}`,
      ).join(' ');
      const outcomes = await sendTo(
        harness,
        an.where,
        say(text, [[{ label: 'Xong', action: 'q:x' }]]),
      );
      expect(outcomes.every((o) => o.outcome === 'ok')).toBe(true);
      const seen = an.seen();
      expect(seen.length).toBeGreaterThan(1);
      for (const page of seen)
        expect(page.text.length).toBeLessThanOrEqual(adapter.abilities.maxChars);
      expect(squeeze(seen.map((page) => page.text).join(''))).toBe(squeeze(text));
      expect(seen.map((page) => page.buttons.length > 0)).toEqual(
        seen.map((_, i) => i === seen.length - 1),
      );
    });

    it('brings a 64-byte action back as it was', async () => {
      const harness = await chatting();
      const action = `rep:${'a'.repeat(60)}`;
      await sendTo(harness, harness.an.where, say('chọn', [[{ label: 'Xem', action }]]));
      const answered = harness.an.press('Xem');
      expect(await harness.host.next((e) => e.kind === 'press')).toMatchObject({
        kind: 'press',
        action,
        from: { identity: harness.an.identity },
      });
      await answered;
    });

    it('drops no button, however many there are', async () => {
      const harness = await chatting();
      const buttons = Array.from({ length: 130 }, (_, i) => [
        { label: `Đơn vị ${i}`, action: `enr:${i}` },
      ]);
      const outcomes = await sendTo(harness, harness.an.where, say('chọn đơn vị', buttons));
      expect(outcomes.every((o) => o.outcome === 'ok')).toBe(true);
      expect(harness.an.seen().flatMap((m) => m.buttons.flat())).toEqual(
        buttons.flat().map((b) => b.label),
      );
    });

    it('refers a press to the message that carries the button', async () => {
      const harness = await chatting();
      const sent = await sendTo(
        harness,
        harness.an.where,
        say('a', [[{ label: 'B', action: 'c' }]]),
      );
      await harness.an.press('B');
      const event = await harness.host.next((e) => e.kind === 'press');
      expect(event.kind === 'press' && event.message).toEqual(refOf(sent.at(-1)));
    });

    itIf('toast')('shows the toast of a turn, and answers when there is none', async () => {
      const harness = await chatting();
      await sendTo(harness, harness.an.where, say('a', [[{ label: 'B', action: 'c' }]]));
      expect(await harness.an.press('B')).toBeNull();
      harness.host.answer({ toast: 'Đồng chí Bình đã xác nhận' });
      expect(await harness.an.press('B')).toBe('Đồng chí Bình đã xác nhận');
    });

    itIf('toast')('answers a press even when its turn failed', async () => {
      const harness = await chatting();
      await sendTo(harness, harness.an.where, say('a', [[{ label: 'B', action: 'c' }]]));
      harness.host.failNext(1, (e) => e.kind === 'press');
      expect(await harness.an.press('B')).toBeNull();
    });

    it('changes a message in place, buttons included', async () => {
      const harness = await chatting();
      const { an, adapter } = harness;
      const sent = await sendTo(
        harness,
        an.where,
        say('chờ', [[{ label: 'Xác nhận', action: 'v' }]]),
      );
      const [page] = adapter.paginate(say('Đã xác nhận'));
      expect((await adapter.edit(refOf(sent[0]), page)).outcome).toBe('ok');
      expect(an.seen().at(-1)).toMatchObject({ text: 'Đã xác nhận', buttons: [], edited: true });
    });

    it('takes an edit that changes nothing as done', async () => {
      const harness = await chatting();
      const { an, adapter } = harness;
      const sent = await sendTo(harness, an.where, say('như cũ'));
      const [page] = adapter.paginate(say('như cũ'));
      expect((await adapter.edit(refOf(sent[0]), page)).outcome).toBe('ok');
    });

    itIf('pictures')('sends pictures and files by their bytes, text around them kept', async () => {
      const harness = await chatting();
      const sha256 = 'a'.repeat(64);
      harness.host.keep(sha256, PNG);
      const outcomes = await sendTo(harness, harness.an.where, {
        notice: 'n',
        blocks: [
          { kind: 'text', text: ['trước'] },
          {
            kind: 'image',
            media: { sha256, name: 'bang.png', mime: 'image/png' },
            alt: 'Bảng tuần 3',
          },
          { kind: 'file', media: { sha256, name: 'so-lieu.png', mime: 'image/png' } },
          { kind: 'text', text: ['sau'] },
        ],
        buttons: [[{ label: 'Xem', action: 'lb:x' }]],
      });
      expect(outcomes.every((o) => o.outcome === 'ok')).toBe(true);
      const seen = harness.an.seen();
      expect(seen.reduce((n, m) => n + m.pictures, 0)).toBe(1);
      expect(seen.flatMap((m) => m.files)).toEqual(['so-lieu.png']);
      const text = seen.map((m) => m.text).join('\n');
      expect(text.indexOf('trước')).toBeLessThan(text.indexOf('sau'));
      expect(seen.at(-1)?.buttons).toEqual([['Xem']]);
    });

    itIf('contact')('asks for the own number with a button', async () => {
      const harness = await chatting();
      const message = { ...say('số điện thoại'), contactRequest: { label: 'Gửi số của tôi' } };
      await sendTo(harness, harness.an.where, message);
      expect(harness.an.seen().at(-1)?.contactButton).toBe('Gửi số của tôi');
    });

    it('opens the private chat of a person it knows', async () => {
      const { adapter, an } = await chatting();
      expect(await adapter.openDirect(an.identity)).toEqual(an.where);
    });

    it('says something even when there is nothing to show but the notice', async () => {
      const harness = await chatting();
      await sendTo(harness, harness.an.where, { notice: 'Chỉ một dòng', blocks: [] });
      expect(harness.an.seen().at(-1)?.text).toBe('Chỉ một dòng');
    });
  });
}
