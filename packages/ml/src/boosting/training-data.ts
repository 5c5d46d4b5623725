import { MlError } from '../errors.ts';
import { type Columns, checkColumns } from './columns.ts';
import type { GradientBoostingParams } from './params.ts';

export interface TrainingData {
  readonly X: Columns;
  /** 1 for a relevant row, 0 otherwise. */
  readonly y: Uint8Array | Float32Array;
  /** Offsets of the groups that rows are ranked within, one more than groups; lambdarank needs them. */
  readonly groups?: Int32Array | undefined;
  /** Weight of each row, 1 without. */
  readonly weights?: Float32Array | undefined;
  /**
   * Scores that the trees add to, one per row, such as those of a linear model; without them all rows start alike. They are no
   * part of the model: its scores are what comes on top.
   */
  readonly startScores?: Float64Array | undefined;
}

/** Throws SHAPE_MISMATCH, BAD_LABEL or NOTHING_TO_LEARN. */
export function checkTrainingData(
  { X, y, groups, weights, startScores }: TrainingData,
  objective: GradientBoostingParams['objective'],
): void {
  checkColumns(X);
  if (y.length !== X.rows) throw new MlError('SHAPE_MISMATCH', `${y.length} labels for ${X.rows} rows`);
  if (weights && weights.length !== X.rows) {
    throw new MlError('SHAPE_MISMATCH', `${weights.length} weights for ${X.rows} rows`);
  }
  if (weights?.some((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY))) {
    throw new MlError('BAD_PARAMETER', 'weights must be finite and not negative');
  }
  if (startScores && startScores.length !== X.rows) {
    throw new MlError('SHAPE_MISMATCH', `${startScores.length} start scores for ${X.rows} rows`);
  }
  if (startScores?.some((score) => !Number.isFinite(score))) {
    throw new MlError('BAD_PARAMETER', 'start scores must be finite');
  }
  if (X.rows === 0 || X.columns.length === 0) throw new MlError('NOTHING_TO_LEARN', 'no rows or no columns');
  const odd = y.findIndex((label) => label !== 0 && label !== 1);
  if (odd >= 0) throw new MlError('BAD_LABEL', `label ${y[odd]} of row ${odd}: labels are 0 or 1`);
  if (objective === 'lambdarank') checkGroups(groups, X.rows);
}

/** Throws NOTHING_TO_LEARN where all rows that count are of one class. */
export function checkBothClasses({ y, weights }: TrainingData): void {
  const counts = (label: number) => y.some((other, row) => other === label && (weights ? weights[row] > 0 : true));
  if (!counts(0) || !counts(1)) throw new MlError('NOTHING_TO_LEARN', 'all rows have the same label');
}

function checkGroups(groups: Int32Array | undefined, rows: number): void {
  if (!groups || groups.length < 2 || groups[0] !== 0 || groups[groups.length - 1] !== rows) {
    throw new MlError('SHAPE_MISMATCH', `lambdarank needs offsets of groups from 0 to ${rows}`);
  }
  if (groups.some((offset, at) => at > 0 && offset < groups[at - 1])) {
    throw new MlError('SHAPE_MISMATCH', 'offsets of groups must not fall');
  }
}
