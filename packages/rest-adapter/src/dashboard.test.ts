import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

const file = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');

const dashboard = z.object({
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      targets: z.array(z.object({ expr: z.string() })).default([]),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
    }),
  ),
});

describe('the metrics of a process that has everything', () => {
  let server: TestServer;
  /** Name and type of each. */
  let metrics: Map<string, string>;
  let panels: z.infer<typeof dashboard>['panels'];
  let asked: Set<string>;

  beforeAll(async () => {
    // A server that is away: what it is owed is counted all the same.
    server = await startTestServer({ MLFLOW_TRACKING_URI: 'http://127.0.0.1:1' });
    const page = await (await fetch(`${server.url}/metrics`)).text();
    metrics = new Map([...page.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]));
    panels = dashboard.parse(JSON.parse(await file('deploy/grafana/kindred.json'))).panels;
    const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    asked = new Set(
      expressions.flatMap((expr) => [...expr.matchAll(/\b(?:kindred|process|nodejs)_\w+/g)].map(([name]) => name)),
    );
  });
  afterAll(() => server.dispose());

  const series = (name: string, type: string) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name];

  it('are all that the Grafana dashboard asks for', () => {
    const known = new Set([...metrics].flatMap(([name, type]) => series(name, type)));
    expect([...asked].filter((name) => !known.has(name))).toEqual([]);
  });

  it('are all on the dashboard', () => {
    const left = [...metrics].filter(([name, type]) => !series(name, type).some((one) => asked.has(one)));
    expect(left.map(([name]) => name)).toEqual([]);
  });

  it('are all in docs/observability.md', async () => {
    const text = await file('docs/observability.md');
    const own = [...metrics.keys()].filter((name) => name.startsWith('kindred_'));
    expect(own.length).toBeGreaterThan(9);
    expect(own.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it('have panels of their own that do not cover each other', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });
});
