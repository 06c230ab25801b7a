import type { DrawnPart } from '../messages/drawing.ts';
import { column, type Element, figure, row, shape, words } from './elements.ts';
import { COLOUR, INNER, SIZE } from './theme.ts';

type Points = Extract<DrawnPart, { kind: 'trend' }>['points'];

const HEIGHT = 170;
const INSET = 14;
/** More figures than this in a row would touch one another. */
const FIGURES = 7;

/** A line over the names of its points; where they are many, every second figure, the last one always. */
export function drawTrend(points: Points): Element {
  const step = INNER / points.length;
  const at = points.map(({ share }, i) => ({
    x: step * (i + 0.5),
    y: INSET + (1 - share) * (HEIGHT - 2 * INSET),
  }));
  const spoken = (i: number): boolean =>
    points.length <= FIGURES || (points.length - 1 - i) % 2 === 0;
  const cells = (texts: readonly string[], colour: string, weight: number): Element =>
    row(
      { width: INNER },
      texts.map((text) =>
        row({ width: step, justifyContent: 'center', overflow: 'visible' }, [
          words(
            { fontSize: SIZE.small, color: colour, fontWeight: weight, whiteSpace: 'nowrap' },
            text,
          ),
        ]),
      ),
    );
  return column({ marginTop: 16, width: INNER }, [
    cells(
      points.map(({ value }, i) => (spoken(i) ? value : ' ')),
      COLOUR.ink,
      700,
    ),
    figure({ width: INNER, height: HEIGHT }, [
      shape('line', {
        x1: 0,
        y1: HEIGHT - 1,
        x2: INNER,
        y2: HEIGHT - 1,
        stroke: COLOUR.line,
        'stroke-width': 2,
      }),
      shape('polyline', {
        points: at.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '),
        fill: 'none',
        stroke: COLOUR.bar,
        'stroke-width': 6,
        'stroke-linejoin': 'round',
        'stroke-linecap': 'round',
      }),
      ...at.map(({ x, y }) =>
        shape('circle', { cx: x.toFixed(1), cy: y.toFixed(1), r: 9, fill: COLOUR.bar }),
      ),
    ]),
    cells(
      points.map(({ label }) => label),
      COLOUR.quiet,
      400,
    ),
  ]);
}
