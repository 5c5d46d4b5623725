import ExcelJs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test/start-test-server.ts';
import { storesClient } from './test/stores-client.ts';

/** Stores of two formats; of the hypermarkets, those in the south sell twice as much to twice as many. */
function storesCsv(rows: number): string {
  const lines = ['Store,Format,sales_mean,customers_mean,area,lat,lon,score'];
  for (let row = 0; row < rows; row++) {
    const isHyper = row % 2 === 0;
    const isSouth = row % 4 === 0;
    const noise = ((row * 37) % 11) / 11;
    const sales = (isHyper ? 100 : 20) * (isSouth ? 2 : 1) + noise;
    const area = 1000 + 10 * ((row * 13) % 17);
    const lat = (isSouth ? 45 : 56) + 0.01 * ((row * 7) % 23);
    const lon = 38 + 0.01 * ((row * 5) % 19);
    lines.push(
      `${1000 + row},${isHyper ? 'Hypermarket' : 'Supermarket'},${sales},${(sales / 2).toFixed(3)},${area},${lat},${lon},${noise.toFixed(3)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

let server: TestServer;
let client: ReturnType<typeof storesClient>;
let dataset: string;

const stage = (job: Awaited<ReturnType<ReturnType<typeof storesClient>['cluster']>>, name: string) =>
  job.stages.find((one) => one.name === name)?.summary;

beforeAll(async () => {
  server = await startTestServer({}, {});
  await server.app.start();
  client = storesClient(server);
  dataset = await client.upload('stores', storesCsv(120));
});
afterAll(() => server.dispose());

describe('places', () => {
  it('are checked: exchanged columns are found, faults told, and features of them wait for somebody to say so', async () => {
    const wrong = await client.upload(
      'exchanged',
      'id,lat,lon\n1,131.9,43.1\n2,131.9,43.1\n3,0,0\n4,,50\n5,104.3,52.3\n',
    );
    const { json } = await client.call('GET', `/api/datasets/${wrong}/places/`);
    expect(json).toMatchObject({ swapped: true, places: 3, missing: 1, zero: 1, out_of_range: 0, duplicates: 1 });
    const refused = await client.cluster({ dataset: wrong, parameters: { geo: {} } });
    expect(refused.error).toContain('say geo.exchanged: true');
    expect((await client.call('GET', `/api/datasets/${wrong}/places/?latitude=id&longitude=none`)).status).toBe(400);
  });

  it('tell single rows that look exchanged, as the table has them', async () => {
    const lines = Array.from({ length: 30 }, (_, at) => `${at},${(54 + 0.1 * at).toFixed(1)},${40 + (at % 7)}`);
    const some = await client.upload('some exchanged', `id,lat,lon\n${lines.join('\n')}\n31,37.6,55.8\n`);
    const { json } = await client.call('GET', `/api/datasets/${some}/places/`);
    expect(json).toMatchObject({ swapped: false, places: 31, suspected: 1 });
    expect(json.suspects).toEqual([{ row: 30, latitude: 37.6, longitude: 55.8 }]);
    const sound = (await client.call('GET', `/api/datasets/${dataset}/places/`)).json;
    expect([sound.suspected, sound.suspects]).toEqual([0, []]);
  });

  it('make features, a picture and GeoJSON', async () => {
    const job = await client.cluster({
      dataset,
      preset: 'stores',
      parameters: { geo: { within_km: 300 }, visualization: { charts: ['map'] } },
    });
    expect(job).toMatchObject({ status: 'Completed', error: null });
    expect(stage(job, 'preprocess').columns).toEqual(expect.arrayContaining(['nearest_store_km', 'stores_within_km']));
    expect(job.visualizations.map((url) => url.split('/').at(-2))).toEqual(['chart.map.png']);
    const map = await client.call('GET', `/api/clustering-jobs/${job.id}/map/`);
    const { features, ...rest } = map.json;
    expect(rest).toMatchObject({ type: 'FeatureCollection', stores: 60, without_place: 0, grid: false });
    expect(features).toHaveLength(60);
    expect(features[1]).toEqual({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [38.1, 56.14] },
      properties: { index: 2, name: '1002', cluster: expect.any(Number) },
    });
    const other = await client.upload('flat', 'a,b\n1,2\n2,1\n9,8\n8,9\n');
    const flat = await client.cluster({ dataset: other, parameters: { visualization: { charts: ['map'] } } });
    expect(stage(flat, 'visualization').left).toEqual([
      { chart: 'map', why: 'no columns are named as latitude and longitude' },
    ]);
    expect((await client.call('GET', `/api/clustering-jobs/${flat.id}/map/`)).status).toBe(400);
  });
});

describe('feature groups', () => {
  it('are suggested by the names of the columns, and may be said otherwise', async () => {
    const { json } = await client.call('GET', `/api/datasets/${dataset}/column-roles/`);
    expect(json.map(({ column, group }: { column: string; group: string }) => [column, group])).toEqual([
      ['Store', null],
      ['Format', 'operational'],
      ['sales_mean', 'commercial'],
      ['customers_mean', 'client_kpi'],
      ['area', 'operational'],
      ['lat', null],
      ['lon', null],
      ['score', 'analytical'],
    ]);
    const said = await client.call('PUT', `/api/datasets/${dataset}/column-roles/`, {
      groups: { score: 'client_preferences' },
    });
    expect(said.json.at(-1)).toEqual({
      column: 'score',
      group: 'client_preferences',
      suggested: false,
      default: false,
    });
    const again = await client.graphql<{ columns: { column: string; default: boolean }[] }>(
      `mutation($id: ID!) { setColumnRoles(dataset: $id, defaults: ["area", "sales_mean"]) {
        ... on ColumnRoles { columns { column default } } } }`,
      { id: Buffer.from(`Dataset:${dataset}`).toString('base64') },
    );
    expect(again.columns.filter((column) => column.default).map(({ column }) => column)).toEqual([
      'sales_mean',
      'area',
    ]);
    for (const [body, detail] of [
      [{ groups: { none: 'geo' } }, 'no column none'],
      [{ defaults: ['Format'] }, 'Format holds no numbers'],
    ] as const) {
      const wrong = await client.call('PUT', `/api/datasets/${dataset}/column-roles/`, body);
      expect([wrong.status, wrong.json.detail]).toEqual([400, expect.stringContaining(detail)]);
    }
  });

  it('choose the features of a job of the stores preset; hypermarkets alone are clustered; the report tells the defaults', async () => {
    const job = await client.cluster({
      dataset,
      preset: 'stores',
      parameters: { feature_groups: ['commercial', 'client_kpi'], visualization: { charts: ['dendrogram'] } },
    });
    expect(job).toMatchObject({ status: 'Completed', error: null });
    expect(stage(job, 'preprocess')).toMatchObject({
      rows: 60,
      left_out: 60,
      columns: ['sales_mean', 'customers_mean'],
    });
    const result = (await client.download(`/api/clustering-jobs/${job.id}/files/result.csv/`)).toString();
    const lines = result.trim().split('\n').slice(1);
    expect(lines).toHaveLength(60);
    // The row keeps its place in the data set.
    for (const line of lines) {
      const [index, store, format] = line.split(',');
      expect([Number(store) - 1000, format]).toEqual([Number(index), 'Hypermarket']);
    }
    const [sales, area] = stage(job, 'report').default_means;
    expect([sales.name, area.name]).toEqual(['area', 'sales_mean']);
    expect(area.mean).toBeCloseTo(150.5, 0);
    const book = new ExcelJs.Workbook();
    const file = await client.download(`/api/clustering-jobs/${job.id}/files/report.xlsx/`);
    await book.xlsx.load(file as unknown as ExcelJs.Buffer);
    expect(book.getWorksheet('Default parameters')?.getColumn(1).values.slice(1)).toEqual([
      'Feature',
      'area',
      'sales_mean',
    ]);
  });

  it('are refused where they have no column, and a format that no store has names those that there are', async () => {
    const none = await client.cluster({ dataset, parameters: { feature_groups: ['analytical'] } });
    expect(none).toMatchObject({ status: 'Failed', error: expect.stringContaining('No column belongs to analytical') });
    const wrong = await client.cluster({
      dataset,
      parameters: { row_filter: { column: 'format', values: ['kiosk'] } },
    });
    expect(wrong.error).toBe('No row has kiosk in Format; there are Hypermarket, Supermarket');
  });
});

describe('a cut of the dendrogram', () => {
  it('tells what it would leave, and is taken as a new job that computes only what follows', async () => {
    const job = await client.cluster({
      dataset,
      preset: 'stores',
      parameters: { feature_groups: ['commercial', 'client_kpi'], visualization: { charts: ['sizes'] } },
    });
    const path = `/api/clustering-jobs/${job.id}/dendrogram/`;
    const two = (await client.call('GET', `${path}?clusters=2&leaves=10`)).json;
    // The south of the hypermarkets, and the rest of them.
    expect(two).toMatchObject({ clusters: 2, sizes: [30, 30] });
    expect(two.counts).toHaveLength(10);
    for (const label of [0, 1]) {
      const own = two.counts.filter((_: number, leaf: number) => two.labels[leaf] === label);
      expect(own.reduce((sum: number, count: number) => sum + count, 0)).toBe(30);
    }
    expect(two.chart.series.length).toBe(2);
    const at = (height: number) => client.call('GET', `${path}?height=${height}`);
    expect((await at((two.from + two.to) / 2)).json.sizes).toEqual([30, 30]);
    expect((await at(two.to * 1.01)).json.sizes).toEqual([60]);
    expect((await at(two.from * 0.999)).json.clusters).toBe(3);
    for (const query of ['', '?clusters=0', '?clusters=61', '?height=-1', '?height=1&clusters=2', '?height=x'])
      expect([query, (await client.call('GET', path + query)).status]).toEqual([query, 400]);
    const taken = await client.call('POST', path, { clusters: 2 });
    expect(taken.status).toBe(201);
    const done = await client.idle(taken.json.id);
    expect(done.parameters).toMatchObject({ clustering: { n_clusters: 2, linkage: 'ward' } });
    expect(done.stages.map(({ status }) => status).slice(0, 4)).toEqual(['reused', 'reused', 'reused', 'completed']);
    expect(stage(done, 'clustering').sizes.map(({ rows }: { rows: number }) => rows)).toEqual(two.sizes);
    const other = await client.cluster({
      dataset,
      parameters: { clustering_algorithm: 'kmeans', visualization: { charts: ['sizes'] } },
    });
    const refused = await client.call('GET', `/api/clustering-jobs/${other.id}/dendrogram/?clusters=2`);
    expect([refused.status, refused.json.detail]).toEqual([400, expect.stringContaining('agglomerative')]);
  });
});
