import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApiKey } from '@kindred/api/access/api-key.operations.ts';
import { findPostgres, startPostgres, type ThrowawayPostgres } from '@kindred/api/test/throwaway-postgres.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

const installed = findPostgres();
/** A disk small enough to be filled. */
const mayMount = process.getuid?.() === 0 && process.platform === 'linux';

/** What callers and operators are told while it is away or full: SKIPPED where no PostgreSQL is installed. */
describe.skipIf(installed === undefined)('what the service stands on', () => {
  let postgres: ThrowawayPostgres;
  let server: TestServer;
  let objects: string;
  beforeAll(async () => {
    if (!installed) return;
    postgres = await startPostgres(installed);
    vi.stubEnv('TEST_DATABASE_URL', postgres.url);
    server = await startTestServer({ KINDRED_ROLE: 'api' });
    objects = join(server.app.config.dataDir, 'objects');
    mkdirSync(objects, { recursive: true });
    // Before anything is stored: the store knows which folders it has made.
    if (mayMount) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', objects]);
    await server.app.start();
  });
  afterAll(async () => {
    if (server && mayMount) execFileSync('umount', ['--lazy', objects]);
    await server?.dispose();
    await postgres?.stop();
    vi.unstubAllEnvs();
  });

  const post = (path: string, body: unknown) =>
    fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) });
  const batch = (id: number) => ({ version: 'v1', table: 'people', batch_id: id, total_batches: 2, records: [] });
  const metrics = async () => (await fetch(`${server.url}/metrics`)).text();

  it('a database that goes away is told as STORE_UNAVAILABLE to writers, seen on /metrics, and nothing is lost when it is back', async () => {
    expect((await post('/data/batch', batch(1))).status).toBe(200);
    expect(await metrics()).toMatch(/^kindred_dependency_up\{dependency="postgres"\} 1$/m);
    const keys = await Promise.all(
      ['seen', 'unseen'].map((name) =>
        createApiKey(server.app, { name, role: 'viewer', scopes: [], expiresAt: null }, 'test'),
      ),
    );
    const who = async (at: number) => {
      const headers = { authorization: `Bearer ${keys[at]?.token}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ query: '{ me { name } }' });
      return (await fetch(`${server.url}/graphql`, { method: 'POST', headers, body })).json();
    };
    expect(await who(0)).toEqual({ data: { me: { name: 'seen' } } });
    await postgres.halt('immediate');
    for (const [path, body] of [
      ['/data/batch', batch(2)],
      ['/data/batch', { ...batch(1), version: 'another' }],
      ['/data/commit', { version: 'v1' }],
    ] as const) {
      const answer = await post(path, body);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await answer.json()).toMatchObject({ error: { code: 'STORE_UNAVAILABLE' } });
    }
    await expect
      .poll(metrics, { timeout: 10_000, interval: 200 })
      .toMatch(/^kindred_dependency_up\{dependency="postgres"\} 0$/m);
    const away = await metrics();
    expect(away).toMatch(/^kindred_dependency_outages_total\{dependency="postgres"\} 1$/m);
    expect(away).toMatch(/^kindred_errors_total\{code="STORE_UNAVAILABLE"\} 3$/m);
    // What nobody knows is left out rather than told wrong.
    expect(away).not.toMatch(/^kindred_jobs_waiting /m);
    // Whoever was known stays so; of others nobody knows.
    expect(await who(0)).toEqual({ data: { me: { name: 'seen' } } });
    expect(await who(1)).toMatchObject({ errors: [{ extensions: { code: 'STORE_UNAVAILABLE' } }] });
    await postgres.start();
    expect((await post('/data/batch', batch(2))).status).toBe(200);
    const outcomes = () =>
      server.app.database
        .fork()
        .execute("select action, outcome from audit_entry where who = 'rest' order by id limit 5");
    await expect.poll(outcomes, { timeout: 10_000, interval: 200 }).toEqual([
      { action: 'receiveBatchBody', outcome: 'OK' },
      { action: 'receiveBatchBody', outcome: 'STORE_UNAVAILABLE' },
      { action: 'receiveBatchBody', outcome: 'STORE_UNAVAILABLE' },
      { action: 'commitVersion', outcome: 'STORE_UNAVAILABLE' },
      { action: 'receiveBatchBody', outcome: 'OK' },
    ]);
    const commit = await post('/data/commit', { version: 'v1' });
    expect(await commit.json()).toEqual({ status: 'accepted', tables_received: ['people'] });
    await expect.poll(metrics, { timeout: 10_000 }).toMatch(/^kindred_jobs_waiting 1$/m);
    await expect
      .poll(metrics, { timeout: 10_000, interval: 200 })
      .toMatch(/^kindred_dependency_up\{dependency="postgres"\} 1$/m);
  });

  it.skipIf(!mayMount)(
    'a full disk is told as STORAGE_FULL, and the same batch is taken when there is room',
    async () => {
      writeFileSync(join(objects, 'filler'), Buffer.alloc(900_000));
      const records = Array.from({ length: 5000 }, (_, i) => ({ user_id: i + 1, age_bucket: 'of some length' }));
      const large = { version: 'v2', table: 'people', batch_id: 1, total_batches: 1, records };
      const refused = await post('/data/batch', large);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([507, '30']);
      expect(await refused.json()).toMatchObject({ error: { code: 'STORAGE_FULL' } });
      expect(await metrics()).toMatch(/^kindred_errors_total\{code="STORAGE_FULL"\} 1$/m);
      rmSync(join(objects, 'filler'));
      expect((await post('/data/batch', large)).status).toBe(200);
    },
  );
});
