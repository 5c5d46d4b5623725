/** OpenTelemetry's SDK, set up from the settings. Loaded only where there is a collector to send to. */

import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  defaultResource,
  detectResources,
  hostDetector,
  processDetector,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { sourceCommit } from '../source-commit.ts';
import { ATTRIBUTES } from './attributes.ts';
import type { Tracing } from './start-tracing.ts';
import { TellingExporter } from './telling-exporter.ts';
import type { TracingConfig } from './tracing-config.ts';

/** What a stop waits for a collector that is away. */
const LONGEST_FLUSH_MS = 3000;

const SAMPLERS: Record<TracingConfig['sampler'], (ratio: number) => Sampler> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio) => new TraceIdRatioBasedSampler(ratio),
  parentbased_always_on: () => new ParentBasedSampler({ root: new AlwaysOnSampler() }),
  parentbased_always_off: () => new ParentBasedSampler({ root: new AlwaysOffSampler() }),
  parentbased_traceidratio: (ratio) => new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
};

const EXPORTERS: Record<TracingConfig['protocol'], (url: string) => Promise<SpanExporter>> = {
  'http/protobuf': async (url) =>
    new (await import('@opentelemetry/exporter-trace-otlp-proto')).OTLPTraceExporter({ url }),
  'http/json': async (url) => new (await import('@opentelemetry/exporter-trace-otlp-http')).OTLPTraceExporter({ url }),
};

export async function openTracing(tracing: TracingConfig, config: Config, logger: Logger): Promise<Tracing> {
  const exporter = new TellingExporter(await EXPORTERS[tracing.protocol](tracing.url), logger, tracing.url);
  const version = config.commit ?? (await sourceCommit());
  // What is merged later wins: the environment may rename everything.
  const resource = defaultResource()
    .merge(detectResources({ detectors: [hostDetector, processDetector, serviceInstanceIdDetector] }))
    .merge(
      resourceFromAttributes({
        [ATTRIBUTES.SERVICE_NAME]: `kindred-${config.role}`,
        ...(version === undefined ? {} : { [ATTRIBUTES.SERVICE_VERSION]: version }),
      }),
    )
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }))
    .merge(
      resourceFromAttributes(
        tracing.serviceName === undefined ? {} : { [ATTRIBUTES.SERVICE_NAME]: tracing.serviceName },
      ),
    );
  const provider = new TracerProvider({
    resource,
    sampler: SAMPLERS[tracing.sampler](tracing.ratio),
    // Its queue is bounded: where nobody takes spans, they are dropped, and nobody waits.
    spanProcessors: [new BatchSpanProcessor({ exporter, ...tracing.batch })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    async stop() {
      const flushed = provider.shutdown().catch((error: unknown) => {
        logger.debug({ err: error }, 'the last spans could not be sent');
      });
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, LONGEST_FLUSH_MS);
      await Promise.race([flushed, late]);
      clearTimeout(timer);
      trace.disable();
      propagation.disable();
      context.disable();
    },
  };
}
