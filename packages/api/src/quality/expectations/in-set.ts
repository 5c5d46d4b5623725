import { z } from 'zod';
import { identifier, quote } from '../../tables/sql-literal.ts';
import { defineExpectation, percent } from '../expectation.ts';
import { exampleQuery, judgeColumn, valueAggregates } from './column-map.ts';

/** A text is only equal to a text: the number 7 is not among '7', '8'. */
const unexpected = (column: string, values: readonly string[]) =>
  `(${identifier(column)} IS NOT NULL AND NOT (typeof(${identifier(column)}) = 'VARCHAR' AND list_contains([${values.map(quote).join(', ')}]::VARCHAR[], ${identifier(column)}::VARCHAR)))`;

export const inSet = defineExpectation({
  type: 'expect_column_values_to_be_in_set',
  kwargs: z.strictObject({
    column: z.string(),
    value_set: z.array(z.string()),
    mostly: z.number().min(0).max(1).default(1),
  }),
  aggregates: ({ column, value_set }) => valueAggregates(column, unexpected(column, value_set)),
  judge: (measured, { mostly }) => judgeColumn(measured, mostly),
  examples: ({ column, value_set }, table) => exampleQuery(column, table, unexpected(column, value_set)),
  details({ elementCount = 0, unexpectedCount = 0 }, { column, value_set }) {
    const known = value_set.length > 6 ? `the ${value_set.length} known values` : value_set.join(', ');
    return `${unexpectedCount} of ${elementCount} values (${percent(unexpectedCount / elementCount)}) of ${column} are not among ${known}`;
  },
});
