/**
 * Turns documents and workbooks into pictures, page by page, to be looked at:
 *
 *   npm run exports:look -- DIR
 *
 * For every .docx and .xlsx of the folder, pages come into its subfolder `look`. LibreOffice makes
 * them into PDF, poppler into pictures; both are looked for and, when missing, named.
 */
import { execFile } from 'node:child_process';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { SingleBar } from 'cli-progress';

const run = promisify(execFile);

/** Dots per inch: enough to read a table's smallest print. */
const RESOLUTION = '80';

const TOOLS = {
  soffice: 'LibreOffice (Debian: apt-get install libreoffice-writer libreoffice-calc)',
  pdftoppm: 'poppler (Debian: apt-get install poppler-utils)',
} as const;

async function missingTools(): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(TOOLS).map(async ([tool, name]) => {
      try {
        await run(tool, [tool === 'pdftoppm' ? '-v' : '--version']);
        return [];
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : null;
        return code === 'ENOENT' ? [`${tool} was not found. Install ${name}.`] : [];
      }
    }),
  );
  return found.flat();
}

/** A workbook and a document of the same name do not overwrite each other. */
async function look(folder: string, into: string, file: string): Promise<void> {
  const stem = file.replace(/\.(docx|xlsx)$/, '');
  const kind = extname(file).slice(1);
  // Its own profile: LibreOffice refuses to start twice on one.
  const profile = `-env:UserInstallation=file://${join(into, '.profile')}`;
  await run('soffice', [
    profile,
    '--headless',
    '--convert-to',
    'pdf',
    '--outdir',
    into,
    join(folder, file),
  ]);
  const pdf = join(into, `${stem}-${kind}.pdf`);
  await rename(join(into, `${stem}.pdf`), pdf);
  await run('pdftoppm', ['-r', RESOLUTION, '-png', pdf, join(into, `${stem}-${kind}`)]);
}

const [given] = process.argv.slice(2);
const problems = given === undefined ? ['npm run exports:look -- DIR'] : await missingTools();
if (given === undefined || problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
} else {
  const files = (await readdir(given)).filter((name) => /\.(docx|xlsx)$/.test(name)).sort();
  const target = resolve(given, 'look');
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const bar = new SingleBar({ format: 'Pages [{bar}] {value}/{total} {file}', noTTYOutput: false });
  bar.start(files.length, 0, { file: '' });
  for (const file of files) {
    await look(given, target, file);
    bar.increment(1, { file });
  }
  bar.stop();
  await rm(join(target, '.profile'), { recursive: true, force: true });
  process.stdout.write(`${files.length} files are in ${target}\n`);
}
