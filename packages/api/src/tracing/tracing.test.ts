import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { commitVersion, ensureDataset } from '../datasets/dataset.operations.ts';
import type { Job } from '../jobs/job.entity.ts';
import { getJob, rerunJob } from '../jobs/job.operations.ts';
import { openLogger } from '../logger.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { type OtlpReceiver, openOtlpReceiver } from '../test/otlp-receiver.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '../test/toy-pipeline.ts';
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
