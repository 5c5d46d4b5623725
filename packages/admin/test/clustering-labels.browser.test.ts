import { payersCsv } from '@kindred/api/test/payers-csv.ts';
import { clusteringClient } from '@kindred/rest-adapter/test/clustering-client.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe-violations.ts';
import { type ConsoleServer, NO_BROWSER, openConsole, recordAddress, uploadCsv } from './open-console.ts';

describe.skipIf(NO_BROWSER)('labels for other tables in a browser', () => {
  let test: ConsoleServer;
  let job: string;
  const client = clusteringClient(() => test.server.url);

  beforeAll(async () => {
    test = await openConsole({});
    await test.server.app.start();
    const dataset = await uploadCsv(test.server.url, 'payers', payersCsv(200));
    await uploadCsv(test.server.url, 'newcomers', 'debt,income,age\n5,21,\n60,40,30\n8,91,\n');
    await uploadCsv(test.server.url, 'strangers', 'income,colour\nmany,red\nfew,blue\n');
    job = await client.clustered(
      dataset,
      {
        clustering_algorithm: 'kmeans',
        clustering: { n_clusters: 3 },
        columns: ['income', 'debt'],
        preprocessing: { outlier_action: 'keep' },
      },
      'clustering',
    );
  }, 300_000);
  afterAll(() => test?.dispose());
  afterEach(() => Promise.all(test.browser.contexts().map((context) => context.close())));

  it('tells why a table cannot have them; gives another one its labels, counted and as a file', async () => {
    const { page, errors } = await test.open(recordAddress('clusterings', 'Job', job));
    await page.getByRole('button', { name: 'Label another table…' }).click();
    const dialog = page.getByRole('dialog');
    const choose = async (name: string) => {
      await dialog.getByRole('combobox', { name: 'Data set' }).click();
      await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
    };
    await choose('strangers');
    const alert = dialog.getByRole('alert');
    await alert.getByText('The column debt (number) is missing.').waitFor();
    await alert.getByText('has no column colour').waitFor();
    await alert.getByText('The column income is of type text; the clustering was fitted on type number.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Label its rows' }).isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);

    await choose('newcomers');
    await dialog.getByRole('button', { name: 'Label its rows' }).click();
    const card = page.locator('[data-labelling=newcomers]');
    await card.locator('[data-status=completed]').waitFor({ timeout: 60_000 });
    await card.getByText('Cluster 2').waitFor();
    expect(await card.getByText('1 (33%)').count()).toBe(3);
    expect(await violations(page)).toEqual([]);
    const download = page.waitForEvent('download');
    await card.getByRole('link', { name: /^Download the labels/ }).click();
    expect((await download).suggestedFilename()).toBe('labelled.csv');
    expect(errors).toEqual([]);
  }, 180_000);
});
