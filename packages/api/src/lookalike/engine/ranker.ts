/**
 * The ranker: boosted trees that go on from what the taste model says. A row's score starts from its log hazard, so that far
 * from the training rows, where the best clients of an offer stand, order does not end at the trees' last threshold.
 */
import { fitGradientBoosting } from '@kindred/ml/boosting/fit.ts';
import type { GradientBoostingModel } from '@kindred/ml/boosting/model.ts';
import type { GradientBoostingParams } from '@kindred/ml/boosting/params.ts';
import { predictRows } from '@kindred/ml/boosting/predict.ts';
import { explain } from '@kindred/ml/explanation/tree-shap.ts';
import { FEATURE_NAMES, FEATURES } from './features.ts';
import type { TrainingRows } from './training-set.ts';

/** The feature that scores start from, with weight one: it is a log hazard, as they are log odds. */
export const START = FEATURE_NAMES.indexOf('brand_taste_at_cheque');

/** Rows of training that a leaf needs one of. New customers are few: leaves with less than some hundred rows learn chance. */
const ROWS_OF_LEAF = 1000;

export function fitRanker(
  train: TrainingRows,
  boosting: GradientBoostingParams,
  onRound?: (round: number, logLikelihood: number) => void,
): GradientBoostingModel {
  const { rows, columns } = train.X;
  const positives = train.y.reduce((sum, label) => sum + label, 0);
  const base = Math.log((positives + 0.5) / (rows - positives + 0.5));
  const params = {
    ...boosting,
    minDataInLeaf: Math.max(boosting.minDataInLeaf, Math.min(200, Math.round(rows / ROWS_OF_LEAF))),
    monotone: FEATURES.map((feature) => feature.monotone),
  };
  const startScores = Float64Array.from(columns[START], (start) => base + start);
  return { ...fitGradientBoosting({ ...train, startScores }, params, undefined, onRound), base };
}

/** Raw scores of a block of rows, features in the order of FEATURES: log odds before calibration. */
export function rawScores(ranker: GradientBoostingModel, rowMajor: Float32Array, rows: number): Float64Array {
  const scores = new Float64Array(rows);
  predictRows(ranker, rowMajor, rows, scores);
  for (let row = 0; row < rows; row++) scores[row] += rowMajor[row * FEATURES.length + START];
  return scores;
}

/** Exact contribution of every feature to the raw score of one row; the last entry is the base value, and all add up to the score. */
export function rowContributions(ranker: GradientBoostingModel, row: Float32Array): Float64Array {
  const parts = explain(ranker, row);
  parts[START] += row[START];
  return parts;
}
