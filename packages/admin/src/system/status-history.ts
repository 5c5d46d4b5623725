import type { Result } from '../graphql/graphql.ts';
import type { LatencyFields, StatusFields } from './system-documents.ts';

export type SystemStatus = Result<typeof StatusFields>;
export type RouteLatency = Result<typeof LatencyFields>;

/** Six minutes of a status every three seconds. */
const LONGEST = 120;

export type StatusHistory = readonly SystemStatus[];

/** With the newest at the end; after a restart of the service the old process's numbers would say nothing. */
export function withStatus(history: StatusHistory, status: SystemStatus): StatusHistory {
  const [first] = history;
  const same = first?.startedAt === status.startedAt && first.host === status.host;
  return [...(same ? history : []), status].slice(-LONGEST);
}

/** The quantiles of a route over time, or of all requests; null where there were none. */
export function latencyOver(history: StatusHistory, route: string | null) {
  const points = history.map(({ latency, routes }) =>
    route === null ? latency : routes.find((each) => each.route === route),
  );
  const values = (quantile: 'p50' | 'p95' | 'p99') => points.map((point) => rounded(point?.[quantile]));
  return [
    { name: 'p50', values: values('p50') },
    { name: 'p95', values: values('p95') },
    { name: 'p99', values: values('p99') },
  ];
}

/** Routes that were asked for at any time of the history, the most asked for now first. */
export function routesOf(history: StatusHistory): readonly RouteLatency[] {
  const found = new Map<string, RouteLatency>();
  for (const { routes } of history.toReversed()) {
    for (const each of routes) if (each.route !== null && !found.has(each.route)) found.set(each.route, each);
  }
  return [...found.values()];
}

/** Three digits: the window knows no more. */
function rounded(milliseconds: number | null | undefined): number | null {
  return milliseconds == null ? null : Number(milliseconds.toPrecision(3));
}
