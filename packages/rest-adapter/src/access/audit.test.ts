import { sweepAccess } from '@kindred/api/access/access-sweep.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccessServer, PASSWORD, startAccessServer } from '../test/access-client.ts';

const ENTRIES = `query($who: String, $action: String, $since: DateTime, $until: DateTime, $first: Int, $after: String) {
  auditEntries(who: $who, action: $action, since: $since, until: $until, first: $first, after: $after, order: OLDEST_FIRST) {
    nodes { at who role action target arguments outcome requestId address }
    pageInfo { hasNextPage endCursor } } }`;

describe('the journal of mutations', () => {
  let server: AccessServer;
  beforeAll(async () => {
    server = await startAccessServer();
  });
  afterAll(() => server.dispose());

  const entries = async (filter: object = {}) =>
    (await server.administrator.ask(ENTRIES, { first: 100, ...filter })).data.auditEntries.nodes;
  const COMMIT = 'mutation($v: String!) { commitVersion(version: $v) { __typename } }';

  it('has who, what, with what outcome and from where', async () => {
    const operator = await server.userOf('operator', 'busy');
    const since = new Date().toISOString();
    const response = await operator.send(COMMIT, { v: 'v1' }, { 'x-request-id': 'request-7' });
    expect(response.headers.get('x-request-id')).toBe('request-7');
    const [entry, ...more] = await entries({ who: 'busy', since });
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      who: 'busy',
      role: 'operator',
      action: 'commitVersion',
      target: 'v1',
      arguments: { version: 'v1' },
      outcome: 'OK',
      requestId: 'request-7',
    });
    expect(entry.address).toMatch(/127\.0\.0\.1$/);
    expect(Date.parse(entry.at)).toBeGreaterThanOrEqual(Date.parse(since));
    expect(await entries({ who: 'busy', until: since })).toEqual([]);
  });

  it('has every attempt, whatever became of it, and each alias of a document', async () => {
    const { client: viewer } = await server.keyOf({ name: 'a reader', role: 'viewer' });
    await viewer.ask('mutation { commitVersion(version: "x") { __typename } }');
    await viewer.ask('mutation { cancelJob(id: "Sm9iOng=") { __typename } }');
    expect(await entries({ who: 'a reader' })).toMatchObject([
      { action: 'commitVersion', outcome: 'FORBIDDEN', role: 'viewer', target: 'x' },
      { action: 'cancelJob', outcome: 'FORBIDDEN', target: 'Job:x' },
    ]);
    await server.stranger.ask(COMMIT, { v: 'y' });
    await server.stranger.ask(COMMIT, { v: 'not\u0000kept' });
    expect(await entries({ who: 'stranger', action: 'commitVersion' })).toMatchObject([
      { outcome: 'UNAUTHENTICATED', role: null, target: 'y' },
      { outcome: 'UNAUTHENTICATED', target: 'not\u2400kept' },
    ]);
    const roll = (model: string) => `rollbackModel(model: "${model}", reason: "test") { __typename }`;
    await server.administrator.ask(
      `mutation { a: ${roll('none')} ...B } fragment B on Mutation { b: ${roll('neither')} }`,
    );
    expect(await entries({ action: 'rollbackModel' })).toMatchObject([
      { outcome: 'NOT_FOUND', target: 'none' },
      { outcome: 'NOT_FOUND', target: 'neither' },
    ]);
    await server.signIn('admin', 'wrong horse battery');
    expect((await entries({ action: 'signIn' })).at(-1)).toMatchObject({ target: 'admin', outcome: 'UNAUTHENTICATED' });
  });

  it('has no secrets, and not more of an argument than it can keep', async () => {
    await server.userOf('viewer', 'secretive');
    const { token } = await server.keyOf({ name: 'secretive' });
    const records = Array.from({ length: 3000 }, (_, id) => ({ id, text: 'x'.repeat(500) }));
    await server.administrator.ask(
      `mutation($records: [Json!]!) { receiveBatch(version: "large", table: offer, batchId: 1, totalBatches: 1, records: $records) {
        __typename } }`,
      { records },
    );
    await expect.poll(() => entries({ action: 'receiveBatch' })).toHaveLength(1);
    const rows = await server.app.database.fork().execute<{ arguments: object }[]>('select * from audit_entry');
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
    expect(JSON.stringify(rows)).not.toContain(token.slice(13));
    for (const row of rows) expect(JSON.stringify(row.arguments).length).toBeLessThan(4100);
    expect((await entries({ action: 'createUser' })).at(-1).arguments).toMatchObject({
      name: 'secretive',
      role: 'viewer',
      password: '<secret>',
    });
  });

  it('has what REST asks for, by the name of the key or as rest', async () => {
    const commit = (headers: Record<string, string>, version: string) =>
      fetch(`${server.url}/data/commit`, { method: 'POST', headers, body: JSON.stringify({ version }) });
    const { client } = await server.keyOf({ name: 'loader', scopes: ['data'] });
    await commit(client.headers, 'by key');
    await commit(
      { cookie: server.administrator.headers.cookie ?? '', 'content-type': 'application/json' },
      'by cookie',
    );
    await commit({}, 'by nobody');
    const batch = { version: 'by nobody 2', table: 'offer', batch_id: 1, total_batches: 1, records: [{ offer_id: 1 }] };
    await fetch(`${server.url}/data/batch`, { method: 'POST', body: JSON.stringify(batch) });
    await expect.poll(() => entries({ who: 'rest' })).toHaveLength(2);
    expect(await entries({ who: 'loader' })).toMatchObject([{ role: 'operator', target: 'by key', outcome: 'OK' }]);
    expect((await entries({ who: 'admin', action: 'commitVersion' })).at(-1)).toMatchObject({ target: 'by cookie' });
    expect(await entries({ who: 'rest' })).toMatchObject([
      { action: 'commitVersion', target: 'by nobody', role: 'operator' },
      { action: 'receiveBatchBody', arguments: { body: expect.stringMatching(/^<\d+ bytes>$/) } },
    ]);
  });

  it('is paged, each entry once, and forgets what is older than it must keep', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { data } = await server.administrator.ask(ENTRIES, { first: 5, after });
      seen.push(...data.auditEntries.nodes.map(({ at, action }: { at: string; action: string }) => `${at} ${action}`));
      after = data.auditEntries.pageInfo.hasNextPage ? data.auditEntries.pageInfo.endCursor : undefined;
    } while (after);
    const em = server.app.database.fork();
    const [{ count }] = (await em.execute<{ count: number }[]>('select count(*)::int as count from audit_entry')) as [
      { count: number },
    ];
    expect(seen).toHaveLength(count);
    expect(seen).toEqual(
      [...seen].sort((a, b) => (a.slice(0, 24) < b.slice(0, 24) ? -1 : a.slice(0, 24) > b.slice(0, 24) ? 1 : 0)),
    );
    await em.execute("update audit_entry set at = now() - interval '366 days' where action = 'rollbackModel'");
    await em.execute("update audit_entry set at = now() - interval '364 days' where action = 'cancelJob'");
    await sweepAccess(server.app);
    expect(await entries({ action: 'rollbackModel' })).toEqual([]);
    expect(await entries({ action: 'cancelJob' })).toHaveLength(1);
  });
});
