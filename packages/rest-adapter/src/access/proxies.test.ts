import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccessServer, PASSWORD, startAccessServer } from '../test/access-client.ts';

const SIGN_IN = `mutation($password: String!) { signIn(name: "admin", password: $password) {
  __typename ... on SignInRefusedError { code } ... on Me { name } } }`;

/** This test is the proxy: it is connected from 127.0.0.1, and writes what proxies write. */
describe.each([
  { what: 'a header of somebody who is no trusted proxy', trusted: '', honoured: false },
  { what: 'a header of a trusted proxy', trusted: '192.0.2.0/24, 127.0.0.1', honoured: true },
])('$what', ({ trusted, honoured }) => {
  let server: AccessServer;
  beforeAll(async () => {
    server = await startAccessServer({ KINDRED_TRUSTED_PROXIES: trusted });
  }, 120_000);
  afterAll(() => server?.dispose());

  const from = (address: string) => ({ 'x-forwarded-for': `198.51.100.1, ${address}` });
  const signIn = async (address: string, password: string) => {
    const response = await server.stranger.send(SIGN_IN, { password }, from(address));
    return ((await response.json()) as { data: { signIn: { name?: string; code?: string } } }).data.signIn;
  };

  it(`${honoured ? 'tells' : 'does not tell'} who fails to sign in, and stands in the journal`, async () => {
    for (let attempt = 0; attempt < 5; attempt++) await signIn('203.0.113.7', 'wrong horse battery');
    await server.app.database
      .fork()
      .execute(
        "update sign_in_attempts set blocked_until = now() + interval '100 seconds' where blocked_until is not null",
      );
    expect((await signIn('203.0.113.7', PASSWORD)).code).toBe('RATE_LIMITED');
    const other = await signIn('203.0.113.8', PASSWORD);
    expect(honoured ? other.name : other.code).toBe(honoured ? 'admin' : 'RATE_LIMITED');
    const { data } = await server.administrator.ask(
      '{ auditEntries(action: "signIn", first: 1) { nodes { address } } }',
    );
    expect(data.auditEntries.nodes[0].address).toBe(honoured ? '203.0.113.8' : '127.0.0.1');
  }, 120_000);
});
