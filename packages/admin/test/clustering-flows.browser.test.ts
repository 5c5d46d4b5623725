import { payersCsv } from '@kindred/api/test/payers-csv.ts';
import { clusteringClient } from '@kindred/rest-adapter/test/clustering-client.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe-violations.ts';
import { type ConsoleServer, NO_BROWSER, openConsole, recordAddress, uploadCsv } from './open-console.ts';

/** Shops around three towns; one has its two coordinates exchanged, one has none. */
function shopsCsv(): string {
  const towns = [
    [55.75, 37.6],
    [59.9, 30.3],
    [56.8, 60.6],
  ] as const;
  const lines = ['shop,latitude,longitude,sales'];
  for (let shop = 0; shop < 45; shop++) {
    const [latitude, longitude] = towns[shop % 3] ?? [0, 0];
    const place = [latitude + (shop % 7) / 50, longitude + (shop % 5) / 50].map((degrees) => degrees.toFixed(4));
    const told = shop === 9 ? place.toReversed() : shop === 20 ? ['', ''] : place;
    lines.push(`Shop ${shop},${told.join(',')},${100 * ((shop % 3) + 1) + shop}`);
  }
  return `${lines.join('\n')}\n`;
}

describe.skipIf(NO_BROWSER)('more of clusterings in a browser', () => {
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

  it('asks only for parameters that count beside the others', async () => {
    const { page } = await test.open('#/clusterings/create');
    const stage = page.getByRole('region', { name: 'Clustering', exact: true });
    await stage.getByRole('combobox', { name: 'Method' }).click();
    await page.getByRole('option', { name: 'OPTICS' }).click();
    await stage.getByRole('button', { name: /more parameters$/ }).click();
    await stage.getByRole('textbox', { name: 'Xi' }).waitFor();
    expect(await stage.getByRole('textbox', { name: 'Distance of neighbours', exact: true }).count()).toBe(0);
    await stage.getByRole('combobox', { name: 'Cluster method' }).click();
    await page.getByRole('option', { name: 'dbscan' }).click();
    await stage.getByRole('textbox', { name: 'Distance of neighbours', exact: true }).waitFor();
    expect(await stage.getByRole('textbox', { name: 'Xi' }).count()).toBe(0);
  }, 120_000);

  it('ranks what a search tries while it runs, and begins another one with changes', async () => {
    const { page, errors } = await test.open('#/searches/create');
    await page.getByRole('combobox', { name: 'Data set' }).click();
    await page.getByRole('option', { name: /^payers/ }).click();
    await page.getByRole('textbox', { name: 'Seconds to search' }).fill('15');
    await page.getByRole('button', { name: 'Start the search' }).click();
    await page.locator('[data-tried="2"]').waitFor({ timeout: 60_000 });
    expect(await violations(page)).toEqual([]);
    await page.locator('[data-rank="1"]').waitFor({ timeout: 200_000 });
    await page.getByRole('link', { name: 'Run with changes' }).click();
    const seconds = page.getByRole('textbox', { name: 'Seconds to search' });
    await expect.poll(() => seconds.inputValue()).toBe('15');
    expect(await page.getByRole('combobox', { name: 'Data set' }).inputValue()).toBe('payers');
    await seconds.fill('4');
    await page.getByRole('button', { name: 'Start the search' }).click();
    await page.locator('[data-rank="1"]').waitFor({ timeout: 200_000 });
    await page.getByRole('cell', { name: '4', exact: true }).first().waitFor();
    expect(errors).toEqual([]);
  }, 480_000);

  it('tells the next runs of a schedule by the clock of its time zone', async () => {
    const { page } = await test.open('#/schedules', { timezoneId: 'America/New_York' });
    await page.getByRole('button', { name: 'New schedule' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('tokyo');
    await dialog.getByRole('combobox', { name: /^Data set/ }).click();
    await page.getByRole('option', { name: 'payers' }).click();
    await dialog.getByLabel('Cron expression').fill('30 3 * * *');
    await dialog.getByRole('combobox', { name: 'Time zone' }).fill('Asia/Tokyo');
    await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.reload();
    const times = page.locator('[data-schedule=tokyo] [data-next-times]');
    await times.getByText('in the time zone Asia/Tokyo').waitFor();
    expect(await times.getByText(/3:30\sAM/).count()).toBe(5);
    expect(await violations(page)).toEqual([]);
  }, 120_000);

  it('tells which shops have a doubtful place on the map, or none, and leads to them', async () => {
    const shops = await uploadCsv(test.server.url, 'shops', shopsCsv());
    const params = { clustering_algorithm: 'kmeans', columns: ['sales'], visualization: { charts: ['map', 'sizes'] } };
    const mapped = await client.clustered(shops, params);
    const { page, errors } = await test.open(`${recordAddress('clusterings', 'Job', mapped)}?tab=map`);
    await page.getByText('In one row latitude and longitude are likely exchanged').waitFor();
    await page.getByText('One row of 45 has no place on the map (one without coordinates).').waitFor();
    await page.getByRole('button', { name: 'Which rows' }).click();
    await page.locator('[data-place="20"]').getByText('no coordinates').waitFor();
    await page.getByRole('button', { name: 'To row 9 on the map' }).click();
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
  }, 240_000);
});
