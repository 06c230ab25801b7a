/** Files people sent, and their bytes by content. */
import { createHash } from 'node:crypto';
import type { MediaStore } from '../engine/media.ts';
import type { Database, Queryable } from './database.ts';
import { json } from './json.ts';

const CLAIM = `with due as (
  select id from media
  where sha256 is null and failure is null and next_attempt_at <= clock_timestamp()
    and platform || ':' || tenant in (select jsonb_array_elements_text($1::jsonb))
  order by next_attempt_at limit $2::int for update skip locked
)
update media m set attempts = attempts + 1,
  next_attempt_at = clock_timestamp() + $3::float8 * interval '1 millisecond'
from due where m.id = due.id
returning m.id, m.platform || ':' || m.tenant as bot, m.attachment, m.attempts`;

/** Stores bytes once for the same content. @returns their SHA-256 in lower-case hex */
export async function storeBlob(tx: Queryable, bytes: Uint8Array, mime: string): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await tx.query(
    `insert into blob (sha256, bytes, mime, size) values ($1::text, $2::bytea, $3::text, $4::int)
     on conflict (sha256) do nothing`,
    [sha256, bytes, mime, bytes.byteLength],
  );
  return sha256;
}

/** The bytes of stored media. @throws when nothing is stored under this hash */
export async function readMedia(db: Queryable, sha256: string): Promise<Uint8Array> {
  const [row] = await db.query<{ bytes: Uint8Array }>(
    'select bytes from blob where sha256 = $1::text',
    [sha256],
  );
  if (!row) throw new Error(`No media is stored under ${sha256}`);
  return row.bytes;
}

export const createMediaStore = (db: Database): MediaStore => ({
  claim: (bots, most, busyMs) => db.query(CLAIM, [json(bots), most, busyMs]),
  keep: (media, bytes, mime) =>
    db.transaction(async (tx) => {
      const sha256 = await storeBlob(tx, bytes, mime);
      await tx.query('update media set sha256 = $2::text where id = $1::text', [media.id, sha256]);
    }),
  async postpone(media, ms) {
    await db.query(
      `update media set next_attempt_at = clock_timestamp() + $3::float8 * interval '1 millisecond'
       where id = $1::text and attempts = $2::int`,
      [media.id, media.attempts, ms],
    );
  },
  async fail(media, why) {
    await db.query(
      `update media set failure = $3::text
       where id = $1::text and attempts = $2::int and sha256 is null`,
      [media.id, media.attempts, why],
    );
  },
});
