import { sendToys } from '@kindred/api/test/toy-versions.ts';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGES } from '../src/pages.ts';
import { violations } from './axe-violations.ts';
import { type ConsoleServer, NO_BROWSER, openConsole, recordAddress, uploadCsv } from './open-console.ts';

const CSV = `age,city,score\n${Array.from({ length: 60 }, (_, at) => `${20 + at},${at % 3 ? 'Perm' : 'Omsk'},${at / 7}`).join('\n')}\n`;
const PHONE = { width: 390, height: 844 };

interface Visit {
  address(ids: Ids): string;
  /** What is there once the page is loaded. */
  readonly ready: string;
}

/** Of every page in `pages.ts` the first thing one sees, be it that there is nothing yet. */
const FIRST_VIEWS: readonly Visit[] = PAGES.map(({ name }) => ({
  address: () => `#/${name}`,
  ready: '#main-content :is(table, section, form, h2, .MuiCard-root)',
}));

/** Pages of single records. */
const RECORDS: readonly Visit[] = [
  { address: () => '#/', ready: 'text=OK' },
  { address: ({ job }) => recordAddress('jobs', 'Job', job), ready: '[data-stage=report]' },
  {
    address: ({ job }) =>
      recordAddress('jobs', 'Job', job).replace(/show$/, '').replace('jobs/', 'jobs/compare/') + encode('Job', job),
    ready: 'table',
  },
  { address: ({ dataset }) => recordAddress('datasets', 'Dataset', dataset), ready: 'text=Find a column' },
  { address: () => '#/system', ready: '[data-process]' },
  { address: () => '#/requests', ready: 'main [data-status]' },
  { address: () => '#/users', ready: 'text=Allowed' },
  { address: () => '#/keys', ready: 'text=No API keys yet' },
  { address: () => '#/audit', ready: 'main [data-status]' },
  { address: () => '#/settings', ready: '[data-setting]' },
  { address: () => '#/account', ready: '[data-session]' },
];

interface Ids {
  readonly job: string;
  readonly dataset: string;
}

function encode(type: string, uuid: string): string {
  return encodeURIComponent(Buffer.from(`${type}:${uuid}`).toString('base64'));
}

