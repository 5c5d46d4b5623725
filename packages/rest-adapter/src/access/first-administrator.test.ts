import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessClient, cookieOf } from '../test/access-client.ts';
import { addressOf, type MainProcess, startMain } from '../test/start-main.ts';

const SIGN_IN = `mutation($password: String!) { signIn(name: "admin", password: $password) {
  ... on Me { name mustChangePassword } ... on DomainError { code } } }`;

describe('the first administrator', { timeout: 240_000 }, () => {
  let dataDir: string;
  const started: MainProcess[] = [];
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'kindred-admin-'));
  });
  afterAll(async () => {
    for (const process of started) process.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  function start(env: Record<string, string> = {}, args: readonly string[] = []): MainProcess {
    const child = startMain({ KINDRED_DATA: dataDir, KINDRED_DVC: 'false', ...env }, args);
    started.push(child);
    return child;
  }
  const stop = async (child: MainProcess) => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  const signIn = async (url: string, password: string) =>
    (await new AccessClient(url).ask(SIGN_IN, { password })).data.signIn;
  const passwordIn = ({ printed }: MainProcess) => /password\s+([a-z2-9]{24})\n/.exec(printed)?.[1] ?? '';

  it('has a password that is printed once and must be changed, and is let in again from the terminal', async () => {
    const first = start();
    const url = await addressOf(first);
    await expect.poll(() => passwordIn(first)).toHaveLength(24);
    const password = passwordIn(first);
    const response = await new AccessClient(url).send(SIGN_IN, { password });
    expect((await response.json()).data.signIn).toEqual({ name: 'admin', mustChangePassword: true });
    const admin = new AccessClient(url, { cookie: cookieOf(response) });
    const { data } = await admin.ask(
      'mutation($c: String!) { changePassword(current: $c, next: "a password of my own") { ... on Me { name } } }',
      { c: password },
    );
    expect(data.changePassword.name).toBe('admin');
    await stop(first);

    const reset = start({}, ['--reset-password', 'Admin']);
    expect((await once(reset, 'exit'))[0]).toBe(0);
    const oneTime = passwordIn(reset);
    expect(oneTime).toHaveLength(24);
    const nobody = start({}, ['--reset-password', 'nobody']);
    expect((await once(nobody, 'exit'))[0]).toBe(1);
    expect(nobody.printed.trim()).toBe('There is no user nobody');

    // A setting for the first start changes nothing at a later one.
    const second = start({ KINDRED_ADMIN_PASSWORD: 'from the environment' });
    const again = await addressOf(second);
    expect(await signIn(again, 'from the environment')).toEqual({ code: 'UNAUTHENTICATED' });
    expect(await signIn(again, 'a password of my own')).toEqual({ code: 'UNAUTHENTICATED' });
    expect(await signIn(again, oneTime)).toEqual({ name: 'admin', mustChangePassword: true });
    expect(passwordIn(second)).toBe('');
    await stop(second);
  });

  it('has the password of the environment, which is not printed, and not one too short', async () => {
    const folder = join(dataDir, 'own');
    const child = start({ KINDRED_DATA: folder, KINDRED_ADMIN_PASSWORD: 'from the environment' });
    const url = await addressOf(child);
    expect(await signIn(url, 'from the environment')).toEqual({ name: 'admin', mustChangePassword: false });
    expect(child.printed).not.toMatch(/from the environment|first administrator/);
    await stop(child);
    const short = start({ KINDRED_ADMIN_PASSWORD: 'short' });
    expect((await once(short, 'exit'))[0]).toBe(1);
    expect(short.printed).toMatch(/KINDRED_ADMIN_PASSWORD: must have 12 characters or more/);
  });
});
