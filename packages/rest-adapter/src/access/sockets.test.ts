import { once } from 'node:events';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { type AccessServer, startAccessServer } from '../test/access-client.ts';

const EVENTS = 'subscription { versionUpdated { name } }';

describe('subscriptions of whoever signed in', () => {
  let server: AccessServer;
  const clients: Client[] = [];
  beforeAll(async () => {
    server = await startAccessServer({}, 200);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
  });
  afterAll(() => server.dispose());

  /** A connection that shows these headers, or sends these parameters with its first message. */
  function connect(headers: Record<string, string>, connectionParams: Record<string, unknown> = {}) {
    class WithHeaders extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, { headers } satisfies ClientOptions);
      }
    }
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WithHeaders,
      connectionParams,
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => undefined,
    });
    clients.push(client);
    const closed = new Promise<number>((resolve) =>
      client.on('closed', (event) => resolve((event as { code: number }).code)),
    );
    const ask = (query: string) =>
      new Promise<unknown>((resolve) => {
        client.subscribe({ query }, { next: resolve, error: resolve, complete: () => undefined });
      });
    return { client, closed, ask };
  }

  const code = (answer: unknown) =>
    (answer as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code;

  it('a stranger may ask who they are, and nothing else', async () => {
    const { ask } = connect({});
    expect(await ask('{ me { name } }')).toEqual({ data: { me: null } });
    expect(code(await ask('{ serviceStatus { ready } }'))).toBe('UNAUTHENTICATED');
    expect(code(await ask('{ __schema { queryType { name } } }'))).toBe('UNAUTHENTICATED');
    expect(code(await ask(EVENTS))).toBe('UNAUTHENTICATED');
  });

  it('takes a cookie from its own pages, and a key as parameter or header', async () => {
    const { cookie = '' } = server.administrator.headers;
    const me = async (connection: { ask(query: string): Promise<unknown> }) =>
      (await connection.ask('{ me { name } }')) as { data: { me: { name: string } | null } };
    expect((await me(connect({ cookie, origin: server.url }))).data.me?.name).toBe('admin');
    expect((await me(connect({ cookie, origin: 'https://evil.example' }))).data.me).toBeNull();
    const { token } = await server.keyOf({ name: 'socket key' });
    const authorization = `Bearer ${token}`;
    expect((await me(connect({ authorization }))).data.me?.name).toBe('socket key');
    expect((await me(connect({}, { authorization }))).data.me?.name).toBe('socket key');
    expect(await connect({}, { authorization: `${authorization.slice(0, -2)}xx` }).closed).toBe(4403);
  });

  it('signs nobody in, for want of a cookie', async () => {
    const { ask } = connect({});
    expect(await ask('mutation { signIn(name: "admin", password: "x") { ... on DomainError { code } } }')).toEqual({
      data: { signIn: { code: 'INVALID_INPUT' } },
    });
  });

  it('closes when the session ends, within the time of a look', async () => {
    const user = await server.userOf('viewer', 'listener');
    const { client, closed, ask } = connect(user.headers);
    client.subscribe({ query: EVENTS }, { next: () => undefined, error: () => undefined, complete: () => undefined });
    expect(await ask('{ me { name } }')).toMatchObject({ data: { me: { name: 'listener' } } });
    await user.ask('mutation { signOut }');
    expect(await closed).toBe(4401);
  });

  it('closes when the key is revoked, and takes no new operation before', async () => {
    const { client, id, token } = await server.keyOf({ name: 'soon revoked' });
    const { closed, ask } = connect({}, { authorization: `Bearer ${token}` });
    expect(await ask('{ me { name } }')).toMatchObject({ data: { me: { name: 'soon revoked' } } });
    await server.administrator.ask('mutation($id: ID!) { revokeApiKey(id: $id) { __typename } }', { id });
    expect(JSON.stringify(await ask('{ serviceStatus { ready } }'))).not.toContain('"ready"');
    expect(await closed).toBe(4401);
    expect((await client.send('{ me { name } }')).status).toBe(401);
  });

  it('ends server-sent events with the session too', async () => {
    const user = await server.userOf('viewer', 'reader-of-events');
    const response = await user.send(EVENTS, {}, { accept: 'text/event-stream' });
    const text = response.text();
    await user.ask('mutation { signOut }');
    expect(await text).toContain('event: complete');
  });

  it('closes a connection that says nothing about itself as it always did', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: '{ me { name } }' } }));
    const [closeCode] = await once(socket, 'close');
    expect(closeCode).toBe(4401);
  });
});
