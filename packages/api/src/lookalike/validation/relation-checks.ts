/** Keys are unique, references lead somewhere, tables cover the clients as before. */
import type { ExpectationConfig } from '../../quality/expectation.ts';
import { TABLE_NAMES, type TableName } from '../tables.ts';
import {
  baselineShare,
  columnsOf,
  criticalOnceKnown,
  definition,
  expectation,
  type SuiteContext,
  tolerant,
} from './suite-context.ts';
import { COVERAGE_DROP, TOLERANCES } from './tolerance.ts';

const REFERENCES: readonly { table: TableName; column: string; to: TableName; toColumn?: string; loose?: boolean }[] = [
  { table: 'segments', column: 'user_id', to: 'people' },
  { table: 'transaction', column: 'user_id', to: 'people' },
  { table: 'financial_account', column: 'user_id', to: 'people' },
  { table: 'offer_seens', column: 'user_id', to: 'people' },
  { table: 'offer_activation', column: 'user_id', to: 'people' },
  { table: 'offer_reward', column: 'user_id', to: 'people' },
  { table: 'receipts', column: 'user_id', to: 'people' },
  { table: 'offer_seens', column: 'offer_id', to: 'offer' },
  { table: 'offer_activation', column: 'offer_id', to: 'offer' },
  { table: 'offer_reward', column: 'offer_id', to: 'offer' },
  { table: 'offer', column: 'merchant_id_offer', to: 'merchant' },
  { table: 'transaction', column: 'brand_dk', to: 'merchant', loose: true },
];

const COVERED: readonly { table: TableName; drop: keyof typeof COVERAGE_DROP }[] = [
  { table: 'segments', drop: 'attributes' },
  { table: 'financial_account', drop: 'attributes' },
  { table: 'transaction', drop: 'events' },
  { table: 'receipts', drop: 'events' },
];

/** From this share of repeated keys on, the column never identified rows and whole rows are compared instead. */
const NO_KEY = 0.5;

function uniqueness(context: SuiteContext, table: TableName): ExpectationConfig {
  const key: string | undefined = definition(table).unique;
  const check = key ? `${key}_unique` : 'rows_unique';
  const before = baselineShare(context, table, check);
  if (key && (before === undefined || before < NO_KEY)) {
    // Nothing refers to the ids of transactions, and of several segments of a client one is taken: no harm in a first version.
    const harmless = table === 'transaction' || table === 'segments';
    const severity = harmless ? criticalOnceKnown(context) : 'critical';
    return tolerant(context, 'expect_column_values_to_be_unique', table, check, severity, TOLERANCES.uniqueKey, {
      column: key,
    });
  }
  const columns = columnsOf(table).map(([name]) => name);
  const severity = criticalOnceKnown(context);
  return tolerant(
    context,
    'expect_compound_columns_to_be_unique',
    table,
    'rows_unique',
    severity,
    TOLERANCES.repeatedRow,
    {
      column_list: columns,
    },
  );
}

export function relationChecks(context: SuiteContext): ExpectationConfig[] {
  const { facts } = context;
  const checks: ExpectationConfig[] = [];
  for (const table of TABLE_NAMES) if (facts[table].present) checks.push(uniqueness(context, table));
  for (const { table, column, to, toColumn = column, loose } of REFERENCES) {
    if (!facts[table].present) continue;
    checks.push(
      tolerant(
        context,
        'expect_column_values_to_be_in_other_table',
        table,
        `${column}_in_${to}`,
        'critical',
        loose ? TOLERANCES.looseReference : TOLERANCES.reference,
        { column, other_table: to, other_column: toColumn },
      ),
    );
  }
  for (const { table, drop } of COVERED) {
    if (!facts[table].present) continue;
    const before = baselineShare(context, table, 'covers_people');
    checks.push(
      expectation(
        'expect_column_to_cover_share_of_other_table',
        table,
        'covers_people',
        'critical',
        {
          column: 'user_id',
          other_table: 'people',
          other_column: 'user_id',
          min_value: before === undefined ? 0 : Math.max(0, before - COVERAGE_DROP[drop]),
        },
        before,
      ),
    );
  }
  return checks;
}
