import { z } from 'zod';
import { because, SlackError } from '../errors.ts';
import { fileJson } from '../json.ts';
import { count, json, read, text } from '../params.ts';
import type { StoredFile, World } from '../world.ts';
import { type Method, readable } from './backstage.ts';

/** Slack's largest file. */
const FILE_BYTES = 1_000_000_000;
const ALT_CHARACTERS = 1000;

const getUploadUrl: Method = {
  scope: 'files:write',
  run(params, { world }) {
    const p = read(
      {
        filename: text.min(1),
        length: count(1, FILE_BYTES),
        alt_txt: text.max(ALT_CHARACTERS).optional(),
        alt_text: text.max(ALT_CHARACTERS).optional(),
      },
      params,
    );
    const file = world.keepFile(world.botUserId, p.filename, '', new Uint8Array(), {
      state: 'expected',
      announced: p.length,
      altText: p.alt_txt ?? p.alt_text ?? null,
    });
    return { upload_url: `${world.baseUrl}/upload/v1/${file.id}`, file_id: file.id };
  },
};

/** Without a channel: the file is the app's alone until a message shows it. */
const completeUpload: Method = {
  scope: 'files:write',
  run(params, { world }) {
    const entry = z.strictObject({ id: text, title: text.optional() });
    const p = read({ files: json(z.array(entry).min(1)) }, params);
    const found = p.files.map(({ id, title }) => {
      const file = world.files.get(id);
      if (file?.by !== world.botUserId) throw new SlackError('file_not_found');
      if (file.state !== 'uploaded') {
        throw because('invalid_arguments', ['the file was not uploaded, or is complete already']);
      }
      return { file, title: title ?? file.name };
    });
    return {
      files: found.map(({ file, title }) => {
        file.title = title;
        file.state = 'complete';
        file.polls = file.mime.startsWith('image/') ? world.picturePolls : 0;
        return { id: file.id, title };
      }),
    };
  },
};

const info: Method = {
  scope: 'files:read',
  run(params, stage) {
    const p = read({ file: text }, params);
    const file = readable(p.file, stage);
    const shown = fileJson(stage.world, file);
    if (file.polls > 0) file.polls -= 1;
    return { file: shown };
  },
};

/** Bytes that arrive at an `upload_url`. @throws as the upload server answers, in plain text. */
export function receiveUpload(world: World, id: string, bytes: Uint8Array): StoredFile {
  const file = world.files.get(id);
  if (file?.state !== 'expected') throw new SlackError('the upload address is not valid');
  if (bytes.length !== file.announced) throw new SlackError('another length than announced');
  file.bytes = bytes;
  file.mime = sniff(bytes);
  file.state = 'uploaded';
  return file;
}

/** PNG and JPEG by their first bytes; Slack tells the rest by their names. */
function sniff(bytes: Uint8Array): string {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg';
  return 'application/octet-stream';
}

export const FILES: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': info,
};
