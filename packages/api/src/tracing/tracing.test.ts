import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { commitVersion, ensureDataset } from '../datasets/dataset.operations.ts';
import type { Job } from '../jobs/job.entity.ts';
import { cancelJob, getJob, rerunJob } from '../jobs/job.operations.ts';
import { openLogger } from '../logger.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { type OtlpReceiver, openOtlpReceiver } from '../test/otlp-receiver.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '../test/toy-pipeline.ts';
import { lineOf, startWorkerProcess } from '../test/worker-process.ts';
import { inSpan, traceparent } from './spans.ts';
import { startTracing } from './start-tracing.ts';

/** Jobs of one process, their spans received by a collector of the test's own. */
describe('the spans of a job', () => {
  let collector: OtlpReceiver;
  let test: TestApp;
  let stopTracing: () => Promise<void>;

  beforeAll(async () => {
    collector = await openOtlpReceiver();
    await collector.start();
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    };
    test = await createTestApp({ pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE }, env);
    const tracing = await startTracing(test.config, openLogger(test.config));
    stopTracing = async () => tracing?.stop();
    await test.app.start();
    await ensureDataset(test.app, 'toys', 'toy');
  });
  afterAll(async () => {
    await test?.dispose();
    await stopTracing?.();
    await collector?.stop();
  });

  /** Makes a job inside a span of its own. @returns that span's trace and the job at its end. */
  async function traced(make: () => Promise<Job>): Promise<{ traceId: string; job: Job }> {
    let traceId = '';
    const made = await inSpan('request', {}, async (span) => {
      traceId = span.spanContext().traceId;
      return make();
    });
    await expect
      .poll(async () => (await getJob(test.app, made.id)).status, { timeout: 30_000, interval: 20 })
      .toMatch(/completed|failed/);
    await expect
      .poll(() => spansOf(traceId).some(({ name }) => name === 'process job toy'), { timeout: 5000 })
      .toBe(true);
    return { traceId, job: await getJob(test.app, made.id) };
  }

  const spansOf = (traceId: string) => collector.spans.filter((span) => span.traceId === traceId);
  const stages = (traceId: string) =>
    spansOf(traceId)
      .filter(({ name }) => name.startsWith('stage '))
      .map(({ name, status, attributes }) => [name, attributes['kindred.stage.status'], status]);

  let first: Job;

  it('are those of the request that made it, which the job remembers', async () => {
    const { traceId, job } = await traced(async () => {
      const { job } = await commitVersion(test.app, 'toys', 'v1', { version: 'v1', tables: {} });
      return job;
    });
    first = job;
    expect(job.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    expect(stages(traceId)).toEqual(
      ['read', 'double', 'celebrate', 'report'].map((name) => [`stage ${name}`, 'completed', 0]),
    );
  });

  it('tell a stage whose result was there already', async () => {
    const { traceId } = await traced(() => rerunJob(test.app, first.id));
    expect(new Set(stages(traceId).map(([, status]) => status))).toEqual(new Set(['reused']));
  });

  it('carry what failed, by its code', async () => {
    const { traceId, job } = await traced(() =>
      rerunJob(test.app, first.id, { params: { behave: 'refuse', factor: 3 } }),
    );
    expect(job.status).toBe('failed');
    const failed = spansOf(traceId).filter(({ status }) => status === 2);
    expect(failed.map(({ name, attributes }) => [name, attributes['error.type']])).toEqual([
      ['stage double', 'INVALID_INPUT'],
      ['process job toy', 'INVALID_INPUT'],
    ]);
  });

  it('tell of an attempt that failed before the one that did not', async () => {
    const { traceId, job } = await traced(() =>
      rerunJob(test.app, first.id, { params: { behave: 'crash-once', factor: 5 } }),
    );
    expect(job.status).toBe('completed');
    const double = spansOf(traceId).find(({ name }) => name === 'stage double');
    expect(double).toMatchObject({ status: 0, events: ['exception'] });
  });
});

describe('a job whose worker is killed', () => {
  it('goes on in the same trace with the next one: a span for the attempt, and none of a stage twice', async () => {
    const collector = await openOtlpReceiver();
    await collector.start();
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    };
    const test = await createTestApp({ pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE }, env);
    const tracing = await startTracing(test.config, openLogger(test.config));
    try {
      await ensureDataset(test.app, 'toys', 'toy');
      const { traceId, job } = await inSpan('request', {}, async (span) => {
        const { job: committed } = await commitVersion(test.app, 'toys', 'v1', { version: 'v1', tables: {} });
        await cancelJob(test.app, committed.id);
        const slow = await rerunJob(test.app, committed.id, { params: { waitMs: 1500 } });
        return { traceId: span.spanContext().traceId, job: slow };
      });
      const named = (name: string) => collector.spans.filter((span) => span.traceId === traceId && span.name === name);
      await test.app.stop();
      const worker = startWorkerProcess(test.config, { ...env, KINDRED_DVC: 'false', OTEL_SERVICE_NAME: 'first' });
      await lineOf(worker, /^double running 0\.[2-9]/);
      await expect.poll(() => named('stage read').length, { timeout: 20_000 }).toBe(1);
      worker.kill('SIGKILL');
      await once(worker, 'exit');

      const app = await test.restart();
      // On PostgreSQL it would be taken when the lease has run out.
      await app.database
        .fork()
        .execute(`update job set lease_expires_at = now() - interval '1 second' where status = 'running'`);
      await app.start();
      await expect.poll(async () => (await getJob(app, job.id)).status, { timeout: 30_000 }).toBe('completed');
      await expect.poll(() => named('process job toy').length, { timeout: 20_000 }).toBe(1);
      const [attempt] = named('process job toy');
      expect(attempt.attributes).toMatchObject({
        'kindred.job.attempt': expect.anything(),
        'messaging.message.id': job.id,
      });
      expect(Number(attempt.attributes['kindred.job.attempt'])).toBe(2);
      // What each worker did hangs below an attempt of its own, and those below the request that made the job.
      expect(named('stage read').map(({ service }) => service)).toEqual(['first']);
      expect(named('stage double').map(({ service, parentSpanId }) => [service, parentSpanId])).toEqual([
        ['kindred-all', attempt.spanId],
      ]);
      expect(job.traceparent).toBe(`00-${traceId}-${attempt.parentSpanId}-01`);
    } finally {
      await test.dispose();
      await tracing?.stop();
      await collector.stop();
    }
  });
});

describe('without a collector', () => {
  it('nothing is started, and what runs belongs to no trace', async () => {
    const config = readConfig({});
    expect(config.tracing).toBeUndefined();
    expect(await startTracing(config, openLogger({ ...config, logLevel: 'silent' }))).toBeUndefined();
    expect(await inSpan('anything', {}, async () => traceparent())).toBeUndefined();
  });

  it('is also what the standard has for switching it off, and a protocol that is not spoken ends the start', () => {
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/' };
    expect(readConfig(endpoint).tracing).toMatchObject({ url: 'http://c:4318/v1/traces', protocol: 'http/protobuf' });
    expect(readConfig({ ...endpoint, OTEL_SDK_DISABLED: 'true' }).tracing).toBeUndefined();
    expect(readConfig({ ...endpoint, OTEL_TRACES_EXPORTER: 'none' }).tracing).toBeUndefined();
    expect(() => readConfig({ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toThrow(
      /OTEL_EXPORTER_OTLP_PROTOCOL: "grpc"/,
    );
    expect(() => readConfig({ ...endpoint, OTEL_TRACES_SAMPLER: 'jaeger_remote' })).toThrow(/OTEL_TRACES_SAMPLER: /);
  });
});
