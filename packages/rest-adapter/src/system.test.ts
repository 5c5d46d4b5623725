import { setTimeout as sleep } from 'node:timers/promises';
import { commitVersion, ensureDataset } from '@kindred/api/datasets/dataset.operations.ts';
import { getJob } from '@kindred/api/jobs/job.operations.ts';
import { LOOKALIKE } from '@kindred/api/lookalike/receive/version-ledger.ts';
import { definePipeline } from '@kindred/api/pipelines/pipeline.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '@kindred/api/test/toy-pipeline.ts';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

describe('the service as operators see it', () => {
  let server: TestServer;
  beforeAll(async () => {
    const env = { KINDRED_CORS: 'https://console.example', KINDRED_REST_TOKEN: 'a secret token' };
    server = await startTestServer(env, {
      pipelines: [toyPipeline, definePipeline({ ...toyPipeline, name: LOOKALIKE })],
      stagesModule: TOY_STAGES_MODULE,
    });
    await server.app.start();
  });
  afterAll(() => server.dispose());

  const authorization = 'Bearer a secret token';

  async function ask(query: string, headers: Record<string, string> = {}) {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return { ...(await response.json()), headers: response.headers };
  }

  it('tells the queue, the processes with their jobs, memory, dependencies and checks', async () => {
    await ensureDataset(server.app, 'toys', 'toy');
    const { job } = await commitVersion(server.app, 'toys', 'v1', { version: 'v1', tables: {} });
    while ((await getJob(server.app, job.id)).status !== 'completed') await sleep(50);
    // However many watch, the queue is counted twice a second at the most.
    await sleep(600);
    await server.app.processes.beat();
    const { data, errors } = await ask(`{ systemStatus {
      version commit host uptimeSeconds memory { rss heapUsed machineTotal }
      queue { pending running paused waitingSince completed failed cancelled }
      processes { id role takesJobs host pid alive memoryBytes startedAt seenAt jobs { uuid } }
      dependencies { name up outages } readiness { ready checks { name status } } } }`);
    expect(errors).toBeUndefined();
    const { systemStatus } = data;
    expect(systemStatus.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(systemStatus.uptimeSeconds).toBeGreaterThan(0);
    expect(systemStatus.memory.rss).toBeGreaterThan(systemStatus.memory.heapUsed);
    expect(systemStatus.queue).toEqual({
      pending: 0,
      running: 0,
      paused: 0,
      waitingSince: null,
      completed: 1,
      failed: 0,
      cancelled: 0,
    });
    expect(systemStatus.processes).toEqual([
      expect.objectContaining({
        id: server.app.processes.id,
        role: 'all',
        takesJobs: true,
        alive: true,
        pid: process.pid,
        host: systemStatus.host,
        jobs: [],
      }),
    ]);
    expect(systemStatus.dependencies).toContainEqual({ name: 'disk', up: true, outages: 0 });
    expect(systemStatus.readiness.checks).toContainEqual({ name: 'database', status: 'ok' });
  });

  it('tells what was asked of it and how fast it answered, refusals with their code and id', async () => {
    const nothing = await fetch(`${server.url}/nothing`, { headers: { authorization, 'x-request-id': 'mine-1' } });
    expect(nothing.headers.get('x-request-id')).toBe('mine-1');
    await fetch(`${server.url}/status`, { headers: { 'x-request-id': 'bad id' } });
    await fetch(`${server.url}/ready`);
    await ask('query Named { datasets { nodes { name } } }', { 'x-request-id': 'mine-2' });
    await ask('{ jobs(first: 1000) { nodes { id } } datasets { nodes { id } } }', { 'x-request-id': 'mine-3' });
    await ask('{ nonsense }', { 'x-request-id': 'mine-4' });
    const fields =
      'nodes { method path route operation status refused code milliseconds requestId } totalCount { count }';
    const { data } = await ask(`{ all: requests(first: 5) { ${fields} pageInfo { endCursor } }
      refused: requests(refused: true) { ${fields} } named: requests(text: "named") { ${fields} } }`);
    const [broken, page, named, stranger, nobody] = data.all.nodes;
    expect(broken).toMatchObject({ requestId: 'mine-4', refused: true, code: 'GRAPHQL_VALIDATION_FAILED' });
    expect(page).toMatchObject({
      requestId: 'mine-3',
      operation: 'jobs datasets',
      refused: true,
      code: 'INVALID_INPUT',
    });
    expect(named).toMatchObject({
      requestId: 'mine-2',
      operation: 'Named',
      method: 'POST',
      path: '/graphql',
      status: 200,
      refused: false,
      code: null,
    });
    expect(named.milliseconds).toBeGreaterThan(0);
    expect(stranger).toMatchObject({ path: '/status', status: 401, code: 'UNAUTHENTICATED' });
    expect(stranger.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(nobody).toMatchObject({ path: '/nothing', status: 404, code: 'NOT_FOUND', route: null });
    expect(data.refused.totalCount.count).toBe(data.refused.nodes.length);
    expect(data.refused.nodes).not.toContainEqual(expect.objectContaining({ requestId: 'mine-2' }));
    expect(data.named.nodes).toEqual([named]);
    const next = await ask(`{ requests(first: 1, after: "${data.all.pageInfo.endCursor}") { nodes { path } } }`);
    expect(next.data.requests.nodes).toHaveLength(1);
    const { systemStatus } = (
      await ask('{ systemStatus { latency { requests refused perSecond p50 p99 } routes { route requests p95 } } }')
    ).data;
    expect(systemStatus.latency.requests).toBeGreaterThan(6);
    expect(systemStatus.latency.p50).toBeGreaterThan(0);
    expect(systemStatus.routes[0]).toMatchObject({ route: '/graphql' });
  });

  it('tells every setting, where it comes from and what it means, but no secret', async () => {
    const { settings } = (await ask('{ settings { name value isSet secret source meaning } }')).data;
    const named = (name: string) => settings.find((setting: { name: string }) => setting.name === name);
    expect(named('KINDRED_CORS')).toMatchObject({ value: 'https://console.example', source: 'environment' });
    expect(named('KINDRED_REST_TOKEN')).toMatchObject({
      value: null,
      isSet: true,
      secret: true,
      source: 'environment',
    });
    expect(named('KINDRED_SEED')).toMatchObject({ value: '42', source: 'default' });
    expect(named('S3_ENDPOINT')).toMatchObject({ value: null, isSet: false });
    expect(JSON.stringify(settings)).not.toContain('a secret token');
    for (const { name, meaning } of settings) expect(meaning, name).not.toBe('');
    // The token of REST routes is an operator's.
    const { errors } = await ask('{ settings { name } }', { authorization });
    expect(errors[0].extensions.code).toBe('FORBIDDEN');
  });

  it('tells its status again and again to those who listen', async () => {
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
    });
    const seen: string[] = [];
    for await (const { data, errors } of client.iterate<{ systemStatusChanged: { at: string } }>({
      query: 'subscription { systemStatusChanged(everySeconds: 1) { at queue { running } latency { requests } } }',
    })) {
      expect(errors).toBeUndefined();
      if (data) seen.push(data.systemStatusChanged.at);
      if (seen.length === 3) break;
    }
    expect(new Set(seen).size).toBe(3);
    const refused = client.iterate({ query: 'subscription { systemStatusChanged(everySeconds: 0) { at } }' });
    expect((await refused.next()).value.errors[0].extensions.code).toBe('INVALID_INPUT');
    await client.dispose();
  });
});
