/** Values are among those known, of the known form, in a sensible range. */
import type { ExpectationConfig } from '../../quality/expectation.ts';
import type { TableName } from '../tables.ts';
import { baselineColumn, baselineShare, criticalOnceKnown, type SuiteContext, tolerant } from './suite-context.ts';
import { LARGEST_NUMBER_FACTOR, TOLERANCES } from './tolerance.ts';

/** Categorical columns whose values are learned; `open` lists grow with the bank, closed ones do not. */
export const CATEGORIES: readonly { table: TableName; column: string; open?: boolean }[] = [
  { table: 'people', column: 'gender_cd' },
  { table: 'people', column: 'region', open: true },
  { table: 'segments', column: 'segment', open: true },
  { table: 'segments', column: 'region_size' },
  { table: 'segments', column: 'vip_status' },
  { table: 'merchant', column: 'merchant_status' },
  { table: 'financial_account', column: 'product_cd', open: true },
  { table: 'financial_account', column: 'account_status_cd' },
  { table: 'receipts', column: 'category_name', open: true },
];

/** More values than this are no list; the column is left out of the profile. */
export const MOST_VALUES = 2000;

const PATTERNS: readonly { table: TableName; column: string; regex: string }[] = [
  { table: 'segments', column: 'segment', regex: '^[mutr]_[0-9]{1,2}$' },
];

/** Numbers that cannot be outside; `max` grows with what was seen, `ceiling` is the most that any bank could mean. */
const RANGES: readonly { table: TableName; column: string; min: number; max?: number; growing?: number }[] = [
  { table: 'people', column: 'age_bucket', min: 0, max: 120 },
  { table: 'transaction', column: 'amount_bucket_level', min: 0, growing: 1e6 },
  { table: 'offer_reward', column: 'reward_amt', min: 0, growing: 1e5 },
  { table: 'receipts', column: 'items_count', min: 0, growing: 1e3 },
  { table: 'receipts', column: 'items_cost_level', min: 0, growing: 1e6 },
];

/** Columns whose maximum the profile keeps. */
export const GROWING_NUMBERS = RANGES.filter((range) => range.growing !== undefined);

/** From this share of matching values on, a form counts as learned. */
const LEARNED_PATTERN = 0.98;

export function valueChecks(context: SuiteContext): ExpectationConfig[] {
  const { facts, baseline } = context;
  const checks: ExpectationConfig[] = [];
  for (const { table, column, open } of CATEGORIES) {
    const known = baselineColumn(baseline?.values, table, column);
    if (!facts[table].present || !known || Object.keys(known).length === 0) continue;
    checks.push(
      tolerant(
        context,
        'expect_column_values_to_be_in_set',
        table,
        `${column}_known`,
        'critical',
        open ? TOLERANCES.openValue : TOLERANCES.closedValue,
        { column, value_set: Object.keys(known).sort() },
        // The set is that of the last good version, which therefore had nothing outside.
        0,
      ),
    );
  }
  for (const { table, column, regex } of PATTERNS) {
    if (!facts[table].present) continue;
    const before = baselineShare(context, table, `${column}_form`);
    const severity = before !== undefined && before <= 1 - LEARNED_PATTERN ? 'critical' : 'warning';
    checks.push(
      tolerant(context, 'expect_column_values_to_match_regex', table, `${column}_form`, severity, TOLERANCES.pattern, {
        column,
        regex,
      }),
    );
  }
  for (const { table, column, min, max, growing } of RANGES) {
    if (!facts[table].present) continue;
    const largest = baselineColumn(baseline?.maxima, table, column);
    const learned =
      largest === undefined || growing === undefined ? null : Math.max(growing, largest * LARGEST_NUMBER_FACTOR);
    checks.push(
      tolerant(
        context,
        'expect_column_values_to_be_between',
        table,
        `${column}_range`,
        criticalOnceKnown(context),
        TOLERANCES.number,
        {
          column,
          min_value: min,
          max_value: max ?? learned,
        },
      ),
    );
  }
  return checks;
}
