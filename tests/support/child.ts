import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Child {
  readonly process: ChildProcess;
  /** Resolves with the next line of output that begins with `word`. @throws if the process ends first */
  line(word: string): Promise<string>;
  /** Resolves with the exit code, or null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** What it wrote to stderr so far. */
  errors(): string;
}

/** Runs a TypeScript file of the tests in a process of its own, which prints lines for the test. */
export function startChild(file: URL, args: readonly string[]): Child {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(file), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const errors: string[] = [];
  let notice = () => {};
  let over = false;
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(text);
    notice();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      over = true;
      notice();
      resolve(code);
    });
  });
  return {
    process: child,
    ended,
    errors: () => errors.join(''),
    async line(word) {
      for (;;) {
        const at = lines.findIndex((text) => text.startsWith(word));
        if (at >= 0) return lines.splice(at, 1)[0] ?? '';
        if (over) throw new Error(`It ended before saying "${word}": ${errors.join('')}`);
        await new Promise<void>((resolve) => {
          notice = resolve;
        });
      }
    },
  };
}
