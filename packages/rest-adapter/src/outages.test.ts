import { findPostgres, startPostgres, type ThrowawayPostgres } from '@kindred/api/test/throwaway-postgres.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

const installed = findPostgres();

/** What callers and operators are told while the database is away: SKIPPED where no PostgreSQL is installed. */
describe.skipIf(installed === undefined)('a database that goes away', () => {
  let postgres: ThrowawayPostgres;
  let server: TestServer;
  beforeAll(async () => {
    if (!installed) return;
    postgres = await startPostgres(installed);
    vi.stubEnv('TEST_DATABASE_URL', postgres.url);
    server = await startTestServer({ KINDRED_ROLE: 'api' });
    await server.app.start();
  });
  afterAll(async () => {
    await server?.dispose();
    await postgres?.stop();
    vi.unstubAllEnvs();
  });

  const post = (path: string, body: unknown) =>
    fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) });
  const batch = (id: number) => ({ version: 'v1', table: 'people', batch_id: id, total_batches: 2, records: [] });
  const metrics = async () => (await fetch(`${server.url}/metrics`)).text();

  it('is told as STORE_UNAVAILABLE to writers, seen on /metrics, and nothing is lost when it is back', async () => {
    expect((await post('/data/batch', batch(1))).status).toBe(200);
    expect(await metrics()).toMatch(/^kindred_dependency_up\{dependency="postgres"\} 1$/m);
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
    await postgres.start();
    expect((await post('/data/batch', batch(2))).status).toBe(200);
    const commit = await post('/data/commit', { version: 'v1' });
    expect(await commit.json()).toEqual({ status: 'accepted', tables_received: ['people'] });
    await expect.poll(metrics, { timeout: 10_000 }).toMatch(/^kindred_jobs_waiting 1$/m);
    await expect
      .poll(metrics, { timeout: 10_000, interval: 200 })
      .toMatch(/^kindred_dependency_up\{dependency="postgres"\} 1$/m);
  });
});
