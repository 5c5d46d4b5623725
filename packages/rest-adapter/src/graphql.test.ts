import { once } from 'node:events';
import { connect } from 'node:net';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

const RECEIVE = `mutation($version: String!, $id: Int!, $records: [Json!]!) {
  receiveBatch(version: $version, table: offer, batchId: $id, totalBatches: 2, records: $records) {
    __typename
    ... on BatchReceipt { table batchId records duplicate }
    ... on DomainError { code message retryable }
    ... on InvalidInputError { field }
  }
}`;
const COMMIT = `mutation($version: String!) {
  commitVersion(version: $version) { ... on VersionCommit {
    created tablesReceived version { id name ordinal status } job { id status }
  } }
}`;

describe('the GraphQL door', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ NODE_ENV: 'production' });
  });
  afterAll(() => server.dispose());

  async function ask(query: string, variables: Record<string, unknown> = {}) {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return response.json();
  }

  it('receives, commits, cancels and retries, and tells expected errors apart by type', async () => {
    const records = [{ offer_id: 1, deep: { a: [1, null] } }];
    const first = await ask(RECEIVE, { version: 'g', id: 1, records });
    expect(first.data.receiveBatch).toEqual({
      __typename: 'BatchReceipt',
      table: 'offer',
      batchId: 1,
      records: 1,
      duplicate: false,
    });
    expect((await ask(RECEIVE, { version: 'g', id: 1, records })).data.receiveBatch.duplicate).toBe(true);
    const other = await ask(RECEIVE, { version: 'g', id: 1, records: [{}] });
    expect(other.data.receiveBatch).toMatchObject({ __typename: 'ConflictError', code: 'CONFLICT', retryable: false });
    const wrong = await ask(RECEIVE, { version: 'g', id: 3, records });
    expect(wrong.data.receiveBatch).toMatchObject({ __typename: 'InvalidInputError', field: 'batch_id' });

    const { commitVersion } = (await ask(COMMIT, { version: 'g' })).data;
    expect(commitVersion).toMatchObject({ created: true, tablesReceived: ['offer'], version: { status: 'committed' } });
    expect((await ask(COMMIT, { version: 'g' })).data.commitVersion.created).toBe(false);

    const onJob = (mutation: string, id: string) =>
      ask(
        `mutation($id: ID!) { ${mutation}(id: $id) { __typename ... on Job { status } ... on DomainError { code } } }`,
        { id },
      );
    expect((await onJob('cancelJob', commitVersion.job.id)).data.cancelJob).toEqual({
      __typename: 'Job',
      status: 'cancelled',
    });
    expect((await onJob('cancelJob', commitVersion.job.id)).data.cancelJob).toEqual({
      __typename: 'ConflictError',
      code: 'INVALID_STATE',
    });
    expect((await onJob('retryJob', commitVersion.job.id)).data.retryJob).toEqual({
      __typename: 'Job',
      status: 'pending',
    });
    const unknown = Buffer.from('Job:nobody').toString('base64');
    expect((await onJob('retryJob', unknown)).data.retryJob).toEqual({
      __typename: 'NotFoundError',
      code: 'NOT_FOUND',
    });

    const node = await ask('query($id: ID!) { node(id: $id) { ... on DatasetVersion { name } } }', {
      id: commitVersion.version.id,
    });
    expect(node.data.node).toEqual({ name: 'g' });
  });

  it('pages forward and backward through every entity once', async () => {
    for (const name of ['p1', 'p2', 'p3', 'p4', 'p5']) await ask(COMMIT, { version: name });
    const page = 'nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 10; pages++) {
      const { data } = await ask(
        `query($after: String) { datasetVersions(first: 2, after: $after, status: [committed], order: OLDEST_FIRST) { ${page} } }`,
        { after },
      );
      seen.push(...data.datasetVersions.nodes.map((node: { name: string }) => node.name));
      after = data.datasetVersions.pageInfo.endCursor;
      if (!data.datasetVersions.pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual(['g', 'p1', 'p2', 'p3', 'p4', 'p5']);
    const { data } = await ask(`{ datasetVersions(last: 2, order: OLDEST_FIRST) { ${page} } }`);
    expect(data.datasetVersions).toMatchObject({
      nodes: [{ name: 'p4' }, { name: 'p5' }],
      pageInfo: { hasPreviousPage: true },
    });
    for (const args of ['first: 0', 'first: 101', 'after: "x"', 'first: 1, last: 1']) {
      const { errors } = await ask(`{ jobs(${args}) { nodes { id } } }`);
      expect(errors[0].extensions.code, args).toBe('INVALID_INPUT');
    }
  });

  it('refuses what costs too much, and introspection in production', async () => {
    const wide = '{ jobs(first: 100) { nodes { artifacts(first: 100) { nodes { id } } } } }';
    const aliases = `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: serviceStatus { ready }`).join(' ')} }`;
    const long = `{ ${'serviceStatus { ready } '.repeat(1000)} }`;
    const introspection = '{ __schema { types { name } } }';
    for (const query of [wide, aliases, long, introspection]) {
      const { data, errors } = await ask(query);
      expect(data ?? null, query.slice(0, 60)).toBeNull();
      expect(errors[0].extensions.code).toMatch(/INVALID_INPUT|GRAPHQL_/);
    }
    expect(
      (await ask('{ jobs(first: 20) { nodes { artifacts(first: 100) { nodes { id } } } } }')).errors,
    ).toBeUndefined();
  });

  it('refuses values that no use case has, by their code', async () => {
    const { commitVersion } = (await ask(COMMIT, { version: 'odd values' })).data;
    const { id } = commitVersion.job;
    const nul = 'a\0b';
    const queries: [string, Record<string, unknown>][] = [
      ['query($text: String!) { jobs(pipeline: $text) { nodes { id } } }', { text: nul }],
      ['query($text: String!) { datasetVersions(name: $text) { nodes { id } } }', { text: nul }],
      ['query($text: String!) { modelVersions(model: $text) { nodes { id } } }', { text: nul }],
      ['query($text: String!) { lineage(kind: manifest, key: $text) { nodes { key } } }', { text: nul }],
      ['query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array.from({ length: 101 }, () => id) }],
    ];
    for (const [query, variables] of queries) {
      const { errors } = await ask(query, variables);
      expect(errors?.[0].extensions.code, query).toBe('INVALID_INPUT');
    }
    const member = await ask(
      `query($changes: [ProfileChange!]) { audienceMember(merchantId: 1, offerId: 1, userId: 1, changes: $changes) {
        ... on InvalidInputError { field } } }`,
      { changes: [{ attribute: nul, value: 'x' }] },
    );
    expect(member.data.audienceMember).toEqual({ field: 'changes' });
    expect((await ask('query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [id, id] })).data.nodes).toHaveLength(
      2,
    );

    const rerun = (args: string) =>
      ask(`mutation($id: ID!) { rerunJob(id: $id, ${args}) { __typename ... on InvalidInputError { field } } }`, {
        id,
      });
    for (const [args, field] of [
      ['params: [1]', 'params'],
      ['params: "x"', 'params'],
      ['seed: -1', 'seed'],
    ]) {
      expect((await rerun(args)).data.rerunJob, args).toEqual({ __typename: 'InvalidInputError', field });
    }
  });

  it('refuses records nested beyond the stack and goes on', async () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    const body = JSON.stringify({ query: RECEIVE, variables: { version: 'deep', id: 1, records: [{ a: 0 }] } });
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body.replace('{"a":0}', `{"a":${deep}}`),
    });
    expect((await response.json()).data.receiveBatch).toMatchObject({
      __typename: 'InvalidInputError',
      field: 'records',
    });
  });

  it('says in JSON what it refuses before it reads a document', async () => {
    const query = '{ serviceStatus { ready } }';
    const refused: [RequestInit, string][] = [
      [{ method: 'POST', headers: { 'content-type': 'text/plain' }, body: query }, 'UNSUPPORTED_MEDIA_TYPE'],
      [
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'image/png' },
          body: JSON.stringify({ query }),
        },
        'NOT_ACCEPTABLE',
      ],
    ];
    for (const [request, code] of refused) {
      const response = await fetch(`${server.url}/graphql`, request);
      const { errors } = await response.json();
      expect([response.ok, errors[0].message.length > 0, errors[0].extensions?.code]).toEqual([false, true, code]);
    }
  });

  it('refuses an address or a form whose variables are not JSON', async () => {
    for (const search of ['variables=%7B%22', 'variables=%D1%8B', 'extensions=%7B', 'variables=%FF']) {
      const form = `query=%7B__typename%7D&${search}`;
      const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
      for (const response of [
        await fetch(`${server.url}/graphql?${form}`, { headers: { accept: 'application/json' } }),
        await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: form }),
      ]) {
        const { errors } = await response.json();
        expect([search, response.ok, errors[0].extensions.code]).toEqual([search, false, 'INVALID_INPUT']);
      }
    }
  });

  it('outlives upgrades with an odd target and connections that are reset in the middle of one', async () => {
    const { port, hostname } = new URL(server.url);
    for (const target of ['//', '/graphql', 'http://[', '/nothing']) {
      const socket = connect(Number(port), hostname);
      socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
      await once(socket, 'data');
      socket.resetAndDestroy();
    }
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
  });

  it('hides what went wrong inside', async () => {
    const { services } = server;
    const { received } = services.receiver;
    services.receiver.received = () => Promise.reject(new Error('password=hunter2'));
    await ask(RECEIVE, { version: 'masked', id: 1, records: [{}] });
    const answer = await ask('{ datasetVersions(name: "masked") { nodes { received { table } } } }');
    services.receiver.received = received;
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect(answer.errors[0].extensions.code).toBe('INTERNAL');
  });

  it('holds the websocket to the same limits, and tells an operation what is wrong without ending the others', async () => {
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazy: false,
    });
    let closed = false;
    client.on('closed', () => {
      closed = true;
    });
    const outcome = (query: string) =>
      new Promise<unknown>((resolve, reject) => {
        client.subscribe({ query }, { next: (value) => resolve(value), error: reject, complete: () => undefined });
      });
    const aliases = `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: serviceStatus { ready }`).join(' ')} }`;
    const deep = `{ ${'nodes(ids: []) { '.repeat(12)} id ${'}'.repeat(12)} }`;
    const wide = '{ jobs(first: 100) { nodes { artifacts(first: 100) { nodes { id } } } } }';
    const long = `{ ${'serviceStatus { ready } '.repeat(1000)} }`;
    for (const query of ['{', '', '{ nothing }', aliases, deep, wide, long, '{ __schema { types { name } } }']) {
      await expect(outcome(query), query.slice(0, 60)).rejects.toMatchObject({ 0: { message: expect.any(String) } });
    }
    const open = Array.from({ length: 50 }, () =>
      client.subscribe({ query: 'subscription { jobUpdated { status } }' }, { next() {}, error() {}, complete() {} }),
    );
    await expect(outcome('{ serviceStatus { ready } }')).rejects.toMatchObject([
      { extensions: { code: 'RATE_LIMITED' } },
    ]);
    for (const end of open) end();
    await expect
      .poll(() => outcome('{ serviceStatus { ready } }').catch(() => undefined))
      .toMatchObject({ data: { serviceStatus: { ready: false } } });
    expect(closed).toBe(false);
    await client.dispose();
  });

  it('tells subscribers over the websocket and over server-sent events', async () => {
    const client = createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    const events = client.iterate({ query: 'subscription { versionUpdated(name: "live") { name status } }' });
    const overSocket = events.next();
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { jobUpdated { status datasetVersion { name } } }' }),
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    // The socket subscribes a moment after it was asked to; versions of other names are filtered out.
    await expect.poll(() => client.terminate !== undefined).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await ask(COMMIT, { version: 'other' });
    await ask(COMMIT, { version: 'live' });
    expect((await overSocket).value?.data).toEqual({ versionUpdated: { name: 'live', status: 'committed' } });
    let text = '';
    while (!text.includes('"name":"live"')) text += Buffer.from((await reader.read()).value ?? []).toString();
    expect(text).toContain('"status":"pending"');
    await reader.cancel();
    await events.return?.();
    await client.dispose();
  });
});
