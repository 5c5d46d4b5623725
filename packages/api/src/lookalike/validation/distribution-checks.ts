/** Columns that varied still vary, no value swallows the rest, clients still have brands of their own. */
import type { ExpectationConfig } from '../../quality/expectation.ts';
import type { TableName } from '../tables.ts';
import { baselineShare, expectation, type SuiteContext } from './suite-context.ts';
import { ASSOCIATION_FROM, ASSOCIATION_KEPT, REST_KEPT, TOP_ID_FACTOR, TOP_ID_SHARE } from './tolerance.ts';

const VARYING: readonly { table: TableName; column: string; id?: keyof typeof TOP_ID_SHARE }[] = [
  { table: 'people', column: 'age_bucket' },
  { table: 'people', column: 'gender_cd' },
  { table: 'people', column: 'region' },
  { table: 'segments', column: 'segment' },
  { table: 'segments', column: 'region_size' },
  { table: 'segments', column: 'vip_status' },
  { table: 'transaction', column: 'user_id', id: 'user' },
  { table: 'transaction', column: 'brand_dk', id: 'object' },
  { table: 'transaction', column: 'merchant_id_tx', id: 'object' },
  { table: 'transaction', column: 'event_date', id: 'user' },
  { table: 'transaction', column: 'amount_bucket' },
  { table: 'transaction', column: 'online_transaction_flg' },
  { table: 'merchant', column: 'brand_dk', id: 'object' },
  { table: 'offer', column: 'merchant_id_offer', id: 'object' },
  { table: 'financial_account', column: 'product_cd' },
  { table: 'offer_seens', column: 'user_id', id: 'user' },
  { table: 'offer_activation', column: 'user_id', id: 'user' },
  { table: 'receipts', column: 'user_id', id: 'user' },
  { table: 'receipts', column: 'category_name' },
];

/** Fewer rows than this say nothing about shares. */
const ENOUGH_ROWS = 200;

function topShareLimit(before: number, id: keyof typeof TOP_ID_SHARE | undefined): number {
  // A column that was all but constant may become so.
  if (!id) return before > 0.99 ? 1 : 1 - (1 - before) * REST_KEPT;
  return Math.min(0.98, Math.max(TOP_ID_SHARE[id], before * TOP_ID_FACTOR));
}

export function distributionChecks(context: SuiteContext): ExpectationConfig[] {
  const { facts } = context;
  const checks: ExpectationConfig[] = [];
  for (const { table, column, id } of VARYING) {
    if (!facts[table].present || facts[table].rows < ENOUGH_ROWS) continue;
    const values = baselineShare(context, table, `${column}_varies`);
    const top = baselineShare(context, table, `${column}_spread`);
    checks.push(
      expectation(
        'expect_column_unique_value_count_to_be_between',
        table,
        `${column}_varies`,
        'critical',
        { column, min_value: values !== undefined && values >= 2 ? 2 : 0 },
        values,
      ),
      expectation(
        'expect_column_most_common_value_share_to_be_at_most',
        table,
        `${column}_spread`,
        'critical',
        { column, max_value: top === undefined ? 1 : topShareLimit(top, id) },
        top,
      ),
    );
  }
  if (facts.transaction.present) {
    const before = baselineShare(context, 'transaction', 'brand_habits');
    checks.push(
      expectation(
        'expect_column_pair_association_to_be_at_least',
        'transaction',
        'brand_habits',
        'critical',
        {
          column_A: 'user_id',
          column_B: 'brand_dk',
          min_value: before !== undefined && before >= ASSOCIATION_FROM ? 1 + (before - 1) * ASSOCIATION_KEPT : 0,
        },
        before,
      ),
    );
  }
  return checks;
}
