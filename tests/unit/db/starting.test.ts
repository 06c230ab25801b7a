import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { isUnavailable } from '../../../src/db/errors.ts';
import { lockFolder } from '../../../src/db/folder-lock.ts';
import { openDatabase } from '../../../src/db/open.ts';
import { startChild } from '../../support/child.ts';
import { maintain } from '../../support/database.ts';
import { recordingLog } from '../../support/turns.ts';

const OPEN_CHILD = new URL('../../support/open-child.ts', import.meta.url);
const folders: string[] = [];
const temporaryFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emulation-data-'));
  folders.push(folder);
  return folder;
};
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describe('PostgreSQL', () => {
  it('is brought up to date once when several processes start at once', async () => {
    const name = `start_${randomUUID().replaceAll('-', '')}`;
    await maintain(`create database ${name}`);
    const url = new URL(inject('postgresUrl'));
    url.pathname = `/${name}`;
    const children = [1, 2, 3].map(() => startChild(OPEN_CHILD, ['url', url.href]));
    expect(await Promise.all(children.map((child) => child.line('open')))).toEqual(
      Array(3).fill('open 0'),
    );
    expect(await Promise.all(children.map((child) => child.ended))).toEqual([0, 0, 0]);
    await maintain(`drop database ${name} with (force)`);
  });

  it('says that it is unavailable when nobody listens there', async () => {
    const error = await openDatabase({ url: 'postgres://u:secret@127.0.0.1:1/x' }).then(
      () => null,
      (e: unknown) => e,
    );
    expect(isUnavailable(error)).toBe(true);
    expect(String(error)).toMatch(/not available \(ECONNREFUSED\)/);
    expect(String(error)).not.toContain('secret');
  });
});

describe('the embedded database', () => {
  it('keeps what was committed when its process is killed, and says what it does not survive', async () => {
    const dataDir = join(await temporaryFolder(), 'data');
    const child = startChild(OPEN_CHILD, ['dataDir', dataDir]);
    await child.line('open 0');
    await expect(openDatabase({ dataDir })).rejects.toThrow(
      new RegExp(`in use by process ${child.process.pid}.*DATA_DIR`),
    );
    child.process.kill('SIGKILL');
    await child.ended;

    const log = recordingLog();
    const first = await openDatabase({ dataDir, log });
    expect(log.lines.map((line) => line.text).join()).toMatch(/killed process.*power cut/);
    await first.query(`insert into setting (key, value) values ('a', '1')`);
    await expect(openDatabase({ dataDir })).rejects.toThrow(/in use/);
    await first.close();
    const second = await openDatabase({ dataDir });
    expect(await second.query('select value from setting')).toEqual([{ value: 1 }]);
    await second.close();
    expect(isUnavailable(await second.query('select 1').catch((e: unknown) => e))).toBe(true);
  });

  it('says which folder it cannot open', async () => {
    const folder = await temporaryFolder();
    const dataDir = join(folder, 'data');
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'PG_VERSION'), 'not a database');
    await expect(openDatabase({ dataDir })).rejects.toThrow(/cannot be opened/);
    expect(await readdir(folder)).toEqual(['data']);
  });
});

describe('the folder lock', () => {
  const lockFile = async (content: string, age = 0) => {
    const folder = join(await temporaryFolder(), 'data');
    await writeFile(`${folder}.lock`, content);
    const then = new Date(Date.now() - age);
    await utimes(`${folder}.lock`, then, then);
    return folder;
  };

  it('is taken over from an earlier process with our number, as in a restarted container', async () => {
    const { hostname } = await import('node:os');
    const folder = await lockFile(`${process.pid}\n${hostname()}\n1\nx\n`);
    const release = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(/in use/);
    await release();
  });

  it('is respected from another machine while it is being touched', async () => {
    await expect(lockFolder(await lockFile('12\nelsewhere\n1\nx\n'))).rejects.toThrow(/in use/);
    const release = await lockFolder(await lockFile('12\nelsewhere\n1\nx\n', 60_000));
    await release();
  });

  it('goes to exactly one of many who find it abandoned', async () => {
    const folder = await lockFile('999999999\n\n\nx\n', 60_000);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const winner of winners) await winner.value();
    expect(await readdir(join(folder, '..'))).toEqual([]);
  });
});
