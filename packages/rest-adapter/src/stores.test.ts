import ExcelJs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClusteringClient, clusteringClient } from './test/clustering-client.ts';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

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
let client: ClusteringClient;
let dataset: string;

const stage = (job: Awaited<ReturnType<ClusteringClient['cluster']>>, name: string) =>
  job.stages.find((one) => one.name === name)?.summary;

beforeAll(async () => {
  server = await startTestServer({}, {});
  await server.app.start();
  client = clusteringClient(server);
  dataset = await client.upload('stores', storesCsv(120));
});
afterAll(() => server.dispose());

describe('feature groups', () => {
  it('are suggested by the names of the columns, and may be said otherwise', async () => {
    const { json } = await client.call('GET', `/api/datasets/${dataset}/column-roles/`);
    expect(json.map(({ column, group }: { column: string; group: string }) => [column, group])).toEqual([
      ['Store', null],
      ['Format', 'operational'],
      ['sales_mean', 'commercial'],
      ['customers_mean', 'client_kpi'],
      ['area', 'operational'],
      ['lat', 'geo'],
      ['lon', 'geo'],
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
    const result = (await client.call('GET', `/api/clustering-jobs/${job.id}/files/result.csv/`)).bytes.toString();
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
    const file = await client.call('GET', `/api/clustering-jobs/${job.id}/files/report.xlsx/`);
    await book.xlsx.load(file.bytes as unknown as ExcelJs.Buffer);
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
