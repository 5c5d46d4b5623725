import { payersCsv } from '@kindred/api/test/payers-csv.ts';
import { startTestServer, type TestServer } from '@kindred/rest-adapter/test/start-test-server.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleTest, NO_BROWSER, openBrowser } from './open-console.ts';

const ROWS = 100_000;
/** What the page asks for at the most, and so draws in a frame. */
const MOST_MARKS = 4000;

let server: TestServer;
let browser: ConsoleTest;
let page: Page;
let job: string;
const faults: string[] = [];

const ask = async (path: string, body?: object) => {
  const init = body && {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  };
  return (await fetch(`${server.url}/api/clustering-jobs/${path}`, init)).json();
};

const told = async () => (await page.locator('#told').textContent()) ?? '';
const points = async () => Number((await told()).replace(/ points.*/, '').replaceAll(',', ''));

/** Waits until what the page tells meets the condition. */
const untilTold = (pattern: RegExp) => expect.poll(told, { timeout: 30_000 }).toMatch(pattern);

/** Pixels of the canvas that something is drawn on: the drawing itself, not what the page says of it. */
const inked = () =>
  page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const pen = canvas?.getContext('2d');
    if (!canvas || !pen) throw new Error('no canvas');
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    let drawn = 0;
    for (let at = 3; at < data.length; at += 4) if (data[at] > 0) drawn++;
    return drawn;
  });

beforeAll(async () => {
  if (NO_BROWSER) return;
  server = await startTestServer({}, {});
  await server.app.start();
  const form = new FormData();
  form.set('file', new File([payersCsv(ROWS)], 'payers.csv'));
  const answer = await fetch(`${server.url}/api/datasets/`, { method: 'POST', body: form });
  const { id: dataset } = (await answer.json()) as { id: string };
  const parameters = {
    clustering_algorithm: 'kmeans',
    clustering: { n_clusters: 3 },
    dimensionality_reduction_method: 'pca',
    dimensionality_reduction: { n_components: 2 },
    columns: ['income', 'debt'],
    visualization: { charts: ['pca'] },
  };
  job = (await ask('', { dataset, parameters })).id;
  await ask(`${job}/execute_all_steps/`, {});
  while ((await ask(`${job}/`)).status !== 'Completed') await new Promise((resolve) => setTimeout(resolve, 500));
  browser = await openBrowser(server.url);
  page = await browser.browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(`${server.url}/points?job=${job}&chart=pca`);
}, 300_000);

afterAll(async () => {
  await browser?.dispose();
  await server?.dispose();
});

describe.skipIf(NO_BROWSER)('the page of 100,000 points', () => {
  it('draws all of them in a few thousand marks', async () => {
    await untilTold(/points in and around view, in/);
    expect(await points()).toBe(ROWS);
    const marks = Number(/in ([\d,]+) marks/.exec(await told())?.[1]?.replaceAll(',', ''));
    expect(marks).toBeGreaterThan(300);
    expect(marks).toBeLessThanOrEqual(MOST_MARKS);
    expect(await inked()).toBeGreaterThan(10_000);
    const counts = await page.locator('#legend button span').allTextContents();
    expect(counts.map((count) => Number(count.replaceAll(',', ''))).reduce((a, b) => a + b)).toBe(ROWS);
  });

  it('has a picture of under 300 KB', async () => {
    const address = await page.locator('#png').getAttribute('href');
    const picture = Buffer.from(await (await fetch(new URL(address ?? '', server.url))).arrayBuffer());
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.length).toBeLessThan(300_000);
  });

  it('answers every turn of the wheel with a frame, until each point stands alone, and goes back by a key', async () => {
    await page.locator('#plot').hover({ position: { x: 640, y: 350 } });
    for (let turn = 0; turn < 60 && !(await told()).includes('each one shown'); turn++) {
      await page.mouse.wheel(0, -240);
      // Drawn before the next one is looked at: the hand is not kept waiting for the server.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
      if (turn % 4 === 3) await page.waitForTimeout(250);
    }
    await untilTold(/each one shown/);
    expect(await points()).toBeLessThanOrEqual(MOST_MARKS);
    await page.locator('#plot').press('0');
    await untilTold(/points in and around view, in/);
    expect(await points()).toBe(ROWS);
  });

  it('moves under the hand', async () => {
    await page.locator('#plot').press('+');
    await page.waitForTimeout(300);
    const before = await page.evaluate(() => document.querySelector('canvas')?.toDataURL());
    await page.mouse.move(700, 400);
    await page.mouse.down();
    await page.mouse.move(560, 340, { steps: 20 });
    await page.mouse.up();
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => document.querySelector('canvas')?.toDataURL())).not.toBe(before);
    await page.locator('#plot').press('0');
    await untilTold(/^100,000 points/);
  });

  it('hides a cluster and shows it again', async () => {
    const whole = await inked();
    const first = page.locator('#legend button').first();
    await first.click();
    expect(await first.getAttribute('aria-pressed')).toBe('false');
    expect(await inked()).toBeLessThan(whole);
    await first.click();
    expect(await inked()).toBe(whole);
  });

  it('says what is wrong with an address of no job', async () => {
    const other = await browser.browser.newPage();
    await other.goto(`${server.url}/points?job=none&chart=pca`);
    await expect.poll(() => other.locator('#told').textContent()).not.toBe('Loading');
    expect(await other.locator('#told').textContent()).toMatch(/no|not/i);
    await other.close();
  });

  it('ran without a fault', () => {
    expect(faults).toEqual([]);
  });
});
