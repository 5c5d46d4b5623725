/** Turns ingest's report into what the expectations need to know about each table. */
import type { TableFacts } from '../../quality/expectation.ts';
import type { IngestReport } from '../ingest/ingest-report.ts';
import { TABLE_NAMES, type TableName } from '../tables.ts';

export function factsOf(report: IngestReport): Record<TableName, TableFacts> {
  const entries = TABLE_NAMES.map((table): [TableName, TableFacts] => {
    const found = report.tables[table];
    return [
      table,
      {
        present: found !== undefined && found.received_batches > 0,
        rows: found?.rows ?? 0,
        expectedBatches: found?.expected_batches ?? 0,
        receivedBatches: found?.received_batches ?? 0,
        missingBatches: found?.missing_batches ?? [],
        conflictingTotals: found?.conflicting_totals ?? [],
        uncastable: Object.fromEntries(
          Object.entries(found?.columns ?? {}).map(([name, column]) => [
            name,
            { count: column.uncastable, examples: column.examples },
          ]),
        ),
      },
    ];
  });
  return Object.fromEntries(entries) as Record<TableName, TableFacts>;
}
