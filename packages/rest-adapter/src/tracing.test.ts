import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OtlpReceiver, openOtlpReceiver, type ReceivedSpan } from '@kindred/api/test/otlp-receiver.ts';
import { findPostgres, startPostgres, type ThrowawayPostgres } from '@kindred/api/test/throwaway-postgres.ts';
import { findRedis, startRedis, type ThrowawayRedis } from '@kindred/api/test/throwaway-redis.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addressOf, type MainProcess, startMain } from './test/start-main.ts';

const CALLER = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' };
const TRACEPARENT = `00-${CALLER.trace}-${CALLER.span}-01`;

let collector: OtlpReceiver;
let dataDir: string;
const started: MainProcess[] = [];
beforeEach(async () => {
  collector = await openOtlpReceiver();
  dataDir = await mkdtemp(join(tmpdir(), 'kindred-tracing-'));
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await collector.stop();
  await rm(dataDir, { recursive: true, force: true });
});

function start(env: Record<string, string>): MainProcess {
  const child = startMain({ KINDRED_DATA: dataDir, OTEL_BSP_SCHEDULE_DELAY: '100', ...env });
  started.push(child);
  return child;
}

async function stop(child: MainProcess): Promise<number> {
  child.kill('SIGTERM');
  return (await once(child, 'exit'))[0];
}

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

const TOKEN = 'token-of-tests';
const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };

const BATCH = { version: 'v1', table: 'people', batch_id: 1, total_batches: 1, records: [{ user_id: 1 }] };

const installed = { postgres: findPostgres(), redis: findRedis() };

/** SKIPPED where no PostgreSQL or no Redis is installed. */
describe.skipIf(!installed.postgres || !installed.redis)('an api and a worker', () => {
  let postgres: ThrowawayPostgres;
  let redis: ThrowawayRedis;
  beforeAll(async () => {
    if (!installed.postgres || !installed.redis) return;
    [postgres, redis] = await Promise.all([startPostgres(installed.postgres), startRedis(installed.redis)]);
  });
  afterAll(async () => {
    await redis?.kill();
    await postgres?.stop();
  });

  it('make one trace of a call, its operation, its job and the stages in the other process', async () => {
    await collector.start();
    const env = {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      KINDRED_LOG: 'info',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    };
    const api = start({ ...env, KINDRED_ROLE: 'api' });
    const worker = start({ ...env, KINDRED_ROLE: 'worker' });
    const url = await addressOf(api);
    await addressOf(worker, /takes jobs; (\S+) answers/);
    expect((await post(`${url}/data/batch`, BATCH)).status).toBe(200);
    const commit = await post(`${url}/data/commit`, { version: 'v1' }, { traceparent: TRACEPARENT });
    expect(commit.headers.get('traceparent')).toMatch(new RegExp(`^00-${CALLER.trace}-[0-9a-f]{16}-01$`));
    await expect
      .poll(async () => (await (await fetch(`${url}/status`)).json()) as object, { timeout: 30_000, interval: 50 })
      .toMatchObject({ pipeline_status: 'idle' });
    expect([await stop(worker), await stop(api)]).toEqual([0, 0]);

    const spans = collector.spans.filter(({ traceId }) => traceId === CALLER.trace);
    const named = (name: string): ReceivedSpan => {
      const [span, ...others] = spans.filter((candidate) => candidate.name === name);
      expect({ name, found: span !== undefined, others }).toEqual({ name, found: true, others: [] });
      return span as ReceivedSpan;
    };
    const call = named('POST /data/commit');
    expect(call).toMatchObject({ service: 'kindred-api', kind: 2, parentSpanId: CALLER.span, status: 0 });
    expect(call.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/data/commit',
      'http.response.status_code': 200n,
      'url.path': '/data/commit',
      'url.scheme': 'http',
    });
    const operation = named('mutation commitVersion');
    expect(operation).toMatchObject({ service: 'kindred-api', kind: 1, parentSpanId: call.spanId });
    const sent = named('send job lookalike');
    expect(sent).toMatchObject({ service: 'kindred-api', kind: 4, parentSpanId: operation.spanId });
    const job = named('process job lookalike');
    expect(job).toMatchObject({ service: 'kindred-worker', kind: 5, parentSpanId: sent.spanId, status: 0 });
    expect(job.attributes).toMatchObject({
      'messaging.system': 'pg-boss',
      'messaging.message.id': sent.attributes['messaging.message.id'],
      'kindred.data_version': 'v1',
      'kindred.job.attempt': 1n,
    });
    // Without its other tables the version is invalid, and the pipeline goes on with the report alone.
    for (const name of ['ingest', 'validate', 'report']) {
      const stage = named(`stage ${name}`);
      expect(stage).toMatchObject({ service: 'kindred-worker', parentSpanId: job.spanId, status: 0 });
      expect(stage.attributes).toMatchObject({ 'kindred.stage': name, 'kindred.stage.status': 'completed' });
    }
    expect([...collector.contentTypes]).toEqual(['application/x-protobuf']);
    const line = worker.printed.split('\n').find((text) => text.includes('"job completed"')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ trace_id: CALLER.trace, span_id: job.spanId, trace_flags: '01' });
  });
});

