/**
 * Draws what is to be said: a light page for a phone held upright. Telegram shows a picture at half of
 * this width and less, so nothing is smaller than 28 pixels.
 */
import type { Drawing, DrawnBar, DrawnChange, DrawnPart } from '../messages/drawing.ts';
import { clamped, column, type Element, figure, row, shape, words } from './elements.ts';
import { FAMILIES } from './fonts.ts';
import { COLOUR, INNER, MARGIN, SIZE, WIDTH } from './theme.ts';
import { drawTrend } from './trend.ts';

export const page = ({ title, lead, parts, foot }: Drawing): Element =>
  column(
    {
      width: WIDTH,
      padding: `0 ${MARGIN}px 40px`,
      backgroundColor: COLOUR.paper,
      color: COLOUR.ink,
      fontFamily: FAMILIES,
      fontSize: SIZE.text,
      lineHeight: 1.35,
    },
    [
      row({ width: WIDTH, height: 14, marginLeft: -MARGIN, backgroundColor: COLOUR.own }, []),
      clamped(4, { fontSize: SIZE.title, fontWeight: 700, lineHeight: 1.25, marginTop: 36 }, title),
      ...lead.map((line) => quiet({ marginTop: 8 }, line)),
      ...parts.map(part),
      row({ width: '100%', height: 2, marginTop: 36, backgroundColor: COLOUR.line }, []),
      ...foot.map((line) => quiet({ marginTop: 14 }, line)),
    ],
  );

const quiet = (style: Readonly<Record<string, string | number>>, line: string): Element =>
  words({ fontSize: SIZE.small, color: COLOUR.quiet, ...style }, line);

const heading = (line: string): Element =>
  clamped(3, { fontSize: SIZE.heading, fontWeight: 700, lineHeight: 1.3 }, line);

function part(given: DrawnPart): Element {
  switch (given.kind) {
    case 'facts':
      return facts(given.facts);
    case 'bars':
      return bars(given);
    case 'trend':
      return section([heading(given.heading), drawTrend(given.points)]);
    case 'list':
      return section([
        heading(given.heading),
        ...given.items.map((item) =>
          row({ marginTop: 14 }, [
            row(
              {
                width: 14,
                height: 14,
                borderRadius: 7,
                marginTop: 14,
                marginRight: 20,
                flexShrink: 0,
                backgroundColor: COLOUR.own,
              },
              [],
            ),
            clamped(4, { flexGrow: 1, flexBasis: 0 }, item),
          ]),
        ),
      ]);
    case 'text':
      return section([words({}, given.text)]);
  }
}

const section = (children: readonly Element[]): Element =>
  column({ marginTop: 40, width: '100%' }, children);

/** Cards, two in a row. */
function facts(given: Extract<DrawnPart, { kind: 'facts' }>['facts']): Element {
  const gap = 20;
  const width = (INNER - gap) / 2;
  return row({ marginTop: 28, width: '100%', flexWrap: 'wrap', gap }, [
    ...given.map(({ label, value, change }) =>
      column({ width, padding: '20px 26px', backgroundColor: COLOUR.card, borderRadius: 14 }, [
        quiet({ lineHeight: 1.25 }, label),
        row({ marginTop: 6, alignItems: 'center', flexWrap: 'wrap' }, [
          words({ fontSize: SIZE.figure, fontWeight: 700, lineHeight: 1.25 }, value),
          change && row({ marginLeft: 18 }, [changed(change)]),
        ]),
      ]),
    ),
  ]);
}

/** A triangle (the font has none) and by how much. */
function changed({ way, by }: DrawnChange): Element {
  const colour = way === 'same' ? COLOUR.quiet : COLOUR[way];
  const points = way === 'up' ? '11,2 21,20 1,20' : '1,3 21,3 11,21';
  return row({ alignItems: 'center', color: colour }, [
    way === 'same'
      ? row({ width: 20, height: 6, borderRadius: 3, backgroundColor: colour }, [])
      : figure({ width: 22, height: 22 }, [shape('polygon', { points, fill: colour })]),
    by === ''
      ? null
      : words({ fontSize: SIZE.small, marginLeft: 8, fontWeight: 700, whiteSpace: 'nowrap' }, by),
  ]);
}

function bars(given: Extract<DrawnPart, { kind: 'bars' }>): Element {
  return section([
    ...(given.heading === null ? [] : [heading(given.heading)]),
    ...(given.unit === null ? [] : [quiet({ marginTop: 4 }, given.unit)]),
    ...given.bars.map(bar),
    ...(given.more === null ? [] : [quiet({ marginTop: 16 }, given.more)]),
  ]);
}

const RANK = 62;
const VALUE = 250;
const PADDING = 14;

function bar({ rank, label, value, share, change, own, gap }: DrawnBar): Element {
  const indent = rank === null ? 0 : RANK;
  const width = INNER - 2 * PADDING - indent;
  // A result is to be seen, however small it is beside the largest.
  const length = share === 0 ? 0 : Math.max(12, Math.round(share * width));
  const line = { height: 12, borderRadius: 6 };
  return column({ width: '100%' }, [
    gap ? words({ marginTop: 4, marginLeft: 20, color: COLOUR.quiet }, '…') : null,
    row(
      {
        width: '100%',
        marginTop: 6,
        padding: `8px ${PADDING}px 12px`,
        borderRadius: 12,
        backgroundColor: own ? COLOUR.ownPaper : COLOUR.paper,
      },
      [
        rank === null
          ? null
          : words({ width: indent, color: COLOUR.quiet, fontWeight: 700, lineHeight: 1.3 }, rank),
        column({ width }, [
          row({ width, alignItems: 'flex-end' }, [
            clamped(
              3,
              { width: width - VALUE, lineHeight: 1.3, fontWeight: own ? 700 : 400 },
              label,
            ),
            row({ width: VALUE, justifyContent: 'flex-end', alignItems: 'center' }, [
              change && row({ marginRight: 18 }, [changed(change)]),
              words({ fontWeight: 700, lineHeight: 1.3, whiteSpace: 'nowrap' }, value),
            ]),
          ]),
          row(
            {
              width,
              ...line,
              marginTop: 6,
              backgroundColor: own ? COLOUR.ownTrack : COLOUR.track,
            },
            [row({ width: length, ...line, backgroundColor: own ? COLOUR.own : COLOUR.bar }, [])],
          ),
        ]),
      ],
    ),
  ]);
}
