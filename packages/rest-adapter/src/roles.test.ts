import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres, startPostgres, type ThrowawayPostgres } from '@kindred/api/test/throwaway-postgres.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, type MainProcess, startMain } from './test/start-main.ts';

const installed = findPostgres();

/** `main.ts` as an api and as a worker, on one database and one folder: SKIPPED where no PostgreSQL is installed. */
describe.skipIf(installed === undefined)('the service in two processes', () => {
  let server: ThrowawayPostgres;
  let dataDir: string;
  let api: MainProcess;
  let worker: MainProcess;
  let apiUrl: string;
  let workerUrl: string;

  beforeAll(async () => {
    if (!installed) return;
    server = await startPostgres(installed);
    dataDir = await mkdtemp(join(tmpdir(), 'kindred-roles-'));
    const env = { KINDRED_DATA: dataDir, DATABASE_URL: server.url, KINDRED_REST_TOKEN: 'token-of-tests' };
    api = startMain({ ...env, KINDRED_ROLE: 'api' });
    worker = startMain({ ...env, KINDRED_ROLE: 'worker' });
    apiUrl = await addressOf(api);
    workerUrl = await addressOf(worker, /takes jobs; (\S+) answers/);
  });
  afterAll(async () => {
    api?.kill('SIGKILL');
    worker?.kill('SIGKILL');
    await server?.stop();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  });

  const headers = { authorization: 'Bearer token-of-tests' };
  const status = async (path: string) => (await fetch(workerUrl + path, { headers })).status;

  it('the worker answers probes and metrics and nothing of the data', async () => {
    for (const probe of ['/live', '/ready']) {
      expect(await (await fetch(workerUrl + probe)).json()).toEqual({ status: 'ok' });
    }
    for (const path of ['/', '/status', '/graphql', '/data/commit', '/docs']) expect(await status(path)).toBe(404);
    expect((await fetch(`${workerUrl}/metrics`)).status).toBe(401);
    const text = await (await fetch(`${workerUrl}/metrics`, { headers })).text();
    expect(text).toMatch(/^kindred_jobs_waiting 0$/m);
    expect(text).not.toMatch(/kindred_received|kindred_ready/);
  });

  it('what is committed at the api is done by the worker, and counted there', async () => {
    const post = (path: string, body: unknown) =>
      fetch(apiUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
    const get = async (path: string) => (await fetch(apiUrl + path, { headers })).json() as Promise<object>;
    const records = [{ user_id: 1 }];
    const batch = { version: 'v1', table: 'people', batch_id: 1, total_batches: 1, records };
    expect((await post('/data/batch', batch)).status).toBe(200);
    expect((await post('/data/commit', { version: 'v1' })).status).toBe(200);
    await expect
      .poll(() => get('/status'), { timeout: 30_000, interval: 50 })
      .toMatchObject({ pipeline_status: 'idle' });
    // Without its other tables the version is invalid: the worker has read it and said so.
    expect(await get('/monitoring/data-quality')).toMatchObject({ valid: false });
    const metrics = async (url: string) => (await fetch(`${url}/metrics`, { headers })).text();
    expect(await metrics(workerUrl)).toMatch(/^kindred_jobs_total\{status="completed",outcome="\w+"\} 1$/m);
    expect(await metrics(apiUrl)).not.toMatch(/^kindred_jobs_total\{/m);
  });

  it('both stop in order', async () => {
    for (const child of [worker, api]) {
      child.kill('SIGTERM');
      expect((await once(child, 'exit'))[0]).toBe(0);
    }
  });
});
