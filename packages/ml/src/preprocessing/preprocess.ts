import { MlError } from '../errors.ts';
import type { Approximation, FitContext } from '../estimator.ts';
import { type Matrix, zeros } from '../matrix.ts';
import { fitNumberColumn, type NumberStep } from './fit-number-column.ts';
import { methodNamed, parametersOf } from './method-named.ts';
import { type PreprocessModel, prefixed, transformTable } from './preprocess-model.ts';
import type { PreprocessParams } from './preprocess-params.ts';
import type { ColumnReport, PreprocessReport } from './preprocess-report.ts';
import { type Column, checkTable, missingCount, type Table } from './table.ts';

export interface Preprocessed {
  readonly model: PreprocessModel;
  /** The rows that stay, in the columns of `model.outputs`. */
  readonly X: Matrix;
  /** Of each row of X, its place in the table. */
  readonly kept: Int32Array;
  readonly report: PreprocessReport;
}

/** Why a column is of no use, if it is not. */
function uselessness({ values, categories }: Column, rows: number, params: PreprocessParams): ColumnReport['dropped'] {
  const missing = missingCount(values);
  if (missing === rows || missing / rows > params.max_missing_share) return 'missing';
  const different = new Set(values.filter((value) => !Number.isNaN(value))).size;
  if (different === 1 && (missing === 0 || !categories || params.text_imputation !== 'none')) return 'constant';
  if (categories && different / (rows - missing) > params.max_identifier_share) return 'identifier';
  return undefined;
}

interface Found {
  /** Of each number column; infinite where the rule has none. */
  readonly bounds: (readonly [number, number])[];
  readonly counts: readonly number[];
  /** 1 for a row with an outlier. */
  readonly rows: Uint8Array;
}

