import type { Drawing } from '../messages/drawing.ts';

/**
 * A picture as PNG, 1080 pixels wide and as tall as what it says. What draws it is loaded with the
 * first one: a process that makes none starts faster without.
 */
export async function draw(drawing: Drawing): Promise<Uint8Array> {
  const [{ page }, { renderPng }] = await Promise.all([import('./draw.ts'), import('./render.ts')]);
  const { WIDTH } = await import('./theme.ts');
  return renderPng(page(drawing), { width: WIDTH });
}
