/** Did everything arrive: tables, batches, about as many rows as before. */
import type { ExpectationConfig } from '../../quality/expectation.ts';
import { TABLE_NAMES } from '../tables.ts';
import { definition, expectation, type SuiteContext } from './suite-context.ts';
import { SMALLEST_ROW_SHARE } from './tolerance.ts';

const CATALOG: readonly string[] = ['people', 'segments', 'offer', 'merchant'];

export function deliveryChecks(context: SuiteContext): ExpectationConfig[] {
  return TABLE_NAMES.flatMap((table) => {
    const facts = context.facts[table];
    const core = definition(table).core === true;
    const before = context.baseline?.rows[table] ?? 0;
    // Without a baseline a table that never came may be one that this bank does not have.
    const severity = core || before > 0 ? 'critical' : 'warning';
    const checks = [expectation('expect_table_to_be_present', table, 'table_present', severity, {}, before)];
    if (facts.expectedBatches > 0) {
      checks.push(expectation('expect_table_batches_to_be_complete', table, 'batches_complete', 'critical', {}));
    }
    if (!facts.present) return checks;
    const share = CATALOG.includes(table) ? SMALLEST_ROW_SHARE.catalog : SMALLEST_ROW_SHARE.events;
    // A table of a few dozen rows may halve without meaning anything, but it does not vanish.
    const min = before < 50 ? Math.min(before, 1) || 1 : Math.floor(before * share);
    checks.push(
      expectation(
        'expect_table_row_count_to_be_between',
        table,
        'row_count',
        severity,
        { min_value: min, max_value: null },
        before,
      ),
    );
    return checks;
  });
}
