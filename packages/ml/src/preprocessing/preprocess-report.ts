import type { Approximation } from '../estimator.ts';
import type { DistributionFit } from './distribution-fit.ts';

/** What was done to one column of the table. */
export interface ColumnReport {
  readonly name: string;
  readonly kind: 'number' | 'text';
  /** Why it was dropped; undefined where it stayed, and then the rest says what became of it. */
  readonly dropped?: 'missing' | 'constant' | 'identifier';
  readonly missing: number;
  /** What missing values were filled with, where it is one value for all. */
  readonly filledWith?: number | string;
  readonly outliers?: { readonly count: number; readonly low: number; readonly high: number };
  /** How near each distribution is, the nearest first. */
  readonly distributions?: readonly DistributionFit[];
  readonly transform?: string;
  readonly exponent?: number;
  readonly scaler?: string;
  readonly center?: number;
  readonly scale?: number;
  /** Names of the columns that it became. */
  readonly outputs: readonly string[];
}

export interface PreprocessReport {
  readonly columns: readonly ColumnReport[];
  readonly rows: number;
  /** Rows left out as outliers. */
  readonly removed: number;
  readonly approximations: readonly Approximation[];
}

const WHY = {
  missing: 'too much of it is missing',
  constant: 'all its values are the same',
  identifier: 'nearly every row has a text of its own, so it names rows',
};

const short = (value: number | string) =>
  typeof value === 'number' ? String(Number(value.toPrecision(4))) : `"${value}"`;

/** The same in words. */
export function describeColumn(column: ColumnReport, rows: number): string {
  const share = `${((100 * column.missing) / rows).toFixed(1)} %`;
  const missing = column.missing > 0 ? `${column.missing} values (${share}) were missing` : '';
  if (column.dropped) return `${column.name} was dropped: ${WHY[column.dropped]}${missing && ` (${missing})`}.`;
  const said: string[] = [];
  if (missing) said.push(column.filledWith === undefined ? missing : `${missing}, now ${short(column.filledWith)}`);
  const { outliers, distributions, transform, exponent, scaler, center, scale } = column;
  if (outliers && outliers.count > 0)
    said.push(`${outliers.count} outliers lay beyond ${short(outliers.low)} to ${short(outliers.high)}`);
  if (distributions?.[0])
    said.push(`nearest to ${distributions[0].name} (distance ${short(distributions[0].statistic)})`);
  if (transform && transform !== 'none')
    said.push(`${transform}${exponent === undefined ? '' : ` with lambda ${short(exponent)}`}`);
  if (scaler && scaler !== 'none' && center !== undefined && scale !== undefined)
    said.push(`${scaler}: ${short(center)} taken off, divided by ${short(scale)}`);
  if (column.kind === 'text')
    said.push(`encoded as ${column.outputs.length} column${column.outputs.length === 1 ? '' : 's'}`);
  return `${column.name}: ${said.join('; ') || 'as it was'}.`;
}
