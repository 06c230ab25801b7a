import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Started in an empty folder, where no `.env` of a developer can name a real bot. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** What `npm start` runs, with a folder of its own. */
export interface MainProcess {
  readonly url: string;
  /** Resolves with the first match in what it writes. @throws when it ends without one */
  writes(pattern: RegExp): Promise<RegExpExecArray>;
  /** Asks it to stop and waits; the exit code, or null when it had to be killed. */
  stop(): Promise<number | null>;
  /** Waits until it ends by itself. */
  ended(): Promise<number | null>;
  /** Starts it again on the same folder. */
  restart(): Promise<void>;
  /** Stops it and removes its folder. */
  close(): Promise<void>;
}

export async function startMain(env: Record<string, string> = {}): Promise<MainProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'main-'));
  const port = await freePort();
  let child: ChildProcess;
  let output = '';
  let ended: Promise<number | null>;
  let notice = (): void => undefined;

  const start = (): void => {
    output = '';
    child = spawn(process.execPath, ['--import', TSX, MAIN], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        DATA_DIR: join(folder, 'data'),
        PORT: String(port),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      notice();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    ended = new Promise((resolve) => {
      child.on('close', (code) => {
        resolve(code);
        notice();
      });
    });
  };
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  const stop = (): Promise<number | null> => {
    if (running()) child.kill('SIGTERM');
    return ended;
  };

  start();
  return {
    url: `http://127.0.0.1:${port}/`,
    async writes(pattern) {
      for (;;) {
        const found = pattern.exec(output);
        if (found) return found;
        if (!running()) throw new Error(`It ended without writing ${pattern}:\n${output}`);
        await new Promise<void>((resolve) => {
          notice = resolve;
        });
      }
    },
    stop,
    ended: () => ended,
    async restart() {
      await stop();
      start();
    },
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
