import { Job } from '@kindred/api/jobs/job.entity.ts';
import { rerunJob } from '@kindred/api/jobs/job.operations.ts';
import { sendToys } from '@kindred/api/test/toy-versions.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleServer, type ConsoleTest, NO_BROWSER, openBrowser, openConsole, signIn } from './open-console.ts';
import { openRelay, type Relay } from './relay.ts';

/** A phone at the edge of a town. */
const SLOW = { offline: false, latency: 400, downloadThroughput: 50 * 1024, uploadThroughput: 50 * 1024 };
const CSV = `age,city\n${Array.from({ length: 12_000 }, (_, at) => `${at % 90},${at % 3 ? 'Perm' : 'Omsk'}`).join('\n')}\n`;

describe.skipIf(NO_BROWSER)('a console on a slow line', () => {
  let test: ConsoleServer;
  let relay: Relay;
  let browser: ConsoleTest;
  let page: Page;
  let job: string;
  const errors: string[] = [];
  const blanks: string[] = [];

  beforeAll(async () => {
    test = await openConsole();
    await test.server.app.start();
    job = (await sendToys(test.server.app, 'v1', [1, 2, 3])).id;
    relay = await openRelay(test.server.url);
    browser = await openBrowser(relay.url);
    const context = await browser.browser.newContext({ locale: 'en', viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => errors.push(error.message));
    await page.exposeFunction('tellBlank', (address: string) => blanks.push(address));
    await page.addInitScript(watchForBlanks);
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.emulateNetworkConditions', SLOW);
  }, 240_000);
  afterAll(async () => {
    await browser?.dispose();
    await relay?.dispose();
    await test?.dispose();
  });

  const nothingTurns = () => expect.poll(() => page.getByRole('progressbar').count(), { timeout: 30_000 }).toBe(0);

  it('is never blank on its way to the sign-in, and sends there once', async () => {
    await page.goto(`${relay.url}/#/datasets`, { waitUntil: 'commit' });
    await page.getByText('Kindred', { exact: true }).first().waitFor();
    const before = await page.evaluate(() => history.length);
    await page.locator('input[type=password]').waitFor();
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(before + 1);
    expect(blanks).toEqual([]);
  }, 120_000);

  it('leads where one wanted to go, and shows what is being loaded until it is there', async () => {
    await signIn(page);
    await page.getByRole('heading', { level: 1, name: 'Data sets' }).waitFor();
    await page.locator('[data-connection=live]').waitFor();
    await nothingTurns();
    await page.getByRole('menuitem', { name: 'Clusterings' }).click();
    await page.getByRole('progressbar').first().waitFor();
    // What stood there before is not what was asked for.
    expect(await page.getByRole('button', { name: 'Choose files' }).count()).toBe(0);
    await page.getByRole('heading', { level: 1, name: 'Clusterings' }).waitFor();
    await nothingTurns();
    expect(blanks).toEqual([]);
  }, 120_000);

  it('takes a file, tells how much of it has left, and shows what is in it', async () => {
    await page.getByRole('menuitem', { name: 'Data sets' }).click();
    await page.locator('input[type=file]').setInputFiles({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(CSV),
    });
    const bar = page.locator('[data-upload=sending]').getByRole('progressbar');
    await expect
      .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 30_000 })
      .toBeGreaterThan(0);
    await page.locator('[data-upload=done]').waitFor();
    await page.getByRole('cell', { name: 'people', exact: true }).waitFor();
    await page.getByRole('region', { name: 'Uploads' }).getByRole('link', { name: 'Open' }).click();
    await page.getByRole('heading', { level: 1, name: 'people' }).waitFor();
    await page.getByRole('row', { name: /^city/ }).getByText('Perm (67%)').waitFor();
    await nothingTurns();
    expect(blanks).toEqual([]);
  }, 180_000);

  it('shows a job that came and ended while news were cut off, as soon as they are back', async () => {
    await page.getByRole('menuitem', { name: 'Jobs' }).click();
    const ended = page.locator('tbody [data-status=completed]');
    await ended.first().waitFor();
    const shown = await ended.count();
    relay.cut();
    await page.locator('[data-connection=lost]').waitFor();
    const { id } = await rerunJob(test.server.app, job, { params: { factor: 3 } });
    await expect.poll(() => statusOf(id), { timeout: 60_000 }).toBe('completed');
    // What was there stays there.
    expect(await ended.count()).toBe(shown);
    relay.mend();
    await page.locator('[data-connection=live]').waitFor();
    await expect.poll(() => ended.count(), { timeout: 30_000 }).toBe(shown + 1);
    // And news are news again.
    await rerunJob(test.server.app, job, { params: { factor: 4 } });
    await expect.poll(() => ended.count(), { timeout: 60_000 }).toBe(shown + 2);
    await nothingTurns();
    expect({ blanks, errors }).toEqual({ blanks: [], errors: [] });
  }, 240_000);

  const statusOf = async (id: string) => (await test.server.app.database.fork().findOneOrFail(Job, id)).status;
});

/** Runs in the page: tells where nothing at all is to be seen for longer than it takes to go elsewhere, once there was something. */
function watchForBlanks(): void {
  let begun = false;
  let blank = 0;
  setInterval(() => {
    const root = document.querySelector('#root');
    const something = (root?.textContent ?? '') !== '' || document.querySelector('[role=progressbar]') !== null;
    begun ||= something;
    blank = begun && !something ? blank + 1 : 0;
    if (blank === 4) (window as unknown as { tellBlank(address: string): void }).tellBlank(location.hash);
  }, 100);
}