function findOutliers(
  columns: readonly Float64Array[],
  rows: number,
  params: PreprocessParams,
  context: FitContext,
): Found {
  const none: [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const outlying = new Uint8Array(rows);
  if (params.outliers === 'none' || columns.length === 0)
    return { bounds: columns.map(() => none), counts: columns.map(() => 0), rows: outlying };
  if (params.outliers === 'isolationForest') {
    if (params.outlier_action === 'clip')
      throw new MlError(
        'BAD_PARAMETER',
        'isolationForest finds rows, not values: they can be removed or kept, not clipped',
      );
    const detector = methodNamed('outlier_detector', params.outliers);
    const X = zeros(rows, columns.length);
    columns.forEach((column, at) => {
      for (let row = 0; row < rows; row++) X.data[row * X.columns + at] = column[row];
    });
    const { model } = detector.fit(X, parametersOf(detector, params.outliers_params), context);
    return { bounds: columns.map(() => none), counts: columns.map(() => 0), rows: detector.outliers(model, X) };
  }
  const fence = methodNamed('outlier_fence', params.outliers);
  const own = parametersOf(fence, params.outliers_params);
  const bounds = columns.map((column) => fence.bounds(column.slice().sort(), own));
  const counts = columns.map((column, at) => {
    const [low, high] = bounds[at];
    let count = 0;
    for (let row = 0; row < rows; row++) {
      if (column[row] >= low && column[row] <= high) continue;
      count++;
      outlying[row] = 1;
    }
    return count;
  });
  return { bounds, counts, rows: outlying };
}

/** Encoder's categories and outputs, and what fills missing texts, of each text column. */
function fitTexts(columns: readonly Column[], kept: Int32Array, params: PreprocessParams, context: FitContext) {
  const encoder = methodNamed('encoder', params.encode);
  const own = parametersOf(encoder, params.encode_params);
  return columns.map((column) => {
    const texts = column.categories ?? [];
    let values = Float64Array.from(kept, (row) => column.values[row]);
    let fill: string | undefined;
    if (params.text_imputation !== 'none') {
      const imputer = methodNamed('imputer', params.text_imputation);
      // Of the whole column, since the rows that stay may lack any text.
      const { model } = imputer.fit([column.values], {}, context);
      const [filled] = imputer.fill(model, [column.values]);
      const at = column.values.findIndex(Number.isNaN);
      fill = at < 0 ? texts[imputer.fill(model, [Float64Array.of(Number.NaN)])[0][0]] : texts[filled[at]];
      values = Float64Array.from(kept, (row) => filled[row]);
    }
    const { categories, outputs } = encoder.fit(values, texts, own);
    return { categories, fill, outputs: outputs.map((output) => (output ? `${column.name}=${output}` : column.name)) };
  });
}

/**
 * Makes a table of numbers and texts into numbers only: useless columns dropped, missing values filled, outliers seen to, number
 * columns bent and scaled, text columns encoded.
 * @throws MlError BAD_PARAMETER for a method's parameters; NOTHING_TO_LEARN where no column or fewer than two rows are left;
 * INVALID_INPUT by checkTable.
 */
export function fitPreprocess(table: Table, params: PreprocessParams, context: FitContext = {}): Preprocessed {
  checkTable(table);
  const { rows } = table;
  const reasons = table.columns.map((column) => uselessness(column, rows, params));
  const useful = table.columns.filter((_, at) => reasons[at] === undefined);
  if (useful.length === 0)
    throw new MlError('NOTHING_TO_LEARN', 'no column has values that differ, or too much is missing');
  const numbers = useful.filter(({ categories }) => !categories);
  const texts = useful.filter(({ categories }) => categories);

  const imputer = methodNamed('imputer', params.imputation);
  const given = numbers.map(({ values }) => values);
  const imputed = imputer.fit(given, parametersOf(imputer, params.imputation_params), context);
  const filled = given.length > 0 ? imputer.fill(imputed.model, given) : [];
  context.progress?.(0.2);

  const found = findOutliers(filled, rows, params, context);
  const isKept = (row: number) => params.outlier_action !== 'remove' || found.rows[row] === 0;
  const kept = Int32Array.from({ length: rows }, (_, row) => row).filter(isKept);
  if (kept.length < 2)
    throw new MlError(
      'NOTHING_TO_LEARN',
      `${rows - kept.length} of ${rows} rows are outliers, so that too few are left`,
    );
  const bounds = found.bounds.map((own): readonly [number, number] =>
    params.outlier_action === 'clip' ? own : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  );
  context.progress?.(0.4);

  const steps: NumberStep[] = filled.map((column, at) => {
    const [low, high] = bounds[at];
    const values = Float64Array.from(kept, (row) => Math.min(high, Math.max(low, column[row])));
    context.progress?.(0.4 + (0.5 * at) / filled.length);
    return fitNumberColumn(values, params);
  });
  const encoded = fitTexts(texts, kept, params, context);

  const offsets = new Int32Array(texts.length + 1);
  encoded.forEach(({ categories }, at) => {
    offsets[at + 1] = offsets[at] + categories.length;
  });
  const model: PreprocessModel = {
    numbers: numbers.map(({ name }) => name),
    imputer: params.imputation,
    ...prefixed(imputed.model),
    low: Float64Array.from(bounds, ([low]) => low),
    high: Float64Array.from(bounds, ([, high]) => high),
    transforms: steps.map(({ transform }) => transform),
    exponents: Float64Array.from(steps, ({ exponent }) => exponent),
    centers: Float64Array.from(steps, ({ center }) => center),
    scales: Float64Array.from(steps, ({ scale }) => scale),
    texts: texts.map(({ name }) => name),
    encoder: params.encode,
    textFills: encoded.map(({ fill }) => fill ?? ''),
    fills: Uint8Array.from(encoded, ({ fill }) => Number(fill !== undefined)),
    widths: Int32Array.from(encoded, ({ outputs }) => outputs.length),
    categories: encoded.flatMap(({ categories }) => categories),
    offsets,
    outputs: [...numbers.map(({ name }) => name), ...encoded.flatMap(({ outputs }) => outputs)],
  };
  const X = transformTable(model, {
    rows: kept.length,
    columns: useful.map((column) => ({ ...column, values: Float64Array.from(kept, (row) => column.values[row]) })),
  });

  const fills =
    'fills' in imputed.model && imputed.model.fills instanceof Float64Array ? imputed.model.fills : undefined;
  const columns = table.columns.map((column, at): ColumnReport => {
    const { name, values } = column;
    const missing = missingCount(values);
    const common = { name, kind: column.categories ? 'text' : 'number', missing } as const;
    const dropped = reasons[at];
    if (dropped) return { ...common, dropped, outputs: [] };
    const text = texts.indexOf(column);
    if (text >= 0) {
      const { fill, outputs } = encoded[text];
      return { ...common, ...(missing > 0 && fill !== undefined ? { filledWith: fill } : {}), outputs };
    }
    const place = numbers.indexOf(column);
    const { exponent, ...step } = steps[place];
    return {
      ...common,
      ...(missing > 0 && fills ? { filledWith: fills[place] } : {}),
      outliers: { count: found.counts[place], low: found.bounds[place][0], high: found.bounds[place][1] },
      ...step,
      ...(Number.isNaN(exponent) ? {} : { exponent }),
      outputs: [name],
    };
  });
  const approximations: readonly Approximation[] = imputed.approximations;
  return { model, X, kept, report: { columns, rows, removed: rows - kept.length, approximations } };
}
