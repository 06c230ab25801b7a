/** Blocks of one plain line, as most messages are made of. */
import type { Block } from '../chat/index.ts';

export const paragraph = (line: string): Block => ({ kind: 'text', text: [line] });
export const note = (line: string): Block => ({ kind: 'note', text: [line] });