describe('one process', () => {
  it('speaks JSON too, and takes the standard names of settings', async () => {
    await collector.start();
    const child = start({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_SERVICE_NAME: 'shop',
      KINDRED_REST_TOKEN: TOKEN,
    });
    const url = await addressOf(child);
    const query = { query: 'query Own { openVersions: datasets(first: 1) { edges { cursor } } }' };
    const answer = await post(`${url}/graphql`, query, { 'content-type': 'application/json', ...AUTHORIZED });
    expect(answer.status).toBe(200);
    const [, traceId] = answer.headers.get('traceparent')?.split('-') ?? [];
    expect((await post(`${url}/lookalike`, { merchant_id: 1, offer_id: 1, top_n: 5 }, AUTHORIZED)).status).toBe(503);
    for (const path of ['/ready', '/live', '/metrics']) await fetch(url + path, { headers: AUTHORIZED });
    await expect.poll(() => collector.spans.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(4);
    expect(await stop(child)).toBe(0);
    expect(collector.spans.map(({ service, name, status }) => [service, name, status]).sort()).toEqual([
      ['shop', 'POST /graphql', 0],
      ['shop', 'POST /lookalike', 2],
      ['shop', 'query audience', 0],
      ['shop', 'query datasets', 0],
    ]);
    expect(collector.spans.find(({ name }) => name === 'POST /graphql')?.traceId).toBe(traceId);
    expect([...collector.contentTypes]).toEqual(['application/json']);
  });

  it('sends what is sampled alone', async () => {
    await collector.start();
    const child = start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER: 'parentbased_always_off' });
    const url = await addressOf(child);
    for (let i = 0; i < 5; i++) expect((await fetch(`${url}/status`)).headers.get('traceparent')).toMatch(/-00$/);
    await fetch(`${url}/status`, { headers: { traceparent: TRACEPARENT } });
    expect(await stop(child)).toBe(0);
    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(new Set([CALLER.trace]));
  });

  it('serves as ever while the collector is away, says so once, and sends again when it is back', async () => {
    const child = start({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
      KINDRED_LOG: 'info',
    });
    const url = await addressOf(child);
    for (let i = 0; i < 20; i++) {
      const began = performance.now();
      expect((await fetch(`${url}/status`)).status).toBe(200);
      expect(performance.now() - began).toBeLessThan(1000);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await expect.poll(() => child.printed, { timeout: 10_000 }).toContain('the collector takes no spans');
    await collector.start();
    await expect
      .poll(
        async () => {
          await fetch(`${url}/status`);
          return collector.spans.length;
        },
        { timeout: 10_000, interval: 100 },
      )
      .toBeGreaterThan(0);
    await expect.poll(() => child.printed).toContain('the collector takes spans again');
    expect(child.printed.match(/the collector takes no spans/g)).toHaveLength(1);
    await collector.stop();
    await fetch(`${url}/status`);
    const began = performance.now();
    expect(await stop(child)).toBe(0);
    expect(performance.now() - began).toBeLessThan(6000);
  });
});
