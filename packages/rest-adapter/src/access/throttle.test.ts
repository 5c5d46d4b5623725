import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccessServer, startAccessServer } from '../test/access-client.ts';

describe('sign-ins that fail', () => {
  let server: AccessServer;
  beforeAll(async () => {
    server = await startAccessServer();
  });
  afterAll(() => server.dispose());

  const fail = async (name: string) => (await server.signIn(name, 'wrong horse battery')).answer.data.signIn;
  const execute = <Row>(sql: string) => server.app.database.fork().execute<Row[]>(sql);

  /** What whoever has to wait the longest was given to wait, in seconds. */
  const wait = async () => {
    const [row] = await execute<{ wait: number }>(
      'select max(round(extract(epoch from blocked_until - last_at)))::int as wait from sign_in_attempts',
    );
    return row?.wait ?? 0;
  };

  it('after five of them a name waits at an address, longer each time, and others do not', async () => {
    await server.userOf('viewer', 'unlucky');
    for (let attempt = 0; attempt < 4; attempt++) expect((await fail('unlucky')).code).toBe('UNAUTHENTICATED');
    expect(await wait()).toBe(0);
    await fail('unlucky');
    expect(await wait()).toBe(1);
    await execute('update sign_in_attempts set blocked_until = now()');
    await fail('unlucky');
    expect(await wait()).toBe(2);
    await execute(
      "update sign_in_attempts set blocked_until = now() + interval '100 seconds' where blocked_until is not null",
    );
    const refused = await fail('unlucky');
    expect(refused.code).toBe('RATE_LIMITED');
    expect(refused.retryAfter).toBeGreaterThan(50);
    expect(refused.retryAfter).toBeLessThanOrEqual(100);
    // The right password waits too, or guessing would go on.
    expect((await server.signIn('Unlucky')).answer.data.signIn.code).toBe('RATE_LIMITED');
    expect((await server.signIn('admin')).answer.data.signIn.name).toBe('admin');
    await execute('update sign_in_attempts set failures = 40, blocked_until = now() where blocked_until is not null');
    await fail('unlucky');
    expect(await wait()).toBe(900);
    await execute('update sign_in_attempts set blocked_until = now()');
    expect((await server.signIn('unlucky')).answer.data.signIn.name).toBe('unlucky');
    expect((await fail('unlucky')).code).toBe('UNAUTHENTICATED');
    expect(await wait()).toBe(0);
  });

  it('many at once, or as aliases of one document, are no way round', async () => {
    await execute('delete from sign_in_attempts');
    const attempts = Array.from(
      { length: 12 },
      (_, at) => `a${at}: signIn(name: "admin", password: "guess number ${at}") {
      ... on SignInRefusedError { code } }`,
    );
    const answers = await Promise.all([
      server.stranger.ask(`mutation { ${attempts.join(' ')} }`),
      ...Array.from({ length: 4 }, () => server.signIn('admin', 'yet another guess').then(({ answer }) => answer)),
    ]);
    const codes = answers.flatMap(({ data }) => Object.values<{ code: string }>(data).map(({ code }) => code));
    expect(codes).toHaveLength(16);
    expect(codes.filter((code) => code === 'UNAUTHENTICATED').length).toBeLessThanOrEqual(10);
    expect(codes).toContain('RATE_LIMITED');
  });

  it('an address that tries many names waits as well, until an hour has passed', async () => {
    await execute('delete from sign_in_attempts');
    await fail('first-name');
    await execute('update sign_in_attempts set failures = 29');
    await fail('second-name');
    await execute(
      "update sign_in_attempts set blocked_until = now() + interval '100 seconds' where blocked_until is not null",
    );
    expect((await fail('third-name')).code).toBe('RATE_LIMITED');
    expect((await server.signIn('admin')).answer.data.signIn.code).toBe('RATE_LIMITED');
    await execute("update sign_in_attempts set last_at = now() - interval '61 minutes', blocked_until = now()");
    expect((await server.signIn('admin')).answer.data.signIn.name).toBe('admin');
    expect((await fail('fourth-name')).code).toBe('UNAUTHENTICATED');
  });
});
