import { payersCsv } from '@kindred/api/test/payers-csv.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clusteringClient } from './test/clustering-client.ts';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

let server: TestServer;
const { call, upload } = clusteringClient(() => server.url);
let dataset: string;
beforeAll(async () => {
  // Not started: nothing runs.
  server = await startTestServer({}, {});
  dataset = await upload('payers', payersCsv(60));
});
afterAll(() => server.dispose());

const forecast = (body: object) => call('POST', '/api/clustering-jobs/forecast/', body);

it('a forecast over REST tells the stages and makes no job', async () => {
  const parameters = { clustering_algorithm: 'dbscan', columns: ['income', 'debt'] };
  const { status, json } = await forecast({ dataset, parameters });
  expect([status, json.accepted]).toEqual([200, true]);
  expect(json.limit_bytes).toBe(server.app.config.computeMemoryBytes);
  expect(json.stages.map(({ stage }: { stage: string }) => stage)).toEqual([
    'preprocess',
    'feature_selection',
    'dimensionality_reduction',
    'clustering',
    'metrics',
    'visualization',
  ]);
  const clustering = json.stages[3];
  expect(clustering).toMatchObject({ method: 'dbscan', rows: 60, columns: 2, refused: false, most_rows: null });
  expect(clustering.peak_bytes).toBe(clustering.planned_bytes + 60 * 2 * 8);
  const all = json.stages.map(({ seconds }: { seconds: { low: number; high: number } }) => seconds);
  for (const { low, high } of all) expect(0 < low && low < high).toBe(true);
  const sum = (pick: (one: { low: number; high: number }) => number) =>
    all.reduce((total: number, one: { low: number; high: number }) => total + pick(one), 0);
  expect(json.seconds.low).toBeCloseTo(
    sum(({ low }) => low),
    9,
  );
  expect(json.seconds.high).toBeCloseTo(
    sum(({ high }) => high),
    9,
  );
  expect((await call('GET', '/api/clustering-jobs/')).json).toEqual([]);
});

it('a forecast is refused for what a job would be', async () => {
  const cases = [
    [{ dataset, parameters: { clustering_algorithm: 'magic' } }, 400, 'there is no method magic'],
    [{ dataset, parameters: { columns: ['height'] } }, 400, 'has no column height'],
    [{ dataset, parameters: { columns: [] } }, 400, 'No column'],
    [{ dataset, parameters: { preprocessing: { encode_params: { wrong: 1 } } } }, 400, 'oneHotEncoder'],
    [{ dataset, preset: 'none such' }, 404, 'There is no preset'],
    [{ dataset: '00000000-0000-4000-8000-000000000000' }, 404, 'There is no data set'],
  ] as const;
  for (const [body, status, reason] of cases) {
    const answer = await forecast(body);
    expect([answer.status, answer.json.detail]).toEqual([status, expect.stringContaining(reason)]);
  }
});

it('a job that does not run has no time to go', async () => {
  const { json } = await call('POST', '/api/clustering-jobs/', { dataset });
  expect((await call('GET', `/api/clustering-jobs/${json.id}/`)).json.eta_seconds).toBeNull();
});

it('a forecast follows what the stages took here before', { timeout: 120_000 }, async () => {
  const own = await startTestServer({}, {});
  try {
    await own.app.start();
    const client = clusteringClient(() => own.url);
    const table = await client.upload('payers', payersCsv(80));
    const parameters = { clustering_algorithm: 'kmeans', visualization: { charts: [] } };
    const told = async () => {
      const { json } = await client.call('POST', '/api/clustering-jobs/forecast/', { dataset: table, parameters });
      return json.stages.map(({ seconds }: { seconds: { low: number; high: number } }) => seconds);
    };
    const before = await told();
    for (const seed of [1, 2, 3]) {
      const { json } = await client.call('POST', '/api/clustering-jobs/', { dataset: table, parameters, seed });
      await client.call('POST', `/api/clustering-jobs/${json.id}/execute_all_steps/`);
      expect((await client.ended(`/api/clustering-jobs/${json.id}/`)).status).toBe('Completed');
    }
    // As if this machine were slow: each stage took a minute.
    const em = own.app.database.fork();
    await em.execute("update stage_run set finished_at = started_at + interval '1 minute' where status = 'completed'");
    const after = await told();
    expect(after[3].low).toBeCloseTo(60 / 1.25, 3);
    expect(after[3].high).toBeCloseTo(60 * 1.25, 3);
    expect(before[3].high).toBeLessThan(after[3].low);
  } finally {
    await own.dispose();
  }
});
