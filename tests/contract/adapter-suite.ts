import { describe, expect, it, onTestFinished } from 'vitest';
import type { Button, Delivery, Inbound, Message, MessageRef } from '../../src/chat/index.ts';
import { Inbound as InboundSchema } from '../../src/chat/index.ts';
import { createRecordingHost, type RecordingHost } from '../support/recording-host.ts';
import type { AdapterHarness, AdapterUnderTest, Feature } from './adapter-harness.ts';

export type {
  AdapterHarness,
  AdapterUnderTest,
  Feature,
  HarnessGroup,
  HarnessPerson,
  Seen,
} from './adapter-harness.ts';

/** A 1 × 1 PNG: the smallest file every platform accepts as a picture. */
export const PNG = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

const MARKUP = `<b>đậm</b> & "ngoặc" *sao* _gạch_ \`mã\` <@U1> [x](http://y) &amp; <`;

const squeeze = (text: string): string => text.normalize('NFC').replace(/\s+/gu, '');
const say = (text: string, buttons?: Button[][]): Message => ({
  notice: 'thông báo',
  blocks: [{ kind: 'text', text: [text] }],
  ...(buttons ? { buttons } : {}),
});

/**
 * What every adapter must do, run against its fake platform. A feature the platform lacks is skipped
 * and listed by a test of its own, so that no skip goes unnoticed.
 */
