/** Lengths in pixels, and colours, of every picture. */

export const WIDTH = 1080;
export const MARGIN = 48;
export const INNER = WIDTH - 2 * MARGIN;

export const COLOUR = {
  paper: '#ffffff',
  ink: '#1c2430',
  quiet: '#56606e',
  line: '#d9dee5',
  card: '#f3f5f8',
  bar: '#3f6ea8',
  track: '#e8ecf1',
  own: '#b5232c',
  ownPaper: '#fdf3e4',
  ownTrack: '#f3e2c8',
  up: '#1f7a3d',
  down: '#8a5a00',
} as const;

export const SIZE = { title: 46, heading: 34, text: 30, small: 28, figure: 44 } as const;
