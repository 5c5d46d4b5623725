/** What both drift reports of a version tell: its columns, how far they are from the reference's, and both verdicts. */
import type { DriftRow, Profile } from '../report-sources.ts';
import { type DriftColumn, driftColumns } from './drift-columns.ts';
import type { DriftMethods } from './drift-methods.ts';
import { hasScore, type Scored, scoreColumn } from './drift-scores.ts';

export interface ComparedColumn extends DriftColumn {
  readonly scored: Scored | undefined;
  /** Share of the rows that would have to change their value to make both distributions equal, 0..1. */
  readonly moved: number;
  /** Our own verdict on the feature, with what led to it. */
  readonly ours: DriftRow | undefined;
}

export interface DriftPage {
  readonly version: string;
  /** The last regular day of the version. */
  readonly last: string;
  readonly reference: { readonly version: string; readonly last: string } | undefined;
  /** In the order of features.ts. */
  readonly columns: readonly ComparedColumn[];
  readonly absent: readonly string[];
  /** Features that have no distribution to draw: rates and tastes. */
  readonly others: readonly DriftRow[];
  readonly drifted: number;
  readonly compared: number;
  /** Our verdict on the version. */
  readonly verdict: { readonly drifted: boolean; readonly score: number; readonly text: string } | undefined;
}

function movedShare({ reference, current }: DriftColumn): number {
  if (!reference) return 0;
  const all = (counts: Float64Array) =>
    Math.max(
      1,
      counts.reduce((sum, count) => sum + count, 0),
    );
  const [before, now] = [all(reference), all(current)];
  return current.reduce((sum, count, i) => sum + Math.abs(count / now - reference[i] / before), 0) / 2;
}

export function driftPage(
  current: Profile,
  reference: Profile | undefined,
  rows: readonly DriftRow[],
  verdict: DriftPage['verdict'],
  methods: DriftMethods,
): DriftPage {
  const { columns, absent } = driftColumns(current, reference);
  const compared = columns.map((column) => ({
    ...column,
    scored: scoreColumn(column, methods),
    moved: movedShare(column),
    ours: rows.find(({ feature }) => feature === column.name),
  }));
  const scores = compared.map(({ scored }) => scored).filter(hasScore);
  return {
    version: current.version,
    last: current.last,
    reference: reference && { version: reference.version, last: reference.last },
    columns: compared,
    absent,
    others: rows.filter(({ feature }) => !columns.some(({ name }) => name === feature)),
    drifted: scores.filter(({ drifted }) => drifted).length,
    compared: scores.length,
    verdict,
  };
}
