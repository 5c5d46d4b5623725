import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DirectoryStageContext } from '../../pipelines/directory-context.ts';
import type { Json } from '../../pipelines/stage.ts';
import { clusterFolder, tableFolder } from '../../test/clustering-folder.ts';
import { payersCsv } from '../../test/payers-csv.ts';
import { convertTable } from '../../uploads/convert-table.ts';
import { clusteringParams } from '../clustering-params.ts';
import { CLUSTERING_METHODS, methodNamed } from '../methods.ts';
import { readRowMatrix } from '../row-matrix.ts';
import { clusteringStage } from '../stages/clustering.ts';
import { forecastStages } from './forecast.ts';

const ROWS = 240;
const GENEROUS = 2 ** 31;
let folder: string;
let table: { rows: number; columns: ReturnType<typeof convertTable>['columns'] };
beforeAll(() => {
  folder = tableFolder(payersCsv(ROWS));
  const limits = { bytes: 1e9, rows: 1e6, columns: 1000 };
  table = convertTable({ file: `${folder}/upload.csv`, target: `${folder}/again.bin`, limits }, () => undefined);
});
afterAll(() => rm(folder, { recursive: true }));

const forecast = (params: object, limit = GENEROUS) => forecastStages(table, clusteringParams.parse(params), 7, limit);

describe('the forecast of a job', () => {
  it('counts rows and columns as the preprocessing leaves them', async () => {
    const variants = [
      { preprocessing: { outlier_action: 'keep' } },
      { preprocessing: { outlier_action: 'keep', encode: 'ordinalEncoder' } },
      { preprocessing: { outlier_action: 'keep', encode_params: { max_categories: 1 }, text_imputation: 'none' } },
      { preprocessing: { outlier_action: 'keep', max_missing_share: 0.01 }, label_column: 'kind' },
      { preprocessing: { outlier_action: 'clip' }, columns: ['income', 'town'] },
    ];
    for (const params of variants) {
      const { context } = await clusterFolder(folder, params, 'preprocess');
      const { rows, columns } = await readRowMatrix(context, 'preprocessed.bin');
      const found = forecast(params);
      expect([found.stages[0].rows, found.stages[0].columns, found.exact]).toEqual([rows, columns, true]);
    }
    const removing = forecast({});
    expect([removing.exact, removing.notes]).toEqual([false, [expect.stringContaining('left out')]]);
  });

  it('counts the rows that are chosen, columns of groups and of places', async () => {
    const keep = { preprocessing: { outlier_action: 'keep' } };
    const [kind, other] = table.columns.find(({ name }) => name === 'kind')?.top ?? [];
    const chosen = { ...keep, row_filter: { column: 'KIND', values: [kind.value.toUpperCase()] } };
    const { context } = await clusterFolder(folder, chosen, 'preprocess');
    const { rows } = await readRowMatrix(context, 'preprocessed.bin');
    expect([rows, forecast(chosen).stages[0].rows]).toEqual([kind.count, kind.count]);
    expect(forecast(chosen).exact).toBe(false);
    const both = { ...keep, row_filter: { column: 'kind', values: [kind.value, other.value, 'unheard-of'] } };
    expect(forecast(both).stages[0].rows).toBe(kind.count + other.count);
    const none = { row_filter: { column: 'kind', values: ['unheard-of'] } };
    expect(() => forecast(none)).toThrow(`there are ${kind.value}`);

    const groups = { feature_groups: ['commercial'], column_groups: { income: 'commercial', town: 'geo' } };
    expect(forecast({ ...keep, ...groups }).stages[0].columns).toBe(1);
    expect(() => forecast({ geo: {} })).toThrow('geo.latitude');
    const [first, second] = table.columns.filter(({ type }) => type === 'number' || type === 'integer');
    const geo = { latitude: first.name, longitude: second.name };
    const without = forecast(keep).stages[0].columns;
    expect(forecast({ ...keep, geo }).stages[0].columns).toBeGreaterThan(without);
  });

  it('hands on the columns of the stages before', () => {
    const params = {
      feature_selection: { method: 'mutual_information_columns', params: { top_n: 3 } },
      dimensionality_reduction: { method: 'pca', params: { n_components: 2 } },
    };
    expect(forecast(params).stages.map(({ stage, columns }) => [stage, columns])).toEqual([
      ['preprocess', expect.any(Number)],
      ['feature_selection', forecast(params).stages[0].columns],
      ['dimensionality_reduction', 3],
      ['clustering', 2],
      ['metrics', 2],
      ['visualization', 2],
    ]);
  });

  it('says what would fit, and so does the stage that refuses', async () => {
    const params = { clustering: { method: 'agglomerative' }, preprocessing: { outlier_action: 'keep' } };
    const method = methodNamed(CLUSTERING_METHODS, 'agglomerative');
    if (!method) throw new Error('agglomerative is away');
    const { columns } = forecast(params).stages[3];
    const own = method.params.parse({});
    const limit = method.memory(100, columns, own);
    expect(method.memory(ROWS, columns, own)).toBeGreaterThan(limit);
    const found = forecast(params, limit);
    expect(found.accepted).toBe(false);
    const { refused, fitting, planned } = found.stages[3];
    expect([refused, planned]).toEqual([true, method.memory(ROWS, columns, own)]);
    const most = fitting?.mostRows ?? 0;
    expect(method.memory(most, columns, own)).toBeLessThanOrEqual(limit);
    expect(method.memory(most + 1, columns, own)).toBeGreaterThan(limit);
    for (const name of fitting?.methods ?? []) {
      const other = { ...params, clustering: { method: name } };
      expect([name, forecast(other, limit).stages[3].refused]).toEqual([name, false]);
    }

    await clusterFolder(folder, params, 'dimensionality_reduction');
    const context = await DirectoryStageContext.open(folder, {
      params: clusteringParams.parse(params) as unknown as Record<string, Json>,
      seed: 7,
      threads: 1,
      memoryBytes: limit,
    });
    await expect(clusteringStage.run(context)).rejects.toMatchObject({
      code: 'TOO_LARGE',
      message: expect.stringContaining(`${most} rows would fit`),
      details: { needed: planned, available: limit, most_rows: most, methods: fitting?.methods },
    });
    expect(forecast(params).accepted).toBe(true);
  });

  it('is of the most clusters that are tried', () => {
    const one = { clustering: { method: 'kmeans', params: { n_clusters: 2 } } };
    const planned = (params: object) => forecast(params).stages[3].planned;
    expect(planned({ ...one, automatic_k: { from: 2, to: 90 } })).toBeGreaterThan(planned(one));
  });
});
