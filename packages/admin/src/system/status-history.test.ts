import { expect, it } from 'vitest';
import {
  latencyOver,
  type RouteLatency,
  routesOf,
  type StatusHistory,
  type SystemStatus,
  withStatus,
} from './status-history.ts';

const latency = (route: string | null, p50: number | null): RouteLatency => ({
  route,
  requests: 1,
  refused: 0,
  perSecond: 1,
  p50,
  p95: p50,
  p99: p50,
});

function status(at: number, routes: readonly RouteLatency[], startedAt = 'then'): SystemStatus {
  const memory = { rss: 1, heapUsed: 1, heapTotal: 1, machineFree: 1, machineTotal: 1 };
  const queue = { pending: 0, running: 0, paused: 0, waitingSince: null, completed: 0, failed: 0, cancelled: 0 };
  return {
    at: new Date(at).toISOString(),
    version: '1',
    commit: null,
    host: 'here',
    startedAt,
    uptimeSeconds: at,
    memory,
    queue,
    processes: [],
    latency: latency(null, at + 0.1234),
    routes: [...routes],
    dependencies: [],
    readiness: { ready: true, checks: [] },
  };
}

it('keeps the last 120 of one process', () => {
  let history: StatusHistory = [];
  for (let at = 0; at < 130; at++) history = withStatus(history, status(at, []));
  expect(history.length).toBe(120);
  expect(history[0]?.uptimeSeconds).toBe(10);
  expect(withStatus(history, status(0, [], 'later')).length).toBe(1);
});

it('tells the times of a route, with gaps where nobody asked', () => {
  const history = [status(1, [latency('/a', 5.6789)]), status(2, []), status(3, [latency('/b', 1), latency('/a', 7)])];
  expect(latencyOver(history, '/a')[0]).toEqual({ name: 'p50', values: [5.68, null, 7] });
  expect(latencyOver(history, null)[2]?.values).toEqual([1.12, 2.12, 3.12]);
  expect(routesOf(history).map(({ route }) => route)).toEqual(['/b', '/a']);
});
