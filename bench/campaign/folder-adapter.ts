/** A platform that is a folder: every message becomes a text file, its pictures and files lie beside it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  Adapter,
  AdapterHost,
  Block,
  InlineText,
  Message,
  Rate,
} from '../../src/chat/index.ts';
import { SAMPLE_BOT } from './load.ts';

const FREE: Rate = { intervalMs: 0.001, burst: 10_000 };

const inline = (text: InlineText): string =>
  text.map((part) => (typeof part === 'string' ? part : part.text)).join('');

function lines(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [block.text, '='.repeat([...block.text].length)];
    case 'text':
      return [inline(block.text)];
    case 'note':
      return [`(${inline(block.text)})`];
    case 'list':
      return block.items.map((item, i) => `${block.ordered ? `${i + 1}.` : '-'} ${inline(item)}`);
    case 'fields':
      return block.rows.map(({ label, value }) => `${label}: ${inline(value)}`);
    case 'table':
      return [block.columns.map(({ title }) => title), ...block.rows].map((row) => row.join(' | '));
    case 'image':
      return [`[${block.alt}]`];
    case 'file':
      return [`[${block.media.name}]`];
  }
}

export const asText = ({ blocks, buttons = [] }: Message): string =>
  [
    ...blocks.flatMap((block) => [...lines(block), '']),
    ...buttons.map((row) => row.map(({ label }) => `<${label}>`).join(' ')),
    '',
  ].join('\n');

export interface FolderAdapter extends Adapter<Message> {
  /** Messages written so far. */
  readonly written: number;
}

export function createFolderAdapter(folder: string): FolderAdapter {
  let host: AdapterHost | null = null;
  let written = 0;
  const perChat = new Map<string, number>();
  return {
    ...SAMPLE_BOT,
    abilities: {
      maxChars: 100_000,
      maxButtonsPerRow: 8,
      maxButtons: 100,
      maxDownloadBytes: 0,
      directMessage: 'always',
      contact: false,
      deepLink: null,
      forms: false,
      threads: false,
    },
    pace: { bot: { ...FREE, reserve: 0 }, chat: () => FREE },
    get written() {
      return written;
    },
    async start(given) {
      host = given;
    },
    async stop() {},
    paginate: (message) => [message],
    async send(to, message) {
      const n = (perChat.get(to.chat) ?? 0) + 1;
      perChat.set(to.chat, n);
      written += 1;
      const name = `${String(n).padStart(3, '0')}`;
      const into = join(folder, to.chat);
      await mkdir(into, { recursive: true });
      await writeFile(join(into, `${name}.txt`), asText(message));
      for (const block of message.blocks) {
        if (block.kind !== 'image' && block.kind !== 'file') continue;
        const bytes = await host?.media(block.media.sha256);
        if (bytes) await writeFile(join(into, `${name}-${block.media.name}`), bytes);
      }
      return { outcome: 'ok', ref: { at: to, id: String(written) } };
    },
    lookUp: null,
    home: null,
    edit: async (ref) => ({ outcome: 'ok', ref }),
    openDirect: async ({ user }) => ({ ...SAMPLE_BOT, chat: user }),
    download: async () => {
      throw new Error('a folder hands out no files');
    },
  };
}
