/** The page that pictures of Slack are taken of shows all that is sent, in a real browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, openBrowser, type TestBrowser } from '../support/browser.ts';
import { chosenGallery, galleryItems, wholeGallery } from '../support/gallery.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser(DESKTOP);
});
afterAll(() => browser.close());

/** Words that people read, wherever they stand in a page or view; a table's empty cells apart. */
function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === 'options') return [];
    if (typeof inner !== 'string') return wordsIn(inner);
    return ['text', 'initial_value', 'initial_date', 'alt'].includes(name) ? [inner] : [];
  });
}

/** Of a message the notice is not drawn: Slack shows it elsewhere. */
const drawnOf = (content: unknown): unknown =>
  Array.isArray(content) ? content.map(({ text: _notice, ...page }) => page) : content;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const pageOf = (html: string): string => `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;

describe('the gallery', () => {
  it('draws every file, each word of it, within its column and without an error', async () => {
    const items = await galleryItems();
    expect(items.length).toBeGreaterThan(20);
    const { page, troubles } = await browser.open(pageOf(wholeGallery(items, 4)));
    const figures = page.locator('figure');
    const ids = await figures.evaluateAll((all) => all.map(({ id }) => id));
    expect(ids).toEqual(items.map(({ name }) => name));
    const shownOf = await figures.allInnerTexts();
    for (const [i, { name, content }] of items.entries()) {
      const shown = oneLine(shownOf[i] ?? '');
      const words = wordsIn(drawnOf(content)).map(oneLine);
      expect(words.length).toBeGreaterThan(0);
      for (const word of words) expect(shown, name).toContain(word);
    }
    const wide = await figures.evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth).map(({ id }) => id),
    );
    expect(wide).toEqual([]);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it('has everything the README’s picture is made of', async () => {
    const { page, troubles } = await browser.open(pageOf(chosenGallery(await galleryItems())));
    expect(await page.locator('figure').count()).toBeGreaterThan(3);
    expect(troubles).toEqual([]);
    await page.close();
  });
});
