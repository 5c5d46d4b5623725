import { describe, expect, it } from 'vitest';
import { MlError } from '../errors.ts';
import { flatFromBytes, flatToBytes } from '../flat-bytes.ts';
import { Random } from '../random.ts';
import { fitPreprocess } from './preprocess.ts';
import { PREPROCESS_VERSION, preprocessModel, transformTable } from './preprocess-model.ts';
import { preprocessParams } from './preprocess-params.ts';
import { describeColumn } from './preprocess-report.ts';
import type { Column, Table } from './table.ts';

const NONE = Number.NaN;

function sampleTable(rows = 400): Table {
  const random = new Random(5);
  const normal = Float64Array.from({ length: rows }, () => 10 + random.normal());
  const skewed = Float64Array.from({ length: rows }, () => Math.exp(2 + random.normal()));
  const half = Float64Array.from({ length: rows }, (_, row) => (row % 2 === 0 ? NONE : random.uniform()));
  const towns = Float64Array.from({ length: rows }, (_, row) => (row % 50 === 0 ? NONE : random.below(3)));
  normal[3] = NONE;
  normal[7] = 1e6;
  const columns: Column[] = [
    { name: 'normal', values: normal },
    { name: 'skewed', values: skewed },
    { name: 'half', values: half },
    { name: 'same', values: new Float64Array(rows).fill(4) },
    { name: 'town', values: towns, categories: ['Kazan', 'Omsk', 'Tula'] },
    {
      name: 'id',
      values: Float64Array.from({ length: rows }, (_, row) => row),
      categories: Array.from({ length: rows }, (_, row) => `T${row}`),
    },
  ];
  return { rows, columns };
}

const preprocess = (params: object, table = sampleTable()) => fitPreprocess(table, preprocessParams.parse(params));

const columnOf = ({ model, X }: ReturnType<typeof preprocess>, name: string) =>
  Float64Array.from({ length: X.rows }, (_, row) => X.data[row * X.columns + model.outputs.indexOf(name)]);

const codeOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return error instanceof MlError && error.code;
  }
};