export function adapterSuite(under: AdapterUnderTest): void {
  const lacks = (feature: Feature): boolean => under.lacks[feature] !== undefined;
  const itIf = (...features: Feature[]) => (features.some(lacks) ? it.skip : it);

  async function started(): Promise<AdapterHarness & { host: RecordingHost }> {
    const harness = await under.make();
    const host = createRecordingHost();
    onTestFinished(async () => {
      await harness.adapter.stop();
      await harness.close();
    });
    await harness.adapter.start(host);
    return Object.assign(harness, { host });
  }

  /** Sends all pages of a message and returns the outcomes. */
  async function sendTo(
    { adapter }: AdapterHarness,
    to: Parameters<AdapterHarness['adapter']['send']>[0],
    message: Message,
  ): Promise<Delivery[]> {
    const outcomes: Delivery[] = [];
    for (const page of adapter.paginate(message)) outcomes.push(await adapter.send(to, page));
    return outcomes;
  }

  const refOf = (outcome: Delivery | undefined): MessageRef => {
    if (outcome?.outcome !== 'ok') throw new Error(`not sent: ${JSON.stringify(outcome)}`);
    return outcome.ref;
  };

  /** An open private chat with its person. */
  async function chatting() {
    const harness = await started();
    const an = harness.person('Nguyễn Văn An');
    an.open();
    await harness.host.next((e) => e.kind === 'command');
    return { ...harness, an };
  }

  describe(`adapter contract: ${under.name}`, () => {
    for (const [feature, reason] of Object.entries(under.lacks)) {
      it(`skips ${feature}: ${reason}`, () => expect(reason).not.toBe(''));
    }

    describe('inbound', () => {
      it('tells who wrote what, where, privately', async () => {
        const { host, an, adapter } = await chatting();
        an.type('Em xin báo cáo');
        const event = await host.next((e) => e.kind === 'text');
        expect(event).toMatchObject({
          kind: 'text',
          text: 'Em xin báo cáo',
          edited: false,
          audience: 'private',
          where: an.where,
          from: { identity: an.identity, name: an.name },
        });
        expect(event.where).toMatchObject({ platform: adapter.platform, tenant: adapter.tenant });
      });

      it('keeps what a person typed to the letter', async () => {
        const { host, an } = await chatting();
        an.type(MARKUP);
        expect(await host.next((e) => e.kind === 'text')).toMatchObject({ text: MARKUP });
      });

      it('reads a command with and without arguments', async () => {
        const { host, an } = await chatting();
        an.type('/baocao');
        expect(await host.next((e) => e.kind === 'command')).toMatchObject({
          name: 'baocao',
          args: '',
        });
        an.type('/BaoCao  Giờ học tốt\ndòng hai');
        expect(await host.next((e) => e.kind === 'command')).toMatchObject({
          name: 'baocao',
          args: 'Giờ học tốt\ndòng hai',
        });
      });

      it('hands over the code a person starts with', async () => {
        const harness = await started();
        harness.person('Bình').open('MA-moi_1');
        expect(await harness.host.next()).toMatchObject({
          kind: 'command',
          name: 'start',
          args: 'MA-moi_1',
        });
      });

      itIf('edited-text')('tells an edit from a new message, by the same reference', async () => {
        const { host, an } = await chatting();
        an.type('truoc');
        const before = await host.next((e) => e.kind === 'text');
        an.editLast('sau');
        const after = await host.next((e) => e.kind === 'text');
        expect(after).toMatchObject({ text: 'sau', edited: true });
        expect(after.kind === 'text' && after.message).toEqual(
          before.kind === 'text' && before.message,
        );
      });

      itIf('pictures')('takes a photo with its caption and downloads the bytes', async () => {
        const { host, an, adapter } = await chatting();
        an.sendPhoto(PNG, 'Ảnh minh chứng');
        const event = await host.next((e) => e.kind === 'attachment');
        expect(event).toMatchObject({
          caption: 'Ảnh minh chứng',
          album: null,
          file: { kind: 'photo' },
        });
        if (event.kind !== 'attachment') throw new Error('not an attachment');
        expect(Buffer.from(await adapter.download(event.file))).toEqual(Buffer.from(PNG));
      });

      itIf('files')('takes a file with its name and type', async () => {
        const { host, an, adapter } = await chatting();
        an.sendFile(new TextEncoder().encode('%PDF'), 'Báo cáo.pdf', 'application/pdf');
        const event = await host.next((e) => e.kind === 'attachment');
        expect(event).toMatchObject({
          file: { kind: 'file', name: 'Báo cáo.pdf', mime: 'application/pdf', size: 4 },
        });
        if (event.kind !== 'attachment') throw new Error('not an attachment');
        expect(new TextDecoder().decode(await adapter.download(event.file))).toBe('%PDF');
      });

      itIf('files')('fails a download of a file nobody sent, with a reason', async () => {
        const { adapter } = await chatting();
        const file = {
          ref: 'no-such-file',
          kind: 'file',
          name: 'x',
          mime: 'x/y',
          size: 1,
        } as const;
        await expect(adapter.download(file)).rejects.toThrow(/\S/);
      });

      itIf('album')('keeps photos sent together apart but tied by their album', async () => {
        const { host, an } = await chatting();
        an.sendAlbum([PNG, PNG, PNG], 'ba ảnh');
        const got: Inbound[] = [];
        for (let i = 0; i < 3; i++) got.push(await host.next((e) => e.kind === 'attachment'));
        const albums = new Set(got.map((e) => (e.kind === 'attachment' ? e.album : null)));
        expect(albums.size).toBe(1);
        expect([...albums][0]).toEqual(expect.any(String));
        expect(new Set(got.map((e) => e.delivery)).size).toBe(3);
      });

      itIf('contact')("vouches only for the sender's own number", async () => {
        const { host, an } = await chatting();
        an.shareContact(true);
        const own = await host.next((e) => e.kind === 'contact');
        an.shareContact(false);
        const other = await host.next((e) => e.kind === 'contact');
        expect([own, other]).toMatchObject([{ own: true }, { own: false }]);
      });

      itIf('sticker')('names what it cannot use', async () => {
        const { host, an } = await chatting();
        an.sendSticker();
        expect(await host.next((e) => e.kind !== 'command')).toMatchObject({
          kind: 'unsupported',
          what: 'sticker',
        });
      });

      itIf('block')('tells when a person stops and allows the bot', async () => {
        const { host, an } = await chatting();
        an.block();
        expect(await host.next((e) => e.kind === 'blocked')).toMatchObject({ where: an.where });
        an.unblock();
        expect(await host.next((e) => e.kind === 'unblocked')).toMatchObject({ where: an.where });
      });

      it('gives each event a delivery of its own, and only events of the contract', async () => {
        const { host, an } = await chatting();
        for (const text of ['một', 'hai', 'ba', '/huy', 'bốn']) an.type(text);
        for (let i = 0; i < 5; i++) await host.next();
        for (const event of host.events) InboundSchema.parse(event);
        expect(new Set(host.events.map((e) => e.delivery)).size).toBe(host.events.length);
      });

      it("keeps one person's messages in order", async () => {
        const { host, an } = await chatting();
        const texts = Array.from({ length: 20 }, (_, i) => `tin ${i}`);
        for (const text of texts) an.type(text);
        for (let i = 0; i < texts.length; i++) await host.next((e) => e.kind === 'text');
        expect(host.events.flatMap((e) => (e.kind === 'text' ? [e.text] : []))).toEqual(texts);
      });

      itIf('redelivery')('delivers again, unchanged, what was not committed', async () => {
        const { host, an } = await chatting();
        host.failNext(2, (e) => e.kind === 'text');
        an.type('đừng mất');
        const event = await host.next((e) => e.kind === 'text');
        expect(event).toMatchObject({ text: 'đừng mất' });
        const tries = host.calls.filter((e) => e.kind === 'text');
        expect(tries).toEqual([event, event, event]);
      });
    });

    describe('groups', () => {
      itIf('groups')('tells when the bot is added, spoken to and removed', async () => {
        const { host, an, group } = await chatting();
        const room = group('Khoa Triết học');
        room.addBot(an);
        expect(await host.next((e) => e.kind === 'joined')).toMatchObject({
          where: room.where,
          title: 'Khoa Triết học',
          audience: 'group',
          from: { identity: an.identity },
        });
        room.type(an, '/lienket');
        expect(await host.next((e) => e.kind === 'command')).toMatchObject({
          name: 'lienket',
          audience: 'group',
          where: room.where,
        });
        room.removeBot(an);
        expect(await host.next((e) => e.kind === 'left')).toMatchObject({ where: room.where });
      });

      itIf('groups', 'rename')('follows a new title', async () => {
        const { host, an, group } = await chatting();
        const room = group('Cũ');
        room.addBot(an);
        room.rename(an, 'Mới');
        expect(await host.next((e) => e.kind === 'renamed')).toMatchObject({ title: 'Mới' });
      });

      itIf('groups', 'move')('follows a group that gets another id, both ways', async () => {
        const { host, an, group, adapter } = await chatting();
        const room = group('Phòng Tổ chức');
        room.addBot(an);
        const old = room.where;
        const to = room.move();
        expect(await host.next((e) => e.kind === 'moved')).toMatchObject({ where: old, to });
        const [page] = adapter.paginate(say('bảng xếp hạng'));
        expect(await adapter.send(old, page)).toEqual({ outcome: 'moved', to });
        expect((await adapter.send(to, page)).outcome).toBe('ok');
      });

      itIf('groups')('is told plainly that it was removed', async () => {
        const { host, an, group, adapter } = await chatting();
        const room = group('Ban Quản lý khoa học');
        room.addBot(an);
        room.removeBot(an);
        await host.next((e) => e.kind === 'left');
        const [page] = adapter.paginate(say('x'));
        expect(await adapter.send(room.where, page)).toEqual({ outcome: 'gone', cause: 'removed' });
      });
    });

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

      itIf('pictures')(
        'sends pictures and files by their bytes, text around them kept',
        async () => {
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
        },
      );

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

    describe('failures of a send', () => {
      itIf('block')('is gone when the person blocked the bot, and back when not', async () => {
        const { adapter, an, host } = await chatting();
        an.block();
        await host.next((e) => e.kind === 'blocked');
        const [page] = adapter.paginate(say('x'));
        expect(await adapter.send(an.where, page)).toEqual({ outcome: 'gone', cause: 'blocked' });
        an.unblock();
        expect((await adapter.send(an.where, page)).outcome).toBe('ok');
      });

      itIf('not-started')('is gone when the person never wrote', async () => {
        const harness = await started();
        const stranger = harness.person('Người lạ');
        const [page] = harness.adapter.paginate(say('x'));
        const outcome = await harness.adapter.send(stranger.where, page);
        expect(outcome.outcome).toBe('gone');
      });

      itIf('fail-retry')('is told when to try again, and that nothing was sent', async () => {
        const { adapter, an, failNext } = await chatting();
        failNext('retry');
        const [page] = adapter.paginate(say('x'));
        const outcome = await adapter.send(an.where, page);
        expect(outcome).toMatchObject({ outcome: 'retry', afterMs: expect.any(Number) });
        expect(an.seen()).toEqual([]);
        expect((await adapter.send(an.where, page)).outcome).toBe('ok');
      });

      itIf('fail-uncertain')('does not claim to know what it cannot', async () => {
        const { adapter, an, failNext } = await chatting();
        failNext('uncertain');
        const [page] = adapter.paginate(say('x'));
        expect(await adapter.send(an.where, page)).toMatchObject({
          outcome: 'uncertain',
          cause: expect.stringMatching(/\S/),
        });
      });

      itIf('fail-bug')("gives the platform's own words when content is refused", async () => {
        const { adapter, an, failNext } = await chatting();
        failNext('bug');
        const [page] = adapter.paginate(say('x'));
        expect(await adapter.send(an.where, page)).toMatchObject({
          outcome: 'bug',
          cause: expect.stringMatching(/\S/),
        });
      });
    });

    describe('life', () => {
      it('waits at its stop for the turn in flight, and can still send', async () => {
        const { adapter, an, host } = await chatting();
        const release = host.hold();
        an.type('đang xử lý');
        while (!host.calls.some((e) => e.kind === 'text')) await new Promise(setImmediate);
        const order: string[] = [];
        const stopping = adapter.stop().then(() => order.push('stopped'));
        const committed = host.next((e) => e.kind === 'text').then(() => order.push('committed'));
        release();
        await Promise.all([stopping, committed]);
        expect(order).toEqual(['committed', 'stopped']);
        const [page] = adapter.paginate(say('x'));
        expect((await adapter.send(an.where, page)).outcome).toBe('ok');
      });

      it('can be stopped twice, and before it was started', async () => {
        const harness = await under.make();
        onTestFinished(() => harness.close());
        await harness.adapter.stop();
        await harness.adapter.start(createRecordingHost());
        await harness.adapter.stop();
        await harness.adapter.stop();
      });

      it('logs nothing above debug in a quiet life', async () => {
        const { an, host } = await chatting();
        an.type('xin chào');
        await host.next((e) => e.kind === 'text');
        expect(host.lines.filter((l) => l.level === 'warn' || l.level === 'error')).toEqual([]);
      });
    });
  });
}
