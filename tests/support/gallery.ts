/** Pictures of what Slack is sent, drawn from the files kept in `tests/fixtures/slack`. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Drawn, previewPage } from './block-kit-preview.ts';
import { openBrowser } from './browser.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/slack/', import.meta.url));

/** One column each of the README's picture. */
const SHOWN = [
  ['form-report', 'receipt'],
  ['verification-request', 'form-reason', 'author-returned'],
  ['board', 'home-head'],
];

/** Everything there is a file of, by name. */
export async function galleryItems(): Promise<Drawn[]> {
  const files = (await readdir(FIXTURES)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -'.json'.length),
      content: JSON.parse(await readFile(join(FIXTURES, file), 'utf8')),
    })),
  );
}

/** A page of all of them with their names, in so many columns. */
export function wholeGallery(items: readonly Drawn[], columns: number): string {
  const each = Math.ceil(items.length / columns);
  const parts = Array.from({ length: columns }, (_, c) => items.slice(c * each, (c + 1) * each));
  return previewPage(parts).replace('<body>', '<body class="captions">');
}

/** The few of the README's picture. */
export function chosenGallery(items: readonly Drawn[]): string {
  const named = (name: string): Drawn => {
    const item = items.find((one) => one.name === name);
    if (!item) throw new Error(`There is no ${name}.json in ${FIXTURES}.`);
    return item;
  };
  return previewPage(SHOWN.map((names) => names.map(named)));
}

/** Opens a page in a headless browser, `width` pixels wide, and takes its picture into a PNG file. */
export async function takePicture(html: string, width: number, png: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gallery-'));
  const browser = await openBrowser({ width, height: 600 });
  try {
    const file = join(folder, 'gallery.html');
    await writeFile(file, html);
    const { page } = await browser.open(pathToFileURL(file).href);
    await page.screenshot({ path: png, fullPage: true });
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}
