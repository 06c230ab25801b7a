import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @throws a sentence saying how to get a browser when there is none. */
function browserPath(): string {
  const asked = process.env.CHROMIUM_PATH;
  const found = (asked ? [asked] : USUAL).find((path) => existsSync(path));
  if (!found)
    throw new Error(
      asked
        ? `CHROMIUM_PATH=${asked} does not exist: set it to a Chromium or Chrome.`
        : 'No Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.',
    );
  return found;
}

export interface TestBrowser {
  readonly context: BrowserContext;
  /** A page whose uncaught errors and refused resources are gathered in `troubles`. */
  open(url: string): Promise<{ page: Page; troubles: string[] }>;
  close(): Promise<void>;
}

export const DESKTOP = { width: 1280, height: 800 } as const;
export const PHONE = { width: 390, height: 844 } as const;

/** A fresh browser with no profile, for pages of this machine only. */
export async function openBrowser(
  viewport: { width: number; height: number } = DESKTOP,
): Promise<TestBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath(),
    headless: true,
    viewport,
    locale: 'vi-VN',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
  return {
    context,
    async open(url) {
      const page = await context.newPage();
      const troubles: string[] = [];
      page.on('pageerror', (error) => troubles.push(error.message));
      page.on('console', (line) => {
        if (line.type() === 'error') troubles.push(line.text());
      });
      await page.goto(url);
      return { page, troubles };
    },
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
