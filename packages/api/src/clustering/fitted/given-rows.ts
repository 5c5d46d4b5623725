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

/** Why the columns of a data set are not those that a pipeline takes. */
export const MISFITS = ['unknown', 'missing', 'type'] as const;

export interface Misfit {
  readonly column: string;
  readonly problem: (typeof MISFITS)[number];
  /** The type that the pipeline takes, and the data set's; null where one of them has no such column. */
  readonly wanted: ColumnType | null;
  readonly found: ColumnType | null;
}

/** All that keeps a data set from being labelled; nothing where it can be. */
export function misfitsOf(given: readonly NamedType[], fitted: readonly FittedColumn[]): readonly Misfit[] {
  const wanted = new Map(fitted.map((column) => [column.name, column]));
  const found = new Map(given.map(({ name, type }) => [name, type]));
  return [
    ...given
      .filter(({ name }) => !wanted.has(name))
      .map(({ name, type }): Misfit => ({ column: name, problem: 'unknown', wanted: null, found: type })),
    ...fitted.flatMap(({ name, type, used }): readonly Misfit[] => {
      if (!used) return [];
      const own = found.get(name);
      if (own === undefined) return [{ column: name, problem: 'missing', wanted: type, found: null }];
      const fits = own === 'empty' || type === 'empty' || plain(own) === plain(type);
      return fits ? [] : [{ column: name, problem: 'type', wanted: type, found: own }];
    }),
  ];
}

const MISFIT_WORDS: Readonly<Record<Misfit['problem'], (misfit: Misfit) => string>> = {
  unknown: ({ column }) => `The data set has a column ${JSON.stringify(column)} that the one of the job has not`,
  missing: ({ column }) => `The data set lacks the column ${JSON.stringify(column)}`,
  type: ({ column, wanted, found }) =>
    `The column ${JSON.stringify(column)} of the data set is of type ${found}; the job was fitted on ${wanted}`,
};

/** @throws DomainError INVALID_INPUT naming the first column of a data set that is not known, missing, or of another type than the fitted one. */
export function checkColumns(given: readonly NamedType[], fitted: readonly FittedColumn[]): void {
  const [first] = misfitsOf(given, fitted);
  if (first) throw wrong(MISFIT_WORDS[first.problem](first), { column: first.column });
}

const wrong = (message: string, details: { readonly row?: number; readonly column?: string }) =>
  new DomainError('INVALID_INPUT', message, { details: { field: 'rows', ...details } });
