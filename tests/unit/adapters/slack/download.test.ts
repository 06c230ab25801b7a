import { describe, expect, it } from 'vitest';
import { downloadFile } from '../../../../adapters/slack/download.ts';
import { SCOPES } from '../../../../adapters/slack/manifest.ts';
import type { Attachment } from '../../../../src/chat/index.ts';
import type { FakeSlackOptions } from '../../../fakes/slack/index.ts';
import { PNG, workspace } from './kit.ts';

async function sent(options: Partial<FakeSlackOptions> = {}) {
  const here = await workspace(options);
  const file = here.world.keepFile(here.an.id, 'anh.png', 'image/png', PNG, { givenToApp: true });
  const attachment: Attachment = {
    ref: file.id,
    kind: 'photo',
    name: 'anh.png',
    mime: 'image/png',
    size: null,
  };
  return { ...here, file, attachment };
}

/** Answers `files.info` with this address for the file. */
const at = (url: string, mimetype = 'image/png') => ({
  kind: 'error' as const,
  code: 'x',
  fields: { ok: true, error: undefined, file: { id: 'F1', mimetype, url_private_download: url } },
});

describe('fetching a file', () => {
  it('brings the bytes', async () => {
    const { reach, attachment } = await sent();
    expect(new Uint8Array(await downloadFile(reach, attachment))).toEqual(PNG);
  });

  it('refuses what is too large before a byte is fetched', async () => {
    const { reach, attachment, file, fake } = await sent();
    const size = 20 * 1024 * 1024 + 1;
    await expect(downloadFile(reach, { ...attachment, size })).rejects.toThrow(/larger than/);
    expect(fake.calls).toEqual([]);
    file.bytes = new Uint8Array(size);
    await expect(downloadFile(reach, attachment)).rejects.toThrow(/larger than/);
    expect(fake.calls.map((call) => call.method)).toEqual(['files.info']);
  });

  it('says which right is missing, in either way Slack has of refusing', async () => {
    const scopes = SCOPES.filter((scope) => scope !== 'files:read');
    const { reach, attachment } = await sent({ scopes });
    await expect(downloadFile(reach, attachment)).rejects.toThrow(/files:read is missing/);
    const signedOut = await sent();
    signedOut.fake.failNext('download', { kind: 'garbage' });
    await expect(downloadFile(signedOut.reach, signedOut.attachment)).rejects.toThrow(
      /sign-in instead of the file/,
    );
  });

  it('gives the token to Slack alone', async () => {
    const { reach, attachment, fake } = await sent();
    for (const url of [
      'https://slack.com.evil.example/x',
      'https://notslack.com/x',
      'http://files.slack.com/x',
      'https://drive.google.com/x',
    ]) {
      fake.failNext('files.info', at(url));
      await expect(downloadFile(reach, attachment)).rejects.toThrow(/elsewhere/);
    }
  });

  it('says why not, without token or address', async () => {
    const { reach, attachment, file, fake } = await sent();
    fake.failNext('download', { kind: 'status', code: 503 });
    await expect(downloadFile(reach, attachment)).rejects.toThrow(/answered 503/);
    fake.failNext('download', { kind: 'reset' });
    const reset: unknown = await downloadFile(reach, attachment).catch((error: unknown) => error);
    expect(String(reset)).toMatch(/could not be fetched/);
    expect(String(reset)).not.toMatch(/xoxb|127\.0\.0\.1/);
    file.state = 'deleted';
    await expect(downloadFile(reach, attachment)).rejects.toThrow(/file_deleted/);
  });
});
