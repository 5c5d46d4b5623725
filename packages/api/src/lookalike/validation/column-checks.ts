/** Column by column: values are there and are of their type. */
import type { ExpectationConfig } from '../../quality/expectation.ts';
import { type Column, type ColumnKind, TABLE_NAMES, type TableName } from '../tables.ts';
import { baselineShare, columnsOf, criticalOnceKnown, type SuiteContext, tolerant } from './suite-context.ts';
import { TOLERANCES, type Tolerance } from './tolerance.ts';

const TYPE_NAMES: Readonly<Record<ColumnKind, string>> = {
  id: 'an integer',
  number: 'a number',
  text: 'a text',
  flag: 'a yes/no flag',
  date: 'a date',
  month: 'a month',
  code: 'a code',
  bucket: 'a bucket of numbers',
};

/** Below this share of missing values the last good version counts as having none. */
const NONE = 1e-5;

function nullTolerance(name: string, column: Column, before: number | undefined): Tolerance {
  if (column.key) return TOLERANCES.keyNull;
  if (name === 'end_date' || name === 'close_month') return TOLERANCES.endNull;
  const none = before !== undefined && before <= NONE;
  if (column.kind === 'id') return none ? TOLERANCES.idNullWhereNone : TOLERANCES.idNull;
  return none ? TOLERANCES.columnNullWhereNone : TOLERANCES.columnNull;
}

function checksOf(context: SuiteContext, table: TableName, name: string, column: Column): ExpectationConfig[] {
  const nullCheck = `${name}_not_null`;
  const tolerance = nullTolerance(name, column, baselineShare(context, table, nullCheck));
  const checks = [
    tolerant(context, 'expect_column_values_to_not_be_null', table, nullCheck, 'critical', tolerance, { column: name }),
  ];
  // Texts and codes are whatever they are; every other kind has values that cannot be read.
  if (column.kind === 'text' || column.kind === 'code') return checks;
  const typeTolerance = column.key || column.kind === 'id' ? TOLERANCES.keyType : TOLERANCES.columnType;
  // In the first version a column of another form than documented is the bank's custom, unless it is a key.
  const severity = column.key ? 'critical' : criticalOnceKnown(context);
  checks.push(
    tolerant(context, 'expect_column_values_to_be_castable', table, `${name}_type`, severity, typeTolerance, {
      column: name,
      type_: TYPE_NAMES[column.kind],
    }),
  );
  return checks;
}

export function columnChecks(context: SuiteContext): ExpectationConfig[] {
  return TABLE_NAMES.filter((table) => context.facts[table].present).flatMap((table) =>
    columnsOf(table).flatMap(([name, column]) => checksOf(context, table, name, column)),
  );
}
