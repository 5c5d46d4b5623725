import { existsSync } from 'node:fs';
import { ensureAdministrator } from '@kindred/api/access/first-administrator.ts';
import type { AppParts } from '@kindred/api/app.ts';
import { definePipeline } from '@kindred/api/pipelines/pipeline.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '@kindred/api/test/toy-pipeline.ts';
import { startTestServer, type TestServer } from '@kindred/rest-adapter/test/start-test-server.ts';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { buildConsole } from '../scripts/build.ts';

/** Toys under the names of the pipelines that the service asks for: their jobs last as long as a test wants. */
export const TOYS: AppParts = {
  pipelines: [
    toyPipeline,
    definePipeline({ ...toyPipeline, name: 'lookalike' }),
    definePipeline({ ...toyPipeline, name: 'clustering' }),
  ],
  stagesModule: TOY_STAGES_MODULE,
};

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Where there is no Chromium, tests are SKIPPED and say so. */
export const NO_BROWSER = existsSync(CHROMIUM) ? undefined : `SKIPPED: there is no ${CHROMIUM}; CHROMIUM names another`;
if (NO_BROWSER) console.warn(NO_BROWSER);

const NAME = 'admin';
export const PASSWORD = 'correct horse battery';

export interface ConsoleTest {
  readonly browser: Browser;
  /** A page of a browser of its own, on which somebody is signed in. */
  open(address?: string, options?: BrowserContextOptions & { readonly name?: string }): Promise<OpenedPage>;
  dispose(): Promise<void>;
}

export interface OpenedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors that the page has told its console, or nobody has caught. */
  readonly errors: readonly string[];
}

/** Chromium on a console that is served at the address. */
export async function openBrowser(url: string): Promise<ConsoleTest> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  return {
    browser,
    async open(address = '#/', { name = NAME, ...options } = {}) {
      const context = await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      const errors: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(`${url}/${address}`);
      await signIn(page, name);
      // Signing in leads to where one wanted to go only when react-admin has sent one away from there.
      await page.goto(`${url}/${address}`);
      await page.locator('[data-connection=live]').waitFor();
      return { page, context, errors };
    },
    dispose: () => browser.close(),
  };
}

export async function signIn(page: Page, name = NAME, password = PASSWORD): Promise<void> {
  await page.locator('input[autocomplete=username]').fill(name);
  await page.locator('input[type=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.locator('#main-content').waitFor();
}

export interface ConsoleServer extends ConsoleTest {
  readonly server: TestServer;
}

/** Where the console shows a record. */
export function recordAddress(page: string, type: string, uuid: string): string {
  return `#/${page}/${encodeURIComponent(Buffer.from(`${type}:${uuid}`).toString('base64'))}/show`;
}

/** @returns the uuid of a data set that is made of the text, over REST. */
export async function uploadCsv(url: string, name: string, csv: string): Promise<string> {
  const form = new FormData();
  form.set('name', name);
  form.set('file', new File([csv], `${name}.csv`));
  const response = await fetch(`${url}/api/datasets/`, { method: 'POST', body: form });
  return ((await response.json()) as { readonly id: string }).id;
}

/** The whole service with its console, on a port and a database of its own, and a browser on it. Jobs run where the app is started. */
export async function openConsole(parts: AppParts = TOYS, env: Record<string, string> = {}): Promise<ConsoleServer> {
  await buildConsole();
  const server = await startTestServer({ KINDRED_ADMIN_PASSWORD: PASSWORD, ...env }, parts, {});
  await ensureAdministrator(server.app);
  const test = await openBrowser(server.url);
  return {
    ...test,
    server,
    async dispose() {
      await test.dispose();
      await server.dispose();
    },
  };
}
