import { createUser } from '@kindred/api/access/user.operations.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleServer, NO_BROWSER, openConsole, PASSWORD, signIn } from './open-console.ts';

describe.skipIf(NO_BROWSER)('users in a browser', () => {
  let test: ConsoleServer;
  beforeAll(async () => {
    test = await openConsole();
  }, 240_000);
  afterAll(() => test?.dispose());

  it('are added with a password that is shown once, and choose another when they come', async () => {
    const { page, errors } = await test.open('#/users', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Add a user' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Olga');
    await dialog.getByRole('radio', { name: /^Operator/ }).check();
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await dialog.getByText('Copied').waitFor();
    const password = (await dialog.locator('pre').textContent()) ?? '';
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(password);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('row', { name: /olga.*Operator.*Allowed.*never/ }).waitFor();
    expect(errors).toEqual([]);

    const stranger = await (await test.browser.newContext({ locale: 'en' })).newPage();
    await stranger.goto(test.server.url);
    await stranger.locator('input[autocomplete=username]').fill('olga');
    await stranger.locator('input[type=password]').fill(password);
    await stranger.locator('button[type=submit]').click();
    await stranger.getByLabel('Password so far').fill(password);
    await stranger.getByLabel('New password', { exact: false }).first().fill('a password of my own');
    await stranger.getByLabel('New password again').fill('a password of my own');
    await stranger.getByRole('button', { name: 'Change the password' }).click();
    await stranger.locator('#main-content').waitFor();
    // Of an operator.
    await stranger.getByRole('menuitem', { name: 'My account' }).waitFor();
    expect(await stranger.getByRole('menuitem', { name: 'Users' }).count()).toBe(0);
  }, 240_000);

  it('are changed, and the last administrator stays one', async () => {
    await createUser(test.server.app, { name: 'pyotr', role: 'viewer', password: PASSWORD });
    const { page } = await test.open('#/users');
    const choose = async (name: string, what: string) => {
      await page.getByRole('button', { name: `What to do with ${name}` }).click();
      await page.getByRole('menuitem', { name: what }).click();
    };
    const dialog = page.getByRole('dialog');
    await choose('admin', 'Deactivate');
    await dialog.getByRole('button', { name: 'Deactivate' }).click();
    await dialog.getByRole('alert').getByText('last active administrator').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await choose('pyotr', 'Change the role');
    await dialog.getByRole('radio', { name: /^Operator/ }).check();
    await dialog.getByRole('button', { name: 'Change the role' }).click();
    await page.getByRole('row', { name: /pyotr.*Operator/ }).waitFor();

    await choose('pyotr', 'Deactivate');
    await dialog.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByRole('row', { name: /pyotr.*Deactivated/ }).waitFor();
    await choose('pyotr', 'Activate');
    await page.getByRole('row', { name: /pyotr.*Allowed/ }).waitFor();

    await choose('pyotr', 'Reset the password');
    await dialog.getByRole('button', { name: 'Reset the password' }).click();
    await dialog.getByText('shown now and never again').waitFor();
    expect(await dialog.locator('pre').textContent()).toMatch(/^[a-z2-9]{24}$/);
  }, 240_000);

  it('end their other sessions', async () => {
    await createUser(test.server.app, { name: 'vera', role: 'viewer', password: PASSWORD });
    const { page: other } = await test.open('#/', { name: 'vera' });
    const { page } = await test.open('#/account', { name: 'vera' });
    const rest = page.locator('[data-session=other]');
    await rest.getByText(/^Chrome/).waitFor();
    await page.locator('[data-session=current]').getByText('This browser').waitFor();
    await rest.getByRole('button', { name: /^End session/ }).click();
    await rest.waitFor({ state: 'hidden' });
    await other.reload();
    await signIn(other, 'vera');
  }, 240_000);
});
