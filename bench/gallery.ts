/** `npm run gallery`: draws `docs/slack.png`; with a path, a picture of everything there. */
import { fileURLToPath } from 'node:url';
import {
  chosenGallery,
  galleryItems,
  takePicture,
  wholeGallery,
} from '../tests/support/gallery.ts';

const [everything] = process.argv.slice(2);
const items = await galleryItems();
if (everything) await takePicture(wholeGallery(items, 4), 2000, everything);
else
  await takePicture(
    chosenGallery(items),
    1500,
    fileURLToPath(new URL('../docs/slack.png', import.meta.url)),
  );
