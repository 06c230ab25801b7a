/** Blocks to be right or wrong in one thing. */
import { SlackError } from '../../../fakes/slack/errors.ts';

export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
export const button = (more: object = {}) => ({
  type: 'button',
  action_id: 'b0.0',
  text: plain('Xem'),
  value: 'xem',
  ...more,
});
export const paragraph = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
export const input = (element: object, more: object = {}) => ({
  type: 'input',
  block_id: 'noi-dung',
  label: plain('Nội dung'),
  element: { action_id: 'value', ...element },
  ...more,
});
export const table = (rows: object[][], more: object = {}) => ({ type: 'table', rows, ...more });
export const cells = (count: number, text = 'x') =>
  Array.from({ length: count }, () => ({ type: 'raw_text', text }));
export const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

export function codeOf(run: () => void): string | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof SlackError) return error.code;
    throw error;
  }
}
