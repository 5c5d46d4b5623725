import { z } from 'zod';
import { MlError } from '../errors.ts';
import { type Matrix, zeros } from '../matrix.ts';
import { float64Array, int32Array, uint8Array } from '../model-arrays.ts';
import { bend } from './fit-number-column.ts';
import { methodNamed } from './method-named.ts';
import { type Column, type Table, textAt } from './table.ts';

/** Everything that new rows need, flat, so that flat-bytes.ts saves it. What the imputer learnt has names from `imputer.`. */
export const preprocessModel = z.looseObject({
  /** Number columns in order; the arrays up to `scales` are about them. */
  numbers: z.array(z.string()),
  imputer: z.string(),
  /** Bounds that values are moved into; infinite where they are not. */
  low: float64Array,
  high: float64Array,
  transforms: z.array(z.string()),
  exponents: float64Array,
  centers: float64Array,
  scales: float64Array,
  /** Text columns in order; the lists up to `categories` are about them. */
  texts: z.array(z.string()),
  encoder: z.string(),
  /** What stands for a missing text, where `fills` says so. */
  textFills: z.array(z.string()),
  fills: uint8Array,
  widths: int32Array,
  /** Known categories of all text columns one after the other; where each one's begin, and last their number. */
  categories: z.array(z.string()),
  offsets: int32Array,
  outputs: z.array(z.string()),
});
export type PreprocessModel = z.output<typeof preprocessModel>;

export const PREPROCESS_VERSION = 1;

const PREFIX = 'imputer.';

export const prefixed = (model: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(model).map(([name, value]) => [PREFIX + name, value]));

function imputerModel(model: PreprocessModel): object {
  const own = Object.entries(model).filter(([name]) => name.startsWith(PREFIX));
  const { data, error } = methodNamed('imputer', model.imputer).model.safeParse(
    Object.fromEntries(own.map(([name, value]) => [name.slice(PREFIX.length), value])),
  );
  if (!data) throw new MlError('BAD_MODEL_BYTES', error.message);
  return data;
}

function columnNamed(table: Table, name: string, isText: boolean): Column {
  const column = table.columns.find((one) => one.name === name);
  if (!column) throw new MlError('INVALID_INPUT', `the column ${name} is absent`);
  // Where nothing is there, nothing tells texts from numbers.
  const isEmpty = column.values.every(Number.isNaN);
  if (!isEmpty && (column.categories !== undefined) !== isText)
    throw new MlError('INVALID_INPUT', `${name} should hold ${isText ? 'texts' : 'numbers'}`);
  return column;
}

/**
 * Rows in the columns of `model.outputs`: filled, clipped where the fit did, bent, scaled, encoded. No row is left out.
 * @throws MlError INVALID_INPUT where a column is absent or of another kind.
 */
export function transformTable(model: PreprocessModel, table: Table): Matrix {
  const X = zeros(table.rows, model.outputs.length);
  const width = X.columns;
  const given = model.numbers.map((name) => columnNamed(table, name, false).values);
  const filled = given.length > 0 ? methodNamed('imputer', model.imputer).fill(imputerModel(model), given) : [];
  filled.forEach((values, column) => {
    for (let row = 0; row < values.length; row++)
      values[row] = Math.min(model.high[column], Math.max(model.low[column], values[row]));
    const bent = bend(values, { transform: model.transforms[column], exponent: model.exponents[column] });
    const [center, scale] = [model.centers[column], model.scales[column]];
    for (let row = 0; row < bent.length; row++) X.data[row * width + column] = (bent[row] - center) / scale;
  });
  let at = filled.length;
  model.texts.forEach((name, text) => {
    encodeColumn(model, text, columnNamed(table, name, true), X, at);
    at += model.widths[text];
  });
  return X;
}

function encodeColumn(model: PreprocessModel, text: number, column: Column, X: Matrix, at: number): void {
  const encoder = methodNamed('encoder', model.encoder);
  const categories = model.categories.slice(model.offsets[text], model.offsets[text + 1]);
  const known = new Map(categories.map((category, place) => [category, place]));
  const missing = model.fills[text] ? model.textFills[text] : undefined;
  // One row for each category of the table, and last for a missing one, copied to the rows.
  const width = model.widths[text];
  const texts = [...(column.categories ?? []), undefined];
  const rows = new Float64Array(texts.length * width);
  texts.forEach((one, place) => {
    encoder.encode(one ?? missing, known, rows, place * width, width);
  });
  for (let row = 0; row < X.rows; row++) {
    const place = textAt(column, row) === undefined ? texts.length - 1 : column.values[row];
    X.data.set(rows.subarray(place * width, (place + 1) * width), row * X.columns + at);
  }
}
