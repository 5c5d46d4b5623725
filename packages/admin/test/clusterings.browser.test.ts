import { payersCsv } from '@kindred/api/test/payers-csv.ts';
import { clusteringClient } from '@kindred/rest-adapter/test/clustering-client.ts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe-violations.ts';
import { type ConsoleServer, NO_BROWSER, openConsole, recordAddress, uploadCsv } from './open-console.ts';

const PHONE = { width: 390, height: 844 };
const CHARTS = { charts: ['pca', 'sizes', 'means', 'dendrogram'] };

describe.skipIf(NO_BROWSER)('clusterings in a browser', () => {
  let test: ConsoleServer;
  let dataset: string;
  let tree: string;
  const client = clusteringClient(() => test.server.url);

  beforeAll(async () => {
    // Its pipelines are the real ones.
    test = await openConsole({});
    await test.server.app.start();
    dataset = await uploadCsv(test.server.url, 'payers', payersCsv(200));
    const clustering = { clustering_algorithm: 'agglomerative', clustering: { n_clusters: 3 } };
    tree = await client.clustered(dataset, {
      ...clustering,
      columns: ['income', 'debt', 'age'],
      visualization: CHARTS,
    });
  }, 300_000);
  afterAll(() => test?.dispose());
  // Pages that nobody looks at any more take time from those that somebody does.
  afterEach(() => Promise.all(test.browser.contexts().map((context) => context.close())));

  const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();

  it('makes one by its form, which tells what is wrong, and runs it stage by stage and then to its end', async () => {
    const { page, errors } = await test.open('#/clusterings');
    await page.getByRole('link', { name: 'New clustering' }).click();
    await page.getByRole('combobox', { name: 'Data set' }).click();
    await page.getByRole('option', { name: /^payers/ }).click();
    await page.getByText('It fits').waitFor();
    const stage = page.getByRole('region', { name: 'Clustering', exact: true });
    await stage.getByRole('combobox', { name: 'Method' }).click();
    await page.getByRole('option', { name: 'k-means' }).click();
    await stage.getByRole('textbox', { name: 'Clusters', exact: true }).fill('0');
    await stage.getByText('Too small').waitFor();
    expect(await page.getByRole('button', { name: 'Create and run all' }).isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await stage.getByRole('textbox', { name: 'Clusters', exact: true }).fill('4');
    await page.getByText('It fits').waitFor();
    await page.getByRole('button', { name: 'Create, run stage by stage' }).click();

    const stages = page.getByRole('region', { name: 'Stages' });
    await stages.getByRole('button', { name: 'Preparation' }).click();
    await stages.locator('[data-stage=preprocess]:is([data-status=completed], [data-status=reused])').waitFor();
    await stages.getByRole('button', { name: 'Feature selection' }).waitFor();
    await stages.getByRole('button', { name: 'Run all' }).click();
    await page.locator('article[data-cluster]').nth(3).waitFor({ timeout: 120_000 });
    await page.locator('[data-stage=visualization]:is([data-status=completed], [data-status=reused])').waitFor({
      timeout: 120_000,
    });
    expect(await page.locator('article[data-cluster]').count()).toBe(4);
    expect(errors).toEqual([]);
  }, 300_000);

  it('shows charts, scores with what they are made of, and files', async () => {
    const { page, errors } = await test.open(recordAddress('clusterings', 'Job', tree));
    await page.locator('article[data-cluster]').first().waitFor();
    await page.getByRole('row', { name: /^Silhouette/ }).waitFor();
    await tab(page, 'Charts');
    await page.locator('canvas').first().waitFor();
    await page.getByRole('button', { name: 'Full size: Rows by their principal components' }).click();
    await page.getByRole('dialog').locator('canvas').waitFor();
    await page.keyboard.press('Escape');

    await tab(page, 'Risk');
    const rows = page.locator('[data-row]');
    await rows.first().waitFor();
    const scores = await page.locator('[data-band]').allInnerTexts();
    const values = scores.map((text) => Number.parseFloat(text));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    await rows.first().click();
    await page.locator('[data-waterfall] li').nth(2).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close' }).click();
    const bands = () => page.locator('[data-band=red]').count();
    const before = await bands();
    await page.getByRole('slider', { name: 'High from' }).focus();
    for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowRight');
    await expect.poll(bands).toBeLessThan(before);
    await page.getByRole('button', { name: 'New job with these thresholds' }).waitFor();

    await tab(page, 'Files');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'report.xlsx', exact: true }).click();
    expect((await download).suggestedFilename()).toBe('report.xlsx');
    expect(errors).toEqual([]);
  }, 240_000);

  it('moves the cut of a tree, shows what it leaves and takes it; then lays both side by side', async () => {
    const { page, errors } = await test.open(`${recordAddress('clusterings', 'Job', tree)}?tab=dendrogram`);
    await page.locator('[data-clusters="3"]').waitFor();
    await page.getByRole('slider').focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-clusters="4"]').waitFor();
    await page.getByRole('region', { name: 'Sizes' }).getByText('Cluster 3').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take this cut' }).click();
    await page.locator('article[data-cluster]').nth(3).waitFor({ timeout: 120_000 });
    await page.locator('[data-stage=visualization]:is([data-status=completed], [data-status=reused])').waitFor({
      timeout: 120_000,
    });
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Compare with another…' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /payers · Agglomerative · 3 clusters/ })
      .click();
    await page.getByRole('region', { name: 'Agreement' }).getByText('Rows in both').waitFor();
    await page.getByRole('cell', { name: 'clustering.params.n_clusters' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
  }, 300_000);

  it('saves a preset of a job, and deletes it unless that is undone', async () => {
    const { page } = await test.open(recordAddress('clusterings', 'Job', tree));
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Save as a preset…' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('trees');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.goto(`${test.server.url}/#/presets`);
    const card = page.locator('[data-preset=trees]');
    await card.getByText('Agglomerative').waitFor();
    expect(await violations(page)).toEqual([]);
    await card.getByRole('button', { name: 'Delete' }).click();
    await card.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await card.waitFor();
    const { json } = await client.call('GET', '/api/presets/?name=trees');
    expect(json).toHaveLength(1);
  }, 180_000);

  it('makes a schedule, which tells its next times, runs once now and is paused', async () => {
    const { page, errors } = await test.open('#/schedules');
    await page.getByRole('button', { name: 'New schedule' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('nightly');
    await dialog.getByRole('combobox', { name: /^Data set/ }).click();
    await page.getByRole('option', { name: 'payers' }).click();
    await dialog.getByLabel('Cron expression').fill('never');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Cron expression').fill('0 3 * * *');
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Create' }).click();
    const card = page.locator('[data-schedule=nightly]');
    await card.getByText('It has not run yet.').waitFor();
    await card.getByRole('button', { name: 'Run now' }).click();
    await card.locator('a [data-status]').waitFor();
    await card.getByRole('switch').click();
    await card.getByText('None while it is paused.').waitFor();
    expect(errors).toEqual([]);
  }, 180_000);

  it('searches, shows the best first, and makes a job of the winner', async () => {
    const { page, errors } = await test.open('#/searches/create');
    await page.getByRole('combobox', { name: 'Data set' }).click();
    await page.getByRole('option', { name: /^payers/ }).click();
    await page.getByRole('textbox', { name: 'Seconds to search' }).fill('4');
    await page.getByRole('button', { name: 'Start the search' }).click();
    await page.locator('[data-rank="1"]').waitFor({ timeout: 200_000 });
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'A clustering of rank 1', exact: true }).click();
    await page.getByRole('region', { name: 'Stages' }).waitFor();
    expect(errors).toEqual([]);
  }, 300_000);

  it('fits a phone, dark and in Russian', async () => {
    const { page } = await test.open('#/clusterings', {
      viewport: PHONE,
      hasTouch: true,
      colorScheme: 'dark',
      locale: 'ru',
    });
    const own = recordAddress('clusterings', 'Job', tree);
    const tabs = ['overview', 'charts', 'risk', 'dendrogram', 'files', 'parameters'].map(
      (name) => `${own}?tab=${name}`,
    );
    const offences: string[] = [];
    for (const address of ['#/clusterings', '#/clusterings/create', ...tabs, '#/presets', '#/searches/create']) {
      await page.goto(`${test.server.url}/${address}`);
      await page.locator('#main-content :is(section, table, ul, article)').first().waitFor();
      await page.waitForLoadState('networkidle');
      offences.push(...(await violations(page)).map((violation) => `${address}: ${violation}`));
      const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      if (sideways !== 0) offences.push(`${address}: ${sideways} pixels to scroll sideways`);
    }
    expect(offences).toEqual([]);
  }, 240_000);
});
