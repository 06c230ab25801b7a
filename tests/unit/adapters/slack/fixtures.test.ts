/**
 * What Slack is sent, kept in files to be read by people: a change of a text or of the rendering shows
 * in them. `npx vitest run <this file> -u` writes them anew; `npm run gallery` draws them.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blockComplaints, checkMessageBlocks } from '../../../fakes/slack/blocks.ts';
import { checkView, viewComplaints } from '../../../fakes/slack/views.ts';
import { slackSamples } from '../../../support/slack-samples.ts';

const FOLDER = new URL('../../../fixtures/slack/', import.meta.url);
const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const all = await slackSamples();

describe('what Slack is sent', () => {
  it.each(all)('$name', async (sample) => {
    const content = sample.kind === 'message' ? sample.pages : sample.view;
    await expect(pretty(content)).toMatchFileSnapshot(
      new URL(`${sample.name}.json`, FOLDER).pathname,
    );
    if (sample.kind !== 'message') {
      expect(viewComplaints(sample.view, sample.kind)).toEqual([]);
      checkView(sample.view, sample.kind);
      return;
    }
    expect(sample.pages.length).toBeGreaterThan(0);
    for (const { blocks, media } of sample.pages) {
      // A file alone in its page is posted as a link; a picture's own block comes with its upload.
      if (media?.as === 'file') expect(blocks).toEqual([]);
      else if (media === null || blocks.length > 0) {
        expect(blockComplaints(blocks, 'message')).toEqual([]);
        checkMessageBlocks(blocks);
      }
    }
  });

  it('has a file for nothing else', () => {
    const names = all.map(({ name }) => `${name}.json`);
    expect(readdirSync(FOLDER).filter((file) => !names.includes(file))).toEqual([]);
  });
});
