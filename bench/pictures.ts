/**
 * `npm run bench:pictures`: how long each picture takes and how large it is. With a folder, the
 * pictures are written there to be looked at.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadTexts } from '../src/messages/catalogue.ts';
import { draw } from '../src/pictures/index.ts';
import { samplePictures } from '../tests/support/sample-pictures.ts';

const TIMES = 5;
const [folder] = process.argv.slice(2);
const texts = loadTexts();
if (folder) await mkdir(folder, { recursive: true });

const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const samples = Object.entries(samplePictures(texts.vi));
const first = samples[0]?.[1];
if (first) {
  const took = await milliseconds(() => draw(first));
  process.stdout.write(`the first picture of a process: ${took.toFixed(0)} ms\n`);
}
for (const [name, drawing] of samples) {
  const took: number[] = [];
  for (let i = 0; i < TIMES; i += 1) took.push(await milliseconds(() => draw(drawing)));
  took.sort((a, b) => a - b);
  const png = await draw(drawing);
  const height = new DataView(png.buffer, png.byteOffset).getUint32(20);
  const median = took[Math.floor(TIMES / 2)] ?? 0;
  process.stdout.write(
    `${name.padEnd(22)} 1080 × ${String(height).padStart(4)}  ${median.toFixed(0).padStart(5)} ms  ${(png.length / 1000).toFixed(0).padStart(4)} kB\n`,
  );
  if (folder) await writeFile(join(folder, `${name}.png`), png);
}
