import { payersCsv } from '@kindred/api/test/payers-csv.ts';
import ExcelJs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalIdOf } from './routes/global-id.ts';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

let server: TestServer;
let dataset: string;

async function call(method: string, path: string, body?: unknown) {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(server.url + path, { method, ...init });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, bytes, json: isJson ? JSON.parse(bytes.toString()) : undefined };
}

async function idle(id: string) {
  for (;;) {
    const { json } = await call('GET', `/api/clustering-jobs/${id}/`);
    if (!json.running) return json;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const PARAMETERS = {
  clustering_algorithm: 'kmeans',
  clustering: { n_clusters: 3 },
  dimensionality_reduction_method: 'pca',
  dimensionality_reduction: { n_components: 2 },
  columns: ['income', 'debt'],
  preprocessing: { scale: 'standardScaler' },
  label_column: 'kind',
  visualization: { charts: ['pca', 'means', 'dendrogram'] },
};

beforeAll(async () => {
  // Its pipelines are the real ones.
  server = await startTestServer({}, {});
  await server.app.start();
  const form = new FormData();
  form.set('name', 'payers');
  form.set('file', new File([payersCsv(300)], 'payers.csv'));
  const response = await fetch(`${server.url}/api/datasets/`, { method: 'POST', body: form });
  dataset = ((await response.json()) as { id: string }).id;
});
afterAll(() => server.dispose());

describe('a clustering job over REST', () => {
  let id: string;

  it('is made of checked parameters, and waits', async () => {
    const wrong = await call('POST', '/api/clustering-jobs/', {
      dataset,
      parameters: { clustering_algorithm: 'kmeans', clustering: { n_clusters: 0 } },
    });
    expect([wrong.status, wrong.json.detail]).toEqual([400, expect.stringContaining('n_clusters')]);
    const unknown = await call('POST', '/api/clustering-jobs/', {
      dataset,
      parameters: { clustering_algorithm: 'magic' },
    });
    expect([unknown.status, unknown.json.detail]).toEqual([400, expect.stringContaining('there is no method magic')]);
    const made = await call('POST', '/api/clustering-jobs/', { dataset, parameters: PARAMETERS });
    expect(made.status).toBe(201);
    id = made.json.id;
    expect(made.json).toMatchObject({
      dataset,
      dataset_name: 'payers',
      status: 'Pending',
      preprocessing_completed: false,
    });
    expect(made.json.parameters).toMatchObject({ clustering_algorithm: 'kMeans', clustering: { n_clusters: 3 } });
  });

  it('runs stage by stage in order, none twice', async () => {
    const early = await call('POST', `/api/clustering-jobs/${id}/clustering/`);
    expect([early.status, early.json.detail]).toEqual([
      400,
      'Stage preprocess comes before clustering and is not done',
    ]);
    expect((await call('GET', `/api/risk-analysis/${id}/`)).status).toBe(404);
    for (const stage of ['preprocess', 'feature_selection', 'dimensionality_reduction', 'clustering']) {
      expect((await call('POST', `/api/clustering-jobs/${id}/${stage}/`)).status).toBe(202);
      expect(await idle(id)).toMatchObject({
        status: 'Processing',
        error: null,
        [`${stage.replace(/^preprocess$/, 'preprocessing')}_completed`]: true,
      });
    }
    expect((await call('POST', `/api/clustering-jobs/${id}/clustering/`)).status).toBe(400);
    expect((await call('GET', `/api/risk-analysis/${id}/`)).status).toBe(200);
    expect((await call('POST', `/api/clustering-jobs/${id}/execute_all_steps/`)).status).toBe(202);
    const done = await idle(id);
    expect(done).toMatchObject({
      status: 'Completed',
      progress: 1,
      metrics_completed: true,
      visualization_completed: true,
    });
    expect(done.metrics.adjusted_rand.value).toBeGreaterThan(0.95);
    expect(done.metrics.normalized_mutual_information).toMatchObject({ value: expect.closeTo(1, 1), rows: 300 });
    expect(done.metrics.silhouette.value).toBeGreaterThan(0.3);
    expect((await call('POST', `/api/clustering-jobs/${id}/execute_all/`)).status).toBe(400);
  });

  it('has the labelled data set, pictures, files of the stages and a workbook', async () => {
    const { json } = await call('GET', `/api/clustering-jobs/${id}/`);
    const path = (url: string) => url.slice(server.url.length);
    const result = await call('GET', json.result_file);
    const lines = result.bytes.toString().trim().split('\n');
    expect(lines[0]).toBe('index,income,debt,age,town,kind,active,since,Cluster');
    expect(lines.length).toBeGreaterThan(270);
    // Not 0 and 1, nor milliseconds.
    expect(lines[1]).toMatch(/^0,.*,Omsk,a,true,2021-03-10,0$/);
    expect(json.visualizations).toHaveLength(3);
    const picture = await call('GET', path(json.visualizations[0]));
    expect(picture.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(json.intermediate_files.map((url: string) => url.split('/').at(-2))).toEqual([
      'preprocessed.csv',
      'selected.csv',
      'reduced.csv',
    ]);
    const book = new ExcelJs.Workbook();
    const workbook = await call('GET', `/api/clustering-jobs/${id}/files/report.xlsx/`);
    await book.xlsx.load(workbook.bytes as unknown as ExcelJs.Buffer);
    expect(book.getWorksheet('Rows')?.rowCount).toBe(lines.length);
    expect((await call('GET', `/api/clustering-jobs/${id}/files/..%2f..%2fsecret/`)).status).toBe(404);
  });

  it('tells over GraphQL what it came to, and what its JSON files hold', async () => {
    const query = `query Outcome($id: ID!) { clusteringJob(id: $id) { ... on Job {
      clustering { method clusters noise rows silhouette } } }
      profiles: clusteringFile(job: $id, name: "profiles.json") { ... on Artifact { json } }
      table: clusteringFile(job: $id, name: "result.csv") { ... on Artifact { json } } }`;
    const { json } = await call('POST', '/graphql', { query, variables: { id: globalIdOf('Job', id) } });
    const { clusteringJob, profiles, table } = json.data;
    expect(clusteringJob.clustering).toMatchObject({ method: 'k_means', clusters: 3, noise: 0 });
    expect(clusteringJob.clustering.silhouette).toBeGreaterThan(0.3);
    const sizes = profiles.json.map(({ size }: { size: number }) => size);
    expect(sizes).toHaveLength(3);
    expect(sizes.reduce((sum: number, size: number) => sum + size, 0)).toBe(clusteringJob.clustering.rows);
    expect(table.json).toBeNull();
  });

  it('has points that one can zoom into, until each is shown alone', async () => {
    const { json } = await call('GET', `/api/clustering-jobs/${id}/`);
    expect(json.interactive).toEqual([`${server.url}/points?job=${id}&chart=pca`]);
    const points = `/api/clustering-jobs/${id}/points/pca/`;
    const { json: coarse } = await call('GET', `${points}?marks=40`);
    expect(coarse).toMatchObject({ title: 'Clusters by Principal components', exact: false, index: null });
    const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
    expect(sum(coarse.count)).toBe(coarse.points);
    expect(sum(coarse.clusters.map(({ rows }: { rows: number }) => rows))).toBe(coarse.points);
    expect(coarse.x.length).toBeLessThanOrEqual(40);
    const { x, y } = coarse.whole;
    const middle = (x[0] + x[1]) / 2;
    const { json: left } = await call('GET', `${points}?x=${x[0]},${middle}&y=${y.join(',')}`);
    expect(left).toMatchObject({ exact: true, window: { x: [x[0], middle], y } });
    expect(left.points).toBeGreaterThan(0);
    expect(left.points).toBeLessThan(coarse.points);
    expect(left.x.every((value: number) => value <= middle)).toBe(true);
    expect(new Set(left.index).size).toBe(left.points);
    expect((await call('GET', '/points')).bytes.toString()).toContain('points.js');
    for (const wrong of ['x=1', 'x=2,1', 'x=a,b', 'marks=0', 'marks=100000', 'y=1,1', 'x=-1e308,1e308']) {
      expect([wrong, (await call('GET', `${points}?${wrong}`)).status]).toEqual([wrong, 400]);
    }
    expect((await call('GET', `/api/clustering-jobs/${id}/points/dendrogram/`)).status).toBe(404);
  });

  it('has a risk for each row, explained by parts that add up to it', async () => {
    const { json } = await call('GET', `/api/risk-analysis/${id}/?limit=5&order=-risk_score`);
    expect(json.data).toHaveLength(5);
    expect(json.data[0]).toMatchObject({ risk_score: 1, risk_color: 'red' });
    const { index, risk_score } = json.data[3];
    const explained = (await call('GET', `/api/risk-analysis/${id}/${index}/`)).json;
    const sum = explained.contributions.reduce(
      (total: number, { contribution }: { contribution: number }) => total + contribution,
      explained.base_value,
    );
    expect(sum).toBeCloseTo(risk_score, 9);
    const picture = await call('GET', explained.shap_url.slice(server.url.length));
    expect([picture.status, picture.bytes.subarray(1, 4).toString()]).toEqual([200, 'PNG']);
    expect((await call('GET', `/api/risk-analysis/${id}/100000/`)).status).toBe(400);
    expect((await call('GET', `/api/risk-analysis/${id}/x/`)).status).toBe(400);
    expect((await call('GET', `/api/risk-analysis/${dataset}/0/`)).status).toBe(404);
  });

  it('computes again only what a changed parameter touches, and goes with its files', async () => {
    const again = await call('POST', '/api/clustering-jobs/', {
      dataset,
      parameters: { ...PARAMETERS, clustering: { n_clusters: 4 } },
    });
    await call('POST', `/api/clustering-jobs/${again.json.id}/execute_all_steps/`);
    const { stages } = await idle(again.json.id);
    expect(stages.map(({ status }: { status: string }) => status)).toEqual([
      'reused',
      'reused',
      'reused',
      'completed',
      'reused',
      'completed',
      'completed',
      'completed',
    ]);
    expect((await call('DELETE', `/api/clustering-jobs/${again.json.id}/`)).status).toBe(204);
    expect((await call('GET', `/api/clustering-jobs/${again.json.id}/`)).status).toBe(404);
    // What both have stays.
    expect((await call('GET', `/api/clustering-jobs/${id}/files/preprocessed.csv/`)).status).toBe(200);
  });

  it('lists presets whose parameters are whole', async () => {
    const { json } = await call('GET', '/api/presets/?name=stores');
    expect(json).toMatchObject([
      { name: 'stores', built_in: true, parameters: { clustering: { method: 'agglomerative' } } },
    ]);
    const all = (await call('GET', '/api/presets/')).json as {
      name: string;
      parameters: { clustering: { params: object } };
    }[];
    expect(all.length).toBeGreaterThan(3);
    // Parameters of the method beyond those that the preset names: it was understood.
    for (const { parameters } of all) expect(Object.keys(parameters.clustering.params).length).toBeGreaterThan(2);
  });
});
