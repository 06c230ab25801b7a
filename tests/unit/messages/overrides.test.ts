import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTexts, shippedTexts } from '../../../src/messages/catalogue.ts';
import { overrideProblems, TextsError } from '../../../src/messages/overrides.ts';

const problems = (source: string) => overrideProblems('vi.ftl', source, shippedTexts('vi'));

describe("the office's own texts", () => {
  it('may leave out what the shipped text says, comments and blank lines included', () => {
    expect(problems('# Lời chào\n\nmenu-greeting = Xin chào { $name }.\n')).toEqual([]);
    expect(problems('')).toEqual([]);
  });

  it('are refused by line, key and fix', () => {
    const source = [
      'error = Xin lỗi đồng chí.',
      'no-such-key = a',
      'menu-greeting { $name }',
      'menu-greeting = { $nobody }',
      'menu-choose = { $n }',
      'error = b',
    ].join('\n');
    expect(problems(source)).toEqual([
      'vi.ftl:2: no-such-key: no text has this key; "npm run admin -- texts find WORDS" tells the keys',
      'vi.ftl:3: not a text; write it as "key = words" on one line',
      'vi.ftl:4: menu-greeting: { $nobody } is not known there; use only { $name }, { $unit }',
      'vi.ftl:5: menu-choose: { $n } is not known there; it has no variables',
      'vi.ftl:6: error: is in the file twice; keep one',
    ]);
  });

  describe('in a folder', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'texts-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    it('replace one language and leave everything else', async () => {
      expect(() => loadTexts(folder)).toThrow(TextsError);
      await writeFile(join(folder, 'vi.ftl'), 'menu-choose = Mời đồng chí chọn.\n');
      const texts = loadTexts(folder);
      expect(texts.vi('menu-choose')).toBe('Mời đồng chí chọn.');
      expect(texts.en('menu-choose')).toBe(loadTexts().en('menu-choose'));
      expect(texts.vi('menu-baocao')).toBe(loadTexts().vi('menu-baocao'));
    });

    it('stop everything when one of them is wrong', async () => {
      await writeFile(join(folder, 'en.ftl'), 'nothing = x\n');
      expect(() => loadTexts(folder)).toThrow(/en\.ftl:1: nothing: no text has this key/);
    });
  });
});
