import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { Message } from '../../../src/chat/index.ts';
import { type Draw, pictureTask, pictureTasks } from '../../../src/engine/pictures.ts';
import type { Drawing } from '../../../src/messages/drawing.ts';
import { recordingLog } from '../../support/turns.ts';

const NOW = Temporal.Instant.from('2024-07-08T01:00:00Z');
const SHA = 'a'.repeat(64);
const to = { platform: 'test', tenant: 't', chat: 'c' };
const drawing: Drawing = { alt: 'Ảnh kết quả', title: 'Kết quả', lead: [], parts: [], foot: [] };
const message: Message = { notice: 'Kết quả', blocks: [{ kind: 'heading', text: 'Kết quả' }] };
const send = {
  to,
  message,
  dedupe: 'board:1',
  priority: 'broadcast',
  onUncertain: 'hold',
} as const;

function tasks(draw: Draw) {
  const kept: string[] = [];
  const log = recordingLog();
  const { picture } = pictureTasks({ draw, log });
  const store = {
    keep: async (bytes: Uint8Array, mime: string) => {
      kept.push(`${mime} ${bytes.length}`);
      return SHA;
    },
  };
  /** As the row comes back from the database. */
  const stored = (row: { payload: unknown }): unknown => JSON.parse(JSON.stringify(row.payload));
  return {
    kept,
    log,
    run: (row: { payload: unknown }) => picture.run(stored(row), store, NOW),
    failed: (row: { payload: unknown }) => picture.failed(stored(row), store, NOW),
  };
}

describe('a message with a picture', () => {
  it('is sent with it at its end, and otherwise as it was to be', async () => {
    const { run, kept } = tasks(async () => new Uint8Array(7));
    const { sends } = await run(pictureTask(send, { drawing }));
    const media = { sha256: SHA, name: 'ket-qua.png', mime: 'image/png' };
    const image = { kind: 'image', media, alt: 'Ảnh kết quả' };
    expect(sends).toEqual([
      { ...send, message: { ...message, blocks: [...message.blocks, image] } },
    ]);
    expect(Message.safeParse(sends[0]?.message).success).toBe(true);
    expect(kept).toEqual(['image/png 7']);
  });

  it('goes without when it cannot be drawn, and the log says why', async () => {
    const { run, kept, log } = tasks(async () => {
      throw new Error('no font');
    });
    expect(await run(pictureTask(send, { drawing }))).toEqual({ sends: [send] });
    expect(kept).toEqual([]);
    expect(log.lines).toMatchObject([
      { level: 'warn', text: expect.stringContaining('could not be drawn') },
    ]);
  });

  it('says something else instead where it was only the picture', async () => {
    const otherwise: Message = { notice: 'Chưa vẽ được ảnh', blocks: [] };
    const { run } = tasks(async () => {
      throw new Error('no font');
    });
    const { sends } = await run(pictureTask(send, { drawing, otherwise }));
    expect(sends).toEqual([{ ...send, message: otherwise }]);
  });

  it('is not lost when its task is given up', async () => {
    const { failed } = tasks(async () => new Uint8Array(7));
    expect(await failed(pictureTask(send, { drawing }))).toEqual([send]);
  });

  it('must be one that is posted anew', () => {
    const edit = { ...send, as: 'update' as const };
    expect(() => pictureTask(edit, { drawing })).toThrow('as');
  });
});
