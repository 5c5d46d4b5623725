/** What expectations over the values of one column have in common. */
import { identifier } from '../../tables/sql-literal.ts';
import { count, judgeValues, type Measured, type Outcome } from '../expectation.ts';

/** Counts for one condition; `unexpected` is an SQL condition, null for missing values or not evaluated for them. */
export function valueAggregates(column: string, unexpected: string): Readonly<Record<string, string>> {
  return {
    elements: 'count(*)',
    present: `count(${identifier(column)})`,
    unexpected: `count_if(${unexpected})`,
  };
}

export function judgeColumn(measured: Measured, mostly: number): Outcome {
  const elements = count(measured.elements);
  return judgeValues(elements, elements - count(measured.present), count(measured.unexpected), mostly);
}

export function exampleQuery(column: string, table: string, unexpected: string): string {
  const name = identifier(column);
  return `SELECT v::VARCHAR AS v, n FROM (SELECT ${name} AS v, count(*) AS n FROM ${table} WHERE ${unexpected} GROUP BY 1 ORDER BY n DESC, v LIMIT 20)`;
}
