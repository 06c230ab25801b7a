/** Draws Block Kit as Slack does, near enough to be looked at: for pictures, not for assertions. */
import { BLOCK_KIT_STYLE } from './block-kit-style.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Drawn {
  readonly name: string;
  /** Pages of a message (`SlackPage[]`), or a view. */
  readonly content: unknown;
}

const safe = (text: unknown): string =>
  String(text ?? '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(record) : []);
const lines = (text: unknown): string => safe(text).replace(/\n/g, '<br>');
const textOf = (value: unknown): string => lines(record(value).text);

function inline(element: Json): string {
  const style = record(element.style);
  let html = lines(element.text);
  if (element.type === 'link') html = `<a>${lines(element.text ?? element.url)}</a>`;
  if (element.type === 'user') html = `<a class="mention">@${safe(element.user_id)}</a>`;
  if (style.bold) html = `<b>${html}</b>`;
  if (style.italic) html = `<i>${html}</i>`;
  if (style.code) html = `<code>${html}</code>`;
  return html;
}

const section = (element: Json): string => list(element.elements).map(inline).join('');

function rich(element: Json): string {
  if (element.type !== 'rich_text_list') return `<p>${section(element)}</p>`;
  const tag = element.style === 'ordered' ? 'ol' : 'ul';
  const items = list(element.elements).map((item) => `<li>${section(item)}</li>`);
  return `<${tag}>${items.join('')}</${tag}>`;
}

const cell = (value: Json): string =>
  value.type === 'rich_text' ? list(value.elements).map(section).join('') : safe(value.text);

/** Slack gives a table the width of the message and scrolls what does not wrap. */
function table(block: Json): string {
  const settings = list(block.column_settings);
  const rows = Array.isArray(block.rows) ? block.rows : [];
  const drawn = rows.map((row, r) => {
    const cells = list(row).map((each, c) => {
      const { align, is_wrapped } = settings[c] ?? {};
      return `<td class="${safe(align)}${is_wrapped ? '' : ' whole'}">${cell(each)}</td>`;
    });
    return `<tr${r === 0 ? ' class="head"' : ''}>${cells.join('')}</tr>`;
  });
  return `<div class="table"><table>${drawn.join('')}</table></div>`;
}

function control(element: Json): string {
  const initial =
    element.initial_value ??
    element.initial_date ??
    record(record(element.initial_option).text).text;
  if (element.type === 'file_input') return '<div class="box drop"></div>';
  const arrow = /select|date/.test(String(element.type)) ? ' arrow' : '';
  const tall = element.multiline ? ' tall' : '';
  return `<div class="box${tall}${arrow}">${lines(initial)}</div>`;
}

function input(block: Json): string {
  const optional = block.optional ? ' <small class="optional"></small>' : '';
  const hint = block.hint ? `<small class="hint">${textOf(block.hint)}</small>` : '';
  const element = control(record(block.element));
  return `<label><b>${textOf(block.label)}</b>${optional}${element}${hint}</label>`;
}

function block(one: Json): string {
  switch (one.type) {
    case 'header':
      return `<h3>${textOf(one.text)}</h3>`;
    case 'rich_text':
      return list(one.elements).map(rich).join('');
    case 'context':
      return `<p class="context">${list(one.elements).map(textOf).join(' ')}</p>`;
    case 'table':
      return table(one);
    case 'divider':
      return '<hr>';
    case 'actions':
      return `<div class="actions">${list(one.elements)
        .map((e) => `<button class="${safe(e.style)}">${textOf(e.text)}</button>`)
        .join('')}</div>`;
    case 'input':
      return input(one);
    default:
      throw new Error(`no picture of a block of type ${String(one.type)}`);
  }
}

/** A picture stands under the text and over the buttons; a file is a card under its link. */
function page(content: Json): string {
  const blocks = list(content.blocks);
  const media = record(content.media);
  const draw = (some: readonly Json[]): string => some.map(block).join('\n');
  if (media.as === 'file')
    return `<a>${safe(media.name)}</a><p class="file">${safe(media.name)}</p>`;
  if (media.as !== 'image') return draw(blocks);
  const buttons = blocks.filter(({ type }) => type === 'actions');
  const others = blocks.filter(({ type }) => type !== 'actions');
  return `${draw(others)}<p class="picture">${safe(media.alt)}</p>${draw(buttons)}`;
}

const message = (pages: readonly Json[]): string =>
  pages
    .map(
      (each) =>
        `<div class="message"><i class="avatar"></i><div><p class="who"><b>thidua</b><em>APP</em></p>${page(each)}</div></div>`,
    )
    .join('\n');

function view(content: Json): string {
  const body = list(content.blocks).map(block).join('\n');
  if (content.type === 'home') return `<div class="home">${body}</div>`;
  const submit = content.submit ? `<button class="primary">${textOf(content.submit)}</button>` : '';
  return `<div class="modal"><header>${textOf(content.title)}</header>${body}<footer><button>${textOf(content.close)}</button>${submit}</footer></div>`;
}

const figure = ({ name, content }: Drawn): string =>
  `<figure id="${safe(name)}"><figcaption>${safe(name)}</figcaption>${
    Array.isArray(content) ? message(list(content)) : view(record(content))
  }</figure>`;

/** One page with all of them in columns, names above. The columns are filled one after the other. */
export const previewPage = (columns: readonly (readonly Drawn[])[]): string =>
  `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Slack</title><link rel="icon" href="data:,"><style>${BLOCK_KIT_STYLE}</style></head><body>${columns
    .map((column) => `<main>${column.map(figure).join('\n')}</main>`)
    .join('\n')}</body></html>`;
