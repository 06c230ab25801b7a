/** Draws Block Kit as Slack does, near enough to be looked at: for pictures, not for assertions. */

type Json = Readonly<Record<string, unknown>>;

export interface Drawn {
  readonly title: string;
  readonly kind: 'message' | 'modal' | 'home';
  /** A message's blocks, or a view. */
  readonly content: readonly Json[] | Json;
}

const safe = (text: unknown): string =>
  String(text ?? '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(record) : []);
const textOf = (value: unknown): string => safe(record(value).text);

/** mrkdwn has few places here: escaped text, bold and links. */
const mrkdwn = (value: unknown): string =>
  String(record(value).text ?? '')
    .replace(/<(https?:[^|>]+)\|([^>]+)>/g, '<a>$2</a>')
    .replace(/(^|\s)\*([^*\n]+)\*/g, '$1<b>$2</b>')
    .replace(/\n/g, '<br>');

function inline(element: Json): string {
  const style = record(element.style);
  let html =
    element.type === 'link'
      ? `<a>${safe(element.text ?? element.url)}</a>`
      : element.type === 'user'
        ? `<a class="mention">@${safe(element.user_id)}</a>`
        : safe(element.text).replace(/\n/g, '<br>');
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
  return `<${tag} start="${Number(element.offset ?? 0) + 1}">${items.join('')}</${tag}>`;
}

const cell = (value: Json): string =>
  value.type === 'rich_text' ? list(value.elements).map(section).join('') : safe(value.text);

function table(block: Json): string {
  const settings = list(block.column_settings);
  const rows = Array.isArray(block.rows) ? block.rows : [];
  const drawn = rows.map((row, r) => {
    const tag = r === 0 ? 'th' : 'td';
    const cells = list(row).map(
      (each, c) => `<${tag} class="${safe(settings[c]?.align)}">${cell(each)}</${tag}>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table>${drawn.join('')}</table>`;
}

function control(element: Json): string {
  const initial =
    element.initial_value ??
    element.initial_date ??
    record(record(element.initial_option).text).text;
  if (element.type === 'file_input') return '<div class="box drop">⇪</div>';
  const hint = element.type === 'datepicker' ? 'YYYY-MM-DD' : '';
  const arrow = /select|date/.test(String(element.type)) ? '<span class="arrow">▾</span>' : '';
  const tall = element.multiline ? ' tall' : '';
  return `<div class="box${tall}">${safe(initial ?? hint)}${arrow}</div>`;
}

function block(one: Json): string {
  switch (one.type) {
    case 'header':
      return `<h3>${textOf(one.text)}</h3>`;
    case 'rich_text':
      return list(one.elements).map(rich).join('');
    case 'section':
      return `<p>${mrkdwn(one.text)}</p>`;
    case 'context':
      return `<p class="context">${list(one.elements)
        .map((e) => (e.type === 'mrkdwn' ? mrkdwn(e) : safe(e.text)))
        .join(' ')}</p>`;
    case 'table':
      return table(one);
    case 'divider':
      return '<hr>';
    case 'image':
      return `<p class="picture">${safe(one.alt_text)}</p>`;
    case 'actions':
      return `<p class="actions">${list(one.elements)
        .map((e) => `<button class="${safe(e.style)}">${textOf(e.text)}</button>`)
        .join('')}</p>`;
    case 'input': {
      const optional = one.optional ? ' <small>(optional)</small>' : '';
      const hint = one.hint ? `<small class="hint">${textOf(one.hint)}</small>` : '';
      return `<label><b>${textOf(one.label)}</b>${optional}${control(record(one.element))}${hint}</label>`;
    }
    default:
      throw new Error(`no picture of a block of type ${String(one.type)}`);
  }
}

function drawn({ title, kind, content }: Drawn): string {
  const view = record(content);
  const blocks = Array.isArray(content) ? list(content) : list(view.blocks);
  const body = blocks.map(block).join('\n');
  const frame =
    kind === 'modal'
      ? `<header>${textOf(view.title)}</header>${body}<footer><button>${textOf(view.close)}</button>${
          view.submit ? `<button class="primary">${textOf(view.submit)}</button>` : ''
        }</footer>`
      : body;
  return `<figure><figcaption>${safe(title)}</figcaption><div class="${kind}">${frame}</div></figure>`;
}

const STYLE = `
  body { margin: 0; padding: 24px; background: #f4f2f0; color: #1d1c1d; columns: 2; column-gap: 24px;
    font: 15px/1.46 "Noto Sans", system-ui, sans-serif; }
  figure { break-inside: avoid; margin: 0 0 24px; }
  figcaption { font-size: 12px; color: #696969; margin-bottom: 6px; }
  figure > div { background: #fff; border: 1px solid #ddd; border-radius: 8px; padding: 12px 16px; }
  .modal { box-shadow: 0 8px 32px rgb(0 0 0 / 18%); }
  .modal header { font-weight: 800; font-size: 19px; border-bottom: 1px solid #ddd; padding-bottom: 8px; }
  .modal footer { text-align: right; border-top: 1px solid #ddd; padding-top: 12px; margin-top: 12px; }
  h3 { font-size: 18px; margin: 8px 0 4px; } p { margin: 6px 0; } ul, ol { margin: 6px 0; padding-left: 24px; }
  .context { font-size: 12.5px; color: #616061; }
  a { color: #1264a3; } .mention { background: #e8f5fa; }
  table { border-collapse: collapse; width: 100%; margin: 8px 0; font-size: 14px; }
  th, td { border: 1px solid #ddd; padding: 4px 8px; text-align: left; } th { background: #f8f8f8; }
  .right { text-align: right; }
  button { font: inherit; font-weight: 700; font-size: 13px; margin: 0 8px 4px 0; padding: 5px 12px;
    background: #fff; border: 1px solid #bbb; border-radius: 4px; }
  button.primary { background: #007a5a; border-color: #007a5a; color: #fff; }
  button.danger { color: #e01e5a; border-color: #e01e5a; }
  label { display: block; margin: 14px 0; } small { color: #616061; font-weight: 400; }
  .hint { display: block; margin-top: 4px; }
  .box { border: 1px solid #aaa; border-radius: 4px; padding: 8px 10px; min-height: 22px; margin-top: 4px;
    white-space: pre-wrap; } .tall { min-height: 88px; } .arrow { float: right; } .drop { text-align: center; }
  .picture { border: 1px dashed #aaa; padding: 32px; text-align: center; color: #616061; }
`;

/** One page with all of them, captions above. */
export const previewPage = (items: readonly Drawn[]): string =>
  `<!doctype html><html lang="vi"><meta charset="utf-8"><style>${STYLE}</style><body>${items
    .map(drawn)
    .join('\n')}</body></html>`;
