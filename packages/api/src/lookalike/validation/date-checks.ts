/** Days are in the data's own calendar, periods end after they begin, and the calendar moves on. */
import { type ExpectationConfig, MIDNIGHT } from '../../quality/expectation.ts';
import type { TableName } from '../tables.ts';
import { addDays } from './regular-span.ts';
import { baselineColumn, criticalOnceKnown, expectation, type SuiteContext, tolerant } from './suite-context.ts';
import { DAYS_AROUND, FIRST_MEDIAN, MEDIAN_DAYS, TOLERANCES } from './tolerance.ts';

/** Date columns with a calendar of their own. */
export const DATED: readonly { table: TableName; column: string; around: keyof typeof DAYS_AROUND }[] = [
  { table: 'transaction', column: 'event_date', around: 'event' },
  { table: 'receipts', column: 'date_operated', around: 'event' },
  { table: 'offer_activation', column: 'activation_date', around: 'event' },
  { table: 'offer_reward', column: 'event_date', around: 'event' },
  { table: 'offer_seens', column: 'start_date', around: 'offer' },
  { table: 'offer', column: 'start_date', around: 'offer' },
];

/** Columns without a regular calendar; no day before `min`, and ends may lie as far ahead as "no end" (5999). */
const FLOORS: readonly { table: TableName; column: string; min: string; notAfterEvents?: boolean }[] = [
  { table: 'offer', column: 'end_date', min: '2000-01-01' },
  { table: 'offer_seens', column: 'end_date', min: '2000-01-01' },
  { table: 'financial_account', column: 'open_month', min: '1950-01-01', notAfterEvents: true },
  { table: 'financial_account', column: 'close_month', min: '1950-01-01' },
];

const PERIODS: readonly { table: TableName; start: string; end: string }[] = [
  { table: 'offer', start: 'start_date', end: 'end_date' },
  { table: 'offer_seens', start: 'start_date', end: 'end_date' },
  { table: 'financial_account', start: 'open_month', end: 'close_month' },
];

const beginning = (day: string) => `${day}${MIDNIGHT}`;

export function dateChecks(context: SuiteContext): ExpectationConfig[] {
  const { facts, baseline } = context;
  const checks: ExpectationConfig[] = [];
  const plausible = (table: TableName, column: string, min: string | null, max: string | null) =>
    tolerant(context, 'expect_column_values_to_be_between', table, `${column}_plausible`, 'critical', TOLERANCES.day, {
      column,
      min_value: min && beginning(min),
      max_value: max && beginning(max),
    });

  for (const { table, column, around } of DATED) {
    if (!facts[table].present) continue;
    const span = baselineColumn(context.spans, table, column);
    const days = DAYS_AROUND[around];
    // A column without any day has no calendar; whether it may have none is another check's business.
    if (!span) continue;
    checks.push(plausible(table, column, addDays(span.first, -days.before), addDays(span.last, days.after)));
    const before = baselineColumn(baseline?.medians, table, column);
    checks.push(
      expectation(
        'expect_column_median_to_be_between',
        table,
        `${column}_calendar`,
        'critical',
        {
          column,
          min_value: beginning(before ? addDays(before, -MEDIAN_DAYS.back) : FIRST_MEDIAN.min),
          max_value: beginning(before ? addDays(before, MEDIAN_DAYS.ahead) : FIRST_MEDIAN.max),
        },
        before,
      ),
    );
  }
  const events = baselineColumn(context.spans, 'transaction', 'event_date');
  for (const { table, column, min, notAfterEvents } of FLOORS) {
    if (!facts[table].present) continue;
    const max = notAfterEvents && events ? addDays(events.last, DAYS_AROUND.offer.after) : null;
    checks.push(plausible(table, column, min, max));
  }
  for (const { table, start, end } of PERIODS) {
    if (!facts[table].present) continue;
    checks.push(
      tolerant(
        context,
        'expect_column_pair_values_a_to_be_greater_than_b',
        table,
        `${end}_after_start`,
        criticalOnceKnown(context),
        TOLERANCES.order,
        {
          column_A: end,
          column_B: start,
          or_equal: true,
          ignore_row_if: 'either_value_is_missing',
        },
      ),
    );
  }
  return checks;
}
