import type { Core } from '@kindred/api/core.ts';
import type { Services } from '@kindred/api/graphql/context.ts';
import type { Middleware } from 'koa';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { addDependencyMetrics } from './dependency-metrics.ts';
import { addJobMetrics } from './job-metrics.ts';
import { addServingMetrics } from './serving-metrics.ts';

const REQUEST_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

export interface Metrics {
  /** Outermost middleware: measures whole requests. */
  readonly observe: Middleware;
  /** Answers `GET /metrics` in Prometheus's text format. */
  readonly page: Middleware;
  close(): void;
}

/**
 * What operators watch. Counting is done per request; what costs a query is asked only when somebody scrapes.
 *
 * @param services of a process that serves; a worker has none.
 */
export function createMetrics(core: Core, services?: Services): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'kindred_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: REQUEST_SECONDS,
    registers: [registry],
  });
  const errors = new Counter({
    name: 'kindred_errors_total',
    help: 'Requests that were answered with an error, by its code.',
    labelNames: ['code'] as const,
    registers: [registry],
  });
  addDependencyMetrics(registry, core);
  if (services) addServingMetrics(registry, services);
  const unsubscribe = addJobMetrics(registry, core);

  return {
    observe: async (ctx, next) => {
      const begun = performance.now();
      await next();
      // Unknown paths share one label: whoever scans the service must not be able to fill its memory.
      const route = typeof ctx.state.route === 'string' ? ctx.state.route : 'other';
      if (typeof ctx.state.errorCode === 'string') errors.inc({ code: ctx.state.errorCode });
      requests.observe({ route, method: ctx.method, status: ctx.status }, (performance.now() - begun) / 1000);
    },
    page: async (ctx, next) => {
      if (ctx.path !== '/metrics' || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
      ctx.state.route = '/metrics';
      ctx.type = registry.contentType;
      ctx.body = await registry.metrics();
    },
    close: () => {
      unsubscribe();
      registry.clear();
    },
  };
}
