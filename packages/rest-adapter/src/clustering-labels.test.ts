import { payersCsv } from '@kindred/api/test/payers-csv.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusteringClient } from './test/clustering-client.ts';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

const PARAMETERS = {
  clustering_algorithm: 'kmeans',
  clustering: { n_clusters: 3 },
  columns: ['income', 'debt'],
  preprocessing: { outlier_action: 'keep' },
};

let server: TestServer;
const { call, upload, clustered, ended } = clusteringClient(() => server.url);
let dataset: string;
let id: string;

beforeAll(async () => {
  server = await startTestServer({}, {});
  await server.app.start();
  dataset = await upload('payers', payersCsv(120));
  id = await clustered(dataset, PARAMETERS, 'clustering');
});
afterAll(() => server.dispose());

describe('labels of new rows over REST', () => {
  it('are those of the cluster that is nearest, with the distance and the rule', async () => {
    const { json: job } = await call('GET', `/api/clustering-jobs/${id}/`);
    const lines = (await call('GET', job.result_file)).text.trim().split('\n').slice(1, 4);
    const rows = lines.map((line) => {
      const [, income, debt] = line.split(',');
      return { income: Number(income), debt: Number(debt) };
    });
    const { status, json } = await call('POST', `/api/clustering-jobs/${id}/predict/`, { rows });
    expect(status).toBe(200);
    expect(json.rows.map(({ Cluster }: { Cluster: number }) => Cluster)).toEqual([0, 1, 2]);
    expect(json).toMatchObject({ method: 'kMeans', natural: true, value: 'distance', own_share: 1, own_rows: 120 });
    expect(json.rows[0].value).toBeGreaterThan(0);
  });

  it.each([
    ['a column that is absent', [{ income: 1 }], 400, /lacks the column "debt"/],
    ['a column that is not known', [{ income: 1, debt: 2, more: 3 }], 400, /"more"/],
    ['another type', [{ income: 'x', debt: 2 }], 400, /"x" in the column "income", which takes a number/],
    ['no rows', [], 400, /rows/],
    ['too many rows', Array(1001).fill({ income: 1, debt: 2 }), 413, /1001/],
  ])('are refused for %s', async (_what, rows, status, detail) => {
    const answer = await call('POST', `/api/clustering-jobs/${id}/predict/`, { rows });
    expect([answer.status, answer.json.detail]).toEqual([status, expect.stringMatching(detail)]);
  });

  it('are refused before the clustering, and after t-SNE, saying what to choose', async () => {
    const rows = [{ income: 1, debt: 2 }];
    const early = await clustered(dataset, PARAMETERS, 'preprocess');
    expect((await call('POST', `/api/clustering-jobs/${early}/predict/`, { rows })).status).toBe(404);
    const tsne = { ...PARAMETERS, dimensionality_reduction_method: 'tsne' };
    const placed = await clustered(dataset, tsne, 'clustering');
    for (const [path, body] of [
      ['predict', { rows }],
      ['label_dataset', { dataset }],
    ] as const) {
      const { status, json } = await call('POST', `/api/clustering-jobs/${placed}/${path}/`, body);
      expect([status, json.detail]).toEqual([400, expect.stringContaining('choose pca')]);
    }
  });

  it('of another data set are a file, by a job of its own', async () => {
    const other = await upload('others', 'debt,income,age\n5,21,\n60,40,30\n8,91,\n');
    const made = await call('POST', `/api/clustering-jobs/${id}/label_dataset/`, { dataset: other });
    expect([made.status, made.json.dataset_name]).toEqual([202, 'others']);
    const done = await ended(`/api/label-jobs/${made.json.id}/`);
    expect(done).toMatchObject({ status: 'completed', error: null, result: { rows: 3, placing: { natural: true } } });
    const lines = (await call('GET', done.files[0])).text.trim().split('\n');
    expect(lines[0]).toBe('index,debt,income,age,Cluster,distance');
    expect(lines.slice(1).map((line) => line.split(',')[4])).toEqual(['0', '2', '1']);

    const wrong = await upload('wrong', 'income,debt\n1,many\n2,few\n');
    const refused = await call('POST', `/api/clustering-jobs/${id}/label_dataset/`, { dataset: wrong });
    expect([refused.status, refused.json.detail]).toEqual([400, expect.stringContaining('"debt"')]);
    expect((await call('GET', `/api/label-jobs/${id}/`)).status).toBe(404);
  });
});
