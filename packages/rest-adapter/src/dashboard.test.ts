import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

const dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
});

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.dispose());

it('the Grafana dashboard asks for nothing but metrics that there are', async () => {
  const file = new URL('../../../deploy/grafana/kindred.json', import.meta.url);
  const { panels } = dashboard.parse(JSON.parse(await readFile(file, 'utf8')));
  const page = await (await fetch(`${server.url}/metrics`)).text();
  const known = new Set(
    [...page.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name, type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    ),
  );
  const asked = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const names = asked.flatMap((expr) => [...expr.matchAll(/\b(?:kindred|process|nodejs)_\w+/g)].map(([name]) => name));
  expect(panels.length).toBeGreaterThan(8);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});
