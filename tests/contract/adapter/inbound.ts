import { describe, expect, it } from 'vitest';
import { type Inbound, Inbound as InboundSchema } from '../../../src/chat/index.ts';
import { type Kit, MARKUP, PNG, say } from './kit.ts';

/** What people do, as events. */
export function inboundPart({ under, itIf, started, chatting }: Kit): void {
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
        name: under.begin ?? 'start',
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

    itIf('groups', 'move')('follows a group that gets another id', async () => {
      const { host, an, group, adapter } = await chatting();
      const room = group('Phòng Tổ chức');
      room.addBot(an);
      const old = room.where;
      const to = room.move();
      expect(await host.next((e) => e.kind === 'moved')).toMatchObject({ where: old, to });
      const [page] = adapter.paginate(say('bảng xếp hạng'));
      expect((await adapter.send(to, page, '1:0')).outcome).toBe('ok');
    });

    itIf('groups', 'move-told')('is told the new id when it writes to the old one', async () => {
      const { host, an, group, adapter } = await chatting();
      const room = group('Phòng Tổ chức');
      room.addBot(an);
      const old = room.where;
      const to = room.move();
      await host.next((e) => e.kind === 'moved');
      const [page] = adapter.paginate(say('bảng xếp hạng'));
      expect(await adapter.send(old, page, '1:0')).toEqual({ outcome: 'moved', to });
    });

    itIf('groups')('is told plainly that it was removed', async () => {
      const { host, an, group, adapter } = await chatting();
      const room = group('Ban Quản lý khoa học');
      room.addBot(an);
      room.removeBot(an);
      await host.next((e) => e.kind === 'left');
      const [page] = adapter.paginate(say('x'));
      expect(await adapter.send(room.where, page, '1:0')).toEqual({
        outcome: 'gone',
        cause: 'removed',
      });
    });
  });
}
