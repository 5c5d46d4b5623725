import { z } from 'zod';
import { identifier, quote } from '../../tables/sql-literal.ts';
import { defineExpectation, percent } from '../expectation.ts';
import { exampleQuery, judgeColumn, valueAggregates } from './column-map.ts';

/** The end of a text, in Python, is also before a line break that ends it. */
const ofPython = (regex: string) => regex.replace(/(?<!\\)\$$/, '\\n?$');

const unexpected = (column: string, regex: string) =>
  `NOT regexp_matches(${identifier(column)}, ${quote(ofPython(regex))})`;

export const matchRegex = defineExpectation({
  type: 'expect_column_values_to_match_regex',
  kwargs: z.strictObject({ column: z.string(), regex: z.string(), mostly: z.number().min(0).max(1).default(1) }),
  aggregates: ({ column, regex }) => valueAggregates(column, unexpected(column, regex)),
  judge: (measured, { mostly }) => judgeColumn(measured, mostly),
  examples: ({ column, regex }, table) => exampleQuery(column, table, unexpected(column, regex)),
  details({ elementCount = 0, unexpectedCount = 0 }, { column, regex }) {
    return `${unexpectedCount} of ${elementCount} values (${percent(unexpectedCount / elementCount)}) of ${column} do not match ${regex}`;
  },
});
