/** The font of the pictures: the only file here that reads files. */
import { readFile } from 'node:fs/promises';

/** One family a file: satori looks for each letter in these, in order. */
const SUBSETS = ['latin', 'vietnamese', 'latin-ext'] as const;
const WEIGHTS = [400, 700] as const;

export interface Font {
  readonly name: string;
  readonly data: Buffer;
  readonly weight: (typeof WEIGHTS)[number];
  readonly style: 'normal';
}

/** For `font-family`. */
export const FAMILIES = SUBSETS.join(', ');

/** Be Vietnam Pro, regular and bold. */
export const loadFonts = (): Promise<Font[]> =>
  Promise.all(
    WEIGHTS.flatMap((weight) =>
      SUBSETS.map(async (name) => {
        const file = `@fontsource/be-vietnam-pro/files/be-vietnam-pro-${name}-${weight}-normal.woff`;
        const data = await readFile(new URL(import.meta.resolve(file)));
        return { name, data, weight, style: 'normal' as const };
      }),
    ),
  );
