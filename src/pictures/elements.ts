/** Elements as satori takes them, written without JSX. Lengths are pixels of the picture. */

type Style = Readonly<Record<string, string | number>>;

export interface Element {
  readonly type: string;
  readonly props: {
    readonly style?: Style;
    readonly children?: string | readonly Element[];
    readonly [attribute: string]: unknown;
  };
}

/** What is to be left out is null. */
type Children = readonly (Element | null)[];

const present = (children: Children): Element[] => children.filter((child) => child !== null);

/** Children side by side. */
export const row = (style: Style, children: Children): Element => ({
  type: 'div',
  props: {
    style: { display: 'flex', boxSizing: 'border-box', ...style },
    children: present(children),
  },
});

/** Children one below another. */
export const column = (style: Style, children: Children): Element =>
  row({ flexDirection: 'column', ...style }, children);

/** So many characters without a gap do not fit into a line everywhere. */
const UNBROKEN = /\S{24,}/;

/**
 * Words, wrapped; one too long for a line is broken. NFC: the font has each Vietnamese letter whole, not its marks. A control character
 * has no width that could be laid out.
 */
export const words = (style: Style, text: string): Element => ({
  type: 'div',
  props: {
    style: {
      display: 'block',
      boxSizing: 'border-box',
      ...(UNBROKEN.test(text) && { wordBreak: 'break-word' }),
      ...style,
    },
    children: text.normalize('NFC').replace(/\p{Cc}/gu, ' '),
  },
});

/** At most so many lines, shortened at a word with an ellipsis. */
export const clamped = (lines: number, style: Style, text: string): Element =>
  words({ lineClamp: lines, ...style }, text);

/** A drawing of lines in a view box of its own size. */
export const figure = (
  size: { readonly width: number; readonly height: number },
  shapes: readonly Element[],
): Element => ({
  type: 'svg',
  props: { ...size, viewBox: `0 0 ${size.width} ${size.height}`, children: shapes },
});

export const shape = (type: string, attributes: Readonly<Record<string, unknown>>): Element => ({
  type,
  props: attributes,
});
