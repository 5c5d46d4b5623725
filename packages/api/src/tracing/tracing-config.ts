import { z } from 'zod';

/** OpenTelemetry's own names for where spans go and which; everything unset, nothing is traced. */
export const tracingEnvironment = z.object({
  OTEL_SDK_DISABLED: z.string().optional().describe('`true` switches tracing off.'),
  OTEL_TRACES_EXPORTER: z
    .enum(['otlp', 'none'], 'is "otlp" or "none" here')
    .default('otlp')
    .describe('`none` switches tracing off.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where spans go; `/v1/traces` is added to it, as the standard says. Without it nothing is traced.'),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where spans go, taken as it is.'),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.string().default('http/protobuf').describe('http/protobuf or http/json.'),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: z.string().optional().describe('The same, for traces alone.'),
  OTEL_TRACES_SAMPLER: z
    .enum([
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ])
    .default('parentbased_always_on')
    .describe('Which requests are traced.'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('Share of new traces, for the samplers that take one.'),
  OTEL_SERVICE_NAME: z.string().optional().describe('Name in traces; `kindred-` and the role unless set.'),
  OTEL_BSP_SCHEDULE_DELAY: z.coerce.number().int().min(1).default(5000).describe('Milliseconds between two exports.'),
  OTEL_BSP_EXPORT_TIMEOUT: z.coerce
    .number()
    .int()
    .min(1)
    .default(30_000)
    .describe('Milliseconds that an export may take.'),
  OTEL_BSP_MAX_QUEUE_SIZE: z.coerce.number().int().min(1).default(2048).describe('Spans that wait at the most.'),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: z.coerce
    .number()
    .int()
    .min(1)
    .default(512)
    .describe('Spans of an export at the most.'),
});

const PROTOCOLS = ['http/protobuf', 'http/json'] as const;

export interface TracingConfig {
  readonly url: string;
  readonly protocol: (typeof PROTOCOLS)[number];
  readonly sampler: z.infer<typeof tracingEnvironment>['OTEL_TRACES_SAMPLER'];
  /** Share of new traces for the samplers that take one. */
  readonly ratio: number;
  /** Undefined for `kindred-` and the role. */
  readonly serviceName: string | undefined;
  readonly batch: {
    readonly scheduledDelayMillis: number;
    readonly exportTimeoutMillis: number;
    readonly maxQueueSize: number;
    readonly maxExportBatchSize: number;
  };
}

/**
 * Undefined where no collector is named, or tracing is switched off. Headers, certificates, compression and the time limit
 * (`OTEL_EXPORTER_OTLP_HEADERS` and so on) are read by the exporter itself.
 *
 * @throws Error for a protocol that we do not speak.
 */
export function tracingConfig(settings: z.infer<typeof tracingEnvironment>): TracingConfig | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own } = settings;
  const url = own ?? (endpoint && `${endpoint.replace(/\/+$/, '')}/v1/traces`);
  const off = settings.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || settings.OTEL_TRACES_EXPORTER === 'none';
  if (url === undefined || off) return undefined;
  const spoken = settings.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? settings.OTEL_EXPORTER_OTLP_PROTOCOL;
  const protocol = PROTOCOLS.find((known) => known === spoken);
  if (!protocol)
    throw new Error(`OTEL_EXPORTER_OTLP_PROTOCOL: "${spoken}" is not spoken here; ${PROTOCOLS.join(', ')} are`);
  return {
    url,
    protocol,
    sampler: settings.OTEL_TRACES_SAMPLER,
    ratio: settings.OTEL_TRACES_SAMPLER_ARG,
    serviceName: settings.OTEL_SERVICE_NAME,
    batch: {
      scheduledDelayMillis: settings.OTEL_BSP_SCHEDULE_DELAY,
      exportTimeoutMillis: settings.OTEL_BSP_EXPORT_TIMEOUT,
      maxQueueSize: settings.OTEL_BSP_MAX_QUEUE_SIZE,
      maxExportBatchSize: Math.min(settings.OTEL_BSP_MAX_EXPORT_BATCH_SIZE, settings.OTEL_BSP_MAX_QUEUE_SIZE),
    },
  };
}
