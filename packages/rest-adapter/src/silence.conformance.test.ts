import { startNetwork, type ThrowawayNetwork } from '@kindred/api/test/throwaway-network.ts';
import { findPostgres, startPostgres, type ThrowawayPostgres } from '@kindred/api/test/throwaway-postgres.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

const installed = findPostgres();

/** A network that swallows what is sent to the database: SKIPPED where no PostgreSQL is installed. */
describe.skipIf(installed === undefined)('a database that keeps silent', () => {
  let postgres: ThrowawayPostgres;
  let network: ThrowawayNetwork;
  let server: TestServer;
  beforeAll(async () => {
    if (!installed) return;
    postgres = await startPostgres(installed);
    const url = new URL(postgres.url);
    network = await startNetwork(Number(url.port));
    url.port = String(network.port);
    vi.stubEnv('TEST_DATABASE_URL', url.href);
    server = await startTestServer({ KINDRED_ROLE: 'api' });
    await server.app.start();
  });
  afterAll(async () => {
    network?.pass();
    await server?.dispose();
    await network?.disconnect();
    await postgres?.stop();
    vi.unstubAllEnvs();
  });

  const post = (path: string, body: unknown) =>
    fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) });
  const batch = (id: number) => ({ version: 'v1', table: 'people', batch_id: id, total_batches: 2, records: [] });
  const ready = async () => (await fetch(`${server.url}/ready`)).status;

  it('is told as STORE_UNAVAILABLE, shown by /ready, and holds nobody when it speaks again', async () => {
    expect((await post('/data/batch', batch(1))).status).toBe(200);
    await expect.poll(ready, { timeout: 40_000, interval: 300 }).toBe(200);
    network.swallow();
    const answers = await Promise.all([post('/data/batch', batch(2)), post('/data/commit', { version: 'v1' })]);
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ error: { code: 'STORE_UNAVAILABLE' } });
    }
    await expect.poll(ready, { timeout: 10_000, interval: 300 }).toBe(503);
    network.pass();
    await expect.poll(ready, { timeout: 40_000, interval: 300 }).toBe(200);
    await expect.poll(async () => (await post('/data/batch', batch(2))).status, { timeout: 60_000 }).toBe(200);
    const commit = await post('/data/commit', { version: 'v1' });
    expect(await commit.json()).toEqual({ status: 'accepted', tables_received: ['people'] });
  }, 150_000);
});
