import { z } from 'zod';
import { MlError } from '../errors.ts';
import { checkMatrix, type Matrix } from '../matrix.ts';
import { float64Array } from '../model-arrays.ts';

export const riskParams = z
  .object({
    yellow_from: z.number().min(0).max(1).default(0.5).describe('Scores below it are green'),
    red_from: z.number().min(0).max(1).default(0.75).describe('Scores from it on are red'),
  })
  .refine(({ yellow_from, red_from }) => yellow_from <= red_from, 'yellow_from is above red_from');
export type RiskParams = z.output<typeof riskParams>;

export type RiskColor = 'green' | 'yellow' | 'red';

/** Flat, so that flat-bytes.ts saves it. */
export const riskModel = z.object({
  weights: float64Array,
  /** Of the rows that it was fitted on: the columns' means, least and greatest raw score. */
  means: float64Array,
  least: z.number(),
  greatest: z.number(),
});
export type RiskModel = z.output<typeof riskModel>;

function rawScore({ weights }: Pick<RiskModel, 'weights'>, { data, columns }: Matrix, row: number): number {
  let sum = 0;
  for (let column = 0; column < columns; column++) sum += weights[column] * data[row * columns + column];
  return sum;
}

/**
 * The risk of a row: the sum of its scaled features, each times its weight (1 where none are given), from 0 for the least of the fitted rows to 1
 * for the greatest.
 * @throws MlError SHAPE_MISMATCH where there is not a weight for each column; BAD_PARAMETER for one that is no finite number.
 */
export function fitRisk(X: Matrix, weights: Float64Array = new Float64Array(X.columns).fill(1)): RiskModel {
  checkMatrix(X);
  if (weights.length !== X.columns)
    throw new MlError('SHAPE_MISMATCH', `${weights.length} weights for ${X.columns} columns`);
  if (!weights.every(Number.isFinite)) throw new MlError('BAD_PARAMETER', 'a weight is no finite number');
  const means = new Float64Array(X.columns);
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < X.rows; row++) {
    const raw = rawScore({ weights }, X, row);
    least = Math.min(least, raw);
    greatest = Math.max(greatest, raw);
    for (let column = 0; column < X.columns; column++) means[column] += X.data[row * X.columns + column];
  }
  return { weights: weights.slice(), means: means.map((sum) => sum / X.rows), least, greatest };
}

/** Where all fitted rows have the same raw score there is no telling them apart: every score is 0 then. */
const spanOf = ({ least, greatest }: RiskModel): number =>
  greatest > least ? greatest - least : Number.POSITIVE_INFINITY;

/** From 0 to 1 for the fitted rows; those of others may lie outside and are cut off there. */
export function riskScores(model: RiskModel, X: Matrix): Float64Array {
  if (X.columns !== model.weights.length)
    throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${model.weights.length}`);
  const span = spanOf(model);
  return Float64Array.from({ length: X.rows }, (_, row) =>
    Math.min(1, Math.max(0, (rawScore(model, X, row) - model.least) / span)),
  );
}

export const riskColor = (score: number, { yellow_from, red_from }: RiskParams): RiskColor =>
  score < yellow_from ? 'green' : score < red_from ? 'yellow' : 'red';

export interface RiskExplanation {
  /** The mean score of the fitted rows. */
  readonly base: number;
  /** What each feature adds to it; base and contributions add up to `score`. */
  readonly contributions: Float64Array;
  /** Before it is cut off at 0 and 1, which happens to new rows only. */
  readonly score: number;
}

/**
 * SHAP values of a row. Of a sum they have a closed form: weight times the distance of the feature from its mean (Lundberg and Lee 2017,
 * corollary 1), here in the score's scale.
 */
export function explainRisk(model: RiskModel, row: Float64Array): RiskExplanation {
  const { weights, means, least } = model;
  if (row.length !== weights.length) throw new MlError('SHAPE_MISMATCH', `${row.length} values, not ${weights.length}`);
  const span = spanOf(model);
  const mean = means.reduce((sum, value, at) => sum + weights[at] * value, 0);
  const base = (mean - least) / span;
  const contributions = row.map((value, at) => (weights[at] * (value - means[at])) / span);
  return { base, contributions, score: contributions.reduce((sum, part) => sum + part, base) };
}
