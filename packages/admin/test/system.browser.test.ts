import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { sendToys } from '@kindred/api/test/toy-versions.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleServer, NO_BROWSER, openConsole } from './open-console.ts';

const run = promisify(execFile);

describe.skipIf(NO_BROWSER)('the system pages in a browser', () => {
  let test: ConsoleServer;
  beforeAll(async () => {
    test = await openConsole();
    await test.server.app.start();
    await sendToys(test.server.app, 'v1', [1, 2, 3]);
  }, 240_000);
  afterAll(() => test?.dispose());

  it('makes an API key whose curl example works as it stands, until it is revoked; the journal tells of both', async () => {
    const { page, errors } = await test.open('#/keys');
    await page.getByRole('button', { name: 'Create an API key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('loader');
    await dialog.getByRole('checkbox', { name: /^Data/ }).waitFor();
    expect(await dialog.getByRole('checkbox', { name: /^Data/ }).isEnabled()).toBe(false);
    await dialog.getByRole('radio', { name: /^Operator/ }).check();
    await dialog.getByRole('checkbox', { name: /^Data.*commitVersion/ }).check();
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    const example = (await dialog.locator('pre').last().textContent()) ?? '';
    const answer = await run('sh', ['-c', `${example} --silent`]);
    const { me } = JSON.parse(answer.stdout).data;
    expect(me).toMatchObject({ name: 'loader', role: 'operator' });
    expect(me.may).toContain('commitVersion');
    expect(me.may).not.toContain('cancelJob');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('row', { name: /loader.*Operator.*Read, Data.*Works/ }).waitFor();

    await page.getByRole('button', { name: 'Revoke: loader' }).click();
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('row', { name: /loader.*Revoked/ }).waitFor();
    expect(JSON.parse((await run('sh', ['-c', `${example} --silent`])).stdout).data?.me ?? null).toBeNull();

    await page.goto(`${test.server.url}/#/audit`);
    await page.getByLabel('Action').click();
    await page.getByRole('option', { name: 'createApiKey' }).click();
    await page.getByRole('row', { name: /revokeApiKey/ }).waitFor({ state: 'hidden' });
    const row = page.getByRole('row', { name: /admin.*createApiKey.*Done/ });
    await row.click();
    await page.getByText('"name": "loader"').waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as CSV' }).click();
    const lines = (await readFile(await (await downloading).path(), 'utf8')).trim().split('\r\n');
    expect(lines.length).toBe(2);
    expect(lines[1]).toContain('admin,administrator,createApiKey');
    expect(errors).toEqual([]);
  }, 240_000);

  it('shows how the service is while it moves', async () => {
    const { page, errors } = await test.open('#/system');
    await page.locator('[data-process=all]').getByText('Alive').waitFor();
    await page.locator('[data-queue=completed]').getByText('1', { exact: true }).waitFor();
    const chart = page.locator('figure').first();
    await chart.getByRole('img').first().waitFor();
    await page.locator('figure', { hasText: '/graphql' }).first().waitFor();
    // A second point: the status has come again.
    await chart.getByRole('button', { name: 'As a table' }).click();
    await expect.poll(() => chart.getByRole('rowheader').count(), { timeout: 30_000 }).toBeGreaterThan(1);
    expect(errors).toEqual([]);
  }, 240_000);

  it('finds requests and settings', async () => {
    const { page, errors } = await test.open('#/requests');
    await fetch(`${test.server.url}/api/no-such-thing`, { headers: { 'x-request-id': 'sought-after' } });
    await page.getByLabel('Request id').fill('sought-after');
    const row = page.getByRole('row', { name: /GET \/api\/no-such-thing.*404/ });
    await row.click();
    await page.getByText('sought-after').waitFor();

    // Whoever goes on while a filter is about to be written into the address is not led back to the list.
    await page.getByLabel('Request id').fill('another');
    await page.goto(`${test.server.url}/#/settings`);
    await page.locator('[data-setting=KINDRED_ADMIN_PASSWORD]').getByText('a secret is never shown').waitFor();
    await page.getByLabel('Find a setting').fill('admin password');
    await expect.poll(() => page.locator('[data-setting]').count()).toBeLessThan(5);
    await page.locator('[data-setting=KINDRED_ADMIN_PASSWORD]').waitFor();
    expect(errors).toEqual([]);
  }, 240_000);
});
