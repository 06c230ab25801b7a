import type { Inline, Message } from '../../src/chat/index.ts';

const plain = (parts: readonly Inline[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');

/** Everything a message says, a line each; cells of a row are set apart by ` | `. */
export function messageText(message: Message): string {
  const lines = message.blocks.flatMap((block) => {
    switch (block.kind) {
      case 'heading':
        return [block.text];
      case 'text':
      case 'note':
        return [plain(block.text)];
      case 'list':
        return block.items.map((item) => `- ${plain(item)}`);
      case 'fields':
        return block.rows.map((row) => `${row.label}: ${plain(row.value)}`);
      case 'table':
        return [block.columns.map((c) => c.title), ...block.rows].map((cells) => cells.join(' | '));
      default:
        return [`[${block.kind}]`];
    }
  });
  return lines.join('\n');
}

/** The buttons as `label → action`. */
export const buttonsOf = (message: Message): Record<string, string> =>
  Object.fromEntries((message.buttons ?? []).flat().map((b) => [b.label, b.action]));
