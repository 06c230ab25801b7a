/**
 * `npm run gallery`: draws `docs/slack.png` and three of the pictures that the bot sends,
 * `docs/picture-*.png`; with a path, a picture of everything there is from Slack.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadTexts } from '../src/messages/catalogue.ts';
import { draw } from '../src/pictures/index.ts';
import {
  chosenGallery,
  galleryItems,
  takePicture,
  wholeGallery,
} from '../tests/support/gallery.ts';
import { samplePictures } from '../tests/support/sample-pictures.ts';

const SENT = ['unit', 'group', 'digest'];

const docs = (name: string): string =>
  fileURLToPath(new URL(`../docs/${name}.png`, import.meta.url));

const [everything] = process.argv.slice(2);
if (everything) {
  await takePicture(wholeGallery(await galleryItems(), 4), 2000, everything);
} else {
  const samples = samplePictures(loadTexts().vi);
  for (const name of SENT) {
    const drawing = samples[name];
    if (!drawing) throw new Error(`there is no sample picture "${name}"`);
    await writeFile(docs(`picture-${name}`), await draw(drawing));
  }
  await takePicture(chosenGallery(await galleryItems()), 1500, docs('slack'));
}
