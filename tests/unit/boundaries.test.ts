import { describe, expect, it } from 'vitest';
import { importsOf, type SourceFile, sourceFiles } from '../support/source-files.ts';

const CORE = [
  'chat',
  'flows',
  'campaign',
  'people',
  'reports',
  'standings',
  'messages',
  'engine',
  'digests',
];
const core = CORE.flatMap((folder) => sourceFiles(`src/${folder}`, ['.ts']));
const exported = sourceFiles('src/exports', ['.ts']);
const adapters = sourceFiles('adapters', ['.ts']);

/** Packages that are pure computation. */
const PURE = ['zod', 'temporal-polyfill', '@fluent/bundle', 'csv-parse/sync', 'jsonc-parser'];
/** Core files that read a file the composition root names, and nothing else of the outer world. */
const READS_FILES = ['src/campaign/load.ts', 'src/messages/catalogue.ts'];

const offences = (
  files: SourceFile[],
  allowed: (file: SourceFile, target: string, typeOnly: boolean) => boolean,
) =>
  files.flatMap((file) =>
    importsOf(file)
      .filter(({ target, typeOnly }) => !allowed(file, target, typeOnly))
      .map(({ target }) => `${file.path} imports ${target}`),
  );

describe('import directions', () => {
  it('the contract imports only itself and zod', () => {
    expect(
      offences(
        core.filter((f) => f.path.startsWith('src/chat/')),
        (_, target) => target === 'zod' || target.startsWith('src/chat/'),
      ),
    ).toEqual([]);
  });

  it('core imports core and pure packages; the tables only as types', () => {
    expect(
      offences(core, (file, target, typeOnly) => {
        if (CORE.some((folder) => target.startsWith(`src/${folder}/`))) return true;
        if (PURE.includes(target)) return true;
        if (READS_FILES.includes(file.path) && target.startsWith('node:')) return true;
        return typeOnly && (target === 'src/db/schema.ts' || target === 'drizzle-orm');
      }),
    ).toEqual([]);
  });

  it('documents and workbooks are made from core alone, with the packages that write them', () => {
    const writers = ['docx', 'write-excel-file/node', 'write-excel-file/utility'];
    // Large files are written in a thread of their own.
    const threads = ['src/exports/write.ts', 'src/exports/write-thread.ts'];
    expect(
      offences(exported, (file, target) => {
        if (threads.includes(file.path) && target === 'node:worker_threads') return true;
        if ([...CORE, 'exports'].some((folder) => target.startsWith(`src/${folder}/`))) return true;
        return PURE.includes(target) || writers.includes(target);
      }),
    ).toEqual([]);
  });

  it('an adapter imports the contract, itself and its platform, never the core or another adapter', () => {
    expect(
      offences(adapters, (file, target) => {
        if (target.startsWith('src/')) return target.startsWith('src/chat/');
        const own = file.path.split('/').slice(0, 2).join('/');
        return target.startsWith('adapters/') ? target.startsWith(`${own}/`) : true;
      }),
    ).toEqual([]);
  });

  it('pictures import what draws and, as types, what is drawn; one file reads the font', () => {
    const pictures = sourceFiles('src/pictures', ['.ts']);
    expect(pictures.length).toBeGreaterThan(3);
    expect(
      offences(pictures, (file, target, typeOnly) => {
        if (target.startsWith('src/pictures/')) return true;
        if (file.path === 'src/pictures/fonts.ts') return target === 'node:fs/promises';
        if (file.path === 'src/pictures/png.ts') return ['node:util', 'node:zlib'].includes(target);
        if (['satori', '@resvg/resvg-js'].includes(target)) return true;
        return typeOnly && target === 'src/messages/drawing.ts';
      }),
    ).toEqual([]);
  });

  it('core has no clock, environment or console of its own', () => {
    const forbidden =
      /\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\b|\bprocess\.|\bconsole\.|\bsetTimeout\(|\bsetInterval\(|\bMath\.random\(/;
    const all = [...core, ...exported];
    expect(all.filter((file) => forbidden.test(file.text)).map((file) => file.path)).toEqual([]);
  });
});

describe('size', () => {
  it('a source file holds one idea: at most 400 lines', () => {
    const long = [
      ...sourceFiles('src', ['.ts']),
      ...adapters,
      ...sourceFiles('tests', ['.ts']),
      ...sourceFiles('bench', ['.ts']),
    ].filter((file) => file.path !== 'src/db/schema.ts' && file.text.split('\n').length > 401);
    expect(long.map((file) => file.path)).toEqual([]);
  });
});
