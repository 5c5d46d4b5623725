import { MlError } from '../errors.ts';

/** A column as it was read: numbers, NaN where missing; or, with `categories`, texts as places in that list, NaN where missing. */
export interface Column {
  readonly name: string;
  readonly values: Float64Array;
  readonly categories?: readonly string[];
}

export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** @throws MlError SHAPE_MISMATCH, INVALID_INPUT (names that repeat, infinite numbers, codes without a category), NOTHING_TO_LEARN. */
export function checkTable({ rows, columns }: Table): void {
  if (rows === 0 || columns.length === 0) throw new MlError('NOTHING_TO_LEARN', 'the table is empty');
  if (new Set(columns.map(({ name }) => name)).size < columns.length)
    throw new MlError('INVALID_INPUT', 'two columns have the same name');
  for (const { name, values, categories } of columns) {
    if (values.length !== rows) throw new MlError('SHAPE_MISMATCH', `${name} has ${values.length} of ${rows} values`);
    const bad = values.findIndex((value) =>
      categories
        ? !Number.isNaN(value) && categories[value] === undefined
        : Math.abs(value) === Number.POSITIVE_INFINITY,
    );
    if (bad >= 0) throw new MlError('INVALID_INPUT', `row ${bad} of ${name} is ${values[bad]}`);
  }
}

export const textAt = ({ values, categories }: Column, row: number): string | undefined =>
  Number.isNaN(values[row]) ? undefined : categories?.[values[row]];

export function missingCount(values: Float64Array): number {
  let count = 0;
  for (const value of values) if (Number.isNaN(value)) count++;
  return count;
}
