/** From elements to a PNG, without a browser. */
import { renderAsync } from '@resvg/resvg-js';
import satori from 'satori';
import type { Element } from './elements.ts';
import { type Font, loadFonts } from './fonts.ts';
import { encodePng } from './png.ts';

let fonts: Promise<Font[]> | null = null;

/** Pixels; without a height the picture is as tall as what is in it. */
export interface Size {
  readonly width: number;
  readonly height?: number;
}

/** Letters become outlines, so that the picture needs no font. */
async function renderSvg(tree: Element, size: Size): Promise<string> {
  fonts ??= loadFonts();
  return satori(tree, { ...size, fonts: await fonts });
}

/**
 * The layout takes this thread about a tenth of a second; the drawing is done beside it. The tree has
 * to cover the picture: nothing of it may be transparent.
 */
export async function renderPng(tree: Element, size: Size): Promise<Uint8Array> {
  const image = await renderAsync(await renderSvg(tree, size), {
    font: { loadSystemFonts: false },
  });
  return encodePng({ width: image.width, height: image.height, rgba: image.pixels });
}