describe('preprocessing a table', () => {
  it('drops what is missing, constant or an identifier, and says so', () => {
    const { model, report } = preprocess({});
    expect(report.columns.map(({ dropped }) => dropped)).toEqual([
      undefined,
      undefined,
      'missing',
      'constant',
      undefined,
      'identifier',
    ]);
    expect(model.outputs).toEqual(['normal', 'skewed', 'town=Kazan', 'town=Omsk', 'town=Tula']);
    const said = report.columns.map((column) => describeColumn(column, report.rows)).join('\n');
    expect(said).toContain('half was dropped: too much of it is missing (200 values (50.0 %) were missing)');
    expect(said).toMatch(/normal: 1 values \(0.3 %\) were missing, now 9.962/);
  });

  it('removes the rows of outliers and keeps the places of the others', () => {
    const { kept, X, report } = preprocess({});
    expect(kept).not.toContain(7);
    expect(X.rows).toBe(kept.length);
    expect(report.removed).toBe(400 - kept.length);
    expect(X.data.every(Number.isFinite)).toBe(true);
  });

  it('clips them to the fence, of new rows too, or only counts them', () => {
    const rest = { scale: 'none', transform: 'none', outliers: 'quantileFence' };
    const clipped = preprocess({ ...rest, outlier_action: 'clip' });
    const { high = 0, count } = clipped.report.columns[0].outliers ?? {};
    expect(count).toBe(1);
    expect(clipped.X.rows).toBe(400);
    expect(columnOf(clipped, 'normal')[7]).toBe(high);
    const table = sampleTable(8);
    table.columns[0].values.fill(1e9);
    expect(transformTable(clipped.model, table).data[0]).toBe(high);
    const kept = preprocess({ ...rest, outlier_action: 'keep' });
    expect(columnOf(kept, 'normal')[7]).toBe(1e6);
    expect(kept.report.columns[0].outliers?.count).toBe(1);
  });

  it('an isolation forest removes rows, and refuses to clip', () => {
    expect(preprocess({ outliers: 'isolationForest' }).kept).not.toContain(7);
    expect(codeOf(() => preprocess({ outliers: 'isolationForest', outlier_action: 'clip' }))).toBe('BAD_PARAMETER');
  });

  it('bends and scales by the distribution that fits', () => {
    const done = preprocess({});
    const [normal, skewed] = done.report.columns;
    expect([normal.transform, normal.scaler]).toEqual(['none', 'standardScaler']);
    expect([skewed.transform, skewed.scaler]).toEqual(['log1pTransform', 'standardScaler']);
    for (const name of ['normal', 'skewed']) {
      const values = columnOf(done, name);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(mean).toBeCloseTo(0, 9);
      expect(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length).toBeCloseTo(1, 9);
    }
  });

  it('gives rows the same numbers alone, saved and loaded', () => {
    for (const params of [{}, { imputation: 'nearestImputer', encode: 'hashingEncoder', text_imputation: 'none' }]) {
      const table = sampleTable();
      const { model, X, kept } = preprocess(params, table);
      const bytes = flatToBytes('preprocess', PREPROCESS_VERSION, model);
      const again = preprocessModel.parse(flatFromBytes('preprocess', PREPROCESS_VERSION, bytes));
      const row = kept[20];
      const one = {
        rows: 1,
        columns: table.columns.map((own) => ({ ...own, values: own.values.slice(row, row + 1) })),
      };
      expect(transformTable(again, one).data).toEqual(X.data.slice(20 * X.columns, 21 * X.columns));
    }
  });

  it('knows what to do with texts that are missing or new', () => {
    const unknown: Table = {
      rows: 2,
      columns: sampleTable(2).columns.map((column) =>
        column.name === 'town' ? { ...column, values: Float64Array.of(0, NONE), categories: ['Perm'] } : column,
      ),
    };
    const { model } = preprocess({ text_imputation: 'none' });
    expect(model.outputs.slice(2)).toEqual(['town=Kazan', 'town=Omsk', 'town=Tula', 'town=other']);
    const X = transformTable(model, unknown);
    expect(Array.from(X.data.slice(2, 6))).toEqual([0, 0, 0, 1]);
    expect(Array.from(X.data.slice(8, 12))).toEqual([0, 0, 0, 1]);
  });

  it('refuses by code', () => {
    expect(codeOf(() => preprocess({ imputation: 'nearestImputer', imputation_params: { n_neighbors: 0 } }))).toBe(
      'BAD_PARAMETER',
    );
    expect(codeOf(() => preprocess({ scale_params: { nothing: 1 }, scale: 'standardScaler' }))).toBe('BAD_PARAMETER');
    const table = sampleTable();
    expect(codeOf(() => preprocess({}, { rows: 400, columns: table.columns.slice(2, 4) }))).toBe('NOTHING_TO_LEARN');
    table.columns[1].values[2] = Number.POSITIVE_INFINITY;
    expect(codeOf(() => preprocess({}, table))).toBe('INVALID_INPUT');
    const { model } = preprocess({});
    expect(codeOf(() => transformTable(model, { rows: 1, columns: [] }))).toBe('INVALID_INPUT');
  });

  it('takes a table of numbers only, and one of texts only', () => {
    const { columns } = sampleTable();
    expect(preprocess({}, { rows: 400, columns: columns.slice(0, 2) }).X.columns).toBe(2);
    expect(preprocess({}, { rows: 400, columns: columns.slice(4, 5) }).X.columns).toBe(3);
  });

  it('keeps the differences of numbers that are far from 0 beside them, such as dates', () => {
    const days = Float64Array.from({ length: 90 }, (_, row) => Date.UTC(2021, 2, 10 + (row % 9)));
    const { X } = preprocess({}, { rows: 90, columns: [{ name: 'since', values: days }] });
    expect(new Set(X.data).size).toBe(9);
  });
});
