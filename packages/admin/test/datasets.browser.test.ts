import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleServer, NO_BROWSER, openConsole, uploadCsv } from './open-console.ts';

const csv = (rows: number) =>
  `age,city\n${Array.from({ length: rows }, (_, at) => `${at % 90},${at % 3 ? 'Perm' : 'Omsk'}`).join('\n')}\n`;

describe.skipIf(NO_BROWSER)('data sets in a browser', () => {
  let test: ConsoleServer;
  beforeAll(async () => {
    test = await openConsole();
  }, 240_000);
  afterAll(() => test?.dispose());

  it('takes files that are dropped, tells how far they are, and shows their columns', async () => {
    const { page, errors } = await test.open('#/datasets');
    const dropped = await page.evaluateHandle((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'people.csv', { type: 'text/csv' }));
      data.items.add(new File(['nothing'], 'picture.png', { type: 'image/png' }));
      return data;
    }, csv(50_000));
    const zone = page.getByRole('region', { name: 'Uploads' });
    await zone.dispatchEvent('drop', { dataTransfer: dropped });
    await zone.getByText('picture.png is no CSV').waitFor();
    await page.locator('[data-upload=done]').waitFor();
    await page.getByRole('cell', { name: 'people', exact: true }).waitFor();

    await zone.getByRole('link', { name: 'Open' }).click();
    await page.getByRole('heading', { level: 1, name: 'people' }).waitFor();
    const row = page.getByRole('row', { name: /^age/ });
    const picture = row.getByRole('img', { name: 'Distribution of age from 0 to 89' });
    await picture.waitFor();
    await page.getByRole('row', { name: /^city/ }).getByText('Perm (67%)').waitFor();
    await page.getByLabel('Find a column').fill('cit');
    await picture.waitFor({ state: 'hidden' });
    expect(errors).toEqual([]);
  }, 180_000);

  it('says what is wrong with a file, in the words of the service', async () => {
    const { page } = await test.open('#/datasets');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'odd.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
    await page.locator('[data-upload=failed]').getByRole('alert').waitFor();
  }, 180_000);

  it('renames at once, and undoes it before the server hears', async () => {
    await uploadCsv(test.server.url, 'wrong name', csv(10));
    const { page } = await test.open('#/datasets');
    await page.getByRole('cell', { name: 'wrong name', exact: true }).click();
    const rename = async (name: string) => {
      await page.getByRole('button', { name: 'Rename' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill(name);
      await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    };
    await rename('right name');
    await page.getByRole('heading', { level: 1, name: 'right name' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { level: 1, name: 'wrong name' }).waitFor();
    expect(await names()).toContain('wrong name');

    await rename('right name');
    await page.getByRole('heading', { level: 1, name: 'right name' }).waitFor();
    await expect.poll(names, { timeout: 30_000 }).toContain('right name');
  }, 180_000);

  it('deletes for good when nobody undoes it', async () => {
    await uploadCsv(test.server.url, 'old', csv(10));
    const { page } = await test.open('#/datasets');
    await page.getByRole('cell', { name: 'old', exact: true }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { level: 1, name: 'Data sets' }).waitFor();
    await page.getByRole('cell', { name: 'old', exact: true }).waitFor({ state: 'hidden' });
    await expect.poll(names, { timeout: 30_000 }).not.toContain('old');
  }, 180_000);

  async function names(): Promise<readonly string[]> {
    const response = await fetch(`${test.server.url}/api/datasets/`);
    const answer = (await response.json()) as readonly { readonly name: string }[];
    return answer.map(({ name }) => name);
  }
});