describe.skipIf(NO_BROWSER)('every page', () => {
  let test: ConsoleServer;
  let ids: Ids;

  beforeAll(async () => {
    test = await openConsole();
    await test.server.app.start();
    ids = {
      job: (await sendToys(test.server.app, 'v1', [1, 2, 3])).id,
      dataset: await uploadCsv(test.server.url, 'people', CSV),
    };
  }, 240_000);
  afterAll(() => test?.dispose());

  it.each<{ name: string; options: BrowserContextOptions }>([
    { name: 'light', options: { colorScheme: 'light' } },
    { name: 'dark', options: { colorScheme: 'dark' } },
    { name: 'light, on a phone', options: { viewport: PHONE, hasTouch: true } },
    { name: 'in Russian', options: { locale: 'ru' } },
  ])(
    '$name: no violation that axe finds, nothing to scroll sideways, no error',
    async ({ options }) => {
      const { page, errors } = await test.open('#/', options);
      const offences: string[] = [];
      for (const { address, ready } of [...FIRST_VIEWS, ...RECORDS]) {
        const at = address(ids);
        await page.goto(`${test.server.url}/${at}`);
        await page
          .locator(options.locale === 'ru' ? '#main-content :is(table, section, form, h2, .MuiCard-root)' : ready)
          .first()
          .waitFor();
        await page.waitForLoadState('networkidle');
        offences.push(...(await violations(page)).map((violation) => `${at}: ${violation}`));
        const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        if (sideways !== 0) offences.push(`${at}: ${sideways} pixels to scroll sideways`);
      }
      expect(offences).toEqual([]);
      expect(errors).toEqual([]);
    },
    240_000,
  );

  it('can be signed in to by keyboard alone, in light and dark without a violation', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await test.browser.newContext({ colorScheme, locale: 'en' });
      const page = await context.newPage();
      await page.goto(test.server.url);
      await page.locator('input[autocomplete=username]').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.type('admin');
      await page.keyboard.press('Tab');
      await page.keyboard.type('not the password');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('wrong').waitFor();
      await context.close();
    }
  }, 120_000);

  it('is gone through by keyboard: the list of shortcuts, pages, theme', async () => {
    const { page } = await test.open('#/');
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('g j').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.keyboard.press('g');
    await page.keyboard.press('j');
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('toys');
    await expect.poll(() => page.evaluate('document.activeElement.value'), { timeout: 10_000 }).toBe('toys');
    await page.keyboard.press('Tab');
    await page.locator('body').evaluate('document.activeElement.blur()');
    await page.keyboard.press('t');
    await expect
      .poll(() => page.evaluate('getComputedStyle(document.body).colorScheme'), { timeout: 10_000 })
      .toBe('dark');
  }, 120_000);

  it('has a way past the menu, and shows where the keyboard is on all of a page', async () => {
    const { page } = await test.open('#/jobs');
    await page.locator('tbody tr').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatchObject({ text: 'Skip to content', isShown: true });
    // It comes in from above.
    await expect
      .poll(() => page.evaluate('document.activeElement.getBoundingClientRect().top'), WAIT)
      .toBeGreaterThan(0);
    expect(await violations(page)).toEqual([]);
    const hidden: string[] = [];
    const seen = new Set<string>();
    for (let at = 0; at < 100; at++) {
      await page.keyboard.press('Tab');
      const { text, isShown, isBody } = await focused(page);
      if (isBody) break;
      seen.add(text);
      if (!isShown) hidden.push(text);
    }
    expect(seen.size).toBeGreaterThan(20);
    expect(hidden).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.closest("#main-content") !== null')).toBe(true);
  }, 240_000);

  it('opens rows, dialogs and menus by keyboard, and gives the focus back', async () => {
    const { page } = await test.open('#/jobs');
    const back = async () => (await focused(page)).text;

    // A row that leads to a page.
    const link = page.getByRole('link', { name: /^Show: .*toys/ }).first();
    await link.focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-stage=report]').waitFor();

    // A row that opens where it is.
    await page.goto(`${test.server.url}/#/requests`);
    const opener = page.locator('main tbody button[aria-expanded]').first();
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => opener.getAttribute('aria-expanded'), WAIT).toBe('true');
    await page.locator(`[id="${await opener.getAttribute('aria-controls')}"] dl`).waitFor();
    await page.waitForTimeout(400);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Space');
    await expect.poll(() => opener.getAttribute('aria-expanded'), WAIT).toBe('false');

    // A dialog keeps the focus until it is closed.
    await page.goto(`${test.server.url}/#/users`);
    const create = page.getByRole('button', { name: 'Add a user' });
    await create.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    for (let at = 0; at < 12; at++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.closest("[role=dialog]") !== null')).toBe(true);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await back()).toBe('Add a user');

    // A menu, and a dialog that is opened from it.
    const menu = page.locator('main tbody button[aria-haspopup=menu]').first();
    // The menu of pages is one, too.
    const menuList = page.locator('.MuiPopover-root [role=menu]:visible');
    const menuName = await menu.getAttribute('aria-label');
    await menu.focus();
    await page.keyboard.press('Enter');
    await menuList.waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('menuitem');
    await page.keyboard.press('Escape');
    await menuList.waitFor({ state: 'detached' });
    expect(await back()).toBe(menuName);
    await page.keyboard.press('Enter');
    await menuList.waitFor();
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await back()).toBe(menuName);

    // The list of shortcuts, from its button.
    const shortcuts = page.getByRole('button', { name: 'Keyboard shortcuts' });
    await shortcuts.focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await back()).toBe('Keyboard shortcuts');
  }, 240_000);
});

const WAIT = { timeout: 10_000 };

interface Focused {
  /** What it is called. */
  readonly text: string;
  /** Whether one sees that the keyboard is there. */
  readonly isShown: boolean;
  readonly isBody: boolean;
}

function focused(page: Page): Promise<Focused> {
  return page.evaluate(`(() => {
    const at = document.activeElement;
    // A field shows it by its frame, a box to tick or a switch by what is drawn around it.
    const frame = at.closest('.MuiInputBase-root, .MuiCheckbox-root, .MuiSwitch-switchBase');
    const outlined = (element) => getComputedStyle(element).outlineStyle !== 'none';
    return {
      text: at.getAttribute('aria-label') ?? at.textContent.trim(),
      isShown: outlined(at) || frame?.matches('.Mui-focused, .Mui-focusVisible') === true,
      isBody: at === document.body,
    };
  })()`) as Promise<Focused>;
}
