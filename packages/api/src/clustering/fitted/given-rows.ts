/** Rows as somebody gives them in a request, made into a table like the one that a pipeline was fitted on. */
import type { Column } from '@kindred/ml/preprocessing/table.ts';
import { DomainError } from '../../errors.ts';
import type { Json } from '../../pipelines/stage.ts';
import type { ColumnType } from '../../uploads/columnar/table-format.ts';
import { isMissing, readDate } from '../../uploads/csv/cell-values.ts';
import type { NamedType, TypedColumn, TypedTable } from '../read-table.ts';
import type { FittedColumn } from './pipeline-facts.ts';

/** What a value of a column is, in words for whoever gave another. */
const WANTED: Readonly<Record<ColumnType, string>> = {
  integer: 'a number',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date such as "2026-01-31"',
  text: 'a text',
  empty: 'null: the column was empty',
};

/** The number that stands for a value; NaN for a missing one, undefined for one of another type. */
const NUMBERS: Readonly<Record<Exclude<ColumnType, 'text'>, (value: Json) => number | undefined>> = {
  integer: (value) => (typeof value === 'number' ? value : undefined),
  number: (value) => (typeof value === 'number' ? value : undefined),
  boolean: (value) => (typeof value === 'boolean' ? Number(value) : undefined),
  date(value) {
    if (typeof value !== 'string') return undefined;
    const bytes = Buffer.from(value.trim());
    const time = readDate(bytes, 0, bytes.length);
    return Number.isNaN(time) ? undefined : time;
  },
  empty: () => undefined,
};

/**
 * @throws DomainError INVALID_INPUT naming the row and the column that is missing, not known, or holds a value of another type.
 * A missing value is null; columns that the pipeline does not use may be left out.
 */
export function tableOfRows(rows: readonly Json[], fitted: readonly FittedColumn[]): TypedTable {
  const known = new Set(fitted.map(({ name }) => name));
  const objects = rows.map((row, at) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      throw wrong(`Row ${at} is no object of values by column`, { row: at });
    for (const name of Object.keys(row)) {
      if (known.has(name)) continue;
      throw wrong(`Row ${at} has a column ${JSON.stringify(name)} that the data set of the job has not`, {
        row: at,
        column: name,
      });
    }
    return row;
  });
  const columns = fitted.map(({ name, type, used }): TypedColumn => {
    const valueAt = (row: { readonly [key: string]: Json }, at: number): Json => {
      if (Object.hasOwn(row, name)) return row[name];
      if (!used) return null;
      throw wrong(`Row ${at} lacks the column ${JSON.stringify(name)}; where its value is not known, give null`, {
        row: at,
        column: name,
      });
    };
    return { type, ...columnOf(name, type, objects.map(valueAt)) };
  });
  return { rows: rows.length, columns, types: fitted };
}

function columnOf(name: string, type: ColumnType, given: readonly Json[]): Column {
  const codes = new Map<string, number>();
  const values = Float64Array.from(given, (value, row) => {
    if (value === null) return Number.NaN;
    const number = type === 'text' ? textCode(value, codes) : NUMBERS[type](value);
    if (number !== undefined) return number;
    throw wrong(
      `Row ${row} has ${JSON.stringify(value).slice(0, 60)} in the column ${JSON.stringify(name)}, which takes ${WANTED[type]}`,
      {
        row,
        column: name,
      },
    );
  });
  return type === 'text' ? { name, values, categories: [...codes.keys()] } : { name, values };
}

/** As an upload reads it: trimmed, and a word for "not known" is no text. */
function textCode(value: Json, codes: Map<string, number>): number | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const bytes = Buffer.from(text);
  if (isMissing(bytes, 0, bytes.length)) return Number.NaN;
  const code = codes.get(text) ?? codes.size;
  codes.set(text, code);
  return code;
}

/** Types that stand for each other: whole numbers are numbers, and an empty column says nothing against any. */
const plain = (type: ColumnType): ColumnType => (type === 'integer' ? 'number' : type);

/** @throws DomainError INVALID_INPUT naming a column of a data set that is missing, not known, or of another type than the fitted one. */
export function checkColumns(given: readonly NamedType[], fitted: readonly FittedColumn[]): void {
  for (const { name } of given) {
    if (fitted.some((column) => column.name === name)) continue;
    throw wrong(`The data set has a column ${JSON.stringify(name)} that the one of the job has not`, { column: name });
  }
  for (const { name, type, used } of fitted) {
    if (!used) continue;
    const found = given.find((column) => column.name === name);
    if (!found) throw wrong(`The data set lacks the column ${JSON.stringify(name)}`, { column: name });
    if (found.type === 'empty' || type === 'empty' || plain(found.type) === plain(type)) continue;
    throw wrong(
      `The column ${JSON.stringify(name)} of the data set is of type ${found.type}; the job was fitted on ${type}`,
      {
        column: name,
      },
    );
  }
}

const wrong = (message: string, details: { readonly row?: number; readonly column?: string }) =>
  new DomainError('INVALID_INPUT', message, { details: { field: 'rows', ...details } });
