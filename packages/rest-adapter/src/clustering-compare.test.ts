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
const { call, upload, clustered } = clusteringClient(() => server.url);
let dataset: string;
let three: string;

beforeAll(async () => {
  server = await startTestServer({}, {});
  await server.app.start();
  dataset = await upload('payers', payersCsv(120));
  three = await clustered(dataset, PARAMETERS, 'metrics');
});
afterAll(() => server.dispose());

const compare = async (other: string, query = '') =>
  (await call('GET', `/api/clustering-jobs/${three}/compare/${other}/${query}`)).json;

describe('two jobs compared over REST', () => {
  it('of the same data and features: parameters, measures, labels, and the rows that move', async () => {
    const four = await clustered(dataset, { ...PARAMETERS, clustering: { n_clusters: 4 } }, 'metrics');
    const found = await compare(four, '?moved=5');
    expect(found.parameters).toEqual([{ name: 'clustering.params.n_clusters', first: 3, second: 4 }]);
    expect([found.same_data, found.same_space, found.notes]).toEqual([true, true, []]);
    const inertia = found.metrics.find(({ name }: { name: string }) => name === 'inertia');
    expect(inertia.first).toBeGreaterThan(inertia.second);
    const { labels } = found;
    expect(labels).toMatchObject({ common_rows: 120, only_first: 0, only_second: 0 });
    // One of the three was parted: the smaller part has moved.
    expect(labels.table).toHaveLength(4);
    expect(labels.table.reduce((sum: number, { rows }: { rows: number }) => sum + rows, 0)).toBe(120);
    expect(labels.matches.filter(({ first }: { first: number | null }) => first === null)).toHaveLength(1);
    expect(labels.moved).toBeGreaterThan(0);
    expect(labels.moved).toBeLessThanOrEqual(20);
    expect(labels.moved_rows).toHaveLength(Math.min(5, labels.moved));
    expect(labels.adjusted_rand).toBeGreaterThan(0.7);
    expect(labels.adjusted_rand).toBeLessThan(1);
    expect(labels.adjusted_mutual_information).toBeLessThan(labels.normalized_mutual_information);
  });

  it('of other features says that the measures are not of one space, and finds the same groups', async () => {
    const scaled = {
      ...PARAMETERS,
      preprocessing: { outlier_action: 'keep', scale: 'minMaxScaler', transform: 'none' },
    };
    const found = await compare(await clustered(dataset, scaled, 'clustering'));
    expect([found.same_data, found.same_space]).toEqual([true, false]);
    expect(found.notes).toEqual([expect.stringContaining('features')]);
    expect(found.labels).toMatchObject({ adjusted_rand: 1, adjusted_mutual_information: 1, moved: 0, moved_rows: [] });
    // The other's measures are not taken yet.
    expect(found.metrics[0]).toMatchObject({ second: null });
  });

  it('of other data compares parameters and measures alone, and says so; the same file again is the same data', async () => {
    const other = await upload('others', payersCsv(90));
    const found = await compare(await clustered(other, PARAMETERS, 'clustering'));
    expect(found).toMatchObject({ same_data: false, labels: null, parameters: [] });
    expect(found.notes).toEqual([expect.stringContaining('different data')]);
    const again = await upload('again', payersCsv(120));
    expect(await compare(await clustered(again, PARAMETERS, 'clustering'))).toMatchObject({
      same_data: true,
      labels: { moved: 0 },
    });
  });

  it('is refused for a job that is none, has no labels, or a number that is none', async () => {
    const early = await clustered(dataset, PARAMETERS, 'preprocess');
    expect((await call('GET', `/api/clustering-jobs/${three}/compare/${early}/`)).status).toBe(404);
    expect((await call('GET', `/api/clustering-jobs/${three}/compare/${dataset}/`)).status).toBe(404);
    expect((await call('GET', `/api/clustering-jobs/${three}/compare/${three}/?moved=x`)).status).toBe(400);
    expect((await call('GET', `/api/clustering-jobs/${three}/compare/${three}/?moved=1001`)).status).toBe(400);
  });
});
