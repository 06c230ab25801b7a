import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Attachment } from '../../src/chat/index.ts';
import type { Database } from '../../src/db/database.ts';
import { createMediaStore, readMedia, storeBlob } from '../../src/db/media.ts';
import { createMediaFetcher, type MediaFetcher } from '../../src/engine/media.ts';
import { systemTimers } from '../../src/timers.ts';
import { eachDatabase } from '../support/database.ts';
import { elapse, recordLog } from '../support/delivery.ts';
import { createFakeAdapter } from '../support/fake-adapter.ts';

const HOUR = 3_600_000;
const bytes = (text: string) => new TextEncoder().encode(text);
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

eachDatabase((open) => {
  let db: Database;
  const running: MediaFetcher[] = [];
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    await db.query('delete from media');
    await db.query('delete from blob');
  });
  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop();
  });

  function fetcher(adapter = createFakeAdapter()) {
    const log = recordLog();
    const one = createMediaFetcher({
      store: createMediaStore(db),
      adapters: new Map([[adapter.platform, adapter]]),
      log,
      timers: systemTimers,
      random: Math.random,
      pollMs: 60_000,
    });
    one.start();
    running.push(one);
    return { one, log, adapter };
  }
  async function received(file: Partial<Attachment> = {}, platform = 'test'): Promise<string> {
    const id = randomUUID();
    const attachment = {
      ref: 'f',
      kind: 'file',
      name: 'a.pdf',
      mime: 'application/pdf',
      size: null,
    };
    await db.query(
      `insert into media (id, platform, tenant, attachment) values ($1::text, $2::text, 't1', $3::jsonb)`,
      [id, platform, JSON.stringify({ ...attachment, ...file })],
    );
    return id;
  }
  const row = async (id: string) =>
    (
      await db.query<{ sha256: string | null; failure: string | null; attempts: number }>(
        'select sha256, failure, attempts from media where id = $1::text',
        [id],
      )
    )[0];

  describe('fetching files', () => {
    it('fetches for a bot that knows its name only once it has started', async () => {
      let tenant = '';
      const late = {
        ...createFakeAdapter(),
        get tenant() {
          return tenant;
        },
      };
      late.files.set('f', bytes('photo'));
      const one = createMediaFetcher({
        store: createMediaStore(db),
        adapters: new Map([[late.platform, late]]),
        log: recordLog(),
        timers: systemTimers,
        random: Math.random,
        pollMs: 60_000,
      });
      tenant = 't1';
      one.start();
      running.push(one);
      const id = await received();
      await one.drain();
      expect((await row(id))?.sha256).toBe(hash('photo'));
    });

    it('keeps the bytes under their hash, the same ones once', async () => {
      const { one, adapter } = fetcher();
      adapter.files.set('f', bytes('photo')).set('g', bytes('photo')).set('h', bytes('other'));
      const ids = [await received(), await received({ ref: 'g' }), await received({ ref: 'h' })];
      await one.drain();
      expect((await Promise.all(ids.map(row))).map((m) => m?.sha256)).toEqual([
        hash('photo'),
        hash('photo'),
        hash('other'),
      ]);
      expect(await db.query('select size, mime from blob order by size')).toEqual([
        { size: 5, mime: 'application/pdf' },
        { size: 5, mime: 'application/pdf' },
      ]);
      expect(await readMedia(db, hash('photo'))).toEqual(bytes('photo'));
      expect(adapter.downloads).toHaveLength(3);
    });

    it('fetches a file once, whoever else is at it', async () => {
      const adapter = createFakeAdapter();
      adapter.files.set('f', bytes('photo'));
      for (let i = 0; i < 6; i++) await received();
      const [a, b] = [fetcher(adapter), fetcher(adapter)];
      await Promise.all([a.one.drain(), b.one.drain()]);
      await Promise.all([a.one.drain(), b.one.drain()]);
      expect(adapter.downloads).toHaveLength(6);
    });

    it('tries again later, and gives up in the end with the reason', async () => {
      const { one, adapter, log } = fetcher();
      adapter.files.set('f', new Error('the file is no longer available'));
      const id = await received();
      await one.drain();
      expect(await row(id)).toEqual({ sha256: null, failure: null, attempts: 1 });
      await one.drain();
      expect(adapter.downloads).toHaveLength(1);
      for (let i = 0; i < 5; i++) {
        await elapse(db, HOUR);
        await one.drain();
      }
      expect(await row(id)).toMatchObject({
        failure: 'the file is no longer available',
        attempts: 6,
      });
      await elapse(db, HOUR);
      await one.drain();
      expect(adapter.downloads).toHaveLength(6);
      expect(log.texts('warn')).toHaveLength(5);
      expect(log.texts('error')).toEqual(['A file could not be fetched and is given up']);
    });

    it('has the file when a later try succeeds', async () => {
      const { one, adapter } = fetcher();
      const id = await received();
      await one.drain();
      adapter.files.set('f', bytes('photo'));
      await elapse(db, HOUR);
      await one.drain();
      expect(await row(id)).toMatchObject({ sha256: hash('photo'), failure: null });
    });

    it('keeps nothing larger than the platform lets it fetch, announced or not', async () => {
      const { one, adapter } = fetcher();
      adapter.files.set('f', new Uint8Array(1_001)).set('g', new Uint8Array(1_000));
      const ids = [
        await received({ ref: 'announced', size: 1_001 }),
        await received(),
        await received({ ref: 'g' }),
      ];
      await one.drain();
      const rows = await Promise.all(ids.map(row));
      expect(rows.map((m) => m?.failure)).toEqual([
        'larger than 1000 bytes',
        'larger than 1000 bytes',
        null,
      ]);
      expect(adapter.downloads).not.toContain('announced');
    });

    it('leaves other bots’ files alone', async () => {
      const { one, adapter } = fetcher();
      const id = await received({}, 'elsewhere');
      await one.drain();
      expect(adapter.downloads).toEqual([]);
      expect(await row(id)).toMatchObject({ attempts: 0 });
    });

    it('gives up what is stored unreadably', async () => {
      const { one } = fetcher();
      const id = await received({ kind: 'film' as 'file' });
      await one.drain();
      expect((await row(id))?.failure).toContain('stored attachment');
    });
  });

  it('knows only what is stored', async () => {
    const sha256 = await storeBlob(db, bytes('x'), 'text/plain');
    expect(await readMedia(db, sha256)).toEqual(bytes('x'));
    await expect(readMedia(db, hash('never stored'))).rejects.toThrow('No media is stored under');
  });
});
