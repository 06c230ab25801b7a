import type { types } from '@slack/bolt';

const richText = (element: types.RichTextElement): string => {
  if (element.type === 'text') return element.text;
  if (element.type === 'link') return element.text ?? element.url;
  if (element.type === 'user') return `@${element.user_id}`;
  throw new Error(`an element nobody expects here: ${element.type}`);
};

const richBlockText = (block: types.RichTextBlock): string =>
  block.elements
    .map((part) => {
      if (part.type === 'rich_text_section') return part.elements.map(richText).join('');
      if (part.type !== 'rich_text_list') throw new Error(`unexpected ${part.type}`);
      return part.elements.map((item) => item.elements.map(richText).join('')).join('\n');
    })
    .join('\n');

/** What a block says, button labels and questions apart. */
export function blockText(block: types.AnyBlock): string {
  const known = block as types.KnownBlock;
  switch (known.type) {
    case 'header':
      return known.text.text;
    case 'rich_text':
      return richBlockText(known);
    case 'context':
      return known.elements.map((e) => ('text' in e ? e.text : '')).join('');
    case 'table':
      return known.rows
        .map((row) =>
          row
            .map((cell) => {
              if (cell.type === 'rich_text') return richBlockText(cell);
              return cell.type === 'raw_text' ? cell.text : '';
            })
            .join('\n'),
        )
        .join('\n');
    case 'actions':
    case 'input':
      return '';
    default:
      throw new Error(`unexpected block ${known.type}`);
  }
}

/** Buttons of actions blocks, in order. */
export const buttonsOf = (blocks: readonly types.AnyBlock[]): types.Button[] =>
  (blocks as readonly types.KnownBlock[]).flatMap((block) =>
    block.type === 'actions' ? block.elements.filter((e) => e.type === 'button') : [],
  );
