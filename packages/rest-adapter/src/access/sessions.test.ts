import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessClient, type AccessServer, cookieOf, PASSWORD, startAccessServer } from '../test/access-client.ts';

const ME = '{ me { name role mustChangePassword may user { id name role } } }';

describe('a server with the access that npm start has', () => {
  let server: AccessServer;
  beforeAll(async () => {
    server = await startAccessServer();
  });
  afterAll(() => server.dispose());

  const database = () => server.app.database.fork();

  it('shows a stranger nothing but the way in', async () => {
    const { stranger } = server;
    expect((await stranger.ask('{ __typename me { name } }')).data).toEqual({ __typename: 'Query', me: null });
    for (const query of [
      '{ serviceStatus { ready } }',
      '{ me { name } hidden: serviceStatus { ready } }',
      '{ ...F } fragment F on Query { jobs { nodes { id } } }',
      '{ ... on Query { readiness { ready } } }',
      '{ __schema { types { name } } }',
      '{ ...F } fragment F on Query { __type(name: "Job") { name } }',
      '{ node(id: "Sm9iOng=") { id } }',
      'mutation { signOut }',
      'mutation { a: commitVersion(version: "v") { __typename } }',
    ])
      expect([query, await stranger.refusal(query)]).toEqual([query, 'UNAUTHENTICATED']);
    const subscription = await stranger.send(
      'subscription { jobUpdated { status } }',
      {},
      { accept: 'text/event-stream' },
    );
    expect(await subscription.text()).toContain('UNAUTHENTICATED');
    const batch = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ me { name } }' }, { query: '{ serviceStatus { ready } }' }]),
    });
    expect(JSON.stringify(await batch.json())).toContain('UNAUTHENTICATED');
  });

  it('gives a session in a cookie that scripts cannot read, and ends it', async () => {
    const { response, client, answer } = await server.signIn(' ADMIN ');
    expect(answer.data.signIn).toEqual({
      __typename: 'Me',
      name: 'admin',
      role: 'administrator',
      mustChangePassword: false,
    });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^kindred_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    const stored = await database().execute('select token_hash from user_session');
    expect(JSON.stringify(stored)).not.toContain(cookie.slice(16, 59));
    expect((await client.ask(ME)).data.me).toMatchObject({ name: 'admin', user: { name: 'admin' } });

    const out = await client.send('mutation { signOut }');
    expect(out.headers.get('set-cookie')).toMatch(/^kindred_session=; Path=\/; Expires=Thu, 01 Jan 1970/);
    expect((await client.ask(ME)).data.me).toBeNull();
    expect(await client.refusal('{ serviceStatus { ready } }')).toBe('UNAUTHENTICATED');
  });

  it('marks the cookie secure behind https', async () => {
    const query = 'mutation($p: String!) { signIn(name: "admin", password: $p) { __typename } }';
    const response = await server.stranger.send(query, { p: PASSWORD }, { 'x-forwarded-proto': 'https' });
    expect(response.headers.get('set-cookie')).toMatch(/; Secure$/);
  });

  it('says the same of a wrong name and a wrong password', async () => {
    for (const [name, password] of [
      ['admin', 'wrong horse battery'],
      ['nobody', PASSWORD],
      ['no\u0000body'.replace('\u0000', ' '), ''],
    ] as const) {
      const { answer, response } = await server.signIn(name, password);
      expect(answer.data.signIn).toEqual({
        __typename: 'SignInRefusedError',
        code: 'UNAUTHENTICATED',
        retryAfter: null,
      });
      expect(cookieOf(response)).toBe('');
    }
  });

  it('ends a session that nobody used for twelve hours, and any after a week', async () => {
    for (const change of ["last_seen_at = now() - interval '12 hours'", 'ends_at = now()']) {
      const { client } = await server.signIn('admin');
      expect((await client.ask(ME)).data.me.name).toBe('admin');
      const [{ id }] = await database().execute<{ id: string }[]>(
        'select id from user_session order by created_at desc limit 1',
      );
      await database().execute(`update user_session set ${change} where id = ?`, [id]);
      expect([change, (await client.ask(ME)).data.me]).toEqual([change, null]);
    }
    const { client } = await server.signIn('admin');
    await database().execute("update user_session set last_seen_at = now() - interval '11 hours'");
    await client.ask(ME);
    const { data } = await client.ask('{ mySessions { current lastSeenAt expiresAt userAgent } }');
    const own = data.mySessions.find(({ current }: { current: boolean }) => current);
    expect(Date.now() - Date.parse(own.lastSeenAt)).toBeLessThan(60_000);
    expect(Date.parse(own.expiresAt) - Date.parse(own.lastSeenAt)).toBe(12 * 3600_000);
  });

  it('lists the sessions of a user and ends one, but none of another user', async () => {
    const first = await server.userOf('viewer', 'two-browsers');
    const second = (await server.signIn('two-browsers')).client;
    const { mySessions } = (await second.ask('{ mySessions { id current } }')).data;
    expect(mySessions).toHaveLength(2);
    const { id } = mySessions.find(({ current }: { current: boolean }) => !current);
    const END = 'mutation($id: ID!) { endSession(id: $id) { __typename } }';
    const other = await server.userOf('viewer');
    expect((await other.ask(END, { id })).data.endSession.__typename).toBe('NotFoundError');
    expect((await second.ask(END, { id })).data.endSession.__typename).toBe('Session');
    expect((await first.ask(ME)).data.me).toBeNull();
    expect((await second.ask(ME)).data.me.name).toBe('two-browsers');
  });

  it('takes a new password, with the old one, and ends every other session', async () => {
    const first = await server.userOf('operator', 'changes-password');
    const second = (await server.signIn('changes-password')).client;
    const CHANGE = `mutation($current: String!, $next: String!) { changePassword(current: $current, next: $next) {
      __typename ... on InvalidInputError { field } } }`;
    const refused = async (current: string, next: string) =>
      (await first.ask(CHANGE, { current, next })).data.changePassword;
    expect(await refused('wrong horse battery', 'another horse battery')).toMatchObject({ field: 'current' });
    expect(await refused(PASSWORD, 'short')).toMatchObject({ field: 'next' });
    expect(await refused(PASSWORD, PASSWORD)).toMatchObject({ field: 'next' });
    const changed = await first.send(CHANGE, { current: PASSWORD, next: 'another horse battery' });
    expect((await first.ask(ME)).data.me).toBeNull();
    expect((await second.ask(ME)).data.me).toBeNull();
    const renewed = new AccessClient(server.url, { cookie: cookieOf(changed) });
    expect((await renewed.ask(ME)).data.me.name).toBe('changes-password');
    expect((await server.signIn('changes-password')).answer.data.signIn.code).toBe('UNAUTHENTICATED');
    expect((await server.signIn('changes-password', 'another horse battery')).answer.data.signIn.name).toBe(
      'changes-password',
    );
  });

  it('takes the cookie from its own pages alone, and as JSON', async () => {
    const { cookie } = server.administrator.headers;
    const body = JSON.stringify({ query: ME });
    const who = async (headers: Record<string, string>, sent = body) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { cookie: cookie ?? '', accept: 'application/json', ...headers },
        body: sent,
      });
      const { data } = (await response.json()) as { data?: { me?: { name: string } } };
      return data?.me?.name;
    };
    const json = { 'content-type': 'application/json' };
    expect(await who(json)).toBe('admin');
    expect(await who({ ...json, origin: server.url })).toBe('admin');
    expect(await who({ ...json, origin: 'https://evil.example' })).toBeUndefined();
    expect(await who({ ...json, origin: 'null' })).toBeUndefined();
    expect(await who({ ...json, 'sec-fetch-site': 'cross-site' })).toBeUndefined();
    const form = `query=${encodeURIComponent(ME)}`;
    expect(
      await who({ 'content-type': 'application/x-www-form-urlencoded', origin: server.url }, form),
    ).toBeUndefined();
    expect(await who({ 'content-type': 'application/graphql' }, ME)).toBeUndefined();
    const multipart = async (origin?: string) => {
      const parts = new FormData();
      parts.set('operations', body);
      parts.set('map', '{}');
      const headers = { cookie: cookie ?? '', ...(origin ? { origin } : {}) };
      const answer = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: parts });
      return ((await answer.json()) as { data?: { me?: { name: string } } }).data?.me?.name;
    };
    expect([await multipart(), await multipart('https://evil.example'), await multipart(server.url)]).toEqual([
      undefined,
      undefined,
      'admin',
    ]);
  });

  it('gives no session to a form of another page', async () => {
    const query = `mutation { signIn(name: "admin", password: "${PASSWORD}") { ... on InvalidInputError { code } } }`;
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: `query=${encodeURIComponent(query)}`,
    });
    expect((await response.json()).data.signIn.code).toBe('INVALID_INPUT');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('shows GraphiQL with the way in to a stranger, and with questions to a user', async () => {
    const page = async (headers: Record<string, string>) =>
      (await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html', ...headers } })).text();
    expect(await page({})).toContain('You are a stranger here');
    const signedIn = await page(server.administrator.headers);
    expect(signedIn).not.toContain('You are a stranger here');
    expect(signedIn).toContain('query Overview');
    const introspection = await server.administrator.ask('{ __schema { queryType { name } } }');
    expect(introspection.data.__schema.queryType.name).toBe('Query');
  });
});
