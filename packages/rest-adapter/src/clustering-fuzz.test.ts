import { payersCsv } from '@kindred/api/test/payers-csv.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROUTES } from './routes.ts';
import { clusteringClient } from './test/clustering-client.ts';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

let server: TestServer;
const { call, upload } = clusteringClient(() => server.url);
let dataset: string;
let id: string;
beforeAll(async () => {
  // Not started: jobs wait, so that only the doors are tested.
  server = await startTestServer({}, {});
  dataset = await upload('payers', payersCsv(30));
  id = (await call('POST', '/api/clustering-jobs/', { dataset })).json.id;
});
afterAll(() => server.dispose());

it('clustering and data set routes never answer with a 5xx, and with a reason where they refuse', async () => {
  let state = 20261126;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % below;
  };
  const pick = <T>(from: readonly T[]): T => from[random(from.length)];
  const odd = [0, -1, 2 ** 53, 1e308, '', 'x', '\ud800', 'v\0', 'ы', null, true, [], [[]], {}, { a: [null] }, 'income'];
  const names = [
    'dataset',
    'parameters',
    'rows',
    'preset',
    'seed',
    'clustering',
    'clustering_algorithm',
    'columns',
    'stability',
    'name',
    '__proto__',
  ];
  const value = (): unknown => {
    const kind = random(6);
    if (kind === 0) return id;
    if (kind === 1) return dataset;
    if (kind === 2) return [pick(odd)];
    if (kind === 3) return { [pick(names)]: pick(odd), [pick(names)]: pick(odd) };
    return pick(odd);
  };
  const segments = [
    id,
    dataset,
    'x',
    '%00',
    '..%2f..',
    '0',
    '-1',
    '%D1%8B',
    'a'.repeat(300),
    'result.csv',
    '__proto__',
  ];
  const queries = ['', '?limit=x', '?limit=-1', '?offset=99999999999999999999', '?moved=1e3', '?page=%ff', '?order=1'];
  const routes = ROUTES.filter(({ tag, method }) => (tag === 'clustering' || tag === 'tables') && method !== 'delete');
  const reached = new Set<number>();
  for (let turn = 0; turn < 600; turn++) {
    const { method, path } = pick(routes);
    const address =
      path.replaceAll(/\{\w+\}/g, () => (random(2) === 0 ? id : pick(segments))) + pick(['', '/']) + pick(queries);
    const body = method === 'get' ? undefined : { [pick(names)]: value(), [pick(names)]: value() };
    const answer = await call(method.toUpperCase(), address, body);
    const what = `${method} ${address} ${JSON.stringify(body)}: ${answer.status} ${answer.text.slice(0, 300)}`;
    expect(answer.status, what).toBeLessThan(500);
    if (answer.status >= 400) expect(answer.json?.detail, what).toEqual(expect.any(String));
    reached.add(answer.status);
  }
  expect([...reached].sort()).toEqual(expect.arrayContaining([200, 400, 404]));
});
