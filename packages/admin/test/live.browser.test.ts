import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@kindred/api/test/free-port.ts';
import { addressOf, type MainProcess, startMain } from '@kindred/rest-adapter/test/start-main.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsole } from '../scripts/build.ts';
import { type ConsoleTest, NO_BROWSER, openBrowser, PASSWORD, uploadCsv } from './open-console.ts';

const CSV = 'a,b\n1,2\n3,4\n';

/** The process that `npm start` runs, killed and started again on the same port while a page looks on. */
describe.skipIf(NO_BROWSER)('a console whose server goes away', () => {
  let dataDir: string;
  let port: string;
  let service: MainProcess;
  let test: ConsoleTest;
  let url: string;

  const start = async () => {
    service = startMain({ KINDRED_DATA: dataDir, PORT: port, KINDRED_ADMIN_PASSWORD: PASSWORD });
    url = await addressOf(service);
  };

  beforeAll(async () => {
    await buildConsole();
    dataDir = await mkdtemp(join(tmpdir(), 'kindred-console-'));
    port = String(await freePort());
    await start();
    test = await openBrowser(url);
  }, 240_000);
  afterAll(async () => {
    await test?.dispose();
    service?.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  it('says so, comes back by itself, and shows what happened meanwhile', async () => {
    const { page } = await test.open('#/datasets');
    await uploadCsv(url, 'before', CSV);
    await page.reload();
    await page.getByRole('cell', { name: 'before', exact: true }).waitFor();

    service.kill('SIGKILL');
    await page.locator('[data-connection=lost]').waitFor();
    // What was on the screen stays there.
    expect(await page.getByRole('cell', { name: 'before', exact: true }).count()).toBe(1);

    await start();
    await uploadCsv(url, 'meanwhile', CSV);
    await page.locator('[data-connection=live]').waitFor({ timeout: 60_000 });
    await page.getByRole('cell', { name: 'meanwhile', exact: true }).waitFor();
    // Nothing goes on turning.
    await expect.poll(() => page.getByRole('progressbar').count(), { timeout: 15_000 }).toBe(0);
  }, 240_000);

  it('leads to the sign-in when the session is over, and back', async () => {
    const { page, context } = await test.open('#/jobs');
    await context.clearCookies();
    await page.keyboard.press('r');
    await page.locator('input[type=password]').waitFor();
    await page.locator('input[autocomplete=username]').fill('admin');
    await page.locator('input[type=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await page.locator('[data-connection=live]').waitFor();
  }, 240_000);
});
