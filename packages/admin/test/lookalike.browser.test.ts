import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe-violations.ts';
import { type DemoConsole, openDemoConsole, VERSIONS } from './demo-service.ts';
import { NO_BROWSER, type OpenedPage } from './open-console.ts';

const PHONE = { width: 390, height: 844 };
/** Where pictures of the pages are left, for whoever wants to look at them. */
const PICTURES = process.env.KINDRED_PICTURES;

describe.skipIf(NO_BROWSER)('look-alike, versions and models in a browser', () => {
  let test: DemoConsole;
  let opened: OpenedPage;
  let page: Page;

  const go = async (address: string) => {
    await page.goto(`${test.url}/#${address}`);
  };
  const picture = async (name: string) => {
    if (!PICTURES) return;
    await mkdir(PICTURES, { recursive: true });
    await page.screenshot({ path: `${PICTURES}/${name}.png` });
  };
  /** What is shown is right for everyone: axe, and nothing to scroll sideways, in light, dark and on a phone. */
  const checked = async (name: string) => {
    const offences: string[] = [];
    for (const mode of ['light', 'dark', 'phone'] as const) {
      await page.emulateMedia({ colorScheme: mode === 'dark' ? 'dark' : 'light' });
      await page.setViewportSize(mode === 'phone' ? PHONE : { width: 1440, height: 900 });
      // Colours go over to the other mode within some 300 ms.
      await page.waitForTimeout(1_000);
      offences.push(...(await violations(page)).map((offence) => `${name} ${mode}: ${offence}`));
      const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      if (Number(sideways) > 0) offences.push(`${name} ${mode}: ${sideways} pixels to scroll sideways`);
      await picture(`${name}-${mode}`);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(offences).toEqual([]);
  };
  const openVersion = async (name: string) => {
    await go('/versions');
    await page.getByRole('cell', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: `Version ${name}` }).waitFor();
  };

  /** The version whose row says that it serves. */
  const champion = async () => {
    const row = page.getByRole('row').filter({ has: page.locator('[data-alias=champion]') });
    return (await row.first().textContent())?.match(/\d+\.\d+/)?.[0];
  };
  const promote = async (version: string, reason: string) => {
    await page.getByRole('cell', { name: version, exact: true }).click();
    await page.getByRole('button', { name: 'Promote' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Promote' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(reason);
    await dialog.getByRole('button', { name: 'Promote' }).click();
    await page.locator('main [data-alias=champion]').waitFor();
  };
  /** What answers by then, as REST says. */
  const served = async () => {
    const response = await fetch(`${test.url}/model/info`);
    return ((await response.json()) as { readonly model_version: string }).model_version;
  };
  const rollbackWithoutReason = () =>
    page.evaluate(async () => {
      const ask = async (query: string) => {
        const headers = { 'content-type': 'application/json' };
        const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) });
        return (await response.json()).data;
      };
      const [{ model }] = (await ask('{ modelVersions(first: 1) { nodes { model } } }')).modelVersions.nodes;
      const rollback = `mutation { rollbackModel(model: ${JSON.stringify(model)}, reason: " ") { ... on DomainError { code } } }`;
      return (await ask(rollback)).rollbackModel.code as string;
    });

  beforeAll(async () => {
    test = await openDemoConsole();
    opened = await test.open('#/lookalike', { viewport: { width: 1440, height: 900 } });
    page = opened.page;
  }, 300_000);
  afterAll(() => test?.dispose());

  it('says how to begin while nothing serves, and shows offers as soon as something does', async () => {
    await page.getByText('npm start -- --demo').waitFor();
    await checked('explorer-empty');
    await test.stream();
    await page.getByRole('list', { name: 'Offers' }).getByRole('button').first().waitFor();
    await checked('explorer');
  }, 300_000);

  it('finds an offer by text, and shows its audience, scores and reasons with model and data', async () => {
    await go('/lookalike');
    const offers = page.getByRole('list', { name: 'Offers' }).getByRole('button');
    await offers.first().waitFor();
    await page.getByRole('searchbox').fill('no such offer anywhere');
    await page.getByText('No offer matches').waitFor();
    await page.getByRole('searchbox').fill('%');
    await offers.first().click();
    await page.getByRole('list', { name: 'Clients, the most likely first' }).waitFor();
    expect(await page.getByRole('list', { name: 'Clients, the most likely first' }).getByRole('listitem').count()).toBe(
      50,
    );
    expect(await page.locator('[data-answered-by]').first().getAttribute('data-answered-by')).toMatch(
      new RegExp(`^\\d+\\.0/${VERSIONS.drifted}$`),
    );
    expect(await page.getByRole('list', { name: 'Why these clients' }).getByRole('listitem').count()).toBeGreaterThan(
      3,
    );
    await checked('offer');
  }, 120_000);

  it('hands the audience out as CSV, in the order that is shown', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(101);
    const shown = await page.locator('[data-rank="1"]').getAttribute('title');
    expect(shown).toContain(`client ${lines[1]?.split(',')[1]},`);
  }, 60_000);

  it('takes one client apart, and answers what if', async () => {
    await page.locator('[data-rank="3"]').click();
    const dialog = page.getByRole('dialog');
    const steps = dialog.getByRole('list', { name: 'How the score comes about' });
    await steps.waitFor();
    expect(await steps.getByRole('listitem').first().textContent()).toContain('Every client begins with');
    await checked('member');
    const before = await steps.getByRole('listitem').last().textContent();
    await dialog.getByRole('combobox', { name: 'Status at the bank' }).click();
    const options = page.getByRole('listbox').getByRole('option');
    const other = page.locator('[role=option]:not([aria-selected=true])').first();
    expect(await options.count()).toBeGreaterThan(1);
    await other.click();
    await dialog.locator('[data-pretended]').waitFor();
    await expect.poll(() => steps.getByRole('listitem').last().textContent(), { timeout: 10_000 }).not.toBe(before);
    await dialog.getByRole('button', { name: 'As it really is' }).click();
    await expect.poll(() => steps.getByRole('listitem').last().textContent(), { timeout: 10_000 }).toBe(before);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  }, 120_000);

  it('lays two offers side by side', async () => {
    await page.getByRole('button', { name: 'Compare with another offer' }).click();
    await page.getByRole('dialog').getByRole('list', { name: 'Offers' }).getByRole('button').first().click();
    await page.getByText('Who is in both audiences of 100').waitFor();
    expect(
      await page.getByRole('list', { name: 'How the reasons differ' }).getByRole('listitem').count(),
    ).toBeGreaterThan(3);
    await checked('compare-offers');
  }, 120_000);

  it('tells an open version from the others, and what is missing of it until it arrives', async () => {
    await go('/versions');
    for (const name of Object.values(VERSIONS)) await page.getByRole('cell', { name, exact: true }).waitFor();
    await checked('versions');
    await openVersion(VERSIONS.open);
    await page.getByText('missing: 1').waitFor();
    await checked('version-open');
    await test.sendMissing();
    await page.getByText('missing: 1').waitFor({ state: 'hidden' });
  }, 120_000);

  it('shows which expectation a damaged version has not met, with values', async () => {
    await openVersion(VERSIONS.damaged);
    await page.getByText('The version is skipped whole').waitFor();
    const failed = page.getByRole('button', { name: /transaction · user_id_not_null/ });
    await failed.click();
    await page.getByText('expect_column_values_to_not_be_null').waitFor();
    await page.getByRole('switch', { name: 'Only failed' }).or(page.getByLabel('Only failed')).first().click();
    await page.getByRole('button', { name: /more checks/ }).waitFor();
    await checked('version-damaged');
  }, 120_000);

  it('draws both distributions of each feature, what has drifted first', async () => {
    await openVersion(VERSIONS.drifted);
    const features = page.locator('[data-feature]');
    await features.first().waitFor();
    await features.first().getByText('Drifted', { exact: true }).waitFor();
    await page.locator('[data-feature=amount]').getByText('Drifted', { exact: true }).waitFor();
    expect(await features.count()).toBeGreaterThan(15);
    expect(await page.locator('[data-feature=amount] svg[role=img] path').count()).toBe(2);
    await features.first().scrollIntoViewIfNeeded();
    await checked('version-drift');
  }, 120_000);

  it('lays model versions side by side, and lets another one serve for a reason that stays', async () => {
    await go('/models');
    await page.getByText('Metrics over versions').waitFor();
    await page.locator('main table [data-alias=champion]').waitFor();
    await checked('models');
    for (const version of ['1.0', '2.0'])
      await page.getByRole('checkbox', { name: `Compare version ${version}` }).check();
    await page.getByRole('link', { name: 'Compare', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Versions side by side' }).waitFor();
    await page.locator('tr[data-differs]').first().waitFor();
    await checked('compare-models');

    await go('/models');
    const other = (await champion()) === '2.0' ? '1.0' : '2.0';
    await promote(other, 'it was better at the weekend');
    await checked('model');
    await go('/models');
    await page.getByText('it was better at the weekend').waitFor();
  }, 180_000);

  it('goes back to the model before for a reason that stays, not without one, and forward again by promoting', async () => {
    const [earlier, before] = ['1.0', '2.0'] as const;
    await go('/models');
    if ((await champion()) !== before) await promote(before, 'so that there is a way back');
    await go('/models');
    await expect.poll(champion, { timeout: 15_000 }).toBe(before);
    await page.getByRole('button', { name: 'Roll back' }).click();
    const dialog = page.getByRole('dialog', { name: `Go back from model ${before}?` });
    const submit = dialog.getByRole('button', { name: 'Roll back' });
    expect(await submit.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('  ');
    expect(await submit.isDisabled()).toBe(true);
    // Who gets past the console gets no further.
    expect(await rollbackWithoutReason()).toBe('INVALID_INPUT');
    expect(await served()).toBe(before);
    await dialog.getByRole('textbox').fill('clients of the brand came twice');
    await checked('model-rollback');
    await submit.click();
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(champion, { timeout: 15_000 }).toBe(earlier);
    expect(await served()).toBe(earlier);
    const latest = page.getByRole('listitem').filter({ hasText: 'became Champion' }).first();
    await expect.poll(() => latest.textContent(), { timeout: 15_000 }).toContain('clients of the brand came twice');
    expect(await latest.textContent()).toMatch(`${earlier} became Champion after ${before}`);

    // Before the first there is none.
    await page.getByRole('button', { name: 'Roll back' }).click();
    const further = page.getByRole('dialog', { name: `Go back from model ${earlier}?` });
    await further.getByRole('textbox').fill('still further');
    await further.getByRole('button', { name: 'Roll back' }).click();
    await further.getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await further.waitFor({ state: 'hidden' });
    expect(await served()).toBe(earlier);

    await promote(before, 'they were two people');
    await go('/models');
    await expect.poll(champion, { timeout: 15_000 }).toBe(before);
    expect(await served()).toBe(before);
    await expect.poll(() => latest.textContent(), { timeout: 15_000 }).toContain('they were two people');
    expect(await latest.textContent()).toMatch(`${before} became Champion after ${earlier}`);
    // The history forgets nothing.
    for (const reason of ['clients of the brand came twice', 'it was better at the weekend'])
      expect(await page.getByRole('listitem').filter({ hasText: reason }).count()).toBe(1);
  }, 180_000);

  it('draws lineage from batches to what serves, and leads to the records', async () => {
    await openVersion(VERSIONS.first);
    await page.getByRole('link', { name: 'Lineage' }).click();
    await page.locator('[data-kind=deployment]').first().waitFor();
    expect(await page.locator('[data-kind=batch]').count()).toBe(0);
    await page.getByLabel('Batches').click();
    await page.locator('[data-kind=batch]').first().waitFor();
    await page.getByLabel('Batches').click();
    await page.locator('[data-kind=batch]').first().waitFor({ state: 'detached' });
    await checked('lineage');
    await page.locator('[data-kind=model_version]').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Model \d/ }).waitFor();
  }, 120_000);

  it('lists trainings with their metrics, and each with all that is known of it', async () => {
    await go('/experiments');
    await page.getByRole('cell', { name: VERSIONS.first, exact: true }).waitFor();
    await checked('experiments');
    await page.getByRole('cell', { name: VERSIONS.first, exact: true }).click();
    await page.getByText('map_at_100', { exact: true }).waitFor();
    await checked('experiment');
    expect(opened.errors).toEqual([]);
  }, 120_000);
});
