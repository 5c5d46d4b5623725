import { profileClusters } from '@kindred/ml/clustering/profiles.ts';
import { type TypedTable, takeTableRows, timesOf } from '../read-table.ts';

/** Clusters that a summary speaks of. */
const MOST_TOLD = 6;

/**
 * What is in each cluster, in sentences, by the original values.
 * @param rows that the labels are of; null for all.
 */
export function summaryOf(table: TypedTable, labels: Int32Array, rows: Int32Array | null): string {
  const profiles = profileClusters(rows === null ? table : takeTableRows(table, rows), labels, timesOf(table));
  const clusters = profiles.filter(({ label }) => label >= 0);
  const noise = profiles.find(({ label }) => label < 0);
  const number = (count: number) => count.toLocaleString('en-US');
  const told = clusters.slice(0, MOST_TOLD).map(({ words }) => words);
  return [
    `${clusters.length} clusters${rows === null ? '' : ` of a sample of ${number(rows.length)} rows`}${noise ? `, and ${number(noise.size)} rows in none` : ''}.`,
    ...told,
    ...(clusters.length > told.length ? [`And ${clusters.length - told.length} more.`] : []),
  ].join(' ');
}
