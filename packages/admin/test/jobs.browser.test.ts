import { cancelJob, rerunJob } from '@kindred/api/jobs/job.operations.ts';
import { sendToys } from '@kindred/api/test/toy-versions.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleServer, NO_BROWSER, openConsole, recordAddress } from './open-console.ts';

describe.skipIf(NO_BROWSER)('jobs in a browser', () => {
  let test: ConsoleServer;
  let first: string;

  beforeAll(async () => {
    test = await openConsole();
    await test.server.app.start();
    first = (await sendToys(test.server.app, 'v1', [1, 2, 3])).id;
  }, 240_000);
  afterAll(() => test?.dispose());

  const address = (id: string) => recordAddress('jobs', 'Job', id);
  /** A job that takes its time. */
  const slow = async (waitMs: number) => (await rerunJob(test.server.app, first, { params: { waitMs } })).id;

  it('shows a job from its beginning to its end in two tabs at once, without loading anything again', async () => {
    const one = await test.open(address(first));
    const other = await one.context.newPage();
    await other.goto(one.page.url());
    await other.locator('[data-stage=double]').waitFor();
    const id = await slow(15_000);
    await Promise.all(
      [one.page, other].map(async (page) => {
        await page.goto(`${test.server.url}/${address(id)}`);
        const stage = page.locator('[data-stage=double]');
        await stage.locator('[data-status=running]').waitFor();
        const bar = stage.getByRole('progressbar');
        const share = async () => Number(await bar.getAttribute('aria-valuenow'));
        const before = await share();
        await expect.poll(share, { timeout: 15_000 }).toBeGreaterThan(before);
      }),
    );
    for (const page of [one.page, other]) {
      await page.locator('main [data-status=completed]').first().waitFor();
      // What came with the end, too: metrics of the last stage that measures, and no button for what is over.
      await page.getByText('double · value').waitFor();
      expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
    }
    expect(one.errors).toEqual([]);
  }, 120_000);

  it('cancels in one tab what another watches', async () => {
    const one = await test.open(address(first));
    const other = await one.context.newPage();
    await other.goto(one.page.url());
    await other.locator('[data-stage=double]').waitFor();
    // A stage may last for 20 s: the job begins when both pages are there.
    const id = await slow(19_000);
    await Promise.all([one.page, other].map((page) => page.goto(`${test.server.url}/${address(id)}`)));
    await one.page.getByRole('button', { name: 'Cancel' }).click();
    await one.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).last().click();
    for (const page of [one.page, other]) {
      await page.getByRole('button', { name: 'Retry' }).waitFor();
      expect(await page.locator('main [data-status=cancelled]').count()).toBeGreaterThan(0);
    }
  }, 120_000);

  it('runs a job with changed parameters, and lays it beside the old one', async () => {
    const { page } = await test.open(address(first));
    await page.getByRole('button', { name: 'Run with changes' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Parameters to change').fill('{"factor": }');
    expect(await dialog.getByRole('button', { name: 'Run' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Parameters to change').fill('{"factor": 5}');
    await dialog.getByRole('button', { name: 'Run' }).click();
    await page.locator('main [data-status=completed]').first().waitFor();
    await page.getByText('double · value').waitFor();

    await page.getByRole('button', { name: 'Compare with another job' }).click();
    await page.getByRole('dialog').getByRole('button').last().waitFor();
    await page.getByRole('dialog').locator('li, .MuiListItemButton-root').last().click();
    await page.getByRole('heading', { name: 'Two jobs side by side' }).waitFor();
    const row = page.getByRole('row', { name: /^factor/ });
    await row.waitFor();
    expect(await row.getByRole('cell').allTextContents()).toEqual(['5', '2']);
  }, 120_000);

  it('lists, sorts and filters jobs by what the server knows', async () => {
    await cancelJob(test.server.app, await slow(19_000));
    const { page } = await test.open('#/jobs');
    await page.getByRole('row').nth(1).waitFor();
    const all = await page.getByRole('row').count();
    expect(all).toBeGreaterThan(2);
    await page.getByLabel('Status').first().click();
    await page.getByRole('option', { name: 'Cancelled' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('row').count(), { timeout: 15_000 }).toBeLessThan(all);
    const shown = await page
      .locator('tbody [data-status]')
      .evaluateAll((chips) => chips.map((chip) => chip.getAttribute('data-status')));
    expect(new Set(shown)).toEqual(new Set(['cancelled']));
  }, 120_000);

  it('offers a viewer nothing that a viewer may not do', async () => {
    const { page: administrator } = await test.open('#/');
    await administrator.evaluate(async (password) => {
      const query = `mutation { createUser(name: "eve", role: viewer, password: ${JSON.stringify(password)}) { __typename } }`;
      await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
    }, 'correct horse battery');
    const { page } = await test.open(address(first), { name: 'eve' });
    await page.getByRole('button', { name: 'Compare with another job' }).waitFor();
    expect(await page.getByRole('button', { name: 'Run with changes' }).count()).toBe(0);
    await page.goto(`${test.server.url}/#/datasets`);
    await page.getByRole('heading', { name: 'Data sets' }).waitFor();
    await page.getByRole('row').first().waitFor();
    expect(await page.getByRole('button', { name: 'Choose files' }).count()).toBe(0);
  }, 120_000);
});
